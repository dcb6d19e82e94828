//! HTML in, [`Body`](crate::Body) out: the one allow-list.
//!
//! [`clean`] is pure, so `newsroom` (html5ever) and the browser (`DOMParser`) get the same tree from the same
//! HTML. It keeps the words whatever happens to their dress: what [`Body`] cannot say is either unwrapped (a
//! `<span>`, a nested table) or dropped with its content (a `<script>`), and every loss is named in a [`Loss`].
//!
//! How it works: text is not built as a tree at once. A [`Flow`] gathers pieces of text, each with the path of
//! formats it stands in; where a block begins or ends the gathered run is settled (white space collapsed,
//! ends trimmed) and folded back into a tree. So `<b>a<p>b</p>c</b>`, a picture inside a paragraph and a
//! paragraph inside a link need no rule of their own, and cleaning what was cleaned changes nothing.
//!
//! Not here: parsing HTML text, following links, knowing which files exist, sentences for readers.

use crate::{
    Body,
    body::{Block, Cell, HeadingLevel, Image, ImageSource, Inline, Row, Scope, Target},
    markup::{MAX_DEPTH, Node},
};
use std::{collections::BTreeMap, fmt, rc::Rc};

/// Deepest nesting of blocks in a [`Body`]; deeper lists, quotes and details are unwrapped in their place.
///
/// `serde_json` refuses JSON nested deeper than 128. A block takes at most 6 levels (a cell of a table, but
/// tables do not nest) and usually 2 to 4, inline text at most 14, an article around them 4: 20 blocks fit.
/// Real articles nest less than 8 deep.
pub const MAX_NESTED_BLOCKS: usize = 20;

/// Something of the HTML that the [`Body`] does not say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What kind of thing it was.
    pub kind: LossKind,
    /// Its name: of the element, of the attribute, or the start of the address (at most 80 characters).
    pub name: String,
    /// How many times; for attributes, on how many elements.
    pub count: usize,
}

/// The kinds of [`Loss`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// An element is gone with everything in it.
    Element,
    /// What an element does to its text is gone; the text is kept.
    Formatting,
    /// An attribute is gone.
    Attribute,
    /// A link is gone, because its address may not be followed, or because there is nothing to press; its text
    /// is kept.
    Link,
    /// A picture is gone, because its address may not be loaded.
    Picture,
    /// What nests deeper than [`MAX_DEPTH`] is gone.
    Depth,
}

/// As told to editors: `attribute style on 12 elements`.
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.kind {
            LossKind::Element => write!(f, "element <{name}> with its content")?,
            LossKind::Formatting => write!(f, "formatting <{name}>")?,
            LossKind::Attribute if self.count == 1 => return write!(f, "attribute {name} on 1 element"),
            LossKind::Attribute => return write!(f, "attribute {name} on {} elements", self.count),
            LossKind::Link if name.is_empty() => f.write_str("link without address")?,
            LossKind::Link => write!(f, "link {name}")?,
            LossKind::Picture if name.is_empty() => f.write_str("picture without address")?,
            LossKind::Picture if name.starts_with("data:") => f.write_str("picture with data: address")?,
            LossKind::Picture => write!(f, "picture at {name}")?,
            LossKind::Depth => write!(f, "what nests deeper than {MAX_DEPTH} levels")?,
        }
        if self.count > 1 { write!(f, ", {} times", self.count) } else { Ok(()) }
    }
}

/// Turns parsed HTML into allowed blocks, and says what was lost on the way.
///
/// Never panics and never nests deeper than [`MAX_NESTED_BLOCKS`]; losses come in a fixed order. Links and
/// pictures keep their addresses as written: resolve those of a feed before (`address::resolve`).
pub fn clean(nodes: &[Node]) -> (Body, Vec<Loss>) {
    let mut cleaner = Cleaner { losses: BTreeMap::new(), shift: usize::from(has_element(nodes, "h1", 0)) };
    let mut flow = Flow::default();
    cleaner.walk(nodes, &mut flow, &Place::default());
    let losses = cleaner.losses.into_iter().map(|((kind, name), count)| Loss { kind, name, count }).collect();
    (Body(flow.finish()), losses)
}

