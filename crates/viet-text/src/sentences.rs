//! Where the sentences of a text end: for reading aloud one by one.
//!
//! Not here: who reads (the app's `platform::speech`).

use std::ops::Range;

/// Characters that may stand between the end of a sentence and the space after it.
const CLOSING: &[char] = &['"', '”', '’', '»', ')', ']', '…'];

/// The sentences of a text as ranges of its bytes, without the white space around them, none of them empty.
///
/// A sentence ends with `.`, `!`, `?`, `…` or `;` before white space, or with a line. A full stop after a number
/// ("1. Thời gian"), after a capital alone ("GS. Nguyễn" has two, "Q. 1" one) or before a small letter ends none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut close = |start: &mut usize, end: usize| {
        let part = &text[*start..end];
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let from = *start + (part.len() - part.trim_start().len());
            found.push(from..from + trimmed.len());
        }
        *start = end;
    };
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c == '\n' {
            close(&mut start, end);
        } else if matches!(c, '.' | '!' | '?' | '…' | ';') {
            let behind = text[end..].trim_start_matches(CLOSING);
            let Some(space) = behind.chars().next() else { continue };
            let next = behind.trim_start().trim_start_matches(['"', '“', '‘', '«', '(', '[', '-', '–', ' ']);
            let goes_on = next.chars().next().is_some_and(char::is_lowercase);
            if space.is_whitespace() && !goes_on && !(c == '.' && is_abbreviation(&text[start..at])) {
                close(&mut start, text.len() - behind.len());
            }
        }
    }
    close(&mut start, text.len());
    found
}

/// Whether what ends here is a number or one to three capitals: a full stop after it belongs to it.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let numbers = word.chars().all(char::is_numeric) && before.trim() == word;
    numbers || (word.chars().count() <= 3 && word.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sentences_are_all_of_the_text_but_the_space_between(text in "[aĂồ1. !?…;”(\n]{0,60}") {
            let parts: String = sentences(&text).into_iter().map(|range| &text[range]).collect();
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(plain(&parts), plain(&text));
        }
    }

    #[test]
    fn sentences_end_where_a_reader_takes_breath() {
        let read = |text: &str| sentences(text).into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            read("Sở họp ngày 11.9.2021. Ai dự? Tất cả!"),
            ["Sở họp ngày 11.9.2021.", "Ai dự?", "Tất cả!"]
        );
        assert_eq!(read("1. Thời gian: 8 giờ. 2 buổi"), ["1. Thời gian: 8 giờ.", "2 buổi"]);
        assert_eq!(
            read("GS. Nguyễn Văn A nói: “Tốt.” Mọi người vỗ tay."),
            ["GS. Nguyễn Văn A nói: “Tốt.”", "Mọi người vỗ tay."]
        );
        assert_eq!(read("v.v. và các nội dung khác… tiếp theo"), ["v.v. và các nội dung khác… tiếp theo"]);
        assert_eq!(read("một\nhai\n\n"), ["một", "hai"]);
        assert_eq!(read(" \n "), Vec::<String>::new());
    }
}
