//! The lines of iCalendar (RFC 5545, 3.1): unfolded, and taken apart into name, parameters and value.
//!
//! Not here: what any of them means.

use super::fault::{Fault, shown};

/// One content line: `NAME;PARAMETER=value:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the file, from 1; the first one where it is folded.
    pub(super) number: usize,
    /// In capitals.
    pub(super) name: String,
    /// Names in capitals, values without quotes; a list stays one text.
    parameters: Vec<(String, String)>,
    /// As it stands in the file.
    pub(super) value: String,
}

impl Line {
    /// The value of a parameter, by its name in capitals.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value as text (3.3.11), line breaks as they are meant.
    pub(super) fn text(&self) -> String {
        unescape(&self.value)
    }

    /// The value as a list of texts, cut at commas that are not escaped.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        let mut escaped = false;
        let parts = self.value.split(move |c| {
            let cut = c == ',' && !escaped;
            escaped = c == '\\' && !escaped;
            cut
        });
        parts.map(unescape)
    }
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(c @ ('\\' | ';' | ',' | ':' | '"')) => text.push(c),
                // Not an escape: a path like C:\Lich that a program did not escape.
                Some(c) => text.extend(['\\', c]),
                None => text.push('\\'),
            },
            '\r' => {}
            c => text.push(c),
        }
    }
    text
}

/// Takes the file apart. A line that is none is reported and passed over.
pub(super) fn lines(bytes: &[u8], faults: &mut Vec<Fault>) -> Vec<Line> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut unfolded: Vec<(usize, Vec<u8>)> = Vec::new();
    for (at, line) in bytes.split(|&b| b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line.first(), unfolded.last_mut()) {
            // Joined as bytes: some programs fold in the middle of a letter.
            (Some(b' ' | b'\t'), Some((_, before))) => before.extend_from_slice(&line[1..]),
            (None, _) => {}
            _ => unfolded.push((at + 1, line.to_vec())),
        }
    }
    let mut lines = Vec::with_capacity(unfolded.len());
    for (number, bytes) in unfolded {
        let text = String::from_utf8_lossy(&bytes);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            let cure = "Export the calendar as UTF-8.";
            faults.push(Fault::noted(number, "encoding", "Some letters are not UTF-8; they are lost.", cure));
        }
        match line(number, &text) {
            Some(line) => lines.push(line),
            None if text.trim().is_empty() => {}
            None => faults.push(Fault::noted(
                number,
                "line",
                format!("“{}” is not a line of iCalendar; it was passed over.", shown(&text)),
                "Write NAME:value, and begin a continued line with a space.",
            )),
        }
    }
    lines
}

fn line(number: usize, text: &str) -> Option<Line> {
    let name_end = text.find([';', ':'])?;
    let name = &text[..name_end];
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')) {
        return None;
    }
    // RFC 5545 has no groups, but some programs write them as in vCard: `item1.SUMMARY`.
    let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
    let mut parameters = Vec::new();
    let mut rest = &text[name_end..];
    while let Some(parameter) = rest.strip_prefix(';') {
        let (key, after) = parameter.split_once('=')?;
        if key.contains([':', ';']) {
            return None;
        }
        let end = end_of_parameter(after)?;
        parameters.push((key.to_ascii_uppercase(), unquote(&after[..end])));
        rest = &after[end..];
    }
    let value = rest.strip_prefix(':')?.to_owned();
    Some(Line { number, name, parameters, value })
}

/// Where the value of a parameter ends: the first `;` or `:` outside quotes.
fn end_of_parameter(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|b| {
        quoted ^= b == b'"';
        !quoted && matches!(b, b';' | b':')
    })
}

/// Without quotes, with the carets of RFC 6868 undone. From left to right, because `^^'` is a caret before an
/// apostrophe and not a quote after one.
fn unquote(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars().filter(|&c| c != '"');
    while let Some(c) = rest.next() {
        match c {
            '^' => match rest.next() {
                Some('n') => text.push(' '),
                Some('\'') => text.push('"'),
                Some('^') => text.push('^'),
                other => text.extend(std::iter::once('^').chain(other)),
            },
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> (Vec<Line>, Vec<Fault>) {
        let mut faults = Vec::new();
        (lines(text, &mut faults), faults)
    }

    #[test]
    fn folded_lines_are_joined_even_inside_a_letter() {
        let (lines, faults) = read("SUMMARY:Họp \r\n giao\r\n\t ban\r\n\r\nUID:1\n".as_bytes());
        assert_eq!(lines[0].value, "Họp giao ban");
        assert_eq!((lines[1].number, lines[1].value.as_str()), (5, "1"));
        assert!(faults.is_empty());
        let mut torn = "SUMMARY:Họp".as_bytes().to_vec();
        let middle = torn.len() - 2;
        torn.splice(middle..middle, *b"\r\n ");
        assert_eq!(read(&torn).0[0].value, "Họp");
    }

    #[test]
    fn parameters_may_be_quoted() {
        let (lines, _) = read(b"organizer;CN=\"An; Ph\xc3\xb2ng: 1\";role=CHAIR:mailto:an@example.vn");
        assert_eq!(lines[0].name, "ORGANIZER");
        assert_eq!(lines[0].parameter("CN"), Some("An; Phòng: 1"));
        assert_eq!(lines[0].parameter("ROLE"), Some("CHAIR"));
        assert_eq!(lines[0].value, "mailto:an@example.vn");
    }

    #[test]
    fn carets_in_names_are_undone_from_left_to_right() {
        let (lines, _) = read(b"A;CN=\"An ^'Ba^' ^^' ^^n ^x ^\":x");
        assert_eq!(lines[0].parameter("CN"), Some("An \"Ba\" ^' ^n ^x ^"));
    }

    #[test]
    fn escaped_text_is_read_as_it_is_meant() {
        let (lines, _) = read(br"DESCRIPTION:a\, b\; c\\n\nd C:\Lich\");
        assert_eq!(lines[0].text(), "a, b; c\\n\nd C:\\Lich\\");
        let (lines, _) = read(br"CATEGORIES:V\, A,B\\,C");
        assert_eq!(lines[0].texts().collect::<Vec<_>>(), ["V, A", "B\\", "C"]);
    }

    #[test]
    fn what_is_no_line_is_named_with_its_number() {
        let (lines, faults) = read("UID:1\nkhông phải dòng\n;:\nA;B:c\nA;B=\"c:d\nX:\u{1}".as_bytes());
        assert_eq!(lines.len(), 2);
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert!(faults.iter().all(|f| !f.loses));
        let (_, faults) = read(b"SUMMARY:\xff");
        assert_eq!(faults[0].name, "encoding");
    }
}
