//! The body of an article: a tree of allowed blocks, the only form in which text reaches the browser's page.
//!
//! Whatever is not in these types cannot be shown, so there is nothing to escape and nothing to forget.
//! Not here: the names of a picture's smaller copies (`scaled`), making a body from HTML (`clean`), showing one
//! (`components/article_body.rs` of the app).

use crate::Colour;
use serde::{Deserialize, Serialize};

pub use crate::scaled::{Format, copy_name};

/// The whole text of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body(pub Vec<Block>);

/// A block of text. Serialised as `{"p": …}`, one key naming the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading inside the article; the page's own title is level 1.
    #[serde(rename = "h")]
    Heading {
        /// 2, 3 or 4.
        level: HeadingLevel,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A paragraph.
    #[serde(rename = "p")]
    Paragraph(Vec<Inline>),
    /// A list.
    #[serde(rename = "list")]
    List {
        /// The number of the first item for a numbered list; none for a bulleted one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// Each item is a run of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    #[serde(rename = "table")]
    Table {
        /// The caption; may be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        caption: Vec<Inline>,
        /// Rows of the head; may be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        head: Vec<Row>,
        /// Rows of the body.
        rows: Vec<Row>,
    },
    /// A quotation.
    #[serde(rename = "quote")]
    Quote(Vec<Block>),
    /// A picture of its own, with or without caption.
    #[serde(rename = "figure")]
    Figure {
        /// The picture.
        image: Image,
        /// The caption; may be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        caption: Vec<Inline>,
    },
    /// Preformatted text.
    #[serde(rename = "pre")]
    Preformatted(String),
    /// A part that opens on demand.
    #[serde(rename = "details")]
    Details {
        /// What stands on its handle.
        summary: Vec<Inline>,
        /// What it opens.
        blocks: Vec<Block>,
    },
    /// A rule between parts.
    #[serde(rename = "rule")]
    Rule,
}

/// The level of a heading inside an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum HeadingLevel {
    /// `<h2>`
    Two,
    /// `<h3>`
    Three,
    /// `<h4>`
    Four,
}

impl TryFrom<u8> for HeadingLevel {
    type Error = &'static str;

    fn try_from(level: u8) -> Result<Self, Self::Error> {
        match level {
            2 => Ok(Self::Two),
            3 => Ok(Self::Three),
            4 => Ok(Self::Four),
            _ => Err("a heading has level 2, 3 or 4"),
        }
    }
}

impl From<HeadingLevel> for u8 {
    fn from(level: HeadingLevel) -> Self {
        match level {
            HeadingLevel::Two => 2,
            HeadingLevel::Three => 3,
            HeadingLevel::Four => 4,
        }
    }
}

/// A row of a table.
pub type Row = Vec<Cell>;

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it heads, when it is a header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Columns it spans, 1 to 100.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u16,
    /// Rows it spans, 1 to 1000.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u16,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

fn one() -> u16 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_one(n: &u16) -> bool {
    *n == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What a header cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Its column.
    Col,
    /// Its row.
    Row,
}

/// Text inside a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Plain text, never empty.
    #[serde(rename = "t")]
    Text(String),
    /// Strong importance.
    #[serde(rename = "b")]
    Strong(Vec<Inline>),
    /// Emphasis.
    #[serde(rename = "i")]
    Emphasis(Vec<Inline>),
    /// A link.
    #[serde(rename = "a")]
    Link {
        /// Where it goes.
        to: Target,
        /// What is read.
        text: Vec<Inline>,
    },
    /// Code.
    #[serde(rename = "code")]
    Code(String),
    /// Subscript.
    #[serde(rename = "sub")]
    Subscript(Vec<Inline>),
    /// Superscript.
    #[serde(rename = "sup")]
    Superscript(Vec<Inline>),
    /// A line break.
    #[serde(rename = "br")]
    LineBreak,
}

/// Where a link goes. A type of its own, so that `javascript:` cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// A page of this portal: path and query below the portal's own address, without the first `/`.
    Page(String),
    /// A published file of this portal: `media/…`.
    File(String),
    /// `https:`, `http:`, `mailto:` or `tel:`, whole.
    External(String),
}

impl Target {
    /// Reads an `href`. `None` for what may not be followed: other schemes, addresses with control
    /// characters, fragments alone.
    pub fn parse(href: &str) -> Option<Self> {
        let href = href.trim_matches(|c: char| c.is_ascii_whitespace());
        if href.is_empty() || href.len() > 2000 || href.chars().any(char::is_control) {
            return None;
        }
        let (scheme, rest) = href.split_once(':').unwrap_or_default();
        let scheme = (!scheme.is_empty() && !scheme.contains(['/', '?', '#'])).then_some(scheme);
        match scheme.map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https") => {
                let host = rest.strip_prefix("//")?;
                (!host.is_empty() && !host.starts_with('/')).then(|| Self::External(href.to_owned()))
            }
            Some("mailto" | "tel") => Some(Self::External(href.to_owned())),
            Some(_) => None,
            None if href.starts_with("//") || href.contains('\\') => None,
            None if href.starts_with('#') => None,
            None => {
                let path = href.trim_start_matches('/');
                let safe = !path.split(['/', '?', '#']).any(|segment| segment == "." || segment == "..");
                safe.then(|| match path.starts_with("media/") {
                    true => Self::File(path.to_owned()),
                    false => Self::Page(path.to_owned()),
                })
            }
        }
    }
}

