//! One article found: its title and the place in its text, with the words asked for marked.

use super::site;
use leptos::prelude::*;
use routes::Route;
use search_index::Hit;
use std::ops::Range;

/// One article found.
#[component]
pub(crate) fn SearchResult(
    /// The article and where its words stand.
    hit: Hit,
) -> impl IntoView {
    let site = site();
    let headline = hit.headline;
    let category = headline.category.as_ref().and_then(|slug| site.category_name(slug)).map(str::to_owned);
    view! {
        <article class="search-result" lang="vi">
            <h2 class="search-result__title">
                <a href=site.href(&Route::Article(headline.slug.clone()))>{marked(&headline.title, &hit.title_marks)}</a>
            </h2>
            <p class="search-result__about">
                <time datetime=headline.published.rfc3339()>{headline.published.to_string()}</time>
                {category.map(|name| view! { <span class="search-result__category">{name}</span> })}
                {(!hit.unit.is_empty()).then(|| view! { <span class="search-result__unit">{hit.unit.clone()}</span> })}
            </p>
            <p class="search-result__snippet">{marked(&hit.snippet, &hit.snippet_marks)}</p>
        </article>
    }
}

/// The text with `<mark>` around each range. Ranges that do not fit the text are passed over.
fn marked(text: &str, marks: &[Range<usize>]) -> Vec<AnyView> {
    let mut parts = Vec::with_capacity(marks.len() * 2 + 1);
    let mut done = 0;
    for mark in marks {
        if let (Some(before), Some(inside)) = (text.get(done..mark.start), text.get(mark.clone())) {
            parts.push(before.to_owned().into_any());
            parts.push(view! { <mark>{inside.to_owned()}</mark> }.into_any());
            done = mark.end;
        }
    }
    parts.push(text.get(done..).unwrap_or_default().to_owned().into_any());
    parts
}
