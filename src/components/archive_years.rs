//! The years and months of the archive, newest year first, each leading to its articles.

use super::site;
use archive::{Contents, Period};
use leptos::prelude::*;
use routes::List;
use std::sync::Arc;

/// The years, and in each the months that have articles.
#[component]
pub(crate) fn ArchiveYears(
    /// How many articles each month has.
    contents: Arc<Contents>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let link = |period: Period, name: String, count: usize| {
        let (href, count) = (site.href(&List::Period(period).route()), words.number(count as u64));
        view! { <a class="archive-years__link" href=href>{name}" "<span class="archive-years__count">{count}</span></a> }
    };
    let years: Vec<_> = contents
        .months
        .iter()
        .rev()
        .filter_map(|(&year, months)| {
            let whole = Period::new(year, None)?;
            let months: Vec<_> = (1..)
                .zip(months)
                .filter(|(_, count)| **count > 0)
                .filter_map(|(month, count)| {
                    let period = Period::new(year, Some(month))?;
                    Some(view! { <li>{link(period, words.month(month), *count)}</li> })
                })
                .collect();
            Some(view! {
                <div class="archive-years__year">
                    <h3 class="archive-years__name">{link(whole, words.period(whole), contents.of_year(year))}</h3>
                    <ul class="archive-years__months" role="list">{months}</ul>
                </div>
            })
        })
        .collect();
    view! { <div class="archive-years">{years}</div> }
}
