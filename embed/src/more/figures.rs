//! "Thống kê truy cập": visitors of today and in all, as whoever counts for the portal says (`published::Counting`).

use super::words::MoreWords;
use crate::{
    json::Json,
    list::time,
    source::{DAMAGED, OTHER_VERSION, Reason},
    tree::{Node, node},
};
use archive::{Moment, counts, published::Counting, source::feed};

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
pub(super) fn read(counting: &Counting, file: &impl Json, now: Moment) -> Result<Figures, Reason> {
    if !counting.goatcounter.is_empty() {
        let total = counting.total(&file.text_of("count_unique")).ok_or(DAMAGED)?;
        return Ok(Figures { today: None, total, time: now });
    }
    // All that `Counts::from_json` reads: what these figures are made of is the same in each.
    if !file.count_of("format").is_some_and(|format| (1..=counts::FORMAT.into()).contains(&format)) {
        return Err(OTHER_VERSION.to_owned());
    }
    let figures = || {
        let today = file.member("today")?;
        let day = feed::date(&today.text_of("day"))?.day();
        // Of yesterday is not of today.
        let visitors = today.count_of("visitors").filter(|_| day == now.day());
        Some(Figures { today: visitors, total: file.count_of("total")?, time: file.moment_of("time")? })
    };
    Ok(figures().ok_or(DAMAGED)?)
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
