//! The search form: words and filters as a real `<form method="get">`, so that it is what its address says.
//!
//! It stays while answers come and go: only the counts beside its filters change.

use super::{SearchBox, Suggesting, YearBars, site};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use routes::Route;
use search_index::{Facets, Order, Query};
use std::sync::Arc;

/// The form, filled in from the query; sending it leads to the address of the new query.
#[component]
pub(crate) fn SearchForm(
    /// What is asked now.
    query: Signal<Query>,
    /// The last answer's counts.
    facets: Signal<Arc<Facets>>,
    /// Where suggestions come from.
    suggesting: Suggesting,
    /// Whether the filters stand open: where there is room.
    wide: bool,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let categories: Vec<_> = site
        .portal
        .categories
        .iter()
        .map(|category| {
            let (slug, counted) = (category.slug.clone(), category.slug.clone());
            let checked = Signal::derive(move || query.read().categories.contains(&slug));
            let count = move || {
                let categories = &facets.read().categories;
                let count = categories.get(&counted).copied().unwrap_or(0) as u64;
                (!categories.is_empty()).then(|| words.number(count))
            };
            let name = view! {
                <span lang="vi">{category.name.clone()}</span>
                <span class="search-form__count">{count}</span>
            };
            choice("muc", category.slug.to_string(), checked, name.into_any())
        })
        .collect();
    let only = |name: &'static str, value: &str, checked: Signal<bool>, label: &'static str| {
        choice(name, value.to_owned(), checked, view! { <span>{label}</span> }.into_any())
    };
    let text = move |of: fn(&Query) -> &String| Signal::derive(move || of(&query.read()).clone());
    let order = move |order: Order| Signal::derive(move || query.read().order == order);
    let without_filters = {
        let site = site.clone();
        move || site.href(&Route::Search(Query { words: query.read().words.clone(), ..Query::default() }))
    };
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        from.set(day(query.read().from));
        to.set(day(query.read().to));
    });
    let units: Vec<_> =
        site.portal.units.iter().map(|unit| view! { <option value=unit.clone()></option> }).collect();
    // A reader may close them. On a phone the chips above the results say what is set.
    // `novalidate`: WebKit takes a date field that was emptied by script for invalid and would not send the
    // form. No field is required, and the page itself names what makes no sense.
    view! {
        <form class="search-form" role="search" method="get" action=site.href(&Route::Search(Query::default())) novalidate>
            <div class="search-form__main">
                <label class="search-form__label" for="search-words">{words.search_words}</label>
                <div class="search-form__line">
                    <SearchBox id="search-words" asked=text(|query| &query.words) suggesting=suggesting/>
                </div>
            </div>
            <details class="search-form__filters" open=wide>
                <summary>{words.search_filters}</summary>
                <div class="search-form__grid">
                    {(!categories.is_empty()).then(|| view! {
                        <fieldset>
                            <legend class="search-form__label">{words.categories}</legend>
                            {categories}
                        </fieldset>
                    })}
                    <fieldset class="search-form__time">
                        <legend class="search-form__label">{words.time}</legend>
                        <YearBars query=query facets=facets/>
                        {year(words.from_year, from, "-01-01", facets)}
                        {year(words.to_year, to, "-12-31", facets)}
                        {day("tu", words.search_from, from)}
                        {day("den", words.search_to, to)}
                    </fieldset>
                    <div class="search-form__others">
                        {(!units.is_empty()).then(|| view! {
                            <label>
                                <span class="search-form__label">{words.unit}</span>
                                <input class="field" type="text" name="don-vi" maxlength="120" list="search-units" autocomplete="off"
                                    lang="vi" prop:value=text(|query| &query.unit)/>
                            </label>
                            <datalist id="search-units">{units}</datalist>
                        })}
                        <label>
                            <span class="search-form__label">{words.search_order}</span>
                            <select class="field" name="xep">
                                <option value="" prop:selected=order(Order::Best)>{words.order_best}</option>
                                <option value="moi-nhat" prop:selected=order(Order::Newest)>{words.order_newest}</option>
                            </select>
                        </label>
                        <div>
                            {only("o", "tieu-de", Signal::derive(move || query.read().titles_only), words.titles_only)}
                            {only("tep", "co", Signal::derive(move || query.read().attachments), words.with_attachments)}
                        </div>
                        // A tag comes by a link and is taken away by its chip; other questions keep it.
                        <input type="hidden" name="the" prop:value=text(|query| &query.tag)/>
                    </div>
                </div>
                <p class="search-form__ways">
                    <button class="button" type="submit">{words.search_submit}</button>
                    <a href=without_filters>{words.search_clear}</a>
                </p>
            </details>
        </form>
    }
}

fn choice(name: &'static str, value: String, checked: Signal<bool>, label: AnyView) -> AnyView {
    view! {
        <label class="search-form__choice">
            <input type="checkbox" name=name value=value prop:checked=checked/>
            {label}
        </label>
    }
    .into_any()
}

fn day(name: &'static str, label: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <label>
            <span class="search-form__label">{label}</span>
            <input class="field" type="date" name=name prop:value=value
                on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
    .into_any()
}

/// A choice of year, which fills in its first or last day; it has no name, so the form sends the day only.
fn year(
    label: &'static str,
    value: RwSignal<String>,
    end: &'static str,
    facets: Signal<Arc<Facets>>,
) -> AnyView {
    let options = move || {
        let value = value.get();
        let mut years: Vec<i32> = facets.read().years.keys().copied().collect();
        // The year asked for is there also when it has no results.
        let asked = value.parse::<NaiveDate>().ok().filter(|_| value.ends_with(end)).map(|day| day.year());
        if let Some(asked) = asked.filter(|year| !years.contains(year)) {
            years.insert(years.partition_point(|year| *year < asked), asked);
        }
        let year =
            |year: i32| view! { <option value=year prop:selected={asked == Some(year)}>{year}</option> };
        let none = asked.is_none();
        view! {
            <option value="" prop:selected=none>"–"</option>
            {years.into_iter().map(year).collect::<Vec<_>>()}
        }
    };
    let choose = move |event| {
        let year = event_target_value(&event);
        value.set(if year.is_empty() { year } else { [year.as_str(), end].concat() });
    };
    view! {
        <label>
            <span class="search-form__label">{label}</span>
            <select class="field" on:change=choose>{options}</select>
        </label>
    }
    .into_any()
}
