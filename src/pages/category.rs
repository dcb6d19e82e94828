//! A category, newest first, a page at a time.

use super::{arrived, whole_page};
use crate::{
    components::{Breadcrumb, DroppedNotice, HeadlineCard, Look, Pagination, site},
    data::{Library, ListPage, load},
};
use archive::Slug;
use leptos::prelude::*;
use routes::Route;
use std::sync::Arc;

/// The category's page.
#[component]
pub(crate) fn CategoryPage(
    /// Which category.
    slug: Slug,
    /// Which page of it, from 1.
    page: u32,
    /// What of the address made no sense.
    dropped: Vec<String>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let list = {
        let slug = slug.clone();
        load(move || {
            library.track();
            let slug = slug.clone();
            async move { library.category(&slug, page).await }
        })
    };
    whole_page(list, move |list: Arc<ListPage>| {
        let site = site();
        let words = site.words;
        let category = site.portal.categories.iter().find(|c| c.slug == slug);
        let (name, description) =
            category.map_or((slug.to_string(), String::new()), |c| (c.name.clone(), c.description.clone()));
        let title =
            if list.page > 1 { format!("{name} – {}", words.page_number(list.page)) } else { name.clone() };
        arrived(&title);
        let mut dropped = dropped.clone();
        if list.page != page {
            dropped.push(words.no_such_page(page, list.pages));
        }
        let href = {
            let (site, slug) = (site.clone(), slug.clone());
            Callback::new(move |page| site.href(&Route::Category { slug: slug.clone(), page }))
        };
        let cards: Vec<_> = list
            .headlines
            .iter()
            .cloned()
            .map(|headline| view! { <HeadlineCard headline=headline look=Look::Row top=true with_category=false/> })
            .collect();
        let feed = site.feed(Some(&slug)).filter(|_| list.total > 0);
        let count = match (list.total, list.pages) {
            (0, _) => None,
            (total, 1) => Some(words.articles(total)),
            (total, pages) => {
                Some(format!("{} · {}", words.articles(total), words.page_of(list.page, pages)))
            }
        };
        view! {
            <div class="list-page">
                <Breadcrumb steps=Vec::new()/>
                <header class="page-head">
                    <h1 tabindex="-1" lang="vi">{name}</h1>
                    {(!description.is_empty()).then(|| view! { <p class="page-head__about" lang="vi">{description}</p> })}
                    {count.map(|count| view! { <p class="page-head__count">{count}</p> })}
                    {feed.map(|feed| view! { <p class="page-head__feed no-print"><a href=feed type="application/rss+xml">{words.feed}</a></p> })}
                </header>
                <DroppedNotice parts=dropped/>
                {cards.is_empty().then(|| view! { <p class="empty">{words.empty_category}</p> })}
                <div>{cards}</div>
                <Pagination page=list.page pages=list.pages href=href/>
            </div>
        }
        .into_any()
    })
}
