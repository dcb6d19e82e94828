//! The naive way to answer a query: look at every text. It answers for plain feeds, and is the measure of rightness
//! for the index: both must find the same, in the same order, with the same counts.
//!
//! It shares with the index what a question is (`question`, `plan`) and what a fact is worth (`merit`), and finds the
//! facts by itself.

#[cfg(feature = "build")]
use crate::Manifest;
use crate::{
    Document, Facets, Query, ShortForms,
    found::{Found, Place},
    merit::{Facts, Seen, fits, merit},
    plan::{Layout, Plan},
    question::{Phrase, Question},
    reading::{Reader, Tok},
    standing::Standing,
    verify::stands,
};
use chrono::{Datelike, NaiveDate};
use std::{cmp::Reverse, collections::BTreeMap};

/// What the scan found: positions in the documents it was given, best first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scanned {
    pub(crate) found: Vec<usize>,
    pub(crate) places: Vec<Place>,
    pub(crate) facets: Facets,
}

/// Where the tokens of a document are.
struct Fields {
    title: Vec<Tok>,
    /// Lead, body, tags.
    others: Vec<Vec<Tok>>,
}

/// Looks at all documents. Their order does not matter.
pub(crate) fn scan(query: &Query, documents: &[&Document], layout: &Layout<'_>, own: &ShortForms) -> Scanned {
    let mut reader = Reader::new(own);
    let question = Question::read(&query.words, &mut reader);
    if question.is_unanswerable() {
        return Scanned::default();
    }
    let strict = Plan::of(&question, layout, false);
    let loose = Plan::of(&question, layout, true);
    let mut scanned = scan_by(query, &question, &strict, documents, &mut reader);
    if !scanned.1 && loose.needs != strict.needs {
        scanned = scan_by(query, &question, &loose, documents, &mut reader);
    }
    scanned.0
}

/// What looking at all documents gives for a query that is not corrected: their places in its order, and the counts. For
/// whoever compares an index with it; the words of the archive and its short forms are those of the manifest.
#[cfg(feature = "build")]
pub fn look_at_all(manifest: &Manifest, query: &Query, documents: &[&Document]) -> (Vec<Place>, Facets) {
    let query = query.clone().normalised();
    let scanned = scan(&query, documents, &manifest.layout(), manifest.short_forms());
    (scanned.places, scanned.facets)
}

/// Gives also whether any document had what was needed, whatever its category and day.
fn scan_by(
    query: &Query,
    question: &Question,
    plan: &Plan,
    documents: &[&Document],
    reader: &mut Reader,
) -> (Scanned, bool) {
    let mut by_category: Vec<usize> = (0..documents.len()).collect();
    let key = |&i: &usize| {
        let headline = &documents[i].headline;
        (headline.category.clone(), headline.published, headline.slug.clone())
    };
    by_category.sort_by_key(key);
    let mut categories: Vec<_> = documents.iter().map(|d| d.headline.category.clone()).collect();
    categories.sort();
    categories.dedup();
    let first_day = documents.iter().map(|d| d.headline.published.day()).min().unwrap_or_default();
    let mut numbers: BTreeMap<_, u32> = BTreeMap::new();
    let (mut found, mut facets, mut any) = (Vec::new(), Facets::default(), false);
    for i in by_category {
        let Document { headline, unit, tags, attachments, text } = documents[i];
        let next = numbers.entry(headline.category.clone()).or_default();
        let number = *next;
        *next += 1;
        let same =
            |asked: &str, has: &str| viet_text::slug(asked, usize::MAX) == viet_text::slug(has, usize::MAX);
        let let_through = (query.unit.is_empty() || same(&query.unit, unit))
            && (query.tag.is_empty() || tags.iter().any(|tag| same(&query.tag, tag)))
            && (!query.attachments || *attachments);
        if !let_through {
            continue;
        }
        let others = [&headline.summary, text].into_iter().chain(tags);
        let fields = Fields {
            title: reader.read(&headline.title),
            others: others.map(|field| reader.read(field)).collect(),
        };
        let facts = facts(reader, question, plan, &fields);
        if !fits(plan, query.titles_only, &facts)
            || !phrases_fit(reader, question, query.titles_only, &fields)
        {
            continue;
        }
        any = true;
        let day = headline.published.day();
        let of_category = query.categories.is_empty()
            || headline.category.as_ref().is_some_and(|c| query.categories.contains(c));
        let in_time = query.from.is_none_or(|from| from <= day) && query.to.is_none_or(|to| day <= to);
        if in_time && let Some(category) = &headline.category {
            *facets.categories.entry(category.clone()).or_default() += 1;
        }
        if of_category {
            *facets.years.entry(day.year()).or_default() += 1;
        }
        if of_category && in_time {
            let category = categories.binary_search(&headline.category).unwrap_or_default();
            let rank = Found::new(
                query.order,
                merit(question, plan, &facts),
                days(first_day, day),
                category as u8,
                number,
            );
            found.push((rank, i, Place { category: headline.category.clone(), number }));
        }
    }
    found.sort_by_key(|(rank, ..)| Reverse(*rank));
    let places = found.iter().map(|(_, _, place)| place.clone()).collect();
    (Scanned { found: found.into_iter().map(|(_, i, _)| i).collect(), places, facets }, any)
}

