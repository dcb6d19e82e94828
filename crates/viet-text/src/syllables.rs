//! Cutting a text into syllables, the unit of Vietnamese search.
//!
//! Not here: joining syllables into words. Vietnamese writes a space between syllables, not between words,
//! and search ranks by neighbourhood instead of guessing words.

use crate::fold::fold_char;

/// One syllable (or number) of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syllable {
    /// The folded letters and digits, never empty.
    pub folded: String,
    /// Where it stands in the text, in bytes, marks included: `&text[start..end]`.
    pub start: usize,
    /// The byte after its last character.
    pub end: usize,
}

/// The syllables of a text in order: runs of letters and digits. Everything else parts them.
pub fn syllables(text: &str) -> impl Iterator<Item = Syllable> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut syllable: Option<Syllable> = None;
        while let Some(&(at, c)) = chars.peek() {
            match fold_char(c) {
                Some(folded) if folded.is_alphanumeric() => {
                    let s = syllable.get_or_insert_with(|| Syllable {
                        folded: String::new(),
                        start: at,
                        end: at,
                    });
                    s.folded.push(folded);
                    s.end = at + c.len_utf8();
                }
                // A combining mark belongs to the letter before it; alone it is nothing.
                None => {
                    if let Some(s) = &mut syllable {
                        s.end = at + c.len_utf8();
                    }
                }
                Some(_) if syllable.is_some() => break,
                Some(_) => {}
            }
            chars.next();
        }
        syllable
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_keep_their_place_in_the_text() {
        let text = "Sở GD&ĐT – năm\u{a0}2021: “h\u{1ecd}c”";
        let found: Vec<_> = syllables(text).map(|s| (s.folded, &text[s.start..s.end])).collect();
        let folded: Vec<_> = found.iter().map(|(f, _)| f.as_str()).collect();
        assert_eq!(folded, ["so", "gd", "dt", "nam", "2021", "hoc"]);
        assert_eq!(found[0].1, "Sở");
        assert_eq!(found[2].1, "ĐT");
    }

    #[test]
    fn a_decomposed_syllable_ends_after_its_marks() {
        let text = "ho\u{323}c sinh";
        let first = syllables(text).next().expect("there is one");
        assert_eq!((first.folded.as_str(), &text[first.start..first.end]), ("hoc", "ho\u{323}c"));
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_on_character_boundaries(text in "\\PC*") {
            let mut before = 0;
            for s in syllables(&text) {
                prop_assert!(s.start >= before && s.end > s.start);
                prop_assert!(text.get(s.start..s.end).is_some());
                prop_assert!(!s.folded.is_empty());
                before = s.end;
            }
        }

        #[test]
        fn a_text_and_its_folded_form_have_the_same_syllables(text in "[a-zA-ZÀ-ỹđĐ0-9 ,.–]*") {
            let a: Vec<_> = syllables(&text).map(|s| s.folded).collect();
            let folded = crate::fold(&text);
            let b: Vec<_> = syllables(&folded).map(|s| s.folded).collect();
            prop_assert_eq!(a, b);
        }
    }
}