impl TryFrom<String> for Target {
    type Error = &'static str;

    fn try_from(href: String) -> Result<Self, Self::Error> {
        Self::parse(&href).ok_or("a link leads to http, https, mailto, tel or a page of the portal")
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        match target {
            Target::Page(path) => format!("/{path}"),
            Target::File(path) | Target::External(path) => path,
        }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// `media/…` below the published folder, or a whole `https:`/`http:` address in a plain feed.
    pub src: ImageSource,
    /// What it shows, for those who do not see it; empty when unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Width in CSS pixels, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in CSS pixels, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Widths in pixels of its smaller copies, the smallest first; [`Image::scaled`] names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<u32>,
    /// How many of `widths`, from the smallest on, there are as [`Format::Plain`], too; all where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<usize>,
    /// Whether it lets what is behind it through.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transparent: bool,
    /// Its average colour, to stand in its place while it loads; none for one that is transparent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tint: Option<Colour>,
    /// With which settings its copies were made; part of their names.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub recipe: u32,
}

impl Image {
    /// A picture of which no more is known.
    pub fn new(src: ImageSource, alt: String) -> Self {
        Self {
            src,
            alt,
            width: None,
            height: None,
            widths: Vec::new(),
            plain: None,
            transparent: false,
            tint: None,
            recipe: 0,
        }
    }
}

/// Where a picture is. Never `data:` or a relative way out of the published folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ImageSource {
    /// `media/…` below the archive (source) or the published folder.
    File(String),
    /// A whole address.
    External(String),
}

impl ImageSource {
    /// Reads a `src` by the rules of [`Target::parse`]; a page is not a picture.
    pub fn parse(src: &str) -> Option<Self> {
        match Target::parse(src)? {
            Target::File(path) => Some(Self::File(path)),
            Target::External(url) if url.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("http")) => {
                Some(Self::External(url))
            }
            Target::External(_) | Target::Page(_) => None,
        }
    }

    /// The path or address as written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::File(path) | Self::External(path) => path,
        }
    }
}

impl TryFrom<String> for ImageSource {
    type Error = &'static str;

    fn try_from(src: String) -> Result<Self, Self::Error> {
        Self::parse(&src).ok_or("a picture is a file under media/ or an http(s) address")
    }
}

impl From<ImageSource> for String {
    fn from(src: ImageSource) -> Self {
        match src {
            ImageSource::File(path) | ImageSource::External(path) => path,
        }
    }
}

impl Body {
    /// The words of the body without its structure, blocks parted by newlines, captions and table cells
    /// included: what search reads.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        blocks_text(&self.0, &mut text);
        text.truncate(text.trim_end().len());
        text
    }

    /// The headings that stand by themselves, not inside another block, in order.
    pub fn headings(&self) -> impl Iterator<Item = (HeadingLevel, String)> {
        self.0.iter().filter_map(|block| match block {
            Block::Heading { level, text } => {
                let mut name = String::new();
                inlines_text(text, &mut name);
                Some((*level, name))
            }
            _ => None,
        })
    }

    /// Every picture of the body, in order.
    pub fn images(&self) -> Vec<&Image> {
        let mut images = Vec::new();
        find_images(&self.0, &mut images);
        images
    }

    /// The same, to be changed.
    pub fn images_mut(&mut self) -> Vec<&mut Image> {
        let mut images = Vec::new();
        collect_images(&mut self.0, &mut images);
        images
    }
}

fn find_images<'a>(blocks: &'a [Block], images: &mut Vec<&'a Image>) {
    for block in blocks {
        match block {
            Block::Figure { image, .. } => images.push(image),
            Block::List { items, .. } => items.iter().for_each(|item| find_images(item, images)),
            Block::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows).flatten() {
                    find_images(&cell.blocks, images);
                }
            }
            Block::Quote(blocks) | Block::Details { blocks, .. } => find_images(blocks, images),
            Block::Heading { .. } | Block::Paragraph(_) | Block::Preformatted(_) | Block::Rule => {}
        }
    }
}

fn collect_images<'a>(blocks: &'a mut [Block], images: &mut Vec<&'a mut Image>) {
    for block in blocks {
        match block {
            Block::Figure { image, .. } => images.push(image),
            Block::List { items, .. } => items.iter_mut().for_each(|item| collect_images(item, images)),
            Block::Table { head, rows, .. } => {
                for cell in head.iter_mut().chain(rows).flatten() {
                    collect_images(&mut cell.blocks, images);
                }
            }
            Block::Quote(blocks) | Block::Details { blocks, .. } => collect_images(blocks, images),
            Block::Heading { .. } | Block::Paragraph(_) | Block::Preformatted(_) | Block::Rule => {}
        }
    }
}

