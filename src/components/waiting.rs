//! What stands where something is on its way. The style sheet shows it only after 400 ms: a notice that
//! comes and goes is noise. Where the reader has waited that long already, on the page before, it is seen at
//! once.

use super::site;
use leptos::prelude::*;

/// Told by the app to a page for which the reader has waited already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waited(pub(crate) bool);

/// Grey bars in the shape of a text, and a word for those who do not see them.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    let at_once = use_context().is_some_and(|Waited(waited)| waited);
    let class = if at_once { "waiting waiting--at-once" } else { "waiting" };
    view! {
        <div class=class role="status">
            <span class="visually-hidden">{site().words.waiting}</span>
            <span class="waiting__bar waiting__bar--title"></span>
            <span class="waiting__bar"></span>
            <span class="waiting__bar"></span>
            <span class="waiting__bar waiting__bar--short"></span>
        </div>
    }
}
