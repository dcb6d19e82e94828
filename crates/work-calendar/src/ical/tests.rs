//! From text to weeks: what an editor's calendar gives, and what is said about its faults.

use super::{Calendar, Fault, read};
use crate::{Event, Week, When};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn wrap(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n{events}END:VCALENDAR\r\n")
}

/// An event from lines; SUMMARY and UID are added where they are missing.
fn event(lines: &str) -> String {
    let mut text = String::from("BEGIN:VEVENT\r\n");
    for (name, line) in [("SUMMARY", "SUMMARY:Họp"), ("UID", "UID:1")] {
        if !lines.contains(name) {
            text += &format!("{line}\r\n");
        }
    }
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        text += &format!("{line}\r\n");
    }
    text + "END:VEVENT\r\n"
}

fn sound(events: &str) -> Calendar {
    let (calendar, faults) = read(wrap(events));
    assert_eq!(faults, [], "{events}");
    calendar
}

fn weeks(calendar: &Calendar, until: &str) -> BTreeMap<Week, Vec<Event>> {
    let (weeks, faults) = calendar.weeks(until.parse().expect(until));
    assert_eq!(faults, []);
    weeks
}

/// Each event as `week: when title`.
fn rows(calendar: &Calendar, until: &str) -> Vec<String> {
    let row = |week: Week, event: Event| format!("{week}: {} {}", event.when, event.title);
    weeks(calendar, until)
        .into_iter()
        .flat_map(|(week, events)| events.into_iter().map(move |event| row(week, event)))
        .collect()
}

fn faults(events: &str) -> Vec<Fault> {
    read(wrap(events)).1
}

#[test]
fn an_event_is_read_with_all_that_is_shown_of_it() {
    let calendar = sound(&event(
        "UID:a@so
        DTSTART;TZID=Asia/Ho_Chi_Minh:20250317T080000
        DTEND;TZID=Asia/Ho_Chi_Minh:20250317T103000
        SUMMARY:Họp giao ban\\, tuần 12
        LOCATION:Phòng họp A\\; tầng 2
        DESCRIPTION:Nội dung:\\n- Kế hoạch\\n\\n\\n- Khác\\n
        ORGANIZER;CN=Văn thư:mailto:vanthu@example.vn
        ATTENDEE;ROLE=CHAIR;CN=\"Giám đốc Nguyễn Văn An\":mailto:an@example.vn
        ATTENDEE;CN=Trần Thị Bình:mailto:binh@example.vn
        ATTENDEE;CN=Trần Thị Bình:mailto:binh2@example.vn
        ATTENDEE;CN=chi@example.vn:mailto:chi@example.vn
        ATTENDEE;CUTYPE=ROOM;CN=Phòng A:mailto:room@example.vn
        ATTENDEE;PARTSTAT=DECLINED;CN=Lê Văn Dũng:mailto:dung@example.vn
        CATEGORIES:Văn phòng Sở,Ban Giám đốc
        BEGIN:VALARM
        DESCRIPTION:Nhắc
        TRIGGER:-PT15M
        END:VALARM",
    ));
    let expected = Event {
        when: "2025-03-17T08:00/2025-03-17T10:30".parse().expect("hours"),
        title: "Họp giao ban, tuần 12".into(),
        uid: "a@so".into(),
        place: "Phòng họp A; tầng 2".into(),
        leaders: vec!["Giám đốc Nguyễn Văn An".into()],
        attendees: vec!["Trần Thị Bình".into()],
        units: vec!["Văn phòng Sở".into(), "Ban Giám đốc".into()],
        description: "Nội dung:\n- Kế hoạch\n\n- Khác".into(),
    };
    let week = "2025-W12".parse().expect("a week");
    assert_eq!(weeks(&calendar, "2025-12-31"), BTreeMap::from([(week, vec![expected])]));
}

#[test]
fn a_uid_is_a_text_with_escapes_like_every_other() {
    let calendar = sound(&event("UID:a\\, b@so\nDTSTART:20250317"));
    assert_eq!(weeks(&calendar, "2025-12-31").values().next().expect("a week")[0].uid, "a, b@so");
}

