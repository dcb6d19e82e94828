//! What a reader does with an article: take its link away, print it.

use super::site;
use leptos::prelude::*;

/// The buttons under an article's title. What they do is the page's business.
#[component]
pub(crate) fn ArticleTools(
    /// Puts the link on the clipboard.
    copy: Callback<()>,
    /// What became of it, when it was asked for.
    copied: Signal<Option<bool>>,
    /// Opens the print dialog.
    print: Callback<()>,
) -> impl IntoView {
    let words = site().words;
    let result = move || {
        copied.get().map(|done| if done { words.copied } else { words.copy_failed }).unwrap_or_default()
    };
    view! {
        <div class="article-tools no-print">
            <button type="button" class="button button--quiet" on:click=move |_| copy.run(())>{words.copy_link}</button>
            <button type="button" class="button button--quiet" on:click=move |_| print.run(())>{words.print}</button>
            <span class="article-tools__result" role="status">{result}</span>
        </div>
    }
}