/// Turns plain text into paragraphs: a blank line parts paragraphs, a single newline is a line break.
pub fn text_to_body(text: &str) -> Body {
    let mut flow = Flow::default();
    let place = Place::default();
    for line in text.lines() {
        if line.chars().all(is_space) {
            flow.flush();
        } else {
            flow.text(line, &place);
            flow.run.push(Piece { path: place.path.clone(), code: false, leaf: Leaf::Break });
        }
    }
    Body(flow.finish())
}

/// What a run of text stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Format {
    Strong,
    Emphasis,
    Subscript,
    Superscript,
    Link(Target),
}

impl Format {
    fn around(&self, inner: Vec<Inline>) -> Inline {
        match self {
            Self::Strong => Inline::Strong(inner),
            Self::Emphasis => Inline::Emphasis(inner),
            Self::Subscript => Inline::Subscript(inner),
            Self::Superscript => Inline::Superscript(inner),
            Self::Link(to) => Inline::Link { to: to.clone(), text: inner },
        }
    }
}

type Path = Rc<[Format]>;

/// Where the walk is.
#[derive(Clone)]
struct Place {
    /// Formats around, outermost first, each kind at most once.
    path: Path,
    code: bool,
    in_cell: bool,
    /// The target of a link around a picture and nothing else.
    picture_link: Option<Rc<Target>>,
    /// Blocks around, against [`MAX_NESTED_BLOCKS`].
    nested: usize,
    /// Nodes around, against [`MAX_DEPTH`].
    depth: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self { path: Rc::from([]), code: false, in_cell: false, picture_link: None, nested: 0, depth: 0 }
    }
}

impl Place {
    fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, ..self.clone() }
    }

    fn within(&self, format: Format) -> Self {
        let same = |other: &Format| std::mem::discriminant(other) == std::mem::discriminant(&format);
        if self.path.iter().any(same) {
            return self.deeper();
        }
        Self { path: self.path.iter().cloned().chain([format]).collect(), ..self.deeper() }
    }

    fn inside_block(&self) -> Self {
        Self { nested: self.nested + 1, ..self.deeper() }
    }

    fn full(&self) -> bool {
        self.nested >= MAX_NESTED_BLOCKS
    }
}

/// A stretch of text with one path, or a line break.
#[derive(Debug)]
struct Piece {
    path: Path,
    code: bool,
    leaf: Leaf,
}

#[derive(Debug)]
enum Leaf {
    Text(String),
    Break,
}

/// Blocks so far, and the run of text that is not a block yet.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    run: Vec<Piece>,
    /// For places that hold only text (headings, captions): a block boundary is a space, and pictures wait
    /// in `blocks` until the place is over.
    text_only: bool,
}

impl Flow {
    fn text(&mut self, text: &str, place: &Place) {
        let leaf = Leaf::Text(text.to_owned());
        self.run.push(Piece { path: place.path.clone(), code: place.code, leaf });
    }

    /// Ends the paragraph that may be open.
    fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        if self.text_only {
            self.text(" ", &Place::default());
            return;
        }
        let inlines = settle(std::mem::take(&mut self.run));
        if !inlines.is_empty() {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }

    fn push(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}

struct Cleaner {
    losses: BTreeMap<(LossKind, String), usize>,
    /// 1 when the text has an `<h1>`: then all headings go one level down, so that their order stays.
    shift: usize,
}

impl Cleaner {
    fn lose(&mut self, kind: LossKind, name: &str) {
        let name = name.chars().filter(|c| !c.is_control()).take(80).collect();
        *self.losses.entry((kind, name)).or_default() += 1;
    }

    fn walk(&mut self, nodes: &[Node], flow: &mut Flow, place: &Place) {
        if place.depth > MAX_DEPTH {
            if !nodes.is_empty() {
                self.lose(LossKind::Depth, "");
            }
            return;
        }
        for node in nodes {
            match node {
                Node::Text(text) => flow.text(text, place),
                Node::Element { name, attributes, children } => {
                    self.element(name, attributes, children, flow, place);
                }
            }
        }
    }