#[test]
fn who_organises_leads_where_nobody_chairs() {
    let calendar = sound(&event(
        "DTSTART:20250317T080000\nORGANIZER;CN=Bà Lan:mailto:l@example.vn\nATTENDEE;CN=Bà Lan:x:y",
    ));
    let all = weeks(&calendar, "2025-12-31");
    let event = &all.values().next().expect("a week")[0];
    assert_eq!((event.leaders.as_slice(), event.attendees.len()), (&["Bà Lan".to_owned()][..], 0));
}

#[test]
fn days_and_lengths_are_read_as_they_are_meant() {
    for (lines, expected) in [
        ("DTSTART;VALUE=DATE:20250317", "2025-03-17"),
        ("DTSTART;VALUE=DATE:20250317\nDTEND;VALUE=DATE:20250318", "2025-03-17"),
        ("DTSTART;VALUE=DATE:20250317\nDTEND;VALUE=DATE:20250317", "2025-03-17"),
        ("DTSTART;VALUE=DATE:20250317\nDTEND;VALUE=DATE:20250320", "2025-03-17/2025-03-19"),
        ("DTSTART;VALUE=DATE:20250317\nDURATION:P3D", "2025-03-17/2025-03-19"),
        ("DTSTART:20250317T080000", "2025-03-17T08:00"),
        ("DTSTART:20250317T080000\nDURATION:PT90M", "2025-03-17T08:00/2025-03-17T09:30"),
        ("DTSTART:20250317T080000\nDTEND:20250317T023000Z", "2025-03-17T08:00/2025-03-17T09:30"),
        ("DTSTART:20250317T220000Z\nDTEND:20250317T233000Z", "2025-03-18T05:00/2025-03-18T06:30"),
        // Outlook's whole days.
        ("DTSTART:20250317T000000\nDTEND:20250318T000000", "2025-03-17"),
        (
            "DTSTART;TZID=SE Asia Standard Time:20250317T000000\nDTEND:20250319T170000Z",
            "2025-03-17/2025-03-19",
        ),
    ] {
        let all = weeks(&sound(&event(lines)), "2025-12-31");
        assert_eq!(all.values().next().expect(lines)[0].when.to_string(), expected, "{lines}");
    }
}

#[test]
fn a_weekly_meeting_goes_over_the_year_end_and_week_53() {
    let calendar = sound(&event("DTSTART:20201221T080000\nDTEND:20201221T090000\nRRULE:FREQ=WEEKLY"));
    assert_eq!(
        rows(&calendar, "2021-01-11"),
        [
            "2020-W52: 2020-12-21T08:00/2020-12-21T09:00 Họp",
            "2020-W53: 2020-12-28T08:00/2020-12-28T09:00 Họp",
            "2021-W01: 2021-01-04T08:00/2021-01-04T09:00 Họp",
            "2021-W02: 2021-01-11T08:00/2021-01-11T09:00 Họp",
        ]
    );
}

