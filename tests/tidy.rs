//! The rules of the house that the compiler cannot keep: who may name what inside `src/`, and what a file
//! owes its reader. A broken rule is named by file and line.
//!
//! Not here: who may import whom between crates (their Cargo.toml), formatting and lints (`cargo xtask lint`).

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending, with their paths relative to the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no .{ending} below {folder}: the rule looks at nothing");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    };
    found.into_iter().map(read).collect()
}

/// Fails with every line below `folder` that holds one of the `words`, comments aside.
fn forbid(folder: &str, ending: &str, words: &[&str], but: &[&str], why: &str) {
    let mut broken = Vec::new();
    for (name, text) in files(folder, ending) {
        if but.iter().any(|allowed| name.starts_with(allowed)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = if ending == "rs" { line.split("//").next().unwrap_or_default() } else { line };
            if let Some(word) = words.iter().find(|word| code.contains(*word)) {
                broken.push(format!("{name}:{}: {word}", number + 1));
            }
        }
    }
    assert!(broken.is_empty(), "{why}\n{}", broken.join("\n"));
}

#[test]
fn markup_is_never_put_into_the_page() {
    forbid(
        "src",
        "rs",
        &["inner_html", "insert_adjacent_html", "outer_html", "document.write"],
        &[],
        "Build elements from Body instead.",
    );
}

#[test]
fn only_the_platform_names_the_browser() {
    forbid(
        "src",
        "rs",
        &["web_sys", "js_sys", "wasm_bindgen", "gloo_"],
        &["src/platform/", "src/data/get.rs"],
        "Put it behind a small door in src/platform/.",
    );
}

#[test]
fn components_take_values_and_return_views() {
    let forbidden =
        ["crate::platform", "crate::state", "crate::pages", "crate::app", "Library", "clock::", "storage::"];
    forbid(
        "src/components",
        "rs",
        &forbidden,
        &[],
        "A component never fetches, never reads the clock, storage or address.",
    );
}

#[test]
fn imports_go_one_way() {
    forbid("src/pages", "rs", &["crate::app"], &[], "app → pages, not back.");
    forbid(
        "src/data",
        "rs",
        &["crate::pages", "crate::components", "crate::state", "crate::app"],
        &[],
        "pages → data, not back.",
    );
    forbid(
        "src/state",
        "rs",
        &["crate::pages", "crate::components", "crate::data", "crate::app"],
        &[],
        "pages → state, not back.",
    );
    let inside =
        ["crate::pages", "crate::components", "crate::data", "crate::state", "crate::app", "crate::wording"];
    forbid("src/platform", "rs", &inside, &[], "The platform knows nothing of the app.");
}

#[test]
fn only_the_visit_tracker_touches_the_visit_log() {
    forbid("src", "rs", &["VisitLog"], &["src/state/visits.rs"], "Go through state::visits.");
}

#[test]
fn only_the_clock_knows_what_time_it_is() {
    forbid(
        "src",
        "rs",
        &["Date::now", "Utc::now", "Local::now", "SystemTime", "Instant::now"],
        &["src/platform/clock.rs"],
        "Time is an argument.",
    );
    forbid(
        "crates",
        "rs",
        &["Utc::now", "Local::now", "SystemTime::now"],
        &["crates/newsroom/", "crates/static-server/"],
        "Time is an argument.",
    );
}

#[test]
fn only_the_tokens_know_a_colour() {
    let mut broken = Vec::new();
    for (name, text) in files("style", "css") {
        if name == "style/tokens.css" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let hex = line
                .split('#')
                .skip(1)
                .any(|rest| rest.chars().take_while(char::is_ascii_hexdigit).count() >= 3);
            if hex || line.contains("rgb(") || line.contains("hsl(") {
                broken.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "Name a role from style/tokens.css instead.\n{}", broken.join("\n"));
}

#[test]
fn every_style_sheet_is_in_the_page() {
    let index = fs::read_to_string(root().join("index.html")).expect("index.html");
    for (name, _) in files("style", "css") {
        assert!(index.contains(&format!("href=\"{name}\"")), "{name} is not linked in index.html");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let all = ["src", "crates", "xtask", "tests"].into_iter().flat_map(|folder| files(folder, "rs"));
    let silent: Vec<_> = all.filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    assert!(
        silent.is_empty(),
        "Open with //!: what it is for, and what is deliberately not in it.\n{}",
        silent.join("\n")
    );
}

#[test]
fn names_say_what_things_are() {
    let vague = ["utils", "helpers", "models", "common", "misc"];
    let all = ["src", "crates", "xtask", "tests"].into_iter().flat_map(|folder| files(folder, "rs"));
    let broken: Vec<_> = all
        .map(|(name, _)| name)
        .filter(|name| name.split(['/', '.']).any(|part| vague.contains(&part)))
        .collect();
    assert!(broken.is_empty(), "Name the idea, not the drawer.\n{}", broken.join("\n"));
}

#[test]
fn both_languages_of_the_readme_name_the_same_commands() {
    let commands = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let line = |line: &&str| line.trim_start().starts_with("cargo ") || line.contains("--public-url");
        text.lines()
            .filter(line)
            .map(|line| line.split("  #").next().unwrap_or(line).trim().to_owned())
            .filter(|l| l.starts_with("cargo"))
            .collect()
    };
    assert_eq!(commands("README.md"), commands("README.vi.md"));
}
