//! The search index. Not here: how it is made, and its format (`search_index`).

use super::press::Press;
use anyhow::Result;
use archive::{FileName, Slug, published::Article};
use search_index::{
    ShortForms,
    build::{LARGE, Progress, Settings, Shelf, Text, build},
};
use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

/// Memory for postings: half of it holds those of some 25,000 articles; what is more waits on the disk.
const MEMORY: usize = 400 << 20;

/// An archive of more articles is told how far its index is.
const TOLD_FROM: usize = 10_000;

/// Articles of each category, in the order of their slugs, each from the oldest on: their numbers are their places.
pub(super) type Shelves<'a> = BTreeMap<Option<&'a Slug>, Vec<&'a Article>>;

/// Puts articles, which stand from the oldest on, onto shelves.
pub(super) fn shelves(articles: &[Article]) -> Shelves<'_> {
    let mut shelves = Shelves::new();
    for article in articles {
        shelves.entry(article.headline.category.as_ref()).or_default().push(article);
    }
    shelves
}

/// Writes the index and gives its manifest; none where there is nothing to search.
pub(super) fn write(
    shelves: &Shelves<'_>,
    short_forms: &ShortForms,
    press: &Press,
) -> Result<Option<FileName>> {
    if shelves.is_empty() {
        return Ok(None);
    }
    let described: Vec<Shelf> = shelves
        .iter()
        .map(|(category, articles)| Shelf {
            category: category.cloned(),
            published: articles.iter().map(|article| article.headline.published.unix()).collect(),
        })
        .collect();
    let articles: usize = shelves.values().map(Vec::len).sum();
    let by_number: Vec<&[&Article]> = shelves.values().map(Vec::as_slice).collect();
    let text = |shelf: usize, number: u32| {
        let article = by_number.get(shelf).and_then(|articles| articles.get(number as usize));
        article.map_or_else(Text::default, |article| Text {
            title: Cow::Borrowed(&article.headline.title),
            lead: Cow::Borrowed(&article.headline.summary),
            body: Cow::Owned(article.body.plain_text()),
            tags: Cow::Borrowed(&article.tags),
            unit: Cow::Borrowed(&article.unit),
            attachments: !article.attachments.is_empty(),
        })
    };
    let told = AtomicU32::new(0);
    let tell = |progress: Progress| {
        let (what, done, of) = match progress {
            Progress::Read(done, of) => ("articles read", done, of),
            Progress::Written(done, of) => ("parts of the search index written", done, of),
        };
        // Every tenth of the way, and nothing where it takes no time to speak of.
        let tenth = done * 10 / of.max(1);
        if articles > TOLD_FROM && told.swap(tenth, Ordering::Relaxed) != tenth {
            eprintln!("{done} of {of} {what}");
        }
    };
    let settings = Settings {
        memory: MEMORY,
        spill: press.scratch(),
        short_forms: short_forms.clone(),
        large: LARGE,
        progress: &tell,
    };
    let manifest = press.folder(|file| {
        let built = build(&described, &text, &settings, file)?;
        Ok((built.manifest, built.folder))
    })?;
    press.bytes("search", "bin", &manifest).map(Some)
}
