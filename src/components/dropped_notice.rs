//! What of an address made no sense and was left out.

use super::site;
use leptos::prelude::*;

/// A word on what was left out; nothing where all made sense.
#[component]
pub(crate) fn DroppedNotice(
    /// One sentence for each part.
    parts: Vec<String>,
) -> impl IntoView {
    let words = site().words;
    (!parts.is_empty()).then(|| {
        let items: Vec<_> = parts.into_iter().map(|part| view! { <li>{part}</li> }).collect();
        view! {
            <div class="dropped-notice" role="status">
                <p>{words.dropped}</p>
                <ul>{items}</ul>
            </div>
        }
    })
}
