//! `cargo xtask test`: the suites in order, cheapest first, each going on after a failure, and the totals of
//! all as the very last line. Not in it: tests; tests/README.md says where they are.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::options::Options;
use crate::process::{Failure, Outcome, Steps, line_of, on_path, root, start, target};
use crate::setup::{BROWSERS, Need, Toolbox, for_browsers, for_native_tests, for_site, set_up};
use crate::site::{BUILD_STEPS, Site, assemble, build_app};
use crate::tools::{CHROMIUM, WASM_BINDGEN, WASM_TARGET};

/// The archive that journeys walk through: the first that is there.
const ARCHIVES: &[&str] = &["tests/fixtures/small", "content"];

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Chosen {
    unit: bool,
    components: bool,
    browsers: Vec<&'static str>,
    /// Goes to each harness: parts of test names, and its own options.
    filters: Vec<String>,
}

impl Chosen {
    fn from_words(words: &[String], rest: &[String]) -> Self {
        let suite = words.first().map(String::as_str).unwrap_or_default();
        let one_browser = BROWSERS.into_iter().find(|browser| *browser == suite);
        let named = one_browser.is_some() || ["unit", "components", "browser"].contains(&suite);
        let browsers = match one_browser {
            Some(browser) => vec![browser],
            None if named && suite != "browser" => Vec::new(),
            None => BROWSERS.to_vec(),
        };
        Self {
            unit: !named || suite == "unit",
            components: !named || suite == "components",
            browsers,
            filters: words.iter().skip(usize::from(named)).chain(rest).cloned().collect(),
        }
    }
}

/// The sums over all suites.
#[derive(Debug, Default, PartialEq, Eq)]
struct Totals {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Totals {
    /// Adds what a harness says at its end: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn add_line(&mut self, line: &str) {
        let Some((_, result)) = line.split_once("test result: ") else { return };
        let words: Vec<&str> = result.split([' ', ';']).collect();
        let count = |what: &str| {
            words.windows(2).find(|two| two[1] == what).and_then(|two| two[0].parse::<usize>().ok())
        };
        self.passed += count("passed").unwrap_or(0);
        self.failed += count("failed").unwrap_or(0);
        self.skipped += count("ignored").unwrap_or(0);
    }

    /// Counts a suite that did not get as far as its own totals.
    fn broken(&mut self, suite: &str, failure: &Failure) {
        eprintln!("error: {suite}: {}", failure.text);
        self.failed += 1;
    }
}

pub(crate) fn test(options: &Options) -> Outcome<()> {
    let chosen = Chosen::from_words(&options.words, &options.rest);
    let mut totals = Totals::default();
    if chosen.unit {
        native(&chosen, &mut totals);
    }
    // An empty package has nothing to build a browser for.
    if chosen.components && root().join("tests/components/Cargo.toml").is_file() {
        suite("component tests", &mut totals, |totals| components(&chosen, totals));
    }
    if !chosen.browsers.is_empty() {
        suite("journeys", &mut totals, |totals| journeys(&chosen, totals));
    }
    let Totals { passed, failed, skipped } = totals;
    if passed + failed == 0 {
        eprintln!("error: no test ran. `cargo xtask help` lists the suites; other words pick tests by name.");
    }
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 || passed == 0 { Err(Failure::new("")) } else { Ok(()) }
}

fn suite(name: &str, totals: &mut Totals, run: impl FnOnce(&mut Totals) -> Outcome<()>) {
    if let Err(failure) = run(totals) {
        totals.broken(name, &failure);
    }
}

fn native(chosen: &Chosen, totals: &mut Totals) {
    println!("\n== Tests without a browser");
    // Those that need it fail without, and the others run all the same.
    let needs = for_native_tests();
    suite("what these tests need", totals, |_| set_up(&needs, &mut Steps::new(needs.len())).map(|_| ()));
    let mut command = Toolbox::default().command("cargo");
    command.args(["test", "--workspace", "--no-fail-fast", "--exclude", "browser-tests"]);
    if root().join("tests/components/Cargo.toml").is_file() {
        command.args(["--exclude", "component-tests"]);
    }
    suite("tests without a browser", totals, |totals| count(&mut command, &chosen.filters, totals));
}

