//! Whose events are shown, in which form, and the file for one's own calendar.

use super::site;
use leptos::prelude::*;
use routes::{Agenda, Route};

/// The row above a week.
#[component]
pub(crate) fn CalendarTools(
    /// What is shown.
    agenda: Agenda,
    /// Leaders, units and others who can be chosen.
    people: Vec<String>,
    /// Gives the events shown as a file; none where there are no events.
    take: Option<Callback<()>>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let other = Agenda { table: !agenda.table, ..agenda.clone() };
    let action = site.href(&Route::Calendar(Agenda { week: agenda.week, ..Agenda::default() }));
    let chosen = agenda.who.clone();
    let people = people.into_iter().map(|name| {
        let is_chosen = name == chosen;
        view! { <option value=name selected=is_chosen lang="vi">{name.clone()}</option> }
    });
    view! {
        <div class="calendar-tools no-print">
            <form method="get" action=action>
                <label><span>{words.calendar_who}</span>
                    <select class="field" name="ai">
                        <option value="">{words.calendar_everybody}</option>
                        {people.collect_view()}
                    </select>
                </label>
                {agenda.table.then(|| view! { <input type="hidden" name="dang" value="bang"/> })}
                <button type="submit" class="button">{words.calendar_filter}</button>
            </form>
            <a class="button button--quiet" href=site.href(&Route::Calendar(other))>
                {if agenda.table { words.calendar_as_list } else { words.calendar_as_table }}
            </a>
            {take.map(|take| view! {
                <button type="button" class="button button--quiet" on:click=move |_| take.run(())>{words.calendar_take}</button>
            })}
        </div>
    }
}
