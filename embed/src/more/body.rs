//! The text of an article, read by the names of its members (`json`): what a block or a piece of text is, says the one
//! member that it has.
//!
//! What is none of them is passed over. Not here: what the kinds are (`archive::body`), showing them (`article`).

use crate::{json::Json, source::picture};
use archive::{
    Body,
    body::{Block, Cell, Image, Inline, Row, Scope, Target},
};

/// How deep blocks and pieces of text may stand in each other, together; what is deeper is passed over. `archive::clean`
/// makes at most 20 blocks and 7 formats; bytes from the network must not fill the stack.
const DEEPEST: usize = 60;

/// Reads a text.
pub(super) fn body(value: &impl Json) -> Body {
    Body(blocks(value, DEEPEST))
}

/// Reads a picture with what it shows.
pub(super) fn image(value: &impl Json) -> Option<Image> {
    Some(Image { alt: value.text_of("alt"), ..picture(value)? })
}

fn blocks(value: &impl Json, room: usize) -> Vec<Block> {
    value.items().iter().filter_map(|one| block(one, room)).collect()
}

fn block<J: Json>(value: &J, room: usize) -> Option<Block> {
    let room = room.checked_sub(1)?;
    let is = |name| value.member(name);
    let list = |of: &J, name| of.member(name).map(|list| inlines(&list, room)).unwrap_or_default();
    Some(if let Some(text) = is("p") {
        Block::Paragraph(inlines(&text, room))
    } else if let Some(heading) = is("h") {
        let level = u8::try_from(heading.member("level")?.whole()?).ok()?.try_into().ok()?;
        Block::Heading { level, text: list(&heading, "text") }
    } else if let Some(all) = is("list") {
        let items = all.items_of("items").iter().map(|item| blocks(item, room)).collect();
        Block::List { start: all.length_of("start"), items }
    } else if let Some(table) = is("table") {
        let rows = |name| table.items_of(name).iter().map(|row| cells(row, room)).collect();
        Block::Table { caption: list(&table, "caption"), head: rows("head"), rows: rows("rows") }
    } else if let Some(inner) = is("quote") {
        Block::Quote(blocks(&inner, room))
    } else if let Some(figure) = is("figure") {
        Block::Figure { image: image(&figure.member("image")?)?, caption: list(&figure, "caption") }
    } else if let Some(text) = is("pre") {
        Block::Preformatted(text.text()?)
    } else if let Some(details) = is("details") {
        let inner = details.member("blocks").map(|inner| blocks(&inner, room)).unwrap_or_default();
        Block::Details { summary: list(&details, "summary"), blocks: inner }
    } else if value.text()? == "rule" {
        Block::Rule
    } else {
        return None;
    })
}

fn cells(row: &impl Json, room: usize) -> Row {
    row.items().iter().map(|one| cell(one, room)).collect()
}

fn cell(value: &impl Json, room: usize) -> Cell {
    let span = |name| value.length_of(name).and_then(|n| n.try_into().ok()).unwrap_or(1);
    let scope = match &*value.text_of("scope") {
        "row" => Some(Scope::Row),
        "col" => Some(Scope::Col),
        _ => None,
    };
    let inner = value.member("blocks").map(|inner| blocks(&inner, room)).unwrap_or_default();
    Cell { scope, columns: span("columns"), rows: span("rows"), blocks: inner }
}

fn inlines(value: &impl Json, room: usize) -> Vec<Inline> {
    value.items().iter().filter_map(|one| inline(one, room)).collect()
}

fn inline<J: Json>(value: &J, room: usize) -> Option<Inline> {
    let room = room.checked_sub(1)?;
    let is = |name| value.member(name);
    let inner = |inner: J| inlines(&inner, room);
    Some(if let Some(text) = is("t") {
        Inline::Text(text.text()?)
    } else if let Some(text) = is("b") {
        Inline::Strong(inner(text))
    } else if let Some(text) = is("i") {
        Inline::Emphasis(inner(text))
    } else if let Some(link) = is("a") {
        let text = link.member("text").map(inner).unwrap_or_default();
        match Target::parse(&link.text_of("to")) {
            Some(to) => Inline::Link { to, text },
            None => return None,
        }
    } else if let Some(text) = is("code") {
        Inline::Code(text.text()?)
    } else if let Some(text) = is("sub") {
        Inline::Subscript(inner(text))
    } else if let Some(text) = is("sup") {
        Inline::Superscript(inner(text))
    } else if value.text()? == "br" {
        Inline::LineBreak
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// How deep the first of all stands.
    fn depth(blocks: &[Block]) -> usize {
        match blocks {
            [Block::Quote(inner), ..] => 1 + depth(inner),
            _ => 0,
        }
    }

    #[test]
    fn a_text_that_nests_without_end_is_cut() {
        let nested =
            |deep| (0..deep).fold(Value::from(vec![json!("rule")]), |inner, _| json!([{"quote": inner}]));
        assert_eq!(depth(&body(&nested(20)).0), 20);
        assert_eq!(depth(&body(&nested(200)).0), DEEPEST);
    }

    #[test]
    fn what_is_no_block_is_passed_over() {
        let text = json!([{"p": [{"t": "a"}, {"x": 1}, 7, {"a": {"to": "javascript:x", "text": [{"t": "b"}]}}]}, null, {}, "p"]);
        assert_eq!(body(&text), Body(vec![Block::Paragraph(vec![Inline::Text("a".into())])]));
        assert_eq!(body(&json!({"p": []})), Body::default());
    }
}
