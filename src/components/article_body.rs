//! The text of an article: one element for each block of its tree, made by name, never from markup.

use super::{LargerPicture, contents::heading_id, site};
use archive::{
    Body,
    body::{Block, Cell, HeadingLevel, Inline, Row, Scope},
};
use leptos::prelude::*;

/// The text of an article.
#[component]
pub(crate) fn ArticleBody(
    /// The text.
    body: Body,
) -> impl IntoView {
    let mut headings = 0;
    let inside: Vec<_> = body
        .0
        .into_iter()
        .map(|one| match one {
            Block::Heading { level, text } => {
                headings += 1;
                heading(level, text, Some(heading_id(headings - 1)))
            }
            other => block(other),
        })
        .collect();
    view! { <div class="article-body">{inside}</div> }
}

fn heading(level: HeadingLevel, text: Vec<Inline>, id: Option<String>) -> AnyView {
    match level {
        HeadingLevel::Two => view! { <h2 id=id>{inlines(text)}</h2> }.into_any(),
        HeadingLevel::Three => view! { <h3 id=id>{inlines(text)}</h3> }.into_any(),
        HeadingLevel::Four => view! { <h4 id=id>{inlines(text)}</h4> }.into_any(),
    }
}

fn blocks(blocks: Vec<Block>) -> Vec<AnyView> {
    blocks.into_iter().map(block).collect()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading { level, text } => heading(level, text, None),
        Block::Paragraph(text) => {
            let outline = outline(&text);
            view! { <p>{inlines(text)}</p>{outline} }.into_any()
        }
        Block::List { start: None, items } => view! { <ul>{list_items(items)}</ul> }.into_any(),
        Block::List { start: Some(start), items } => {
            view! { <ol start=(start != 1).then(|| start.to_string())>{list_items(items)}</ol> }.into_any()
        }
        Block::Table { caption, head, rows } => table(caption, head, rows),
        Block::Quote(inner) => view! { <blockquote>{blocks(inner)}</blockquote> }.into_any(),
        Block::Figure { image, caption } => view! {
            <figure>
                <LargerPicture image=image/>
                {(!caption.is_empty()).then(|| view! { <figcaption>{inlines(caption)}</figcaption> })}
            </figure>
        }
        .into_any(),
        Block::Preformatted(text) => view! { <pre tabindex="0">{text}</pre> }.into_any(),
        Block::Details { summary, blocks: inner } => view! {
            <details><summary>{inlines(summary)}</summary>{blocks(inner)}</details>
        }
        .into_any(),
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

/// The points of a run of "(1) … (2) … (3) …" as a list, on request.
fn outline(text: &[Inline]) -> Option<AnyView> {
    let mut plain = String::new();
    archive::body::inlines_text(text, &mut plain);
    let points = archive::enumeration(&plain)?;
    let words = site().words;
    let points: Vec<_> = points.into_iter().map(|point| view! { <li>{point.to_owned()}</li> }).collect();
    let name = view! { <summary lang=words.lang.tag()>{words.as_list}</summary> };
    Some(
        view! { <details class="article-body__outline no-print">{name}<ol>{points}</ol></details> }
            .into_any(),
    )
}

fn list_items(items: Vec<Vec<Block>>) -> Vec<AnyView> {
    items.into_iter().map(|item| view! { <li>{only_text(item)}</li> }.into_any()).collect()
}

/// A single paragraph in an item or a cell needs no `<p>` of its own.
fn only_text(mut inner: Vec<Block>) -> AnyView {
    match (inner.len(), inner.pop()) {
        (1, Some(Block::Paragraph(text))) => inlines(text).into_any(),
        (_, last) => {
            inner.extend(last);
            blocks(inner).into_any()
        }
    }
}

/// Wide tables scroll inside a frame that the keyboard can reach.
fn table(caption: Vec<Inline>, head: Vec<Row>, rows: Vec<Row>) -> AnyView {
    let mut name = String::new();
    archive::body::inlines_text(&caption, &mut name);
    view! {
        <div class="article-body__table" role="region" tabindex="0" aria-label=(!name.is_empty()).then_some(name)>
            <table>
                {(!caption.is_empty()).then(|| view! { <caption>{inlines(caption)}</caption> })}
                {(!head.is_empty()).then(|| view! { <thead>{table_rows(head)}</thead> })}
                <tbody>{table_rows(rows)}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_rows(rows: Vec<Row>) -> Vec<AnyView> {
    rows.into_iter()
        .map(|row| view! { <tr>{row.into_iter().map(cell).collect::<Vec<_>>()}</tr> }.into_any())
        .collect()
}

fn cell(cell: Cell) -> AnyView {
    let spans = |n: u16| (n != 1).then(|| n.to_string());
    let (columns, rows, inner) = (spans(cell.columns), spans(cell.rows), only_text(cell.blocks));
    match cell.scope {
        None => view! { <td colspan=columns rowspan=rows>{inner}</td> }.into_any(),
        Some(scope) => {
            let scope = if scope == Scope::Row { "row" } else { "col" };
            view! { <th scope=scope colspan=columns rowspan=rows>{inner}</th> }.into_any()
        }
    }
}

fn inlines(text: Vec<Inline>) -> Vec<AnyView> {
    text.into_iter().map(inline).collect()
}

fn inline(inline: Inline) -> AnyView {
    match inline {
        Inline::Text(text) => text.into_any(),
        Inline::Strong(inner) => view! { <strong>{inlines(inner)}</strong> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{inlines(inner)}</em> }.into_any(),
        Inline::Link { to, text } => view! { <a href=site().target(&to)>{inlines(text)}</a> }.into_any(),
        Inline::Code(text) => view! { <code>{text}</code> }.into_any(),
        Inline::Subscript(inner) => view! { <sub>{inlines(inner)}</sub> }.into_any(),
        Inline::Superscript(inner) => view! { <sup>{inlines(inner)}</sup> }.into_any(),
        Inline::LineBreak => view! { <br/> }.into_any(),
    }
}
