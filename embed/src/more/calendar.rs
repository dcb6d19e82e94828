//! The work calendar of a week: the days that have events, and these under them.

use super::words::MoreWords;
use crate::{
    json::Json,
    tree::{Node, node},
};
use chrono::NaiveDate;
use work_calendar::{Event, Hours, Week};

/// Reads the events of a week; one without time or title is passed over.
pub(super) fn events<J: Json>(file: &J) -> Vec<Event> {
    let event = |event: &J| {
        Some(Event {
            when: event.text_of("when").parse().ok()?,
            title: event.member("title")?.text()?,
            place: event.text_of("place"),
            leaders: event.texts_of("leaders"),
            attendees: event.texts_of("attendees"),
            // Not shown.
            uid: String::new(),
            units: Vec::new(),
            description: String::new(),
        })
    };
    file.items().iter().filter_map(event).collect()
}

/// The events of a week, of each source; `names` are those of the sources where there are several.
pub(super) fn week(
    week: Week,
    sources: &[&[Event]],
    names: &[&str],
    today: NaiveDate,
    words: &MoreWords,
) -> Node {
    let mut events: Vec<(&Event, Option<&str>)> = Vec::new();
    for (source, of_source) in sources.iter().enumerate() {
        events.extend(of_source.iter().map(|event| (event, names.get(source).copied())));
    }
    // Of one source they are in order already; and this keeps the order of sources.
    events.sort_by_key(|(event, _)| event.when);
    let days: Vec<_> = week
        .days()
        .into_iter()
        .filter_map(|day| {
            let list: Vec<_> = events
                .iter()
                .filter_map(|(event, source)| Some(one(event, event.when.on(day)?, *source, words)))
                .collect();
            let name = node("h3", "day-name")
                .child(node("time", "date").with("datetime", &day.to_string()).text(&words.day(day)))
                .text(" ")
                .maybe((day == today).then(|| node("span", "today").text(words.today)));
            let item = node("li", "day");
            let item = if day == today { item.with("aria-current", "date") } else { item };
            (!list.is_empty())
                .then(|| item.child(name).child(node("ul", "events").with("role", "list").children(list)))
        })
        .collect();
    if days.is_empty() {
        return node("p", "empty").text(words.no_events);
    }
    node("ol", "calendar").with("role", "list").children(days)
}

fn one(event: &Event, hours: Hours, source: Option<&str>, words: &MoreWords) -> Node {
    let fact = |name: &str, value: &str| {
        (!value.is_empty()).then(|| {
            node("p", "fact").text(name).text(": ").child(node("span", "").with("lang", "vi").text(value))
        })
    };
    node("li", "event")
        .child(node("p", "hours").text(&words.hours(hours)))
        .child(node("p", "title").with("lang", "vi").with("dir", "auto").text(&event.title))
        .maybe(fact(words.place, &event.place))
        .maybe(fact(words.leader, &event.leaders.join(", ")))
        .maybe(fact(words.attendees, &event.attendees.join(", ")))
        .maybe(source.map(|name| node("p", "source").text(name)))
}
