//! Sizes that no real article has: a file above them is a slip or an attack.
//!
//! Not here: sizes of media files (`media`), bounds of the cleaner (`archive::clean`).

/// Bytes of one article, of `portal.json` and of `calendar.ics`. The longest report of a department has
/// about 200 KB; 2 MB in one file are pictures pasted into the text.
pub const FILE: u64 = 2 << 20;
/// Letters of a title. Headlines longer than 150 are hard to read; 300 is a paragraph in the wrong field.
pub const TITLE: usize = 300;
/// Letters of a summary. A lead has one to three sentences.
pub const SUMMARY: usize = 2000;
/// Letters of a name, office, source line, caption or description of a picture.
pub const LINE: usize = 1000;
/// Letters of one tag.
pub const TAG: usize = 100;
/// Tags of one article.
pub const TAGS: usize = 50;
/// Authors of one article.
pub const AUTHORS: usize = 50;
/// Attachments of one article.
pub const ATTACHMENTS: usize = 100;
/// Pictures in the text of one article.
pub const PICTURES: usize = 200;
/// Categories of a portal: a menu with more cannot be read.
pub const CATEGORIES: usize = 100;
/// Topics of a portal: each reader loads a line for each of them with the entry.
pub const TOPICS: usize = 100;
/// Linked sites of a portal.
pub const SITES: usize = 1000;
