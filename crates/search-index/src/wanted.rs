//! Where the words of a query stand in a text that is shown.
//!
//! Not here: what is cut out of the text (`snippet`).

use crate::{
    Document, ShortForms,
    question::Question,
    reading::{Reader, Tok},
};
use std::ops::Range;

/// Finds the words of a query in texts.
pub struct Wanted {
    question: Question,
    reader: Reader,
}

impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wanted").field("question", &self.question).finish_non_exhaustive()
    }
}

/// A place in a text where a syllable asked for stands.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    /// Which syllable, as a position in [`Question::terms`].
    pub(crate) syllable: usize,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Whether it has the marks that were typed; always, where none were.
    pub(crate) same_marks: bool,
    /// Which pair of the question it makes with the syllable right before it in the text.
    pub(crate) pair: Option<usize>,
}

impl Wanted {
    /// The words of a query.
    pub fn of(words: &str, own: &ShortForms) -> Self {
        let mut reader = Reader::new(own);
        Self { question: Question::read(words, &mut reader), reader }
    }

    /// Whether anything asked for stands in a document, as it must where the index says so. Always, where nothing is
    /// asked for.
    pub fn stand_in(&mut self, document: &Document) -> bool {
        let Document { headline, tags, text, .. } = document;
        let fields = [&headline.title, &headline.summary, text];
        self.question.content().is_empty()
            || fields.into_iter().chain(tags).any(|field| !self.occurrences(field).is_empty())
    }

    /// How many different syllables are asked for.
    pub(crate) fn syllables(&self) -> usize {
        self.question.terms.len()
    }

    /// How many different pairs of neighbours are asked for.
    pub(crate) fn pairs(&self) -> usize {
        self.question.pairs.len()
    }

    /// How many different syllables, and pairs of them, a text can have: function words are not looked for.
    pub(crate) fn findable(&self) -> (usize, usize) {
        let content = self.question.content();
        let is_findable = |at: &usize| content.contains(at);
        let pairs =
            self.question.pairs.iter().filter(|pair| [pair.first, pair.second].iter().all(is_findable));
        (content.len(), pairs.count())
    }

    fn position(&self, tok: &Tok) -> Option<usize> {
        let folded = self.reader.folded(tok.term);
        self.question.terms.iter().position(|term| !term.function && term.folded == folded)
    }

    /// Every place of a text where a syllable asked for stands, in order. A short form is one place, that of its
    /// first syllable asked for.
    pub(crate) fn occurrences(&mut self, text: &str) -> Vec<Occurrence> {
        let mut found: Vec<Occurrence> = Vec::new();
        if self.question.terms.is_empty() {
            return found;
        }
        let mut before = None;
        for tok in self.reader.read(text) {
            let here = self.position(&tok);
            let range = tok.start as usize..tok.end as usize;
            if let Some(syllable) = here {
                let term = &self.question.terms[syllable];
                let same_marks = term.marks.is_empty() || term.marks.contains(&tok.marks);
                let pair = before.filter(|_| !tok.new_line).and_then(|before| {
                    self.question
                        .pairs
                        .iter()
                        .position(|pair| (pair.first, pair.second) == (before, syllable))
                });
                if found.last().is_none_or(|last| last.range != range) {
                    found.push(Occurrence { syllable, range, same_marks, pair });
                }
            }
            before = here;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str, text: &str) -> Vec<(String, bool, bool)> {
        let places = Wanted::of(words, &ShortForms::new()).occurrences(text);
        places.into_iter().map(|o| (text[o.range].to_owned(), o.same_marks, o.pair.is_some())).collect()
    }

    #[test]
    fn syllables_are_found_whole_with_their_marks_and_neighbours() {
        let expected = |rows: &[(&str, bool, bool)]| {
            rows.iter().map(|&(t, m, p)| (t.to_owned(), m, p)).collect::<Vec<_>>()
        };
        assert_eq!(
            found("hội nghị", "HỘI NGHỊ; cơ hội nghỉ, nghị hội, hộinghị"),
            expected(&[
                ("HỘI", true, false),
                ("NGHỊ", true, true),
                ("hội", true, false),
                ("nghỉ", false, true),
                ("nghị", true, false),
                ("hội", true, false),
            ])
        );
        assert_eq!(found("cao đẳng", "cạo cao"), expected(&[("cạo", false, false), ("cao", true, false)]));
        assert_eq!(found("cao dang", "cạo đẳng"), expected(&[("cạo", true, false), ("đẳng", true, true)]));
        assert_eq!(found("xanh xanh", "xanh xanh"), expected(&[("xanh", true, false), ("xanh", true, true)]));
        assert_eq!(found("…", "giáo dục"), []);
    }

    #[test]
    fn a_short_form_is_marked_whole_and_once() {
        let marked = |words, text| found(words, text).into_iter().map(|(text, ..)| text).collect::<Vec<_>>();
        assert_eq!(marked("giáo dục và đào tạo", "Sở GD&ĐT họp"), ["GD&ĐT"]);
        assert_eq!(marked("GDĐT", "ngành Giáo dục và Đào tạo"), ["Giáo", "dục", "Đào", "tạo"]);
        assert_eq!(marked("11/9/2021", "ngày 11/09/2021"), ["11", "09", "2021"]);
    }
}
