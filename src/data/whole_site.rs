//! Figures of the whole portal, where portal.json says that somebody counts them: `counts.json` beside the archive, or
//! the public counter of a GoatCounter.
//!
//! They are no news: whatever fails, the last ones that were seen are shown, with their time. Not here: the visits of
//! this browser (`state::visits`).

use super::get::{self, Freshness};
use crate::platform::{clock, storage};
use archive::{Counts, Moment, published::Counting};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where the last ones are kept.
const LAST: &str = "whole-site";

/// Figures of the whole portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WholeSite {
    /// Visitors of a day, where days are known.
    pub(crate) day: Option<(NaiveDate, u64)>,
    /// Visitors in all, with those of an old portal.
    pub(crate) total: u64,
    /// When they were counted.
    pub(crate) time: Moment,
}

/// The public counter of a GoatCounter.
#[derive(Deserialize)]
struct Counter {
    count_unique: String,
}

/// The figures now, else the last that were seen; `None` where there never were any.
pub(crate) async fn whole_site(counting: &Counting, root: &str) -> Option<WholeSite> {
    let found = ask(counting, root).await;
    if let Some(found) = found
        && let Ok(text) = serde_json::to_string(&found)
    {
        storage::write(LAST, &text);
    }
    found.or_else(|| serde_json::from_str(&storage::read(LAST)?).ok())
}

async fn ask(counting: &Counting, root: &str) -> Option<WholeSite> {
    let text = get::text(&counting.address(root), Freshness::Ask).await.ok()?;
    if counting.goatcounter.is_empty() {
        let counts = Counts::from_json(text.as_bytes()).ok()?;
        let day = Some((counts.today.day, counts.today.visitors));
        return Some(WholeSite { day, total: counts.total, time: counts.time });
    }
    let counter: Counter = serde_json::from_str(&text).ok()?;
    Some(WholeSite {
        day: None,
        total: counting.total(&counter.count_unique)?,
        time: Moment::from_unix(clock::now())?,
    })
}
