//! Finding out what is at a source's address: a portal or a feed.

use crate::{
    json::Json,
    source::{DAMAGED, NOT_FOUND, OTHER_VERSION, Reason},
};
use archive::published::{Entry, FORMAT};

/// A source of which only an address is known.
#[derive(Debug, PartialEq, Eq)]
pub struct Opening {
    /// The file that is waited for.
    pub address: String,
    /// Where else it may be.
    other: Option<String>,
}

/// What came of waiting for a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<J> {
    /// Nothing yet: another one has to be waited for.
    Elsewhere(Opening),
    /// A portal: the address of its entry, and the entry.
    Portal(String, J),
    /// A feed: its address, and itself.
    Feed(String, J),
}

impl Opening {
    /// Of a portal's folder, its `entry.json`, or a feed. An address whose last part looks like a file is one; else a
    /// portal is looked for first.
    pub fn new(source: &str) -> Self {
        let path = source.split(['?', '#']).next().unwrap_or_default();
        let (folder, last) = path.rsplit_once('/').unwrap_or(("", path));
        // `https://so.example` has no path, and a dot all the same.
        let is_file = last.contains('.') && !folder.ends_with(":/");
        if is_file || path.len() < source.len() {
            return Self { address: source.to_owned(), other: None };
        }
        let entry = [path.trim_end_matches('/'), "/data/", Entry::FILE].concat();
        Self { address: entry, other: Some(source.to_owned()) }
    }

    /// Takes the file that is waited for, or why it did not come.
    ///
    /// # Errors
    /// Why there is neither portal nor feed.
    pub fn give<J: Json>(self, file: Result<J, Reason>) -> Result<Answer<J>, Reason> {
        let reason = match file {
            Ok(file) => match file.member("format").and_then(|format| format.whole()) {
                Some(format) if format == i64::from(FORMAT) => return Ok(Answer::Portal(self.address, file)),
                Some(_) => return Err(OTHER_VERSION.to_owned()),
                None if file.member("items").is_some() => return Ok(Answer::Feed(self.address, file)),
                // A server that answers everything with its own page is no portal for that.
                None => DAMAGED.to_owned(),
            },
            Err(reason) => reason,
        };
        match self.other {
            Some(address) if reason == NOT_FOUND || reason == DAMAGED => {
                Ok(Answer::Elsewhere(Self { address, other: None }))
            }
            _ => Err(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ENTRY: &str = "https://so.example/tin/data/entry.json";

    #[test]
    fn a_portal_is_found_by_its_folder_and_a_feed_by_its_file() {
        let looks_at = |source: &str| {
            let opening = Opening::new(source);
            std::iter::once(opening.address).chain(opening.other).collect::<Vec<_>>()
        };
        assert_eq!(looks_at("https://so.example/tin/"), [ENTRY, "https://so.example/tin/"]);
        assert_eq!(looks_at("https://so.example/tin"), [ENTRY, "https://so.example/tin"]);
        assert_eq!(looks_at("https://so.example")[0], "https://so.example/data/entry.json");
        assert_eq!(looks_at(ENTRY), [ENTRY]);
        for feed in ["https://so.example/feed.json", "https://so.example/feed?format=json"] {
            assert_eq!(looks_at(feed), [feed]);
        }
    }

    #[test]
    fn a_file_says_what_it_is() {
        let give = |file| Opening::new(ENTRY).give(Ok(file));
        assert!(matches!(give(json!({"format": FORMAT})), Ok(Answer::Portal(..))));
        assert!(matches!(give(json!({"items": []})), Ok(Answer::Feed(..))));
        assert_eq!(give(json!({"format": 99})), Err(OTHER_VERSION.to_owned()));
        for neither in [json!({}), json!([]), json!("<!doctype html>"), json!(null), json!({"items": null})] {
            assert_eq!(give(neither), Err(DAMAGED.to_owned()));
        }
    }

    #[test]
    fn what_is_no_portal_may_be_a_feed_but_what_is_down_is_not_asked_twice() {
        let give = |file| Opening::new("https://so.example/tin/").give::<serde_json::Value>(file);
        for nothing in [Err(NOT_FOUND.to_owned()), Err(DAMAGED.to_owned()), Ok(json!("<!doctype html>"))] {
            assert!(
                matches!(give(nothing), Ok(Answer::Elsewhere(next)) if next.address == "https://so.example/tin/")
            );
        }
        assert_eq!(give(Err("timeout".to_owned())), Err("timeout".to_owned()));
        assert_eq!(give(Ok(json!({"format": 99}))), Err(OTHER_VERSION.to_owned()));
    }
}
