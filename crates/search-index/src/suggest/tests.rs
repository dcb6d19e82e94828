//! Laws of the suggestions: files within their limit, nothing offered that was not typed, damage is an error.

use super::*;
use proptest::prelude::*;
use std::collections::HashMap;

type Files = HashMap<FileName, String>;

/// The files of some titles, the first the oldest.
fn written(titles: &[(Slug, String)]) -> (Files, FileName) {
    let titles: Vec<_> = (0..)
        .zip(titles)
        .map(|(day, (slug, title))| Titled {
            slug,
            title,
            published: Moment::from_unix(1_600_000_000 + day * 3_600).expect("in range"),
        })
        .collect();
    write_all(titles)
}

fn write_all(titles: Vec<Titled<'_>>) -> (Files, FileName) {
    let mut files = Files::new();
    let root = write(titles, &mut |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("JSON is text");
        let name = name_of(&text);
        files.insert(name.clone(), text);
        Ok::<_, std::convert::Infallible>(name)
    });
    let Ok(root) = root;
    (files, root)
}

/// FNV-1a: names that stand for their content, like the published ones.
fn name_of(text: &str) -> FileName {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    FileName::try_from(format!("suggest/{hash:016x}.json")).expect("a name")
}

/// What is offered, and how many files it took.
fn offered((files, root): &(Files, FileName), typed: &str) -> (Vec<Suggestion>, usize) {
    let Some(typed) = Typed::new(typed) else { return (Vec::new(), 0) };
    let (mut at, mut read) = (root.clone(), 1);
    loop {
        match Directory::read(&files[&at]).expect("a directory").next(&typed) {
            None => return (Vec::new(), read),
            Some(Next::Directory(name)) => at = name,
            Some(Next::Shelf(name)) => {
                return (Shelf::read(&files[&name]).expect("a shelf").offer(&typed), read + 1);
            }
        }
        read += 1;
        assert!(read <= Directory::DEEPEST);
    }
}

fn words(suggestions: &[Suggestion]) -> Vec<&str> {
    let words = suggestions.iter().filter_map(|s| match s {
        Suggestion::Words(words) => Some(words.as_str()),
        Suggestion::Title { .. } => None,
    });
    words.collect()
}

fn titles_of(suggestions: &[Suggestion]) -> Vec<&str> {
    let titles = suggestions.iter().filter_map(|s| match s {
        Suggestion::Words(_) => None,
        Suggestion::Title { title, .. } => Some(title.as_str()),
    });
    titles.collect()
}

fn named(titles: impl IntoIterator<Item = impl Into<String>>) -> Vec<(Slug, String)> {
    let slug = |number: usize| format!("tin-{number}").parse().expect("a slug");
    titles.into_iter().enumerate().map(|(number, title)| (slug(number), title.into())).collect()
}

/// Titles as a department writes them: the same phrases in ever other company.
fn department() -> Vec<(Slug, String)> {
    let whos = [
        "Học sinh huyện Phú Sa",
        "Sở Giáo dục",
        "Giáo viên Phú Sa",
        "Trường trung học phổ thông Lạc Giang",
        "Liên đội trung học phổ thông Bắc Lãng",
    ];
    let dids = ["khai giảng", "phòng chống bạo lực", "bảo đảm an toàn", "của các huyện", "đón bão", "họp"];
    let whats =
        ["tuyển sinh lớp 10", "năm học mới", "tuyển sinh đầu cấp", "của các trường", "dịp Tết", "kế hoạch"];
    let mut titles = Vec::new();
    for (w, who) in whos.iter().enumerate() {
        for (d, did) in dids.iter().enumerate() {
            let what = whats[(w * 5 + d * 7) % whats.len()];
            let year = 2000 + w * dids.len() + d;
            titles.push(format!("{who} {did} {what} {year}"));
            titles.push(format!("Kế hoạch {what} ở {who} {year}"));
            titles.push(format!("Hướng dẫn {did}: {} {year}", whats[(w + d) % whats.len()]));
        }
    }
    titles.push("Công bố điểm chuẩn tuyển sinh đầu cấp 2024".into());
    named(titles)
}

