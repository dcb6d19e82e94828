//! There is no such page.

use super::arrived;
use crate::components::site;
use leptos::prelude::*;
use routes::Route;
use search_index::Query;

/// What happened and the ways on.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let site = site();
    let words = site.words;
    arrived(words.not_found);
    view! {
        <div class="not-found">
            <p class="not-found__number" aria-hidden="true">"404"</p>
            <h1 tabindex="-1">{words.not_found}</h1>
            <p>{words.not_found_advice}</p>
            <p class="not-found__ways">
                <a class="button" href=site.href(&Route::Home)>{words.back_home}</a>
                <a href=site.href(&Route::Search(Query::default()))>{words.search}</a>
            </p>
        </div>
    }
}
