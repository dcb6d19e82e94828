//! Rules that take the whole archive in view: doubles, and links from one article to another.

use super::{Draft, Say, Surroundings, article::shown};
use crate::folder::SourceFile;
use archive::{
    Problem,
    body::{Block, Inline, Target},
};
use routes::{List, Route};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn judge(
    articles: &[Draft],
    around: &Surroundings<'_>,
    files: &[&SourceFile],
    problems: &mut Vec<Problem>,
) {
    ids_are_unique(articles, problems);
    slugs_are_unique(files, problems);
    links_lead_somewhere(articles, around, files, problems);
}

fn ids_are_unique(articles: &[Draft], problems: &mut Vec<Problem>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for draft in articles.iter().filter(|draft| !draft.article.id.trim().is_empty()) {
        let id = draft.article.id.trim();
        if let Some(other) = first.get(id) {
            let sentence = format!("The id “{}” is also that of {other}.", shown(id));
            Say { path: &draft.path, problems }.error("id", sentence, "Give one of the two another id.");
        } else {
            first.insert(id, &draft.path);
        }
    }
}

fn slug(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.strip_suffix(".json")
}

fn slugs_are_unique(files: &[&SourceFile], problems: &mut Vec<Problem>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for file in files {
        let Some(slug) = slug(&file.path) else { continue };
        if let Some(other) = first.get(slug) {
            let sentence = format!("The slug “{}” is also that of {other}.", shown(slug));
            let cure = "Rename one of the two files, and the end of its url with it.";
            Say { path: &file.path, problems }.error("slug", sentence, cure);
        } else {
            first.insert(slug, &file.path);
        }
    }
}

fn links_lead_somewhere(
    articles: &[Draft],
    around: &Surroundings<'_>,
    files: &[&SourceFile],
    problems: &mut Vec<Problem>,
) {
    // A file that could not be read counts: its own problem is enough.
    let slugs: BTreeSet<&str> = files.iter().filter_map(|file| slug(&file.path)).collect();
    let known =
        |slugs: &Option<BTreeSet<&str>>, slug: &str| slugs.as_ref().is_none_or(|all| all.contains(slug));
    for draft in articles {
        let mut pages = BTreeSet::new();
        pages_of_blocks(&draft.body.0, &mut pages);
        let mut say = Say { path: &draft.path, problems };
        for page in pages {
            let field = draft.content_field;
            let link = shown(page);
            let address = page.split('#').next().unwrap_or_default();
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            match routes::parse(path, query).route {
                Route::Article(slug) if slugs.contains(slug.as_str()) => {}
                Route::Article(_) => say.error(
                    field,
                    format!("The link “/{link}” leads to an article that is not there."),
                    "Correct the slug, or remove the link.",
                ),
                Route::List { list: List::Category(slug), .. } if !known(&around.categories, slug.as_str()) => say
                    .error(
                        field,
                        format!("The link “/{link}” leads to a category that is not there."),
                        "Correct the slug, or add the category to portal.json.",
                    ),
                Route::List { list: List::Topic(slug), .. } if !known(&around.topics, slug.as_str()) => say.error(
                    field,
                    format!("The link “/{link}” leads to a topic that is not there."),
                    "Correct the slug, or add the topic to portal.json.",
                ),
                Route::Home
                | Route::List { .. }
                | Route::Contents
                | Route::Search(_)
                | Route::Calendar(_)
                | Route::Statistics
                | Route::Saved
                | Route::Embedding(_) => {}
                Route::NotFound => say.error(
                    field,
                    format!("The link “/{link}” leads to no page of the portal."),
                    "Write /bai-viet/…, /chuyen-muc/… or media/…, or the whole address beginning with https://.",
                ),
            }
        }
    }
}

fn pages_of_blocks<'a>(blocks: &'a [Block], pages: &mut BTreeSet<&'a str>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Figure { caption: text, .. } => {
                pages_of_text(text, pages);
            }
            Block::List { items, .. } => items.iter().for_each(|item| pages_of_blocks(item, pages)),
            Block::Table { caption, head, rows } => {
                pages_of_text(caption, pages);
                head.iter().chain(rows).flatten().for_each(|cell| pages_of_blocks(&cell.blocks, pages));
            }
            Block::Quote(inner) => pages_of_blocks(inner, pages),
            Block::Details { summary, blocks } => {
                pages_of_text(summary, pages);
                pages_of_blocks(blocks, pages);
            }
            Block::Preformatted(_) | Block::Rule => {}
        }
    }
}

fn pages_of_text<'a>(text: &'a [Inline], pages: &mut BTreeSet<&'a str>) {
    for inline in text {
        match inline {
            Inline::Link { to, text } => {
                if let Target::Page(page) = to {
                    pages.insert(page);
                }
                pages_of_text(text, pages);
            }
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Subscript(inner)
            | Inline::Superscript(inner) => {
                pages_of_text(inner, pages);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}
