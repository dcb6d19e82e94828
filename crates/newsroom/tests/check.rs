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

/// What is told about a small archive with one more article, without the article's path.
fn told_of(name: &str, change: impl Fn(&mut serde_json::Value)) -> Vec<String> {
    let archive = fresh(name);
    copy(&fixture("small"), &archive, false);
    let mut article = serde_json::json!({
        "id": "thu", "title": "Thử", "content_html": "<p>Một.</p>", "date_published": "2021-09-10T08:00:00+07:00",
        "authors": [{"name": "An"}], "_bantin": {"category": "thong-bao", "unit": "Văn phòng Sở", "source": "Sở"},
    });
    change(&mut article);
    let bytes = serde_json::to_vec(&article).expect("JSON");
    put(&archive, "articles/2021/09/thu.json", &bytes);
    let report = report(&check(&archive));
    report.lines().map(|line| line.replace("articles/2021/09/thu.json: ", "")).collect()
}

#[test]
fn a_faulty_object_is_told_once_and_not_also_as_missing_fields() {
    assert_eq!(told_of("good", |_| {}), Vec::<String>::new());
    let told = told_of("object", |article| article["_bantin"] = 1.into());
    assert_eq!(told, ["_bantin: This must be an object and is a number. Write it in curly braces."]);
    let authors = serde_json::json!([1, {"name": " "}]);
    let told = told_of("numbers", |article| article["authors"] = authors.clone());
    assert_eq!(told.len(), 2);
    assert!(
        told[0].starts_with("authors[0]: This must be an object") && told[1].starts_with("authors[1].name: ")
    );
}

#[test]
fn a_text_of_invisible_characters_is_empty() {
    for (i, html) in
        ["<p>\u{200b}</p>", "&shy;", "<p>\u{feff}<br>\u{2060}</p>", "<hr>"].into_iter().enumerate()
    {
        let told = told_of(&format!("invisible-{i}"), |article| article["content_html"] = html.into());
        assert!(
            told.iter().any(|line| line.starts_with("content_html: The text of the article is empty")),
            "{html}"
        );
    }
}

#[test]
fn a_picture_that_is_missing_ten_times_is_told_once() {
    let html = "<p>a</p>".to_owned() + &"<img src='media/khong-co.png' alt='x'>".repeat(10);
    let told = told_of("ten", |article| article["content_html"] = html.clone().into());
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn a_picture_on_the_editors_own_machine_is_an_error() {
    let html = "<p>a<img src='file:///C:/Users/An/anh.jpg' alt='x'><img src='C:\\anh.jpg' alt='x'></p>";
    let told = told_of("own", |article| article["content_html"] = html.into());
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|line| line.contains("is not below media/.")), "{told:?}");
}

#[test]
fn a_cdata_section_is_lost_and_not_silently() {
    let told = told_of("cdata", |article| article["content_html"] = "<p>a<![CDATA[b]]></p>".into());
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("loses: a CDATA section with its content."), "{told:?}");
}

#[test]
fn html_in_a_plain_text_is_told() {
    let told = told_of("plain", |article| {
        article["content_html"] = serde_json::Value::Null;
        article["content_text"] = "<p>a</p>".into();
    });
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("content_text: warning: "), "{told:?}");
}

#[test]
fn what_is_no_archive_at_all_is_not_published_as_a_portal_of_nothing() {
    let archive = fresh("capital");
    copy(&fixture("small"), &archive, false);
    fs::rename(archive.join("articles"), archive.join("Articles")).expect("it can be renamed");
    assert!(report(&check(&archive)).starts_with("articles: file: warning: The archive has no articles."));
    put(&archive, "articles", b"{}");
    assert!(report(&check(&archive)).starts_with("articles: file: This is a file and must be a folder."));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_told_and_not_read() {
    let archive = fresh("pipe");
    copy(&fixture("small"), &archive, false);
    for at in ["articles/2021/09/ong.json", "media/ong.png"] {
        let made = std::process::Command::new("mkfifo").arg(archive.join(at)).status();
        assert!(made.expect("mkfifo runs").success());
    }
    let report = report(&check(&archive));
    assert_eq!(report.matches(": file: This is neither a file nor a folder.").count(), 2, "{report}");
}

#[test]
fn pictures_that_telephones_cannot_show_and_drawings_without_size_are_told() {
    let archive = fresh("pixels");
    copy(&fixture("small"), &archive, false);
    let mut picture = fs::read(archive.join("media/lop-hoc.png")).expect("it is there");
    picture.splice(16..24, [0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    put(&archive, "media/to.png", &picture);
    picture.splice(16..24, [0; 8]);
    put(&archive, "media/khong.png", &picture);
    put(&archive, "media/bmp.jpg", &[b"BM".as_slice(), &[1; 60]].concat());
    put(&archive, "media/khong-co.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    put(
        &archive,
        "media/xsl.svg",
        b"<?xml-stylesheet href='a.xsl'?><svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
    );
    let report = report(&check(&archive));
    let told: Vec<_> =
        report.lines().filter_map(|line| line.split_once('.').map(|(start, _)| start)).collect();
    assert_eq!(told, ["media/bmp", "media/khong-co", "media/khong", "media/to", "media/xsl"], "{report}");
    assert!(report.contains("warning: The picture has 20000 × 20000 pixels"), "{report}");
    assert!(report.contains("telephones cannot show it, and no smaller copies are made."), "{report}");
    assert!(report.contains("warning: The drawing does not say how large it is"), "{report}");
    assert!(report.contains("holds code (<?xml-stylesheet?>)"), "{report}");
}

#[test]
fn old_letters_in_the_calendar_are_told() {
    let archive = fresh("old-calendar");
    copy(&fixture("small"), &archive, false);
    let calendar = fs::read_to_string(archive.join("calendar.ics")).expect("it is there");
    let event = "BEGIN:VEVENT\r\nUID:cu\r\nDTSTART:20210913T080000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n\
                 SUMMARY:Họp triển khai phƣơng hƣớng\r\nEND:VEVENT\r\nEND:VCALENDAR";
    put(&archive, "calendar.ics", calendar.replace("END:VCALENDAR", event).as_bytes());
    let report = report(&check(&archive));
    assert!(report.starts_with("calendar.ics: SUMMARY: In “hƣớng”, “phƣơng”, "), "{report}");
    assert_eq!(report.lines().count(), 1);
}

#[test]
fn a_portal_without_categories_is_one_problem() {
    let archive = fresh("no-categories");
    copy(&fixture("small"), &archive, false);
    let portal = r#"{"name": "Cổng", "unit": "Sở", "categories": 1, "topics": [{"slug": "mua-bao-nam-2020", "name": "Bão"}]}"#;
    put(&archive, "portal.json", portal.as_bytes());
    assert_eq!(report(&check(&archive)).lines().count(), 1);
}
