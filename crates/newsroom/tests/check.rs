//! `newsroom check`, as its users run it.

mod archives;

use archives::{TODAY, copy, fixture, fresh, newsroom, put, text};
use std::{fs, path::Path, process::Output};

/// Compares with a file of `tests/golden`; `UPDATE_GOLDENS=1` rewrites it.
fn assert_golden(name: &str, found: &str) {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&at, found).expect("the golden can be written");
    }
    let golden = fs::read_to_string(&at).unwrap_or_default();
    let differs = golden.lines().zip(found.lines()).find(|(a, b)| a != b);
    assert!(golden == found, "{name} differs (UPDATE_GOLDENS=1 rewrites it); first: {differs:#?}");
}

fn check(dir: &Path) -> Output {
    newsroom(&["check", text(dir), "--today", TODAY])
}

fn report(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("reports are UTF-8")
}

#[test]
fn every_fault_is_told_with_its_place_and_its_cure() {
    let output = check(&fixture("faulty"));
    assert_golden("faulty.txt", &report(&output));
    assert_golden("faulty.stderr", &String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn programs_get_the_same_problems_as_json() {
    let output = newsroom(&["check", text(&fixture("faulty")), "--today", TODAY, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let lines = report(&check(&fixture("faulty"))).lines().count();
    let problems = json["problems"].as_array().expect("a list");
    assert_eq!(problems.len(), lines);
    for problem in problems {
        let fields = problem.as_object().expect("an object");
        let names: Vec<_> = fields.keys().map(String::as_str).collect();
        assert_eq!(names, ["cure", "field", "path", "sentence", "severity"]);
        assert!(["error", "warning"].contains(&problem["severity"].as_str().expect("a text")));
    }
    let sum = &json["summary"];
    let (errors, warnings) =
        (sum["errors"].as_u64().expect("a number"), sum["warnings"].as_u64().expect("a number"));
    assert_eq!(usize::try_from(errors + warnings), Ok(lines));
}

#[test]
fn a_good_archive_has_no_problems() {
    let output = check(&fixture("small"));
    assert_eq!(report(&output), "");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "27 articles, 0 errors, 0 warnings\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_day_decides_what_is_in_the_future() {
    let output = newsroom(&["check", text(&fixture("small")), "--today", "2021-09-10"]);
    assert!(
        report(&output)
            .contains("hoi-nghi-truc-tuyen.json: date_published: 11/09/2021 10:21 is in the future")
    );
    assert_eq!(output.status.code(), Some(1));
    // The real clock stands long after 2021.
    assert_eq!(newsroom(&["check", text(&fixture("small"))]).status.code(), Some(0));
}

#[test]
fn wrong_usage_and_what_cannot_run_end_with_two() {
    let small = fixture("small");
    for arguments in [
        &["check"][..],
        &["check", "/there/is/no/such/folder"],
        &["check", text(&small), "--today", "2021-02-30"],
        &["check", text(&small), "--today", "2021-9-1"],
        &["check", text(&small), "--format", "xml"],
        &["check", text(&small.join("portal.json"))],
        &["index", text(&small)],
        &["publish"],
        &[],
    ] {
        let output = newsroom(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn warnings_alone_are_no_errors() {
    let archive = fresh("warnings");
    copy(&fixture("small"), &archive, false);
    put(&archive, "articles/ghi-chu.txt", b"x");
    let output = check(&archive);
    assert!(report(&output).starts_with("articles/ghi-chu.txt: file: warning: "));
    assert!(String::from_utf8_lossy(&output.stderr).ends_with("27 articles, 0 errors, 1 warning\n"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_is_too_large_is_told_and_not_read() {
    let archive = fresh("large");
    copy(&fixture("small"), &archive, false);
    put(&archive, "articles/2021/09/to.json", &vec![b' '; (2 << 20) + 1]);
    put(&archive, "calendar.ics", &vec![b' '; (2 << 20) + 1]);
    put(&archive, "media/to.pdf", &vec![b' '; (50 << 20) + 1]);
    let mut picture = fs::read(archive.join("media/lop-hoc.png")).expect("it is there");
    picture.resize((5 << 20) + 1, 0);
    put(&archive, "media/lop-hoc.png", &picture);
    let report = report(&check(&archive));
    let told: Vec<_> =
        report.lines().filter_map(|line| Some(line.split_once(" bytes")?.0.split_once(" has ")?.0)).collect();
    assert_eq!(told, ["articles/2021/09/to.json: file: The file", "calendar.ics: file: The calendar"]);
    for path in [
        "media/lop-hoc.png: file: warning: The file has 5.0 MB",
        "media/to.pdf: file: warning: The file has 50.0 MB",
    ] {
        assert!(report.contains(path), "{path} in {report}");
    }
}

#[test]
fn an_archive_of_nothing_lacks_its_portal() {
    let archive = fresh("nothing");
    let output = check(&archive);
    assert!(report(&output).starts_with("portal.json: file: The archive has no portal.json"));
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_archive_are_not_followed() {
    use std::os::unix::fs::symlink;
    let archive = fresh("links");
    copy(&fixture("small"), &archive, false);
    let outside = fresh("links-outside");
    put(&outside, "secret.pdf", b"x");
    symlink(outside.join("secret.pdf"), archive.join("media/secret.pdf")).expect("a link can be made");
    symlink(&outside, archive.join("media/outside")).expect("a link can be made");
    symlink("nowhere", archive.join("media/nowhere.png")).expect("a link can be made");
    symlink("..", archive.join("articles/up")).expect("a link can be made");
    symlink("lop-hoc.png", archive.join("media/same.png")).expect("a link can be made");
    let report = report(&check(&archive));
    let told: Vec<_> =
        report.lines().filter_map(|line| line.split_once(": file: This is a link")).map(|l| l.0).collect();
    assert_eq!(told, ["articles/up", "media/nowhere.png", "media/outside", "media/secret.pdf"]);
    assert_eq!(report.lines().count(), 4);
}
