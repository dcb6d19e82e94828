//! "Thống kê truy cập": today and in all.

use super::site;
use leptos::prelude::*;

/// The two figures that every department portal shows.
#[component]
pub(crate) fn VisitFigures(
    /// Visits today.
    today: Signal<u64>,
    /// Visits in all.
    total: Signal<u64>,
) -> impl IntoView {
    let words = site().words;
    view! {
        <dl class="visit-figures">
            <div><dt>{words.statistics_today}</dt><dd>{move || words.number(today.get())}</dd></div>
            <div><dt>{words.statistics_total}</dt><dd>{move || words.number(total.get())}</dd></div>
        </dl>
    }
}
