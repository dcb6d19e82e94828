//! The code that a host pastes to show a portal's news, and the page in which the portal shows how that looks.
//!
//! Every value is escaped here and nowhere before. Not here: what is chosen (`Embedding`), where the portal lies.

use crate::{Embed, Embedding, Width};
use std::fmt::Write as _;

/// What a host's code names, all in whole addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder of the portal, with `/` at its end: there are `embed.js`, `nhung/` and `resize.js`.
    pub portal: String,
    /// What the list reads where nothing else is chosen: the portal, or the feed that it shows.
    pub source: String,
    /// The words of the link that stands where the list cannot.
    pub link: String,
    /// The script under a name that never changes, below the portal, and its hash as `integrity` has it.
    pub pinned: Option<(String, String)>,
}

/// All attributes that [`attributes`] can give.
pub const ATTRIBUTES: [&str; 14] = [
    "src", "article", "category", "query", "from", "to", "limit", "layout", "open", "theme", "lang",
    "heading", "refresh", "style",
];

/// The attributes of `<ban-tin>`, not escaped, in the order of the documentation.
pub fn attributes(chosen: &Embedding, place: &Place) -> Vec<(&'static str, String)> {
    let sources = match chosen.embed.sources.as_slice() {
        [] => vec![place.source.clone()],
        sources => sources.to_vec(),
    };
    let mut attributes = Embed { sources, ..chosen.embed.clone() }.attributes();
    let accent = chosen.accent.map(|colour| format!("--ban-tin-accent: {colour}"));
    let size = chosen.size.map(|size| format!("--ban-tin-size: {size}px"));
    let style: Vec<_> = accent.into_iter().chain(size).collect();
    if !style.is_empty() {
        attributes.push(("style", style.join("; ")));
    }
    attributes
}

/// The script way: `<script>` and `<ban-tin>`.
pub fn script(chosen: &Embedding, place: &Place) -> String {
    let mut code = String::from("<script type=\"module\"");
    match place.pinned.as_ref().filter(|_| chosen.integrity) {
        Some((file, hash)) => {
            attribute(&mut code, "src", &[&place.portal, file]);
            attribute(&mut code, "integrity", &[hash]);
            attribute(&mut code, "crossorigin", &["anonymous"]);
        }
        None => attribute(&mut code, "src", &[&place.portal, "embed.js"]),
    }
    code.push_str("></script>\n<ban-tin");
    for (name, value) in attributes(chosen, place) {
        attribute(&mut code, name, &[&value]);
    }
    code.push_str(">\n  <a");
    attribute(&mut code, "href", &[&place.portal]);
    code.push('>');
    escape(&mut code, &place.link);
    code.push_str("</a>\n</ban-tin>");
    code
}

/// The iframe way, for hosts that run no script of others. Colour and size of text are the frame's own.
pub fn frame(chosen: &Embedding, place: &Place) -> String {
    let mut embed = chosen.embed.clone();
    // Without a source the frame shows the portal that it comes from.
    if embed.sources.is_empty() && place.source != place.portal {
        embed.sources.push(place.source.clone());
    }
    let query = embed.print();
    let mark = if query.is_empty() { "" } else { "?" };
    let most = match chosen.width {
        Width::Full => String::new(),
        width => format!("max-width:{}px;", width.word()),
    };
    let mut code = String::from("<iframe data-ban-tin");
    attribute(&mut code, "src", &[&place.portal, "nhung/", mark, &query]);
    attribute(&mut code, "title", &[&place.link]);
    // Else the portal, too, would be without its rights where a reader follows a link out of the frame.
    code.push_str(" sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\"");
    attribute(&mut code, "style", &["border:0;width:100%;", &most, "height:400px"]);
    code.push_str("></iframe>\n<script");
    attribute(&mut code, "src", &[&place.portal, "resize.js"]);
    code.push_str(" defer></script>");
    code
}

/// A page that is not the portal's, with the list in it: how it looks between the words and in the type of a host.
/// `words` are its heading and what stands above and below the list.
pub fn host_page(chosen: &Embedding, place: &Place, lang: &str, words: [&str; 3]) -> String {
    let mut page = String::from("<!doctype html><html");
    attribute(&mut page, "lang", &[lang]);
    // Links out of the list lead out of the frame. System fonts only; the colours are the browser's.
    page.push_str(
        "><head><meta charset=\"utf-8\"><base target=\"_blank\"><style>body{margin:1rem;font:1rem/1.6 \"Times New Roman\",serif}\
         h1{font-size:1.3rem;margin:0 0 .5rem}</style><title>",
    );
    let [title, above, below] = words;
    escape(&mut page, title);
    page.push_str("</title></head><body><h1>");
    escape(&mut page, title);
    page.push_str("</h1><p>");
    escape(&mut page, above);
    page.push_str("</p>");
    page.push_str(&script(chosen, place));
    page.push_str("<p>");
    escape(&mut page, below);
    page.push_str("</p></body></html>");
    page
}

/// ` name="…"`; the value in pieces.
fn attribute(code: &mut String, name: &str, value: &[&str]) {
    let _ = write!(code, " {name}=\"");
    value.iter().for_each(|piece| escape(code, piece));
    code.push('"');
}

