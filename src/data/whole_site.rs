//! Figures of the whole portal, where portal.json says that somebody counts them: `counts.json` beside the archive, or
//! the public counter of a GoatCounter.
//!
//! They are no news: whatever fails, the last ones that were seen are shown, with their time. Not here: the visits of
//! this browser (`state::visits`).

use super::get::{self, Freshness};
use crate::platform::{clock, storage};
use archive::{Counts, Moment, counts::Views, published::Counting};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where the last ones are kept.
const LAST: &str = "whole-site";

/// Articles that are shown of those asked for most.
const ARTICLES: usize = 10;

/// Figures of the whole portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WholeSite {
    /// Visitors of a day, where days are known.
    pub(crate) day: Option<(NaiveDate, u64)>,
    /// Visitors in all, with those of an old portal.
    pub(crate) total: u64,
    /// When they were counted.
    pub(crate) time: Moment,
    /// The articles asked for most, as far as their titles are known.
    #[serde(default)]
    pub(crate) articles: Vec<Views>,
}

/// The public counter of a GoatCounter: numbers as texts, grouped for readers.
#[derive(Deserialize)]
struct Counter {
    count_unique: String,
}

/// The last figures that were seen; `None` where there never were any.
pub(super) fn last() -> Option<WholeSite> {
    serde_json::from_str(&storage::read(LAST)?).ok()
}

/// The figures now; they are the last from now on.
pub(super) async fn whole_site(counting: &Counting, root: &str) -> Option<WholeSite> {
    let found = ask(counting, root).await?;
    if let Ok(text) = serde_json::to_string(&found) {
        storage::write(LAST, &text);
    }
    Some(found)
}

async fn ask(counting: &Counting, root: &str) -> Option<WholeSite> {
    if counting.goatcounter.is_empty() {
        let bytes = get::bytes(&[root, Counts::FILE].concat(), Freshness::Ask).await.ok()?;
        let counts = Counts::from_json(&bytes).ok()?;
        let day = Some((counts.today.day, counts.today.visitors));
        let named = counts.articles.into_iter().filter(|article| !article.title.is_empty());
        let articles = named.take(ARTICLES).collect();
        return Some(WholeSite { day, total: counts.total, time: counts.time, articles });
    }
    let address = [counting.goatcounter.trim_end_matches('/'), "/counter/TOTAL.json"].concat();
    let text = get::text(&address, Freshness::Ask).await.ok()?;
    let counter: Counter = serde_json::from_str(&text).ok()?;
    let digits: String = counter.count_unique.chars().filter(char::is_ascii_digit).collect();
    let total = digits.parse::<u64>().ok()?.saturating_add(counting.start);
    Some(WholeSite { day: None, total, time: Moment::from_unix(clock::now())?, articles: Vec::new() })
}
