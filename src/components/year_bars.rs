//! How the results are spread over the years: a bar for each, and each bar leads to its year.
//!
//! Not here: a range of years, which the form's fields choose.

use super::site;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use routes::Route;
use search_index::{Facets, Query};
use std::{collections::BTreeMap, sync::Arc};

/// Most years that have a bar: with more, a finger would not hit one.
const MOST: usize = 40;

/// With no more years, each has its name under its bar; else the first and the last.
const FEW: usize = 6;

/// The bars. They keep their height while there are none, so that nothing jumps when the answer comes.
#[component]
pub(crate) fn YearBars(
    /// What the bars lead to, with another time.
    query: Signal<Query>,
    /// The last answer's counts.
    facets: Signal<Arc<Facets>>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let bars = move || {
        let (query, facets) = (query.get(), facets.get());
        let years = years(&facets.years);
        let most = years.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
        let bar = |(year, count): (i32, usize)| {
            let inside = query.from.is_none_or(|from| from.year() <= year)
                && query.to.is_none_or(|to| year <= to.year());
            let share = ["--share:", (count * 100 / most).to_string().as_str(), "%"].concat();
            let name = words.in_year(year, count);
            let time = span(year, year);
            let href =
                site.href(&Route::Search(Query { from: time.0, to: time.1, page: 1, ..query.clone() }));
            view! {
                <li class="year-bars__year">
                    <a class="year-bars__bar" href=href style=share title=name.clone() aria-label=name
                        aria-current=inside.then_some("true")><span></span></a>
                </li>
            }
        };
        let few = years.len() <= FEW;
        let class = if few { "year-bars__names" } else { "year-bars__names year-bars__names--ends" };
        let mut names = Vec::new();
        for (at, (year, _)) in years.iter().enumerate() {
            if few || at == 0 || at + 1 == years.len() {
                names.push(view! { <span>{*year}</span> });
            }
        }
        view! {
            <ol class="year-bars__years" role="list">{years.iter().copied().map(bar).collect::<Vec<_>>()}</ol>
            <p class=class aria-hidden="true">{names}</p>
        }
    };
    view! { <nav class="year-bars" aria-label=words.by_year>{bars}</nav> }
}

/// The first day of a year and the last day of another.
pub(super) fn span(from: i32, to: i32) -> (Option<NaiveDate>, Option<NaiveDate>) {
    (NaiveDate::from_ymd_opt(from, 1, 1), NaiveDate::from_ymd_opt(to, 12, 31))
}

/// Each year from the first to the last, also those without results; only those with results where the way is
/// long; the newest where there are too many.
fn years(counts: &BTreeMap<i32, usize>) -> Vec<(i32, usize)> {
    let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value()) else {
        return Vec::new();
    };
    let way = usize::try_from(last - first).unwrap_or(usize::MAX);
    let mut years: Vec<_> = if way < MOST {
        (first..=last).map(|year| (year, counts.get(&year).copied().unwrap_or(0))).collect()
    } else {
        counts.iter().map(|(year, count)| (*year, *count)).collect()
    };
    years.drain(..years.len().saturating_sub(MOST));
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_without_results_keep_their_place_and_far_ones_do_not() {
        let of = |pairs: &[(i32, usize)]| years(&pairs.iter().copied().collect());
        assert_eq!(of(&[]), []);
        assert_eq!(of(&[(2019, 2), (2021, 5)]), [(2019, 2), (2020, 0), (2021, 5)]);
        assert_eq!(of(&[(1901, 1), (2021, 5)]), [(1901, 1), (2021, 5)]);
        let many: Vec<_> = (1900..2000).map(|year| (year, 1)).collect();
        assert_eq!((of(&many).len(), of(&many)[0].0), (40, 1960));
    }
}
