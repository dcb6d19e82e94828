//! What stands where something is on its way. The style sheet shows it only after 400 ms: a notice that
//! comes and goes is noise.

use super::site;
use leptos::prelude::*;

/// Grey bars in the shape of a text, and a word for those who do not see them.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    view! {
        <div class="waiting" role="status">
            <span class="visually-hidden">{site().words.waiting}</span>
            <span class="waiting__bar waiting__bar--title"></span>
            <span class="waiting__bar"></span>
            <span class="waiting__bar"></span>
            <span class="waiting__bar waiting__bar--short"></span>
        </div>
    }
}
