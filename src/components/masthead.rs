//! The head of every page: who speaks, what day it is, and the doors to language, reading options and search.

use super::{ReadingOptions, SearchBox, Suggesting, site};
use crate::reading::Reading;
use leptos::{html, prelude::*};
use routes::Route;
use search_index::Query;

/// The head of every page.
#[component]
pub(crate) fn Masthead(
    /// Changes to the other language.
    change_language: Callback<()>,
    /// How pages look.
    reading: Signal<Reading>,
    /// Changes how pages look.
    change_reading: Callback<Reading>,
    /// Where the search field has its suggestions from.
    suggesting: Suggesting,
) -> impl IntoView {
    let site = site();
    let (words, portal) = (site.words, &site.portal);
    let above =
        if portal.parent_unit.is_empty() { portal.description.clone() } else { portal.parent_unit.clone() };
    let search = site.href(&Route::Search(Query::default()));
    let open = RwSignal::new(false);
    let opener = NodeRef::<html::Button>::new();
    view! {
        <header class="masthead" on:keydown=move |event| {
            if event.key() == "Escape" && open.get_untracked() {
                open.set(false);
                let _ = opener.get_untracked().map(|button| button.focus());
            }
        }>
            <div class="masthead__top">
                <div class="page masthead__line">
                    <span class="masthead__parent" lang="vi">{above}</span>
                    <span class="masthead__date">{words.full_date(site.today)}</span>
                    <button type="button" class="masthead__door" node_ref=opener aria-controls="reading-options"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)>{words.reading_options}</button>
                    <button type="button" class="masthead__door masthead__language" lang=words.lang.other().tag()
                        on:click=move |_| change_language.run(())>{words.other_language}</button>
                </div>
            </div>
            <ReadingOptions reading=reading change=change_reading open=open.into()/>
            <div class="page masthead__main">
                <a class="masthead__home" href=site.href(&Route::Home) lang="vi">
                    <svg class="masthead__emblem" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
                        <circle cx="24" cy="24" r="23"/>
                        <path d="M24 17c-4-3.2-9-4-14-3.6v18.2c5-.4 10 .4 14 3.6 4-3.2 9-4 14-3.6V13.4C33 13 28 13.800 24 17Z"/>
                        <path class="masthead__spine" d="M24 17v18.200"/>
                        <path class="masthead__star" d="m24 4.500 1.100 3.300h3.500l-2.800 2.100 1 3.400-2.800-2-2.800 2 1-3.400-2.800-2.100h3.500Z"/>
                    </svg>
                    <span class="masthead__names">
                        <span class="masthead__portal">{portal.name.clone()}</span>
                        <span class="masthead__unit">{portal.unit.clone()}</span>
                    </span>
                </a>
                <form class="masthead__search" role="search" aria-label=words.quick_search method="get" action=search>
                    <label class="visually-hidden" for="masthead-words">{words.search_words}</label>
                    <SearchBox id="masthead-words" asked=Signal::derive(String::new) suggesting=suggesting/>
                </form>
            </div>
        </header>
    }
}
