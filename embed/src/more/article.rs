//! One article, whole: one element for each block of its tree, made by name, never from markup. As the app's
//! `components/article_body.rs`, two levels of headings deeper, because it stands under the headings of others.
//!
//! Not here: enlarging pictures, listening, printing: they belong to the portal, to which its last line leads.

use super::{
    body::{body, image},
    found::Whole,
    search::content,
    seek::Parse,
    words::MoreWords,
};
use crate::{
    Item,
    json::Json,
    list::{WIDE, picture, time},
    source::Reason,
    tree::{Node, link, node},
};
use archive::{
    Moment,
    body::{Block, Cell, HeadingLevel, Image, ImageSource, Inline, Row, Scope, Target, inlines_text},
    published::Attachment,
    source::feed,
};
use routes::{Embed, Open};

/// Reads an article of a portal.
pub(super) fn published<J: Json>(file: &J, item: Item, home: String) -> Whole {
    let headline = file.member("headline");
    let image = |of: Option<&J>, name| of.and_then(|of| image(&of.member(name)?));
    let attachment = |file: &J| {
        Some(Attachment {
            url: Target::parse(&file.text_of("url"))?,
            title: file.text_of("title"),
            media_type: file.text_of("media_type"),
            size: file.count_of("size"),
        })
    };
    let names = file.texts_of("authors").into_iter().chain([file.text_of("unit")]);
    let picture = image(Some(file), "banner").or_else(|| image(headline.as_ref(), "image"));
    Whole {
        item,
        modified: headline.as_ref().and_then(|headline| headline.moment_of("modified")),
        by: names.filter(|name| !name.is_empty()).collect(),
        picture: picture.map(|picture| (picture, file.text_of("caption"))),
        body: file.member("body").map(|text| body(&text)).unwrap_or_default(),
        attachments: file.items_of("attachments").iter().filter_map(attachment).collect(),
        source: file.text_of("source"),
        language: file.text_of("language"),
        home: Some(home),
    }
}

/// Reads an article of a feed at this address, as `archive::source::feed` does.
pub(super) fn of_feed<J: Json>(entry: &J, item: Item, address: &str, parse: Parse) -> Result<Whole, Reason> {
    let attachment = |file: &J| {
        let url = feed::whole(address, &file.text_of("url"));
        let last = url.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
        let title = file.text_of("title");
        Some(Attachment {
            title: if title.trim().is_empty() { last } else { title.trim() }.to_owned(),
            url: Target::parse(&url)?,
            media_type: file.text_of("mime_type"),
            size: file.count_of("size_in_bytes"),
        })
    };
    let authors = entry.items_of("authors").into_iter().chain(entry.member("author"));
    let names = authors.map(|author| feed::collapse(&author.text_of("name")));
    let banner = ImageSource::parse(&feed::whole(address, &entry.text_of("banner_image")));
    let picture = banner.map(|src| Image::new(src, String::new())).or_else(|| item.image.clone());
    Ok(Whole {
        modified: feed::date(&entry.text_of("date_modified")).filter(|at| item.published < *at),
        by: names.filter(|name| !name.is_empty()).collect(),
        picture: picture.map(|picture| (picture, String::new())),
        body: content(entry, &item, address, parse)?,
        attachments: entry.items_of("attachments").iter().filter_map(attachment).collect(),
        source: String::new(),
        language: entry.text_of("language"),
        home: None,
        item,
    })
}

