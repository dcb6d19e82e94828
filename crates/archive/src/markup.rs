//! HTML after parsing and before cleaning: a plain tree that both parsers can give.
//!
//! `newsroom` fills it from html5ever, the browser from `DOMParser`. Not here: parsing itself.

/// One node of parsed HTML. Comments and processing instructions are left out by whoever fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Text, entities already resolved.
    Text(String),
    /// An element: lower-case name, attributes in order with lower-case names, children.
    Element {
        /// The element's name, such as `p`.
        name: String,
        /// Names and values.
        attributes: Vec<(String, String)>,
        /// What is inside.
        children: Vec<Node>,
    },
}

/// Deepest nesting that is handed to a parser or walked by the cleaner.
///
/// Real articles nest less than 20 deep. Parsers take time that grows with the square of open nesting
/// (100,000 open `<div>`s hang a browser for over ten seconds), and the walk is recursive: 256 levels fit
/// the smallest stack we run on (1 MiB in wasm) with room to spare.
pub const MAX_DEPTH: usize = 256;

/// An upper bound of how deep a parser will nest the elements of this HTML, found in one pass without
/// parsing. Compare with [`MAX_DEPTH`] before parsing anything from the network.
///
/// Elements that a parser closes by itself (`p`, `li`, `td`, …) and void ones do not count, so a long page
/// that never closes its paragraphs is not refused. After an `<svg>` or `<math>` every element counts: inside
/// them parsers close nothing by themselves, and where their inside ends cannot be told without parsing.
pub fn nesting(html: &str) -> usize {
    const UNCOUNTED: [&str; 29] = [
        "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "rp", "rt",
        "colgroup", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "param",
    ];
    let (mut open, mut deepest, mut foreign) = (0usize, 0usize, false);
    for part in html.split('<').skip(1) {
        let (closing, part) = part.strip_prefix('/').map_or((false, part), |rest| (true, rest));
        let name: String = part
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        foreign |= name == "svg" || name == "math";
        let closes_itself = match foreign {
            true => part.split('>').next().is_some_and(|tag| tag.ends_with('/')),
            false => UNCOUNTED.contains(&&*name),
        };
        if closes_itself {
            continue;
        }
        if closing {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_elements_count_and_closed_ones_do_not() {
        assert_eq!(nesting("<div><p>a<p>b<br></div><div>c</div>"), 1);
        assert_eq!(nesting(&"<div>".repeat(1000)), 1000);
        assert_eq!(nesting(&"<p>".repeat(1000)), 0);
        assert_eq!(nesting(&"<DIV>".repeat(3)), 3);
        assert_eq!(nesting("1 < 2, a <b 3 </b>"), 1);
    }

    #[test]
    fn everything_counts_inside_drawings() {
        assert_eq!(nesting(&format!("<svg>{}", "<td>".repeat(1000))), 1001);
        assert_eq!(nesting(&format!("<svg><desc></svg></desc>{}", "<tr>".repeat(1000))), 1000);
        assert_eq!(nesting(&format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(1000))), 1);
    }

    #[test]
    fn stray_closing_tags_do_not_hide_nesting() {
        let html = format!("{}{}", "</div>".repeat(500), "<div>".repeat(400));
        assert_eq!(nesting(&html), 400);
    }
}
