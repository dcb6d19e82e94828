//! HTML text into a tree of plain nodes, by the browser's own parser, without running or loading any of it.
//!
//! Used only for plain JSON Feeds; an archive's articles were cleaned by `newsroom`. The document that
//! `DOMParser` makes is inert: no script runs, no picture is fetched. (`innerHTML` on a detached element and
//! `createContextualFragment` do fetch pictures.) Not here: what is allowed (`archive::clean`), how the page lets us
//! parse, which is for the app and for pages of others not the same.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use archive::markup::{MAX_DEPTH, Node, nesting};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// Longest HTML of one article that is parsed, in bytes: a book of 300 pages has about 1 MB.
const MAX_BYTES: usize = 2_000_000;

/// Parses by `DOMParser`, which the caller asks; `None` when it does not, or when the text is too long or nested too
/// deep to be parsed in good time.
pub fn parse(html: &str, parser: impl FnOnce(&str) -> Option<Document>) -> Option<Vec<Node>> {
    if html.len() > MAX_BYTES || nesting(html) > MAX_DEPTH {
        return None;
    }
    Some(children(&parser(html)?.body()?.into(), 0))
}

fn children(parent: &web_sys::Node, depth: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    if depth > MAX_DEPTH {
        return nodes;
    }
    let mut next = parent.first_child();
    while let Some(node) = next {
        match node.node_type() {
            web_sys::Node::TEXT_NODE => nodes.push(Node::Text(node.text_content().unwrap_or_default())),
            web_sys::Node::ELEMENT_NODE => {
                if let Some(element) = node.dyn_ref::<Element>() {
                    nodes.push(Node::Element {
                        name: element.local_name().to_ascii_lowercase(),
                        attributes: attributes(element),
                        children: children(&node, depth + 1),
                    });
                }
            }
            _ => {}
        }
        next = node.next_sibling();
    }
    nodes
}

fn attributes(element: &Element) -> Vec<(String, String)> {
    let all = element.attributes();
    (0..all.length())
        .filter_map(|i| all.item(i))
        .map(|a| (a.name().to_ascii_lowercase(), a.value()))
        .collect()
}
