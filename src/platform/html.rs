//! HTML text of plain JSON Feeds into a tree of plain nodes (`inert`).
//!
//! Not here: what is allowed (`archive::clean`).

use archive::markup::Node;
use web_sys::{DomParser, SupportedType};

/// Parses; `None` when the text is too long or nested too deep to be parsed in good time.
pub(crate) fn parse(html: &str) -> Option<Vec<Node>> {
    inert::parse(html, |html| DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok())
}
