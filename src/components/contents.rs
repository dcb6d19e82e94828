//! The table of contents of a long article.

use super::site;
use archive::body::HeadingLevel;
use leptos::prelude::*;

/// The id of the heading at this position among those of [`archive::Body::headings`].
pub(crate) fn heading_id(position: usize) -> String {
    format!("muc-{}", position + 1)
}

/// Links to the headings.
#[component]
pub(crate) fn Contents(
    /// The headings, in order.
    headings: Vec<(HeadingLevel, String)>,
    /// The address of the article: against `<base href>` a bare fragment would lead to the home page.
    page: String,
) -> impl IntoView {
    let words = site().words;
    let lines: Vec<_> = headings
        .into_iter()
        .enumerate()
        .map(|(position, (level, name))| {
            let class = if level == HeadingLevel::Two {
                "contents__line"
            } else {
                "contents__line contents__line--under"
            };
            view! { <li class=class><a href=format!("{page}#{}", heading_id(position))>{name}</a></li> }
        })
        .collect();
    view! {
        <nav class="contents no-print" aria-label=words.contents>
            <p class="contents__title" lang=words.lang.tag()>{words.contents}</p>
            <ol role="list">{lines}</ol>
        </nav>
    }
}
