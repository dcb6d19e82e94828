//! The letter tables: what base letter, vowel mark and tone a character carries.
//!
//! Not here: what to do with them (`fold`, `order`).

/// Base letters of U+00C0..=U+017F, in order; a space where the character is no letter with a mark.
/// The sharp s, æ and œ fold to their first letter: one character in, one out, keeps offsets simple, and
/// Vietnamese news does not depend on them.
const LATIN: &str = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty\
AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/// Base letters of U+1EA0..=U+1EF9, the block made for Vietnamese: every letter comes as a capital and
/// small pair, so half of it is enough.
const VIETNAMESE: &str = "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

/// The letter under the marks, in lower case; the character itself when it carries none.
///
/// Expects lower case or upper case; gives lower case for every letter of the tables.
pub(crate) fn base(c: char) -> char {
    let at = |table: &str, i: u32| table.as_bytes()[i as usize] as char;
    match c {
        '\u{c0}'..='\u{17f}' => match at(LATIN, c as u32 - 0xc0) {
            ' ' => c,
            letter => letter.to_ascii_lowercase(),
        },
        'ơ' | 'Ơ' => 'o',
        // U+01A3 is the letter oi. Old fonts drew ư at its place, so texts converted from them write
        // "phƣơng" for "phương"; no Vietnamese text means oi.
        'ư' | 'Ư' | '\u{1a3}' | '\u{1a2}' => 'u',
        '\u{1cd}'..='\u{1dc}' => b"aaiioouuuuuuuuuu"[(c as u32 - 0x1cd) as usize] as char,
        '\u{1ea0}'..='\u{1ef9}' => at(VIETNAMESE, (c as u32 - 0x1ea0) / 2),
        c => c.to_ascii_lowercase(),
    }
}

/// Marks that stand on the letter before them (text in NFD), and characters that are not seen at all.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'           // combining marks
        | '\u{ad}'                      // soft hyphen
        | '\u{200b}'..='\u{200f}'       // zero-width spaces and joiners, direction marks
        | '\u{202a}'..='\u{202e}'       // direction embeddings
        | '\u{2060}'..='\u{2064}'       // word joiner and invisible operators
        | '\u{2066}'..='\u{2069}'       // direction isolates
        | '\u{fe00}'..='\u{fe0f}'       // variation selectors
        | '\u{feff}'                    // byte order mark
    )
}

/// Vietnamese vowels by the letter they are, in the order of the alphabet, each in the tones ngang, huyền, hỏi,
/// ngã, sắc, nặng, which is the order of dictionaries.
const VOWELS: [&str; 12] = [
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
];

/// The tone marks as characters of their own, in the order of [`VOWELS`] from huyền on.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// A small Vietnamese vowel as the letter it is and its tone: `vowel('ậ') == Some(('â', 5))`. Tones are counted
/// from 0: ngang, huyền, hỏi, ngã, sắc, nặng. `None` for consonants, capitals and other letters.
pub fn vowel(c: char) -> Option<(char, u8)> {
    VOWELS.iter().find_map(|row| {
        let tone = row.chars().position(|v| v == c)?;
        Some((row.chars().next()?, u8::try_from(tone).ok()?))
    })
}

/// The tone that a combining mark stands for, from 1 (huyền) to 5 (nặng).
pub(crate) fn tone_mark(c: char) -> Option<u8> {
    let at = TONES.iter().position(|&mark| mark == c)?;
    u8::try_from(at + 1).ok()
}

/// Where a small letter stands among those with the same base: a 0, ă 1, â 2; o 0, ô 1, ơ 2; d 0, đ 1.
pub(crate) fn letter_rank(letter: char) -> u8 {
    match letter {
        'ă' | 'đ' | 'ê' | 'ô' | 'ư' => 1,
        'â' | 'ơ' => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn the_tables_agree_with_unicode_decomposition() {
        for c in ('\u{c0}'..='\u{17f}').chain('\u{1ea0}'..='\u{1ef9}').chain("ơƠưƯ".chars()) {
            let decomposed = c.nfd().next().expect("a character decomposes to something");
            if decomposed.is_ascii_alphabetic() {
                assert_eq!(base(c), decomposed.to_ascii_lowercase(), "{c} U+{:04X}", c as u32);
            }
        }
        assert_eq!((base('đ'), base('Đ'), base('\u{1a3}')), ('d', 'd', 'u'));
        assert_eq!((base('×'), base('÷')), ('×', '÷'));
    }

    #[test]
    fn vowels_agree_with_unicode_decomposition() {
        for c in ('\u{c0}'..='\u{17f}').chain('\u{1ea0}'..='\u{1ef9}').chain("ơư".chars()) {
            if let Some((letter, tone)) = vowel(c) {
                assert_eq!(base(letter), base(c), "{c}");
                assert_eq!(c.nfd().find_map(tone_mark).unwrap_or(0), tone, "{c}");
            }
        }
        assert_eq!([vowel('ậ'), vowel('đ'), vowel('Á')], [Some(('â', 5)), None, None]);
    }
}
