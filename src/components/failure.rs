//! Something did not come: what, why, and the ways on.

use super::site;
use crate::data::LoadError;
use leptos::prelude::*;
use routes::Route;

/// The one way in which a failure is shown.
#[component]
pub(crate) fn Failure(
    /// Why it failed.
    error: LoadError,
    /// Asks again.
    retry: Callback<()>,
    /// `true` where this is all that the page has, so that it needs the page's heading.
    #[prop(optional)]
    whole_page: bool,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let detail = error.detail().to_owned();
    view! {
        <div class="failure" role="alert">
            {if whole_page {
                view! { <h1 class="failure__title" tabindex="-1">{words.failed}</h1> }.into_any()
            } else {
                view! { <p class="failure__title">{words.failed}</p> }.into_any()
            }}
            <p>{words.load_error(&error)}</p>
            {(!detail.is_empty()).then(|| view! { <p class="failure__detail"><code>{detail}</code></p> })}
            <p class="failure__ways">
                <button type="button" class="button" on:click=move |_| retry.run(())>{words.try_again}</button>
                <a href=site.href(&Route::Home)>{words.back_home}</a>
            </p>
        </div>
    }
}
