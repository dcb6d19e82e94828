//! Alphabetical order as a Vietnamese dictionary has it: a ă â b c d đ e ê …, then the tones.

use crate::letters::{base, letter_rank, tone_mark, vowel};

/// A key whose byte order is the Vietnamese alphabetical order of the texts.
///
/// Letters decide first (a < ă < â), tones only between texts of the same letters
/// (ngang < huyền < hỏi < ngã < sắc < nặng), case never. Expects composed text (NFC).
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len());
    let mut tones = Vec::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let (letter, tone) = vowel(c).unwrap_or((c, tone_mark(c).unwrap_or(0)));
        let mut utf8 = [0; 4];
        match base(letter) {
            plain if plain.is_ascii_alphabetic() => letters.extend([plain as u8, letter_rank(letter) + 1]),
            other => letters.extend_from_slice(other.encode_utf8(&mut utf8).as_bytes()),
        }
        tones.push(tone + 1);
    }
    letters.push(0);
    letters.extend(tones);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_sort_as_in_a_dictionary() {
        let sorted = [
            "an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "bai", "da", "đa", "em", "êm", "oi", "ôi",
            "ơi",
        ];
        let mut mixed = sorted;
        mixed.reverse();
        mixed.sort_by_key(|word| sort_key(word));
        assert_eq!(mixed, sorted);
    }

    #[test]
    fn case_does_not_part_words() {
        assert_eq!(sort_key("ĐẠI Học"), sort_key("đại học"));
    }
}
