//! The index finds what the scan finds: the same documents, in the same order, with the same counts.

use crate::{
    Document, Error, Inquiry, Manifest, Outcome, Place, Query, ShortForms, Step,
    build::{Built, LARGE, Progress, Settings, Shelf, Text, build, file_name, sealed, with_sum},
    samples::{documents, query},
    scan::{Scanned, scan},
};
use archive::FileName;
use proptest::prelude::*;
use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

/// An index in memory.
pub(crate) struct Index {
    pub(crate) manifest: Vec<u8>,
    pub(crate) files: BTreeMap<FileName, Vec<u8>>,
    /// The documents by category and number.
    places: BTreeMap<Place, Document>,
}

/// Documents in the order that places number them.
fn shelved(documents: &[Document]) -> BTreeMap<Option<archive::Slug>, Vec<&Document>> {
    let mut shelves: BTreeMap<_, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        shelves.entry(document.headline.category.clone()).or_default().push(document);
    }
    for shelf in shelves.values_mut() {
        shelf.sort_by_key(|d| (d.headline.published, d.headline.slug.clone()));
    }
    shelves
}

pub(crate) fn index(documents: &[Document], memory: usize) -> Index {
    index_from(documents, memory, LARGE)
}

/// The same, where an archive is large from so many documents on.
fn index_from(documents: &[Document], memory: usize, large: u32) -> Index {
    let shelves = shelved(documents);
    let of_build: Vec<Shelf> = shelves
        .iter()
        .map(|(category, shelf)| Shelf {
            category: category.clone(),
            published: shelf.iter().map(|d| d.headline.published.unix()).collect(),
        })
        .collect();
    let by_number: Vec<&Vec<&Document>> = shelves.values().collect();
    let text = |shelf: usize, number: u32| {
        let d = by_number[shelf][number as usize];
        Text {
            title: Cow::Borrowed(&d.headline.title),
            lead: Cow::Borrowed(&d.headline.summary),
            body: Cow::Borrowed(&d.text),
            tags: Cow::Borrowed(&d.tags),
            unit: Cow::Borrowed(&d.unit),
            attachments: d.attachments,
        }
    };
    static RUNS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let run = RUNS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let spill = std::env::temp_dir().join(format!("bantin-rightness-{}-{run}", std::process::id()));
    let settings = Settings {
        memory,
        spill: spill.clone(),
        short_forms: ShortForms::new(),
        large,
        progress: &|_: Progress| {},
    };
    let mut numbered = Vec::new();
    let Built { manifest, folder, files } = build(&of_build, &text, &settings, &mut |number, bytes| {
        assert_eq!(number as usize, numbered.len());
        numbered.push(bytes.to_vec());
        Ok(())
    })
    .expect("an index");
    assert_eq!(files as usize, numbered.len());
    assert!(!spill.exists(), "temporary files are left behind");
    let name = |number| file_name(folder.as_deref().expect("a folder"), number).expect("a name");
    let files = (0..).zip(numbered).map(|(number, bytes)| (name(number), bytes)).collect();
    let places = shelves.iter().flat_map(|(category, shelf)| {
        (0..).zip(shelf).map(|(number, &d)| (Place { category: category.clone(), number }, d.clone()))
    });
    Index { manifest, files, places: places.collect() }
}

impl Index {
    /// Answers a query as a browser does; gives also how many files each round of loading took.
    pub(crate) fn ask(&self, query: &Query) -> Result<(Outcome, Vec<usize>), Error> {
        let manifest = Arc::new(Manifest::read(&self.manifest)?);
        let mut inquiry = Inquiry::new(manifest, query);
        let mut rounds = Vec::new();
        loop {
            match inquiry.step()? {
                Step::Load(names) => {
                    rounds.push(names.len());
                    for name in names {
                        let bytes = self.files.get(&name).expect("a file that exists");
                        inquiry.give(name, bytes)?;
                    }
                }
                Step::Texts(places) => {
                    for place in places {
                        inquiry.give_text(&place, &self.places[&place]);
                    }
                }
                Step::Work => {}
                Step::Done => return Ok((inquiry.outcome(), rounds)),
            }
        }
    }

