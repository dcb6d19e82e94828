//! What is asked: words of the titles of articles, as one types them who remembers having read one.
//!
//! Not here: whether they are found (`ranking`), what they cost (`cost`).

use crate::{articles::Articles, chance::Chance};
use std::collections::{HashMap, HashSet};

/// Words that only join others, as they are spelled.
const FUNCTION_WORDS: &str = "và của có là cho được trong đã với không một các những này đó về từ khi ra vào \
thì mà bị do để đến ở cũng như sẽ tại theo trên nên hay hoặc rằng vẫn đang rất nhưng nếu vì bởi sau trước";

/// How the syllables of a query stand in the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// So many side by side, whatever they are.
    Consecutive(usize),
    /// So many side by side, or fewer, of which three say something, the first and the last among them.
    Run(usize),
    /// Three that say something, from anywhere.
    Scattered,
}

/// How a query is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typed {
    AsWritten,
    WithoutMarks,
    WithSlip,
}

/// Makes queries of titles.
pub struct Asker<'a> {
    articles: &'a Articles,
    /// In how many articles each folded syllable stands.
    frequencies: HashMap<String, u32>,
}

impl<'a> Asker<'a> {
    /// Counts in how many articles each syllable stands; of very many articles only in some of them.
    pub fn new(articles: &'a Articles) -> Self {
        const COUNTED: u32 = 20_000;
        let mut frequencies: HashMap<String, u32> = HashMap::new();
        let step = articles.count().div_ceil(COUNTED).max(1);
        let mut seen = HashSet::new();
        for number in (0..articles.count()).step_by(step as usize) {
            let words = articles.words(number);
            for text in [&words.title, &words.lead, &words.body] {
                viet_text::tokens(text, |token| {
                    if !seen.contains(token.folded) {
                        seen.insert(token.folded.to_owned());
                    }
                });
            }
            for folded in seen.drain() {
                *frequencies.entry(folded).or_default() += step;
            }
        }
        Self { articles, frequencies }
    }

    /// Whether a syllable says something: it stands in fewer than half of all articles and is no function word.
    fn says_something(&self, token: &str) -> bool {
        let small = token.to_lowercase();
        let folded = viet_text::fold(token);
        let frequency = self.frequencies.get(&folded).copied().unwrap_or(0);
        frequency * 2 < self.articles.count() && !FUNCTION_WORDS.split_whitespace().any(|word| word == small)
    }

    /// The title's syllables, as they are written.
    fn title(&self, number: u32) -> Vec<String> {
        let title = self.articles.words(number).title.clone();
        viet_text::syllables(&title).map(|s| title[s.start..s.end].to_owned()).collect()
    }

    /// Articles whose titles give all kinds of queries, in any order, at most `most`.
    pub fn sample(&self, most: usize, seed: u64) -> Vec<u32> {
        let mut all: Vec<u32> = (0..self.articles.count()).collect();
        Chance::new(seed, 1).shuffle(&mut all);
        let good = |&number: &u32| {
            let title = self.title(number);
            title.len() >= 5 && self.content(&title).len() >= 3
        };
        all.into_iter().filter(good).take(most).collect()
    }

    /// Positions of the syllables that say something, each once.
    fn content(&self, title: &[String]) -> Vec<usize> {
        let mut seen = HashSet::new();
        (0..title.len())
            .filter(|&at| self.says_something(&title[at]) && seen.insert(viet_text::fold(&title[at])))
            .collect()
    }

    /// A query for an article; `None` where its title is too short for it.
    pub fn query(&self, number: u32, pick: Pick, typed: Typed, chance: &mut Chance) -> Option<String> {
        let title = self.title(number);
        let mut picked: Vec<String> = match pick {
            Pick::Consecutive(count) => {
                let first = chance.below((title.len() + 1).checked_sub(count)?);
                title[first..first + count].to_vec()
            }
            Pick::Run(most) => {
                let says: Vec<bool> = title.iter().map(|word| self.says_something(word)).collect();
                let fits = |run: &[bool]| {
                    run.iter().filter(|&&says| says).count() >= 3
                        && run.first() == Some(&true)
                        && run.last() == Some(&true)
                };
                let runs_of = |count: usize| -> Vec<usize> {
                    (0..)
                        .zip(says.windows(count))
                        .filter(|(_, run)| fits(run))
                        .map(|(first, _)| first)
                        .collect()
                };
                let (count, firsts) =
                    (3..=most).rev().map(|count| (count, runs_of(count))).find(|(_, f)| !f.is_empty())?;
                let first = *chance.one_of(&firsts)?;
                title[first..first + count].to_vec()
            }
            Pick::Scattered => {
                let mut content = self.content(&title);
                if content.len() < 3 {
                    return None;
                }
                chance.shuffle(&mut content);
                content.truncate(3);
                content.sort_unstable();
                content.into_iter().map(|at| title[at].clone()).collect()
            }
        };
        match typed {
            Typed::AsWritten => {}
            Typed::WithoutMarks => picked.iter_mut().for_each(|word| *word = viet_text::fold(word)),
            Typed::WithSlip => {
                let long: Vec<usize> =
                    (0..picked.len()).filter(|&at| picked[at].chars().count() > 1).collect();
                let at = *chance.one_of(&long)?;
                picked[at] = slip(&picked[at], chance);
            }
        }
        Some(picked.join(" "))
    }
}

/// A word of two letters or more with one letter too many, too few, another, or two the wrong way round.
fn slip(word: &str, chance: &mut Chance) -> String {
    let letters: Vec<char> = word.chars().collect();
    loop {
        let mut slipped = letters.clone();
        let at = chance.below(letters.len());
        let other = char::from(b'a' + chance.below(26) as u8);
        match chance.below(4) {
            0 => slipped.insert(chance.below(letters.len() + 1), other),
            1 => drop(slipped.remove(at)),
            2 => slipped[at] = other,
            _ => slipped.swap(at.min(letters.len() - 2), at.min(letters.len() - 2) + 1),
        }
        // Two like letters exchanged are no slip, and a mark that is lost is not one of these four.
        let slipped: String = slipped.into_iter().collect();
        if viet_text::fold(&slipped) != viet_text::fold(word) {
            return slipped;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_slip_changes_one_letter(word in "[a-zàéộưđ]{2,8}", seed: u64) {
            let slipped = slip(&word, &mut Chance::new(seed, 0));
            let (a, b) = (word.chars().count(), slipped.chars().count());
            prop_assert!(a.abs_diff(b) <= 1);
            prop_assert_ne!(viet_text::fold(&slipped), viet_text::fold(&word));
        }
    }
}
