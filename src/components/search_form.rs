//! The search form: words and filters as a real `<form method="get">`, so that it is what its address says.

use super::site;
use leptos::prelude::*;
use routes::Route;
use search_index::{Order, Query};

/// The form, filled in from the query; sending it leads to the address of the new query.
#[component]
pub(crate) fn SearchForm(
    /// What is asked now.
    query: Signal<Query>,
    /// Whether the filters stand open where none is set: where there is room.
    wide: bool,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let categories: Vec<_> = site
        .portal
        .categories
        .iter()
        .map(|category| {
            let (slug, value) = (category.slug.clone(), category.slug.to_string());
            let checked = move || query.read().categories.contains(&slug);
            view! {
                <label class="search-form__choice">
                    <input type="checkbox" name="muc" value=value prop:checked=checked/>
                    <span lang="vi">{category.name.clone()}</span>
                </label>
            }
        })
        .collect();
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let order = move |order: Order| move || query.read().order == order;
    let without_filters = {
        let site = site.clone();
        move || site.href(&Route::Search(Query { words: query.read().words.clone(), ..Query::default() }))
    };
    // A reader may close them.
    let open =
        wide || query.with_untracked(|q| !q.categories.is_empty() || q.from.is_some() || q.to.is_some());
    // `novalidate`: WebKit takes a date field that was emptied by script for invalid and would not send the
    // form. No field is required, and the page itself names what makes no sense.
    view! {
        <form class="search-form" role="search" method="get" action=site.href(&Route::Search(Query::default())) novalidate>
            <div class="search-form__main">
                <label class="search-form__label" for="search-words">{words.search_words}</label>
                <div class="search-form__line">
                    <input class="field" id="search-words" type="search" name="q" maxlength="200" autocomplete="off"
                        placeholder=words.search_placeholder prop:value=move || query.read().words.clone()/>
                    <button class="button" type="submit">{words.search_submit}</button>
                </div>
            </div>
            <details class="search-form__filters" open=open>
                <summary>{words.search_filters}</summary>
                <div class="search-form__grid">
                    <fieldset class="search-form__categories">
                        <legend class="search-form__label">{words.categories}</legend>
                        {categories}
                    </fieldset>
                    <div class="search-form__dates">
                        <label>
                            <span class="search-form__label">{words.search_from}</span>
                            <input class="field" type="date" name="tu" prop:value=move || day(query.read().from)/>
                        </label>
                        <label>
                            <span class="search-form__label">{words.search_to}</span>
                            <input class="field" type="date" name="den" prop:value=move || day(query.read().to)/>
                        </label>
                        <label>
                            <span class="search-form__label">{words.search_order}</span>
                            <select class="field" name="xep">
                                <option value="" prop:selected=order(Order::Best)>{words.order_best}</option>
                                <option value="moi-nhat" prop:selected=order(Order::Newest)>{words.order_newest}</option>
                            </select>
                        </label>
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
