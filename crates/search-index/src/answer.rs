//! The answer: a page of the results, and what to show of each.
//!
//! Not here: what fits (`inquiry`, and `scan` for texts that are all here), where a snippet is cut (`snippet`).

use crate::{
    Document, Query, ShortForms,
    inquiry::Outcome,
    plan::Layout,
    scan::scan,
    snippet::{self, Marked},
    wanted::Wanted,
};
use archive::{Headline, Slug};
use std::{collections::BTreeMap, ops::Range};
use viet_text::Spelling;

/// One page of the results.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// How many documents fit, on all pages.
    pub total: usize,
    /// The page that is given, from 1: the last one when a later one was asked for.
    pub page: u32,
    /// How many pages there are, from 1 (an empty one, when nothing fits) to [`Query::MAX_PAGE`].
    pub pages: u32,
    /// What is on the page, at most [`Query::PAGE`].
    pub hits: Vec<Hit>,
    /// How the results are spread over categories and years.
    pub facets: Facets,
    /// The words that the results are for, when those that were typed had to be corrected.
    pub corrected: Option<String>,
    /// Whether `total` is not all: a quoted phrase that stands in too many texts to compare them all.
    pub at_least: bool,
}

/// How many documents fit in each category and year. A count leaves aside the filter that it stands beside:
/// who has chosen one category still sees how many another would give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Results in each category that has any, whatever categories are asked for.
    pub categories: BTreeMap<Slug, usize>,
    /// Results of each year in Việt Nam that has any, whatever days are asked for.
    pub years: BTreeMap<i32, usize>,
}

/// One document found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What lists show of it.
    pub headline: Headline,
    /// Where the syllables asked for stand in its title: bytes, in order, each one syllable or short form.
    pub title_marks: Vec<Range<usize>>,
    /// About 200 characters of its lead or text around the words, on one line, with … where it is cut.
    pub snippet: String,
    /// Where the syllables asked for stand in `snippet`: bytes, in order, each one syllable or short form.
    pub snippet_marks: Vec<Range<usize>>,
    /// The office it comes from; may be empty.
    pub unit: String,
}

impl Answer {
    /// The answer to a query without its hits, and the positions among all results that they are at.
    pub fn of(query: &Query, outcome: &Outcome) -> (Self, Range<usize>) {
        let (page, pages, positions) = page_of(query, outcome.total());
        let answer = Self {
            total: outcome.total(),
            page,
            pages,
            hits: Vec::new(),
            facets: outcome.facets().clone(),
            corrected: outcome.corrected.clone(),
            at_least: outcome.at_least,
        };
        (answer, positions)
    }
}

impl Answer {
    /// Gives the corrected words the marks that the results write them with, where the reader typed marks.
    pub fn respell(&mut self, typed: &str) {
        let is_marked =
            |text: &str| viet_text::syllables(text).any(|s| Spelling::of(&text[s.start..s.end]).is_marked());
        let Some(words) = self.corrected.as_mut().filter(|_| is_marked(typed)) else { return };
        let known: Vec<String> = viet_text::syllables(typed).map(|s| s.folded).collect();
        let shown = self.hits.iter().flat_map(|hit| {
            let title = hit.title_marks.iter().filter_map(|range| hit.headline.title.get(range.clone()));
            title.chain(hit.snippet_marks.iter().filter_map(|range| hit.snippet.get(range.clone())))
        });
        let shown: Vec<(String, String)> =
            shown.map(|text| (viet_text::fold(text), text.to_lowercase())).collect();
        let corrected: Vec<_> = viet_text::syllables(words).filter(|s| !known.contains(&s.folded)).collect();
        for syllable in corrected.into_iter().rev() {
            if let Some((_, spelled)) = shown.iter().find(|(folded, _)| *folded == syllable.folded) {
                words.replace_range(syllable.start..syllable.end, spelled);
            }
        }
    }
}

/// The page shown, the number of pages, and the positions of its results, of so many.
fn page_of(query: &Query, total: usize) -> (u32, u32, Range<usize>) {
    let pages = u32::try_from(total.div_ceil(Query::PAGE)).unwrap_or(u32::MAX).clamp(1, Query::MAX_PAGE);
    let page = query.page.clamp(1, pages);
    let start = (page as usize - 1) * Query::PAGE;
    (page, pages, start..(start + Query::PAGE).min(total))
}

