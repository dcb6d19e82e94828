//! The answer: which documents fit a query, in which order, and what to show of each.
//!
//! Not here: how well a document fits (`merit`), where its snippet is cut (`snippet`).

use crate::{
    Document, Order, Query,
    merit::merit,
    snippet::{self, Marked},
    wanted::Wanted,
};
use archive::{Headline, Slug};
use chrono::Datelike;
use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

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
    /// Where the syllables asked for stand in its title: bytes, in order, each one syllable.
    pub title_marks: Vec<Range<usize>>,
    /// About 200 characters of its lead or text around the words, on one line, with … where it is cut.
    pub snippet: String,
    /// Where the syllables asked for stand in `snippet`: bytes, in order, each one syllable.
    pub snippet_marks: Vec<Range<usize>>,
}

/// Answers a query over the documents of the planned files; how they are spread over `chunks` does not
/// matter. The query is taken as [`Query::normalised`].
///
/// A document fits when every syllable of the words occurs in its title, lead, body or tags as a whole
/// syllable, marks and case aside; its category is one of those asked for; and its day in Việt Nam is from
/// the first to the last, both included. Words without a letter or digit fit nothing; no words fit everything.
pub fn evaluate(query: &Query, chunks: &[&[Document]]) -> Answer {
    let query = query.clone().normalised();
    let wanted = Wanted::of(&query.words);
    let mut found: Vec<(u64, &Document)> = Vec::new();
    let mut facets = Facets::default();
    let unanswerable = wanted.is_empty() && !query.words.is_empty();
    for document in chunks.iter().copied().flatten().filter(|_| !unanswerable) {
        if !filters_let_through(&query, document) {
            continue;
        }
        let Some(merit) = merit(&wanted, document) else { continue };
        let headline = &document.headline;
        let of_category = headline.category.as_ref().is_some_and(|c| query.categories.contains(c))
            || query.categories.is_empty();
        let day = headline.published.day();
        let in_time = query.from.is_none_or(|from| from <= day) && query.to.is_none_or(|to| day <= to);
        if in_time && let Some(category) = &headline.category {
            *facets.categories.entry(category.clone()).or_default() += 1;
        }
        if of_category {
            *facets.years.entry(day.year()).or_default() += 1;
        }
        if of_category && in_time {
            found.push((merit, document));
        }
    }
    found.sort_by(|(merit_a, a), (merit_b, b)| {
        let by_merit = match query.order {
            Order::Best => merit_b.cmp(merit_a),
            Order::Newest => std::cmp::Ordering::Equal,
        };
        let by_day = |d: &Document| Reverse(d.headline.published);
        by_merit.then_with(|| by_day(a).cmp(&by_day(b))).then_with(|| a.headline.slug.cmp(&b.headline.slug))
    });
    let total = found.len();
    let pages = u32::try_from(total.div_ceil(Query::PAGE)).unwrap_or(u32::MAX).clamp(1, Query::MAX_PAGE);
    let page = query.page.min(pages);
    let on_page = found.iter().skip((page as usize - 1) * Query::PAGE).take(Query::PAGE);
    let hits = on_page.map(|(_, document)| hit(&wanted, document)).collect();
    Answer { total, page, pages, hits, facets, corrected: None, at_least: false }
}

/// The filters but category and days, which the facets count apart.
fn filters_let_through(query: &Query, document: &Document) -> bool {
    let same =
        |asked: &str, has: &str| viet_text::slug(asked, usize::MAX) == viet_text::slug(has, usize::MAX);
    (query.unit.is_empty() || same(&query.unit, &document.unit))
        && (query.tag.is_empty() || document.tags.iter().any(|tag| same(&query.tag, tag)))
        && (!query.attachments || document.attachments)
}

fn hit(wanted: &Wanted, document: &Document) -> Hit {
    let Marked { text, marks } = snippet::snippet(wanted, document);
    Hit {
        headline: document.headline.clone(),
        title_marks: snippet::marks(wanted, &document.headline.title),
        snippet: text,
        snippet_marks: marks,
    }
}