/// The article.
pub(super) fn article(whole: &Whole, embed: &Embed, words: &MoreWords) -> Node {
    let Whole { item, home, .. } = whole;
    let place = Place { root: &item.root, home: home.as_deref().unwrap_or_default() };
    let language = if whole.language.is_empty() { "vi" } else { &whole.language };
    // Reachable by script: whoever opens an article in a list stands at its beginning then.
    let title = node("h3", "title").with("tabindex", "-1").with("lang", language).with("dir", "auto");
    let head = node("header", "").child(title.text(&item.title)).child(about(whole, words));
    let lead = (!item.summary.is_empty()).then(|| node("p", "lead").text(&item.summary));
    let text = node("div", "content")
        .with("lang", language)
        .with("dir", "auto")
        .maybe(lead)
        .maybe(place.picture_above(whole))
        .child(node("div", "body").children(place.blocks(&whole.body.0)));
    let source = (!whole.source.is_empty()).then(|| {
        let name = node("span", "").with("lang", "vi").text(&whole.source);
        node("p", "origin").text(words.source).text(": ").child(name)
    });
    let name = if home.is_some() { words.read_on } else { words.original };
    let way = (!item.url.is_empty())
        .then(|| node("p", "more").child(elsewhere(link(&item.url, "link"), embed).text(name)));
    // The script puts the list back, where the article was opened in one.
    let back =
        (embed.open == Open::Here).then(|| node("button", "back").with("type", "button").text(words.back));
    node("article", "article")
        .maybe(back)
        .child(head)
        .child(text)
        .maybe(source)
        .maybe(place.files(&whole.attachments, words))
        .maybe(way)
}

/// When and by whom.
fn about(whole: &Whole, words: &MoreWords) -> Node {
    let moment = |at: Moment| time(at, &at.to_string());
    let published = whole.item.published;
    let changed = whole.modified.filter(|at| *at != published);
    let changed = changed.map(|at| node("span", "updated").text(words.updated).text(" ").child(moment(at)));
    let by =
        (!whole.by.is_empty()).then(|| node("span", "byline").with("lang", "vi").text(&whole.by.join(", ")));
    node("p", "meta").child(moment(published)).text(" ").maybe(changed).text(" ").maybe(by)
}

/// Out of the element: never in place of the host's page, unless it asked for that.
fn elsewhere(link: Node, embed: &Embed) -> Node {
    match embed.open {
        Open::Portal => link.with("target", "_top"),
        Open::New | Open::Here => away(link),
    }
}

fn away(link: Node) -> Node {
    link.with("target", "_blank").with("rel", "noopener")
}

/// Where addresses in a text lead.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    /// Address of the folder of files, with a slash at its end; empty for a feed.
    root: &'a str,
    /// Address of the portal, with a slash at its end; empty where nobody knows.
    home: &'a str,
}

