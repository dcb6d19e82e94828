//! Rules of repetition (RRULE; RFC 5545, 3.3.10): on which days an event stands.
//!
//! Written for this calendar rather than taken from the `rrule` crate: rules without end are the rule here,
//! so the work has to be bounded by the days asked for and not by a number of occurrences, and a fault has
//! to name its part of the rule. The parts kept here (no hours, no week numbers, no days of the year) make
//! it small: each period — day, week, month or year — is gone through day by day, and a day stands when it
//! fits every part.
//!
//! Not here: the time of day, zones, exceptions.

use super::{
    fault::{Fault, shown},
    line::Line,
    time::{FileZones, Stamp, stamp},
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// A rule of repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    frequency: Frequency,
    /// Every how many periods; at least 1.
    interval: u32,
    /// How many occurrences, the first one included; at least 1.
    count: Option<u32>,
    /// The last moment or day an occurrence may begin.
    pub(super) until: Option<Stamp>,
    /// Weekdays, each with the number it must have in the month or year (−1 is the last; 0 is any).
    by_day: Vec<(i32, Weekday)>,
    by_month_day: Vec<i32>,
    by_month: Vec<u32>,
    by_set_pos: Vec<i32>,
    week_start: Weekday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Rule {
    /// Reads the value of an RRULE.
    pub(super) fn parse(line: &Line, zones: &FileZones) -> Result<Self, Fault> {
        let fault = |what: String, cure: &str| Fault::lost(line.number, &line.name, what, cure);
        let mut frequency = None;
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut seen = BTreeSet::new();
        for part in line.value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let (key, value) = (key.trim().to_ascii_uppercase(), value.trim().to_ascii_uppercase());
            let wrong = |cure: &str| fault(format!("“{}” is not a part of a rule.", shown(part)), cure);
            if !seen.insert(key.clone()) {
                return Err(fault(format!("The rule has {} twice.", shown(&key)), "Keep one of them."));
            }
            match key.as_str() {
                "FREQ" => {
                    frequency = Some(match value.as_str() {
                        "DAILY" => Frequency::Daily,
                        "WEEKLY" => Frequency::Weekly,
                        "MONTHLY" => Frequency::Monthly,
                        "YEARLY" => Frequency::Yearly,
                        _ => return Err(wrong("FREQ may be DAILY, WEEKLY, MONTHLY or YEARLY.")),
                    });
                }
                "INTERVAL" => rule.interval = at_least_one(&value).ok_or_else(|| wrong(NUMBER))?,
                "COUNT" => rule.count = Some(at_least_one(&value).ok_or_else(|| wrong(NUMBER))?),
                "UNTIL" => {
                    rule.until = Some(stamp(line, &value, zones).or_else(|fault| {
                        // "For ever", as some programs write it: 99991231.
                        let years = value.get(..4).and_then(|year| year.parse::<i32>().ok());
                        let end = NaiveDate::from_ymd_opt(*crate::YEARS.end(), 12, 31).map(Stamp::Day);
                        end.filter(|_| years.is_some_and(|year| year > *crate::YEARS.end())).ok_or(fault)
                    })?);
                }
                "BYDAY" => {
                    let cure = "Write BYDAY=MO,WE or BYDAY=1MO,-1FR.";
                    rule.by_day = list(&value, weekday).ok_or_else(|| wrong(cure))?;
                }
                "BYMONTHDAY" => {
                    rule.by_month_day =
                        list(&value, |v| signed(v, 31)).ok_or_else(|| wrong("Use 1 to 31 or -1 to -31."))?;
                }
                "BYMONTH" => {
                    let month = |v: &str| signed(v, 12).and_then(|n| u32::try_from(n).ok());
                    rule.by_month = list(&value, month).ok_or_else(|| wrong("Use 1 to 12."))?;
                }
                "BYSETPOS" => {
                    rule.by_set_pos = list(&value, |v| signed(v, 366))
                        .ok_or_else(|| wrong("Use 1 to 366 or -1 to -366."))?;
                }
                "WKST" => {
                    let start = weekday(&value).filter(|(nth, _)| *nth == 0);
                    rule.week_start = start.ok_or_else(|| wrong("Write WKST=MO or WKST=SU."))?.1;
                }
                "RSCALE" if value == "GREGORIAN" => {}
                _ => {
                    let cure = "Use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST, or \
                                enter the events singly.";
                    return Err(fault(
                        format!("The part “{}” of the rule is not supported.", shown(part)),
                        cure,
                    ));
                }
            }
        }
        rule.frequency = frequency
            .ok_or_else(|| fault("The rule has no FREQ.".to_owned(), "Add FREQ=WEEKLY or the like."))?;
        let numbered = rule.by_day.iter().any(|(nth, _)| *nth != 0);
        if numbered && matches!(rule.frequency, Frequency::Daily | Frequency::Weekly) {
            let cure = "Use FREQ=MONTHLY or YEARLY, or drop the number.";
            return Err(fault(
                "A weekday has a number, which only a month or year can count.".to_owned(),
                cure,
            ));
        }
        if !rule.by_month_day.is_empty() && rule.frequency == Frequency::Weekly {
            let cure = "Use FREQ=MONTHLY, or drop BYMONTHDAY.";
            return Err(fault("BYMONTHDAY has no meaning in a weekly rule.".to_owned(), cure));
        }
        Ok(rule)
    }

    /// The rule with what it leaves unsaid taken from the first day (3.3.10: "information … is taken from
    /// DTSTART").
    pub(super) fn completed(mut self, start: NaiveDate) -> Self {
        if self.by_day.is_empty() && self.by_month_day.is_empty() {
            match self.frequency {
                Frequency::Daily => {}
                Frequency::Weekly => self.by_day.push((0, start.weekday())),
                Frequency::Monthly => self.by_month_day.push(start.day() as i32),
                Frequency::Yearly => {
                    if self.by_month.is_empty() {
                        self.by_month.push(start.month());
                    }
                    self.by_month_day.push(start.day() as i32);
                }
            }
        }
        self
    }

    /// The days from `start` to `end` on which the rule, [`completed`](Self::completed) before, stands, in
    /// order. `start` is always the first, as DTSTART is. Looks at no more than `work` days and takes what it
    /// has looked at off it; `None` where that does not suffice.
    pub(super) fn days(&self, start: NaiveDate, end: NaiveDate, work: &mut usize) -> Option<Vec<NaiveDate>> {
        let mut days = vec![start];
        let count = self.count.map_or(usize::MAX, |count| count as usize);
        let mut steps = 0_u32;
        while let Some((first, length)) = self.period(start, steps) {
            if first > end || days.len() >= count {
                break;
            }
            *work = work.checked_sub(usize::try_from(length).unwrap_or(usize::MAX))?;
            let mut set: Vec<NaiveDate> =
                first.iter_days().take(length as usize).filter(|day| self.fits(*day)).collect();
            if !self.by_set_pos.is_empty() {
                let chosen: BTreeSet<NaiveDate> =
                    self.by_set_pos.iter().filter_map(|&position| nth_of(&set, position)).collect();
                set = chosen.into_iter().collect();
            }
            days.extend(set.into_iter().filter(|day| *day > start && *day <= end));
            let Some(next) = steps.checked_add(self.interval) else { break };
            steps = next;
        }
        days.truncate(count);
        Some(days)
    }

    /// Whether `start` itself is a day of the rule.
    pub(super) fn includes_start(&self, start: NaiveDate) -> bool {
        let Some((first, length)) = self.period(start, 0) else { return false };
        let set: Vec<NaiveDate> =
            first.iter_days().take(length as usize).filter(|day| self.fits(*day)).collect();
        if self.by_set_pos.is_empty() {
            set.contains(&start)
        } else {
            self.by_set_pos.iter().any(|&position| nth_of(&set, position) == Some(start))
        }
    }

    /// The first day and the length in days of the period that is `steps` periods after that of `start`;
    /// `None` after the end of chrono's calendar.
    fn period(&self, start: NaiveDate, steps: u32) -> Option<(NaiveDate, u32)> {
        match self.frequency {
            Frequency::Daily => Some((start.checked_add_days(Days::new(u64::from(steps)))?, 1)),
            Frequency::Weekly => {
                let into = start.weekday().days_since(self.week_start);
                let first = start.checked_sub_days(Days::new(u64::from(into)))?;
                Some((first.checked_add_days(Days::new(7 * u64::from(steps)))?, 7))
            }
            Frequency::Monthly => {
                let first = start.with_day(1)?.checked_add_months(chrono::Months::new(steps))?;
                Some((first, u32::from(first.num_days_in_month())))
            }
            Frequency::Yearly => {
                let year = start.year().checked_add(i32::try_from(steps).ok()?)?;
                let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
                Some((first, if first.leap_year() { 366 } else { 365 }))
            }
        }
    }

    /// Whether the day fits every part except BYSETPOS.
    fn fits(&self, day: NaiveDate) -> bool {
        let month_length = i32::from(day.num_days_in_month());
        let in_month = day.day() as i32;
        (self.by_month.is_empty() || self.by_month.contains(&day.month()))
            && (self.by_month_day.is_empty()
                || self.by_month_day.iter().any(|&n| n == in_month || n == in_month - month_length - 1))
            && (self.by_day.is_empty()
                || self.by_day.iter().any(|&(nth, weekday)| {
                    // A number counts in the year only where the rule names no month (3.3.10, note 2).
                    let in_year = self.frequency == Frequency::Yearly && self.by_month.is_empty();
                    let (at, length) = match in_year {
                        true => (day.ordinal0() as i32, if day.leap_year() { 366 } else { 365 }),
                        false => (in_month - 1, month_length),
                    };
                    weekday == day.weekday()
                        && (nth == 0 || nth == at / 7 + 1 || nth == -((length - 1 - at) / 7 + 1))
                }))
    }
}

