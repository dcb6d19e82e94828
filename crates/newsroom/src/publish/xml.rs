//! Writing XML: elements inside each other, escaped text. Not here: what the elements mean.

/// A text as the value of an attribute in double quotes, also of HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = Xml(String::new());
    xml.escape(text);
    xml.0
}

/// A document that grows. Whatever is put into it, it is well-formed.
pub(super) struct Xml(String);

impl Xml {
    /// A document whose root is made of `tag`.
    pub(super) fn document(tag: &'static str, fill: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned());
        xml.inside(tag, fill);
        xml.0
    }

    /// An element of other elements. `tag` is its name and, behind a space, attributes as they are written.
    pub(super) fn inside(&mut self, tag: &'static str, fill: impl FnOnce(&mut Self)) {
        let name = tag.split(' ').next().unwrap_or(tag);
        self.0.extend(["<", tag, ">\n"]);
        fill(self);
        self.0.extend(["</", name, ">\n"]);
    }

    /// An element of text, which may be empty.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.0.extend(["<", name]);
        for (name, value) in attributes {
            self.0.extend([" ", name, "=\""]);
            self.escape(value);
            self.0.push('"');
        }
        if text.is_empty() {
            return self.0.push_str("/>\n");
        }
        self.0.push('>');
        self.escape(text);
        self.0.extend(["</", name, ">\n"]);
    }

    /// Letters that XML 1.0 does not have are dropped: there is no escape for them.
    fn escape(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // A parser would make spaces or line ends of them.
                '\t' => self.0.push_str("&#9;"),
                '\n' => self.0.push_str("&#10;"),
                '\r' => self.0.push_str("&#13;"),
                '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
                c => self.0.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_comes_back_but_for_letters_that_xml_does_not_have(
            text in "(\\PC|[<>&\"'\t\n\r\\x00-\\x1f\u{7f}-\u{9f}\u{fffe}\u{ffff}]){0,40}",
        ) {
            let document = Xml::document("a x=\"1\"", |xml| {
                xml.inside("b", |xml| xml.text("c", &[("d", &text), ("e", "")], &text));
            });
            let read = roxmltree::Document::parse(&document).expect("well-formed");
            let kept: String = text
                .chars()
                .filter(|c| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}'))
                .collect();
            let element = read.descendants().find(|node| node.has_tag_name("c")).expect("it is there");
            prop_assert_eq!(element.text().unwrap_or_default(), &kept);
            prop_assert_eq!(element.attribute("d"), Some(&*kept));
            prop_assert_eq!(read.root_element().attribute("x"), Some("1"));
        }
    }
}
