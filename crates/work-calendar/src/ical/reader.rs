//! From the lines of a file to a [`Calendar`].

use super::{
    calendar::{Calendar, Moments, Override, Series, What, when},
    fault::{Fault, shown},
    line::{Line, lines},
    rule::Rule,
    time::{FileZones, Stamp, Zone, duration, known_zone, offset, stamp},
};
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// Dates that RDATE or EXDATE of one event may list: one a day for twenty years is 7,300.
const LIST: usize = 10_000;
/// Components inside each other: VCALENDAR, VEVENT, VALARM are three, and each END looks at them all.
const DEPTH: usize = 8;

/// Reads a calendar. A faulty event is left out, the others stay; the faults are in the order of the file.
pub fn read(file: impl AsRef<[u8]>) -> (Calendar, Vec<Fault>) {
    let mut faults = Vec::new();
    let lines = lines(file.as_ref(), &mut faults);
    let (events, zones) = components(&lines, &mut faults);
    let mut calendar = Calendar::default();
    let mut known: BTreeMap<(String, Option<chrono::NaiveDateTime>), (u64, usize, bool)> = BTreeMap::new();
    let mut drafts: Vec<Option<Draft>> = Vec::new();
    for event in events {
        match draft(&event, &zones, &mut faults) {
            Ok(Some(draft)) => {
                // A file may have an event in several versions: the highest SEQUENCE counts.
                let key = (draft.series.what.uid.clone(), draft.instead_of.map(Stamp::in_vietnam));
                let index = drafts.len();
                let (line, sequence) = (draft.series.line, draft.sequence);
                drafts.push(Some(draft));
                match known.get_mut(&key) {
                    None => {
                        known.insert(key, (sequence, index, false));
                    }
                    Some((best, _, _)) if *best > sequence => drafts[index] = None,
                    Some((best, at, said)) if *best < sequence => {
                        drafts[*at] = None;
                        (*best, *at, *said) = (sequence, index, false);
                    }
                    Some((_, _, said)) => {
                        if !std::mem::replace(said, true) {
                            let what =
                                format!("The UID “{}” was used by another event before.", shown(&key.0));
                            faults.push(Fault::noted(line, "UID", what, "Give each event a UID of its own."));
                        }
                    }
                }
            }
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    for draft in drafts.into_iter().flatten() {
        let Draft { series, instead_of, cancelled, .. } = draft;
        match instead_of {
            None if cancelled => {}
            None => calendar.series.push(series),
            Some(instead_of) => {
                let uid = series.what.uid.clone();
                let when = when(series.start, series.length).ok().filter(|_| !cancelled);
                calendar.overrides.push(Override {
                    instead_of,
                    uid,
                    event: when.map(|when| (series.what, when)),
                });
            }
        }
    }
    // A series that is cancelled whole takes its changed occurrences along only where the file cancels them
    // too: each is an event of its own.
    faults.sort();
    (calendar, faults)
}

/// The lines of one VEVENT, without those of what is inside it.
struct Component<'a> {
    line: usize,
    lines: Vec<&'a Line>,
}

/// Takes the file apart into its events and the zones it describes.
fn components<'a>(lines: &'a [Line], faults: &mut Vec<Fault>) -> (Vec<Component<'a>>, FileZones) {
    let mut open: Vec<(String, &Line)> = Vec::new();
    let (mut events, mut zones) = (Vec::new(), Vec::new());
    let mut event: Option<Component<'_>> = None;
    let mut calendars = 0_usize;
    let torn = |event: Component<'_>| {
        let what = "The event has no END:VEVENT.";
        Fault::lost(event.line, "VEVENT", what, "Export the calendar again, or add the line.")
    };
    for line in lines {
        let name = line.value.trim().to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" => {
                match name.as_str() {
                    "VCALENDAR" => calendars += 1,
                    "VEVENT" => {
                        // Events stand in no other: the one before was not ended.
                        faults.extend(event.take().map(torn));
                        open.retain(|(name, _)| name != "VEVENT");
                        event = Some(Component { line: line.number, lines: Vec::new() });
                    }
                    "VTIMEZONE" => zones.push(TimeZone::default()),
                    _ => {}
                }
                if open.len() < DEPTH {
                    open.push((name, line));
                } else {
                    let what = format!("BEGIN:{} is nested too deeply; it was passed over.", shown(&name));
                    faults.push(Fault::noted(line.number, "BEGIN", what, "Export the calendar again."));
                }
            }
            "END" => match open.iter().rposition(|(begun, _)| *begun == name) {
                Some(at) => {
                    for (unended, line) in open.drain(at..).skip(1) {
                        if unended != "VEVENT" {
                            let what = format!("“{}” is not ended.", shown(&unended));
                            faults.push(Fault::noted(
                                line.number,
                                "BEGIN",
                                what,
                                "Export the calendar again.",
                            ));
                        }
                    }
                    if name == "VEVENT" {
                        events.extend(event.take());
                    } else if !open.iter().any(|(name, _)| name == "VEVENT") {
                        faults.extend(event.take().map(torn));
                    }
                }
                None => {
                    let what = format!("END:{} ends nothing.", shown(&name));
                    faults.push(Fault::noted(line.number, "END", what, "Export the calendar again."));
                }
            },
            _ => match (open.last().map(|(name, _)| name.as_str()), &mut event) {
                (Some("VEVENT"), Some(event)) => event.lines.push(line),
                (Some(component @ ("VTIMEZONE" | "STANDARD" | "DAYLIGHT")), None) => {
                    if let Some(zone) = zones.last_mut() {
                        zone.add(component, line);
                    }
                }
                _ => {}
            },
        }
    }
    faults.extend(event.take().map(torn));
    if calendars == 0 {
        let cure = "Export the calendar as iCalendar (.ics).";
        faults.push(Fault::lost(
            1,
            "VCALENDAR",
            "This is not an iCalendar file: it has no BEGIN:VCALENDAR.",
            cure,
        ));
    } else if let Some((name, line)) = open.iter().find(|(name, _)| name == "VCALENDAR") {
        let what = "The file is cut off: it has no END:VCALENDAR.";
        faults.push(Fault::noted(line.number, name, what, "Export the calendar again."));
    }
    (events, zones.into_iter().filter_map(|zone| zone.finish(faults)).collect())
}

