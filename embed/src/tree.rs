//! Builds nodes, one by one: there is no markup, so a page that enforces Trusted Types has nothing to refuse, and a
//! title is never anything but text.
//!
//! An element's `part` is its name for the styles, ours and the host's.

use web_sys::{Document, Element};

/// The document of the page.
fn document() -> Document {
    let window = web_sys::window().unwrap_or_else(|| unreachable!("the script runs in a window"));
    window.document().unwrap_or_else(|| unreachable!("a window has a document"))
}

/// An element that is being built.
#[derive(Debug, Clone)]
pub struct Node(pub Element);

/// A new element; no part where it is empty.
pub fn node(name: &str, part: &str) -> Node {
    let element =
        document().create_element(name).unwrap_or_else(|_| unreachable!("names are from our source"));
    let node = Node(element);
    if part.is_empty() { node } else { node.with("part", part) }
}

/// A link; a text without one where the address is not of the web.
pub fn link(href: &str, part: &str) -> Node {
    let of_the_web = ["https://", "http://"]
        .iter()
        .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if of_the_web { node("a", part).with("href", href) } else { node("span", part) }
}

impl Node {
    /// With an attribute.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        // Fails for names that are none only.
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// With a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_child(&document().create_text_node(text));
        self
    }

    /// With a child at its end.
    #[must_use]
    pub fn child(self, child: Self) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// With a child, where there is one.
    #[must_use]
    pub fn maybe(self, child: Option<Self>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With all of these.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }
}