/// Each series: its lines, the last day asked for, and the week and day of each occurrence from `from` on.
#[test]
fn series_are_right_over_the_ends_of_years() {
    for (lines, from, until, expected) in [
        // 2026 has a week 53, too; 2024 has none though it is a leap year.
        (
            "DTSTART:20200106T080000\nRRULE:FREQ=WEEKLY",
            "2026-12-20",
            "2027-01-12",
            "2026-W52 12-21, 2026-W53 12-28, 2027-W01 01-04, 2027-W02 01-11",
        ),
        (
            "DTSTART:20241216T080000\nRRULE:FREQ=WEEKLY;BYDAY=MO,SU",
            "2024-12-22",
            "2025-01-06",
            "2024-W51 12-22, 2024-W52 12-23, 2024-W52 12-29, 2025-W01 12-30, 2025-W01 01-05, 2025-W02 01-06",
        ),
        // Every second week goes on counting over week 53.
        (
            "DTSTART:20201214T080000\nRRULE:FREQ=WEEKLY;INTERVAL=2",
            "2020-12-14",
            "2021-01-31",
            "2020-W51 12-14, 2020-W53 12-28, 2021-W02 01-11, 2021-W04 01-25",
        ),
        // No occurrence where the year has no such day; none is moved to another.
        (
            "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY",
            "2024-01-01",
            "2032-12-31",
            "2024-W09 02-29, 2028-W09 02-29, 2032-W09 02-29",
        ),
        (
            "DTSTART;VALUE=DATE:20201031\nRRULE:FREQ=MONTHLY",
            "2020-10-01",
            "2021-05-31",
            "2020-W44 10-31, 2020-W53 12-31, 2021-W04 01-31, 2021-W13 03-31, 2021-W22 05-31",
        ),
        // The end of the year belongs to it, in whatever form; a moment later is no other occurrence.
        (
            "DTSTART;VALUE=DATE:20201229\nRRULE:FREQ=DAILY;UNTIL=20201231",
            "2020-12-01",
            "2021-12-31",
            "2020-W53 12-29, 2020-W53 12-30, 2020-W53 12-31",
        ),
        (
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20201230T230000\nRRULE:FREQ=DAILY;UNTIL=20201231T165959Z",
            "2020-12-01",
            "2021-12-31",
            "2020-W53 12-30, 2020-W53 12-31",
        ),
        // 06:00 of the new year here is the old one in UTC.
        (
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20201231T060000\nRRULE:FREQ=DAILY;UNTIL=20201231T230000Z",
            "2020-12-01",
            "2021-12-31",
            "2020-W53 12-31, 2020-W53 01-01",
        ),
        // Left out in the year after the one in which the series begins, and on both sides of the night.
        (
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20201228T010000\nRRULE:FREQ=DAILY;COUNT=6\nEXDATE:20201231T180000Z,20201229T180000Z",
            "2020-12-01",
            "2021-12-31",
            "2020-W53 12-28, 2020-W53 12-29, 2020-W53 12-31, 2020-W53 01-02",
        ),
        (
            "DTSTART:20201221T080000\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20210104",
            "2020-12-01",
            "2021-12-31",
            "2020-W52 12-21, 2020-W53 12-28, 2021-W02 01-11",
        ),
    ] {
        let found: Vec<String> = weeks(&sound(&event(lines)), until)
            .into_iter()
            .flat_map(|(week, events)| events.into_iter().map(move |event| (week, event.when.to_string())))
            .filter(|(_, when)| &when[..10] >= from)
            .map(|(week, when)| format!("{week} {}", &when[5..10]))
            .collect();
        assert_eq!(found.join(", "), expected, "{lines}");
    }
}

#[test]
fn a_week_without_events_is_not_there() {
    let calendar =
        sound(&event("DTSTART:20250317T080000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20250324T080000"));
    assert_eq!(
        rows(&calendar, "2025-12-31"),
        ["2025-W12: 2025-03-17T08:00 Họp", "2025-W14: 2025-03-31T08:00 Họp"]
    );
    let empty = sound("");
    assert!(empty.is_empty() && weeks(&empty, "2025-12-31").is_empty());
}

#[test]
fn a_long_event_stands_in_every_week_it_touches_also_after_the_last_day_asked_for() {
    let calendar = sound(&event("DTSTART;VALUE=DATE:20241228\nDTEND;VALUE=DATE:20250107"));
    let expected =
        ["2024-W52", "2025-W01", "2025-W02"].map(|week| format!("{week}: 2024-12-28/2025-01-06 Họp"));
    assert_eq!(rows(&calendar, "2024-12-28"), expected);
    assert!(rows(&calendar, "2024-12-27").is_empty());
}

