//! JSON text as people write it: a byte order mark is passed over, doubled keys are noticed, and a fault has
//! its line and column.
//!
//! Not here: what the fields mean.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::{cell::RefCell, fmt};

/// Why a text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxFault {
    /// Counted from 1.
    pub(super) line: usize,
    /// Counted from 1, in characters.
    pub(super) column: usize,
    /// What the parser expected, without the place.
    pub(super) reason: String,
}

impl SyntaxFault {
    /// What an editor can do about it.
    pub(super) fn cure(&self) -> &'static str {
        match self.reason.as_str() {
            "the last entry has a comma after it" => "Remove the comma before this place.",
            BROKEN_LINE => "Write \\n for a new line, and \\t for a tabulator, within quotation marks.",
            reason if reason.starts_with(CUT_OFF) => {
                "Look for a missing quotation mark or bracket at the end."
            }
            _ => "Look for a missing comma, quotation mark or bracket just before this place.",
        }
    }
}

const BROKEN_LINE: &str = "a text goes over the end of its line, or holds another control character";
const CUT_OFF: &str = "the file ends in the middle of ";

/// Reads JSON; gives the value and the paths of keys that occur twice (the last one counts).
pub(super) fn parse(text: &str) -> Result<(Value, Vec<String>), SyntaxFault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let doubles = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Node { path: String::new(), doubles: &doubles }.deserialize(&mut reader);
    match value.and_then(|value| reader.end().map(|()| value)) {
        Ok(value) => Ok((value, doubles.into_inner())),
        Err(error) => Err(fault(text, &error)),
    }
}

fn fault(text: &str, error: &serde_json::Error) -> SyntaxFault {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    // The words of serde_json that people who do not program cannot know.
    let reason = match reason.strip_prefix("EOF while parsing ") {
        Some(what) => format!("{CUT_OFF}{}", if what == "a string" { "a text" } else { what }),
        None if reason.starts_with("control character") => BROKEN_LINE.to_owned(),
        None if reason == "trailing comma" => "the last entry has a comma after it".to_owned(),
        None if reason == "trailing characters" => "something follows after the end".to_owned(),
        None if reason == "key must be a string" => {
            "the name of a field must stand in quotation marks".to_owned()
        }
        None => reason.to_owned(),
    };
    // A text that is not closed on its line is found at the start of the next one: its own line is the place.
    let (line_number, bytes) = match error.column() {
        0 if reason == BROKEN_LINE && error.line() > 1 => (error.line() - 1, usize::MAX),
        bytes => (error.line().max(1), bytes),
    };
    // serde_json counts bytes; an editor counts letters.
    let line = text.split('\n').nth(line_number - 1).unwrap_or_default().trim_end_matches('\r');
    let before = line.as_bytes().get(..bytes.min(line.len())).unwrap_or_default();
    let column = String::from_utf8_lossy(before).chars().count().max(1);
    SyntaxFault { line: line_number, column, reason }
}

struct Node<'a> {
    path: String,
    doubles: &'a RefCell<Vec<String>>,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Node {
            path: format!("{}[{}]", self.path, values.len()),
            doubles: self.doubles,
        })? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            let dot = if self.path.is_empty() { "" } else { "." };
            let path = format!("{}{dot}{key}", self.path);
            let value = fields.next_value_seed(Node { path: path.clone(), doubles: self.doubles })?;
            if map.insert(key, value).is_some() {
                self.doubles.borrow_mut().push(path);
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fault_has_its_line_and_its_column_in_letters() {
        let fault = parse("{\n  \"title\": \"Tuyển sinh lớp mười\" \"x\"\n}").expect_err("not JSON");
        assert_eq!((fault.line, fault.column), (2, 34));
        assert_eq!(fault.reason, "expected `,` or `}`");
        let end = parse("").expect_err("not JSON");
        assert_eq!((end.line, end.column), (1, 1));
        assert!(parse("{} x").is_err());
    }

    #[test]
    fn a_text_over_two_lines_is_told_on_the_line_where_it_begins() {
        for text in ["{\n\"a\": \"b\nc\"}", "{\r\n\"a\": \"b\r\nc\"}"] {
            let fault = parse(text).expect_err("not JSON");
            assert_eq!((fault.line, fault.column), (2, 7), "{text:?}");
            assert!(fault.cure().contains("\\n"), "{}", fault.cure());
        }
    }

    #[test]
    fn faults_are_told_without_the_words_of_programmers() {
        let told = |text: &str| parse(text).expect_err("not JSON").reason;
        assert_eq!(told("{\"a\": 1"), "the file ends in the middle of an object");
        assert_eq!(told("{\"a"), "the file ends in the middle of a text");
        assert_eq!(told("{\"a\": 1,}"), "the last entry has a comma after it");
        assert_eq!(told("{} {}"), "something follows after the end");
        assert_eq!(told("{a: 1}"), "the name of a field must stand in quotation marks");
    }

    #[test]
    fn doubled_keys_are_named_and_the_last_counts() {
        let (value, doubles) = parse(r#"{"a": 1, "b": [{"c": 1, "c": 2}], "a": 3}"#).expect("JSON");
        assert_eq!(doubles, ["b[0].c", "a"]);
        assert_eq!(value, serde_json::json!({"a": 3, "b": [{"c": 2}]}));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert!(parse("\u{feff}{}").is_ok());
    }

    #[test]
    fn deep_nesting_is_a_fault_and_no_crash() {
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn values_are_read_as_serde_json_reads_them(text in "[\\[\\]{}:,\"a-c0-9.e-]{0,20}|\\PC{0,20}") {
            prop_assert_eq!(parse(&text).ok().map(|(value, _)| value), serde_json::from_str(&text).ok());
        }
    }
}
