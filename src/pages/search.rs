//! Search: words, categories, dates, order; all of it in the address.

use super::arrived;
use crate::{
    components::{DroppedNotice, Failure, Pagination, SearchForm, SearchResult, Waiting, site},
    data::{Library, Loading, load},
    platform::document,
    state::address::Address,
};
use leptos::prelude::*;
use routes::Route;
use search_index::Query;
use std::sync::Arc;

/// The search page. It stays while the question changes, so that the reader stays in the form.
#[component]
pub(crate) fn SearchPage(
    /// What is asked, as far as the portal knows it.
    query: Signal<Query>,
    /// What of the address made no sense.
    dropped: Signal<Vec<String>>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let address = expect_context::<Address>();
    let site = site();
    let words = site.words;
    let answer = load(move || {
        library.track();
        let query = query.get();
        async move { library.answer(&query).await.map(|answer| Arc::new((query, answer))) }
    });
    let results = move || match answer.get() {
        Loading::Waiting => view! { <Waiting/> }.into_any(),
        Loading::Failed(error) => {
            arrived(words.search);
            view! { <Failure error=error retry=answer.retry()/> }.into_any()
        }
        Loading::Ready(found) => {
            let (query, answer) = found.as_ref().clone();
            let found = words.results(answer.total);
            arrived(&if query.words.is_empty() {
                words.search.to_owned()
            } else {
                format!("“{}” – {}", query.words, words.search)
            });
            address.say(&found);
            let mut dropped = dropped.get_untracked();
            if answer.page != query.page && answer.total > 0 {
                dropped.push(words.no_such_page(query.page, answer.pages));
            }
            let href = {
                let site = site.clone();
                Callback::new(move |page| site.href(&Route::Search(Query { page, ..query.clone() })))
            };
            let nothing = answer.hits.is_empty();
            let hits: Vec<_> =
                answer.hits.iter().cloned().map(|hit| view! { <li><SearchResult hit=hit/></li> }).collect();
            view! {
                <p class="page-head__count">{found}{(answer.pages > 1).then(|| format!(" · {}", words.page_of(answer.page, answer.pages)))}</p>
                <DroppedNotice parts=dropped/>
                {nothing.then(|| view! {
                    <div class="empty">
                        <p class="empty__title">{words.search_nothing}</p>
                        <p>{words.search_nothing_advice}</p>
                    </div>
                })}
                <ol class="search-results" role="list">{hits}</ol>
                <Pagination page=answer.page pages=answer.pages href=href/>
            }
            .into_any()
        }
    };
    view! {
        <div class="search-page">
            <header class="page-head"><h1 tabindex="-1">{words.search}</h1></header>
            <SearchForm query=query wide=document::is_wide()/>
            <div class="search-page__results">{results}</div>
        </div>
    }
}
