//! Finds what a command needs and installs what is missing: the wasm target, pinned tools, Debian packages.
//! What those are is said in tools.rs alone. Nothing outside the tool folder, the rustup toolchain and
//! Debian's packages is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::options::Options;
use crate::process::{
    Failure, Outcome, Steps, find_program, on_path, output_of, path_folders, root, without_cargo_run,
};
use crate::site::beside;
use crate::tools::{
    AXE, DEBIAN_RUST, DEBIAN_RUST_SETTINGS, ESBUILD, FONTS, GECKODRIVER, How, INSTALL_SETTINGS, NPM, Package,
    TRUNK, Tool, WASM_BINDGEN, WASM_OPT, WASM_TARGET, WEB_SERVER,
};

/// One thing that must be there.
pub(crate) enum Need {
    /// A compiler that builds for the browser.
    Wasm,
    Tool(&'static Tool),
    /// Programs of Debian packages, with a name for all of them.
    Packages(&'static str, &'static [Package]),
}

/// What building the site takes.
pub(crate) fn for_site() -> Vec<Need> {
    vec![
        Need::Wasm,
        Need::Tool(&TRUNK),
        Need::Tool(&WASM_BINDGEN),
        Need::Tool(&WASM_OPT),
        Need::Tool(&ESBUILD),
        // Packs the embedded element.
        Need::Packages("Node.js", NPM),
    ]
}

/// What journeys in these browsers take besides the site.
pub(crate) fn for_browsers(browsers: &[&str]) -> Vec<Need> {
    let mut needs = Vec::new();
    for browser in browsers {
        match *browser {
            "chromium" => needs.push(Need::Packages("Chromium", crate::tools::CHROMIUM)),
            "firefox" => {
                needs.push(Need::Packages("Firefox", crate::tools::FIREFOX));
                needs.push(Need::Tool(&GECKODRIVER));
            }
            _ => needs.push(Need::Packages("WebKit", crate::tools::WEBKIT)),
        }
    }
    needs.push(Need::Tool(&AXE));
    needs.push(Need::Packages("fonts", FONTS));
    needs
}

/// What tests without a browser take.
pub(crate) fn for_native_tests() -> Vec<Need> {
    vec![Need::Packages("nginx and GoAccess", WEB_SERVER), Need::Packages("Node.js", NPM)]
}

/// All three, in the order they are tested.
pub(crate) const BROWSERS: [&str; 3] = ["chromium", "firefox", "webkit"];

/// `cargo xtask setup`.
pub(crate) fn everything(_: &Options) -> Outcome<()> {
    let mut needs = for_site();
    needs.extend(for_browsers(&BROWSERS));
    needs.extend(for_native_tests());
    needs.push(Need::Packages("compressors", crate::tools::COMPRESSORS));
    let mut steps = Steps::new(needs.len());
    set_up(&needs, &mut steps)?;
    println!("All there. Next: cargo xtask serve");
    Ok(())
}

/// What was found, ready to run.
#[derive(Default)]
pub(crate) struct Toolbox {
    /// Goes before PATH.
    folders: Vec<PathBuf>,
    /// Only for builds for the browser, and before everything else.
    debian_rust: Option<PathBuf>,
}

impl Toolbox {
    /// A program that finds the tools on PATH and starts at the repository's root.
    pub(crate) fn command(&self, program: &str) -> Command {
        self.command_with(program, &[])
    }

    /// The same for programs that build for the browser.
    pub(crate) fn wasm_command(&self, program: &str) -> Command {
        let Some(debian_rust) = &self.debian_rust else { return self.command(program) };
        let mut command = self.command_with(program, std::slice::from_ref(debian_rust));
        command.envs(DEBIAN_RUST_SETTINGS.iter().copied());
        // They point rustup's cargo and its libraries out to Debian's.
        for name in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTC", "RUSTDOC"] {
            command.env_remove(name);
        }
        command
    }

