//! The work calendar, a week at a time.

use super::{shown, whole_page};
use crate::{
    components::{Breadcrumb, CalendarTools, Detail, DroppedNotice, WeekList, WeekTable, site},
    data::{Library, load},
    platform::download,
    state::visits::Viewed,
};
use leptos::prelude::*;
use routes::{Agenda, Route};
use std::{collections::BTreeSet, sync::Arc};
use work_calendar::{Event, Week, to_ical};

/// The page of a week.
#[component]
pub(crate) fn CalendarPage(
    /// Which week.
    week: Week,
    /// What of it, and how.
    agenda: Agenda,
    /// What of the address made no sense.
    dropped: Vec<String>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let events = load(move || {
        library.track();
        library.week(week)
    });
    whole_page(events, move |all: Arc<Vec<Event>>| {
        let site = site();
        let words = site.words;
        let name = words.week_name(week.number(), week.days());
        shown(&format!("{} – {name}", words.calendar), Viewed::default());
        let way = |week: Option<Week>, name: &'static str, rel: Option<&'static str>| {
            let href = site.href(&Route::Calendar(Agenda { week: Some(week?), ..agenda.clone() }));
            Some(view! { <a class="button button--quiet" rel=rel href=href>{name}</a> })
        };
        // Who is asked for but has nothing this week is still there to be chosen.
        let asked = (!agenda.who.is_empty()).then_some(&agenda.who);
        let people: BTreeSet<String> = all.iter().flat_map(people).chain(asked).cloned().collect();
        let people = people.into_iter().collect();
        let events: Vec<Event> =
            all.iter().filter(|event| asked.is_none_or(|who| people_has(event, who))).cloned().collect();
        let (empty, events) = (events.is_empty(), Arc::new(events));
        let (portal, host) = (site.portal.clone(), host(&site.portal.url));
        let calendar_name = [words.calendar, " – ", &portal.unit].concat();
        let save = move |name: &str, events: &[Event]| {
            let text = to_ical(&calendar_name, &host, events);
            download::save(&format!("{name}.ics"), "text/calendar;charset=utf-8", &text);
        };
        let take_week = {
            let (save, events) = (save.clone(), events.clone());
            Callback::new(move |()| save(&format!("lich-cong-tac-{week}"), &events))
        };
        let take_one = Callback::new(move |event: Event| save("su-kien", std::slice::from_ref(&event)));
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
                <CalendarTools agenda=agenda.clone() people=people take=(!empty).then_some(take_week)/>
                {(!agenda.table || empty).then(|| view! {
                    <div class="no-print"><WeekList week=week events=events.clone() detail=Detail::Full take=take_one/></div>
                })}
                <WeekTable week=week events=events on_screen=agenda.table && !empty/>
            </div>
        }
        .into_any()
    })
}

fn people(event: &Event) -> impl Iterator<Item = &String> {
    event.leaders.iter().chain(&event.units).chain(&event.attendees)
}

fn people_has(event: &Event, who: &str) -> bool {
    people(event).any(|name| name == who)
}

/// The host of the portal's address, for identifiers that no other calendar has; empty where it has none.
fn host(url: &str) -> String {
    url.split('/').nth(2).unwrap_or_default().to_owned()
}