/// A VTIMEZONE: only its name and its offsets; its rules of summer time are not followed.
#[derive(Default)]
struct TimeZone {
    line: usize,
    name: String,
    location: Option<Zone>,
    standard: Option<i32>,
    daylight: Option<i32>,
}

impl TimeZone {
    fn add(&mut self, component: &str, line: &Line) {
        match (component, line.name.as_str()) {
            ("VTIMEZONE", "TZID") => (self.line, self.name) = (line.number, line.text().trim().to_owned()),
            ("VTIMEZONE", "X-LIC-LOCATION") => self.location = known_zone(&line.value),
            // The last one counts: offsets of former times come first.
            ("STANDARD", "TZOFFSETTO") => self.standard = offset(&line.value).or(self.standard),
            ("DAYLIGHT", "TZOFFSETTO") => self.daylight = offset(&line.value).or(self.daylight),
            _ => {}
        }
    }

    fn finish(self, faults: &mut Vec<Fault>) -> Option<(String, Zone)> {
        if known_zone(&self.name).is_some() {
            return None;
        }
        if let Some(zone) = self.location {
            return Some((self.name, zone));
        }
        let offset = self.standard.or(self.daylight)?;
        if self.daylight.is_some_and(|daylight| daylight != offset) {
            let what =
                format!("The time zone “{}” has a summer time that is not followed.", shown(&self.name));
            faults.push(Fault::noted(self.line, "TZID", what, "Use an IANA name such as Europe/Paris."));
        }
        Some((self.name, if offset == 7 * 3600 { Zone::Vietnam } else { Zone::Fixed(offset) }))
    }
}

/// An event as read, not yet known to be the last version of it.
struct Draft {
    series: Series,
    instead_of: Option<Stamp>,
    cancelled: bool,
    sequence: u64,
}