#[test]
fn a_beginning_offers_what_belongs_together() {
    let files = written(&department());
    let (found, _) = offered(&files, "tuyển s");
    let found = words(&found);
    assert_eq!(found.first(), Some(&"tuyển sinh"), "{found:?}");
    assert!(found.contains(&"tuyển sinh lớp 10"), "{found:?}");
    for nonsense in ["của", "các", "học pho", "sinh lớp"] {
        let (found, _) = offered(&files, nonsense);
        assert!(words(&found).iter().all(|w| !w.starts_with("của") && !w.starts_with("các ")), "{found:?}");
    }
    let (found, _) = offered(&files, "trung h");
    assert_eq!(words(&found).first(), Some(&"trung học phổ thông"), "{found:?}");
}

#[test]
fn names_keep_their_large_letters_and_other_words_do_not() {
    let files = written(&department());
    for (typed, expected) in [("phu s", "Phú Sa"), ("khai", "khai giảng"), ("ke h", "kế hoạch")] {
        let (found, _) = offered(&files, typed);
        assert!(words(&found).iter().any(|words| words.starts_with(expected)), "{typed}: {found:?}");
    }
}

#[test]
fn typing_without_marks_finds_and_typed_marks_choose() {
    let files = written(&department());
    let both = |typed: &str| words(&offered(&files, typed).0).join("|");
    assert!(both("bao").contains("bạo lực") && both("bao").contains("bảo đảm"), "{}", both("bao"));
    assert!(both("bạo").starts_with("bạo lực"), "{}", both("bạo"));
    assert!(both("bảo").starts_with("bảo đảm"), "{}", both("bảo"));
    assert!(both("BẢO Đ").starts_with("bảo đảm"), "{}", both("BẢO Đ"));
}

#[test]
fn a_title_is_found_at_its_start_and_at_its_sequences_newest_first() {
    let files = written(&department());
    let (found, _) = offered(&files, "cong bo diem");
    assert_eq!(titles_of(&found).first(), Some(&"Công bố điểm chuẩn tuyển sinh đầu cấp 2024"), "{found:?}");
    let (found, _) = offered(&files, "tuyển sinh đầu cấp 202");
    assert_eq!(titles_of(&found).first(), Some(&"Công bố điểm chuẩn tuyển sinh đầu cấp 2024"), "{found:?}");
}

#[test]
fn a_whole_syllable_is_whole() {
    let titles = named(["An toàn giao thông", "Ảnh đẹp", "An toàn trường học", "Ảnh đẹp tháng"]);
    let files = written(&titles);
    assert!(titles_of(&offered(&files, "an").0).iter().any(|title| title.starts_with("Ảnh")));
    assert!(titles_of(&offered(&files, "an ").0).iter().all(|title| title.starts_with("An ")));
}

#[test]
fn nothing_is_offered_for_nothing() {
    let files = written(&department());
    for typed in ["", " ", "?!", "\u{301}", "zzz", "tuyển sinh khác"] {
        assert_eq!(offered(&files, typed).0, [], "{typed:?}");
    }
    assert_eq!(offered(&written(&[]), "t").0, []);
}

#[test]
fn a_large_archive_needs_one_file_a_keystroke() {
    // Random enough to be many, alike enough to be Vietnamese.
    let syllables =
        ["học", "sinh", "giáo", "viên", "trường", "lớp", "thi", "tuyển", "dạy", "nghề", "kế", "hoạch"];
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        syllables[(seed >> 33) as usize % syllables.len()]
    };
    let titles = named((0..9_000).map(|_| (0..14).map(|_| next()).collect::<Vec<_>>().join(" ")));
    let all = written(&titles);
    assert!(all.0.values().all(|text| text.len() <= LIMIT));
    assert!(all.0.len() > 400, "{}", all.0.len());
    let mut most = 0;
    for (_, title) in titles.iter().step_by(997) {
        for end in title.char_indices().map(|(at, _)| at).skip(1) {
            let typed = &title[..end];
            let (found, files) = offered(&all, typed);
            most = most.max(files);
            let key = Typed::new(typed).expect("typed").key;
            assert!(found.len() <= MOST);
            assert!(words(&found).iter().all(|w| viet_text::fold(w).starts_with(&key)), "{typed}: {found:?}");
        }
        let (found, _) = offered(&all, title);
        assert!(titles_of(&found).contains(&title.as_str()), "{title} is not offered: {found:?}");
    }
    // Two directories, which are kept, and the shelf.
    assert!(most <= 3, "{most} files");
}

