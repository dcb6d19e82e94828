//! A JSON report of GoAccess, as far as counting needs it.
//!
//! Whoever asks for an odd address has a say in this file, and a report that cannot be read stops all counting. So
//! text is read leniently, and numbers and days strictly: those come from GoAccess alone.

use super::MOST;
use archive::{Moment, Slug};
use chrono::{DateTime, NaiveDate};
use routes::{Base, Route};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When it was made.
    pub time: Moment,
    /// The days of the log and their visitors.
    pub days: BTreeMap<NaiveDate, u64>,
    /// How often the address of each article was asked for, on all those days together.
    pub views: BTreeMap<Slug, u64>,
}

/// Why bytes are not a [`Report`]; each has its cure, but for the name of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidReport(String);

impl fmt::Display for InvalidReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidReport {}

/// The parts of the file that are read; GoAccess writes many more.
#[derive(Deserialize)]
struct File {
    general: General,
    visitors: Panel<DayRow>,
    requests: Panel<RequestRow>,
}

#[derive(Deserialize)]
struct General {
    /// `2021-09-11 10:21:00 +0700`
    date_time: String,
}

#[derive(Deserialize)]
struct Panel<Row> {
    data: Vec<Row>,
}

#[derive(Deserialize)]
struct DayRow {
    visitors: Metric,
    /// `20210911`
    data: String,
}

#[derive(Deserialize)]
struct RequestRow {
    hits: Metric,
    /// Left out by GoAccess when it is told so.
    #[serde(default)]
    method: Option<String>,
    data: String,
}

#[derive(Deserialize)]
struct Metric {
    count: u64,
}

impl Report {
    /// Reads a report about the portal that lies at `base`.
    ///
    /// # Errors
    /// When these are not the bytes of such a report, or a number or day in it cannot be true.
    pub fn read(bytes: &[u8], base: &Base) -> Result<Self, InvalidReport> {
        // GoAccess decodes addresses, so that one request for `/%FF` makes a file that is no UTF-8.
        let file: File = serde_json::from_str(&String::from_utf8_lossy(bytes)).map_err(|e| not_json(&e))?;
        let made = &file.general.date_time;
        let time = DateTime::parse_from_str(made, "%Y-%m-%d %H:%M:%S %z").ok();
        let time = time.and_then(|time| Moment::from_unix(time.timestamp())).ok_or_else(|| {
            fault(
                "general.date_time",
                made,
                "is no date with time and offset; make the report anew with GoAccess 1.7 or newer",
            )
        })?;
        let mut days = BTreeMap::new();
        for row in &file.visitors.data {
            let day = day(&row.data).ok_or_else(|| {
                fault(
                    "visitors.data",
                    &row.data,
                    "is no day; run goaccess without --date-spec, or with --date-spec=date",
                )
            })?;
            if day > time.day() {
                let why = "is after the day on which the report was made; put the clock right, and take the line out of the log";
                return Err(fault("visitors.data", &row.data, why));
            }
            add(days.entry(day).or_default(), &row.visitors, "visitors.data", &row.data)?;
        }
        let mut views = BTreeMap::new();
        for row in &file.requests.data {
            if row.method.as_deref().is_some_and(|method| method != "GET") {
                continue;
            }
            let (path, query) = row.data.split_once('?').unwrap_or((&row.data, ""));
            let Some(below) = base.strip(path) else { continue };
            if let Route::Article(slug) = routes::parse(below, query).route {
                add(views.entry(slug).or_default(), &row.hits, "requests.data", &row.data)?;
            }
        }
        Ok(Self { time, days, views })
    }
}

fn add(sum: &mut u64, metric: &Metric, place: &str, row: &str) -> Result<(), InvalidReport> {
    *sum = sum.saturating_add(metric.count);
    if *sum <= MOST {
        return Ok(());
    }
    Err(fault(
        place,
        row,
        &format!("has the count {}, which cannot be true; make the report anew", metric.count),
    ))
}

fn day(text: &str) -> Option<NaiveDate> {
    let whole = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten()
}

/// The words may come from anybody: short, and without what steers a terminal.
fn fault(place: &str, words: &str, why: &str) -> InvalidReport {
    let words: String = words.chars().take(80).filter(|c| !c.is_control()).collect();
    InvalidReport(format!("{place}: “{words}” {why}"))
}