#[test]
fn exceptions_are_found_however_they_are_written() {
    for exception in [
        "EXDATE:20250324T080000",
        "EXDATE:20250324T010000Z",
        "EXDATE;TZID=Asia/Tokyo:20250324T100000",
        "EXDATE;VALUE=DATE:20250324",
        "EXDATE:20250101T080000,20250324T080000",
    ] {
        let calendar =
            sound(&event(&format!("DTSTART:20250317T080000\nRRULE:FREQ=WEEKLY;COUNT=2\n{exception}")));
        assert_eq!(rows(&calendar, "2025-12-31"), ["2025-W12: 2025-03-17T08:00 Họp"], "{exception}");
    }
    let days =
        sound(&event("DTSTART;VALUE=DATE:20250317\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20250323T170000Z"));
    assert_eq!(rows(&days, "2025-12-31"), ["2025-W12: 2025-03-17 Họp"]);
}

#[test]
fn further_dates_are_added_once() {
    let calendar = sound(&event(
        "DTSTART:20250317T080000
        RRULE:FREQ=DAILY;COUNT=2
        RDATE:20250318T080000,20250320T140000
        RDATE;VALUE=DATE:20250321",
    ));
    let days: Vec<String> = rows(&calendar, "2025-12-31");
    assert_eq!(days.join(" ").matches("2025-W12").count(), 4, "{days:?}");
    assert!(days[2].contains("20T14:00") && days[3].contains("21T08:00"));
}

#[test]
fn an_occurrence_may_move_to_another_week_or_be_cancelled() {
    let series = event("DTSTART:20250317T080000\nRRULE:FREQ=WEEKLY;COUNT=4");
    let moved = event("RECURRENCE-ID:20250324T010000Z\nDTSTART:20250402T140000\nSUMMARY:Họp (dời)");
    let cancelled = event("RECURRENCE-ID;VALUE=DATE:20250407\nDTSTART:20250407T080000\nSTATUS:CANCELLED");
    let expected = [
        "2025-W12: 2025-03-17T08:00 Họp",
        "2025-W14: 2025-03-31T08:00 Họp",
        "2025-W14: 2025-04-02T14:00 Họp (dời)",
    ];
    for text in [format!("{series}{moved}{cancelled}"), format!("{cancelled}{moved}{series}")] {
        assert_eq!(rows(&sound(&text), "2025-12-31"), expected);
    }
}

#[test]
fn the_newest_version_of_an_event_counts() {
    let old = event("DTSTART:20250317T080000\nSEQUENCE:1");
    let new = event("DTSTART:20250318T080000\nSEQUENCE:2");
    let gone = event("DTSTART:20250318T080000\nSEQUENCE:3\nSTATUS:CANCELLED");
    for text in [format!("{old}{new}"), format!("{new}{old}")] {
        assert_eq!(rows(&sound(&text), "2025-12-31"), ["2025-W12: 2025-03-18T08:00 Họp"]);
    }
    assert!(sound(&format!("{new}{gone}{old}")).is_empty());
}

#[test]
fn two_events_with_one_uid_are_both_kept_and_named() {
    let text = event("DTSTART:20250317T080000").repeat(2) + &event("DTSTART:20250318T080000");
    let (calendar, faults) = read(wrap(&text));
    assert_eq!(rows(&calendar, "2025-12-31").len(), 3);
    assert_eq!(faults.len(), 1);
    assert!(!faults[0].loses && faults[0].name == "UID" && faults[0].line == 9, "{faults:?}");
}

#[test]
fn rules_end_where_until_says_in_whatever_form() {
    for (until, count) in [
        ("20250318", 2),
        ("20250318T080000", 2),
        ("20250318T075959", 1),
        ("20250318T010000Z", 2),
        ("20250318T005959Z", 1),
        ("20250316T000000", 1),
    ] {
        let calendar = sound(&event(&format!("DTSTART:20250317T080000\nRRULE:FREQ=DAILY;UNTIL={until}")));
        assert_eq!(rows(&calendar, "2025-12-31").len(), count, "{until}");
    }
    let days = sound(&event("DTSTART;VALUE=DATE:20250317\nRRULE:FREQ=DAILY;UNTIL=20250318T165959Z"));
    assert_eq!(rows(&days, "2025-12-31").len(), 2);
}

