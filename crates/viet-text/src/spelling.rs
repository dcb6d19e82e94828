//! Whether two syllables that fold alike also carry the same marks.
//!
//! Composed and decomposed Unicode, and old and new tone placement (`hoà`, `hòa`), are one spelling; case
//! is none. Marks of other languages are not told apart. Not here: which spellings search takes for the same
//! (`fold`).

use crate::{
    fold_char,
    letters::{tone_mark, vowel},
};

/// The letters of a syllable and its tone (0 for none), apart from each other: where in the syllable the
/// tone is written is a matter of taste.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spelling {
    letters: String,
    tone: u8,
}

impl Spelling {
    /// Reads a syllable as it stands in a text.
    pub fn of(syllable: &str) -> Self {
        let mut spelling = Self { letters: String::with_capacity(syllable.len()), tone: 0 };
        for c in syllable.chars().flat_map(char::to_lowercase) {
            spelling.read(c);
        }
        spelling
    }

    fn read(&mut self, c: char) {
        if let Some(tone) = tone_mark(c) {
            self.tone = tone;
            return;
        }
        let composed = match (c, self.letters.chars().next_back()) {
            ('\u{302}', Some('a')) => 'â',
            ('\u{302}', Some('e')) => 'ê',
            ('\u{302}', Some('o')) => 'ô',
            ('\u{306}', Some('a')) => 'ă',
            ('\u{31b}', Some('o')) => 'ơ',
            ('\u{31b}', Some('u')) => 'ư',
            // Old fonts drew ư at the place of the letter oi.
            ('\u{1a3}', _) => return self.letters.push('ư'),
            _ => return self.read_plain(c),
        };
        self.letters.pop();
        self.letters.push(composed);
    }

    fn read_plain(&mut self, c: char) {
        if c.is_ascii() {
            return self.letters.push(c);
        }
        if let Some((letter, tone)) = vowel(c) {
            self.letters.push(letter);
            if tone > 0 {
                self.tone = tone;
            }
            return;
        }
        // Full-width letters and the like count as what they fold to; invisible characters not at all.
        match fold_char(c) {
            Some(folded) if c != 'đ' => self.letters.push(folded),
            Some(_) => self.letters.push(c),
            None => {}
        }
    }

    /// Whether it has any mark: a tone, or a letter with a hook, hat or bar.
    pub fn is_marked(&self) -> bool {
        self.tone > 0 || self.letters.chars().any(|c| fold_char(c) != Some(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_marks_are_the_same_spelling_however_written() {
        for (a, b) in [
            ("hoà", "hòa"),
            ("THUÝ", "thúy"),
            ("nghị", "nghi\u{323}"),
            ("ngữ", "ngu\u{31b}\u{303}"),
            ("bậc", "ba\u{323}\u{302}c"),
            ("ĐƯỜNG", "đươ\u{300}ng"),
            ("phƣơng", "phương"),
            ("ｈｏａ", "hoa"),
            ("giáo\u{200b}", "giáo"),
        ] {
            assert_eq!(Spelling::of(a), Spelling::of(b), "{a} / {b}");
        }
    }

    #[test]
    fn other_marks_are_another_spelling() {
        for (a, b) in
            [("hoa", "hòa"), ("nghị", "nghỉ"), ("dục", "đục"), ("tư", "tu"), ("câm", "căm"), ("hơn", "hôn")]
        {
            assert_ne!(Spelling::of(a), Spelling::of(b), "{a} / {b}");
        }
    }

    #[test]
    fn syllables_without_marks_are_known() {
        for (syllable, marked) in
            [("hoa", false), ("2021", false), ("HOA", false), ("hoà", true), ("đo", true), ("tư", true)]
        {
            assert_eq!(Spelling::of(syllable).is_marked(), marked, "{syllable}");
        }
    }
}