/// The cure for a number that is none.
const NUMBER: &str = "Use a whole number from 1 on.";

fn at_least_one(value: &str) -> Option<u32> {
    value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok())?.filter(|n| *n > 0)
}

/// A number from 1 to `most` or from −1 to −`most`.
fn signed(value: &str, most: i32) -> Option<i32> {
    value.parse::<i32>().ok().filter(|n| *n != 0 && (-most..=most).contains(n))
}

fn list<T: PartialEq>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut list = Vec::new();
    for (at, part) in value.split(',').enumerate() {
        let item = read(part.trim())?;
        // 749 different weekdays with numbers are the most there can be: what is longer repeats itself, and
        // finding that out must stay cheap.
        if at >= 749 {
            return None;
        }
        if !list.contains(&item) {
            list.push(item);
        }
    }
    Some(list)
}

/// `MO`, `2TU`, `-1FR`
fn weekday(value: &str) -> Option<(i32, Weekday)> {
    let (number, name) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let weekday = match name {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let number = if number.is_empty() { 0 } else { signed(number, 53)? };
    Some((number, weekday))
}

/// Counted from 1, or from −1 backwards.
fn nth_of(set: &[NaiveDate], position: i32) -> Option<NaiveDate> {
    let from_start = usize::try_from(position.unsigned_abs()).ok()?.checked_sub(1)?;
    let index = if position > 0 { from_start } else { set.len().checked_sub(from_start + 1)? };
    set.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ical::line::lines;
    use proptest::prelude::*;

    fn parse(rule: &str) -> Result<Rule, Fault> {
        let line = lines(format!("RRULE:{rule}").as_bytes(), &mut Vec::new()).remove(0);
        Rule::parse(&line, &FileZones::new())
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn days(rule: &str, start: &str, end: &str) -> Vec<NaiveDate> {
        let rule = parse(rule).expect(rule).completed(date(start));
        rule.days(date(start), date(end), &mut 1_000_000).expect("little work")
    }

    #[track_caller]
    fn check(rule: &str, start: &str, end: &str, expected: &str) {
        let found: Vec<String> =
            days(rule, start, end).iter().map(|day| day.format("%y%m%d").to_string()).collect();
        assert_eq!(found.join(" "), expected, "{rule}");
    }

    #[test]
    fn the_examples_of_rfc_5545_come_out_as_printed_there() {
        check("FREQ=DAILY;COUNT=4", "1997-09-02", "2000-01-01", "970902 970903 970904 970905");
        check(
            "FREQ=DAILY;INTERVAL=10;COUNT=5",
            "1997-09-02",
            "2000-01-01",
            "970902 970912 970922 971002 971012",
        );
        check("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-10-20", "970902 970916 970930 971014");
        check(
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            "1997-09-02",
            "2000-01-01",
            "970902 970904 970916 970918 970930 971002 971014 971016",
        );
        check("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05", "2000-01-01", "970905 971003 971107 971205");
        check(
            "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
            "1997-09-07",
            "2000-01-01",
            "970907 970928 971102 971130 980104 980125",
        );
        check("FREQ=MONTHLY;COUNT=4;BYDAY=-2MO", "1997-09-22", "2000-01-01", "970922 971020 971117 971222");
        check(
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "1997-09-28",
            "1998-02-28",
            "970928 971029 971128 971229 980129 980226",
        );
        check(
            "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=1,-1",
            "1997-09-30",
            "2000-01-01",
            "970930 971001 971031 971101 971130 971201",
        );
        check("FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10", "2000-01-01", "970610 970710 980610 980710");
        check("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1999-12-31", "970519 980518 990517");
        check("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1997-12-31", "970313 970320 970327");
        check(
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "1998-02-13",
            "2000-12-31",
            "980213 980313 981113 990813 001013",
        );
        check(
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05",
            "2005-01-01",
            "961105 001107 041102",
        );
        check(
            "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            "1997-09-04",
            "2000-01-01",
            "970904 971007 971106",
        );
        check(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "1997-09-29",
            "1998-01-01",
            "970929 971030 971127 971230",
        );
        // The one where the first day of the week decides.
        check(
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "1997-08-05",
            "2000-01-01",
            "970805 970810 970819 970824",
        );
        check(
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "1997-08-05",
            "2000-01-01",
            "970805 970817 970819 970831",
        );
        // An invalid date is left out, not moved.
        check(
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "2007-01-15",
            "2008-01-01",
            "070115 070130 070215 070315 070330",
        );
    }

    #[test]
    fn rules_cross_year_ends_and_leap_days() {
        check("FREQ=WEEKLY", "2020-12-21", "2021-01-12", "201221 201228 210104 210111");
        check("FREQ=YEARLY", "2020-02-29", "2030-01-01", "200229 240229 280229");
        check("FREQ=MONTHLY", "2024-01-31", "2024-06-30", "240131 240331 240531");
        check("FREQ=MONTHLY;BYMONTHDAY=-1", "2023-12-31", "2024-03-31", "231231 240131 240229 240331");
        check("FREQ=YEARLY;BYDAY=-1MO", "2024-12-30", "2026-12-31", "241230 251229 261228");
        check("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29", "2029-01-01", "240229 280229");
        check("FREQ=MONTHLY;INTERVAL=5", "2024-11-30", "2026-01-01", "241130 250430 250930");
    }

    #[test]
    fn the_first_day_always_stands_and_counts() {
        check("FREQ=WEEKLY;BYDAY=WE;COUNT=3", "2025-03-17", "2026-01-01", "250317 250319 250326");
        let rule = parse("FREQ=WEEKLY;BYDAY=WE").expect("a rule");
        assert!(!rule.includes_start(date("2025-03-17")) && rule.includes_start(date("2025-03-19")));
        check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2025-03-17", "2100-01-01", "250317");
    }

    #[test]
    fn what_cannot_be_followed_is_refused() {
        for bad in [
            "",
            "FREQ",
            "FREQ=",
            "FREQ=HOURLY",
            "COUNT=3",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;COUNT=",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=99999999999",
            "FREQ=DAILY;COUNT=1;COUNT=2",
            "FREQ=DAILY;BYHOUR=9",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=MONTHLY;BYDAY=54MO",
            "FREQ=WEEKLY;BYDAY=é",
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=YEARLY;BYMONTH=-1",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=DAILY;UNTIL=20250230",
            "FREQ=WEEKLY;WKST=2MO",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse("freq=weekly;byday=mo, we;").is_ok());
        assert!(parse("FREQ=DAILY;UNTIL=99991231T235959Z").is_ok());
    }

    #[test]
    fn rules_that_never_stand_or_never_end_cost_little() {
        let last = date("2200-12-31");
        for rule in [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYSETPOS=300;BYDAY=MO",
            "FREQ=DAILY;COUNT=4294967295",
            "FREQ=YEARLY;INTERVAL=4294967295",
            "FREQ=DAILY;INTERVAL=4294967295",
        ] {
            let rule = parse(rule).expect(rule).completed(date("1900-01-01"));
            let mut work = 120_000;
            assert!(rule.days(date("1900-01-01"), last, &mut work).is_some(), "{rule:?}");
            assert!(
                rule.days(date("1900-01-01"), last, &mut 3).is_none_or(|days| days.len() == 1),
                "{rule:?}"
            );
        }
    }

    /// Straight from the words of the standard: is this day in a period that counts, and does it fit? It
    /// shares no step with `days`: it asks each day, `days` makes each period.
    fn oracle(rule: &Rule, start: NaiveDate, end: NaiveDate) -> Vec<NaiveDate> {
        let monday = |day: NaiveDate| i64::from(day.num_days_from_ce() - 1).div_euclid(7);
        let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let place_in_month = |day: NaiveDate| {
            let first = day.with_day(1).expect("every month has a first");
            let same = |d: &NaiveDate| month(*d) == month(day) && d.weekday() == day.weekday();
            let all: Vec<NaiveDate> = first.iter_days().take(31).filter(same).collect();
            let at = all.iter().position(|d| *d == day).expect("its own month has it") as i32;
            (at + 1, at - all.len() as i32)
        };
        let mut found = Vec::new();
        for day in start.iter_days().take_while(|day| *day <= end) {
            let counts = match rule.frequency {
                Frequency::Weekly => (monday(day) - monday(start)) % i64::from(rule.interval) == 0,
                _ => (month(day) - month(start)) % i64::from(rule.interval) == 0,
            };
            let weekday = rule.by_day.is_empty()
                || rule.by_day.iter().any(|(nth, weekday)| {
                    let (first, last) = place_in_month(day);
                    *weekday == day.weekday() && (*nth == 0 || *nth == first || *nth == last)
                });
            let last =
                (28..=31).rev().find_map(|n| day.with_day(n)).expect("28 is in every month").day() as i32;
            let in_month = rule.by_month_day.is_empty()
                || rule
                    .by_month_day
                    .iter()
                    .any(|n| (if *n > 0 { *n } else { last + 1 + *n }) == day.day() as i32);
            let months = rule.by_month.is_empty() || rule.by_month.contains(&day.month());
            if day == start || (counts && weekday && in_month && months) {
                found.push(day);
            }
        }
        found.truncate(rule.count.map_or(usize::MAX, |count| count as usize));
        found
    }

    fn any_rule() -> impl Strategy<Value = String> {
        let names = prop::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..4);
        let nth = prop::sample::select(vec!["", "1", "2", "-1", "-2", "5"]);
        let month_days = prop::collection::vec(
            (1i32..=31, any::<bool>()).prop_map(|(n, back)| if back { -n } else { n }),
            0..3,
        );
        let parts = (
            names,
            nth,
            month_days,
            prop::collection::vec(1u32..=12, 0..3),
            1u32..5,
            prop::option::of(1u32..20),
        );
        (any::<bool>(), any::<bool>(), parts).prop_map(
            |(monthly, with_days, (names, nth, month_days, months, interval, count))| {
                let mut rule =
                    format!("FREQ={};INTERVAL={interval}", if monthly { "MONTHLY" } else { "WEEKLY" });
                let join = |all: Vec<String>| all.join(",");
                if with_days {
                    let nth = if monthly { nth } else { "" };
                    rule += &format!(
                        ";BYDAY={}",
                        join(names.iter().map(|name| format!("{nth}{name}")).collect())
                    );
                }
                if monthly && !month_days.is_empty() {
                    rule += &format!(";BYMONTHDAY={}", join(month_days.iter().map(i32::to_string).collect()));
                }
                if !months.is_empty() {
                    rule += &format!(";BYMONTH={}", join(months.iter().map(u32::to_string).collect()));
                }
                if let Some(count) = count {
                    rule += &format!(";COUNT={count}");
                }
                rule
            },
        )
    }

    proptest! {
        #[test]
        fn weekly_and_monthly_rules_agree_with_asking_each_day(
            text in any_rule(),
            offset in 0u64..4_000,
            length in 0u64..1_500,
        ) {
            let start = date("2019-12-01") + Days::new(offset);
            let end = start + Days::new(length);
            let rule = parse(&text).expect("a rule").completed(start);
            let found = rule.days(start, end, &mut 100_000).expect("little work");
            prop_assert_eq!(found, oracle(&rule, start, end), "{}", text);
        }

        #[test]
        fn any_text_gives_a_rule_or_a_fault(text in "[A-Z0-9=;,é-]{0,60}") {
            let _ = parse(&text);
        }
    }
}
