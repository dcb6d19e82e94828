//! "Kho lưu trữ": what the archive holds, by topic, by time and by tag.

use super::{shown, whole_page};
use crate::{
    components::{ArchiveYears, Breadcrumb, DroppedNotice, Section, site},
    data::{Library, load},
    state::visits::Viewed,
};
use archive::Contents;
use leptos::prelude::*;
use routes::{List, Route};
use search_index::Query;
use std::sync::Arc;

/// The page of what the archive holds.
#[component]
pub(crate) fn ContentsPage(
    /// What of the address made no sense.
    dropped: Vec<String>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let contents = load(move || {
        library.track();
        library.contents()
    });
    whole_page(contents, move |contents: Arc<Contents>| {
        let site = site();
        let words = site.words;
        shown(words.archive, Viewed::default());
        let topics: Vec<_> = site
            .portal
            .topics
            .iter()
            .map(|topic| {
                let count = library.in_topic(&topic.slug);
                view! {
                    <li class="shelf__line">
                        <a class="shelf__title" lang="vi" href=site.href(&List::Topic(topic.slug.clone()).route())>{topic.name.clone()}</a>
                        " "
                        <span class="shelf__when">{words.articles(count)}</span>
                    </li>
                }
            })
            .collect();
        let tags: Vec<_> = contents
            .tags
            .iter()
            .map(|(tag, count)| {
                let query = Query { tag: tag.clone(), ..Query::default() };
                let count = words.number(*count as u64);
                view! { <li><a class="tag" href=site.href(&Route::Search(query))>{tag.clone()}" "<span class="tag__count">{count}</span></a></li> }
            })
            .collect();
        view! {
            <div class="list-page">
                <Breadcrumb steps=Vec::new()/>
                <header class="page-head"><h1 tabindex="-1">{words.archive}</h1></header>
                <DroppedNotice parts=dropped.clone()/>
                {contents.months.is_empty().then(|| view! { <p class="empty">{words.empty_portal}</p> })}
                {(!topics.is_empty()).then(|| view! {
                    <Section title=words.topics><ul class="shelf" role="list">{topics}</ul></Section>
                })}
                {(!contents.months.is_empty()).then(|| view! {
                    <Section title=words.by_time><ArchiveYears contents=contents.clone()/></Section>
                })}
                {(!tags.is_empty()).then(|| view! {
                    <Section title=words.tags><ul class="tags" role="list" lang="vi">{tags}</ul></Section>
                })}
            </div>
        }
        .into_any()
    })
}
