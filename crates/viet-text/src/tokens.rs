//! The syllables of a text for whoever reads very many: no allocation for each, and the marks as one number.
//!
//! Gives the same syllables as [`syllables`](crate::syllables), which is the plain way and the measure of
//! rightness. Not here: short forms, phrases (`search-index`).

use crate::{
    fold::fold_char,
    letters::{letter_rank, tone_mark, vowel},
};
use std::sync::OnceLock;

/// One syllable, number or foreign word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded letters and digits, never empty.
    pub folded: &'a str,
    /// The marks it was written with; 0 for none. Two tokens that fold alike and have the same number are
    /// spelled alike, wherever the tone is placed and however composed. (Of words longer than any Vietnamese
    /// syllable, two spellings may share a number.)
    pub marks: u8,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Whether a line was broken before it.
    pub new_line: bool,
}

/// What a character means in a token.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Parts tokens.
    Gap,
    /// Is not seen, or is a mark on the letter before.
    Mark { tone: u8, rank: u8 },
    /// A letter or digit: what it folds to, which letter with that base it is, its tone.
    Letter { folded: char, rank: u8, tone: u8 },
}

/// Characters of a block of the table. A text touches five or six blocks; to fill them all before its first search would
/// cost a browser some milliseconds.
const BLOCK: usize = 128;
/// Blocks: all that Vietnamese is written with lies below U+1F00.
const BLOCKS: usize = 0x1f00 / BLOCK;

#[inline]
fn kind(c: char) -> Kind {
    static KINDS: [OnceLock<[Kind; BLOCK]>; BLOCKS] = [const { OnceLock::new() }; BLOCKS];
    let (block, at) = (c as usize / BLOCK, c as usize % BLOCK);
    let Some(kinds) = KINDS.get(block) else { return find_kind(c) };
    let fill =
        || std::array::from_fn(|at| char::from_u32((block * BLOCK + at) as u32).map_or(Kind::Gap, find_kind));
    kinds.get_or_init(fill)[at]
}

fn find_kind(c: char) -> Kind {
    let rank = match c {
        '\u{302}' => 1,
        '\u{306}' => 2,
        '\u{31b}' => 3,
        _ => 0,
    };
    match fold_char(c) {
        None => Kind::Mark { tone: tone_mark(c).unwrap_or(0), rank },
        Some(folded) if folded.is_alphanumeric() => {
            let small = c.to_lowercase().next().unwrap_or(c);
            let (letter, tone) = match small {
                '\u{1a3}' => ('ư', 0),
                small => vowel(small).unwrap_or((small, 0)),
            };
            Kind::Letter { folded, rank: letter_rank(letter), tone }
        }
        Some(_) => Kind::Gap,
    }
}

/// The marks of a token so far.
#[derive(Default)]
struct Marks {
    /// The rank of each letter that can have several, read as digits of a number.
    ranks: u32,
    /// The letter before, and the digit it gave.
    last: Option<(char, u32, u32)>,
    tone: u8,
}

impl Marks {
    /// How many letters share this base.
    fn letters(folded: char) -> u32 {
        match folded {
            'a' | 'o' => 3,
            'e' | 'u' | 'd' => 2,
            _ => 1,
        }
    }

    fn letter(&mut self, folded: char, rank: u8, tone: u8) {
        self.last = Some((folded, self.ranks, u32::from(rank)));
        self.ranks = self.ranks.wrapping_mul(Self::letters(folded)).wrapping_add(u32::from(rank));
        if tone > 0 {
            self.tone = tone;
        }
    }

    /// A combining mark on the letter before.
    fn mark(&mut self, tone: u8, mark: u8) {
        if tone > 0 {
            self.tone = tone;
        }
        let Some((folded, before, rank)) = self.last else { return };
        let marked = match (folded, mark) {
            ('a', 1) => 2,                  // â
            ('a', 2) => 1,                  // ă
            ('e' | 'o', 1) | ('u', 3) => 1, // ê, ô, ư
            ('o', 3) => 2,                  // ơ
            _ => rank,
        };
        self.ranks = before.wrapping_mul(Self::letters(folded)).wrapping_add(marked);
        self.last = Some((folded, before, marked));
    }

