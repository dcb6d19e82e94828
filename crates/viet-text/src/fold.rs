//! Folding: the one function that decides which spellings are the same for search.
//!
//! Used by the index builder and by the query alike. Not here: cutting into syllables (`syllables`).

use crate::letters::{base, is_invisible};

/// Folds one character: lower case, no marks, đ as d, `ƣ` as u, every kind of space, dash and quote as the
/// plain one. Gives nothing for combining marks and invisible characters.
pub fn fold_char(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() });
    }
    if is_invisible(c) {
        return None;
    }
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{201c}'..='\u{201f}' | '«' | '»' | '\u{2033}' | '\u{ff02}' => '"',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2b9}'..='\u{2bc}' | '\u{ff07}' => '\'',
        // Full-width forms, as some Asian keyboards type them.
        '\u{ff01}'..='\u{ff5e}' => char::from((c as u32 - 0xff00 + 0x20) as u8).to_ascii_lowercase(),
        c if c.is_whitespace() => ' ',
        c => match base(c) {
            // Other scripts: the simple lower-case letter, so that Б finds б. A letter whose lower case
            // is longer than one character keeps its first.
            same if same == c => {
                let small = c.to_lowercase().next().filter(|&l| !is_invisible(l)).unwrap_or(c);
                // A capital can be without a mark by the tables and its small letter not: ẞ, ß, s.
                base(small)
            }
            letter => letter,
        },
    })
}

/// Folds a text for comparison: `fold("Giáo dục") == fold("GIAO DỤC") == "giao duc"`.
///
/// Old and new tone placement (`hoà`, `hòa`), composed and decomposed Unicode, `đ`/`Đ`, `ƣ` for `ư`,
/// no-break spaces, and all dashes and quotes fall together. Idempotent. Length in bytes never grows by
/// more than the input's own.
pub fn fold(text: &str) -> String {
    text.chars().filter_map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn spellings_that_readers_take_for_the_same_fold_together() {
        for (a, b) in [
            ("Giáo dục", "giao duc"),
            ("hoà bình", "hòa bình"),
            ("Thuý", "Thúy"),
            ("ĐẠI HỌC", "đại học"),
            ("phƣơng hƣớng", "phương hướng"),
            ("Ƣu tiên", "Ưu tiên"),
            ("năm\u{a0}học", "năm học"),
            ("2020–2021", "2020-2021"),
            ("“Dạy tốt”", "\"day tot\""),
            ("k\u{200b}ế hoạch", "kế hoạch"),
            ("ＧＤ＆ĐＴ", "gd&dt"),
            ("Ấ Ậ Ẵ ặ ộ", "a a a a o"),
            ("GROẞ", "groß"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn every_character_is_folded_by_folding_once() {
        for c in '\0'..=char::MAX {
            if let Some(folded) = fold_char(c) {
                assert_eq!(fold_char(folded), Some(folded), "{c:?}");
            }
        }
    }

    /// Every letter of the Vietnamese alphabet with every tone, as a class for generated texts.
    const VIETNAMESE: &str = "[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ 0-9-]*";

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_vietnamese_fold_the_same(text in VIETNAMESE) {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(fold(&nfc), fold(&nfd));
        }

        #[test]
        fn case_does_not_matter(text in VIETNAMESE) {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text.to_lowercase()));
        }
    }
}
