//! The filters that are set, each a link to the same question without it.

use super::{site, year_bars::span};
use chrono::Datelike;
use leptos::prelude::*;
use routes::Route;
use search_index::Query;

/// The filters that are set; nothing where none is.
#[component]
pub(crate) fn ActiveFilters(
    /// What is asked.
    query: Query,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let filters: Vec<_> =
        filters(&query, |slug| site.category_name(slug).unwrap_or(slug.as_str()).to_owned(), words)
            .into_iter()
            .map(|(name, without)| {
                let href = site.href(&Route::Search(Query { page: 1, ..without }));
                view! {
                    <li>
                        <a class="active-filters__one" href=href aria-label=words.without(&name)>
                            <span>{name.clone()}</span>
                            <span class="active-filters__cross" aria-hidden="true">"×"</span>
                        </a>
                    </li>
                }
            })
            .collect();
    (!filters.is_empty()).then(
        || view! { <ul class="active-filters no-print" role="list" aria-label=words.active_filters>{filters}</ul> },
    )
}

/// What each filter is called, and the question without it.
fn filters(
    query: &Query,
    category: impl Fn(&archive::Slug) -> String,
    words: &crate::wording::Words,
) -> Vec<(String, Query)> {
    let mut filters = Vec::new();
    for slug in &query.categories {
        let mut without = query.clone();
        without.categories.remove(slug);
        filters.push((category(slug), without));
    }
    match (query.from, query.to) {
        (Some(from), Some(to)) if (Some(from), Some(to)) == span(from.year(), to.year()) => {
            filters
                .push((words.years(from.year(), to.year()), Query { from: None, to: None, ..query.clone() }));
        }
        (from, to) => {
            let from = from.map(|day| {
                (named(words.search_from, &words.date(day)), Query { from: None, ..query.clone() })
            });
            let to =
                to.map(|day| (named(words.search_to, &words.date(day)), Query { to: None, ..query.clone() }));
            filters.extend(from.into_iter().chain(to));
        }
    }
    if !query.unit.is_empty() {
        let without = Query { unit: String::new(), ..query.clone() };
        filters.push((named(words.unit, &query.unit), without));
    }
    if !query.tag.is_empty() {
        let without = Query { tag: String::new(), ..query.clone() };
        filters.push((named(words.tag, &query.tag), without));
    }
    if query.titles_only {
        filters.push((words.titles_only.to_owned(), Query { titles_only: false, ..query.clone() }));
    }
    if query.attachments {
        filters.push((words.with_attachments.to_owned(), Query { attachments: false, ..query.clone() }));
    }
    filters
}

fn named(name: &str, value: &str) -> String {
    [name, ": ", value].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Lang;

    #[test]
    fn every_filter_has_its_chip_and_each_takes_itself_away_only() {
        let day = |text: &str| Some(text.parse().expect("a day"));
        let query = Query {
            words: "lớp 10".into(),
            categories: ["thong-bao", "tuyen-sinh"].iter().map(|s| s.parse().expect("a slug")).collect(),
            from: day("2021-01-01"),
            to: day("2021-12-30"),
            unit: "Văn phòng Sở".into(),
            tag: "học bổng".into(),
            titles_only: true,
            attachments: true,
            ..Query::default()
        };
        let filters = filters(&query, |slug| slug.to_string(), Lang::Vi.words());
        let names: Vec<_> = filters.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "thong-bao",
                "tuyen-sinh",
                "Từ ngày: 01/01/2021",
                "Đến ngày: 30/12/2021",
                "Đơn vị: Văn phòng Sở",
                "Từ khóa: học bổng",
                "Chỉ tìm trong tiêu đề",
                "Chỉ bài có tệp đính kèm"
            ]
        );
        for (_, without) in &filters {
            assert_eq!(without.words, query.words);
            assert_ne!(*without, query);
            assert_eq!(
                super::filters(without, |slug| slug.to_string(), Lang::Vi.words()).len(),
                names.len() - 1
            );
        }
    }

    #[test]
    fn whole_years_are_one_chip() {
        let years = |from, to| {
            let (from, to) = (span(from, from).0, span(to, to).1);
            let filters =
                filters(&Query { from, to, ..Query::default() }, |slug| slug.to_string(), Lang::Vi.words());
            filters.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(years(2021, 2021), ["Năm 2021"]);
        assert_eq!(years(2019, 2021), ["Năm 2019 – 2021"]);
    }
}