    /// Whether the browser's standard library is built from Debian's sources.
    pub(crate) fn is_debian_rust(&self) -> bool {
        self.debian_rust.is_some()
    }

    /// Where a program is that the toolbox or PATH has.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        find_program(program, &self.search(&[]))
    }

    fn search(&self, first: &[PathBuf]) -> Vec<PathBuf> {
        first.iter().chain(&self.folders).cloned().chain(path_folders()).collect()
    }

    fn command_with(&self, program: &str, first: &[PathBuf]) -> Command {
        let search = self.search(first);
        let found = find_program(program, &search).unwrap_or_else(|| program.into());
        let mut command = Command::new(found);
        // A folder with a colon in its name cannot be on PATH; then PATH stays as it is.
        if let Ok(path) = std::env::join_paths(&search) {
            command.env("PATH", path);
        }
        command.current_dir(root());
        without_cargo_run(&mut command);
        command
    }
}

/// Finds or installs everything, a step each.
pub(crate) fn set_up(needs: &[Need], steps: &mut Steps) -> Outcome<Toolbox> {
    let mut setup = Setup { steps, toolbox: Toolbox::default(), lists_are_fresh: false, compiled: false };
    for need in needs {
        match need {
            Need::Wasm => setup.wasm_target()?,
            Need::Tool(tool) => setup.tool(tool)?,
            Need::Packages(title, packages) => {
                setup.steps.begin(title);
                setup.packages(packages, true)?;
            }
        }
    }
    if setup.compiled {
        // What was compiled on the way to the tools; kept until here so that a stopped installation goes on
        // where it was. Hundreds of megabytes that nobody needs again.
        let _ = fs::remove_dir_all(tool_folder()?.join("build"));
    }
    Ok(setup.toolbox)
}

struct Setup<'a> {
    steps: &'a mut Steps,
    toolbox: Toolbox,
    /// `apt-get update` has run.
    lists_are_fresh: bool,
    /// A tool was compiled.
    compiled: bool,
}

