//! "Thống kê truy cập": today and in all.

use super::site;
use archive::Moment;
use leptos::prelude::*;

/// Figures of the whole portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WholeFigures {
    /// Visitors of today, where that is known.
    pub(crate) today: Option<u64>,
    /// Visitors in all.
    pub(crate) total: u64,
    /// When they were counted.
    pub(crate) time: Moment,
}

/// The two figures of the whole portal, and when they were counted. They have their place before they come.
#[component]
pub(crate) fn WholeVisits(
    /// `None` until they come.
    figures: Signal<Option<WholeFigures>>,
) -> impl IntoView {
    let words = site().words;
    let or_unknown = |n: Option<u64>| n.map_or_else(|| "—".to_owned(), |n| words.number(n));
    let figure = move |read: fn(WholeFigures) -> Option<u64>| {
        Signal::derive(move || figures.get().map_or_else(coming, |figures| or_unknown(read(figures))))
    };
    let when = move || figures.get().map_or_else(coming, |figures| words.counted_at(figures.time));
    view! {
        {pair(figure(|figures| figures.today), figure(|figures| Some(figures.total)))}
        <p class="visit-figures__when">{when}</p>
    }
}

/// The two figures of this device.
#[component]
pub(crate) fn VisitFigures(
    /// Visits today; `None` until they have been read.
    today: Signal<Option<u64>>,
    /// Visits in all.
    total: Signal<Option<u64>>,
) -> impl IntoView {
    let words = site().words;
    let figure =
        |n: Signal<Option<u64>>| Signal::derive(move || n.get().map_or_else(coming, |n| words.number(n)));
    pair(figure(today), figure(total))
}

/// What stands in the place of a figure that is still on its way.
fn coming() -> String {
    "…".to_owned()
}

/// "Hôm nay" and "Đã truy cập".
fn pair(today: Signal<String>, total: Signal<String>) -> impl IntoView {
    let words = site().words;
    view! {
        <dl class="visit-figures">
            <div><dt>{words.statistics_today}</dt><dd>{today}</dd></div>
            <div><dt>{words.statistics_total}</dt><dd>{total}</dd></div>
        </dl>
    }
}