    fn element(
        &mut self,
        name: &str,
        attributes: &Attributes,
        children: &[Node],
        flow: &mut Flow,
        place: &Place,
    ) {
        if DROPPED.contains(&name) {
            return self.lose(LossKind::Element, name);
        }
        self.lose_attributes(name, attributes);
        match name {
            "b" | "strong" => self.walk(children, flow, &place.within(Format::Strong)),
            "i" | "em" | "cite" | "dfn" | "var" => self.walk(children, flow, &place.within(Format::Emphasis)),
            "sub" => self.walk(children, flow, &place.within(Format::Subscript)),
            "sup" => self.walk(children, flow, &place.within(Format::Superscript)),
            "code" | "kbd" | "samp" | "tt" => {
                self.walk(children, flow, &Place { code: true, ..place.deeper() });
            }
            "q" => {
                flow.text("“", place);
                self.walk(children, flow, &place.deeper());
                flow.text("”", place);
            }
            "br" => {
                flow.run.push(Piece { path: place.path.clone(), code: false, leaf: Leaf::Break });
                // A void element has no children, but XHTML and hand-made trees may have put some there.
                self.walk(children, flow, &place.deeper());
            }
            "a" => self.link(attributes, children, flow, place),
            "img" => self.picture(attributes, flow, place),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let written = usize::from(name.as_bytes()[1] - b'0');
                let level = match written + self.shift {
                    ..=2 => HeadingLevel::Two,
                    3 => HeadingLevel::Three,
                    _ => HeadingLevel::Four,
                };
                if flow.text_only {
                    return self.unwrap_block(children, flow, place);
                }
                let (text, pictures) = self.text_of(children, place);
                flow.flush();
                if !text.is_empty() {
                    flow.push(Block::Heading { level, text });
                }
                flow.blocks.extend(pictures);
            }
            "hr" if flow.text_only => {
                self.lose(LossKind::Formatting, name);
                self.unwrap_block(children, flow, place);
            }
            "hr" => {
                flow.push(Block::Rule);
                self.unwrap_block(children, flow, place);
            }
            "ul" | "ol" | "menu" | "dir" | "dl" | "blockquote" | "pre" | "listing" | "xmp" | "plaintext"
            | "table" | "details"
                if flow.text_only =>
            {
                self.lose(LossKind::Formatting, name);
                self.unwrap_block(children, flow, place);
            }
            "pre" | "listing" | "xmp" | "plaintext" => self.preformatted(children, flow, place),
            "ul" | "ol" | "menu" | "dir" | "dl" | "blockquote" | "table" | "details" if place.full() => {
                self.lose(LossKind::Formatting, name);
                self.unwrap_block(children, flow, place);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(name == "ol", attributes, children, flow, place),
            "dl" => self.definitions(children, flow, place),
            "blockquote" => {
                let mut inner = Flow::default();
                self.walk(children, &mut inner, &place.inside_block());
                let blocks = inner.finish();
                flow.flush();
                if !blocks.is_empty() {
                    flow.push(Block::Quote(blocks));
                }
            }
            "table" if place.in_cell => {
                self.lose(LossKind::Formatting, "table in a table");
                self.unwrap_block(children, flow, place);
            }
            "table" => self.table(children, flow, place),
            "details" => self.details(children, flow, place),
            "figure" => self.figure(children, flow, place),
            "figcaption" => {
                // Outside its figure's own children: it still belongs to the picture just before it.
                if flow.text_only {
                    return self.unwrap_block(children, flow, place);
                }
                let (text, pictures) = self.text_of(children, place);
                flow.flush();
                match flow.blocks.last_mut() {
                    Some(Block::Figure { caption, .. }) if caption.is_empty() => *caption = text,
                    _ if text.is_empty() => {}
                    _ => flow.push(Block::Paragraph(text)),
                }
                flow.blocks.extend(pictures);
            }
            _ if INLINE.contains(&name) => self.walk(children, flow, &place.deeper()),
            _ if BLOCK.contains(&name) => self.unwrap_block(children, flow, place),
            _ if LOST_BLOCK.contains(&name) => {
                self.lose(LossKind::Formatting, name);
                self.unwrap_block(children, flow, place);
            }
            _ => {
                self.lose(LossKind::Formatting, name);
                self.walk(children, flow, &place.deeper());
            }
        }
    }

    /// Walks what is a block in HTML and nothing of its own in a body.
    fn unwrap_block(&mut self, children: &[Node], flow: &mut Flow, place: &Place) {
        flow.flush();
        self.walk(children, flow, &place.deeper());
        flow.flush();
    }

