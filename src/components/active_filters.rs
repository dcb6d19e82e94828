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
    let filters: Vec<_> = filters(
        &query,
        |slug| site.category_name(slug).unwrap_or(slug.as_str()).to_owned(),
        words,
    )
    .into_iter()
    .map(|(Filter { name, value }, without)| {
        let href = site.href(&Route::Search(Query { page: 1, ..without }));
        let joint = if name.is_empty() || value.is_empty() { "" } else { ": " };
        view! {
            <li>
                <a class="active-filters__one" href=href>
                    <span class="visually-hidden">{words.without}": "</span>
                    <span class="active-filters__name">{name}{joint}<span lang="vi">{value}</span></span>
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

/// What a filter is called: in the language of the interface, then in that of the archive. One of them may be empty.
#[derive(Debug, PartialEq)]
struct Filter {
    name: String,
    value: String,
}

/// What each filter is called, and the question without it.
fn filters(
    query: &Query,
    category: impl Fn(&archive::Slug) -> String,
    words: &crate::wording::Words,
) -> Vec<(Filter, Query)> {
    let named = |name: &str, value: &str| Filter { name: name.to_owned(), value: value.to_owned() };
    let day =
        |name: &str, day| Filter { name: [name, ": ", &words.date(day)].concat(), value: String::new() };
    let mut filters = Vec::new();
    for slug in &query.categories {
        let mut without = query.clone();
        without.categories.remove(slug);
        filters.push((named("", &category(slug)), without));
    }
    match (query.from, query.to) {
        (Some(from), Some(to)) if (Some(from), Some(to)) == span(from.year(), to.year()) => {
            let years = words.years(from.year(), to.year());
            filters.push((named(&years, ""), Query { from: None, to: None, ..query.clone() }));
        }
        (from, to) => {
            let from = from.map(|from| (day(words.search_from, from), Query { from: None, ..query.clone() }));
            let to = to.map(|to| (day(words.search_to, to), Query { to: None, ..query.clone() }));
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
        filters.push((named(words.titles_only, ""), Query { titles_only: false, ..query.clone() }));
    }
    if query.attachments {
        filters.push((named(words.with_attachments, ""), Query { attachments: false, ..query.clone() }));
    }
    filters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Lang;

    fn names(filters: &[(Filter, Query)]) -> Vec<String> {
        let name = |Filter { name, value }: &Filter| match (name.as_str(), value.as_str()) {
            (one, "") | ("", one) => one.to_owned(),
            (name, value) => [name, ": ", value].concat(),
        };
        filters.iter().map(|(filter, _)| name(filter)).collect()
    }

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
        assert_eq!(
            names(&filters),
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
                filters.len() - 1
            );
        }
    }

    #[test]
    fn whole_years_are_one_chip() {
        let years = |from, to| {
            let (from, to) = (span(from, from).0, span(to, to).1);
            let filters =
                filters(&Query { from, to, ..Query::default() }, |slug| slug.to_string(), Lang::Vi.words());
            names(&filters)
        };
        assert_eq!(years(2021, 2021), ["Năm 2021"]);
        assert_eq!(years(2019, 2021), ["Năm 2019 – 2021"]);
    }
}