#[test]
fn a_meeting_abroad_follows_the_clock_there() {
    let calendar =
        sound(&event("DTSTART;TZID=Europe/Paris:20250324T220000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"));
    assert_eq!(
        rows(&calendar, "2025-12-31"),
        [
            "2025-W13: 2025-03-25T04:00/2025-03-25T05:00 Họp",
            // Summer time began on the 30th of March: one hour earlier in Việt Nam.
            "2025-W14: 2025-04-01T03:00/2025-04-01T04:00 Họp",
        ]
    );
}

#[test]
fn a_zone_that_only_the_file_knows_is_read_by_its_offset() {
    let zone = |name: &str, rest: &str| {
        format!(
            "BEGIN:VTIMEZONE\r\nTZID:{name}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0900\r\n\
             TZOFFSETTO:+0900\r\nEND:STANDARD\r\n{rest}END:VTIMEZONE\r\n"
        )
    };
    let meeting = event("DTSTART;TZID=Giờ riêng:20250317T100000");
    let after = meeting.clone() + &zone("Giờ riêng", "");
    assert_eq!(rows(&sound(&after), "2025-12-31"), ["2025-W12: 2025-03-17T08:00 Họp"]);
    let summer = "BEGIN:DAYLIGHT\r\nTZOFFSETTO:+1000\r\nEND:DAYLIGHT\r\n";
    let noted = faults(&(zone("Giờ riêng", summer) + &meeting));
    assert!(noted.len() == 1 && noted[0].what.contains("summer time") && !noted[0].loses);
    let located = zone("Giờ riêng", "X-LIC-LOCATION:Asia/Ho_Chi_Minh\r\n") + &meeting;
    assert_eq!(rows(&sound(&located), "2025-12-31"), ["2025-W12: 2025-03-17T10:00 Họp"]);
}

#[test]
fn a_faulty_event_is_left_out_with_its_line_and_cure_and_the_others_stay() {
    let good = event("UID:good\nDTSTART:20250317T080000");
    for (lines, line, name) in [
        ("DTSTART:20250230T080000", 12, "DTSTART"),
        ("DTSTART;TZID=Nowhere:20250317T080000", 12, "DTSTART"),
        ("LOCATION:A", 9, "VEVENT"),
        ("SUMMARY: \nDTSTART:20250317", 9, "SUMMARY"),
        ("DTSTART:20250317T080000\nDTEND:20250317T070000", 13, "DTEND"),
        ("DTSTART:20250317T080000\nDTEND;VALUE=DATE:20250318", 13, "DTEND"),
        ("DTSTART:20250317T080000\nDURATION:1 giờ", 13, "DURATION"),
        ("DTSTART:20250317\nDTEND:20270317", 9, "DTEND"),
        ("DTSTART:20250317\nRRULE:FREQ=HOURLY", 13, "RRULE"),
        ("DTSTART:20250317\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", 14, "RRULE"),
        ("DTSTART:20250317\nEXRULE:FREQ=DAILY", 13, "EXRULE"),
        ("DTSTART:20250317T080000\nRDATE;VALUE=PERIOD:20250318T080000/PT1H", 13, "RDATE"),
        ("DTSTART:20250317\nEXDATE:x", 13, "EXDATE"),
        ("DTSTART:20250317\nRECURRENCE-ID:x", 13, "RECURRENCE-ID"),
    ] {
        let (calendar, faults) = read(wrap(&(good.clone() + &event(lines))));
        let said: Vec<_> = faults.iter().map(|f| (f.line, f.name.as_str(), f.loses)).collect();
        assert_eq!(said, [(line, name, true)], "{lines}: {faults:?}");
        assert!(faults[0].what.ends_with('.') && faults[0].cure.ends_with('.'));
        assert_eq!(rows(&calendar, "2025-12-31"), ["2025-W12: 2025-03-17T08:00 Họp"], "{lines}");
    }
}

