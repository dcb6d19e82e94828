//! Answering a query from the files of the index, step by step, without loading anything itself.
//!
//! An [`Inquiry`] says which files it needs, is given them, and works in pieces short enough for a browser's main
//! thread. What it finds is exactly what the scan finds (`scan`). Not here: the bytes of the files (`format`),
//! making a page of what was found (`answer`).

use crate::{
    Document, Error, Facets, Query,
    format::{Manifest, Segment, Shards, Span, whole},
    found::{Found, Place, order_first},
    key::Key,
    mend::{self, Mended},
    merit::{Facts, Seen, fits, is_solid, merit},
    plan::{Layout, Need, Plan},
    question::{Phrase, Question},
    standing::Standing,
    verify::Verifier,
};
use archive::FileName;
use chrono::{Datelike, Days, NaiveDate};
use std::{cmp::Reverse, collections::HashMap, mem, sync::Arc};

/// Documents looked at in one piece of work: about 2 ms on a slow telephone.
const PIECE: usize = 4096;
/// Texts asked for at a time, when a phrase has to be compared with them.
const TEXTS: usize = 20;
/// Most titles that are asked what was meant by a word that was mistyped.
const MOST_TITLES: usize = 10;
/// Most terms of a query that is mended: who pastes a sentence means it.
const MOST_MENDED: usize = 8;
/// Most texts that are compared for one query: two to four hundred KB on the line.
const MOST_TEXTS: usize = 200;

/// What an inquiry needs next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// These files: [`Inquiry::give`] each of them.
    Load(Vec<FileName>),
    /// The texts of these documents: [`Inquiry::give_text`] each of them.
    Texts(Vec<Place>),
    /// Only time: ask again, after a pause if the page must stay alive.
    Work,
    /// Nothing: the answer is there.
    Done,
}

/// A query on its way to its answer.
#[derive(Debug)]
pub struct Inquiry {
    manifest: Arc<Manifest>,
    query: Query,
    question: Question,
    plan: Plan,
    loose: bool,
    files: HashMap<FileName, Arc<[u8]>>,
    /// The segment that is looked at, and how far.
    segment: usize,
    prepared: Option<Prepared>,
    /// Whether any document had what was needed, whatever its category and day.
    any: bool,
    found: Vec<Found>,
    counts: Counts,
    /// What fits but for a phrase that only the text can show, best first; and how many have been compared.
    candidates: Vec<Candidate>,
    compared: usize,
    asked: usize,
    verifier: Option<Verifier>,
    at_least: bool,
    /// Which terms of the question stand in any document, as far as they have been looked up.
    occurs: Vec<bool>,
    /// The words that are searched for instead of those that were typed.
    corrected: Option<String>,
    mending: Option<Mending>,
    /// Whether mending has been tried.
    tried: bool,
    /// Whether something was found that leaves no doubt about the words.
    solid: bool,
    /// What was found for words that may have been mistyped, in case that no better ones are found.
    doubtful: Option<Box<Doubtful>>,
    state: State,
}

/// An answer that is put aside.
#[derive(Debug)]
struct Doubtful {
    question: Question,
    plan: Plan,
    found: Vec<Found>,
    counts: Counts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Looking,
    Comparing,
    Done,
}

/// Looking for what was meant by a word that was mistyped.
#[derive(Debug, Default)]
struct Mending {
    /// Terms that may be the mistyped one.
    suspects: Vec<usize>,
    /// Documents whose titles have all other terms, and what they say, best first.
    titles: Vec<(Found, Option<Mended>)>,
    asked: bool,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    found: Found,
    of_category: bool,
    in_time: bool,
    fits: Option<bool>,
}

/// Facets as they are counted.
#[derive(Debug, Default)]
struct Counts {
    categories: Vec<usize>,
    years: Vec<usize>,
    /// For each day of the index the position of its year in `years`, kept as the days on which years begin.
    year_starts: Vec<u16>,
    first_year: i32,
}

/// The lists of a segment, on their way to being walked.
#[derive(Debug, Default)]
struct Prepared {
    /// For each term and pair of the plan.
    lanes: Vec<Lane>,
    /// Documents that the filters let through, one list for each.
    filters: Vec<Lane>,
    excluded: Vec<Lane>,
    /// What is walked: the shortest list that every document must be in, or all documents.
    driver: Option<Driver>,
    at: usize,
}

#[derive(Debug)]
enum Driver {
    Lane(Vec<u32>),
    All(u32),
}

