//! A list of articles, newest first, a page at a time: a category, a topic, a year or a month.

use super::{shown, whole_page};
use crate::{
    components::{Breadcrumb, DroppedNotice, HeadlineCard, Look, Pagination, Site, site},
    data::{Library, ListPage, load},
    state::visits::Viewed,
    wording::Words,
};
use archive::{Period, Slug, published::Category};
use leptos::prelude::*;
use routes::{List, Route};
use std::sync::Arc;

/// The list's page.
#[component]
pub(crate) fn ListedPage(
    /// Which articles.
    list: List,
    /// Which page of them, from 1.
    page: u32,
    /// What of the address made no sense.
    dropped: Vec<String>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let loaded = {
        let list = list.clone();
        load(move || {
            library.track();
            let list = list.clone();
            async move { library.list(&list, page).await }
        })
    };
    whole_page(loaded, move |found: Arc<ListPage>| {
        let site = site();
        let words = site.words;
        let head = Head::of(&list, &site);
        let title = if found.page > 1 {
            format!("{} – {}", head.name, words.page_number(found.page))
        } else {
            head.name.clone()
        };
        let category = match &list {
            List::Category(slug) => Some(slug.to_string()),
            List::Topic(_) | List::Period(_) => None,
        };
        shown(&title, Viewed { category, ..Viewed::default() });
        let mut dropped = dropped.clone();
        if found.page != page {
            dropped.push(words.no_such_page(page, found.pages));
        }
        let href = {
            let (site, list) = (site.clone(), list.clone());
            Callback::new(move |page| site.href(&Route::List { list: list.clone(), page }))
        };
        let cards: Vec<_> = found
            .headlines
            .iter()
            .cloned()
            .map(|headline| {
                view! { <HeadlineCard headline=headline look=Look::Row top=true with_category=head.mixed/> }
            })
            .collect();
        let feed = match &list {
            List::Category(slug) => site.feed(Some(slug)).filter(|_| found.total > 0),
            List::Topic(_) | List::Period(_) => None,
        };
        let count = match (found.total, found.pages) {
            (0, _) => None,
            (total, 1) => Some(words.articles(total)),
            (total, pages) => {
                Some(format!("{} · {}", words.articles(total), words.page_of(found.page, pages)))
            }
        };
        view! {
            <div class="list-page">
                <Breadcrumb steps=head.steps/>
                <header class="page-head">
                    {head.kind.map(|kind| view! { <p class="page-head__kind">{kind}</p> })}
                    <h1 tabindex="-1" lang=head.language>{head.name}</h1>
                    {(!head.about.is_empty()).then(|| view! { <p class="page-head__about" lang="vi">{head.about}</p> })}
                    {count.map(|count| view! { <p class="page-head__count">{count}</p> })}
                    {feed.map(|feed| view! { <p class="page-head__feed no-print"><a href=feed type="application/rss+xml">{words.feed}</a></p> })}
                </header>
                <DroppedNotice parts=dropped/>
                {cards.is_empty().then(|| view! { <p class="empty">{head.empty}</p> })}
                <div>{cards}</div>
                <Pagination page=found.page pages=found.pages href=href/>
            </div>
        }
        .into_any()
    })
}

/// What stands above the articles.
struct Head {
    /// What kind of list it is, where the name alone does not say it.
    kind: Option<&'static str>,
    name: String,
    /// Language of the name: the archive's, or that of the page.
    language: &'static str,
    about: String,
    /// What is said where there are no articles.
    empty: &'static str,
    /// The pages above it.
    steps: Vec<(String, Route)>,
    /// Whether its articles are of several categories.
    mixed: bool,
}

impl Head {
    fn of(list: &List, site: &Site) -> Self {
        let (words, portal) = (site.words, &site.portal);
        let contents = (words.archive.to_owned(), Route::Contents);
        let from_archive = |all: &[Category], slug: &Slug| {
            let found = all.iter().find(|one| one.slug == *slug);
            found.map_or((slug.to_string(), String::new()), |one| (one.name.clone(), one.description.clone()))
        };
        match list {
            List::Category(slug) => {
                let (name, about) = from_archive(&portal.categories, slug);
                let empty = words.empty_category;
                Self { kind: None, name, language: "vi", about, empty, steps: Vec::new(), mixed: false }
            }
            List::Topic(slug) => {
                let (name, about) = from_archive(&portal.topics, slug);
                let (kind, empty, steps) = (Some(words.topic), words.empty_topic, vec![contents]);
                Self { kind, name, language: "vi", about, empty, steps, mixed: true }
            }
            List::Period(period) => Self {
                kind: None,
                name: words.news_of(*period),
                language: words.lang.tag(),
                about: String::new(),
                empty: words.empty_period,
                steps: std::iter::once(contents).chain(year_of(*period, words)).collect(),
                mixed: true,
            },
        }
    }
}

/// The year that a month is in.
fn year_of(period: Period, words: &Words) -> Option<(String, Route)> {
    period.month()?;
    let year = Period::new(period.year(), None)?;
    Some((words.period(year), List::Period(year).route()))
}
