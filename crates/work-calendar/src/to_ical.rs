//! Writing iCalendar (RFC 5545), for the calendar programs of readers: one event, a week, or all there are.
//!
//! Pure and small, because the browser writes files with it too. Not here: reading (`ical`), repetition (every
//! occurrence is an event of its own), reminders, and what a public calendar does not know: e-mail addresses.

use crate::Event;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

/// Most octets of a line without its end (3.1).
const LINE: usize = 75;

/// The first lines.
const HEAD: [&str; 4] =
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ban Tin//work-calendar//VI", "CALSCALE:GREGORIAN"];
/// The time zone: Việt Nam has had this one offset since 1975.
const ZONE: [&str; 9] = [
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Ho_Chi_Minh",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The events as one iCalendar file, in the order given, with the line ends and folds of RFC 5545. The same events
/// give the same bytes.
///
/// `name` is what programs call the calendar; nothing is said where it is empty. `host` ends the names (UID) of
/// events whose own has no `@`, so that no other calendar in the world has the same; it may be empty.
///
/// An event's UID is its beginning and [`Event::uid`], because programs take two events of one UID for one; it is
/// the same in whatever file the event stands. DTSTAMP is the beginning too: nothing knows when the event was made.
/// Control characters, which iCalendar does not have, are dropped.
pub fn to_ical<'a>(name: &str, host: &str, events: impl IntoIterator<Item = &'a Event>) -> String {
    let mut file = File(String::new());
    file.lines(&HEAD);
    if !name.is_empty() {
        file.text("X-WR-CALNAME", name);
    }
    file.line("X-WR-TIMEZONE:Asia/Ho_Chi_Minh");
    file.lines(&ZONE);
    for event in events {
        file.event(host, event);
    }
    file.line("END:VCALENDAR");
    file.0
}

struct File(String);

impl File {
    fn event(&mut self, host: &str, event: &Event) {
        let Event { when, title, uid, place, leaders, attendees, units, description } = event;
        let start = if when.all_day() { date(when.first_day()) } else { date_time(when.start()) };
        let at = if host.is_empty() || uid.contains('@') { "" } else { "@" };
        let host = if at.is_empty() { "" } else { host };
        self.line("BEGIN:VEVENT");
        self.text("UID", &format!("{start}-{uid}{at}{host}"));
        self.line(&format!("DTSTAMP:{}Z", date_time(when.start() - TimeDelta::hours(7))));
        if when.all_day() {
            self.line(&format!("DTSTART;VALUE=DATE:{start}"));
            // The end of days is the day after the last one.
            self.line(&format!("DTEND;VALUE=DATE:{}", date(when.last_day() + Days::new(1))));
        } else {
            self.line(&format!("DTSTART;TZID=Asia/Ho_Chi_Minh:{start}"));
            if let Some(end) = when.end() {
                self.line(&format!("DTEND;TZID=Asia/Ho_Chi_Minh:{}", date_time(end)));
            }
        }
        self.text("SUMMARY", title);
        for (property, text) in [("LOCATION", place), ("DESCRIPTION", description)] {
            if !text.is_empty() {
                self.text(property, text);
            }
        }
        if !units.is_empty() {
            let units: Vec<String> = units.iter().map(|unit| escape(unit)).collect();
            self.line(&format!("CATEGORIES:{}", units.join(",")));
        }
        for (role, names) in [("CHAIR", leaders), ("REQ-PARTICIPANT", attendees)] {
            for name in names {
                // The format wants an address; this one is known to lead nowhere.
                self.line(&format!("ATTENDEE;ROLE={role};CN=\"{}\":invalid:nomail", caret(name)));
            }
        }
        self.line("END:VEVENT");
    }

    fn text(&mut self, property: &str, text: &str) {
        self.line(&format!("{property}:{}", escape(text)));
    }

    fn lines(&mut self, lines: &[&str]) {
        lines.iter().for_each(|line| self.line(line));
    }

    /// Writes a line, folded between letters where it is too long.
    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars().filter(|c| !c.is_control()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

/// The value of a text (3.3.11).
fn escape(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => value.push_str("\\n"),
            '\\' | ';' | ',' => value.extend(['\\', c]),
            c => value.push(c),
        }
    }
    value
}