/// Reads one event; `None` where it is not for the public.
fn draft(event: &Component<'_>, zones: &FileZones, faults: &mut Vec<Fault>) -> Result<Option<Draft>, Fault> {
    let all = |name: &'static str| event.lines.iter().copied().filter(move |line| line.name == name);
    let first = |name: &'static str| all(name).next();
    let says = |name: &'static str, word: &str| {
        first(name).is_some_and(|l| l.value.trim().eq_ignore_ascii_case(word))
    };

    if says("CLASS", "PRIVATE") || says("CLASS", "CONFIDENTIAL") {
        let what = "The event is marked as private and is not published.";
        let cure = "Mark it as public, or keep it out of the exported calendar.";
        faults.push(Fault::noted(event.line, "CLASS", what, cure));
        return Ok(None);
    }
    let instead_of = match first("RECURRENCE-ID") {
        Some(line) => {
            if line.parameter("RANGE").is_some() {
                let what =
                    "“This and future” changes are not supported: only this one occurrence is changed.";
                let cure = "End the old series and begin a new one.";
                faults.push(Fault::noted(line.number, &line.name, what, cure));
            }
            Some(stamp(line, &line.value, zones)?)
        }
        None => None,
    };
    let cancelled = says("STATUS", "CANCELLED");
    let start = match first("DTSTART") {
        Some(line) => stamp(line, &line.value, zones)?,
        // What is cancelled needs no time of its own.
        None if cancelled && instead_of.is_some() => instead_of.unwrap_or(Stamp::Day(chrono::NaiveDate::MIN)),
        None => {
            let what = "The event has no DTSTART.";
            return Err(Fault::lost(event.line, "VEVENT", what, "Give it a date and time."));
        }
    };
    let length = length(event, start, zones)?;
    if let Err(fault) = when(start, length) {
        let what = format!("The time of the event cannot be: {fault}.");
        return Err(Fault::lost(event.line, "DTEND", what, "Correct DTSTART, DTEND or DURATION."));
    }
    let title = first("SUMMARY").map(|line| one_line(&line.text())).unwrap_or_default();
    if title.is_empty() && !cancelled {
        let what = "The event has no title.";
        return Err(Fault::lost(event.line, "SUMMARY", what, "Say in SUMMARY what it is."));
    }
    let mut what = people(event);
    what.title = title;
    what.place = first("LOCATION").map(|line| one_line(&line.text())).unwrap_or_default();
    what.description = first("DESCRIPTION").map(|line| paragraphs(&line.text())).unwrap_or_default();
    what.uid = first("UID").map(|line| one_line(&line.text())).unwrap_or_default();
    if what.uid.is_empty() {
        let cure = "Give it one that never changes.";
        faults.push(Fault::noted(event.line, "UID", "The event has no UID.", cure));
        what.uid = format!("{}/{}", start.in_vietnam().format("%Y%m%dT%H%M"), what.title);
    }

    let mut series = Series {
        line: event.line,
        what,
        start,
        length,
        rules: Vec::new(),
        more: Vec::new(),
        except: Moments::default(),
    };
    if instead_of.is_none() {
        repetition(event, zones, &mut series, faults)?;
    }
    let sequence = first("SEQUENCE").and_then(|line| line.value.trim().parse().ok()).unwrap_or(0);
    Ok(Some(Draft { series, instead_of, cancelled, sequence }))
}

/// How long the event is: of a clock time its duration, of days how many more than one.
fn length(event: &Component<'_>, start: Stamp, zones: &FileZones) -> Result<TimeDelta, Fault> {
    let find = |name: &str| event.lines.iter().copied().find(|line| line.name == name);
    let day = TimeDelta::days(1);
    if let Some(line) = find("DTEND") {
        let end = stamp(line, &line.value, zones)?;
        let fault = |what: &str, cure: &str| Err(Fault::lost(line.number, &line.name, what, cure));
        let length = match (start, end) {
            // The end of days is the day after the last one; some programs write the last one itself.
            (Stamp::Day(first), Stamp::Day(end)) if end == first => TimeDelta::zero(),
            (Stamp::Day(first), Stamp::Day(end)) => end - first - day,
            (Stamp::At(..), Stamp::At(..)) => end.in_vietnam() - start.in_vietnam(),
            _ => {
                return fault(
                    "DTSTART and DTEND are not of one kind: one is a day, one a time.",
                    "Write both alike.",
                );
            }
        };
        if length < TimeDelta::zero() {
            return fault("The event ends before it begins.", "Correct DTSTART or DTEND.");
        }
        return Ok(length);
    }
    let Some(line) = find("DURATION") else { return Ok(TimeDelta::zero()) };
    let Some(length) = duration(&line.value) else {
        let what = format!("“{}” is not a length of time.", shown(&line.value));
        return Err(Fault::lost(
            line.number,
            &line.name,
            what,
            "Write PT1H30M for one hour and a half, P2D for two days.",
        ));
    };
    Ok(match start {
        Stamp::Day(_) => TimeDelta::days((length - TimeDelta::seconds(1)).num_days().max(0)),
        Stamp::At(..) => length,
    })
}