fn not_json(error: &serde_json::Error) -> InvalidReport {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Eof => "ends too early",
        Category::Data => "is no report of GoAccess",
        Category::Syntax | Category::Io => "is not JSON",
    };
    let said: String = error.to_string().chars().take(200).filter(|c| !c.is_control()).collect();
    InvalidReport(format!(
        "the file {what} ({said}); make it with `goaccess … -o report.json`, with the panels VISITORS and REQUESTS, \
         and read it when goaccess has ended"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn whole() -> Value {
        json!({
            "general": { "date_time": "2021-09-12 00:10:00 +0700", "valid_requests": 9 },
            "visitors": { "metadata": {}, "data": [
                { "hits": { "count": 9, "percent": "90.00" }, "visitors": { "count": 3, "percent": "60.00" }, "data": "20210912" },
                { "hits": { "count": 1, "percent": "10.00" }, "visitors": { "count": 2, "percent": "40.00" }, "data": "20210911" },
            ] },
            "requests": { "data": [
                { "hits": { "count": 4 }, "method": "GET", "data": "/cong/tin/bai-viet/khai-giang" },
                { "hits": { "count": 2 }, "method": "GET", "data": "/cong/tin/bai-viet/khai-giang/?tu=zalo" },
                { "hits": { "count": 1 }, "method": "HEAD", "data": "/cong/tin/bai-viet/khai-giang" },
                { "hits": { "count": 1 }, "data": "/cong/tin/bai-viet/hop" },
                { "hits": { "count": 8 }, "method": "GET", "data": "/bai-viet/cua-cong-khac" },
                { "hits": { "count": 8 }, "method": "GET", "data": "/cong/tin/data/article/tin/1.json" },
                { "hits": { "count": 8 }, "method": "GET", "data": "/cong/tin/bai-viet/../../x" },
                { "hits": { "count": 8 }, "method": "GET", "data": "/cong/tin/" },
            ] },
        })
    }

    fn read(value: &Value) -> Result<Report, InvalidReport> {
        Report::read(value.to_string().as_bytes(), &Base::new("/cong/tin/"))
    }

    #[test]
    fn days_and_articles_below_the_base_are_read() {
        let report = read(&whole()).expect("a report");
        assert_eq!(report.time.rfc3339(), "2021-09-12T00:10:00+07:00");
        let days: Vec<_> = report.days.iter().map(|(day, n)| (day.to_string(), *n)).collect();
        assert_eq!(days, [("2021-09-11".to_owned(), 2), ("2021-09-12".to_owned(), 3)]);
        let views: Vec<_> = report.views.iter().map(|(slug, n)| (slug.as_str(), *n)).collect();
        assert_eq!(views, [("hop", 1), ("khai-giang", 6)]);
    }

    #[test]
    fn an_address_that_is_no_utf8_does_not_stop_the_counting() {
        let text = whole().to_string().replace("/cong/tin/data/", "/cong/tin/~");
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'~' { 0xff } else { byte }).collect();
        assert!(std::str::from_utf8(&bytes).is_err());
        assert_eq!(Report::read(&bytes, &Base::new("/cong/tin/")), read(&whole()));
    }

    #[test]
    fn each_fault_is_named_with_its_place_and_cure() {
        for (pointer, value, said) in [
            ("/general/date_time", json!("yesterday"), "general.date_time: “yesterday” is no date"),
            ("/general/date_time", json!("9999-09-12 00:10:00 +0700"), "general.date_time"),
            ("/general", Value::Null, "no report of GoAccess"),
            ("/visitors/data/0/visitors/count", json!("3"), "no report of GoAccess"),
            ("/visitors/data/0/visitors/count", json!(-3), "no report of GoAccess"),
            ("/visitors/data/0/visitors/count", json!(3.5), "no report of GoAccess"),
            ("/visitors/data/0/visitors/count", json!(u64::MAX), "visitors.data: “20210912” has the count"),
            ("/requests/data/0/hits/count", json!(1e30), "no report of GoAccess"),
            (
                "/requests/data/0/hits/count",
                json!(MOST + 1),
                "requests.data: “/cong/tin/bai-viet/khai-giang” has",
            ),
            ("/visitors/data/0/data", json!("2021091210"), "--date-spec=date"),
            ("/visitors/data/0/data", json!("20210230"), "visitors.data: “20210230” is no day"),
            ("/visitors/data/0/data", json!("20210913"), "after the day on which the report was made"),
            ("/visitors/data", json!({}), "no report of GoAccess"),
        ] {
            let mut report = whole();
            *report.pointer_mut(pointer).expect("it is there") = value;
            let error = read(&report).expect_err(pointer).to_string();
            assert!(error.contains(said), "{pointer}: {error}");
        }
        for panel in ["general", "visitors", "requests"] {
            let mut report = whole();
            report.as_object_mut().expect("an object").remove(panel);
            let error = read(&report).expect_err(panel).to_string();
            assert!(
                error.contains(&format!("missing field `{panel}`")) && error.contains("goaccess"),
                "{error}"
            );
        }
        let bytes = |bytes: &[u8]| Report::read(bytes, &Base::new("/")).expect_err("no report").to_string();
        assert!(bytes(b"").contains("ends too early"));
        assert!(bytes(b"<html>").contains("is not JSON"));
        assert!(bytes(b"[1,2]").contains("no report of GoAccess"));
        assert!(bytes("[".repeat(100_000).as_bytes()).contains("make it with `goaccess"));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from),
            "[0-9]{8}".prop_map(Value::from),
        ];
        let key = prop_oneof![
            Just("general"),
            Just("visitors"),
            Just("requests"),
            Just("data"),
            Just("date_time"),
            Just("hits"),
            Just("count"),
        ];
        leaf.prop_recursive(5, 40, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map(key.clone().prop_map(str::to_owned), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_report_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Report::read(&bytes, &Base::new("/"));
        }

        #[test]
        fn any_json_is_a_report_or_an_error(value in any_json(), at in 0usize..6) {
            let _ = read(&value);
            let mut report = whole();
            let places = ["/general", "/visitors", "/requests", "/visitors/data/0", "/requests/data/0", "/requests/data/0/hits"];
            *report.pointer_mut(places[at]).expect("it is there") = value;
            let _ = read(&report);
        }

        #[test]
        fn a_report_that_is_cut_is_an_error(part in 0usize..1000) {
            let text = whole().to_string();
            let cut = text.len() * part / 1000;
            prop_assert!(Report::read(&text.as_bytes()[..cut], &Base::new("/")).is_err());
        }
    }
}