fn blocks_text(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Figure { caption: text, .. } => {
                inlines_text(text, out);
            }
            Block::List { items, .. } => items.iter().for_each(|item| blocks_text(item, out)),
            Block::Table { caption, head, rows } => {
                inlines_text(caption, out);
                end_line(out);
                for cell in head.iter().chain(rows).flatten() {
                    blocks_text(&cell.blocks, out);
                }
            }
            Block::Quote(blocks) => blocks_text(blocks, out),
            Block::Preformatted(text) => out.push_str(text),
            Block::Details { summary, blocks } => {
                inlines_text(summary, out);
                end_line(out);
                blocks_text(blocks, out);
            }
            Block::Rule => {}
        }
        end_line(out);
    }
}

fn end_line(out: &mut String) {
    if !out.ends_with('\n') && !out.is_empty() {
        out.push('\n');
    }
}

/// The words of a run of inline text.
pub fn inlines_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Subscript(inner)
            | Inline::Superscript(inner) => {
                inlines_text(inner, out);
            }
            Inline::Link { text, .. } => inlines_text(text, out),
            Inline::LineBreak => out.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_could_run_code_cannot_be_written_down() {
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example/x",
            "\\\\evil",
            "/a/../../b",
            "blob:x",
            "file:///etc/passwd",
            "",
            "#x",
            "https:///x",
        ] {
            assert_eq!(Target::parse(bad), None, "{bad}");
            assert!(serde_json::from_value::<Target>(bad.into()).is_err(), "{bad}");
        }
    }

    #[test]
    fn links_are_read_by_where_they_go() {
        let page = Target::parse("/bai-viet/khai-giang?x=1").expect("a page");
        assert_eq!(page, Target::Page("bai-viet/khai-giang?x=1".into()));
        assert_eq!(Target::parse("media/a.pdf"), Some(Target::File("media/a.pdf".into())));
        assert_eq!(
            Target::parse("https://moet.example/a:b"),
            Some(Target::External("https://moet.example/a:b".into()))
        );
        assert_eq!(Target::parse("mailto:a@b.example"), Some(Target::External("mailto:a@b.example".into())));
        for target in [page, Target::File("media/a.pdf".into())] {
            assert_eq!(Target::parse(&String::from(target.clone())), Some(target));
        }
    }

    #[test]
    fn pictures_are_files_or_whole_addresses() {
        assert!(ImageSource::parse("media/a.svg").is_some());
        assert!(ImageSource::parse("/media/a.svg").is_some());
        assert!(ImageSource::parse("https://a.example/a.png").is_some());
        for bad in ["data:image/png;base64,x", "mailto:a@b", "bai-viet/x", "javascript:x"] {
            assert_eq!(ImageSource::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn pictures_are_found_wherever_they_stand() {
        let figure = |name: &str| Block::Figure {
            image: Image::new(ImageSource::parse(name).expect("a file"), String::new()),
            caption: vec![],
        };
        let cell = |block| Cell { scope: None, columns: 1, rows: 1, blocks: vec![block] };
        let mut body = Body(vec![
            figure("media/1.svg"),
            Block::List { start: None, items: vec![vec![figure("media/2.svg")]] },
            Block::Table {
                caption: vec![],
                head: vec![vec![cell(figure("media/3.svg"))]],
                rows: vec![vec![cell(Block::Quote(vec![figure("media/4.svg")]))]],
            },
            Block::Details { summary: vec![], blocks: vec![figure("media/5.svg")] },
        ]);
        let names: Vec<_> = body.images().iter().map(|image| image.src.as_str().to_owned()).collect();
        assert_eq!(names, [1, 2, 3, 4, 5].map(|n| format!("media/{n}.svg")));
        let changed: Vec<_> = body.images_mut().iter().map(|image| image.src.as_str().to_owned()).collect();
        assert_eq!(names, changed);
    }

    #[test]
    fn plain_text_keeps_words_of_all_blocks_apart() {
        let p = |t: &str| Block::Paragraph(vec![Inline::Text(t.into())]);
        let cell = |t: &str| Cell { scope: None, columns: 1, rows: 1, blocks: vec![p(t)] };
        let body = Body(vec![
            p("một"),
            Block::Table {
                caption: vec![Inline::Text("hai".into())],
                head: vec![],
                rows: vec![vec![cell("ba"), cell("bốn")]],
            },
            Block::Details { summary: vec![Inline::Text("năm".into())], blocks: vec![p("sáu")] },
        ]);
        assert_eq!(
            body.plain_text().split('\n').collect::<Vec<_>>(),
            ["một", "hai", "ba", "bốn", "năm", "sáu"]
        );
    }
}
