//! HTML text into the tree that the cleaner takes, with the parser of browsers (html5ever).
//!
//! Not here: what is allowed (`archive::clean`).

use archive::markup::{self, MAX_DEPTH, Node};
use scraper::{Html, node::Node as Parsed};

/// Parses the HTML of an article's body.
///
/// `None` when it nests deeper than [`MAX_DEPTH`]: no person wrote that, and parsing it could take minutes.
pub fn parse(html: &str) -> Option<Vec<Node>> {
    if markup::nesting(html) > MAX_DEPTH {
        return None;
    }
    let document = Html::parse_fragment(html);
    // A fragment hangs below an <html> element that the parser made.
    let root = document.tree.root().children().find(|node| node.value().is_element());
    Some(root.map(|root| children(root, 0)).unwrap_or_default())
}

fn children(parent: ego_tree::NodeRef<'_, Parsed>, depth: usize) -> Vec<Node> {
    parent.children().filter_map(|child| node(child, depth)).collect()
}

fn node(node: ego_tree::NodeRef<'_, Parsed>, depth: usize) -> Option<Node> {
    match node.value() {
        Parsed::Text(text) => Some(Node::Text(text.to_string())),
        Parsed::Element(element) => Some(Node::Element {
            name: element.name().to_owned(),
            attributes: element.attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            // One level more than the cleaner walks, so that it sees that there was something.
            children: if depth <= MAX_DEPTH { children(node, depth + 1) } else { Vec::new() },
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use archive::clean::clean;
    use proptest::prelude::*;

    fn text(html: &str) -> String {
        clean(&parse(html).expect("not too deep")).0.plain_text().trim().to_owned()
    }

    #[test]
    fn entities_and_unclosed_elements_are_read_as_browsers_do() {
        assert_eq!(text("<p>Tuy&ecirc;n &amp; <b>a<p>b<!-- c --><li>d"), "Tuyên & a\nb\nd");
        assert_eq!(text("<table><tr><td>1<td>2</table>"), "1\n2");
        assert_eq!(text("a<script>b</script><template>c</template>"), "a");
    }

    #[test]
    fn what_nests_too_deep_is_not_parsed() {
        assert!(parse(&"<div>".repeat(MAX_DEPTH + 1)).is_none());
        assert!(parse(&"<p>a".repeat(10_000)).is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_and_cleaned(html in "[<>/a-z =\"'!&;-]{0,80}|\\PC{0,60}") {
            if let Some(nodes) = parse(&html) {
                let _ = clean(&nodes);
            }
        }
    }
}
