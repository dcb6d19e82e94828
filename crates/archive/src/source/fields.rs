//! Taking the fields of a JSON object one by one, noting what is not as it should be.

use crate::{InvalidMoment, Moment, Problem};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The fields of one object that nobody has taken yet.
pub(super) struct Fields<'a> {
    file: &'a str,
    /// Path of the object with a dot after it, or empty for the whole file.
    prefix: String,
    left: Map<String, Value>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(file: &'a str, left: Map<String, Value>, problems: &'a mut Vec<Problem>) -> Self {
        Self { file, prefix: String::new(), left, problems }
    }

    /// What was not taken: the unknown fields.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.left
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.left.remove(key).filter(|value| !value.is_null())
    }

    /// Whether [`Fields::text`] will find no fault.
    pub(super) fn is_text_or_missing(&self, key: &str) -> bool {
        self.left.get(key).is_none_or(|value| value.is_null() || value.is_string())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.left.get(key).is_some_and(|value| !value.is_null())
    }

    pub(super) fn fault(&mut self, key: &str, sentence: impl Into<String>, cure: impl Into<String>) {
        let field = format!("{}{key}", self.prefix);
        self.problems.push(Problem::error(self.file, field, sentence, cure));
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, found: &Value, cure: &str) {
        self.fault(key, format!("This must be {wanted} and is {}.", kind(found)), cure);
    }

    /// A text; empty when it is not there.
    pub(super) fn text(&mut self, key: &str) -> String {
        match self.take(key) {
            None => String::new(),
            Some(Value::String(text)) => text,
            Some(other) => {
                self.wrong_type(key, "a text", &other, "Write it in quotation marks.");
                String::new()
            }
        }
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.flag_or(key, false)
    }

    /// A flag; `otherwise` when it is not there.
    pub(super) fn flag_or(&mut self, key: &str, otherwise: bool) -> bool {
        match self.take(key) {
            None => otherwise,
            Some(Value::Bool(flag)) => flag,
            Some(other) => {
                self.wrong_type(key, "true or false", &other, "Write true or false without quotation marks.");
                otherwise
            }
        }
    }

    pub(super) fn number(&mut self, key: &str) -> Option<u64> {
        let value = self.take(key)?;
        if value.as_f64().is_some_and(|n| n < 0.0) {
            self.fault(key, "This cannot be less than nothing.", "Write the number, or leave it out.");
            return None;
        }
        let number = value.as_u64().or_else(|| value.as_f64().map(|n| n as u64));
        if number.is_none() {
            self.wrong_type(
                key,
                "a number",
                &value,
                "Write digits without quotation marks, or leave it out.",
            );
        }
        number
    }

    pub(super) fn moment(&mut self, key: &str) -> Option<Moment> {
        let text = match self.take(key)? {
            Value::String(text) => text,
            other => {
                self.wrong_type(
                    key,
                    "a date in a text",
                    &other,
                    "Write it as \"2021-09-11T10:21:00+07:00\".",
                );
                return None;
            }
        };
        match Moment::parse_rfc3339(&text) {
            Ok(moment) => Some(moment),
            Err(fault) => {
                let shown: String = text.chars().take(40).collect();
                let (what, cure) = match fault {
                    InvalidMoment::NoSuchDay(_) if only_the_offset_is_wrong(text.trim()) => (
                        "is not complete",
                        "Write it as 2021-09-11T10:21:00+07:00, with the seconds and this offset.",
                    ),
                    InvalidMoment::Form(_) => ("is not a date", "Write it as 2021-09-11T10:21:00+07:00."),
                    InvalidMoment::NoSuchDay(_) => {
                        ("does not exist in the calendar", "Correct the day or the hour.")
                    }
                    InvalidMoment::NoOffset(_) => ("has no offset from UTC", "Write +07:00 after the time."),
                    InvalidMoment::OutOfRange(_) => {
                        ("is outside the years 1900 to 2200", "Correct the year.")
                    }
                };
                self.fault(key, format!("“{shown}” {what}."), cure);
                None
            }
        }
    }

    pub(super) fn day(&mut self, key: &str) -> Option<NaiveDate> {
        let cure = "Write it as \"2021-09-20\", a day that exists.";
        match self.take(key)? {
            Value::String(text) => {
                // chrono would also take 2021-9-2; one form for all files.
                let day = (text.len() == 10).then(|| text.parse::<NaiveDate>().ok()).flatten();
                if day.is_none() {
                    let shown: String = text.chars().take(40).collect();
                    self.fault(key, format!("“{shown}” is not a day."), cure);
                }
                day
            }
            other => {
                self.wrong_type(key, "a day in a text", &other, cure);
                None
            }
        }
    }

    /// A list; each entry is handed over with its own path.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        mut each: impl FnMut(&mut Self, &str, Value) -> Option<T>,
    ) -> Vec<T> {
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Array(values)) => {
                let numbered = values.into_iter().enumerate();
                numbered.filter_map(|(i, value)| each(self, &format!("{key}[{i}]"), value)).collect()
            }
            Some(other) => {
                self.wrong_type(key, "a list", &other, "Write it in square brackets.");
                Vec::new()
            }
        }
    }

    /// A list of texts. A faulty entry is an empty text, so that the others keep their numbers.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key, |fields, path, value| match value {
            Value::String(text) => Some(text),
            other => {
                fields.wrong_type(path, "a text", &other, "Write it in quotation marks.");
                Some(String::new())
            }
        })
    }

    /// A list of objects. A faulty entry is an empty one, so that the others keep their numbers.
    pub(super) fn objects<T: Default>(&mut self, key: &str, read: impl Fn(&mut Fields<'_>) -> T) -> Vec<T> {
        self.list(key, |fields, path, value| Some(fields.object_of(path, value, &read).unwrap_or_default()))
    }

    /// Notes when a field that is not used, because another one counts, is no text; it is kept as it is.
    pub(super) fn unused_text(&mut self, key: &str) {
        if let Some(other) =
            self.left.get(key).filter(|value| !value.is_null() && !value.is_string()).cloned()
        {
            self.wrong_type(key, "a text", &other, "Write it in quotation marks.");
        }
    }

    pub(super) fn text_map(&mut self, key: &str) -> BTreeMap<String, String> {
        let Some(inner) = self.object(key) else { return BTreeMap::new() };
        let mut texts = BTreeMap::new();
        for (name, value) in inner {
            match value {
                Value::String(text) => {
                    texts.insert(name, text);
                }
                other => self.wrong_type(
                    &format!("{key}.{name}"),
                    "a text",
                    &other,
                    "Write it in quotation marks.",
                ),
            }
        }
        texts
    }

    fn object(&mut self, key: &str) -> Option<Map<String, Value>> {
        match self.take(key)? {
            Value::Object(map) => Some(map),
            other => {
                self.wrong_type(key, "an object", &other, "Write it in curly braces.");
                None
            }
        }
    }

    /// Reads the object in a field with `read`, which sees its fields under their full paths.
    pub(super) fn inside<T>(&mut self, key: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let inner = self.object(key)?;
        Some(self.entry(key, inner, read))
    }

    /// Reads one object of a list, given its path.
    pub(super) fn object_of<T>(
        &mut self,
        path: &str,
        value: Value,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        match value {
            Value::Object(map) => Some(self.entry(path, map, read)),
            other => {
                self.wrong_type(path, "an object", &other, "Write it in curly braces.");
                None
            }
        }
    }

    fn entry<T>(
        &mut self,
        key: &str,
        left: Map<String, Value>,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let prefix = format!("{}{key}.", self.prefix);
        read(&mut Fields { file: self.file, prefix, left, problems: self.problems })
    }

    /// Takes all that is left; for readers that get the fields by reference.
    pub(super) fn take_rest(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.left)
    }
}

/// Whether a date names a day and an hour that exist: then it is what follows them that cannot be read, such
/// as `+0700`, or `+07:00` without seconds before it.
fn only_the_offset_is_wrong(text: &str) -> bool {
    let clock = text.get(..16).map(|start| start.replacen(['t', ' '], "T", 1)).unwrap_or_default();
    let seconds = text.get(16..19).filter(|rest| rest.starts_with(':'));
    let right = |clock: &str| clock.parse::<chrono::NaiveDateTime>().is_ok();
    let offset_is_there = text.get(16..).is_some_and(|rest| rest.contains(['+', '-', 'Z', 'z']));
    let possible = match text.rsplit_once(['+', '-']).filter(|_| text.len() > 16) {
        Some((_, offset)) => {
            let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = digits.split_at(digits.len().min(2));
            let below =
                |text: &str, most: u32| text.is_empty() || text.parse::<u32>().is_ok_and(|n| n < most);
            below(hours, 24) && below(minutes, 60)
        }
        None => true,
    };
    possible && offset_is_there && right(&format!("{clock}{}", seconds.unwrap_or(":00")))
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (null)",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