/// Documents for the tests of this crate.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use archive::{Moment, published::Promotion};
    use proptest::prelude::*;

    /// 2021-01-01T00:00:00+07:00
    pub(crate) const NEW_YEAR: i64 = 1_609_434_000;

    /// A document of the `day`th day of 2021, at midnight in Việt Nam, called `tin-<day>`.
    pub(crate) fn document(day: i64, title: &str, lead: &str, text: &str) -> Document {
        let headline = Headline {
            slug: format!("tin-{day}").parse().expect("a slug"),
            title: title.into(),
            summary: lead.into(),
            category: None,
            published: Moment::from_unix(NEW_YEAR + day * 86_400).expect("in range"),
            image: None,
            hot: Promotion::None,
            featured: Promotion::None,
        };
        Document { headline, unit: String::new(), tags: vec![], attachments: false, text: text.into() }
    }

    /// Texts of few syllables, so that queries find something, in many spellings.
    pub(crate) fn words(most: usize) -> impl Strategy<Value = String> {
        let syllable = prop::sample::select(vec![
            "giáo",
            "giao",
            "Giào",
            "dục",
            "DUC",
            "đục",
            "hội",
            "hoi",
            "nghị",
            "nghi\u{323}",
            "nghỉ",
            "hoà",
            "hòa",
            "2021",
            "ƣu",
        ]);
        let gap = prop::sample::select(vec![" ", " ", " ", "\u{a0}", ", ", "\n", " – ", "…"]);
        prop::collection::vec((syllable, gap), 0..=most)
            .prop_map(|parts| parts.into_iter().flat_map(|(syllable, gap)| [syllable, gap]).collect())
    }

    /// Up to `most` documents with different slugs, few days and few categories.
    pub(crate) fn documents(most: usize) -> impl Strategy<Value = Vec<Document>> {
        let category = prop::option::of(prop::sample::select(vec!["tin", "tuyen-sinh"]));
        let one = (words(3), words(4), words(60), prop::collection::vec(words(2), 0..2), 0i64..4, category);
        prop::collection::vec(one, 0..=most).prop_map(|rows| {
            let rows = rows.into_iter().enumerate();
            rows.map(|(i, (title, lead, text, tags, day, category))| {
                let mut document = document(day, &title, &lead, &text);
                document.headline.slug = format!("tin-{i}").parse().expect("a slug");
                document.headline.category = category.map(|c| c.parse().expect("a slug"));
                Document { tags, ..document }
            })
            .collect()
        })
    }

    /// Questions to such documents.
    pub(crate) fn query() -> impl Strategy<Value = Query> {
        let categories = prop::collection::btree_set(prop::sample::select(vec!["tin", "tuyen-sinh"]), 0..2);
        let day = || {
            prop::option::weighted(
                0.3,
                (0i64..4).prop_map(|d| document(d, "", "", "").headline.published.day()),
            )
        };
        (words(3), categories, day(), day(), any::<bool>(), 1u32..4).prop_map(
            |(words, categories, from, to, newest, page)| {
                let categories = categories.into_iter().map(|c| c.parse().expect("a slug")).collect();
                let order = if newest { Order::Newest } else { Order::Best };
                Query { words, categories, from, to, order, page, ..Query::default() }.normalised()
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::samples::{NEW_YEAR, document, documents, query, words};
    use archive::Moment;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The syllables of a text in the shortest way: fold it whole, then split it.
    fn naive_syllables(text: &str) -> BTreeSet<String> {
        let folded = viet_text::fold(text);
        folded.split(|c: char| !c.is_alphanumeric()).filter(|s| !s.is_empty()).map(str::to_owned).collect()
    }

    fn naively_fits(query: &Query, document: &Document) -> bool {
        let Document { headline, tags, text, .. } = document;
        let all = [headline.title.as_str(), &headline.summary, text, &tags.join("\n")].join("\n");
        let day = headline.published.day();
        let asked = naive_syllables(&query.words);
        (query.words.is_empty() || !asked.is_empty())
            && asked.is_subset(&naive_syllables(&all))
            && (query.categories.is_empty()
                || query.categories.iter().any(|c| headline.category.as_ref() == Some(c)))
            && query.from.is_none_or(|from| day >= from)
            && query.to.is_none_or(|to| day <= to)
    }

    fn all_pages(query: &Query, documents: &[Document]) -> Vec<Hit> {
        let page = |page| evaluate(&Query { page, ..query.clone() }, &[documents]);
        (1..=page(1).pages).flat_map(|n| page(n).hits).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn the_answer_is_what_a_naive_check_lets_through(query in query(), documents in documents(30)) {
            let fitting: BTreeSet<_> =
                documents.iter().filter(|d| naively_fits(&query, d)).map(|d| d.headline.slug.clone()).collect();
            prop_assert_eq!(evaluate(&query, &[&documents]).total, fitting.len());
            let found: BTreeSet<_> = all_pages(&query, &documents).into_iter().map(|h| h.headline.slug).collect();
            prop_assert_eq!(found, fitting);
        }

        #[test]
        fn how_documents_are_spread_over_chunks_does_not_matter(
            query in query(), documents in documents(30), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
            reversed: bool,
        ) {
            let whole = evaluate(&query, &[&documents]);
            let mut rest = documents;
            if reversed {
                rest.reverse();
            }
            let mut chunks = Vec::new();
            for cut in cuts {
                chunks.push(rest.split_off(cut.index(rest.len() + 1)));
            }
            chunks.push(rest);
            let chunks: Vec<&[Document]> = chunks.iter().map(Vec::as_slice).collect();
            // Reversed or cut from behind: their order does not matter either.
            prop_assert_eq!(evaluate(&query, &chunks), whole);
        }

        #[test]
        fn pages_partition_the_results(query in query(), documents in documents(70)) {
            let hits = all_pages(&query, &documents);
            let slugs: BTreeSet<_> = hits.iter().map(|h| &h.headline.slug).collect();
            prop_assert_eq!(slugs.len(), hits.len());
            prop_assert_eq!(hits.len(), evaluate(&query, &[&documents]).total);
        }

        #[test]
        fn marks_are_single_syllables_that_were_asked_for(query in query(), documents in documents(10)) {
            let asked = naive_syllables(&query.words);
            for hit in evaluate(&query, &[&documents]).hits {
                for (text, marks) in [(&hit.headline.title, &hit.title_marks), (&hit.snippet, &hit.snippet_marks)] {
                    let mut before = 0;
                    for mark in marks {
                        prop_assert!(before <= mark.start);
                        let marked = naive_syllables(&text[mark.clone()]);
                        prop_assert!(marked.len() == 1 && marked.is_subset(&asked), "{marked:?}");
                        before = mark.end;
                    }
                }
                prop_assert!(hit.snippet.chars().count() <= snippet::LENGTH + 2);
            }
        }

        #[test]
        fn newest_first_is_by_day_and_then_by_name(query in query(), documents in documents(30)) {
            let query = Query { order: Order::Newest, ..query };
            let hits = all_pages(&query, &documents);
            prop_assert!(hits.is_sorted_by_key(|h| (Reverse(h.headline.published), &h.headline.slug)));
        }

        #[test]
        fn without_words_both_orders_are_the_same(documents in documents(30)) {
            let best = evaluate(&Query::default(), &[&documents]);
            prop_assert_eq!(best.total, documents.len());
            prop_assert_eq!(best, evaluate(&Query { order: Order::Newest, ..Query::default() }, &[&documents]));
        }

        #[test]
        fn a_query_without_marks_finds_what_the_same_with_marks_finds(words in words(3), documents in documents(20)) {
            let typed = Query { words: words.clone(), ..Query::default() };
            let folded = Query { words: viet_text::fold(&words), ..Query::default() };
            prop_assert_eq!(evaluate(&typed, &[&documents]).total, evaluate(&folded, &[&documents]).total);
        }

        #[test]
        fn arbitrary_texts_give_an_answer(words in "(\\PC|\\s){0,40}", title in "(\\PC|\\s){0,40}", text in "(\\PC|\\s){0,400}") {
            let documents = [document(1, &title, "", &format!("{text}{words}{text}"))];
            let query = Query { words, ..Query::default() };
            for hit in evaluate(&query, &[&documents]).hits {
                for (text, marks) in [(&hit.headline.title, &hit.title_marks), (&hit.snippet, &hit.snippet_marks)] {
                    prop_assert!(marks.iter().all(|mark| text.get(mark.clone()).is_some_and(|m| !m.is_empty())));
                }
            }
        }
    }

    fn found(query: &Query, documents: &[Document]) -> Vec<String> {
        evaluate(query, &[documents]).hits.into_iter().map(|h| h.headline.slug.to_string()).collect()
    }

    #[test]
    fn marks_and_case_do_not_matter() {
        let documents = [document(1, "Ngành GIÁO DỤC", "", ""), document(2, "Giao thông", "", "thể dục")];
        for words in ["giao duc", "Giáo dục", "GIÁO DỤC", "gia\u{301}o du\u{323}c", "giáo\u{a0}dục"]
        {
            let hits = found(&Query { words: words.into(), ..Query::default() }, &documents);
            assert_eq!(hits, ["tin-1", "tin-2"], "{words}");
        }
        assert_eq!(found(&Query { words: "gia".into(), ..Query::default() }, &documents), [""; 0]);
    }

    #[test]
    fn words_without_a_letter_find_nothing() {
        let documents = [document(1, "Giáo dục", "", "?")];
        assert_eq!(found(&Query { words: "?".into(), ..Query::default() }, &documents), [""; 0]);
        assert_eq!(found(&Query { words: " ".into(), ..Query::default() }, &documents), ["tin-1"]);
    }

    #[test]
    fn among_equals_the_newer_comes_first() {
        let documents = [
            document(1, "Hội nghị", "", ""),
            document(3, "Hội nghị", "", ""),
            document(2, "Hội nghị", "", ""),
        ];
        let query = Query { words: "hội nghị".into(), ..Query::default() };
        assert_eq!(found(&query, &documents), ["tin-3", "tin-2", "tin-1"]);
    }

    #[test]
    fn days_are_days_in_viet_nam_and_both_ends_are_included() {
        let mut last_second = document(1, "", "", "");
        last_second.headline.published = Moment::from_unix(NEW_YEAR + 2 * 86_400 - 1).expect("in range");
        let documents = [last_second, document(2, "", "", ""), document(3, "", "", "")];
        let day = |text: &str| Some(text.parse().expect("a day"));
        let between =
            |from, to| found(&Query { from: day(from), to: day(to), ..Query::default() }, &documents);
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

    #[test]
    fn a_tag_is_found_but_counts_least() {
        let tagged =
            Document { tags: vec!["chuyển đổi số".into()], ..document(2, "Hội thảo", "", "") };
        let documents = [tagged, document(1, "Tin", "", "Chuyển đổi số")];
        let query = Query { words: "chuyển đổi số".into(), ..Query::default() };
        assert_eq!(found(&query, &documents), ["tin-1", "tin-2"]);
    }
}