impl Setup<'_> {
    fn wasm_target(&mut self) -> Outcome<()> {
        self.steps.begin(&format!("Rust for {WASM_TARGET}"));
        let forced = std::env::var("BANTIN_WASM").ok();
        match forced.as_deref() {
            None | Some("") => {}
            Some("rustup") => {
                return if has_wasm_target() { self.found() } else { self.rustup_target() };
            }
            Some("debian") => return self.debian_rust(),
            Some(other) => {
                return Err(Failure::new(format!(
                    "BANTIN_WASM is `{other}`; it can be `rustup`, `debian` or unset."
                )));
            }
        }
        if has_wasm_target() {
            return self.found();
        }
        let rustup = on_path("rustup");
        if rustup && self.rustup_target().is_ok() {
            return Ok(());
        }
        if is_debian() {
            if rustup {
                self.steps.done("rustup could not; the Debian way:");
            }
            return self.debian_rust();
        }
        Err(Failure::new(format!(
            "this Rust cannot build for {WASM_TARGET}, {}, and this is no Debian, whose packages could help. \
             Run `rustup target add {WASM_TARGET}` where it can be downloaded.",
            if rustup { "rustup could not add it" } else { "there is no rustup to add it" }
        )))
    }

    fn found(&mut self) -> Outcome<()> {
        self.steps.done("found");
        Ok(())
    }

    fn rustup_target(&mut self) -> Outcome<()> {
        let mut command = self.toolbox.command("rustup");
        self.steps.long("adding (some seconds, once)", command.args(["target", "add", WASM_TARGET]))
    }

    /// Debian's Rust beside rustup's: used only where [`Toolbox::wasm_command`] is.
    fn debian_rust(&mut self) -> Outcome<()> {
        if !is_debian() {
            return Err(Failure::new("BANTIN_WASM=debian needs Debian's packages, and this is no Debian."));
        }
        self.packages(DEBIAN_RUST, true)?;
        // A folder that has only Debian's cargo and rustc: /usr/bin itself before the tools would also put
        // Debian's wasm-opt and others before them.
        let folder = tool_folder()?.join("debian-rust");
        create_folder(&folder)?;
        for program in ["cargo", "rustc", "rustdoc"] {
            let link = folder.join(program);
            let _ = fs::remove_file(&link);
            std::os::unix::fs::symlink(Path::new("/usr/bin").join(program), &link)
                .map_err(|error| Failure::at("cannot make the link", &link, error))?;
        }
        self.toolbox.debian_rust = Some(folder);
        Ok(())
    }

    fn tool(&mut self, tool: &Tool) -> Outcome<()> {
        self.steps.begin(&format!("{} {}", tool.program, tool.version));
        if tool.program == WASM_BINDGEN.program {
            agrees_with_lock_file()?;
        }
        if find_program(tool.program, &path_folders()).is_some_and(|program| is_right(&program, tool)) {
            return self.found();
        }
        let (folder, programs) = match tool.how {
            How::Cargo(package, _) => (format!("{package}-{}", tool.version), "bin"),
            How::Npm(package, version, _) => (format!("{package}-{version}"), "node_modules/.bin"),
            How::NpmLibrary(package) => (format!("{package}-{}", tool.version), "node_modules"),
        };
        let folder = tool_folder()?.join(folder);
        let programs_of = |folder: &Path| folder.join(programs);
        if is_right(&programs_of(&folder).join(tool.program), tool) {
            self.toolbox.folders.push(programs_of(&folder));
            return self.found();
        }
        // Into a folder beside it that gets its name when it is whole: a stopped installation is never taken
        // for a good one, and two at once do not mix.
        let fresh = beside(&folder, "new");
        create_folder(&fresh)?;
        let mut command;
        match tool.how {
            How::Cargo(package, flags) => {
                self.compiled = true;
                command = self.toolbox.command("cargo");
                command
                    .args(["install", "--locked", package, "--version", tool.version, "--root"])
                    .arg(&fresh)
                    .args(flags)
                    .envs(INSTALL_SETTINGS.iter().copied())
                    .env("CARGO_TARGET_DIR", tool_folder()?.join("build"));
            }
            How::Npm(..) | How::NpmLibrary(_) => {
                let (package, version, beside) = match tool.how {
                    How::Npm(package, version, beside) => (package, version, beside),
                    How::NpmLibrary(package) | How::Cargo(package, _) => (package, tool.version, &[][..]),
                };
                if !NPM.iter().all(|package| package.any_of.iter().any(|program| on_path(program))) {
                    self.packages(NPM, false)?;
                }
                command = self.toolbox.command("npm");
                command
                    .args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"])
                    .arg(&fresh)
                    .arg(format!("{package}@{version}"))
                    .args(beside);
            }
        }
        // Not at the root: this repository's cargo and npm settings are not for the tools.
        command.current_dir(&fresh);
        let doing = format!("installing ({}, once)", tool.takes);
        let installed = self.steps.long(&doing, &mut command).and_then(|()| {
            if is_right(&programs_of(&fresh).join(tool.program), tool) {
                Ok(())
            } else {
                Err(Failure::new(format!(
                    "{} was installed but `{0} --version` does not say {}.",
                    tool.program, tool.version
                )))
            }
        });
        if let Err(failure) = installed {
            let _ = fs::remove_dir_all(&fresh);
            return Err(failure);
        }
        let _ = fs::remove_dir_all(&folder);
        if let Err(error) = fs::rename(&fresh, &folder) {
            let _ = fs::remove_dir_all(&fresh);
            // Another installation may have been quicker by a moment.
            if !is_right(&programs_of(&folder).join(tool.program), tool) {
                return Err(Failure::at("cannot put the tool at", &folder, error));
            }
        }
        self.toolbox.folders.push(programs_of(&folder));
        Ok(())
    }

    /// Sees to it that the programs of these packages are there. `report` ends the step's line.
    fn packages(&mut self, packages: &[Package], report: bool) -> Outcome<()> {
        let missing: Vec<&Package> = packages.iter().filter(|package| !is_there(package)).collect();
        let services: Vec<&str> = missing.iter().filter_map(|package| package.service).collect();
        let missing: Vec<&str> = missing.iter().map(|package| package.name).collect();
        if missing.is_empty() {
            return if report { self.found() } else { Ok(()) };
        }
        let names = missing.join(" ");
        if !is_debian() {
            return Err(Failure::new(format!(
                "on Debian these packages would be installed now: {names}. This is another system: install \
                 what corresponds to them so that their programs are on PATH."
            )));
        }
        let Some(sudo) = as_root() else {
            let off = services.iter().map(|service| format!(" && sudo systemctl disable --now {service}"));
            let off: String = off.collect();
            return Err(Failure::new(format!(
                "some Debian packages are missing, and installing them takes another user. Run:\n\n    \
                 sudo apt-get update && sudo apt-get install --yes --no-install-recommends {names}{off}\n\n\
                 and then this command again."
            )));
        };
        let command = |words: &[&str]| {
            let mut words = sudo.iter().chain(words);
            let mut command = Command::new(words.next().copied().unwrap_or("apt-get"));
            command.args(words);
            // No package may wait for an answer.
            command.env("DEBIAN_FRONTEND", "noninteractive").current_dir(root());
            command
        };
        if !self.lists_are_fresh {
            self.steps.long("updating the package lists", &mut command(&["apt-get", "update"]))?;
            self.lists_are_fresh = true;
        }
        let services = services.join(" ");
        let mut install = Vec::new();
        if !services.is_empty() {
            install.extend(["sh", "-c", WITHOUT_SERVICES, "sh", POLICY, &services]);
        }
        install.extend(["apt-get", "install", "--yes", "--no-install-recommends"]);
        install.extend(&missing);
        self.steps.long(&format!("installing {names} (a minute or two, once)"), &mut command(&install))
    }
}

