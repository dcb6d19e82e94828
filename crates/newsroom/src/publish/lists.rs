//! The lists of articles: the front page, and the feeds.

use super::press::Press;
use anyhow::Result;
use archive::{
    FileName, Slug,
    published::{Article, Chunk, Feed, FeedRef, Headline, Home, Portal, Promotion},
};
use std::collections::BTreeMap;

/// Most headlines of one block of the front page.
const BLOCK: usize = 20;
/// Most headlines of one category on the front page.
const COLUMN: usize = 6;

/// Topics of the front page, and headlines of each.
const TOPICS: usize = 4;
const TOPIC: usize = 3;

/// Articles of each category or topic, newest first.
type Sorted<'a> = BTreeMap<&'a Slug, Vec<&'a Headline>>;

/// All lists of an archive.
pub(super) struct Lists<'a> {
    /// The front page.
    pub(super) home: Home,
    /// Newest first.
    pub(super) all: Vec<&'a Headline>,
    pub(super) categories: Sorted<'a>,
    topics: Sorted<'a>,
}

/// Makes the lists from articles that stand from the oldest on.
pub(super) fn lists<'a>(portal: &Portal, articles: &'a [Article]) -> Lists<'a> {
    let all: Vec<&Headline> = articles.iter().rev().map(|article| &article.headline).collect();
    let mut categories = Sorted::new();
    let mut topics = Sorted::new();
    for article in articles.iter().rev() {
        if let Some(category) = &article.headline.category {
            categories.entry(category).or_default().push(&article.headline);
        }
        if let Some(topic) = &article.topic {
            topics.entry(&topic.slug).or_default().push(&article.headline);
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
    let mut newest_of = |slug: &Slug, sorted: &Sorted<'a>, count: usize| {
        let newest = sorted.get(slug)?.iter().take(count);
        Some((slug.clone(), newest.map(|headline| place(headline)).collect::<Vec<_>>()))
    };
    let columns =
        portal.categories.iter().filter_map(|one| newest_of(&one.slug, &categories, COLUMN)).collect();
    let series = portal.topics.iter().filter_map(|one| newest_of(&one.slug, &topics, TOPIC));
    let series = series.take(TOPICS).collect();
    let headlines = shown.into_iter().cloned().collect();
    let home = Home { headlines, hot, featured, newest, categories: columns, topics: series };
    Lists { home, all, categories, topics }
}

impl Lists<'_> {
    /// Writes the feeds: of all articles, of each category, and of each topic.
    pub(super) fn write(&self, press: &Press) -> Result<Feeds> {
        let each = |sorted: &Sorted<'_>| -> Result<BTreeMap<Slug, FeedRef>> {
            sorted.iter().map(|(slug, list)| Ok(((*slug).clone(), feed(list, press)?))).collect()
        };
        Ok(Feeds {
            all: feed(&self.all, press)?,
            categories: each(&self.categories)?,
            topics: each(&self.topics)?,
        })
    }
}

/// The feeds that were written.
pub(super) struct Feeds {
    pub(super) all: FeedRef,
    pub(super) categories: BTreeMap<Slug, FeedRef>,
    pub(super) topics: BTreeMap<Slug, FeedRef>,
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
