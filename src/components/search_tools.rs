//! What a reader takes away from a search: its link, or its results as a file.

use super::site;
use leptos::prelude::*;

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takeaway {
    /// A table for Excel.
    Csv,
    /// JSON Feed 1.1.
    Feed,
}

/// The buttons under the count. What they do is the page's business.
#[component]
pub(crate) fn SearchTools(
    /// Puts the link on the clipboard.
    copy: Callback<()>,
    /// Makes the file and hands it over.
    take: Callback<Takeaway>,
    /// What became of it.
    said: Signal<String>,
) -> impl IntoView {
    let words = site().words;
    let button = |name: &'static str, press: Callback<()>| {
        view! { <button type="button" class="search-tools__button" on:click=move |_| press.run(())>{name}</button> }
    };
    let taking = |what: Takeaway| Callback::new(move |()| take.run(what));
    view! {
        <div class="search-tools no-print">
            {button(words.copy_link, copy)}
            {button(words.take_csv, taking(Takeaway::Csv))}
            {button(words.take_feed, taking(Takeaway::Feed))}
            <span class="search-tools__result" role="status">{move || said.get()}</span>
        </div>
    }
}
