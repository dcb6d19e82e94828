//! An article as one file of HTML that needs nothing else: for reading without a network, and for keeping.
//!
//! Not here: getting the pictures.

use crate::{
    Body,
    body::{Block, Cell, HeadingLevel, Image, Inline, Row, Scope, Target},
};

/// What the file says of the article around its text.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// BCP 47 tag of the text's language.
    pub language: String,
    /// The title.
    pub title: String,
    /// Lines under the title: moments, authors.
    pub about: Vec<String>,
    /// The lead; may be empty.
    pub lead: String,
    /// The picture above the text and its caption.
    pub picture: Option<(Image, String)>,
    /// Last lines: whose portal, the whole address, when it was saved.
    pub foot: Vec<String>,
}

/// How it looks: as the portal's text, on paper that is light or dark as the device has it.
const STYLE: &str = ":root{color-scheme:light dark}body{max-width:42rem;margin:2rem auto;padding:0 1rem;\
font:1.0625rem/1.7 system-ui,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;overflow-wrap:anywhere}\
h1,h2,h3,h4{line-height:1.3;font-family:\"Noto Serif\",Cambria,\"Times New Roman\",serif}\
img{max-width:100%;height:auto}figure{margin:1.5rem 0}figcaption,.about,footer{font-size:.9rem;opacity:.8}\
.lead{font-weight:600}table{border-collapse:collapse;width:100%}td,th{border:1px solid;padding:.4rem .6rem;\
text-align:start;vertical-align:top}pre{overflow-x:auto}blockquote{border-inline-start:4px solid;margin-inline:0;\
padding-inline-start:1rem}footer{border-top:1px solid;margin-top:2rem;padding-top:1rem}";

/// The file. `picture` gives the address of a picture, a `data:` one where it came; `link` the whole address that a
/// link leads to.
pub fn standalone(
    around: &Around,
    body: &Body,
    picture: &dyn Fn(&Image) -> String,
    link: &dyn Fn(&Target) -> String,
) -> String {
    let mut page = Page { html: String::from("<!doctype html>\n"), picture, link };
    page.html.push_str("<html lang=\"");
    page.text(&around.language);
    page.html.push_str("\"><head><meta charset=\"utf-8\">");
    page.html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
    page.text(&around.title);
    page.html.push_str("</title><style>");
    page.html.push_str(STYLE);
    page.html.push_str("</style></head>\n<body><article>");
    page.around("<h1>", &around.title, "</h1>\n");
    for line in around.about.iter().filter(|line| !line.is_empty()) {
        page.around("<p class=\"about\">", line, "</p>\n");
    }
    if !around.lead.is_empty() {
        page.around("<p class=\"lead\">", &around.lead, "</p>\n");
    }
    if let Some((image, caption)) = &around.picture {
        page.figure(image, &[Inline::Text(caption.clone())]);
    }
    page.blocks(&body.0);
    page.html.push_str("</article><footer>");
    for line in &around.foot {
        page.around("<p>", line, "</p>");
    }
    page.html.push_str("</footer></body></html>\n");
    page.html
}

struct Page<'a> {
    html: String,
    picture: &'a dyn Fn(&Image) -> String,
    link: &'a dyn Fn(&Target) -> String,
}

