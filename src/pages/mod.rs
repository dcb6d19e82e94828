//! One file a page: what it asks for, what it says while waiting, when it fails and when there is nothing.
//!
//! Not here: how things look (`components`), how they come (`data`).

mod article;
mod calendar;
mod contents;
mod embedding;
mod home;
mod list;
mod listening;
mod not_found;
mod saved;
mod search;
mod statistics;
mod suggesting;

pub(crate) use article::ArticlePage;
pub(crate) use calendar::CalendarPage;
pub(crate) use contents::ContentsPage;
pub(crate) use embedding::EmbeddingPage;
pub(crate) use home::HomePage;
pub(crate) use list::ListedPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use saved::SavedPage;
pub(crate) use search::SearchPage;
pub(crate) use statistics::StatisticsPage;
pub(crate) use suggesting::suggesting;

use crate::{
    components::{Failure, Site, Waiting, WholeFigures, site},
    data::{Library, LoadError, Loaded, Loading, WholeSite, load},
    state::{
        address::Address,
        visits::{Viewed, Visits},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use routes::Route;
use std::sync::Arc;

/// Tells the address that this page is there, under this title.
fn arrived(title: &str) {
    expect_context::<Address>().arrived(title, &site().portal.unit);
}

/// Tells the address that this page is there, and the visit tracker what is viewed.
fn shown(title: &str, viewed: Viewed) {
    arrived(title);
    let route = expect_context::<Address>().located_untracked().route;
    // What a reader searches for is nobody else's business; the title says it.
    let title = if matches!(route, Route::Search(_)) { site().words.search } else { title };
    expect_context::<Visits>().shown(&routes::print(&route), title, viewed);
}

/// What is known of the whole portal; `None` where nobody counts its visits.
fn whole_site(site: &Site) -> Option<Loaded<WholeSite>> {
    site.portal.counting.as_ref()?;
    let library = expect_context::<Library>();
    Some(load(move || library.whole_site()))
}

/// The figures among it.
fn whole_figures(whole: Loaded<WholeSite>, today: NaiveDate) -> Signal<Option<WholeFigures>> {
    Signal::derive(move || {
        let Loading::Ready(whole) = whole.get() else { return None };
        let visitors = whole.day.filter(|(day, _)| *day == today).map(|(_, visitors)| visitors);
        Some(WholeFigures { today: visitors, total: whole.total, time: whole.time })
    })
}

/// A whole page out of something that is loaded: waiting, failed (with a way to try again, or "not found")
/// or there. `show` gives the view and must call [`shown`].
fn whole_page<T: Send + Sync + 'static>(
    loaded: Loaded<T>,
    show: impl Fn(Arc<T>) -> AnyView + Send + 'static,
) -> impl IntoView {
    move || match loaded.get() {
        Loading::Waiting => view! { <Waiting/> }.into_any(),
        Loading::Ready(value) => show(value),
        Loading::Failed(LoadError::NotThere) => view! { <NotFoundPage/> }.into_any(),
        Loading::Failed(error) => {
            arrived(site().words.failed);
            let address = expect_context::<Address>();
            let retry = Callback::new(move |()| {
                address.asked_again();
                loaded.retry().run(());
            });
            view! { <Failure error=error retry=retry whole_page=true/> }.into_any()
        }
    }
}
