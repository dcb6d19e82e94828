//! Running other programs and telling what is going on: steps, progress, failures. Not in it: which programs.

use std::collections::VecDeque;
use std::fmt::Display;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// A command ended badly: what was wrong, where, and what to do; and the exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    /// Empty when everything has been said already.
    pub(crate) text: String,
}

pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    /// The command line was wrong.
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }

    /// A file operation failed at this path.
    pub(crate) fn at(what: &str, path: &Path, error: impl Display) -> Self {
        Self::new(format!("{what} {}: {error}", path.display()))
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Cargo's target folder, which the user may have moved.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |moved| root().join(moved))
}

/// The first file of this name in the folders.
pub(crate) fn find_program<'a>(
    name: &str,
    folders: impl IntoIterator<Item = &'a PathBuf>,
) -> Option<PathBuf> {
    folders.into_iter().map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The folders of PATH.
pub(crate) fn path_folders() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// Whether the program is on PATH.
pub(crate) fn on_path(name: &str) -> bool {
    find_program(name, &path_folders()).is_some()
}

/// What a program prints on its standard output, when it runs and ends well.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Takes away what `cargo run` adds to its child's environment and what would mislead another cargo.
pub(crate) fn without_cargo_run(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text == "CARGO"
            || ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_"]
                .iter()
                .any(|prefix| name_text.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Counts the steps of a command aloud: `[2/6] trunk 0.21.14 … found`.
pub(crate) struct Steps {
    done: usize,
    total: usize,
    /// The line of the step has not ended yet.
    open: bool,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { done: 0, total, open: false }
    }

    /// Begins a step; the line ends with [`Steps::done`] or [`Steps::long`].
    pub(crate) fn begin(&mut self, what: &str) {
        self.done += 1;
        self.open = true;
        print!("[{}/{}] {what} … ", self.done, self.total);
        // Nobody who has closed our output misses it.
        let _ = std::io::stdout().flush();
    }

    /// Ends a step with a word.
    pub(crate) fn done(&mut self, word: &str) {
        self.open = false;
        println!("{word}");
    }

    /// Runs what takes long. On a terminal one line shows how long and what the program said last; elsewhere
    /// such a line comes every 20 seconds. What it said in all is shown only when it fails.
    pub(crate) fn long(&mut self, doing: &str, command: &mut Command) -> Outcome<()> {
        self.done(doing);
        let started = Instant::now();
        let mut child = start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
        let (said, hear) = mpsc::channel();
        forward(child.stdout.take(), said.clone());
        forward(child.stderr.take(), said);
        let terminal = std::io::stdout().is_terminal();
        // Compile errors of one mistake can be hundreds of lines; the first are the ones that help.
        let mut lines = VecDeque::with_capacity(400);
        let mut shown = Instant::now();
        let interval = if terminal { Duration::from_millis(200) } else { Duration::from_secs(20) };
        loop {
            match hear.recv_timeout(Duration::from_millis(200)) {
                Ok(line) => {
                    if lines.len() == 400 {
                        lines.pop_front();
                    }
                    lines.push_back(line);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if shown.elapsed() >= interval {
                shown = Instant::now();
                let last = lines.iter().rev().find(|line| !line.trim().is_empty()).map_or("", String::as_str);
                // 100 columns fit most terminals; a longer line would wrap and could not be overwritten.
                let last: String = last.trim().chars().filter(|c| !c.is_control()).take(80).collect();
                let line = format!("      {:>4} s  {last}", started.elapsed().as_secs());
                if terminal {
                    print!("\r\x1b[2K{line}");
                    let _ = std::io::stdout().flush();
                } else {
                    println!("{line}");
                }
            }
        }
        if terminal {
            print!("\r\x1b[2K");
        }
        let status = child.wait().map_err(|error| Failure::new(format!("{}: {error}", name(command))))?;
        if status.success() {
            println!("      done in {} s", started.elapsed().as_secs());
            return Ok(());
        }
        for line in lines {
            eprintln!("{line}");
        }
        Err(Failure::new(format!("{} ended with {status}; what it said is above.", line_of(command))))
    }
}

impl Drop for Steps {
    /// A failure in the middle of a step begins a line of its own.
    fn drop(&mut self) {
        if self.open {
            println!("failed");
        }
    }
}

/// Runs a program that speaks for itself.
pub(crate) fn run(command: &mut Command) -> Outcome<()> {
    let status =
        start(command)?.wait().map_err(|error| Failure::new(format!("{}: {error}", name(command))))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("{} ended with {status}.", line_of(command))))
    }
}

/// What a program prints of these bytes on its input.
pub(crate) fn piped(command: &mut Command, bytes: &[u8]) -> Outcome<Vec<u8>> {
    let name = name(command);
    let failed = |error: std::io::Error| Failure::new(format!("{name}: {error}. Is it installed?"));
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.spawn().map_err(failed)?;
    let to = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // In a thread of its own: both pipes hold only some KB, and each side would wait for the other. Dropping
        // the pipe ends the input. Who does not read it all says why by its end.
        scope.spawn(move || to.map(|mut to| to.write_all(bytes)));
        child.wait_with_output()
    });
    let output = output.map_err(failed)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Failure::new(format!("{name} ended with {}: {said}", output.status)))
}

/// Starts a program, or says that it is not there.
pub(crate) fn start(command: &mut Command) -> Outcome<Child> {
    command.stdin(Stdio::null()).spawn().map_err(|error| {
        Failure::new(format!("{} cannot be started: {error}. Is it installed?", name(command)))
    })
}

/// Sends on the lines of a pipe until it ends. Not all programs print UTF-8.
fn forward(pipe: Option<impl Read + Send + 'static>, to: Sender<String>) {
    let Some(pipe) = pipe else { return };
    std::thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
            if to.send(String::from_utf8_lossy(line.trim_ascii_end()).into_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The command as one could type it, for messages.
pub(crate) fn line_of(command: &Command) -> String {
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    format!("`{}`", std::iter::once(name(command)).chain(words).collect::<Vec<_>>().join(" "))
}
