//! The menu: home, the categories, the calendar. On a narrow screen it opens with a button.

use super::{language_of_name, site};
use leptos::prelude::*;
use routes::{Agenda, List, Route};

/// The menu.
#[component]
pub(crate) fn Navigation(
    /// The page shown, to be marked.
    #[prop(into)]
    current: Signal<Route>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let open = RwSignal::new(false);
    // Whoever has chosen a page has done with the menu.
    Effect::new(move |_| {
        current.track();
        open.set(false);
    });
    let categories = site.portal.categories.iter().map(|category| {
        let route = List::Category(category.slug.clone()).route();
        (category.name.clone(), route)
    });
    let items: Vec<_> = std::iter::once((words.home.to_owned(), Route::Home))
        .chain(categories)
        .chain([(words.calendar.to_owned(), Route::Calendar(Agenda::default()))])
        .map(|(name, route)| {
            let (href, lang) = (site.href(&route), language_of_name(&route));
            let here = move || same_place(&route, &current.get()).then_some("page");
            view! { <li><a class="navigation__link" href=href lang=lang aria-current=here>{name}</a></li> }
        })
        .collect();
    view! {
        <nav class="navigation" aria-label=words.menu>
            <div class="page">
                <button type="button" class="navigation__toggle" aria-controls="menu"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>
                    <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true"><path d="M0 1h20M0 7h20M0 13h20"/></svg>
                    {words.menu}
                </button>
                <ul class="navigation__items" id="menu" role="list">{items}</ul>
            </div>
        </nav>
    }
}

/// Whether the page shown belongs to this item, whatever its page number or week.
fn same_place(item: &Route, current: &Route) -> bool {
    match (item, current) {
        (Route::List { list: a, .. }, Route::List { list: b, .. }) => a == b,
        (Route::Calendar(_), Route::Calendar(_)) => true,
        _ => item == current,
    }
}