/// The value of a parameter in quotes (RFC 6868).
fn caret(text: &str) -> String {
    text.replace('^', "^^").replace('"', "^'").replace('\n', "^n")
}

fn date(day: NaiveDate) -> String {
    // By hand: chrono's format machine weighs several KB in the browser.
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn date_time(at: NaiveDateTime) -> String {
    format!("{}T{:02}{:02}00", date(at.date()), at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{When, ical};
    use chrono::NaiveTime;
    use proptest::{collection::vec, prelude::*};
    use std::collections::{BTreeMap, BTreeSet};

    /// White space as the reader leaves it.
    fn one_line(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Any text of one line, with much that must be escaped.
    fn any_line() -> impl Strategy<Value = String> {
        "(\\PC|[,;:\\\\^'\"n ộ]){0,60}".prop_map(|text| one_line(&text))
    }

    fn any_title() -> impl Strategy<Value = String> {
        any_line().prop_map(|text| if text.is_empty() { "Họp".to_owned() } else { text })
    }

    /// Names that may be shown: none is empty or an e-mail address, and each is there once.
    fn any_names() -> impl Strategy<Value = Vec<String>> {
        vec(any_title(), 0..4).prop_map(|names| {
            let names: BTreeSet<String> =
                names.iter().map(|name| one_line(&name.replace('@', "a"))).collect();
            names.into_iter().collect()
        })
    }

    fn any_when() -> impl Strategy<Value = When> {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");
        let last = NaiveDate::from_ymd_opt(2200, 12, 28).expect("a day");
        let days = u64::try_from((last - first).num_days()).expect("later");
        (any::<bool>(), 0..=days, 0i64..1440, 0i64..30_000).prop_filter_map(
            "inside the calendar",
            move |(all_day, day, minute, length)| {
                let first = first + Days::new(day);
                if all_day {
                    return When::days(first, first + TimeDelta::days(length / 100)).ok();
                }
                let start = first.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
                let when = When::hours(start, start + TimeDelta::minutes(length)).ok()?;
                Some(when.whole_days_if_midnight_to_midnight())
            },
        )
    }

    fn any_event() -> impl Strategy<Value = Event> {
        (any_when(), any_title(), any_title(), any_line(), any_names(), any_names(), vec(any_line(), 0..4))
            .prop_map(|(when, title, uid, place, leaders, attendees, lines)| Event {
                when,
                title,
                uid,
                place,
                attendees: attendees.into_iter().filter(|name| !leaders.contains(name)).collect(),
                units: leaders.iter().rev().cloned().collect(),
                leaders,
                description: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            })
    }

    fn read(file: &str) -> BTreeSet<Event> {
        let (calendar, faults) = ical::read(file);
        assert_eq!(faults, [], "{file}");
        let (weeks, faults) = calendar.weeks(NaiveDate::MAX);
        assert_eq!(faults, []);
        weeks.into_values().flatten().collect()
    }

    /// The name that the event has in the file.
    fn named(event: &Event, host: &str) -> Event {
        let start = event.when.start().format(if event.when.all_day() { "%Y%m%d" } else { "%Y%m%dT%H%M%S" });
        let host = if event.uid.contains('@') { "" } else { host };
        Event { uid: format!("{start}-{}{host}", event.uid), ..event.clone() }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(events in vec(any_event(), 0..6), name in any_line()) {
            // Of two events with one name the reader keeps both, but says so.
            let events: BTreeMap<String, Event> =
                events.into_iter().map(|event| (named(&event, "").uid, event)).collect();
            for (host, at_host) in [("so.example", "@so.example"), ("", "")] {
                let file = to_ical(&name, host, events.values());
                let expected: BTreeSet<Event> = events.values().map(|event| named(event, at_host)).collect();
                prop_assert_eq!(read(&file), expected);
            }
        }

        #[test]
        fn lines_have_their_ends_and_at_most_75_octets(event in any_event(), name in any_line()) {
            let file = to_ical(&name, "so.example", [&event]);
            let lines: Vec<&str> = file.strip_suffix("\r\n").expect("an end").split("\r\n").collect();
            for line in lines {
                prop_assert!(line.len() <= 75, "{}", line);
                prop_assert!(!line.is_empty() && !line.contains(char::is_control), "{:?}", line);
            }
        }

        #[test]
        fn no_text_makes_a_line_of_its_own(text in "(\\PC|[\\x00-\\x1f\u{7f}\u{85}]){0,40}") {
            let event = Event {
                when: "2025-03-17".parse().expect("a day"),
                title: text.clone(),
                uid: text.clone(),
                place: text.clone(),
                leaders: vec![text.clone()],
                attendees: vec![text.clone()],
                units: vec![text.clone()],
                description: text.clone(),
            };
            let file = to_ical(&text, &text, [&event]);
            prop_assert_eq!(file.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
            let allowed = ["BEGIN:", "VERSION:", "PRODID:", "CALSCALE:", "X-WR-", "TZ", "DT", "END:", "UID:",
                "SUMMARY:", "LOCATION:", "DESCRIPTION:", "CATEGORIES:", "ATTENDEE;", " "];
            prop_assert!(file.split_terminator("\r\n").all(|l| allowed.iter().any(|a| l.starts_with(a))), "{}", file);
        }
    }

    #[test]
    fn an_event_is_written_as_calendar_programs_expect_it() {
        let event = Event {
            when: "2025-03-17T08:00/2025-03-17T10:30".parse().expect("hours"),
            title: "Họp giao ban, tuần 12".into(),
            uid: "12".into(),
            place: "Phòng họp A; tầng 2".into(),
            leaders: vec!["Giám đốc \"An\"".into()],
            attendees: vec!["Trần Thị Bình".into()],
            units: vec!["Văn phòng Sở".into(), "Ban Giám đốc".into()],
            description: "Nội dung:\nKế hoạch năm học mới và những việc cần làm ngay trong tháng".into(),
        };
        let file = to_ical("Lịch công tác", "so.example", [&event]);
        let (head, rest) = file.split_once("BEGIN:VEVENT\r\n").expect("an event");
        assert!(head.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
        assert!(head.contains("\r\nX-WR-CALNAME:Lịch công tác\r\n") && head.ends_with("END:VTIMEZONE\r\n"));
        let lines: Vec<&str> = rest.split_terminator("\r\n").collect();
        assert_eq!(
            lines,
            [
                "UID:20250317T080000-12@so.example",
                "DTSTAMP:20250317T010000Z",
                "DTSTART;TZID=Asia/Ho_Chi_Minh:20250317T080000",
                "DTEND;TZID=Asia/Ho_Chi_Minh:20250317T103000",
                "SUMMARY:Họp giao ban\\, tuần 12",
                "LOCATION:Phòng họp A\\; tầng 2",
                "DESCRIPTION:Nội dung:\\nKế hoạch năm học mới và những việc c",
                " ần làm ngay trong tháng",
                "CATEGORIES:Văn phòng Sở,Ban Giám đốc",
                "ATTENDEE;ROLE=CHAIR;CN=\"Giám đốc ^'An^'\":invalid:nomail",
                "ATTENDEE;ROLE=REQ-PARTICIPANT;CN=\"Trần Thị Bình\":invalid:nomail",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    #[test]
    fn days_end_with_the_day_after_and_an_open_end_is_left_out() {
        let lines = |when: &str| {
            let json = format!(r#"{{"when":"{when}","title":"Họp","uid":"1@so"}}"#);
            let file = to_ical("", "", [&serde_json::from_str::<Event>(&json).expect("an event")]);
            assert!(!file.contains("X-WR-CALNAME"));
            let (_, event) = file.split_once("BEGIN:VEVENT").expect("an event");
            let about_time =
                event.split("\r\n").filter(|line| line.starts_with("DT") || line.starts_with("UID"));
            about_time.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            lines("2025-03-17/2025-03-31"),
            "UID:20250317-1@so DTSTAMP:20250316T170000Z DTSTART;VALUE=DATE:20250317 DTEND;VALUE=DATE:20250401"
        );
        assert_eq!(
            lines("2025-03-17T08:00"),
            "UID:20250317T080000-1@so DTSTAMP:20250317T010000Z DTSTART;TZID=Asia/Ho_Chi_Minh:20250317T080000"
        );
    }
}