/// Where one key stands, all spellings together, and how far it has been walked.
#[derive(Debug, Default)]
struct Lane {
    docs: Vec<u32>,
    seen: Vec<Seen>,
    at: usize,
}

impl Lane {
    /// What is known of a document; documents are asked for in rising order.
    fn seek(&mut self, doc: u32) -> Option<Seen> {
        // Gallop: lists of very different lengths are walked in the time of the shorter.
        let mut step = 1;
        while self.docs.get(self.at + step).is_some_and(|&d| d <= doc) {
            self.at += step;
            step *= 2;
        }
        let end = (self.at + step).min(self.docs.len());
        self.at += self.docs.get(self.at..end).unwrap_or_default().partition_point(|&d| d < doc);
        if self.docs.get(self.at) == Some(&doc) { self.seen.get(self.at).copied() } else { None }
    }
}

impl Inquiry {
    /// Begins to answer a query, which is taken as [`Query::normalised`].
    pub fn new(manifest: Arc<Manifest>, query: &Query) -> Self {
        let query = query.clone().normalised();
        let question = Question::of(&query.words, &manifest.short_forms);
        let plan = Plan::of(&question, &manifest.layout(), false);
        let counts = Counts::new(&manifest);
        let verifier = Verifier::new(&question, &query, &manifest.short_forms);
        let state = if question.is_unanswerable() { State::Done } else { State::Looking };
        Self {
            manifest,
            query,
            question,
            plan,
            loose: false,
            files: HashMap::new(),
            segment: 0,
            prepared: None,
            any: false,
            found: Vec::new(),
            counts,
            candidates: Vec::new(),
            compared: 0,
            asked: 0,
            verifier,
            at_least: false,
            occurs: Vec::new(),
            corrected: None,
            mending: None,
            tried: false,
            solid: false,
            doubtful: None,
            state,
        }
    }

    /// What is needed now, after doing what can be done without it for about 2 ms.
    ///
    /// # Errors
    /// When a file that was given is damaged.
    pub fn step(&mut self) -> Result<Step, Error> {
        match self.state {
            State::Done => Ok(Step::Done),
            State::Looking => self.look(),
            State::Comparing => Ok(self.compare()),
        }
    }

    /// Takes a file that was asked for.
    ///
    /// # Errors
    /// When it is not whole.
    pub fn give(&mut self, name: FileName, bytes: &[u8]) -> Result<(), Error> {
        self.files.insert(name, whole(bytes)?.into());
        Ok(())
    }

    /// Takes the text of a document that was asked for.
    pub fn give_text(&mut self, place: &Place, document: &Document) {
        let category = self.manifest.categories.iter().position(|category| *category == place.category);
        let is_it = |found: Found| Some(found.category()) == category && found.number() == place.number;
        if let Some(mending) = &mut self.mending {
            if let Some((_, says)) = mending.titles.iter_mut().find(|(found, _)| is_it(*found)) {
                *says = mend::by_title(&self.question, &mending.suspects, &document.headline.title);
            }
            return;
        }
        let Some(verifier) = &mut self.verifier else { return };
        let candidate = self.candidates.iter_mut().find(|c| is_it(c.found));
        if let Some(candidate) = candidate {
            candidate.fits = Some(verifier.fits(document));
        }
    }

    fn look(&mut self) -> Result<Step, Error> {
        let manifest = self.manifest.clone();
        if self.prepared.is_none() {
            let missing = self.missing();
            if !missing.is_empty() {
                return Ok(Step::Load(missing));
            }
            if self.segment == manifest.segments.len() {
                return Ok(self.looked_through());
            }
            self.prepared = Some(Prepared::default());
        }
        let Some(segment) = manifest.segments.get(self.segment) else { return Ok(self.looked_through()) };
        if !self.prepare(segment)? && self.walk(segment) {
            self.prepared = None;
            self.segment += 1;
        }
        Ok(Step::Work)
    }

    /// All keys that are looked up.
    fn keys(&self) -> Vec<Key> {
        let excluded = self.question.excluded.iter().filter_map(excluded_key);
        self.plan.keys(&self.question).into_iter().chain(self.filter_keys()).chain(excluded).collect()
    }

    fn filter_keys(&self) -> Vec<Key> {
        let Query { unit, tag, attachments, .. } = &self.query;
        let unit = (!unit.is_empty()).then(|| Key::unit(unit));
        let tag = (!tag.is_empty()).then(|| Key::tag(tag));
        unit.into_iter().chain(tag).chain(attachments.then_some(Key::Attachments)).collect()
    }

