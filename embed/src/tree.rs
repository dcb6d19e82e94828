//! Builds nodes, one by one: there is no markup, so a page that enforces Trusted Types has nothing to refuse, and a
//! title is never anything but text.
//!
//! An element's `part` is its name for the styles, ours and the host's.

use page::Element;

/// Elements of the page.
#[cfg(not(test))]
mod page {
    use web_sys::Document;
    pub(super) use web_sys::Element;

    fn document() -> Document {
        let window = web_sys::window().unwrap_or_else(|| unreachable!("the script runs in a window"));
        window.document().unwrap_or_else(|| unreachable!("a window has a document"))
    }

    pub(super) fn create(name: &str) -> Element {
        document().create_element(name).unwrap_or_else(|_| unreachable!("names are from our source"))
    }

    pub(super) fn set(element: &Element, name: &str, value: &str) {
        // Fails for names that are none only.
        let _ = element.set_attribute(name, value);
    }

    pub(super) fn write(element: &Element, text: &str) {
        let _ = element.append_child(&document().create_text_node(text));
    }

    pub(super) fn append(element: &Element, child: Element) {
        let _ = element.append_child(&child);
    }
}

/// The same without a page, so that trees can be looked at natively.
#[cfg(test)]
pub(crate) mod page {
    use archive::markup::Node;
    use std::cell::RefCell;

    #[derive(Debug, Clone)]
    pub struct Element {
        pub(crate) name: String,
        pub(crate) attributes: RefCell<Vec<(String, String)>>,
        pub(crate) children: RefCell<Vec<Node>>,
    }

    pub(super) fn create(name: &str) -> Element {
        Element { name: name.to_owned(), attributes: RefCell::default(), children: RefCell::default() }
    }

    pub(super) fn set(element: &Element, name: &str, value: &str) {
        element.attributes.borrow_mut().push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn write(element: &Element, text: &str) {
        element.children.borrow_mut().push(Node::Text(text.to_owned()));
    }

    pub(super) fn append(element: &Element, child: Element) {
        element.children.borrow_mut().push(child.into());
    }

    /// As the browser's inspector shows it, without escapes.
    pub(crate) fn print(node: &Node) -> String {
        match node {
            Node::Text(text) => text.clone(),
            Node::Element { name, attributes, children } => {
                let attributes: String =
                    attributes.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
                let inside: String = children.iter().map(print).collect();
                format!("<{name}{attributes}>{inside}</{name}>")
            }
        }
    }

    impl From<Element> for Node {
        fn from(element: Element) -> Self {
            let (attributes, children) = (element.attributes.into_inner(), element.children.into_inner());
            Self::Element { name: element.name, attributes, children }
        }
    }
}

/// An element that is being built.
#[derive(Debug, Clone)]
pub struct Node(pub Element);

/// A new element; no part where it is empty.
pub fn node(name: &str, part: &str) -> Node {
    let node = Node(page::create(name));
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
        page::set(&self.0, name, value);
        self
    }

    /// With a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        page::write(&self.0, text);
        self
    }

    /// With a child at its end.
    #[must_use]
    pub fn child(self, child: Self) -> Self {
        page::append(&self.0, child.0);
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
