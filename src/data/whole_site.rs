//! Figures of the whole portal, where portal.json says that somebody counts them: `counts.json` beside the archive, or
//! the public counter of a GoatCounter.
//!
//! They are no news: whatever fails, the last ones that were seen are shown, with their time. Not here: the visits of
//! this browser (`state::visits`).

use super::get::{self, Freshness};
use crate::platform::{clock, storage};
use archive::{Counts, Moment, counts::Views, published::Counting};
use chrono::NaiveDate;
use serde::Deserialize;

/// Where the last ones are kept.
const LAST: &str = "whole-site";

/// Articles that are shown of those asked for most.
const ARTICLES: usize = 10;

/// Figures of the whole portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WholeSite {
    /// Visitors of a day, where days are known.
    pub(crate) day: Option<(NaiveDate, u64)>,
    /// Visitors in all, with those of an old portal.
    pub(crate) total: u64,
    /// When they were counted.
    pub(crate) time: Moment,
    /// The articles asked for most, as far as their titles are known.
    pub(crate) articles: Vec<Views>,
}

/// The public counter of a GoatCounter.
#[derive(Deserialize)]
struct Counter {
    count_unique: String,
}

/// The figures now.
pub(super) async fn whole_site(counting: &Counting, root: &str) -> Option<WholeSite> {
    let (text, now) = (get::text(&counting.address(root), Freshness::Ask).await.ok()?, clock::now());
    let found = read(counting, &text, now)?;
    storage::write(LAST, &[&now.to_string(), " ", &text].concat());
    Some(found)
}

/// The last figures that were seen; `None` where there never were any. What is kept is the answer as it came, so that
/// the browser needs no second form of it.
pub(super) fn last(counting: &Counting) -> Option<WholeSite> {
    let kept = storage::read(LAST)?;
    let (asked, text) = kept.split_once(' ')?;
    read(counting, text, asked.parse().ok()?)
}

/// What an answer says that was asked for at this time.
fn read(counting: &Counting, text: &str, asked: i64) -> Option<WholeSite> {
    if counting.goatcounter.is_empty() {
        let counts = Counts::from_json(text.as_bytes()).ok()?;
        let named = counts.articles.into_iter().filter(|article| !article.title.is_empty());
        return Some(WholeSite {
            day: Some((counts.today.day, counts.today.visitors)),
            total: counts.total,
            time: counts.time,
            articles: named.take(ARTICLES).collect(),
        });
    }
    let counter: Counter = serde_json::from_slice(text.as_bytes()).ok()?;
    let total = counting.total(&counter.count_unique)?;
    Some(WholeSite { day: None, total, time: Moment::from_unix(asked)?, articles: Vec::new() })
}
