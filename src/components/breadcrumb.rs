//! Where a page stands in the portal.

use super::{language_of_name, site};
use leptos::prelude::*;
use routes::Route;

/// Home, then the steps given, each with its address.
#[component]
pub(crate) fn Breadcrumb(
    /// Names and routes below the home page.
    steps: Vec<(String, Route)>,
) -> impl IntoView {
    let site = site();
    let home = (site.words.home.to_owned(), Route::Home);
    let items: Vec<_> = std::iter::once(home)
        .chain(steps)
        .map(|(name, route)| view! { <li class="breadcrumb__step"><a href=site.href(&route) lang=language_of_name(&route)>{name}</a></li> })
        .collect();
    view! {
        <nav class="breadcrumb no-print" aria-label=site.words.breadcrumb>
            <ol class="breadcrumb__steps" role="list">{items}</ol>
        </nav>
    }
}