fn days(first: NaiveDate, day: NaiveDate) -> u16 {
    u16::try_from(day.signed_duration_since(first).num_days()).unwrap_or(u16::MAX)
}

/// All that a document says of a plan.
fn facts(reader: &Reader, question: &Question, plan: &Plan, fields: &Fields) -> Facts {
    let terms = plan.terms.iter().map(|&term| {
        let asked = &question.terms[term];
        let mut spellings = Spellings::default();
        each(fields, |place, toks, i| {
            let counts = place == Standing::TITLE || !plan.in_titles;
            if counts && reader.folded(toks[i].term) == asked.folded {
                let standing = match place {
                    Standing::TITLE => Standing::TOGETHER.in_title(if plan.in_titles { 0 } else { i }),
                    place => Standing::TOGETHER.with(place),
                };
                spellings.add(toks[i].marks.into(), standing);
            }
        });
        spellings
            .seen(false, |marks| asked.marks.is_empty() || asked.marks.iter().any(|&m| u16::from(m) == marks))
    });
    let pairs = plan.pairs.iter().map(|&pair| {
        let asked = &question.pairs[pair];
        let (first, second) = (&question.terms[asked.first].folded, &question.terms[asked.second].folded);
        let is = |tok: &Tok, folded: &str| reader.folded(tok.term) == folded;
        let spelled = |a: &Tok, b: &Tok| u16::from(a.marks) << 8 | u16::from(b.marks);
        let mut spellings = Spellings::default();
        each(fields, |place, toks, i| {
            if let Some(next) = toks.get(i + 1).filter(|next| !next.new_line)
                && is(&toks[i], first)
                && is(next, second)
                && (place == Standing::TITLE || !toks[i].function && !next.function)
            {
                spellings.add(spelled(&toks[i], next), Standing::TOGETHER.with(place));
            }
        });
        spellings.seen(!plan.large, |marks| asked.marks.is_none_or(|own| own == marks))
    });
    Facts { terms: terms.collect(), pairs: pairs.collect() }
}

/// Visits every token with its place: title, lead, or neither.
fn each(fields: &Fields, mut visit: impl FnMut(Standing, &[Tok], usize)) {
    let places = [Standing::TITLE, Standing::LEAD].into_iter().chain(std::iter::repeat(Standing::default()));
    for (field, place) in std::iter::once(&fields.title).chain(&fields.others).zip(places) {
        for i in 0..field.len() {
            visit(place, field, i);
        }
    }
}

/// Standings by spelling, with how often each was met.
#[derive(Default)]
struct Spellings(BTreeMap<u16, (Standing, u32)>);

impl Spellings {
    fn add(&mut self, marks: u16, standing: Standing) {
        let (known, times) = self.0.entry(marks).or_default();
        *known = known.and(standing);
        *times += 1;
    }

    fn seen(self, counted: bool, is_same: impl Fn(u16) -> bool) -> Seen {
        let mut seen = Seen::default();
        for (marks, (standing, times)) in self.0 {
            let standing =
                if counted && times >= Standing::MANY { standing.with(Standing::OFTEN) } else { standing };
            let side = if is_same(marks) { &mut seen.same } else { &mut seen.other };
            *side = side.and(standing);
        }
        seen
    }
}

/// Phrases and what is excluded, by looking.
fn phrases_fit(reader: &Reader, question: &Question, titles_only: bool, fields: &Fields) -> bool {
    let all = || std::iter::once(&fields.title).chain(&fields.others);
    let places = if titles_only { 1 } else { usize::MAX };
    let wanted = |phrase: &Phrase| all().take(places).any(|field| stands(reader, phrase, field));
    let excluded = |phrase: &Phrase| {
        let spelled = phrase.tokens.len() == 1 || phrase.is_a_pair();
        all().any(|field| {
            if !spelled {
                return stands(reader, phrase, field);
            }
            field.windows(phrase.tokens.len()).any(|window| {
                stands(reader, phrase, window)
                    && phrase.has_marks(window.iter().fold(0, |all, tok| all << 8 | u16::from(tok.marks)))
                    && (window.len() == 1 || !window.iter().any(|tok| tok.function))
            })
        })
    };
    question.phrases.iter().all(wanted) && !question.excluded.iter().any(excluded)
}