impl Place<'_> {
    /// The picture above the text; the text often carries it itself, and then it is not shown twice.
    fn picture_above(&self, whole: &Whole) -> Option<Node> {
        let (picture, caption) = whole.picture.as_ref()?;
        if whole.body.images().iter().any(|inside| inside.src == picture.src) {
            return None;
        }
        let caption = (!caption.is_empty()).then(|| node("figcaption", "caption").text(caption));
        Some(self.figure(picture, caption))
    }

    fn figure(&self, image: &Image, caption: Option<Node>) -> Node {
        node("figure", "figure").child(picture(self.root, image, &image.alt, WIDE)).maybe(caption)
    }

    fn files(&self, files: &[Attachment], words: &MoreWords) -> Option<Node> {
        let all = files.iter().map(|file| {
            let about: Vec<_> =
                [Some(file.kind()).filter(|kind| !kind.is_empty()), file.size.map(|bytes| words.size(bytes))]
                    .into_iter()
                    .flatten()
                    .collect();
            let about = (!about.is_empty()).then(|| node("span", "meta").text(&about.join(", ")));
            let name = self.link(&file.url, "link").with("lang", "vi").text(&file.title);
            node("li", "file").child(name).text(" ").maybe(about)
        });
        (!files.is_empty()).then(|| {
            let list = node("ul", "").with("role", "list").children(all);
            node("section", "files").child(node("h4", "").text(words.attachments)).child(list)
        })
    }

    /// A link; a text without one where it leads to a portal that nobody knows.
    fn link(&self, to: &Target, part: &str) -> Node {
        match to {
            Target::Page(_) if self.home.is_empty() => node("span", part),
            Target::Page(path) => away(link(&[self.home, path].concat(), part)),
            Target::File(name) => link(&[self.root, name].concat(), part).with("download", ""),
            // Of the four schemes that can be written down, two open no page.
            Target::External(address)
                if !address.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("http")) =>
            {
                node("a", part).with("href", address)
            }
            Target::External(address) => away(link(address, part)),
        }
    }

    fn blocks(&self, blocks: &[Block]) -> Vec<Node> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Node {
        match block {
            Block::Heading { level, text } => self.inlines(
                node(
                    match level {
                        HeadingLevel::Two => "h4",
                        HeadingLevel::Three => "h5",
                        HeadingLevel::Four => "h6",
                    },
                    "",
                ),
                text,
            ),
            Block::Paragraph(text) => self.inlines(node("p", ""), text),
            Block::List { start, items } => {
                let list = match start {
                    None => node("ul", ""),
                    Some(1) => node("ol", ""),
                    Some(start) => node("ol", "").with("start", &start.to_string()),
                };
                list.children(items.iter().map(|item| self.only_text(node("li", ""), item)))
            }
            Block::Table { caption, head, rows } => self.table(caption, head, rows),
            Block::Quote(inner) => node("blockquote", "").children(self.blocks(inner)),
            Block::Figure { image, caption } => {
                let caption =
                    (!caption.is_empty()).then(|| self.inlines(node("figcaption", "caption"), caption));
                self.figure(image, caption)
            }
            Block::Preformatted(text) => node("pre", "").with("tabindex", "0").text(text),
            Block::Details { summary, blocks } => node("details", "")
                .child(self.inlines(node("summary", ""), summary))
                .children(self.blocks(blocks)),
            Block::Rule => node("hr", ""),
        }
    }

    /// A single paragraph in an item or a cell needs no `<p>` of its own.
    fn only_text(&self, around: Node, inner: &[Block]) -> Node {
        match inner {
            [Block::Paragraph(text)] => self.inlines(around, text),
            inner => around.children(self.blocks(inner)),
        }
    }

    /// Wide tables scroll inside a frame that the keyboard can reach.
    fn table(&self, caption: &[Inline], head: &[Row], rows: &[Row]) -> Node {
        let mut name = String::new();
        inlines_text(caption, &mut name);
        let part = |part: &str, rows: &[Row]| node(part, "").children(rows.iter().map(|row| self.row(row)));
        let table = node("table", "")
            .maybe((!caption.is_empty()).then(|| self.inlines(node("caption", ""), caption)))
            .maybe((!head.is_empty()).then(|| part("thead", head)))
            .child(part("tbody", rows));
        let frame = node("div", "table").with("role", "region").with("tabindex", "0");
        (if name.is_empty() { frame } else { frame.with("aria-label", &name) }).child(table)
    }

    fn row(&self, row: &Row) -> Node {
        node("tr", "").children(row.iter().map(|cell| self.cell(cell)))
    }

    fn cell(&self, cell: &Cell) -> Node {
        let mut around = match cell.scope {
            None => node("td", ""),
            Some(Scope::Row) => node("th", "").with("scope", "row"),
            Some(Scope::Col) => node("th", "").with("scope", "col"),
        };
        for (name, n) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if n != 1 {
                around = around.with(name, &n.to_string());
            }
        }
        self.only_text(around, &cell.blocks)
    }

    fn inlines(&self, around: Node, text: &[Inline]) -> Node {
        text.iter().fold(around, |around, inline| match inline {
            Inline::Text(text) => around.text(text),
            Inline::Strong(inner) => around.child(self.inlines(node("strong", ""), inner)),
            Inline::Emphasis(inner) => around.child(self.inlines(node("em", ""), inner)),
            Inline::Link { to, text } => around.child(self.inlines(self.link(to, ""), text)),
            Inline::Code(text) => around.child(node("code", "").text(text)),
            Inline::Subscript(inner) => around.child(self.inlines(node("sub", ""), inner)),
            Inline::Superscript(inner) => around.child(self.inlines(node("sup", ""), inner)),
            Inline::LineBreak => around.child(node("br", "")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use archive::{Body, clean::clean, markup};
    use proptest::prelude::*;

    fn any_nodes() -> impl Strategy<Value = Vec<markup::Node>> {
        let text = "[a-zà-ỹ ]{1,9}".prop_map(markup::Node::Text);
        let node = text.prop_recursive(5, 40, 4, |inner| {
            let name = prop::sample::select(vec![
                "p",
                "h2",
                "h3",
                "h4",
                "ul",
                "ol",
                "li",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
                "caption",
                "blockquote",
                "figure",
                "figcaption",
                "img",
                "pre",
                "details",
                "summary",
                "hr",
                "br",
                "strong",
                "em",
                "a",
                "code",
                "sub",
                "sup",
                "div",
                "span",
            ]);
            (name, prop::collection::vec(inner, 0..4), 1u32..4).prop_map(|(name, children, n)| {
                let attributes = match name {
                    "a" => vec![("href", format!("https://a.example/{n}"))],
                    "img" => vec![("src", format!("https://a.example/{n}.png")), ("alt", format!("ảnh {n}"))],
                    "ol" => vec![("start", n.to_string())],
                    "td" | "th" => vec![("colspan", n.to_string()), ("rowspan", n.to_string())],
                    _ => vec![],
                };
                let attributes =
                    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                markup::Node::Element { name: name.to_owned(), attributes, children }
            })
        });
        prop::collection::vec(node, 0..6)
    }

    /// Headings as the archive has them, two levels higher.
    fn raise(nodes: &mut [markup::Node]) {
        for node in nodes {
            if let markup::Node::Element { name, children, .. } = node {
                let raised = ["h4", "h5", "h6"].iter().position(|deep| *deep == name.as_str());
                if let Some(at) = raised {
                    *name = ["h2", "h3", "h4"][at].to_owned();
                }
                raise(children);
            }
        }
    }

    proptest! {
        /// The same as `archive` writes it.
        #[test]
        fn the_body_that_is_published_is_the_one_that_is_read(nodes in any_nodes()) {
            let published = clean(&nodes).0;
            prop_assert_eq!(body(&serde_json::to_value(&published).expect("JSON")), published);
        }

        /// Nothing of a text is lost, changed or added on its way into the page.
        #[test]
        fn what_is_shown_of_a_body_says_the_same_body(nodes in any_nodes()) {
            let body = clean(&nodes).0;
            let place = Place { root: "", home: "" };
            let mut shown: Vec<markup::Node> = place.blocks(&body.0).into_iter().map(|node| node.0.into()).collect();
            raise(&mut shown);
            prop_assert_eq!(clean(&shown).0, body);
        }
    }

    #[test]
    fn links_lead_to_the_portal_to_its_files_or_elsewhere() {
        let shown = |home: &str, to: &str| {
            let place = Place { root: "https://a.example/data/", home };
            let node = place.link(&Target::parse(to).expect("a target"), "").text("x");
            crate::tree::page::print(&node.0.into())
        };
        let home = "https://a.example/";
        let blank = r#" target="_blank" rel="noopener""#;
        assert_eq!(
            shown(home, "/bai-viet/a"),
            format!(r#"<a href="https://a.example/bai-viet/a"{blank}>x</a>"#)
        );
        assert_eq!(shown("", "/bai-viet/a"), "<span>x</span>");
        assert_eq!(shown("javascript:x//", "/bai-viet/a"), format!("<span{blank}>x</span>"));
        assert_eq!(
            shown(home, "media/a.pdf"),
            r#"<a href="https://a.example/data/media/a.pdf" download="">x</a>"#
        );
        assert_eq!(
            shown(home, "HTTPS://b.example/"),
            format!(r#"<a href="HTTPS://b.example/"{blank}>x</a>"#)
        );
        assert_eq!(shown(home, "mailto:a@b.example"), r#"<a href="mailto:a@b.example">x</a>"#);
    }

    #[test]
    fn wide_tables_scroll_and_can_be_reached() {
        let cell = |text: &str| Cell {
            scope: None,
            columns: 2,
            rows: 1,
            blocks: vec![Block::Paragraph(vec![Inline::Text(text.into())])],
        };
        let body = Body(vec![Block::Table {
            caption: vec![Inline::Text("Bảng".into())],
            head: vec![],
            rows: vec![vec![cell("a")]],
        }]);
        let place = Place { root: "", home: "" };
        let [node] = <[Node; 1]>::try_from(place.blocks(&body.0)).expect("one block");
        assert_eq!(
            crate::tree::page::print(&node.0.into()),
            r#"<div part="table" role="region" tabindex="0" aria-label="Bảng"><table><caption>Bảng</caption><tbody><tr><td colspan="2">a</td></tr></tbody></table></div>"#
        );
    }
}
