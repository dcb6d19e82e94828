//! The work calendar of a week, day by day.

use super::site;
use crate::wording::Words;
use leptos::prelude::*;
use std::sync::Arc;
use work_calendar::{Event, Hours, Week};

/// How much of an event is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Hours and title, and only days that have events; under a heading of level 2.
    Short,
    /// Place, who chairs, who takes part and what to prepare as well; every day of the week, each under a heading of
    /// level 2.
    Full,
}

/// The days of a week with their events; "Lịch công tác trống" where there are none.
#[component]
pub(crate) fn WeekList(
    /// Which week.
    week: Week,
    /// Its events, in order.
    events: Arc<Vec<Event>>,
    /// How much of each.
    detail: Detail,
    /// Gives one event as a file for the reader's own calendar.
    #[prop(optional)]
    take: Option<Callback<Event>>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    if events.is_empty() {
        return view! { <p class="empty">{words.calendar_empty}</p> }.into_any();
    }
    let days: Vec<_> = week
        .days()
        .into_iter()
        .filter_map(|day| {
            let list: Vec<_> = events
                .iter()
                .filter_map(|event| Some(one(event, event.when.on(day)?, detail, take, words)))
                .collect();
            if list.is_empty() && detail == Detail::Short {
                return None;
            }
            let today = day == site.today;
            let name = view! {
                <span>{words.weekday(day)}</span>
                " "
                <time datetime=day.to_string()>{words.date(day)}</time>
                {today.then(|| view! { <span class="week-list__today">{words.today}</span> })}
            };
            Some(view! {
                <li class="week-list__day" aria-current=today.then_some("date")>
                    {match detail {
                        Detail::Full => view! { <h2 class="week-list__name">{name}</h2> }.into_any(),
                        Detail::Short => view! { <h3 class="week-list__name">{name}</h3> }.into_any(),
                    }}
                    {if list.is_empty() {
                        view! { <p class="week-list__none" aria-hidden="true">"—"</p> }.into_any()
                    } else {
                        view! { <ul class="week-list__events" role="list">{list}</ul> }.into_any()
                    }}
                </li>
            })
        })
        .collect();
    let class = if detail == Detail::Full { "week-list week-list--full" } else { "week-list" };
    view! { <ol class=class role="list">{days}</ol> }.into_any()
}

fn one(
    event: &Event,
    hours: Hours,
    detail: Detail,
    take: Option<Callback<Event>>,
    words: &'static Words,
) -> impl IntoView + use<> {
    let full = detail == Detail::Full;
    let fact = |name: &'static str, value: String| {
        (full && !value.is_empty())
            .then(|| view! { <p class="week-list__fact"><span>{name}": "</span>{value}</p> })
    };
    let description = (full && !event.description.is_empty())
        .then(|| view! { <p class="week-list__description">{event.description.clone()}</p> });
    view! {
        <li class="week-list__event" lang="vi">
            <p class="week-list__hours">{words.hours(hours)}</p>
            <div>
                <p class="week-list__title">{event.title.clone()}</p>
                {fact(words.place, event.place.clone())}
                {fact(words.leader, event.leaders.join(", "))}
                {fact(words.attendees, event.attendees.join(", "))}
                {description}
                {take.map(|take| {
                    let (event, name) = (event.clone(), [words.calendar_take_one, ": ", &event.title].concat());
                    view! {
                        <button type="button" class="week-list__take" aria-label=name
                            on:click=move |_| take.run(event.clone())>{words.calendar_take_one}</button>
                    }
                })}
            </div>
        </li>
    }
}