    fn lose_attributes(&mut self, element: &str, attributes: &Attributes) {
        for (name, written) in attributes {
            let kept = match element {
                "a" => {
                    matches!(
                        name.as_str(),
                        "href" | "target" | "rel" | "hreflang" | "download" | "referrerpolicy"
                    )
                }
                "img" => matches!(
                    name.as_str(),
                    "src" | "alt" | "width" | "height" | "loading" | "decoding" | "srcset" | "sizes"
                ),
                "ol" => name == "start",
                "td" | "th" => matches!(name.as_str(), "scope" | "colspan" | "rowspan"),
                "time" => name == "datetime",
                _ => false,
            };
            // What a reader sees over a picture is lost, unless the picture says it anyway. Links: see `link`.
            let kept = kept
                || name == "title"
                    && match element {
                        "a" => true,
                        "img" => {
                            let said = value(attributes, "alt").unwrap_or_default();
                            written.trim().is_empty() || written.trim() == said.trim()
                        }
                        _ => written.trim().is_empty(),
                    };
            if !kept && !matches!(name.as_str(), "lang" | "dir" | "xml:lang") {
                self.lose(LossKind::Attribute, name);
            }
        }
    }

    /// The text of a heading or caption, and the pictures that stood in it.
    fn text_of(&mut self, children: &[Node], place: &Place) -> (Vec<Inline>, Vec<Block>) {
        let mut flow = Flow { text_only: true, ..Flow::default() };
        self.walk(children, &mut flow, &place.deeper());
        (settle(flow.run), flow.blocks)
    }

    fn link(&mut self, attributes: &Attributes, children: &[Node], flow: &mut Flow, place: &Place) {
        if let Some(title) = value(attributes, "title").map(collapse).filter(|title| !title.is_empty()) {
            let mut text = String::new();
            text_below(children, &mut text, place.depth);
            if collapse(&text) != title {
                self.lose(LossKind::Attribute, "title");
            }
        }
        let target = match value(attributes, "href") {
            None => return self.walk(children, flow, &place.deeper()),
            Some(href) => Target::parse(href).ok_or(href),
        };
        match target {
            Err(href) => {
                self.lose(LossKind::Link, href.trim());
                self.walk(children, flow, &place.deeper());
            }
            Ok(to) if has_text(children, place.depth) => {
                self.walk(children, flow, &place.within(Format::Link(to)));
            }
            Ok(to) => {
                if !has_element(children, "img", place.depth) {
                    self.lose(LossKind::Link, &String::from(to.clone()));
                }
                let picture_link = Some(Rc::new(to));
                self.walk(children, flow, &Place { picture_link, ..place.deeper() });
            }
        }
    }

    fn picture(&mut self, attributes: &Attributes, flow: &mut Flow, place: &Place) {
        let address = value(attributes, "src").unwrap_or_default().trim();
        let Some(src) = ImageSource::parse(address) else {
            return self.lose(LossKind::Picture, address);
        };
        let alt = collapse(value(attributes, "alt").unwrap_or_default());
        let mut caption = Vec::new();
        if let Some(to) = place.picture_link.as_deref() {
            let address = String::from(to.clone());
            if !is_picture(&address) {
                // A figure has no link of its own: the link moves into the caption, named by the picture.
                let text = if alt.is_empty() { address } else { alt.clone() };
                let path = Rc::from([Format::Link(to.clone())]);
                caption = settle(vec![Piece { path, code: false, leaf: Leaf::Text(text) }]);
            } else if address.trim_start_matches('/') != src.as_str() {
                self.lose(LossKind::Link, &address);
            }
        }
        let length = |name| value(attributes, name).and_then(pixels);
        let image = Image { width: length("width"), height: length("height"), ..Image::new(src, alt) };
        let figure = Block::Figure { image, caption };
        // In a place for text alone the picture waits, and the text runs on as if it were a space.
        flow.flush();
        flow.blocks.push(figure);
    }

    fn preformatted(&mut self, children: &[Node], flow: &mut Flow, place: &Place) {
        flow.flush();
        let (mut text, mut pictures) = (String::new(), Flow::default());
        self.verbatim(children, &mut text, &mut pictures, &place.deeper());
        let text = text.replace("\r\n", "\n").replace('\u{a0}', " ");
        let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        // An HTML parser swallows the first newline; lines of nothing at either end are nothing.
        let text = text.trim_start_matches('\n').trim_end();
        if !text.trim().is_empty() {
            flow.push(Block::Preformatted(text.to_owned()));
        }
        flow.blocks.extend(pictures.finish());
    }

