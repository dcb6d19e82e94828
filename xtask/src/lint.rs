//! `cargo xtask lint`: formatting and clippy, for this machine and for the browser. Every check runs, also
//! after one has failed.

use crate::options::Options;
use crate::process::{Failure, Outcome, Steps, root, run};
use crate::setup::{Need, set_up};
use crate::tools::WASM_TARGET;

pub(crate) fn lint(_: &Options) -> Outcome<()> {
    let mut steps = Steps::new(4);
    let toolbox = set_up(&[Need::Wasm], &mut steps)?;
    let mut checks: Vec<(&str, Vec<&str>)> = vec![
        ("formatting", vec!["fmt", "--all", "--check"]),
        ("clippy", vec!["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
    ];
    // Debian's Rust has no clippy for the standard library that it builds itself.
    if toolbox.is_debian_rust() {
        println!("      Without rustup's target the app is not checked for the browser.");
    } else {
        let mut app = vec!["clippy", "--package", "bantin", "--lib", "--bins"];
        if root().join("tests/components/Cargo.toml").is_file() {
            app.extend(["--package", "component-tests", "--tests"]);
        }
        app.extend(["--target", WASM_TARGET, "--", "--deny", "warnings"]);
        checks.push(("clippy for the browser", app));
    }
    let mut failed = Vec::new();
    for (what, words) in checks {
        steps.begin(what);
        steps.done(&format!("cargo {}", words.join(" ")));
        if run(toolbox.command("cargo").args(&words)).is_err() {
            failed.push(what);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} failed. `cargo fmt --all` formats; `rustup component add rustfmt clippy` installs both.",
        failed.join(", ")
    )))
}