/// What Debian asks before any package starts a service.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Runs its third argument and all after it while the policy, its first, forbids that services start; those of its second
/// do not start with the machine either. A policy that is there already is another's and stays, as in most containers.
/// Ours goes at the end; one that a killed installation left, too.
const WITHOUT_SERVICES: &str = r##"
set -eu
policy=$1
services=$2
shift 2
mark="# by cargo xtask, for the time of an installation"
if [ ! -e "$policy" ] || grep -qF "$mark" "$policy"; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '%s\n' "#!/bin/sh" "$mark" "exit 101" > "$policy"
    chmod 755 "$policy"
fi
"$@"
for service in $services; do
    update-rc.d "$service" disable
    [ ! -d /run/systemd/system ] || systemctl disable --now "$service"
done
"##;

/// The words before `apt-get` that make it run as root: none for root itself, `None` when there is no way.
fn as_root() -> Option<Vec<&'static str>> {
    let user = output_of(Command::new("id").arg("-u"))?;
    if user.trim() == "0" {
        return Some(Vec::new());
    }
    // `-n`: never ask for a password, because the question could not be seen behind the progress line.
    output_of(Command::new("sudo").args(["-n", "true"])).map(|_| vec!["sudo", "-n"])
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").is_file() && on_path("apt-get") && on_path("dpkg-query")
}

/// Whether a package, or something that has its programs, is installed.
fn is_there(package: &Package) -> bool {
    if package.any_of.iter().any(|program| on_path(program)) {
        return true;
    }
    // Elsewhere nobody knows about a package without programs, so that it is not asked for.
    if !is_debian() {
        return package.any_of.is_empty();
    }
    output_of(Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package.name]))
        .is_some_and(|status| status == "installed")
}

fn has_wasm_target() -> bool {
    let mut rustc = Toolbox::default().command("rustc");
    output_of(rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]))
        .and_then(|folder| fs::read_dir(folder.trim()).ok())
        .is_some_and(|files| {
            files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
        })
}

