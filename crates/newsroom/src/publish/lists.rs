//! The lists of articles: the front page, and the feeds.

use super::press::Press;
use anyhow::Result;
use archive::{
    FileName, Slug,
    published::{Chunk, Feed, FeedRef, Headline, Home, Portal, Promotion},
};
use std::collections::BTreeMap;

/// Most headlines of one block of the front page.
const BLOCK: usize = 20;
/// Most headlines of one category on the front page.
const COLUMN: usize = 6;

/// All lists of an archive.
pub(super) struct Lists<'a> {
    /// The front page.
    pub(super) home: Home,
    /// Newest first.
    pub(super) all: Vec<&'a Headline>,
    /// Newest first.
    pub(super) categories: BTreeMap<&'a Slug, Vec<&'a Headline>>,
}

/// Makes the lists from headlines that stand from the oldest on.
pub(super) fn lists<'a>(portal: &Portal, headlines: &'a [Headline]) -> Lists<'a> {
    let all: Vec<&Headline> = headlines.iter().rev().collect();
    let mut categories: BTreeMap<&Slug, Vec<&Headline>> = BTreeMap::new();
    for headline in &all {
        if let Some(category) = &headline.category {
            categories.entry(category).or_default().push(headline);
        }
    }
    let mut shown: Vec<&Headline> = Vec::new();
    let mut positions: BTreeMap<&Slug, usize> = BTreeMap::new();
    let mut place = |headline: &'a Headline| {
        *positions.entry(&headline.slug).or_insert_with(|| {
            shown.push(headline);
            shown.len() - 1
        })
    };
    let newest = all.iter().take(BLOCK).map(|headline| place(headline)).collect();
    let mut promoted = |promotion: fn(&Headline) -> Promotion| {
        let candidates = all.iter().filter(|headline| promotion(headline) != Promotion::None);
        candidates.take(BLOCK).map(|headline| place(headline)).collect()
    };
    let hot = promoted(|headline| headline.hot);
    let featured = promoted(|headline| headline.featured);
    let columns = portal.categories.iter().filter_map(|category| {
        let newest = categories.get(&category.slug)?;
        Some((category.slug.clone(), newest.iter().take(COLUMN).map(|headline| place(headline)).collect()))
    });
    let columns = columns.collect();
    let headlines = shown.into_iter().cloned().collect();
    Lists { home: Home { headlines, hot, featured, newest, categories: columns }, all, categories }
}

impl Lists<'_> {
    /// Writes the feeds: of all articles, and of each category.
    pub(super) fn write(&self, press: &Press) -> Result<(FeedRef, BTreeMap<Slug, FeedRef>)> {
        let all = feed(&self.all, press)?;
        let categories = self.categories.iter().map(|(slug, list)| Ok(((*slug).clone(), feed(list, press)?)));
        Ok((all, categories.collect::<Result<_>>()?))
    }
}

fn feed(newest_first: &[&Headline], press: &Press) -> Result<FeedRef> {
    let count = newest_first.len();
    let (newest, older) = newest_first.split_at(Feed::newest_of(count));
    let chunk = |headlines: &[&Headline]| -> Result<Chunk> {
        let file: FileName = press.json("chunk", headlines)?;
        Ok(Chunk { count: headlines.len(), file })
    };
    let older = older.chunks(Feed::CHUNK).map(chunk).collect::<Result<_>>()?;
    let newest = newest.iter().map(|headline| (*headline).clone()).collect();
    Ok(FeedRef { count, file: press.json("feed", &Feed { count, newest, older })? })
}