    fn missing(&self) -> Vec<FileName> {
        let mut missing = Vec::new();
        for segment in &self.manifest.segments {
            for key in self.keys() {
                if let Some(file) = segment.file(&key)
                    && !self.files.contains_key(&file)
                    && !missing.contains(&file)
                {
                    missing.push(file);
                }
            }
        }
        missing
    }

    fn lane(&self, segment: &Segment, key: &Key, is_same: impl Fn(u16) -> bool) -> Result<Lane, Error> {
        let shard = match &segment.shards {
            Shards::Packed(bytes) => Some(bytes),
            Shards::Folder { .. } => segment.file(key).and_then(|file| self.files.get(&file)),
        };
        let record = shard.map_or_else(|| Ok(Vec::new()), |bytes| segment.record(key, bytes))?;
        let mut rows: Vec<(u32, Seen)> = Vec::new();
        for (marks, list) in record {
            let same = is_same(marks);
            let seen = |standing| match same {
                true => Seen { same: standing, other: Standing::default() },
                false => Seen { same: Standing::default(), other: standing },
            };
            rows.extend(list.docs.into_iter().zip(list.standings.into_iter().map(seen)));
        }
        // One spelling is in order already, and sorting sees that.
        rows.sort_by_key(|(doc, _)| *doc);
        let mut lane = Lane::default();
        for (doc, seen) in rows {
            match (lane.docs.last(), lane.seen.last_mut()) {
                (Some(&last), Some(known)) if last == doc => {
                    *known = Seen { same: known.same.and(seen.same), other: known.other.and(seen.other) };
                }
                _ => {
                    lane.docs.push(doc);
                    lane.seen.push(seen);
                }
            }
        }
        Ok(lane)
    }

    /// Reads one more list; gives whether there was one to read.
    fn prepare(&mut self, segment: &Segment) -> Result<bool, Error> {
        let Some(mut prepared) = self.prepared.take() else { return Ok(false) };
        let Question { terms, pairs, excluded, .. } = &self.question;
        let (asked, filters) = (self.plan.keys(&self.question), self.filter_keys());
        let excluded = excluded.iter().filter_map(|phrase| Some((phrase, excluded_key(phrase)?)));
        let more = if let Some(key) = asked.get(prepared.lanes.len()) {
            let at = prepared.lanes.len();
            let lane = match self.plan.terms.get(at) {
                Some(&term) => {
                    let marks = &terms[term].marks;
                    self.lane(segment, key, |m| {
                        marks.is_empty() || marks.iter().any(|&own| u16::from(own) == m)
                    })
                }
                None => {
                    let marks = pairs[self.plan.pairs[at - self.plan.terms.len()]].marks;
                    self.lane(segment, key, |m| marks.is_none_or(|own| own == m))
                }
            };
            let mut lane = lane?;
            if matches!(key, Key::Title(_)) {
                lane.seen.iter_mut().for_each(Seen::set_title);
            }
            if let Some(&term) = self.plan.terms.get(at).filter(|_| !self.plan.in_titles) {
                self.occurs.resize(terms.len(), false);
                self.occurs[term] |= !lane.docs.is_empty();
            }
            prepared.lanes.push(lane);
            true
        } else if let Some(key) = filters.get(prepared.filters.len()) {
            prepared.filters.push(self.lane(segment, key, |_| true)?);
            true
        } else if let Some((phrase, key)) = excluded.clone().nth(prepared.excluded.len()) {
            prepared.excluded.push(self.lane(segment, &key, |marks| phrase.has_marks(marks))?);
            true
        } else {
            if prepared.driver.is_none() {
                prepared.driver = Some(self.driver(segment, &prepared));
            }
            false
        };
        self.prepared = Some(prepared);
        Ok(more)
    }

    /// The shortest list that every document must be in.
    fn driver(&self, segment: &Segment, prepared: &Prepared) -> Driver {
        let of_term = |term: usize| prepared.lanes.get(self.plan.terms.iter().position(|&t| t == term)?);
        let needed = self.plan.needs.iter().filter_map(|need| match *need {
            Need::Term(term) => of_term(term),
            Need::Pair(pair) => {
                let at = self.plan.pairs.iter().position(|&p| p == pair)?;
                prepared.lanes.get(at + self.plan.terms.len())
            }
        });
        match needed.chain(&prepared.filters).min_by_key(|lane| lane.docs.len()) {
            _ if self.mending.is_some() => Driver::All(segment.documents()),
            Some(lane) => Driver::Lane(lane.docs.clone()),
            None => Driver::All(segment.documents()),
        }
    }