/// Rules, further dates and exceptions.
fn repetition(
    event: &Component<'_>,
    zones: &FileZones,
    series: &mut Series,
    faults: &mut Vec<Fault>,
) -> Result<(), Fault> {
    let start = series.start;
    let mut listed = 0;
    for line in &event.lines {
        match line.name.as_str() {
            "RRULE" => {
                if !series.rules.is_empty() {
                    let what = "The event has more than one rule.";
                    return Err(Fault::lost(line.number, &line.name, what, "Make an event of each."));
                }
                let rule = Rule::parse(line, zones)?.completed(start.written_day());
                if !rule.includes_start(start.written_day()) {
                    let what = "The first day does not fit the rule; it stands all the same, and is counted.";
                    let cure = "Let DTSTART be a day of the rule.";
                    faults.push(Fault::noted(line.number, &line.name, what, cure));
                }
                series.rules.push(rule);
            }
            "EXRULE" => {
                let what = "EXRULE, a rule of exceptions, is not supported.";
                return Err(Fault::lost(line.number, &line.name, what, "List the exceptions in EXDATE."));
            }
            "RDATE" | "EXDATE" => {
                for value in line.value.split(',').map(str::trim).filter(|value| !value.is_empty()) {
                    listed += 1;
                    if listed > LIST {
                        let what = "The event lists more than 10,000 dates.";
                        return Err(Fault::lost(line.number, &line.name, what, "Use a rule (RRULE)."));
                    }
                    let at = stamp(line, value, zones)?;
                    if line.name == "EXDATE" {
                        series.except.insert(at);
                    } else {
                        // A day for an event with a clock time means that time on that day.
                        let more = match (start, at) {
                            (Stamp::At(..), Stamp::Day(day)) => start.on(day),
                            (Stamp::Day(_), at) => Stamp::Day(at.day()),
                            _ => at,
                        };
                        series.more.push(more);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Who chairs, who takes part, and the units.
fn people(event: &Component<'_>) -> What {
    let mut what = What::default();
    let add = |list: &mut Vec<String>, name: String| {
        if !name.is_empty() && !list.contains(&name) {
            list.push(name);
        }
    };
    // Several hundred guests belong in the event's papers, not in a calendar; and looking each up in the
    // list must stay cheap.
    const MOST: usize = 200;
    let name = |line: &Line| {
        let name = one_line(line.parameter("CN").unwrap_or(""));
        // Without a name, programs put the e-mail address here. It is not for the public.
        if name.contains('@') { String::new() } else { name }
    };
    let is = |line: &Line, parameter, value: &str| {
        line.parameter(parameter).is_some_and(|own| own.eq_ignore_ascii_case(value))
    };
    for line in event.lines.iter().filter(|line| line.name == "ATTENDEE").take(MOST) {
        let thing = is(line, "CUTYPE", "ROOM") || is(line, "CUTYPE", "RESOURCE");
        let absent = is(line, "PARTSTAT", "DECLINED") || is(line, "ROLE", "NON-PARTICIPANT");
        if thing || absent {
            continue;
        }
        add(if is(line, "ROLE", "CHAIR") { &mut what.leaders } else { &mut what.attendees }, name(line));
    }
    if what.leaders.is_empty() {
        for line in event.lines.iter().filter(|line| line.name == "ORGANIZER").take(1) {
            add(&mut what.leaders, name(line));
        }
    }
    what.attendees.retain(|name| !what.leaders.contains(name));
    for line in event.lines.iter().filter(|line| line.name == "CATEGORIES") {
        for unit in line.texts().take(MOST.saturating_sub(what.units.len())) {
            add(&mut what.units, one_line(&unit));
        }
    }
    what
}

/// All white space as single spaces, none at the ends.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without white space at their ends, at most one empty line in a row.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(line);
    }
    out
}
