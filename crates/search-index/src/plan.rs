//! Which lists answer a question, and what they must say for a document to fit.
//!
//! A reader pays for lists, so there are few: at most three files for a question of up to six syllables. Not here:
//! loading and reading them (`inquiry`).

use crate::{key::Key, question::Question};

/// Most files that a question should take.
const FILES: usize = 3;

/// What decides how a question is planned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout<'a> {
    /// Whether the archive is so large that the list of a frequent syllable is hundreds of kilobytes.
    pub(crate) large: bool,
    /// Pairs that are a word of the archive: `first << 12 | second`, rising.
    pub(crate) words: &'a [u32],
}

impl Layout<'_> {
    fn is_word(&self, (first, second): (u16, u16)) -> bool {
        self.words.binary_search(&(u32::from(first) << 12 | u32::from(second))).is_ok()
    }
}

/// What a document must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// A term, as a position in [`Question::terms`], anywhere.
    Term(usize),
    /// A pair, as a position in [`Question::pairs`]: as neighbours anywhere.
    Pair(usize),
}

/// Which lists are looked up, and what they must say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// Positions in [`Question::terms`] that are looked up.
    pub(crate) terms: Vec<usize>,
    /// Positions in [`Question::pairs`] that are looked up.
    pub(crate) pairs: Vec<usize>,
    pub(crate) needs: Vec<Need>,
    /// Whether the archive is large: then its lists do not say what stands often in a document, a fifth of their bytes.
    pub(crate) large: bool,
    /// Whether terms are looked up in titles alone. In a large archive a syllable says too little to be worth its list,
    /// unless it is in the title.
    pub(crate) in_titles: bool,
}

impl Plan {
    /// The plan for a question; when `loose`, words need not stand together.
    pub(crate) fn of(question: &Question, layout: &Layout<'_>, loose: bool) -> Self {
        let needs = if loose { loosely(question) } else { units(question, layout) };
        let in_titles = layout.large && !loose;
        let mut plan = Self { needs, large: layout.large, in_titles, ..Self::default() };
        for need in plan.needs.clone() {
            match need {
                Need::Term(term) => plan.add_term(term),
                Need::Pair(pair) => plan.add_pair(pair),
            }
        }
        // Room for what only ranks: which words stand beside each other.
        let (ranking, joining): (Vec<_>, Vec<_>) =
            (0..question.pairs.len()).partition(|&pair| !question.pairs[pair].function);
        for pair in ranking.into_iter().chain(joining) {
            if plan.terms.len() + plan.pairs.len() < FILES {
                plan.add_pair(pair);
            }
        }
        plan
    }