    /// Looks at a piece of a segment; gives whether that was the last.
    fn walk(&mut self, segment: &Segment) -> bool {
        let Some(mut prepared) = self.prepared.take() else { return true };
        let Some(driver) = &prepared.driver else { return true };
        let length = match driver {
            Driver::Lane(docs) => docs.len(),
            Driver::All(count) => *count as usize,
        };
        let end = (prepared.at + PIECE).min(length);
        let content = self.question.content();
        let mut facts = Facts::default();
        for at in prepared.at..end {
            let doc = match driver {
                Driver::Lane(docs) => docs[at],
                Driver::All(_) => at as u32,
            };
            let passes = prepared.filters.iter_mut().all(|lane| lane.seek(doc).is_some())
                && !prepared
                    .excluded
                    .iter_mut()
                    .any(|lane| lane.seek(doc).is_some_and(|seen| seen.same.has(Standing::TOGETHER)));
            if !passes {
                continue;
            }
            facts.terms.clear();
            facts.pairs.clear();
            for (i, lane) in prepared.lanes.iter_mut().enumerate() {
                let seen = lane.seek(doc).unwrap_or_default();
                if i < self.plan.terms.len() { facts.terms.push(seen) } else { facts.pairs.push(seen) }
            }
            if self.mending.is_some() {
                let in_title = self
                    .plan
                    .terms
                    .iter()
                    .zip(&facts.terms)
                    .filter(|(term, seen)| content.contains(term) && seen.any().has(Standing::TITLE));
                let in_title = in_title.count();
                if in_title > 0 && in_title + 1 >= content.len() {
                    self.take_title(segment, doc, merit(&self.question, &self.plan, &facts));
                }
            } else if fits(&self.plan, self.query.titles_only, &facts) {
                self.solid |= is_solid(&self.question, &self.plan, &facts);
                self.take(segment, doc, merit(&self.question, &self.plan, &facts));
            }
        }
        prepared.at = end;
        self.prepared = Some(prepared);
        end == length
    }

    /// A document as it is found, and its day.
    fn found_of(&self, segment: &Segment, doc: u32, merit: u16) -> Option<(Found, u16)> {
        let category = segment.spans.partition_point(|span| span.start <= doc).saturating_sub(1);
        let Span { start, before, days } = segment.spans.get(category)?;
        let &day = days.get((doc - start) as usize)?;
        Some((Found::new(self.query.order, merit, day, category as u8, before + doc - start), day))
    }

    /// Takes a document whose title has all terms but one.
    fn take_title(&mut self, segment: &Segment, doc: u32, merit: u16) {
        let Some((found, _)) = self.found_of(segment, doc, merit) else { return };
        let Some(mending) = &mut self.mending else { return };
        mending.titles.push((found, None));
        if mending.titles.len() >= 2 * MOST_TITLES {
            mending.keep_best();
        }
    }

    /// Takes a document that fits, as far as lists can say.
    fn take(&mut self, segment: &Segment, doc: u32, merit: u16) {
        let Some((found, day)) = self.found_of(segment, doc, merit) else { return };
        let category = found.category();
        let of_category = self.query.categories.is_empty()
            || self.manifest.categories[category].as_ref().is_some_and(|c| self.query.categories.contains(c));
        let date = i64::from(self.manifest.first_day) + i64::from(day);
        let in_time = self.query.from.is_none_or(|from| days_of(from) <= date)
            && self.query.to.is_none_or(|to| date <= days_of(to));
        let candidate = Candidate { found, of_category, in_time, fits: None };
        if self.verifier.is_some() {
            self.candidates.push(candidate);
        } else {
            self.count(candidate, day);
        }
    }

    fn count(&mut self, candidate: Candidate, day: u16) {
        self.any = true;
        if candidate.in_time {
            self.counts.categories[candidate.found.category()] += 1;
        }
        if candidate.of_category {
            self.counts.count_year(day);
        }
        if candidate.in_time && candidate.of_category {
            self.found.push(candidate.found);
        }
    }

    /// All segments have been looked at.
    fn looked_through(&mut self) -> Step {
        if let Some(mending) = &mut self.mending {
            mending.keep_best();
            let wanted: Vec<Found> = mending.titles.iter().map(|(found, _)| *found).collect();
            if !mending.asked && !wanted.is_empty() {
                mending.asked = true;
                return Step::Texts(wanted.into_iter().map(|found| self.place(found)).collect());
            }
            return self.mended_by_titles();
        }
        if self.verifier.is_some() {
            self.candidates.sort_unstable_by_key(|candidate| Reverse(candidate.found));
            self.at_least = self.candidates.len() > MOST_TEXTS;
            self.candidates.truncate(MOST_TEXTS);
            self.state = State::Comparing;
            return Step::Work;
        }
        self.conclude()
    }

