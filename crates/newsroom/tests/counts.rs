//! `newsroom counts`: what it writes, what it refuses, and that nothing is lost then.

#[expect(dead_code, reason = "shared by all suites, and this one needs less")]
mod archives;

use archive::Counts;
use archives::{TODAY, contents, fixture, fresh, newsroom, put, text};
use std::{collections::BTreeMap, fs, path::Path, process::Output};

/// A report of GoAccess, made late on the fixtures' day.
fn report(days: &[(&str, u64)], requests: &[(&str, u64)]) -> String {
    let days: Vec<_> = days
        .iter()
        .map(|(day, n)| serde_json::json!({ "hits": { "count": n * 3 }, "visitors": { "count": n }, "data": day }))
        .collect();
    let requests: Vec<_> = requests
        .iter()
        .map(|(path, n)| serde_json::json!({ "hits": { "count": n }, "method": "GET", "data": path }))
        .collect();
    serde_json::json!({
        "general": { "date_time": format!("{TODAY} 22:30:00 +0700") },
        "visitors": { "data": days },
        "requests": { "data": requests },
    })
    .to_string()
}

fn count(folder: &Path, more: &[&str]) -> Output {
    let (report, out) = (folder.join("report.json"), folder.join("out"));
    let mut words = vec!["counts", "--goaccess", text(&report), "--out", text(&out), "--today", TODAY];
    words.extend(more);
    newsroom(&words)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with a report and figures of it.
fn counted(name: &str) -> std::path::PathBuf {
    let folder = fresh(name);
    fs::create_dir(folder.join("out")).expect("a folder");
    let whole =
        report(&[("20210914", 7), ("20210915", 2)], &[("/cong/tin/bai-viet/hop", 4), ("/bai-viet/khac", 9)]);
    put(&folder, "report.json", whole.as_bytes());
    let output = count(&folder, &["--base", "/cong/tin", "--start", "3799249"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output), "2021-09-15: visitors 2, in all 3799258, articles 1\n");
    folder
}

fn figures(folder: &Path) -> Counts {
    Counts::from_json(&fs::read(folder.join("out/counts.json")).expect("there")).expect("figures")
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

#[test]
fn figures_are_written_once_and_for_all() {
    let folder = counted("counts-written");
    let files = contents(&folder.join("out"));
    assert_eq!(names(&files), ["counts-ledger.json", "counts.json"]);
    let written = String::from_utf8(files["counts.json"].clone()).expect("UTF-8");
    let expected = r#"{"format":2,"time":1631719800,"today":{"day":"2021-09-15","visitors":2},"total":3799258,"articles":[{"slug":"hop","views":4}]}"#;
    assert_eq!(written, format!("{expected}\n"));
    // With and without the old counter's number.
    for more in [&["--base", "/cong/tin/", "--start", "3799249"][..], &["--base", "/cong/tin/"]] {
        assert_eq!(count(&folder, more).status.code(), Some(0));
        assert_eq!(contents(&folder.join("out")), files);
    }
}

#[test]
fn smaller_reports_after_a_rotation_take_nothing_away() {
    let folder = counted("counts-rotated");
    put(&folder, "report.json", report(&[("20210915", 1)], &[("/cong/tin/bai-viet/hop", 1)]).as_bytes());
    assert_eq!(count(&folder, &["--base", "/cong/tin/"]).status.code(), Some(0));
    let figures = figures(&folder);
    assert_eq!((figures.total, figures.today.visitors, figures.articles[0].views), (3_799_258, 2, 4));
}

#[test]
fn several_reports_are_read_in_the_order_of_their_days() {
    let folder = fresh("counts-several");
    let (a, b) = (folder.join("a.json"), folder.join("b.json"));
    put(&folder, "a.json", report(&[("20210914", 7)], &[("/bai-viet/hop", 4)]).as_bytes());
    put(&folder, "b.json", report(&[("20210915", 2)], &[("/bai-viet/hop", 1)]).as_bytes());
    let mut results = Vec::new();
    for (out, first, second) in [("one", &a, &b), ("two", &b, &a)] {
        fs::create_dir(folder.join(out)).expect("a folder");
        let out = folder.join(out);
        let output = newsroom(&[
            "counts",
            "--out",
            text(&out),
            "--today",
            TODAY,
            "--goaccess",
            text(first),
            text(second),
        ]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        results.push(contents(&out));
    }
    assert_eq!(results[0], results[1]);
    let figures = Counts::from_json(&results[0]["counts.json"]).expect("figures");
    assert_eq!((figures.total, figures.articles[0].views), (9, 5));
}

#[test]
fn a_bad_report_is_named_and_changes_nothing() {
    let folder = counted("counts-bad");
    let before = contents(&folder.join("out"));
    let good = report(&[("20210915", 3)], &[]);
    for (what, said_of_it) in [
        (String::new(), "ends too early"),
        (good[..good.len() - 40].to_owned(), "ends too early"),
        ("<!doctype html>".to_owned(), "is not JSON"),
        (r#"{"version":"https://jsonfeed.org/version/1.1","items":[]}"#.to_owned(), "no report of GoAccess"),
        (good.replace("\"count\":3", "\"count\":\"3\""), "no report of GoAccess"),
        (good.replace("\"count\":3", "\"count\":-3"), "no report of GoAccess"),
        (
            good.replace("\"count\":3", "\"count\":99999999999999999"),
            "visitors.data: “20210915” has the count",
        ),
        (good.replace("\"requests\"", "\"other\""), "missing field `requests`"),
        (good.replace("2021-09-15", "2021-09-16"), "put this machine's clock right"),
    ] {
        assert_ne!(what, good, "{said_of_it}");
        put(&folder, "report.json", what.as_bytes());
        let output = count(&folder, &[]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{what}");
        assert!(said.contains("report.json") && said.contains(said_of_it), "{what}: {said}");
        assert_eq!(contents(&folder.join("out")), before);
    }
    fs::remove_file(folder.join("report.json")).expect("removed");
    let output = count(&folder, &[]);
    assert!(output.status.code() == Some(2) && said(&output).contains("cannot read"), "{}", said(&output));
    for start in ["-1", "many", "99999999999999999999"] {
        assert_eq!(count(&folder, &["--start", start]).status.code(), Some(2));
    }
    assert_eq!(contents(&folder.join("out")), before);
}

#[test]
fn earlier_figures_that_cannot_be_read_are_never_written_over() {
    let folder = counted("counts-damaged");
    let (counts, ledger) = (folder.join("out/counts.json"), folder.join("out/counts-ledger.json"));
    let good = contents(&folder.join("out"));
    for (path, bytes, said_of_it) in [
        (&ledger, &good["counts-ledger.json"][..60], "put it back from a copy"),
        (&ledger, b"".as_slice(), "put it back from a copy"),
        (&ledger, br#"{"format":9}"#.as_slice(), "run a newer one"),
        (&counts, b"{}".as_slice(), "move it away"),
        (&counts, b"\xff\xfe".as_slice(), "move it away"),
        (&counts, br#"{"format":9}"#.as_slice(), "have the format 9"),
    ] {
        let whole = fs::read(path).expect("there");
        fs::write(path, bytes).expect("written");
        let before = contents(&folder.join("out"));
        let output = count(&folder, &[]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(text(path)) && said.contains(said_of_it), "{said}");
        assert_eq!(contents(&folder.join("out")), before);
        fs::write(path, whole).expect("written");
    }
    // Figures without their ledger: the advice carries on from them, today's visitors not twice.
    fs::rename(&ledger, folder.join("away.json")).expect("moved");
    let output = count(&folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("run with --start 3799256"), "{}", said(&output));
    // A ledger without figures: they are made anew.
    fs::rename(folder.join("away.json"), &ledger).expect("moved");
    fs::remove_file(&counts).expect("removed");
    assert_eq!(count(&folder, &["--base", "/cong/tin/"]).status.code(), Some(0));
    assert_eq!(contents(&folder.join("out")), good);
}

#[test]
fn articles_are_named_by_the_published_archive_and_others_are_left_out() {
    let folder = fresh("counts-titles");
    let out = folder.join("out");
    let index = |archive: &Path| {
        newsroom(&["index", text(archive), "--out", text(&out), "--today", TODAY]).status.code()
    };
    assert_eq!(index(&fixture("small")), Some(0));
    let requests = [("/bai-viet/khai-giang-nam-hoc-moi", 4), ("/bai-viet/wp-login", 900)];
    let all = |more: &[(&str, u64)]| report(&[("20210915", 2)], &[&requests, more].concat());
    put(&folder, "report.json", all(&[]).as_bytes());
    assert_eq!(count(&folder, &[]).status.code(), Some(0));
    let named = |folder: &Path| -> Vec<(String, String, u64)> {
        let articles = figures(folder).articles.into_iter();
        articles.map(|article| (article.slug.to_string(), article.title, article.views)).collect()
    };
    let title = "Lễ khai giảng năm học mới được phát trực tiếp trên sóng truyền hình";
    let expected = [("khai-giang-nam-hoc-moi".to_owned(), title.to_owned(), 4)];
    assert_eq!(named(&folder), expected);
    // A joker's addresses take no article's place, however many they are.
    let jokes: Vec<String> = (0..300).map(|i| format!("/bai-viet/tro-dua-{i}")).collect();
    let jokes: Vec<(&str, u64)> = jokes.iter().map(|path| (path.as_str(), 1000)).collect();
    put(&folder, "report.json", all(&jokes).as_bytes());
    assert_eq!(count(&folder, &[]).status.code(), Some(0));
    assert_eq!(named(&folder), expected);
    // The archive can lie elsewhere; the same bytes again.
    let files = contents(&out);
    let apart = fresh("counts-titles-apart");
    let out_apart = apart.join("out");
    fs::create_dir(&out_apart).expect("a folder");
    put(&apart, "report.json", all(&jokes).as_bytes());
    for _ in 0..2 {
        assert_eq!(count(&apart, &["--data", text(&out)]).status.code(), Some(0));
        assert_eq!(contents(&out_apart)["counts.json"], files["counts.json"]);
    }
    // Named, it must be there; not named, nobody asked for titles.
    let nowhere = count(&apart, &["--data", text(&apart)]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(said(&nowhere).contains("has no entry.json; name the published folder"), "{}", said(&nowhere));
    put(&folder, "out/entry.json", br#"{"format":9}"#);
    let newer = count(&folder, &[]);
    assert_eq!(newer.status.code(), Some(0));
    assert!(said(&newer).contains("has the format 9"), "{}", said(&newer));
    assert!(named(&folder).iter().all(|(_, title, _)| title.is_empty()));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = counted("counts-nowhere");
    fs::remove_dir_all(folder.join("out")).expect("removed");
    let output = count(&folder, &[]);
    assert!(
        output.status.code() == Some(2) && said(&output).contains("cannot open the folder"),
        "{}",
        said(&output)
    );
    assert!(!folder.join("out").exists());
}

#[test]
fn runs_at_the_same_time_lose_nothing() {
    let folder = fresh("counts-together");
    fs::create_dir(folder.join("out")).expect("a folder");
    let days: Vec<String> = (1..=9).map(|day| format!("2021090{day}")).collect();
    std::thread::scope(|scope| {
        for (i, day) in days.iter().enumerate() {
            let folder = &folder;
            scope.spawn(move || {
                let name = format!("{i}.json");
                put(folder, &name, report(&[(day, 1 << i)], &[]).as_bytes());
                let (report, out) = (folder.join(name), folder.join("out"));
                let output =
                    newsroom(&["counts", "--goaccess", text(&report), "--out", text(&out), "--today", TODAY]);
                assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            });
        }
        // A reader meanwhile finds whole figures or none.
        scope.spawn(|| {
            for _ in 0..2000 {
                if let Ok(bytes) = fs::read(folder.join("out/counts.json")) {
                    Counts::from_json(&bytes).expect("whole figures");
                }
            }
        });
    });
    assert_eq!(figures(&folder).total, (1 << 9) - 1);
    assert_eq!(names(&contents(&folder.join("out"))), ["counts-ledger.json", "counts.json"]);
}

#[test]
fn a_new_publication_keeps_what_was_counted() {
    let folder = counted("counts-kept");
    let before = contents(&folder.join("out"));
    let (archive, out) = (fixture("small"), folder.join("out"));
    // First into a folder with nothing but figures, then into the published one.
    for _ in 0..2 {
        let output = newsroom(&["index", text(&archive), "--out", text(&out), "--today", TODAY]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let after = contents(&out);
        assert!(after.contains_key("entry.json"));
        assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)));
        // What a killed run left behind stands in nobody's way.
        put(&out, ".counts.json.new", b"{");
    }
    assert_eq!(count(&folder, &["--base", "/cong/tin/"]).status.code(), Some(0));
}
