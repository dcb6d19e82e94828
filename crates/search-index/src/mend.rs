//! Finding what was meant by a word that was mistyped.
//!
//! Nothing is stored for it: the words of the archive in the manifest, and the titles of articles that have the other
//! words, know best what belongs beside them. Not here: when a query is mended (`inquiry`).

use crate::{
    format::Manifest,
    question::{Asked, Question},
};
use viet_text::{numbered_syllable, tokens};

/// What a mistyped term should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mended {
    /// The position of the term in [`Question::terms`].
    pub(crate) term: usize,
    /// What it should have been, folded.
    pub(crate) folded: String,
    /// The same as a title spells it, where one does.
    pub(crate) spelled: Option<String>,
}

/// Whether one slip of a finger makes `b` of `a`: a letter too many, too few, another, or two changed about.
pub(crate) fn is_a_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([], []) => false,
        ([_, a @ ..], b) | (b, [_, a @ ..]) if a == b => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) => a1 == b2 && a2 == b1 && a == b,
        _ => false,
    }
}

/// What the words of the archive say: a suspect that is one slip from a syllable that makes a word with a neighbour
/// of it in the query; best with both.
pub(crate) fn by_words(manifest: &Manifest, question: &Question, suspects: &[usize]) -> Option<Mended> {
    let number = |at: Option<usize>| question.terms.get(at?)?.syllable.map(u32::from);
    let mut best: Option<(usize, u32, Mended)> = None;
    for &term in suspects {
        let typed = &question.terms[term].folded;
        let (left, right) = (number(term.checked_sub(1)), number(Some(term + 1)));
        let mut candidates: Vec<(u32, usize)> = Vec::new();
        for &word in &manifest.words {
            let (first, second) = (word >> 12, word & 0xfff);
            let meant = [(Some(first) == left, second), (Some(second) == right, first)];
            for (_, meant) in meant.into_iter().filter(|(fits, _)| *fits) {
                match candidates.iter_mut().find(|(known, _)| *known == meant) {
                    Some((_, sides)) => *sides += 1,
                    None => candidates.push((meant, 1)),
                }
            }
        }
        for (meant, sides) in candidates {
            let Some(folded) = u16::try_from(meant).ok().and_then(numbered_syllable) else { continue };
            if !is_a_slip(typed, &folded) {
                continue;
            }
            let familiar = familiarity(manifest, meant);
            let better = best.as_ref().is_none_or(|(s, f, _)| (sides, familiar) > (*s, *f));
            if better {
                best = Some((sides, familiar, Mended { term, folded, spelled: None }));
            }
        }
    }
    best.map(|(_, _, mended)| mended)
}

/// In how many words of the archive a syllable is.
fn familiarity(manifest: &Manifest, syllable: u32) -> u32 {
    manifest
        .words
        .iter()
        .map(|word| u32::from(word >> 12 == syllable) + u32::from(word & 0xfff == syllable))
        .sum()
}

/// Whatever a syllable of the archive's words can be, without any neighbours: the most familiar.
pub(crate) fn alone(manifest: &Manifest, question: &Question, suspects: &[usize]) -> Option<Mended> {
    let mut best: Option<(u32, Mended)> = None;
    let mut syllables: Vec<u32> = manifest.words.iter().flat_map(|word| [word >> 12, word & 0xfff]).collect();
    syllables.sort_unstable();
    for same in syllables.chunk_by(|a, b| a == b) {
        let Some(folded) = u16::try_from(same[0]).ok().and_then(numbered_syllable) else { continue };
        for &term in suspects {
            let familiar = same.len() as u32;
            if is_a_slip(&question.terms[term].folded, &folded)
                && best.as_ref().is_none_or(|(f, _)| familiar > *f)
            {
                best = Some((familiar, Mended { term, folded: folded.clone(), spelled: None }));
            }
        }
    }
    best.map(|(_, mended)| mended)
}

/// What a title says: one of its tokens is one slip from a suspect that it does not have.
pub(crate) fn by_title(question: &Question, suspects: &[usize], title: &str) -> Option<Mended> {
    let mut found = None;
    let mut all: Vec<(String, &str)> = Vec::new();
    tokens(title, |token| {
        all.push((token.folded.to_owned(), title.get(token.start..token.end).unwrap_or_default()));
    });
    let has = |term: &Asked| all.iter().any(|(folded, _)| *folded == term.folded);
    for &term in suspects {
        let asked = &question.terms[term];
        if has(asked) {
            continue;
        }
        // Not what another term has asked for already.
        let meant = all.iter().find(|(folded, _)| {
            is_a_slip(&asked.folded, folded) && question.terms.iter().all(|other| other.folded != *folded)
        });
        if let Some((folded, spelled)) = meant {
            found = Some(Mended { term, folded: folded.clone(), spelled: Some(spelled.to_lowercase()) });
            break;
        }
    }
    found
}

/// The words of a query with one term replaced.
pub(crate) fn replaced(words: &str, question: &Question, mended: &Mended) -> String {
    let typed = &question.terms[mended.term].folded;
    let meant = mended.spelled.as_ref().filter(|_| question.marked).unwrap_or(&mended.folded);
    let mut places = Vec::new();
    tokens(words, |token| {
        if token.folded == typed {
            places.push(token.start..token.end);
        }
    });
    let mut words = words.to_owned();
    for place in places.into_iter().rev() {
        words.replace_range(place, meant);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ShortForms;

    #[test]
    fn one_slip_is_a_letter_more_or_less_or_another_or_two_changed_about() {
        for (typed, meant) in [
            ("truowng", "truong"),
            ("sing", "sinh"),
            ("duk", "duc"),
            ("hcoc", "hoc"),
            ("ohc", "hoc"),
            ("oc", "hoc"),
            ("hocc", "hoc"),
        ] {
            assert!(is_a_slip(typed, meant) && is_a_slip(meant, typed), "{typed} {meant}");
        }
        for (typed, meant) in
            [("hoc", "hoc"), ("hcoo", "hoc"), ("chuong", "truong"), ("", "ab"), ("abc", "cba")]
        {
            assert!(!is_a_slip(typed, meant), "{typed} {meant}");
        }
    }

    #[test]
    fn a_title_says_what_was_meant_and_the_words_are_replaced() {
        let question = Question::of("thông báo tuyển sing", &ShortForms::new());
        let mended = by_title(&question, &[0, 3], "Thông báo Tuyển sinh lớp 10").expect("sinh");
        assert_eq!((mended.term, mended.folded.as_str()), (3, "sinh"));
        assert_eq!(replaced("thông báo tuyển sing", &question, &mended), "thông báo tuyển sinh");
        assert_eq!(by_title(&question, &[0], "Thông báo"), None);
    }
}
