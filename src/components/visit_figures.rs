//! "Thống kê truy cập": today and in all.

use super::site;
use leptos::prelude::*;

/// The two figures that every department portal shows.
#[component]
pub(crate) fn VisitFigures(
    /// Visits today; `None` until they have been read.
    today: Signal<Option<u64>>,
    /// Visits in all.
    total: Signal<Option<u64>>,
) -> impl IntoView {
    let words = site().words;
    let number =
        move |figure: Signal<Option<u64>>| figure.get().map_or_else(|| "…".to_owned(), |n| words.number(n));
    view! {
        <dl class="visit-figures">
            <div><dt>{words.statistics_today}</dt><dd>{move || number(today)}</dd></div>
            <div><dt>{words.statistics_total}</dt><dd>{move || number(total)}</dd></div>
        </dl>
    }
}
