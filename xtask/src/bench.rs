//! `cargo xtask bench search`: installs what the search is compared with, builds the app where a browser takes part,
//! and runs crates/bench. Not in it: what is measured.

use std::path::{Path, PathBuf};

use crate::options::Options;
use crate::process::{Failure, Outcome, Steps, run};
use crate::setup::{Need, Toolbox, for_browsers, for_site, set_up};
use crate::site::{BUILD_STEPS, build_app};
use crate::tools::{NPM, RIVALS};

pub(crate) fn bench(options: &Options) -> Outcome<()> {
    match options.words.as_slice() {
        [what] if what == "search" => {}
        words => {
            return Err(Failure::usage(format!(
                "`bench {}` measures nothing: `cargo xtask bench search` does.",
                words.join(" ")
            )));
        }
    }
    let browser = options.value("--only").is_none_or(|part| part == "browser");
    let mut needs = vec![Need::Packages("Node.js", NPM), Need::Tool(&RIVALS)];
    if browser {
        needs.extend(for_site());
        needs.extend(for_browsers(&["chromium"]));
    }
    let mut steps = Steps::new(needs.len() + if browser { BUILD_STEPS } else { 0 });
    let toolbox = set_up(&needs, &mut steps)?;
    let mut command = toolbox.command("cargo");
    command.args(["run", "--quiet", "--profile", "tool", "--package", "bench", "--", "search"]);
    command.env("BANTIN_RIVALS", rivals(&toolbox)?);
    if browser {
        command.env("BANTIN_APP", build_app(&toolbox, &mut steps)?);
    }
    for name in ["--articles", "--only", "--memory"] {
        if let Some(value) = options.value(name) {
            command.arg(name).arg(value);
        }
    }
    for name in ["--write", "--keep"] {
        if options.has(name) {
            command.arg(name);
        }
    }
    run(&mut command)
}

/// The folder whose `node_modules` have the rivals.
fn rivals(toolbox: &Toolbox) -> Outcome<PathBuf> {
    let program = toolbox.find(RIVALS.program).and_then(|program| program.canonicalize().ok());
    // npm's program is a link into the package.
    let modules = program.as_deref().and_then(|program| {
        program.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "node_modules"))
    });
    modules.and_then(Path::parent).map(Path::to_owned).ok_or_else(|| {
        Failure::new(format!(
            "{} on PATH is not one that npm has installed, so MiniSearch is not beside it. Take it off PATH, and it \
             is installed.",
            RIVALS.program
        ))
    })
}
