//! The work calendar, a week at a time.

use super::{arrived, whole_page};
use crate::{
    components::{Breadcrumb, Detail, DroppedNotice, WeekList, site},
    data::{Library, load},
};
use leptos::prelude::*;
use routes::Route;
use std::sync::Arc;
use work_calendar::{Event, Week};

/// The page of a week.
#[component]
pub(crate) fn CalendarPage(
    /// Which week.
    week: Week,
    /// What of the address made no sense.
    dropped: Vec<String>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let events = load(move || {
        library.track();
        library.week(week)
    });
    whole_page(events, move |events: Arc<Vec<Event>>| {
        let site = site();
        let words = site.words;
        let name = words.week_name(week.number(), week.days());
        arrived(&format!("{} – {name}", words.calendar));
        let way = |week: Option<Week>, name: &'static str, rel: Option<&'static str>| {
            week.map(|week| view! { <a class="button button--quiet" rel=rel href=site.href(&Route::Calendar(Some(week)))>{name}</a> })
        };
        view! {
            <div class="list-page">
                <Breadcrumb steps=Vec::new()/>
                <header class="page-head">
                    <h1 tabindex="-1">{words.calendar}</h1>
                    <p class="page-head__about">{name}</p>
                </header>
                <DroppedNotice parts=dropped.clone()/>
                <nav class="week-ways no-print" aria-label=words.week>
                    {way(week.previous(), words.previous_week, Some("prev"))}
                    {way(Some(Week::of(site.today)), words.this_week, None)}
                    {way(week.next(), words.next_week, Some("next"))}
                </nav>
                <WeekList week=week events=events detail=Detail::Full/>
            </div>
        }
        .into_any()
    })
}