    fn number(&self) -> u8 {
        // At most 24 · 6 for a Vietnamese syllable ("đươu" would have the most), so nothing is lost.
        (self.ranks.wrapping_mul(6).wrapping_add(u32::from(self.tone)) % 256) as u8
    }
}

/// How many bits hold the [`marks`](Token::marks) of any spelling of a folded word: 8, or fewer for words with few
/// letters that can be marked.
pub fn marks_bits(folded: &str) -> u32 {
    let spellings = folded.chars().fold(6_u32, |all, c| (all * Marks::letters(c)).min(256));
    32 - (spellings - 1).leading_zeros()
}

/// Calls `each` with every token of a text, in order.
pub fn tokens(text: &str, mut each: impl FnMut(Token<'_>)) {
    let mut folded = String::with_capacity(16);
    let mut marks = Marks::default();
    let (mut start, mut end, mut new_line) = (0, 0, false);
    for (at, c) in text.char_indices() {
        match kind(c) {
            Kind::Letter { folded: letter, rank, tone } => {
                if folded.is_empty() {
                    start = at;
                }
                folded.push(letter);
                marks.letter(letter, rank, tone);
                end = at + c.len_utf8();
            }
            Kind::Mark { tone, rank } => {
                if !folded.is_empty() {
                    marks.mark(tone, rank);
                    end = at + c.len_utf8();
                }
            }
            Kind::Gap => {
                if !folded.is_empty() {
                    each(Token { folded: &folded, marks: marks.number(), start, end, new_line });
                    folded.clear();
                    marks = Marks::default();
                    new_line = false;
                }
                new_line |= c == '\n';
            }
        }
    }
    if !folded.is_empty() {
        each(Token { folded: &folded, marks: marks.number(), start, end, new_line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Spelling, syllables};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn all(text: &str) -> Vec<(String, u8, usize, usize)> {
        let mut found = Vec::new();
        tokens(text, |t| found.push((t.folded.to_owned(), t.marks, t.start, t.end)));
        found
    }

    /// One syllable as it may stand in a text, in capitals, small, decomposed.
    fn syllable() -> impl Strategy<Value = String> {
        let letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
        let vowels: Vec<char> = letters.chars().collect();
        let onset = prop::sample::select(vec!["", "đ", "d", "ng", "qu", "gi"]);
        let rest = prop::sample::select(vec!["", "n", "ng", "i", "a", "u"]);
        (onset, prop::sample::select(vowels), rest, 0..3).prop_map(|(onset, vowel, rest, how)| {
            let syllable = format!("{onset}{vowel}{rest}");
            match how {
                0 => syllable.nfd().collect(),
                1 => syllable.to_uppercase(),
                _ => syllable,
            }
        })
    }

    proptest! {
        #[test]
        fn tokens_are_the_syllables_of_the_plain_way(text in "(\\PC|\\s){0,60}") {
            let plain: Vec<_> = syllables(&text).map(|s| (s.folded, s.start, s.end)).collect();
            let fast: Vec<_> = all(&text).into_iter().map(|(f, _, s, e)| (f, s, e)).collect();
            prop_assert_eq!(fast, plain);
        }

        #[test]
        fn marks_are_the_same_exactly_where_the_spelling_is(a in syllable(), b in syllable()) {
            let ((fa, ma, ..), (fb, mb, ..)) = (all(&a).remove(0), all(&b).remove(0));
            prop_assert_eq!((&fa, ma) == (&fb, mb), Spelling::of(&a) == Spelling::of(&b), "{} {}", a, b);
            prop_assert_eq!(ma > 0, Spelling::of(&a).is_marked());
            prop_assert!(u32::from(ma) < 1 << marks_bits(&fa));
        }
    }

    #[test]
    fn a_broken_line_is_told() {
        let mut lines = Vec::new();
        tokens("một hai.\n\nBa,\u{a0}bốn", |t| lines.push(t.new_line));
        assert_eq!(lines, [false, false, true, false]);
    }
}