/// Answers a query by looking at every document; how they are spread over `chunks` does not matter. The query is
/// taken as [`Query::normalised`].
///
/// A document fits when it has every syllable of the words, whole, marks and case aside, in its title, lead, body or
/// tags, and what quotes, minus and filters ask for; function words need not occur. Words without a letter or digit
/// fit nothing; no words fit everything.
pub fn evaluate(query: &Query, chunks: &[&[Document]]) -> Answer {
    let query = query.clone().normalised();
    let documents: Vec<&Document> = chunks.iter().copied().flatten().collect();
    let own = ShortForms::new();
    let scanned = scan(&query, &documents, &Layout { large: false, words: &[] }, &own);
    let (page, pages, positions) = page_of(&query, scanned.found.len());
    let mut wanted = Wanted::of(&query.words, &own);
    let shown = scanned.found.get(positions).unwrap_or_default();
    Answer {
        total: scanned.found.len(),
        page,
        pages,
        hits: shown.iter().map(|&i| hit(&mut wanted, documents[i])).collect(),
        facets: scanned.facets,
        corrected: None,
        at_least: false,
    }
}

/// What to show of a document that was found.
pub fn hit(wanted: &mut Wanted, document: &Document) -> Hit {
    let Marked { text, marks } = snippet::snippet(wanted, document);
    Hit {
        headline: document.headline.clone(),
        title_marks: snippet::marks(wanted, &document.headline.title),
        snippet: text,
        snippet_marks: marks,
        unit: document.unit.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NEW_YEAR, document, documents, query, words};
    use archive::Moment;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The syllables of a text in the shortest way: fold it whole, then split it.
    fn naive_syllables(text: &str) -> BTreeSet<String> {
        let folded = viet_text::fold(text);
        folded.split(|c: char| !c.is_alphanumeric()).filter(|s| !s.is_empty()).map(str::to_owned).collect()
    }

    fn found(words: &str, documents: &[Document]) -> Vec<String> {
        found_by(&Query { words: words.into(), ..Query::default() }, documents)
    }

    fn found_by(query: &Query, documents: &[Document]) -> Vec<String> {
        evaluate(query, &[documents]).hits.into_iter().map(|h| h.headline.slug.to_string()).collect()
    }

    /// Asserts that all fit, and are ranked in the order they are written here (title, lead, body).
    fn assert_ranked(words: &str, rows: &[(&str, &str, &str)]) {
        // Newer ones come first among equals, so the best is made the oldest.
        let documents: Vec<_> =
            (0..).zip(rows).map(|(day, (title, lead, body))| document(day, title, lead, body)).collect();
        let expected: Vec<_> = (0..rows.len()).map(|i| format!("tin-{i}")).collect();
        assert_eq!(found(words, &documents), expected, "{words}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn plain_words_find_what_has_all_their_syllables(words in words(3), documents in documents(30)) {
            let of_words = |text: &str| naive_syllables(text);
            prop_assume!(!of_words(&words).iter().any(|s| ["va", "cua", "gddt"].contains(&s.as_str())));
            let asked = of_words(&words);
            let fitting = documents.iter().filter(|d| {
                let Document { headline, tags, text, .. } = d;
                let all = [&headline.title, &headline.summary, text, &tags.join("\n")].map(String::as_str).join("\n");
                let all = all.replace("GDĐT", "giáo dục và đào tạo");
                asked.is_subset(&of_words(&all))
            });
            prop_assert_eq!(
                evaluate(&Query { words: words.clone(), ..Query::default() }, &[&documents]).total,
                if words.trim().is_empty() { documents.len() } else { fitting.count() }
            );
        }

        #[test]
        fn how_documents_are_spread_over_chunks_does_not_matter(query in query(), documents in documents(30), cut: prop::sample::Index) {
            let whole = evaluate(&query, &[&documents]);
            let (left, right) = documents.split_at(cut.index(documents.len() + 1));
            prop_assert_eq!(evaluate(&query, &[right, left]), whole);
        }

        #[test]
        fn marks_are_what_was_asked_for(words in words(3), documents in documents(10)) {
            let asked = naive_syllables(&words.replace("GDĐT", "giáo dục và đào tạo gddt"));
            for hit in evaluate(&Query { words, ..Query::default() }, &[&documents]).hits {
                for (text, marks) in [(&hit.headline.title, &hit.title_marks), (&hit.snippet, &hit.snippet_marks)] {
                    let mut before = 0;
                    for mark in marks {
                        prop_assert!(before <= mark.start);
                        let marked = naive_syllables(&text[mark.clone()].replace("GDĐT", "giáo dục và đào tạo"));
                        prop_assert!(marked.iter().any(|syllable| asked.contains(syllable)), "{marked:?}");
                        before = mark.end;
                    }
                }
                prop_assert!(hit.snippet.chars().count() <= snippet::LENGTH + 2);
            }
        }

        #[test]
        fn arbitrary_texts_give_an_answer(words in "(\\PC|\\s){0,40}", title in "(\\PC|\\s){0,40}", text in "(\\PC|\\s){0,400}") {
            let documents = [document(1, &title, "", &format!("{text}{words}{text}"))];
            for hit in evaluate(&Query { words, ..Query::default() }, &[&documents]).hits {
                for (text, marks) in [(&hit.headline.title, &hit.title_marks), (&hit.snippet, &hit.snippet_marks)] {
                    prop_assert!(marks.iter().all(|mark| text.get(mark.clone()).is_some_and(|m| !m.is_empty())));
                }
            }
        }
    }

    #[test]
    fn marks_and_case_do_not_matter() {
        let documents = [document(1, "Ngành GIÁO DỤC", "", ""), document(2, "Giao thông", "", "thể dục")];
        for words in ["giao duc", "Giáo dục", "GIÁO DỤC", "gia\u{301}o du\u{323}c", "giáo\u{a0}dục"]
        {
            assert_eq!(found(words, &documents), ["tin-1", "tin-2"], "{words}");
        }
        assert_eq!(found("gia", &documents), [""; 0]);
    }

    #[test]
    fn words_without_a_letter_find_nothing() {
        let documents = [document(1, "Giáo dục", "", "?")];
        assert_eq!(found("?", &documents), [""; 0]);
        assert_eq!(found(" ", &documents), ["tin-1"]);
    }

    #[test]
    fn among_equals_the_newer_comes_first() {
        let documents = [1, 3, 2].map(|day| document(day, "Hội nghị", "", ""));
        assert_eq!(found("hội nghị", &documents), ["tin-3", "tin-2", "tin-1"]);
    }

    #[test]
    fn title_counts_over_lead_over_body() {
        assert_ranked(
            "tuyển sinh",
            &[("Tuyển sinh", "", ""), ("", "Tuyển sinh", ""), ("", "", "Tuyển sinh")],
        );
        assert_ranked("sở", &[("Sở", "", ""), ("", "Sở", ""), ("", "", "Sở")]);
    }

    #[test]
    fn together_in_the_body_is_better_than_apart_in_the_title() {
        assert_ranked(
            "hoi nghi",
            &[
                ("Hội nghị", "", ""),
                ("", "", "hội nghị"),
                ("Nghị viện mở hội", "", ""),
                ("", "", "nhà nghỉ, cơ hội"),
            ],
        );
    }

    #[test]
    fn the_marks_as_typed_come_first() {
        assert_ranked("hội nghị", &[("", "", "Nghị hội"), ("Hỏi nghỉ", "", "")]);
        assert_ranked("hoà bình", &[("", "", "hòa bình"), ("", "", "bình hoà"), ("Hoa binh", "", "")]);
        assert_eq!(
            found("hoa binh", &[document(1, "Hoà bình", "", ""), document(2, "Hoa binh", "", "")]),
            ["tin-2", "tin-1"]
        );
    }

    #[test]
    fn one_wrong_mark_in_a_long_query_spoils_little() {
        let documents =
            [document(0, "", "", "giáo dục mầm non"), document(1, "", "", "mâm dục, giáo viên, non nước")];
        assert_eq!(found("giáo mâm non", &documents), ["tin-1", "tin-0"]);
        assert_ranked("dục mâm non", &[("", "", "giáo dục mầm non"), ("", "", "dức mầm, nôn")]);
    }

    #[test]
    fn quotes_want_neighbours_in_order_and_minus_wants_nothing_of_it() {
        let documents = [
            document(1, "", "", "hội nghị quyết định"),
            document(2, "", "", "hội nghị. Nghị quyết định ra"),
            document(3, "", "", "giáo dục và đào tạo"),
            document(4, "", "", "giáo dục hay đào tạo"),
        ];
        assert_eq!(found("“hội nghị quyết”", &documents), ["tin-1"]);
        assert_eq!(found("\"giáo dục và đào tạo\"", &documents), ["tin-3"]);
        assert_eq!(found("\"GD&ĐT\"", &documents), ["tin-3"]);
        assert_eq!(found("giáo dục -hay", &documents), ["tin-3"]);
        assert_eq!(found("hội -\"nghị quyết định ra\"", &documents), ["tin-1"]);
        assert_eq!(found("-giáo", &documents), ["tin-2", "tin-1"]);
    }

    #[test]
    fn filters_let_through_what_they_say() {
        let with = |day, unit: &str, tag: &str, attachments| Document {
            unit: unit.into(),
            tags: vec![tag.into()],
            attachments,
            ..document(day, "Tin tuyển sinh", "", "lớp 10")
        };
        let documents = [with(1, "Văn phòng Sở", "Lớp 10", true), with(2, "Phòng Tổ chức", "lớp 11", false)];
        let of = |query: Query| found_by(&query, &documents);
        assert_eq!(of(Query { unit: "van phong so".into(), ..Query::default() }), ["tin-1"]);
        assert_eq!(of(Query { tag: "LỚP 11".into(), ..Query::default() }), ["tin-2"]);
        assert_eq!(of(Query { attachments: true, ..Query::default() }), ["tin-1"]);
        let titles = |words: &str| of(Query { words: words.into(), titles_only: true, ..Query::default() });
        assert_eq!(titles("tuyển sinh").len(), 2);
        assert_eq!(titles("lớp 10").len(), 0);
    }

    #[test]
    fn a_facet_leaves_aside_the_filter_that_it_stands_beside() {
        let of = |day, category: &str| {
            let mut document = document(day, "Tin", "", "");
            document.headline.category = Some(category.parse().expect("a slug"));
            document
        };
        let documents = [of(1, "a"), of(2, "a"), of(400, "a"), of(3, "b")];
        let query = Query {
            categories: ["b".parse().expect("a slug")].into(),
            to: Some("2021-12-31".parse().expect("a day")),
            ..Query::default()
        };
        let Answer { total, facets, .. } = evaluate(&query, &[&documents]);
        let categories: Vec<_> =
            facets.categories.iter().map(|(slug, count)| (slug.as_str(), *count)).collect();
        assert_eq!((total, categories), (1, vec![("a", 2), ("b", 1)]));
        assert_eq!(facets.years, BTreeMap::from([(2021, 1)]));
    }

    #[test]
    fn corrected_words_get_the_marks_that_the_results_have() {
        let mut answer = evaluate(
            &Query { words: "giao duc".into(), ..Query::default() },
            &[&[document(1, "Ngành Giáo dục", "", "")]],
        );
        answer.corrected = Some("giáo duc".into());
        answer.respell("giáo duk");
        assert_eq!(answer.corrected.as_deref(), Some("giáo dục"));
        answer.corrected = Some("giao duc".into());
        answer.respell("giao duk");
        assert_eq!(answer.corrected.as_deref(), Some("giao duc"));
    }

    #[test]
    fn days_are_days_in_viet_nam_and_both_ends_are_included() {
        let mut last_second = document(1, "", "", "");
        last_second.headline.published = Moment::from_unix(NEW_YEAR + 2 * 86_400 - 1).expect("in range");
        let documents = [last_second, document(2, "", "", ""), document(3, "", "", "")];
        let day = |text: &str| Some(text.parse().expect("a day"));
        let between =
            |from, to| found_by(&Query { from: day(from), to: day(to), ..Query::default() }, &documents);
        assert_eq!(between("2021-01-02", "2021-01-02"), ["tin-1"]);
        assert_eq!(between("2021-01-03", "2021-01-04"), ["tin-3", "tin-2"]);
    }

    #[test]
    fn a_page_past_the_last_is_the_last() {
        let documents: Vec<_> = (0..41).map(|day| document(day, "Tin", "", "")).collect();
        let answer = evaluate(&Query { page: 9, ..Query::default() }, &[&documents]);
        assert_eq!((answer.total, answer.page, answer.pages, answer.hits.len()), (41, 5, 5, 1));
        let nothing = evaluate(&Query { words: "không".into(), page: 2, ..Query::default() }, &[&documents]);
        assert_eq!((nothing.total, nothing.page, nothing.pages, nothing.hits.len()), (0, 1, 1, 0));
    }
}