fn components(chosen: &Chosen, totals: &mut Totals) -> Outcome<()> {
    println!("\n== Component tests, in Chromium");
    let needs = [Need::Wasm, Need::Tool(&WASM_BINDGEN), Need::Packages("Chromium", CHROMIUM)];
    let toolbox = set_up(&needs, &mut Steps::new(needs.len()))?;
    let mut command = toolbox.wasm_command("cargo");
    command.args(["test", "--package", "component-tests", "--target", WASM_TARGET, "--no-fail-fast"]);
    if let Some(driver) = toolbox.find("chromedriver") {
        command.env("CHROMEDRIVER", driver);
    }
    count(&mut command, &chosen.filters, totals)
}

fn journeys(chosen: &Chosen, totals: &mut Totals) -> Outcome<()> {
    println!("\n== Journeys, in {}", chosen.browsers.join(", "));
    let mut needs = for_site();
    needs.extend(for_browsers(&chosen.browsers));
    let mut steps = Steps::new(needs.len() + BUILD_STEPS);
    let toolbox = set_up(&needs, &mut steps)?;
    let app = build_app(&toolbox, &mut steps)?;
    let site = target().join("site/test");
    assemble(&toolbox, &mut steps, &Site::of(archive()?), &app, &site)?;

    // WebKitGTK needs a display, if only one in memory; a test may start its own as well.
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let mut command = if chosen.browsers.contains(&"webkit") && !display && on_path("xvfb-run") {
        let mut command = toolbox.command("xvfb-run");
        command.args(["--auto-servernum", "--server-args=-screen 0 1280x1024x24", "cargo"]);
        command
    } else {
        toolbox.command("cargo")
    };
    command.args(["test", "--package", "browser-tests", "--no-fail-fast"]).env("BANTIN_DIST", &site);
    if let Some(axe) = toolbox.find("axe-core/axe.min.js") {
        command.env("BANTIN_AXE", axe);
    }
    // Journeys have their browser in their names. A harness takes a test that fits any of its filters, so that
    // the other browsers are skipped and the filters stay what they are.
    let mut filters = chosen.filters.clone();
    for other in BROWSERS.iter().filter(|browser| !chosen.browsers.contains(browser)) {
        filters.extend(["--skip".to_owned(), (*other).to_owned()]);
    }
    count(&mut command, &filters, totals)
}

fn archive() -> Outcome<PathBuf> {
    ARCHIVES
        .iter()
        .map(|name| root().join(name))
        .find(|folder| folder.join("portal.json").is_file())
        .ok_or_else(|| {
            Failure::new(format!(
                "there is no archive to walk through: none of {} has a portal.json.",
                ARCHIVES.join(", ")
            ))
        })
}

/// Runs a harness, shows what it says as it says it, and adds up its results.
fn count(command: &mut Command, filters: &[String], totals: &mut Totals) -> Outcome<()> {
    if !filters.is_empty() {
        command.arg("--").args(filters);
    }
    let before = totals.failed;
    let mut child = start(command.stdout(Stdio::piped()))?;
    if let Some(pipe) = child.stdout.take() {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
            let mut out = std::io::stdout();
            let _ = out.write_all(&line).and_then(|()| out.flush());
            totals.add_line(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = child.wait().map_err(|error| Failure::new(format!("{}: {error}", line_of(command))))?;
    // A failure that no harness has counted: it did not compile, or it crashed.
    if !status.success() && totals.failed == before {
        return Err(Failure::new(format!("{} ended with {status} before its totals.", line_of(command))));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_harnesses_are_added() {
        let mut totals = Totals::default();
        for line in [
            "test a ... ok",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s",
            "test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s",
            "my test results: 9 passed",
        ] {
            totals.add_line(line);
        }
        assert_eq!(totals, Totals { passed: 18, failed: 2, skipped: 1 });
    }

    #[test]
    fn words_choose_suites_and_then_names() {
        let chosen = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Chosen::from_words(&words, &[])
        };
        let all = chosen("");
        assert!(all.unit && all.components && all.browsers == BROWSERS && all.filters.is_empty());
        let unit = chosen("unit");
        assert!(unit.unit && !unit.components && unit.browsers.is_empty());
        let browser = chosen("browser search");
        assert!(!browser.unit && !browser.components && browser.browsers == BROWSERS);
        assert_eq!(browser.filters, ["search"]);
        assert_eq!(chosen("firefox").browsers, ["firefox"]);
        let name = chosen("search");
        assert!(name.unit && name.components && name.filters == ["search"]);
    }
}
