//! Visits day by day or month by month: bars for the eye, and the same figures as a table for everybody.

use super::site;
use leptos::prelude::*;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    /// The day or month, for readers.
    pub(crate) name: String,
    pub(crate) visits: u64,
    pub(crate) views: u64,
}

/// Width and height of the drawing; bars are spread over it.
const WIDTH: usize = 600;
const HEIGHT: u64 = 100;

/// The bars and, on demand, their table.
#[component]
pub(crate) fn VisitChart(
    /// What they show.
    title: &'static str,
    /// What a row of the table is of: "Ngày".
    of: &'static str,
    /// From the oldest on.
    bars: Vec<Bar>,
) -> impl IntoView {
    let words = site().words;
    let most = bars.iter().map(|bar| bar.visits).max().unwrap_or(0).max(1);
    let step = WIDTH / bars.len().max(1);
    let drawn: Vec<_> = bars
        .iter()
        .enumerate()
        .map(|(i, bar)| {
            // A day with visits is seen, however few they are beside the others.
            let height = (bar.visits * HEIGHT / most).max(2 * u64::from(bar.visits > 0));
            let title = [bar.name.as_str(), ": ", &words.number(bar.visits)].concat();
            view! {
                <rect class="visit-chart__bar" x=i * step + step / 8 y=HEIGHT - height width=step - step / 4 height=height>
                    <title>{title}</title>
                </rect>
            }
        })
        .collect();
    let (first, last) = (bars.first().map(|bar| bar.name.clone()), bars.last().map(|bar| bar.name.clone()));
    let rows: Vec<_> = bars
        .into_iter()
        .rev()
        .map(|bar| view! {
            <tr><th scope="row">{bar.name}</th><td>{words.number(bar.visits)}</td><td>{words.number(bar.views)}</td></tr>
        })
        .collect();
    view! {
        <figure class="visit-chart">
            <figcaption class="visit-chart__title">{title}</figcaption>
            <div aria-hidden="true">
                <p class="visit-chart__most">{words.number(most)}</p>
                <svg class="visit-chart__bars" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">{drawn}</svg>
                <p class="visit-chart__ends"><span>{first}</span><span>{last}</span></p>
            </div>
            <details class="visit-chart__table">
                <summary>{words.as_table}</summary>
                <table class="figures">
                    <caption class="visually-hidden">{title}</caption>
                    <thead><tr><th scope="col">{of}</th><th scope="col">{words.visits}</th><th scope="col">{words.views}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    }
}