/// Whether the program runs and says that it has the version.
fn is_right(program: &Path, tool: &Tool) -> bool {
    if let How::NpmLibrary(_) = tool.how {
        let says = format!("\"version\": \"{}\"", tool.version);
        return fs::read_to_string(program).is_ok_and(|text| text.contains(&says));
    }
    program.is_file()
        && output_of(Command::new(program).arg("--version"))
            .is_some_and(|said| says_version(&said, tool.version))
}

/// Whether the first line of `--version` has the version as a word: `trunk 0.21.14`.
fn says_version(said: &str, version: &str) -> bool {
    said.lines().next().is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

/// Where tools are kept: for a user, not for a repository, so that a second clone is quick.
fn tool_folder() -> Outcome<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from("BANTIN_TOOLS")
        .or_else(|| from("XDG_CACHE_HOME").map(|cache| cache.join("bantin/tools")))
        .or_else(|| from("HOME").map(|home| home.join(".cache/bantin/tools")))
        .filter(|folder| folder.is_absolute())
        .ok_or_else(|| {
            Failure::new(
                "there is no place for tools: none of BANTIN_TOOLS, XDG_CACHE_HOME and HOME is an absolute path.",
            )
        })
}

fn create_folder(folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder).map_err(|error| Failure::at("cannot make the folder", folder, error))
}

/// The JavaScript that wasm-bindgen makes fits only wasm of the same version of its library.
fn agrees_with_lock_file() -> Outcome<()> {
    let path = root().join("Cargo.lock");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at("cannot read", &path, error))?;
    match locked_version(&text, "wasm-bindgen") {
        Some(locked) if locked != WASM_BINDGEN.version => Err(Failure::new(format!(
            "Cargo.lock has wasm-bindgen {locked}, and xtask/src/tools.rs pins its command-line tool to {}. \
             They must be the same: change WASM_BINDGEN there, or run \
             `cargo update --package wasm-bindgen --precise {0}`.",
            WASM_BINDGEN.version
        ))),
        // A lock file without it belongs to a workspace that builds nothing for the browser.
        _ => Ok(()),
    }
}

/// The version that a lock file has of a package.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_whole_word_of_the_first_line() {
        assert!(says_version("trunk 0.21.14\n", "0.21.14"));
        assert!(says_version("wasm-opt version 132 (version_132)\n", "132"));
        assert!(says_version("geckodriver 0.37.1 ( 2026-01-01)\n\nlicence\n", "0.37.1"));
        assert!(!says_version("trunk 0.21.14-beta\n", "0.21.14"));
        assert!(!says_version("wasm-opt version 1320\n", "132"));
        assert!(!says_version("other\ntrunk 0.21.14\n", "0.21.14"));
    }

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\n\
                    name = \"wasm-bindgen\"\nversion = \"0.2.129\"\ndependencies = [\n \"once_cell\",\n]\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn no_service_starts_while_its_package_is_installed() {
        let folder = std::env::temp_dir().join(format!("bantin-policy-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let policy = folder.join("policy-rc.d");
        let asks = || {
            let mut command = Command::new("sh");
            command.args(["-c", WITHOUT_SERVICES, "sh"]).arg(&policy).arg("");
            // The installation: it says what the policy answers.
            command.args(["sh", "-c", r#""$0"; echo "$?""#]).arg(&policy);
            output_of(&mut command)
        };
        assert_eq!(asks().as_deref(), Some("101\n"));
        assert!(!policy.exists(), "ours goes with the installation");
        let killed = "#!/bin/sh\n# by cargo xtask, for the time of an installation\nexit 101\n";
        fs::write(&policy, killed).expect("written");
        assert_eq!(asks().as_deref(), Some("101\n"));
        assert!(!policy.exists(), "and one that was left behind");
        fs::write(&policy, "another's").expect("written");
        asks();
        assert_eq!(fs::read_to_string(&policy).ok().as_deref(), Some("another's"));
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn the_pin_agrees_with_the_lock_file() {
        assert!(agrees_with_lock_file().is_ok());
    }
}