    fn scan(&self, query: &Query, documents: &[Document]) -> Scanned {
        let manifest = Manifest::read(&self.manifest).expect("a manifest");
        let all: Vec<&Document> = documents.iter().collect();
        let query = query.clone().normalised();
        scan(&query, &all, &manifest.layout(), &ShortForms::new())
    }
}

/// Another byte, or an end.
fn damage(bytes: &mut Vec<u8>, at: prop::sample::Index, flip: u8, cut: bool) {
    let at = at.index(bytes.len().max(1));
    match bytes.get_mut(at) {
        Some(byte) if !cut => *byte ^= flip,
        _ => bytes.truncate(at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_index_finds_what_the_scan_finds(
        documents in documents(90), queries in prop::collection::vec(query(), 1..8), memory in 1usize..1 << 20,
        large: bool,
    ) {
        let index = index_from(&documents, memory, if large { 0 } else { LARGE });
        for query in queries {
            let scanned = index.scan(&query, &documents);
            let (mut outcome, _) = index.ask(&query).expect("good files");
            prop_assert_eq!(outcome.total(), scanned.places.len(), "{:?}", query);
            prop_assert_eq!(outcome.facets(), &scanned.facets, "{:?}", query);
            let places = outcome.places(0..usize::MAX);
            prop_assert_eq!(places, scanned.places, "{:?}", query);
        }
    }

    #[test]
    fn paging_partitions_the_results(documents in documents(90), query in query()) {
        let index = index(&documents, 1 << 20);
        let all = index.ask(&query).expect("good files").0.places(0..usize::MAX);
        let mut paged = Vec::new();
        let mut outcome = index.ask(&query).expect("good files").0;
        for start in (0..outcome.total()).step_by(Query::PAGE) {
            paged.extend(outcome.places(start..start + Query::PAGE));
        }
        prop_assert_eq!(paged, all);
    }

    #[test]
    fn the_same_documents_give_the_same_bytes(documents in documents(60), memory in 1usize..1 << 16, turn in 0usize..60) {
        let one = index(&documents, 1 << 24);
        let mut turned = documents;
        let turn = turn.min(turned.len());
        turned.rotate_left(turn);
        let other = index(&turned, memory);
        prop_assert_eq!(one.manifest, other.manifest);
        prop_assert_eq!(one.files, other.files);
    }

    #[test]
    fn truncated_or_flipped_bytes_are_an_error(
        documents in documents(60), query in query(), at in any::<prop::sample::Index>(), flip in 1u8.., cut: bool,
    ) {
        let mut index = index(&documents, 1 << 20);
        let mut manifest = index.manifest.clone();
        damage(&mut manifest, at, flip, cut);
        prop_assert!(Manifest::read(&manifest).is_err());
        index.files.values_mut().for_each(|bytes| damage(bytes, at, flip, cut));
        let manifest = Arc::new(Manifest::read(&index.manifest).expect("a manifest"));
        let mut inquiry = Inquiry::new(manifest, &query);
        if let Ok(Step::Load(names)) = inquiry.step() {
            for name in names {
                prop_assert!(inquiry.give(name.clone(), &index.files[&name]).is_err());
            }
        }
    }

    #[test]
    fn damage_that_looks_whole_gives_an_error_or_an_answer_and_never_a_panic(
        documents in documents(60), query in query(), at in any::<prop::sample::Index>(), flip in 1u8.., cut: bool,
        of_manifest: bool,
    ) {
        let mut index = index(&documents, 1 << 20);
        let damage = |file: &mut Vec<u8>| {
            file.truncate(file.len() - 4);
            damage(file, at, flip, cut);
            *file = with_sum(file);
        };
        if of_manifest {
            damage(&mut index.manifest);
        } else {
            index.files.values_mut().for_each(damage);
        }
        let Ok(manifest) = Manifest::read(&index.manifest) else { return Ok(()) };
        // Whatever they say now, asking is bounded.
        let mut inquiry = Inquiry::new(Arc::new(manifest), &query);
        for _ in 0..1000 {
            match inquiry.step() {
                Ok(Step::Load(names)) => {
                    for name in names {
                        let bytes = index.files.get(&name).cloned().unwrap_or_else(|| with_sum(&[]));
                        prop_assert!(inquiry.give(name, &bytes).is_ok());
                    }
                }
                Ok(Step::Work) => {}
                Ok(Step::Texts(_) | Step::Done) | Err(_) => break,
            }
        }
    }
}

#[test]
fn one_more_article_changes_the_manifest_alone() {
    use crate::samples::document;
    let mut documents: Vec<Document> = (0..200)
        .map(|i| document(i, &format!("Tin giáo dục số {i}"), "Lead.", "Hội nghị trực tuyến."))
        .collect();
    assert_eq!(sealed(200), sealed(201));
    let before = index(&documents, 1 << 20);
    documents.push(document(200, "Tin mới nhất", "", "Nội dung mới."));
    let after = index(&documents, 1 << 20);
    assert_eq!(before.files, after.files);
    assert_ne!(before.manifest, after.manifest);
}

/// Some hundred articles about schools, in which words are words.
fn school_news() -> Vec<Document> {
    use crate::samples::document;
    let titles = [
        "Tuyển sinh lớp 10 trường trung học phổ thông",
        "Hội nghị tổng kết năm học ngành Giáo dục",
        "Học sinh giỏi cấp tỉnh nhận học bổng",
        "Khai giảng năm học mới tại trường mầm non Hoa Sen",
        "Bồi dưỡng giáo viên dạy nghề",
    ];
    (0..200i64)
        .map(|i| {
            document(i, titles[i as usize % titles.len()], "", "Trường học và học sinh. Giáo dục hoà bình.")
        })
        .collect()
}

#[test]
fn a_syllable_that_does_not_occur_is_corrected_to_the_nearest_that_does() {
    let index = index(&school_news(), 1 << 20);
    for (typed, meant) in [
        ("truowng hoc", "truong hoc"),
        ("tuyen sing", "tuyen sinh"),
        ("giao duk", "giao duc"),
        ("học sinh gỏii", "học sinh giỏi"),
        ("giáo viêm dạy nghề", "giáo viên dạy nghề"),
    ] {
        let asked = |as_typed| {
            let query = Query { words: typed.into(), as_typed, ..Query::default() };
            index.ask(&query).expect("good files").0
        };
        let outcome = asked(false);
        assert_eq!(outcome.corrected.as_deref(), Some(meant), "{typed}");
        assert!(outcome.total() > 0, "{typed}");
        let outcome = asked(true);
        assert_eq!((outcome.total(), outcome.corrected), (0, None), "{typed}");
    }
}

#[test]
fn what_is_found_for_certain_is_not_corrected() {
    let index = index(&school_news(), 1 << 20);
    for typed in ["tuyển sinh", "học sinh giỏi", "hoà bình", "giáo dục", "không có ở đây cả"]
    {
        let query = Query { words: typed.into(), ..Query::default() };
        assert_eq!(index.ask(&query).expect("good files").0.corrected, None, "{typed}");
    }
}

#[test]
fn six_syllables_take_three_files_in_one_round() {
    let index = index(&school_news(), 1 << 20);
    for words in ["tuyển sinh", "hội nghị tổng kết năm học", "bổng giỏi tỉnh", "học sinh giỏi cấp tỉnh"]
    {
        let query = Query { words: words.into(), as_typed: true, ..Query::default() };
        let (outcome, rounds) = index.ask(&query).expect("good files");
        assert!(outcome.total() > 0, "{words}");
        assert!(rounds.len() == 1 && rounds[0] <= 3, "{words}: {rounds:?}");
    }
}