    fn verbatim(&mut self, nodes: &[Node], text: &mut String, pictures: &mut Flow, place: &Place) {
        if place.depth > MAX_DEPTH {
            return self.lose(LossKind::Depth, "");
        }
        for node in nodes {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element { name, .. } if DROPPED.contains(&&**name) => {
                    self.lose(LossKind::Element, name);
                }
                Node::Element { name, attributes, children } => {
                    self.lose_attributes(name, attributes);
                    match name.as_str() {
                        "br" => text.push('\n'),
                        "img" => self.picture(attributes, pictures, place),
                        "code" | "kbd" | "samp" | "tt" | "span" | "font" => {}
                        "p" | "div" | "li" if !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
                        "p" | "div" => {}
                        other => self.lose(LossKind::Formatting, other),
                    }
                    self.verbatim(children, text, pictures, &place.deeper());
                }
            }
        }
    }

    fn list(
        &mut self,
        numbered: bool,
        attributes: &Attributes,
        nodes: &[Node],
        flow: &mut Flow,
        place: &Place,
    ) {
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut stray = Flow::default();
        let inside = place.inside_block();
        // What stands between the items belongs to the item before it, as browsers show it.
        let settle_stray = |stray: &mut Flow, items: &mut Vec<Vec<Block>>| {
            let blocks = std::mem::take(stray).finish();
            match items.last_mut() {
                _ if blocks.is_empty() => {}
                Some(last) => last.extend(blocks),
                None => items.push(blocks),
            }
        };
        for node in nodes {
            match node {
                Node::Element { name, attributes, children } if name == "li" => {
                    settle_stray(&mut stray, &mut items);
                    self.lose_attributes(name, attributes);
                    let mut item = Flow::default();
                    self.walk(children, &mut item, &inside.deeper());
                    items.push(item.finish());
                }
                other => self.walk(std::slice::from_ref(other), &mut stray, &inside),
            }
        }
        settle_stray(&mut stray, &mut items);
        if !numbered {
            items.retain(|item| !item.is_empty());
        }
        flow.flush();
        if items.iter().any(|item| !item.is_empty()) {
            let start = value(attributes, "start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
            flow.push(Block::List { start: numbered.then_some(start), items });
        }
    }

    /// A list of terms becomes a list whose items begin with the term in strong letters.
    fn definitions(&mut self, nodes: &[Node], flow: &mut Flow, place: &Place) {
        let mut items = vec![Flow::default()];
        let mut explained = false;
        self.terms(nodes, &mut items, &mut explained, &place.inside_block());
        let items: Vec<_> = items.into_iter().map(Flow::finish).filter(|item| !item.is_empty()).collect();
        flow.flush();
        if !items.is_empty() {
            flow.push(Block::List { start: None, items });
        }
    }

    fn terms(&mut self, nodes: &[Node], items: &mut Vec<Flow>, explained: &mut bool, place: &Place) {
        if place.depth > MAX_DEPTH {
            return self.lose(LossKind::Depth, "");
        }
        for node in nodes {
            match node {
                Node::Element { name, attributes, children } if name == "div" => {
                    self.lose_attributes(name, attributes);
                    self.terms(children, items, explained, &place.deeper());
                }
                Node::Element { name, attributes, children } if name == "dt" || name == "dd" => {
                    self.lose_attributes(name, attributes);
                    if name == "dt" && *explained {
                        items.push(Flow::default());
                    }
                    *explained = name == "dd";
                    let place = if name == "dt" { place.within(Format::Strong) } else { place.deeper() };
                    if let Some(item) = items.last_mut() {
                        self.unwrap_block(children, item, &place);
                    }
                }
                other => {
                    if let Some(item) = items.last_mut() {
                        self.walk(std::slice::from_ref(other), item, place);
                    }
                }
            }
        }
    }

    fn table(&mut self, nodes: &[Node], flow: &mut Flow, place: &Place) {
        flow.flush();
        let mut table = Table::default();
        let inside = Place { in_cell: true, ..place.inside_block() };
        // What a parser would move before the table goes before the table.
        self.rows(nodes, false, &mut table, flow, &inside);
        table.end_row(false);
        flow.flush();
        let Table { caption, head, rows, pictures, .. } = table;
        let cells = || head.iter().chain(&rows).flatten();
        if cells().any(|cell| !cell.blocks.is_empty()) {
            flow.push(Block::Table { caption, head, rows });
        } else if !caption.is_empty() {
            flow.push(Block::Paragraph(caption));
        }
        flow.blocks.extend(pictures);
    }

    fn rows(&mut self, nodes: &[Node], in_head: bool, table: &mut Table, before: &mut Flow, place: &Place) {
        if place.depth > MAX_DEPTH {
            return self.lose(LossKind::Depth, "");
        }
        for node in nodes {
            let Node::Element { name, attributes, children } = node else {
                self.walk(std::slice::from_ref(node), before, place);
                continue;
            };
            match name.as_str() {
                "thead" | "tbody" | "tfoot" => {
                    self.lose_attributes(name, attributes);
                    table.end_row(in_head);
                    self.rows(children, name == "thead", table, before, &place.deeper());
                    table.end_row(name == "thead");
                }
                "tr" => {
                    self.lose_attributes(name, attributes);
                    table.end_row(in_head);
                    self.rows(children, in_head, table, before, &place.deeper());
                    table.end_row(in_head);
                }
                "td" | "th" => {
                    self.lose_attributes(name, attributes);
                    let mut inner = Flow::default();
                    self.walk(children, &mut inner, &place.deeper());
                    let scope = match value(attributes, "scope").map(str::to_ascii_lowercase).as_deref() {
                        _ if name == "td" => None,
                        Some("row" | "rowgroup") => Some(Some(Scope::Row)),
                        Some("col" | "colgroup") => Some(Some(Scope::Col)),
                        _ => Some(None),
                    };
                    let span = |name, most| {
                        value(attributes, name)
                            .and_then(|n| n.trim().parse::<u64>().ok())
                            .map_or(1, |n| n.clamp(1, most))
                    };
                    table.row.push(OpenCell {
                        scope,
                        columns: u16::try_from(span("colspan", 100)).unwrap_or(1),
                        rows: u16::try_from(span("rowspan", 1000)).unwrap_or(1),
                        blocks: inner.finish(),
                    });
                }
                "caption" => {
                    self.lose_attributes(name, attributes);
                    let (text, pictures) = self.text_of(children, place);
                    join_captions(&mut table.caption, text);
                    table.pictures.extend(pictures);
                }
                "colgroup" | "col" => {
                    self.lose_attributes(name, attributes);
                    self.rows(children, in_head, table, before, &place.deeper());
                }
                _ => self.walk(std::slice::from_ref(node), before, place),
            }
        }
    }

    fn details(&mut self, nodes: &[Node], flow: &mut Flow, place: &Place) {
        flow.flush();
        let place = place.inside_block();
        let is_summary = |node: &Node| matches!(node, Node::Element { name, .. } if name == "summary");
        let (mut summary, mut inner) = (Vec::new(), Flow::default());
        for node in nodes {
            match node {
                Node::Element { name, attributes, children } if summary.is_empty() && is_summary(node) => {
                    self.lose_attributes(name, attributes);
                    let (text, pictures) = self.text_of(children, &place);
                    summary = text;
                    inner.flush();
                    inner.blocks.extend(pictures);
                }
                other => self.walk(std::slice::from_ref(other), &mut inner, &place),
            }
        }
        let blocks = inner.finish();
        match (summary.is_empty(), blocks.is_empty()) {
            (false, false) => flow.push(Block::Details { summary, blocks }),
            (false, true) => flow.push(Block::Paragraph(summary)),
            // Nothing to take hold of: what it would hide is shown.
            (true, _) => flow.blocks.extend(blocks),
        }
    }

    fn figure(&mut self, nodes: &[Node], flow: &mut Flow, place: &Place) {
        if flow.text_only {
            return self.unwrap_block(nodes, flow, place);
        }
        flow.flush();
        let (mut caption, mut inner, mut pictures) = (Vec::new(), Flow::default(), Vec::new());
        for node in nodes {
            match node {
                Node::Element { name, attributes, children } if name == "figcaption" => {
                    self.lose_attributes(name, attributes);
                    let (text, more) = self.text_of(children, place);
                    join_captions(&mut caption, text);
                    pictures.extend(more);
                }
                other => self.walk(std::slice::from_ref(other), &mut inner, &place.deeper()),
            }
        }
        let mut blocks = inner.finish();
        if !caption.is_empty() {
            give_caption(&mut blocks, caption);
        }
        flow.blocks.extend(blocks);
        flow.blocks.extend(pictures);
    }
}

type Attributes = [(String, String)];

/// Gone with everything in them: they run, load, ask or draw, or their text is not for readers.
const DROPPED: &[&str] = &[
    "applet", "area", "audio", "base", "basefont", "bgsound", "button", "canvas", "embed", "frame",
    "frameset", "head", "iframe", "input", "keygen", "link", "map", "math", "meta", "meter", "noembed",
    "noframes", "noscript", "object", "param", "progress", "script", "select", "source", "style", "svg",
    "template", "textarea", "title", "track", "video",
];

/// Unwrapped without loss, inside a line.
const INLINE: &[&str] =
    &["span", "font", "abbr", "acronym", "time", "data", "bdi", "bdo", "label", "picture", "wbr"];

/// Unwrapped without loss, as blocks.
const BLOCK: &[&str] = &[
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "address", "hgroup",
    "html", "body", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup",
    "col", "summary", "search",
];

/// Unwrapped as blocks; what they did to their text is lost.
const LOST_BLOCK: &[&str] =
    &["center", "form", "fieldset", "legend", "marquee", "dialog", "noindex", "multicol"];

#[derive(Default)]
struct Table {
    caption: Vec<Inline>,
    head: Vec<Row>,
    rows: Vec<Row>,
    row: Vec<OpenCell>,
    pictures: Vec<Block>,
}

/// A cell of a row that is still open.
struct OpenCell {
    /// None for a `<td>`; for a `<th>` what it says it heads, if it says.
    scope: Option<Option<Scope>>,
    columns: u16,
    rows: u16,
    blocks: Vec<Block>,
}

impl Table {
    fn end_row(&mut self, in_head: bool) {
        if self.row.is_empty() {
            return;
        }
        // A header that does not say what it heads: in the head, and in a row of headers alone, its column.
        let headers_alone = in_head || self.row.iter().all(|cell| cell.scope.is_some());
        let unsaid = if headers_alone { Scope::Col } else { Scope::Row };
        let cell = |c: OpenCell| Cell {
            scope: c.scope.map(|said| said.unwrap_or(unsaid)),
            columns: c.columns,
            rows: c.rows,
            blocks: c.blocks,
        };
        let row = std::mem::take(&mut self.row).into_iter().map(cell).collect();
        if in_head { self.head.push(row) } else { self.rows.push(row) }
    }
}

fn join_captions(caption: &mut Vec<Inline>, more: Vec<Inline>) {
    if !caption.is_empty() && !more.is_empty() {
        caption.push(Inline::LineBreak);
    }
    caption.extend(more);
}

/// Gives the caption of a figure to its last picture, or to a table, or lets it stand as a paragraph.
fn give_caption(blocks: &mut Vec<Block>, text: Vec<Inline>) {
    let has_link = text.iter().any(inline_has_link);
    let place = blocks.iter_mut().rev().find_map(|block| match block {
        Block::Figure { caption, .. } => Some(caption),
        _ => None,
    });
    match place {
        Some(caption) => match caption.as_slice() {
            // The picture was a link: the caption that people wrote becomes its text.
            [Inline::Link { to, .. }] if !has_link => *caption = vec![Inline::Link { to: to.clone(), text }],
            _ => {
                let link = std::mem::replace(caption, text);
                join_captions(caption, link);
            }
        },
        None => match blocks.last_mut() {
            Some(Block::Table { caption, .. }) if caption.is_empty() => *caption = text,
            _ => blocks.push(Block::Paragraph(text)),
        },
    }
}

fn inline_has_link(inline: &Inline) -> bool {
    match inline {
        Inline::Link { .. } => true,
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Subscript(inner)
        | Inline::Superscript(inner) => inner.iter().any(inline_has_link),
        Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => false,
    }
}

fn value<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// A length of an attribute in CSS pixels: `640` or `640px`, up to 100,000 (no picture is wider).
fn pixels(text: &str) -> Option<u32> {
    let number = text.trim().trim_end_matches("px").trim_end().split('.').next()?;
    number.parse().ok().filter(|n| (1..=100_000).contains(n))
}

fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"].iter().any(|ending| path.ends_with(ending))
}

