//! The work calendar of a week as a table: as offices print it.

use super::site;
use leptos::prelude::*;
use std::sync::Arc;
use work_calendar::{Event, Week};

/// One row an event, under the day it is on; days without events have a row of their own.
#[component]
pub(crate) fn WeekTable(
    /// Which week.
    week: Week,
    /// Its events, in order.
    events: Arc<Vec<Event>>,
    /// `false` for paper alone.
    on_screen: bool,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let days = week.days().map(|day| {
        let mut rows: Vec<Vec<AnyView>> = events
            .iter()
            .filter_map(|event| {
                let hours = words.hours(event.when.on(day)?);
                let cells = [
                    hours,
                    event.title.clone(),
                    event.place.clone(),
                    event.leaders.join(", "),
                    event.attendees.join(", "),
                ];
                Some(cells.into_iter().map(|text| view! { <td lang="vi">{text}</td> }.into_any()).collect())
            })
            .collect();
        if rows.is_empty() {
            rows.push(vec![view! { <td colspan="5">"—"</td> }.into_any()]);
        }
        let count = rows.len().to_string();
        let today = day == site.today;
        let mut name = Some(view! {
            <th scope="rowgroup" rowspan=count>
                {words.weekday(day)}<br/><time datetime=day.to_string()>{words.date(day)}</time>
                " "
                {today.then(|| view! { <span class="week-list__today">{words.today}</span> })}
            </th>
        });
        let rows: Vec<_> = rows.into_iter().map(|cells| view! { <tr>{name.take()}{cells}</tr> }).collect();
        view! { <tbody aria-current=today.then_some("date")>{rows}</tbody> }
    });
    let class = if on_screen { "week-table" } else { "week-table print-only" };
    view! {
        <div class=class role="region" tabindex="0" aria-label=words.calendar>
            <table>
                <thead><tr>{words.calendar_columns.map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
                {days.collect_view()}
            </table>
        </div>
    }
}