/// As text and between quotes; NUL, which HTML cannot say, is left out.
fn escape(code: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => code.push_str("&amp;"),
            '<' => code.push_str("&lt;"),
            '>' => code.push_str("&gt;"),
            '"' => code.push_str("&quot;"),
            '\0' => {}
            letter => code.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{form, tests::embeddings};
    use proptest::prelude::*;
    use scraper::{Html, Selector};

    fn place() -> Place {
        Place {
            portal: "https://a.example/tin/".to_owned(),
            source: "https://a.example/tin/".to_owned(),
            link: "Tin của Sở \"A\" & <b>".to_owned(),
            pinned: Some(("embed/embed-0123456789abcdef.js".to_owned(), "sha384-x".to_owned())),
        }
    }

    /// The attributes of the only such element, as a browser reads them.
    fn attributes_of(html: &str, name: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(html);
        let all: Vec<_> = page.select(&Selector::parse(name).expect("a selector")).collect();
        assert_eq!(all.len(), 1, "{name} in {html}");
        all[0].value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn value(attributes: &[(String, String)], name: &str) -> Option<String> {
        attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    /// All elements of a page, in order.
    fn elements(html: &str) -> Vec<String> {
        let page = Html::parse_document(html);
        page.select(&Selector::parse("*").expect("a selector")).map(|e| e.value().name().to_owned()).collect()
    }

    /// The options, as an element or a frame takes them.
    fn understood(pairs: impl IntoIterator<Item = (String, String)>) -> Embed {
        let pairs: Vec<_> =
            pairs.into_iter().map(|(name, value)| format!("{name}={}", form::encode(&value))).collect();
        Embed::parse(&pairs.join("&"))
    }

    #[test]
    fn the_usual_code_is_short() {
        let place = Place { link: "Tin của Sở".to_owned(), ..place() };
        assert_eq!(
            script(&Embedding::default(), &place),
            "<script type=\"module\" src=\"https://a.example/tin/embed.js\"></script>\n\
             <ban-tin src=\"https://a.example/tin/\">\n  <a href=\"https://a.example/tin/\">Tin của Sở</a>\n</ban-tin>"
        );
        assert_eq!(
            frame(&Embedding::default(), &place),
            "<iframe data-ban-tin src=\"https://a.example/tin/nhung/\" title=\"Tin của Sở\" \
             sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\" \
             style=\"border:0;width:100%;height:400px\"></iframe>\n\
             <script src=\"https://a.example/tin/resize.js\" defer></script>"
        );
    }

    #[test]
    fn colour_size_and_width_are_the_hosts_business() {
        let chosen = Embedding::parse("accent=0b6b4f&size=18&width=360&layout=cards");
        let code = script(&chosen, &place());
        assert!(
            code.contains(" layout=\"cards\" style=\"--ban-tin-accent: #0b6b4f; --ban-tin-size: 18px\">"),
            "{code}"
        );
        let code = frame(&chosen, &place());
        assert!(code.contains("nhung/?layout=cards\""), "{code}");
        assert!(code.contains("style=\"border:0;width:100%;max-width:360px;height:400px\""), "{code}");
    }

    #[test]
    fn a_pinned_script_has_its_hash() {
        let chosen = Embedding { integrity: true, ..Embedding::default() };
        let pinned = "src=\"https://a.example/tin/embed/embed-0123456789abcdef.js\" integrity=\"sha384-x\" crossorigin=\"anonymous\"";
        assert!(script(&chosen, &place()).contains(pinned));
        let place = Place { pinned: None, ..place() };
        assert_eq!(script(&chosen, &place), script(&Embedding::default(), &place));
    }

    #[test]
    fn a_portal_that_shows_a_feed_embeds_that_feed() {
        let feed = "https://b.example/feed.json".to_owned();
        let place = Place { source: feed.clone(), ..place() };
        let chosen = Embedding::default();
        assert_eq!(value(&attributes_of(&script(&chosen, &place), "ban-tin"), "src"), Some(feed));
        let src = value(&attributes_of(&frame(&chosen, &place), "iframe"), "src");
        let expected = "https://a.example/tin/nhung/?src=https%3A%2F%2Fb.example%2Ffeed.json";
        assert_eq!(src.as_deref(), Some(expected));
    }

    #[test]
    fn a_hostile_heading_stays_a_heading() {
        let heading = "\"><script>alert(1)</script><!--";
        let chosen = Embedding::parse(&format!("heading={}", form::encode(heading)));
        let page = host_page(&chosen, &place(), "vi", ["<h1>", "</p><script>", "&lt;"]);
        assert_eq!(value(&attributes_of(&page, "ban-tin"), "heading").as_deref(), Some(heading));
        let plain = host_page(&Embedding::default(), &place(), "vi", ["a", "b", "c"]);
        assert_eq!(elements(&page), elements(&plain));
    }

    proptest! {
        #[test]
        fn what_is_pasted_says_what_was_chosen(chosen in embeddings()) {
            let place = place();
            let without_source = |embed: Embed| match embed.sources.as_slice() {
                [source] if *source == place.source => Embed { sources: vec![], ..embed },
                _ => embed,
            };
            prop_assert!(attributes(&chosen, &place).iter().all(|(name, _)| ATTRIBUTES.contains(name)));
            let code = script(&chosen, &place);
            prop_assert_eq!(without_source(understood(attributes_of(&code, "ban-tin"))), without_source(chosen.embed.clone()));
            prop_assert_eq!(elements(&code), ["html", "head", "script", "body", "ban-tin", "a"]);
            let code = frame(&chosen, &place);
            let src = value(&attributes_of(&code, "iframe"), "src").unwrap_or_default();
            prop_assert_eq!(Embed::parse(src.split_once('?').map_or("", |(_, query)| query)), chosen.embed);
            prop_assert_eq!(elements(&code), ["html", "head", "body", "iframe", "script"]);
        }
    }
}