fn has_element(nodes: &[Node], wanted: &str, depth: usize) -> bool {
    depth <= MAX_DEPTH
        && nodes.iter().any(|node| match node {
            Node::Text(_) => false,
            Node::Element { name, children, .. } => {
                !DROPPED.contains(&&**name) && (name == wanted || has_element(children, wanted, depth + 1))
            }
        })
}

fn has_text(nodes: &[Node], depth: usize) -> bool {
    depth <= MAX_DEPTH
        && nodes.iter().any(|node| match node {
            Node::Text(text) => !text.chars().all(|c| is_space(c) || c.is_control()),
            Node::Element { name, children, .. } => {
                !DROPPED.contains(&&**name) && has_text(children, depth + 1)
            }
        })
}

fn text_below(nodes: &[Node], text: &mut String, depth: usize) {
    for node in nodes.iter().filter(|_| depth <= MAX_DEPTH) {
        match node {
            Node::Text(part) => text.push_str(part),
            Node::Element { children, .. } => text_below(children, text, depth + 1),
        }
    }
}

/// White space of HTML, and the other spaces (no-break, em, ideographic) that editors indent with.
fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn collapse(text: &str) -> String {
    let piece = Piece { path: Rc::from([]), code: false, leaf: Leaf::Text(text.to_owned()) };
    match settle(vec![piece]).pop() {
        Some(Inline::Text(text)) => text,
        _ => String::new(),
    }
}