impl Page<'_> {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                c => self.html.push(c),
            }
        }
    }

    fn around(&mut self, before: &str, text: &str, after: &str) {
        self.html.push_str(before);
        self.text(text);
        self.html.push_str(after);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.html.push('\n');
        }
    }

    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.html.push('<');
        self.html.push_str(name);
        self.html.push('>');
        inside(self);
        self.html.push_str("</");
        self.html.push_str(name.split(' ').next().unwrap_or(name));
        self.html.push('>');
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let name = match level {
                    HeadingLevel::Two => "h2",
                    HeadingLevel::Three => "h3",
                    HeadingLevel::Four => "h4",
                };
                self.element(name, |page| page.inlines(text));
            }
            Block::Paragraph(text) => self.element("p", |page| page.inlines(text)),
            Block::List { start, items } => {
                let name = start.map_or_else(|| "ul".to_owned(), |start| format!("ol start=\"{start}\""));
                self.element(&name, |page| {
                    items.iter().for_each(|item| page.element("li", |page| page.blocks(item)));
                });
            }
            Block::Table { caption, head, rows } => self.element("table", |page| {
                if !caption.is_empty() {
                    page.element("caption", |page| page.inlines(caption));
                }
                page.element("thead", |page| page.rows(head));
                page.element("tbody", |page| page.rows(rows));
            }),
            Block::Quote(inner) => self.element("blockquote", |page| page.blocks(inner)),
            Block::Figure { image, caption } => self.figure(image, caption),
            Block::Preformatted(text) => self.element("pre", |page| page.text(text)),
            Block::Details { summary, blocks } => self.element("details open", |page| {
                page.element("summary", |page| page.inlines(summary));
                page.blocks(blocks);
            }),
            Block::Rule => self.html.push_str("<hr>"),
        }
    }

    fn rows(&mut self, rows: &[Row]) {
        for row in rows {
            self.element("tr", |page| row.iter().for_each(|cell| page.cell(cell)));
        }
    }

    fn cell(&mut self, cell: &Cell) {
        let mut name = match cell.scope {
            None => "td".to_owned(),
            Some(Scope::Row) => "th scope=\"row\"".to_owned(),
            Some(_) => "th scope=\"col\"".to_owned(),
        };
        for (key, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if span != 1 {
                name.push_str(&format!(" {key}=\"{span}\""));
            }
        }
        self.element(&name, |page| page.blocks(&cell.blocks));
    }

    fn figure(&mut self, image: &Image, caption: &[Inline]) {
        let source = (self.picture)(image);
        self.element("figure", |page| {
            page.around("<img src=\"", &source, "\" alt=\"");
            page.text(&image.alt);
            page.html.push_str("\">");
            page.element("figcaption", |page| page.inlines(caption));
        });
    }

    fn inlines(&mut self, text: &[Inline]) {
        for inline in text {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Strong(inner) => self.element("strong", |page| page.inlines(inner)),
                Inline::Emphasis(inner) => self.element("em", |page| page.inlines(inner)),
                Inline::Link { to, text } => {
                    let address = (self.link)(to);
                    self.around("<a href=\"", &address, "\">");
                    self.inlines(text);
                    self.html.push_str("</a>");
                }
                Inline::Code(text) => self.element("code", |page| page.text(text)),
                Inline::Subscript(inner) => self.element("sub", |page| page.inlines(inner)),
                Inline::Superscript(inner) => self.element("sup", |page| page.inlines(inner)),
                Inline::LineBreak => self.html.push_str("<br>"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::ImageSource;

    fn file(around: &Around, body: &Body) -> String {
        standalone(around, body, &|_| "data:image/png;base64,AA==".into(), &|_| {
            "https://so.example/?a=1&b=2".into()
        })
    }

    #[test]
    fn what_a_text_says_is_never_markup() {
        let evil = "</title><script>alert(\"x\")</script>&";
        let around =
            Around { title: evil.into(), lead: evil.into(), about: vec![evil.into()], ..Around::default() };
        let body = Body(vec![
            Block::Paragraph(vec![Inline::Text(evil.into()), Inline::Code(evil.into())]),
            Block::Preformatted(evil.into()),
        ]);
        let html = file(&around, &body);
        assert!(!html.contains("<script") && !html.contains("(\"x\")"), "{html}");
        assert_eq!(html.matches("&lt;script&gt;alert(&quot;x&quot;)").count(), 7);
    }

    #[test]
    fn it_has_its_pictures_and_whole_addresses_inside() {
        let image = Image::new(ImageSource::File("media/a.png".into()), "Một \"ảnh\"".into());
        let to = Target::Page("bai-viet/a".into());
        let body = Body(vec![
            Block::Figure { image, caption: vec![] },
            Block::Paragraph(vec![Inline::Link { to, text: vec![Inline::Text("bài".into())] }]),
        ]);
        let html = file(&Around { language: "vi".into(), ..Around::default() }, &body);
        assert!(
            html.contains("<img src=\"data:image/png;base64,AA==\" alt=\"Một &quot;ảnh&quot;\">"),
            "{html}"
        );
        assert!(html.contains("<a href=\"https://so.example/?a=1&amp;b=2\">bài</a>"), "{html}");
        assert!(html.starts_with("<!doctype html>\n<html lang=\"vi\">"), "{html}");
    }
}
