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

/// The tone of a Vietnamese vowel letter: 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng (dictionary order).
pub(crate) fn tone(c: char) -> u8 {
    match c {
        'à' | 'ằ' | 'ầ' | 'è' | 'ề' | 'ì' | 'ò' | 'ồ' | 'ờ' | 'ù' | 'ừ' | 'ỳ' | '\u{300}' => {
            1
        }
        'ả' | 'ẳ' | 'ẩ' | 'ẻ' | 'ể' | 'ỉ' | 'ỏ' | 'ổ' | 'ở' | 'ủ' | 'ử' | 'ỷ' | '\u{309}' => {
            2
        }
        'ã' | 'ẵ' | 'ẫ' | 'ẽ' | 'ễ' | 'ĩ' | 'õ' | 'ỗ' | 'ỡ' | 'ũ' | 'ữ' | 'ỹ' | '\u{303}' => {
            3
        }
        'á' | 'ắ' | 'ấ' | 'é' | 'ế' | 'í' | 'ó' | 'ố' | 'ớ' | 'ú' | 'ứ' | 'ý' | '\u{301}' => {
            4
        }
        'ạ' | 'ặ' | 'ậ' | 'ẹ' | 'ệ' | 'ị' | 'ọ' | 'ộ' | 'ợ' | 'ụ' | 'ự' | 'ỵ' | '\u{323}' => {
            5
        }
        _ => 0,
    }
}

/// The vowel mark that makes a letter of its own in the alphabet: 0 none, 1 breve (ă) or bar (đ) or
/// circumflex where there is no breve (ê), 2 circumflex (â, and ô before ơ), in dictionary order.
pub(crate) fn letter_rank(c: char) -> u8 {
    match c {
        'ă' | 'ằ' | 'ẳ' | 'ẵ' | 'ắ' | 'ặ' | 'đ' => 1,
        'ê' | 'ề' | 'ể' | 'ễ' | 'ế' | 'ệ' | 'ô' | 'ồ' | 'ổ' | 'ỗ' | 'ố' | 'ộ' => 1,
        'ư' | 'ừ' | 'ử' | 'ữ' | 'ứ' | 'ự' | '\u{1a3}' => 1,
        'â' | 'ầ' | 'ẩ' | 'ẫ' | 'ấ' | 'ậ' | 'ơ' | 'ờ' | 'ở' | 'ỡ' | 'ớ' | 'ợ' => 2,
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
    fn tones_agree_with_unicode_decomposition() {
        for c in ('\u{c0}'..='\u{17f}').chain('\u{1ea0}'..='\u{1ef9}').filter(|c| c.is_lowercase()) {
            if "aeiouy".contains(base(c)) && tone(c) > 0 {
                assert!(c.nfd().any(|mark| tone(mark) == tone(c)), "{c}");
            }
        }
    }
}