    fn add_term(&mut self, term: usize) {
        if !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    fn add_pair(&mut self, pair: usize) {
        if !self.pairs.contains(&pair) {
            self.pairs.push(pair);
        }
    }

    /// The keys of the lists, terms first.
    pub(crate) fn keys(&self, question: &Question) -> Vec<Key> {
        let terms = self.terms.iter().map(|&term| {
            let folded = question.terms[term].folded.clone();
            if self.in_titles { Key::Title(folded) } else { Key::Term(folded) }
        });
        let pairs = self.pairs.iter().map(|&pair| {
            let (first, second) = question.numbers(&question.pairs[pair]);
            Key::Pair(first, second)
        });
        terms.chain(pairs).collect()
    }
}

/// Every term, and what quotes ask for.
fn loosely(question: &Question) -> Vec<Need> {
    let mut needs: Vec<_> = question.content().into_iter().map(Need::Term).collect();
    add_lone_phrases(question, &mut needs);
    needs
}

/// Cuts the terms into pairs and single ones. Pairs are words of the archive, or quoted; only when that leaves
/// more than [`FILES`] units, any neighbours are taken for one.
fn units(question: &Question, layout: &Layout<'_>) -> Vec<Need> {
    let is_word = |pair: usize| {
        let pair = &question.pairs[pair];
        pair.quoted || layout.is_word(question.numbers(pair))
    };
    let mut needs = cut(question, |pair| is_word(pair).then_some(0));
    if needs.len() > FILES {
        needs = cut(question, |pair| Some(u32::from(!is_word(pair))));
    }
    add_lone_phrases(question, &mut needs);
    needs
}

/// Phrases of two syllables are settled by their pair, so it must be looked up.
fn add_lone_phrases(question: &Question, needs: &mut Vec<Need>) {
    for (at, pair) in question.pairs.iter().enumerate() {
        let numbers = question.numbers(pair);
        let alone = question.phrases.iter().any(|phrase| phrase.pair() == Some(numbers));
        if alone && !needs.contains(&Need::Pair(at)) {
            needs.push(Need::Pair(at));
        }
    }
}

/// The cut into the fewest units, among those the one whose pairs cost least; `cost` says which pairs may be.
fn cut(question: &Question, cost: impl Fn(usize) -> Option<u32>) -> Vec<Need> {
    /// More than all pairs together can cost.
    const UNIT: u32 = 1 << 10;
    let content = question.content();
    // The cost of the best cut of the first terms, and its last unit.
    let mut best: Vec<(u32, Need)> = vec![(0, Need::Term(0))];
    for (i, &second) in content.iter().enumerate() {
        let mut choice = (best[i].0 + UNIT, Need::Term(second));
        if let Some(&first) = i.checked_sub(1).and_then(|before| content.get(before))
            && let Some(pair) = question.pairs.iter().position(|p| (p.first, p.second) == (first, second))
            && let Some(cost) = cost(pair).filter(|_| !question.pairs[pair].function)
        {
            let whole = best[i - 1].0 + UNIT + cost;
            if whole < choice.0 {
                choice = (whole, Need::Pair(pair));
            }
        }
        best.push(choice);
    }
    let (mut needs, mut n) = (Vec::new(), content.len());
    while n > 0 {
        let need = best[n].1;
        needs.push(need);
        n -= if matches!(need, Need::Pair(_)) { 2 } else { 1 };
    }
    needs.reverse();
    needs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ShortForms;

    fn number(syllable: &str) -> u32 {
        viet_text::syllable_number(syllable).expect("a syllable").into()
    }

    fn planned(words: &str) -> (Vec<String>, Vec<String>) {
        let known = ["giao duc", "dao tao", "mam non", "tuyen sinh", "hoa binh"];
        let mut list: Vec<u32> = known
            .iter()
            .map(|pair| pair.split_once(' ').expect("two"))
            .map(|(a, b)| number(a) << 12 | number(b))
            .collect();
        list.sort_unstable();
        let question = Question::of(words, &ShortForms::new());
        let plan = Plan::of(&question, &Layout { large: false, words: &list }, false);
        let name = |pair: usize| {
            let pair = &question.pairs[pair];
            format!("{}+{}", question.terms[pair.first].folded, question.terms[pair.second].folded)
        };
        let needs = plan.needs.iter().map(|need| match need {
            Need::Term(term) => question.terms[*term].folded.clone(),
            Need::Pair(pair) => name(*pair),
        });
        let keys = plan.terms.iter().map(|&t| question.terms[t].folded.clone());
        (needs.collect(), keys.chain(plan.pairs.iter().map(|&p| name(p))).collect())
    }

    #[test]
    fn words_of_the_archive_are_needed_together_and_the_rest_anywhere() {
        assert_eq!(planned("hoà bình").0, ["hoa+binh"]);
        assert_eq!(planned("bão Huế").0, ["bao", "hue"]);
        assert_eq!(planned("giáo dục mầm non").0, ["giao+duc", "mam+non"]);
        assert_eq!(planned("tuyển sinh lớp 10").0, ["tuyen+sinh", "lop", "10"]);
        assert_eq!(planned("Huế giáo dục mầm non").0, ["hue", "giao+duc", "mam+non"]);
    }

    #[test]
    fn three_files_are_enough_for_six_syllables() {
        let (needs, keys) = planned("bạn nhà sách xe đường");
        assert_eq!(needs, ["ban+nha", "sach+xe", "duong"]);
        assert_eq!(keys, ["duong", "ban+nha", "sach+xe"]);
        assert_eq!(planned("bạn nhà sách xe đường phố").1, ["ban+nha", "sach+xe", "duong+pho"]);
    }

    #[test]
    fn where_pairs_lie_apart_they_are_looked_up_instead_of_their_syllables() {
        assert_eq!(planned("tuyển sinh").1, ["tuyen+sinh"]);
        assert_eq!(planned("bão Huế").1, ["bao", "hue", "bao+hue"]);
    }

    #[test]
    fn a_quoted_pair_is_always_looked_up() {
        assert_eq!(planned("“bão Huế”").0, ["bao+hue"]);
        let (needs, _) = planned("xe “bão Huế” giáo dục");
        assert_eq!(needs, ["xe", "bao+hue", "giao+duc"]);
    }
}
