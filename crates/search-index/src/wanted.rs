//! The words of a query as search wants them, and where they stand in a text.

use std::ops::Range;
use viet_text::Spelling;
use viet_text::syllables;

/// The syllables asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Each folded syllable once, in byte order, with the ways it was typed.
    syllables: Vec<(String, Vec<Spelling>)>,
    /// Which syllable is followed by which in the query, each pair once, in order.
    pairs: Vec<(usize, usize)>,
    /// Whether any mark was typed. Then a syllable without marks was meant without, too: the reader who
    /// types "cao đẳng" means no "cạo".
    marked: bool,
}

/// A place in a text where a syllable asked for stands.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    /// Which syllable, as a position in [`Wanted`].
    pub(crate) syllable: usize,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Whether it has the marks that were typed; always, where none were.
    pub(crate) same_marks: bool,
    /// Which pair of [`Wanted`] it makes with the syllable right before it in the text.
    pub(crate) pair: Option<usize>,
}

impl Wanted {
    /// The syllables of a query's words.
    pub(crate) fn of(words: &str) -> Self {
        let mut wanted = Self::default();
        let typed: Vec<_> =
            syllables(words).map(|s| (s.folded, Spelling::of(&words[s.start..s.end]))).collect();
        wanted.marked = typed.iter().any(|(_, spelling)| spelling.is_marked());
        let mut folded: Vec<_> = typed.iter().map(|(folded, _)| folded.clone()).collect();
        folded.sort();
        folded.dedup();
        wanted.syllables = folded.into_iter().map(|folded| (folded, Vec::new())).collect();
        let mut before = None;
        for (folded, spelling) in typed {
            let Some(at) = wanted.position(&folded) else { continue };
            wanted.syllables[at].1.push(spelling);
            wanted.pairs.extend(before.map(|before| (before, at)));
            before = Some(at);
        }
        wanted.pairs.sort_unstable();
        wanted.pairs.dedup();
        wanted
    }

    /// Whether no syllable is asked for, so that every text fits.
    pub(crate) fn is_empty(&self) -> bool {
        self.syllables.is_empty()
    }

    /// How many different syllables are asked for.
    pub(crate) fn syllables(&self) -> usize {
        self.syllables.len()
    }

    /// How many different pairs of neighbours are asked for.
    pub(crate) fn pairs(&self) -> usize {
        self.pairs.len()
    }

    fn position(&self, folded: &str) -> Option<usize> {
        self.syllables.binary_search_by(|(known, _)| known.as_str().cmp(folded)).ok()
    }

    /// Every place of a text where a syllable asked for stands, in order.
    pub(crate) fn occurrences(&self, text: &str) -> Vec<Occurrence> {
        let mut found: Vec<Occurrence> = Vec::new();
        if self.is_empty() {
            return found;
        }
        let mut before = None;
        for s in syllables(text) {
            let here = self.position(&s.folded);
            if let Some(syllable) = here {
                let spellings = &self.syllables[syllable].1;
                let same_marks = !self.marked || spellings.contains(&Spelling::of(&text[s.start..s.end]));
                let pair = before.and_then(|before| self.pairs.binary_search(&(before, syllable)).ok());
                found.push(Occurrence { syllable, range: s.start..s.end, same_marks, pair });
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
        let places = Wanted::of(words).occurrences(text);
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
}