    fn compare(&mut self) -> Step {
        while let Some(candidate) = self.candidates.get(self.compared).copied() {
            let Some(fits) = candidate.fits else { break };
            self.compared += 1;
            if fits {
                self.count(candidate, candidate.found.day());
            }
        }
        if self.compared == self.candidates.len() {
            return self.conclude();
        }
        if self.compared < self.asked {
            // A text that was asked for did not come: it does not count.
            let end = self.asked.min(self.candidates.len());
            for candidate in &mut self.candidates[self.compared..end] {
                candidate.fits.get_or_insert(false);
            }
            return Step::Work;
        }
        let end = (self.compared + TEXTS).min(self.candidates.len());
        self.asked = end;
        let wanted = self.candidates[self.compared..end].iter().map(|candidate| self.place(candidate.found));
        Step::Texts(wanted.collect())
    }

    /// Either this is the answer, or it is looked for less strictly.
    fn conclude(&mut self) -> Step {
        if !self.any && !self.loose {
            self.loose = true;
            let plan = Plan::of(&self.question, &self.manifest.layout(), true);
            if plan.needs != self.plan.needs {
                self.plan = plan;
                self.begin_again();
                return Step::Work;
            }
        }
        if let Some(doubtful) = self.doubtful.take_if(|_| !self.solid) {
            // The other words are no better.
            self.corrected = None;
            (self.question, self.plan) = (doubtful.question, doubtful.plan);
            (self.found, self.counts, self.any) = (doubtful.found, doubtful.counts, true);
        } else if self.may_mend() {
            return self.begin_mending();
        }
        self.state = State::Done;
        Step::Done
    }

    /// Whether plain words may have been mistyped: nothing was found for them, or, for some of them, nothing that leaves
    /// no doubt.
    fn may_mend(&self) -> bool {
        let Question { pairs, phrases, excluded, .. } = &self.question;
        let least = if self.any && pairs.is_empty() {
            3
        } else if self.any {
            2
        } else {
            1
        };
        let certain = self.any && self.solid;
        !(certain || self.query.as_typed || self.tried)
            && phrases.is_empty()
            && excluded.is_empty()
            && (least..=MOST_MENDED).contains(&self.question.content().len())
    }

    fn begin_mending(&mut self) -> Step {
        self.tried = true;
        let content = self.question.content();
        let absent = |term: &usize| self.occurs.get(*term).copied() == Some(false);
        let mut suspects: Vec<usize> = content.iter().copied().filter(absent).collect();
        if suspects.is_empty() {
            suspects = content;
        }
        if self.any {
            self.doubtful = Some(Box::new(Doubtful {
                question: self.question.clone(),
                plan: self.plan.clone(),
                found: mem::take(&mut self.found),
                counts: mem::replace(&mut self.counts, Counts::new(&self.manifest)),
            }));
        }
        self.begin_again();
        self.mending = Some(Mending { suspects, ..Mending::default() });
        Step::Work
    }

    /// Takes what most titles say, or the most familiar syllable.
    fn mended_by_titles(&mut self) -> Step {
        let Some(mending) = self.mending.take() else { return Step::Work };
        let said = mending.titles.iter().find_map(|(_, says)| says.clone());
        let by_words = || mend::by_words(&self.manifest, &self.question, &mending.suspects);
        let alone = || {
            let alone = mend::alone(&self.manifest, &self.question, &mending.suspects);
            alone.filter(|_| self.doubtful.is_none())
        };
        match said.or_else(by_words).or_else(alone) {
            Some(mended) => self.mend(&mended),
            None => {
                self.solid = false;
                self.loose = true;
                self.conclude()
            }
        }
    }

    /// Begins anew with other words.
    fn mend(&mut self, mended: &Mended) -> Step {
        let words = mend::replaced(&self.query.words, &self.question, mended);
        self.question = Question::of(&words, &self.manifest.short_forms);
        self.plan = Plan::of(&self.question, &self.manifest.layout(), false);
        self.loose = false;
        self.occurs.clear();
        self.corrected = Some(words);
        self.begin_again();
        Step::Work
    }