#[test]
fn what_is_odd_but_clear_is_read_and_said() {
    for (text, word) in [
        (event("UID:\nDTSTART:20250317"), "no UID"),
        (event("DTSTART:20250317\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=1"), "does not fit the rule"),
        (event("DTSTART:20250317\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "does not fit the rule"),
        (event("DTSTART:20250317\nRECURRENCE-ID;RANGE=THISANDFUTURE:20250316"), "this one occurrence"),
        (event("DTSTART:20250317\nrác"), "not a line"),
        (event("DTSTART:20250317\nUID:1\nBEGIN:VALARM\nTRIGGER:-PT5M"), "not ended"),
        (event("DTSTART:20250317") + "END:VTODO\r\n", "ends nothing"),
    ] {
        let (calendar, faults) = read(wrap(&text));
        assert!(faults.len() == 1 && !faults[0].loses && faults[0].what.contains(word), "{faults:?}");
        assert_eq!(rows(&calendar, "2025-12-31"), ["2025-W12: 2025-03-17 Họp"], "{text}");
    }
}

#[test]
fn private_events_are_not_published() {
    for class in ["PRIVATE", "confidential"] {
        let (calendar, faults) = read(wrap(&event(&format!("DTSTART:20250317\nCLASS:{class}"))));
        assert!(calendar.is_empty() && faults.len() == 1 && faults[0].name == "CLASS");
    }
    assert!(!sound(&event("DTSTART:20250317\nCLASS:PUBLIC")).is_empty());
}

#[test]
fn a_file_that_is_cut_or_none_is_said() {
    let whole = wrap(&(event("DTSTART:20250317") + &event("UID:2\nDTSTART:20250318")));
    let cut = &whole[..whole.rfind("DTSTART").expect("two events")];
    let (calendar, faults) = read(cut);
    assert_eq!(rows(&calendar, "2025-12-31").len(), 1);
    let said: Vec<_> = faults.iter().map(|f| (f.line, f.name.as_str(), f.loses)).collect();
    assert_eq!(said, [(1, "VCALENDAR", false), (9, "VEVENT", true)]);
    let missing_end = whole.replacen("END:VEVENT\r\n", "", 1);
    assert_eq!(rows(&read(missing_end).0, "2025-12-31"), ["2025-W12: 2025-03-18 Họp"]);
    for none in ["", "{}", "<html>"] {
        assert!(read(none).1.iter().any(|f| f.name == "VCALENDAR" && f.loses), "{none}");
    }
    assert_eq!(read("\u{feff}BEGIN:VCALENDAR\nEND:VCALENDAR").1, []);
}

#[test]
fn a_calendar_without_end_or_measure_is_cut_and_said() {
    let last = NaiveDate::from_ymd_opt(2200, 12, 31).expect("a day");
    let daily =
        |uid: usize| event(&format!("UID:{uid}\nDTSTART:19000101T080000\nRRULE:FREQ=DAILY;COUNT=4294967295"));
    let many: String = (0..2).map(daily).collect();
    let (weeks, faults) = sound(&many).weeks(last);
    assert_eq!(weeks.values().map(Vec::len).sum::<usize>(), 100_000);
    let said: Vec<_> = faults.iter().map(|f| (f.line, f.loses)).collect();
    assert_eq!(said, [(4, true), (10, true)]);
}

#[test]
fn an_event_in_a_week_beyond_the_years_is_left_out_and_named() {
    // 2200-12-31 lies in the first week of 2201; it stood in the last week of 2200, on none of its days.
    let day = |day: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:{day}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    let until = NaiveDate::MAX;
    let (calendar, faults) = read(day("22001231"));
    assert!(calendar.weeks(until).0.is_empty());
    assert!(faults.iter().any(|fault| fault.loses), "{faults:?}");
    let (calendar, _) = read(day("22001228"));
    assert_eq!(calendar.weeks(until).0.len(), 1);
}

#[test]
fn deep_nesting_costs_little() {
    let deep = "BEGIN:X\n".repeat(50_000) + &"END:Y\n".repeat(50_000);
    assert!(read(wrap(&deep)).0.is_empty());
}

/// Pieces of calendars, sound and not, put together in any way.
fn any_calendar() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "TZID:X",
        "BEGIN:STANDARD",
        "TZOFFSETTO:-2359",
        "END:STANDARD",
        "UID:1",
        "UID:2",
        "SUMMARY:A\\",
        "DTSTART:20250317T080000",
        "DTSTART;VALUE=DATE:22001231",
        "DTSTART:19000101T000000Z",
        "DTSTART;TZID=X:20250317T080000",
        "DTSTART;TZID=Europe/Paris:20250330T023000",
        "DTEND:20250317T240000",
        "DTEND:22001231T235959Z",
        "DURATION:P366D",
        "DURATION:PT0S",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=MONTHLY;BYDAY=-5MO;BYSETPOS=-366",
        "RRULE:FREQ=YEARLY;INTERVAL=4294967295;UNTIL=19000101",
        "RDATE:20250318T080000,19000101T000000Z",
        "EXDATE:20250317T010000Z",
        "RECURRENCE-ID:20250317T080000",
        "STATUS:CANCELLED",
        "SEQUENCE:18446744073709551615",
        "ATTENDEE;CN=\":",
        "CATEGORIES:,,",
        " folded",
        "END:VCALENDAR",
    ]);
    prop::collection::vec(line, 0..30).prop_map(|lines| wrap(&(lines.join("\r\n") + "\r\n")))
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes).0.weeks(NaiveDate::MAX);
    }

    #[test]
    fn any_pieces_of_calendars_are_read_without_panic(text in any_calendar(), until in 0i32..3_000_000) {
        let (calendar, faults) = read(&text);
        let lines = text.lines().count();
        prop_assert!(faults.iter().all(|f| (1..=lines).contains(&f.line)));
        let until = NaiveDate::from_num_days_from_ce_opt(until).expect("a day");
        for (week, events) in calendar.weeks(until).0 {
            prop_assert!(events.is_sorted());
            prop_assert!(events.iter().all(|event| event.when.within(week).next().is_some()));
        }
    }

    #[test]
    fn the_order_in_the_file_does_not_matter(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let events: Vec<String> = [
            "UID:1\nDTSTART:20250317T080000\nRRULE:FREQ=WEEKLY;COUNT=5",
            "UID:1\nSUMMARY:Dời\nDTSTART:20250318T080000\nRECURRENCE-ID:20250324T080000",
            "UID:2\nDTSTART:20250317T080000",
            "UID:3\nSUMMARY:A\nDTSTART:20250317T080000",
            "UID:4\nDTSTART;VALUE=DATE:20250317\nDTEND;VALUE=DATE:20250330",
            "UID:2\nSEQUENCE:1\nDTSTART:20250317T090000",
        ].into_iter().map(event).collect();
        let shuffled: String = order.iter().map(|&i| events[i].as_str()).collect();
        let all = weeks(&sound(&shuffled), "2025-12-31");
        prop_assert_eq!(&all, &weeks(&sound(&events.concat()), "2025-12-31"));
        // No occurrence is lost: four of five stand, one was moved.
        let meetings = all.values().flatten().filter(|event| event.uid == "1").count();
        prop_assert_eq!(meetings, 5);
    }

    #[test]
    fn a_single_event_comes_out_as_it_went_in(minute in 0i64..5_000_000, length in 0i64..20_000) {
        let start = NaiveDate::from_ymd_opt(2019, 1, 1).expect("a day").and_time(chrono::NaiveTime::MIN)
            + chrono::TimeDelta::minutes(minute);
        let end = start + chrono::TimeDelta::minutes(length);
        let form = "%Y%m%dT%H%M%S";
        let calendar = sound(&event(&format!("DTSTART:{}\nDTEND:{}", start.format(form), end.format(form))));
        let (weeks, _) = calendar.weeks(NaiveDate::MAX);
        let when = When::hours(start, end).expect("in range").whole_days_if_midnight_to_midnight();
        prop_assert_eq!(weeks.keys().copied().collect::<Vec<_>>(), when.weeks().collect::<Vec<_>>());
        prop_assert!(weeks.values().all(|events| events.len() == 1 && events[0].when == when));
    }
}