/// Collapses the white space of a run, trims its ends and around line breaks, and folds it into a tree.
///
/// A single no-break space between two words stays one: `100 km` should not part. So does any other single
/// space beyond ASCII; a run of several of whatever kind becomes one ordinary space.
fn settle(run: Vec<Piece>) -> Vec<Inline> {
    let mut kept: Vec<Piece> = Vec::new();
    let mut space: Option<(char, Path, bool)> = None;
    for piece in run {
        match piece.leaf {
            Leaf::Break => {
                space = None;
                if let Some(last) = kept.last() {
                    let path = common(&last.path, &piece.path);
                    kept.push(Piece { path, code: false, leaf: Leaf::Break });
                }
            }
            Leaf::Text(text) => {
                for c in text.chars() {
                    if is_space(c) {
                        let one = if c.is_ascii() || c.is_control() { ' ' } else { c };
                        space = match space {
                            None => Some((one, piece.path.clone(), piece.code)),
                            Some((_, path, code)) => Some((' ', path, code)),
                        };
                    } else if !c.is_control() {
                        let last = kept.last().filter(|last| matches!(last.leaf, Leaf::Text(_)));
                        if let (Some((space, path, code)), Some(last)) = (space.take(), last) {
                            // A space belongs to what is before it, so that no format holds a space alone.
                            let (path, code) = (common(&last.path, &path), code && last.code);
                            append(&mut kept, space, &path, code);
                        }
                        append(&mut kept, c, &piece.path, piece.code);
                    }
                }
            }
        }
    }
    while kept.last().is_some_and(|last| matches!(last.leaf, Leaf::Break)) {
        kept.pop();
    }
    fold_into_tree(&kept, 0)
}