    fn begin_again(&mut self) {
        self.segment = 0;
        self.prepared = None;
        (self.any, self.solid) = (false, false);
        self.found.clear();
        self.counts = Counts::new(&self.manifest);
        self.candidates.clear();
        (self.compared, self.asked, self.at_least) = (0, 0, false);
        self.state = State::Looking;
    }

    fn place(&self, found: Found) -> Place {
        let category = self.manifest.categories.get(found.category()).cloned().flatten();
        Place { category, number: found.number() }
    }

    /// What was found, once the inquiry is done.
    pub fn outcome(&mut self) -> Outcome {
        Outcome {
            manifest: self.manifest.clone(),
            found: mem::take(&mut self.found),
            facets: self.counts.facets(&self.manifest),
            corrected: self.corrected.clone().filter(|_| self.any),
            at_least: self.at_least,
        }
    }
}

impl Mending {
    fn keep_best(&mut self) {
        self.titles.sort_unstable_by(|(a, _), (b, _)| b.cmp(a));
        self.titles.truncate(MOST_TITLES);
    }
}

/// The key whose list says alone where an excluded phrase stands.
fn excluded_key(phrase: &Phrase) -> Option<Key> {
    match phrase.tokens.as_slice() {
        [token] => Some(Key::Term(token.folded.clone())),
        _ => phrase.pair().map(|(first, second)| Key::Pair(first, second)),
    }
}

fn days_of(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) - i64::from(NaiveDate::default().num_days_from_ce())
}

impl Manifest {
    /// What decides how questions to this index are planned.
    pub(crate) fn layout(&self) -> Layout<'_> {
        Layout { large: self.large, words: &self.words }
    }

    fn date(&self, day: u16) -> NaiveDate {
        let first = NaiveDate::default();
        let days = i64::from(self.first_day) + i64::from(day);
        let date = match u64::try_from(days) {
            Ok(days) => first.checked_add_days(Days::new(days)),
            Err(_) => first.checked_sub_days(Days::new(days.unsigned_abs())),
        };
        date.unwrap_or(first)
    }
}

impl Counts {
    fn new(manifest: &Manifest) -> Self {
        let last = manifest.segments.iter().flat_map(|s| &s.spans).filter_map(|span| span.days.last()).max();
        let first_year = manifest.date(0).year();
        let last_year = last.map_or(first_year, |&last| manifest.date(last).year());
        let starts = (first_year + 1..=last_year).filter_map(|year| {
            let day = NaiveDate::from_ymd_opt(year, 1, 1)?;
            u16::try_from(days_of(day) - i64::from(manifest.first_day)).ok()
        });
        let year_starts: Vec<u16> = starts.collect();
        Self {
            categories: vec![0; manifest.categories.len()],
            years: vec![0; year_starts.len() + 1],
            year_starts,
            first_year,
        }
    }

    fn count_year(&mut self, day: u16) {
        let year = self.year_starts.partition_point(|&start| start <= day);
        self.years[year] += 1;
    }

    fn facets(&self, manifest: &Manifest) -> Facets {
        let categories = manifest.categories.iter().zip(&self.categories);
        Facets {
            categories: categories
                .filter(|(_, count)| **count > 0)
                .filter_map(|(category, &count)| Some((category.clone()?, count)))
                .collect(),
            years: (self.first_year..)
                .zip(&self.years)
                .filter(|(_, count)| **count > 0)
                .map(|(y, &c)| (y, c))
                .collect(),
        }
    }
}

/// All that was found for a query.
#[derive(Debug)]
pub struct Outcome {
    manifest: Arc<Manifest>,
    found: Vec<Found>,
    facets: Facets,
    /// The words that were searched for, where they are not those that were typed.
    pub corrected: Option<String>,
    /// Whether there may be more, because too many texts would have had to be compared.
    pub at_least: bool,
}

impl Outcome {
    /// How many documents were found.
    pub fn total(&self) -> usize {
        self.found.len()
    }

    /// How they are spread.
    pub fn facets(&self) -> &Facets {
        &self.facets
    }

    /// The documents from one position to another in the order of the query, as far as there are any.
    pub fn places(&mut self, positions: std::ops::Range<usize>) -> Vec<Place> {
        order_first(&mut self.found, positions.end);
        let end = positions.end.min(self.found.len());
        let found = self.found.get(positions.start.min(end)..end).unwrap_or_default();
        let category = |found: &Found| self.manifest.categories.get(found.category()).cloned().flatten();
        found.iter().map(|found| Place { category: category(found), number: found.number() }).collect()
    }
}
