//! Search: words, filters, order; all of it in the address.

use super::{arrived, shown, suggesting};
use crate::{
    components::{
        ActiveFilters, DroppedNotice, Failure, Pagination, SearchForm, SearchResult, SearchTools, Takeaway,
        Waiting, site,
    },
    data::{Library, Loading, MOST_HITS, load},
    platform::{document, download, history, share},
    state::{address::Address, visits::Viewed},
};
use archive::takeaway::{self, Line};
use leptos::prelude::*;
use routes::Route;
use search_index::{Answer, Facets, Query};
use std::sync::Arc;

/// The search page. It stays while the question changes, so that the reader stays in the form.
#[component]
pub(crate) fn SearchPage(
    /// What the form says: what the address asks.
    form: Signal<Query>,
    /// What is asked, as far as the portal knows it, once it is this page's turn to answer.
    query: Signal<Query>,
    /// What of the address made no sense.
    dropped: Signal<Vec<String>>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let address = expect_context::<Address>();
    let words = site().words;
    let answer = load(move || {
        library.track();
        let query = query.get();
        async move { library.answer(&query).await.map(|answer| Arc::new((query, answer))) }
    });
    // The counts of the last answer stay until the next is there: the form must not jump.
    let facets = RwSignal::new(Arc::<Facets>::default());
    Effect::new(move |_| {
        if let Loading::Ready(found) = answer.get() {
            facets.set(Arc::new(found.1.facets.clone()));
        }
    });
    let results = move || match answer.get() {
        Loading::Waiting => view! { <Waiting/> }.into_any(),
        Loading::Failed(error) => {
            arrived(words.search);
            view! { <Failure error=error retry=answer.retry()/> }.into_any()
        }
        Loading::Ready(found) => {
            let (query, answer) = found.as_ref().clone();
            let title = if query.words.is_empty() {
                words.search.to_owned()
            } else {
                format!("“{}” – {}", query.words, words.search)
            };
            shown(&title, Viewed::default());
            let mut dropped = dropped.get_untracked();
            if answer.page != query.page && answer.total > 0 {
                dropped.push(words.no_such_page(query.page, answer.pages));
            }
            let found = words.results(answer.total, answer.at_least);
            // Who hears the page hears a correction too: the results are not for what was typed.
            let said = answer
                .corrected
                .as_ref()
                .map(|right| [&found, ". ", words.showing_for_words, " ", right].concat());
            address.say(said.as_deref().unwrap_or(&found));
            show(query, &answer, found, dropped)
        }
    };
    view! {
        <div class="search-page">
            <header class="page-head"><h1 tabindex="-1">{words.search}</h1></header>
            <SearchForm query=form facets=facets.into() suggesting=suggesting(library) wide=document::is_wide()/>
            <div class="search-page__results">{results}</div>
        </div>
    }
}

fn show(query: Query, answer: &Answer, found: String, dropped: Vec<String>) -> AnyView {
    let site = site();
    let words = site.words;
    let on_page = (answer.pages > 1).then(|| [" · ", &words.page_of(answer.page, answer.pages)].concat());
    let corrected = answer.corrected.clone().map(|right| {
        let exact = Query { as_typed: true, page: 1, ..query.clone() };
        view! {
            <p class="correction">
                {words.showing_for_words}" "<b lang="vi">{right}</b>". "
                <a href=site.href(&Route::Search(exact))>{words.exactly(&query.words)}</a>
            </p>
        }
    });
    let href = {
        let (site, query) = (site.clone(), query.clone());
        Callback::new(move |page| site.href(&Route::Search(Query { page, ..query.clone() })))
    };
    let nothing = answer.hits.is_empty();
    let total = answer.total;
    let hits: Vec<_> =
        answer.hits.iter().cloned().map(|hit| view! { <li><SearchResult hit=hit/></li> }).collect();
    view! {
        <ActiveFilters query=query.clone()/>
        {corrected}
        <div class="search-page__head">
            <p class="page-head__count">{found}{on_page}</p>
            {(!nothing).then(|| view! { <Tools query=query total=total/> })}
        </div>
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

/// The buttons, and what they do.
#[component]
fn Tools(query: Query, total: usize) -> impl IntoView {
    let site = site();
    let words = site.words;
    let library = expect_context::<Library>();
    let (said, set_said) = signal(String::new());
    let copy = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            let done = share::copy(&history::current_address()).await;
            let _ = set_said.try_set((if done { words.copied } else { words.copy_failed }).to_owned());
        });
    });
    let take = Callback::new(move |kind: Takeaway| {
        set_said.set(words.taking.to_owned());
        let (site, query) = (site.clone(), query.clone());
        leptos::task::spawn_local(async move {
            let sentence = match library.all_hits(&query).await {
                Err(error) => words.load_error(&error),
                Ok(headlines) => {
                    let whole = |route: &Route| {
                        let href = site.href(route);
                        document::absolute(&href).unwrap_or(href)
                    };
                    let line = |headline: &archive::Headline| Line {
                        url: whole(&Route::Article(headline.slug.clone())),
                        category: headline
                            .category
                            .as_ref()
                            .and_then(|c| site.category_name(c))
                            .unwrap_or_default()
                            .to_owned(),
                        headline: headline.clone(),
                    };
                    let lines: Vec<Line> = headlines.iter().map(line).collect();
                    let cut = lines.len() >= MOST_HITS && lines.len() < total;
                    let about = words.taken(lines.len(), cut.then_some(total));
                    let (ending, media_type, text) = match kind {
                        Takeaway::Csv => {
                            let note = if cut { about.as_str() } else { "" };
                            ("csv", "text/csv;charset=utf-8", takeaway::csv(words.columns, note, &lines))
                        }
                        Takeaway::Feed => {
                            let title = [words.search, ": ", &query.words, " | ", &site.portal.unit].concat();
                            let home = whole(&Route::Search(query.clone()));
                            ("json", "application/feed+json", takeaway::feed(&title, &home, &about, &lines))
                        }
                    };
                    let saved = download::save(&takeaway::file_name(&query.words, ending), media_type, &text);
                    if saved { about } else { words.take_failed.to_owned() }
                }
            };
            let _ = set_said.try_set(sentence);
        });
    });
    view! { <SearchTools copy=copy take=take said=said.into()/> }
}
