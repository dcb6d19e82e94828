//! "Thống kê truy cập": visitors of today and in all, as whoever counts for the portal says (`published::Counting`).

use super::{found::File, words::MoreWords};
use crate::{
    list::time,
    source::{DAMAGED, OTHER_VERSION, Reason},
    tree::{Node, node},
};
use archive::{Counts, Moment, counts::InvalidCounts, published::Counting};

/// Figures of a whole portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    /// Visitors of today, where that is known.
    today: Option<u64>,
    /// Visitors in all, with those of an old portal.
    total: u64,
    /// When they were counted.
    time: Moment,
}

/// Reads the answer of whoever counts.
pub(super) fn read(counting: &Counting, file: &File, now: Moment) -> Result<Figures, Reason> {
    let text = file.text()?;
    if !counting.goatcounter.is_empty() {
        let total = counting.total(text).ok_or(DAMAGED)?;
        return Ok(Figures { today: None, total, time: now });
    }
    let counts = Counts::from_json(text.as_bytes()).map_err(|error| match error {
        InvalidCounts::OtherFormat(_) => OTHER_VERSION,
        InvalidCounts::Damaged(_) => DAMAGED,
    })?;
    // Of yesterday is not of today.
    let today = (counts.today.day == now.day()).then_some(counts.today.visitors);
    Ok(Figures { today, total: counts.total, time: counts.time })
}

/// Figures of each source, under its name where there are several.
pub(super) fn figures(all: &[(Option<&str>, &Figures)], words: &MoreWords) -> Node {
    let all = all.iter().map(|(name, figures)| {
        let one = |name: &str, n: u64| {
            node("div", "stat").child(node("dt", "").text(name)).child(node("dd", "").text(&words.number(n)))
        };
        let list = node("dl", "")
            .maybe(figures.today.map(|n| one(words.today, n)))
            .child(one(words.total, figures.total));
        node("div", "stats")
            .maybe(name.map(|name| node("h3", "source").text(name)))
            .child(list)
            .child(node("p", "meta").child(time(figures.time, &words.counted_at(figures.time))))
    });
    node("div", "figures").children(all)
}
