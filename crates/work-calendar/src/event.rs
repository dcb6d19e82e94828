//! An event of the work calendar, as published and shown.
//!
//! Not here: repetition; an event that repeats is published once for each occurrence.

use crate::When;
use serde::{Deserialize, Serialize};

/// One event. Its natural order is that of a week's list: by beginning, then title, then uid.
///
/// In JSON, what is empty is left out and what is not known is refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When it is, in clock time of Việt Nam.
    pub when: When,
    /// What it is, in one line; never empty where `ical` made it.
    pub title: String,
    /// Names the event in the calendar it comes from; all occurrences of one event share it.
    pub uid: String,
    /// Where; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Who chairs it: names, in the order of the file, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaders: Vec<String>,
    /// Who else takes part: names, in the order of the file, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendees: Vec<String>,
    /// Units or fields it belongs to (iCalendar's CATEGORIES), in the order of the file, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Plain text, paragraphs by line breaks; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_not_written_and_what_is_unknown_is_not_read() {
        let json = r#"{"when":"2025-03-17T08:00/2025-03-17T10:30","title":"Họp giao ban","uid":"1"}"#;
        let event: Event = serde_json::from_str(json).expect("an event");
        assert_eq!(event.when.start().to_string(), "2025-03-17 08:00:00");
        assert_eq!(serde_json::to_string(&event).expect("JSON"), json);
        assert!(serde_json::from_str::<Event>(&json.replace("uid", "id")).is_err());
        assert!(serde_json::from_str::<Event>(&json.replace("T08:00", "T8:00")).is_err());
    }

    #[test]
    fn all_fields_are_written_and_read_back() {
        let event = Event {
            when: "2025-03-17/2025-03-19".parse().expect("days"),
            title: "Tập huấn".into(),
            uid: "2".into(),
            place: "Hội trường A".into(),
            leaders: vec!["Giám đốc Nguyễn Văn An".into()],
            attendees: vec!["Trần Thị Bình".into()],
            units: vec!["Văn phòng Sở".into()],
            description: "Mang theo máy tính.\nĂn trưa tại chỗ.".into(),
        };
        let json = serde_json::to_string(&event).expect("JSON");
        assert_eq!(serde_json::from_str::<Event>(&json).expect("an event"), event);
    }
}
