//! Whether a document fits a question, and how well: one number, from what is known of it and nothing else.
//!
//! The index and the scan find out the same facts in different ways and ask here. Not here: the day of the
//! article, which decides between equals (`found`).

use crate::{
    plan::{Need, Plan},
    question::Question,
    standing::Standing,
};

/// Where one key stands in a document, by how it is spelled there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Seen {
    /// As it was typed; as anything where no marks were typed.
    pub(crate) same: Standing,
    /// With other marks.
    pub(crate) other: Standing,
}

impl Seen {
    /// What a list of titles alone says: that it is in the title, wherever.
    pub(crate) fn set_title(&mut self) {
        for side in [&mut self.same, &mut self.other] {
            if side.is_there() {
                *side = Standing::TOGETHER.in_title(0);
            }
        }
    }

    pub(crate) fn any(self) -> Standing {
        self.same.and(self.other)
    }
}

/// What is known of a document: for each term and pair of a plan, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) terms: Vec<Seen>,
    pub(crate) pairs: Vec<Seen>,
}

/// What a term is worth: in the title, the lead, anywhere.
const TERM: Worth = Worth { title: 30, lead: 10, body: 4, often: 0 };
/// What a pair is worth besides its terms: in the body more than two terms gain by standing apart in the title
/// (2 · (30 − 4) = 52), so that together anywhere is better than apart anywhere.
const PAIR: Worth = Worth { title: 66, lead: 62, body: 58, often: 2 };
/// What a pair is worth that has a function word; it is known from titles alone.
const FUNCTION_PAIR: Worth = Worth { title: 20, lead: 0, body: 0, often: 0 };
/// What the marks that were typed multiply a worth by: more than the best place is worth over the worst, so that they
/// come first, but key by key, so that one wrong mark in a long query spoils little.
const SAME_MARKS: u32 = 32;
/// What each term from the third on gains where all are in the title, however far apart: who picks words out of a
/// title means that article.
const ALL_IN_TITLE: u32 = 35;
/// What the title gains when the terms stand in it in the order of the query.
const IN_ORDER: u32 = 10;
/// And when they stand there as in the query, with nothing else between them.
const IN_ONE_RUN: u32 = 10;

struct Worth {
    title: u32,
    lead: u32,
    body: u32,
    often: u32,
}

impl Worth {
    fn of(&self, standing: Standing) -> u32 {
        if !standing.is_there() {
            return 0;
        }
        if standing.has(Standing::TITLE) {
            return self.title;
        }
        // Among articles with other titles, those that come back to it are about it.
        let often = if standing.has(Standing::OFTEN) { self.often } else { 0 };
        often + if standing.has(Standing::LEAD) { self.lead } else { self.body }
    }

    fn seen(&self, seen: Seen) -> u32 {
        (self.of(seen.same) * SAME_MARKS).max(self.of(seen.other))
    }
}

/// Whether a document has what the plan needs.
pub(crate) fn fits(plan: &Plan, titles_only: bool, facts: &Facts) -> bool {
    let wanted = if titles_only { Standing::TITLE } else { Standing::TOGETHER };
    let term = |term: usize| {
        let at = plan.terms.iter().position(|&known| known == term);
        at.and_then(|at| facts.terms.get(at)).map_or(Standing::default(), |seen| seen.any())
    };
    plan.needs.iter().all(|need| match *need {
        Need::Term(at) => term(at).has(wanted),
        Need::Pair(pair) => {
            let at = plan.pairs.iter().position(|&known| known == pair);
            let seen = at.and_then(|at| facts.pairs.get(at)).copied().unwrap_or_default();
            seen.any().has(wanted)
        }
    })
}

/// How well a document fits that does; below 2^16.
pub(crate) fn merit(question: &Question, plan: &Plan, facts: &Facts) -> u16 {
    let terms: u32 = content(question, plan, facts).map(|seen| TERM.seen(seen)).sum();
    let pairs = plan.pairs.iter().zip(&facts.pairs).map(|(&pair, &seen)| {
        if question.pairs[pair].function { FUNCTION_PAIR.seen(seen) } else { PAIR.seen(seen) }
    });
    let all = terms + pairs.sum::<u32>() + title(question, plan, facts);
    u16::try_from(all).unwrap_or(u16::MAX)
}

/// What is known of the terms that must occur.
fn content<'a>(question: &Question, plan: &Plan, facts: &'a Facts) -> impl Iterator<Item = Seen> + use<'a> {
    let must: Vec<bool> = plan.terms.iter().map(|&term| !question.terms[term].function).collect();
    facts.terms.iter().zip(must).filter(|(_, must)| *must).map(|(seen, _)| *seen)
}

/// What a title gains that has all terms: much when it has them as they were typed.
fn title(question: &Question, plan: &Plan, facts: &Facts) -> u32 {
    let gain = |of: fn(Seen) -> Standing| title_gain(question, plan, facts, of);
    (gain(|seen| seen.same) * SAME_MARKS).max(gain(Seen::any))
}

fn title_gain(question: &Question, plan: &Plan, facts: &Facts, of: fn(Seen) -> Standing) -> u32 {
    let standings: Vec<_> = content(question, plan, facts).map(of).collect();
    if standings.is_empty() || !standings.iter().all(|standing| standing.has(Standing::TITLE)) {
        return 0;
    }
    let in_order = standings.is_sorted_by_key(|standing| standing.at());
    // Function words have a say here, if they are looked up.
    let asked = plan.terms.iter().map(|&term| question.terms[term].at as i64);
    let known = facts.terms.iter().map(|&seen| of(seen));
    let mut distances = asked
        .zip(known)
        .map(|(asked, standing)| standing.has(Standing::TITLE).then(|| asked - i64::from(standing.at())));
    let first = distances.next();
    let in_one_run = distances.all(|distance| distance.is_some() && Some(distance) == first);
    let count = standings.len() as u32;
    ALL_IN_TITLE * count.saturating_sub(2)
        + if in_order { IN_ORDER } else { 0 }
        + if in_one_run { IN_ONE_RUN } else { 0 }
}

/// Whether a document is so good a match that the query cannot have been mistyped: all its terms are in the title, or
/// all its pairs, if it has any, stand together somewhere.
pub(crate) fn is_solid(question: &Question, plan: &Plan, facts: &Facts) -> bool {
    let in_title = content(question, plan, facts).all(|seen| seen.any().has(Standing::TITLE));
    let mut pairs =
        plan.pairs.iter().zip(&facts.pairs).filter(|(pair, _)| !question.pairs[**pair].function).peekable();
    in_title || (pairs.peek().is_some() && pairs.all(|(_, seen)| seen.any().has(Standing::TOGETHER)))
}