fn common(a: &Path, b: &Path) -> Path {
    if Rc::ptr_eq(a, b) || a == b {
        return a.clone();
    }
    a.iter().zip(b.iter()).take_while(|(a, b)| a == b).map(|(a, _)| a.clone()).collect()
}

fn append(kept: &mut Vec<Piece>, c: char, path: &Path, code: bool) {
    if let Some(Piece { path: last, code: last_code, leaf: Leaf::Text(text) }) = kept.last_mut()
        && *last_code == code
        && (Rc::ptr_eq(last, path) || last == path)
    {
        text.push(c);
    } else {
        kept.push(Piece { path: path.clone(), code, leaf: Leaf::Text(c.to_string()) });
    }
}

fn fold_into_tree(pieces: &[Piece], depth: usize) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let taken = match first.path.get(depth) {
            None => {
                inlines.push(match &first.leaf {
                    Leaf::Text(text) if first.code => Inline::Code(text.clone()),
                    Leaf::Text(text) => Inline::Text(text.clone()),
                    Leaf::Break => Inline::LineBreak,
                });
                1
            }
            Some(format) => {
                let same = rest.iter().take_while(|piece| piece.path.get(depth) == Some(format)).count();
                inlines.push(format.around(fold_into_tree(&rest[..same], depth + 1)));
                same
            }
        };
        rest = &rest[taken..];
    }
    inlines
}

#[cfg(test)]
mod tests;