#[test]
fn a_source_without_files_offers_titles() {
    let titles = department();
    let typed = Typed::new("khai giảng").expect("typed");
    let found = among(&typed, titles.iter().rev().map(|(slug, title)| (slug, title.as_str())));
    assert!(titles_of(&found).iter().all(|title| title.contains("khai giảng")));
    assert_eq!(found.len(), MOST);
}

#[test]
#[ignore = "a minute of work: how long a million titles take (run it with --release)"]
fn a_million_titles_take_a_minute() {
    let titles = department();
    let many: Vec<(Slug, String)> = (0..1_000_000)
        .map(|n| {
            let [a, b] = [n % titles.len(), (n / 7) % titles.len()].map(|at| titles[at].1.as_str());
            (format!("tin-{n}").parse().expect("a slug"), format!("{a} và {b} số {}", n % 5_003))
        })
        .collect();
    let (files, _) = written(&many);
    let total: usize = files.values().map(String::len).sum();
    println!("{} files, {total} bytes", files.len());
    assert!(files.values().all(|text| text.len() <= LIMIT));
}

/// Titles of few syllables in many spellings, some strange.
fn titles() -> impl Strategy<Value = Vec<(Slug, String)>> {
    let syllable = prop::sample::select(vec![
        "giáo", "dục", "Giao", "duc", "hội", "nghị", "của", "các", "Phú", "Sa", "10", "–", ",", "Covid-19",
        "学", "\u{301}", "\"", "UBND", "bảo", "bạo",
    ]);
    let title = prop::collection::vec(syllable, 0..12).prop_map(|parts| parts.join(" "));
    prop::collection::vec(title, 0..60).prop_map(named)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_file_is_within_the_limit_and_every_suggestion_begins_as_typed(
        titles in titles(), long in "\\PC{0,400}", typed in "[a-zđáạảôêư ]{1,6}"
    ) {
        let mut titles = titles;
        titles.extend(named([long.clone()]).into_iter().map(|(_, title)| ("dai".parse().expect("a slug"), title)));
        let files = written(&titles);
        prop_assert!(files.0.values().all(|text| text.len() <= LIMIT));
        let starts: Vec<_> = titles.iter().map(|(_, title)| title.chars().take(4).collect::<String>()).collect();
        for typed in starts.iter().chain([&typed, &long]) {
            let found = offered(&files, typed).0;
            prop_assert!(found.len() <= MOST);
            let Some(typed) = Typed::new(typed) else { continue };
            for suggestion in found {
                match suggestion {
                    Suggestion::Words(words) => {
                        prop_assert!(key(&syllables(&words).collect::<Vec<_>>()).starts_with(&typed.key), "{words}");
                    }
                    Suggestion::Title { title, .. } => {
                        let whole = format!(" {}", key(&syllables(&title).collect::<Vec<_>>()));
                        prop_assert!(whole.contains(&format!(" {}", typed.key)), "{title}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_titles_does_not_matter(titles in titles(), seed in any::<u64>()) {
        let titled: Vec<_> = (0..).zip(&titles).map(|(day, (slug, title))| Titled {
            slug, title, published: Moment::from_unix(day / 2).expect("in range"),
        }).collect();
        let mut shuffled = titled.clone();
        shuffled.sort_by_key(|t| name_of(&format!("{seed}{}", t.slug)));
        prop_assert_eq!(write_all(shuffled), write_all(titled));
    }

    #[test]
    fn damaged_files_are_an_error_and_no_panic(text in "\\PC{0,80}", cut in any::<prop::sample::Index>()) {
        prop_assert!(Directory::read(&text).is_err() && Shelf::read(&text).is_err());
        let (files, _) = written(&department());
        for text in files.values() {
            let ends: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
            let cut = &text[..ends[cut.index(ends.len())]];
            prop_assert!(Directory::read(cut).is_err() && Shelf::read(cut).is_err());
        }
        let climbing = r#"[[],["T","../x"]]"#;
        prop_assert!(Shelf::read(climbing).is_err());
        let climbing = r#"[["","../../x"],[]]"#;
        prop_assert!(Directory::read(climbing).is_err());
    }
}
