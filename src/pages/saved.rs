//! "Bài đã lưu": what the reader has put aside, what was read last, and the way to forget both.

use super::shown;
use crate::{
    components::{Breadcrumb, Section, site},
    platform::document,
    state::{
        shelf::{Line, Shelf},
        visits::Viewed,
    },
};
use archive::Moment;
use leptos::prelude::*;
use routes::Route;

/// The reader's shelf.
#[component]
pub(crate) fn SavedPage() -> impl IntoView {
    let words = site().words;
    let shelf = expect_context::<Shelf>();
    shown(words.saved, Viewed::default());
    view! {
        <div class="list-page">
            <Breadcrumb steps=Vec::new()/>
            <header class="page-head"><h1 tabindex="-1">{words.saved}</h1></header>
            <p class="list-page__note">{move || if shelf.is_kept() { words.saved_what } else { words.saved_not_kept }}</p>
            <Section title=words.saved_list>
                {list(move || shelf.saved(), words.saved_none, words.saved_clear, move || shelf.clear_saved())}
            </Section>
            {move || {
                let most = shelf.most_read();
                (!most.is_empty()).then(|| view! {
                    <Section title=words.most_read_list>
                        <ul class="shelf" role="list">{most.into_iter().map(|one| {
                            let times = words.times_read(one.times);
                            line(one, Some(times))
                        }).collect_view()}</ul>
                    </Section>
                })
            }}
            <Section title=words.read_list>
                {list(move || shelf.read(), words.read_none, words.read_clear, move || shelf.clear_read())}
            </Section>
        </div>
    }
}

fn list(
    lines: impl Fn() -> Vec<Line> + Send + 'static,
    none: &'static str,
    clear_name: &'static str,
    clear: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let lines = lines();
        if lines.is_empty() {
            return view! { <p class="empty">{none}</p> }.into_any();
        }
        let lines = lines.into_iter().map(|one| {
            let when = Moment::from_unix(one.at).map(|moment| moment.to_string());
            line(one, when)
        });
        let press = move |_| {
            clear();
            // The button goes with its list; the keyboard must not be thrown out of the page.
            document::focus("main h1");
        };
        view! {
            <ul class="shelf" role="list">{lines.collect_view()}</ul>
            <p><button type="button" class="button button--quiet" on:click=press>{clear_name}</button></p>
        }
        .into_any()
    }
}

fn line(line: Line, about: Option<String>) -> impl IntoView {
    view! {
        <li class="shelf__line">
            <a class="shelf__title" lang="vi" href=site().href(&Route::Article(line.slug))>{line.title}</a>
            " "
            <span class="shelf__when">{about}</span>
        </li>
    }
}
