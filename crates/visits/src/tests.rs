//! The laws first, then the days and clocks that went wrong elsewhere.

use super::*;
use proptest::prelude::*;

const ME: Writer = Writer(0x00c0_ffee);
const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
/// 2025-03-17T00:00:00+07:00, a Monday.
const MONDAY: i64 = 1_742_144_400;

fn log(views: &[i64]) -> VisitLog {
    let mut log = VisitLog::default();
    views.iter().for_each(|at| log.record(ME, Page::default(), *at));
    log
}

fn figures(log: &VisitLog, now: i64) -> [u64; 4] {
    let Summary { today, total, .. } = log.summary(now);
    [today.visits, total.visits, today.views, total.views]
}

/// The definition, word by word, over all views at once: first, after 30 minutes without one, after midnight.
fn visits_by_definition(mut views: Vec<i64>) -> u64 {
    views.sort_unstable();
    let day = |at: i64| (at + 7 * HOUR).div_euclid(DAY);
    let new = |pair: &&[i64]| pair[1] - pair[0] >= 30 * MINUTE || day(pair[0]) != day(pair[1]);
    views.windows(2).filter(new).count() as u64 + u64::from(!views.is_empty())
}

/// Times of views: some days long, close together.
fn views() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec((0i64..4, 0i64..DAY).prop_map(|(day, second)| MONDAY + day * DAY + second), 0..60)
}

/// A page among more than are kept, by the time of the view.
fn page_of(at: i64) -> Page<'static> {
    const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];
    let name = |n: i64| NAMES[usize::try_from(n.rem_euclid(7)).expect("small")];
    Page {
        article: (at % 3 != 0).then(|| (name(at / 3), name(at / 5))),
        category: (at % 2 == 0).then(|| name(at / 11)),
    }
}

/// Logs of several writers over several years, with days that became months and clocks that went astray.
fn any_log() -> impl Strategy<Value = VisitLog> {
    let run = (0u32..3, 0i64..1_500, prop::collection::vec(0i64..(2 * DAY), 0..90), any::<bool>());
    prop::collection::vec(run, 0..4).prop_map(|runs| {
        let mut log = VisitLog::default();
        for (writer, start, gaps, back) in runs {
            let mut at = MONDAY + start * DAY;
            for gap in gaps {
                at += if back { -gap } else { gap };
                log.record(Writer(writer), page_of(at), at);
            }
        }
        log
    })
}

proptest! {
    #[test]
    fn visits_are_those_of_the_definition_in_whatever_order_they_are_written(
        (views, shuffled) in views().prop_flat_map(|views| (Just(views.clone()), Just(views).prop_shuffle())),
    ) {
        let log = log(&shuffled);
        prop_assert_eq!(&log, &self::log(&views));
        let [_, total, _, views_total] = figures(&log, MONDAY);
        prop_assert_eq!((total, views_total), (visits_by_definition(views.clone()), views.len() as u64));
        let days: u64 = (0..4).map(|day| log.summary(MONDAY + day * DAY).today.visits).sum();
        prop_assert_eq!(days, total);
    }

    #[test]
    fn logs_join_in_any_order_and_any_number_of_times(a in any_log(), b in any_log(), c in any_log()) {
        let join = |a: &VisitLog, b: &VisitLog| a.clone().merge(b.clone());
        prop_assert_eq!(join(&a, &b), join(&b, &a));
        prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
        prop_assert_eq!(&join(&a, &a), &a);
        prop_assert_eq!(join(&a, &VisitLog::default()), a);
    }

    #[test]
    fn what_was_joined_before_is_not_counted_again(a in any_log(), b in any_log()) {
        let both = a.clone().merge(b.clone());
        prop_assert_eq!(&both.clone().merge(a), &both);
        prop_assert_eq!(both.clone().merge(b), both);
    }

    #[test]
    fn an_older_copy_adds_nothing_to_a_newer_one(views in views(), more in views()) {
        let old = log(&views);
        let mut new = old.clone();
        more.iter().for_each(|at| new.record(ME, Page::default(), *at));
        prop_assert_eq!(new.clone().merge(old), new);
    }

    #[test]
    fn views_of_one_browser_in_several_tabs_are_the_same_visits(
        views in views(),
        tabs in prop::collection::vec(0usize..4, 60),
    ) {
        let mut parts = [(); 4].map(|()| VisitLog::default());
        for (at, tab) in views.iter().zip(tabs) {
            parts[tab].record(ME, Page::default(), *at);
        }
        let joined = parts.into_iter().fold(VisitLog::default(), VisitLog::merge);
        let sum = joined.summary(MONDAY);
        prop_assert_eq!(sum.total.visits, visits_by_definition(views));
        prop_assert!(sum.total.views >= sum.total.visits && sum.today.views >= sum.today.visits);
    }

    #[test]
    fn every_view_counts_once_and_never_takes_a_visit_away(log in any_log(), now in any::<i64>()) {
        let before = log.summary(now);
        let mut after = log;
        after.record(ME, Page::default(), now);
        let after = after.summary(now);
        prop_assert_eq!(after.total.views, before.total.views + 1);
        // One view may join two visits into one: at 8:00 and 8:50, then one written late for 8:25.
        let (after, before) = (after.total.visits, before.total.visits);
        prop_assert!(after <= before + 1 && after + 1 >= before);
    }

    #[test]
    fn what_is_encoded_is_decoded(a in any_log(), b in any_log()) {
        let log = a.merge(b);
        prop_assert_eq!(VisitLog::decode(&log.encode()), Ok(log));
    }

    #[test]
    fn any_text_is_decoded_or_refused(text in "\\PC{0,80}|[\\[\\]{}\":,0-9a-z-]{0,80}") {
        let _ = VisitLog::decode(&text);
    }

    #[test]
    fn a_damaged_log_is_refused_or_still_sound(
        log in any_log(),
        at in 0usize..5_000,
        letter in "[0-9,\\[\\]{}\":-]",
        now in any::<i64>(),
    ) {
        let mut text = log.encode();
        let at = at % text.len();
        text.replace_range(at..=at, &letter);
        if let Ok(mut log) = VisitLog::decode(&text) {
            log.record(ME, Page::default(), now);
            prop_assert_eq!(VisitLog::decode(&log.encode()), Ok(log));
        }
    }
}

#[test]
fn nothing_was_visited_before_the_first_view() {
    assert_eq!(figures(&VisitLog::default(), MONDAY), [0; 4]);
    assert_eq!(figures(&log(&[MONDAY]), MONDAY), [1; 4]);
}

#[test]
fn a_visit_ends_after_thirty_minutes_without_a_view() {
    let eight = MONDAY + 8 * HOUR;
    let just_under = 30 * MINUTE - 1;
    assert_eq!(figures(&log(&[eight, eight + just_under, eight + 2 * just_under]), eight), [1, 1, 3, 3]);
    assert_eq!(figures(&log(&[eight, eight + 30 * MINUTE]), eight), [2, 2, 2, 2]);
}

#[test]
fn midnight_in_viet_nam_begins_a_new_visit_and_no_other_midnight_does() {
    let last_second = MONDAY + DAY - 1; // 16:59:59Z
    let log = log(&[last_second, last_second + 1]);
    assert_eq!(figures(&log, last_second), [1, 2, 1, 2]);
    assert_eq!(figures(&log, last_second + 1), [1, 2, 1, 2]);
    let utc_midnight = MONDAY + 7 * HOUR;
    assert_eq!(figures(&self::log(&[utc_midnight - 1, utc_midnight]), MONDAY), [1, 1, 2, 2]);
}

#[test]
fn the_leap_day_is_a_day() {
    let leap_day = 1_709_139_600; // 2024-02-29T00:00:00+07:00
    let log = log(&[leap_day - 1, leap_day, leap_day + DAY - 1, leap_day + DAY]);
    assert_eq!(figures(&log, leap_day), [2, 4, 2, 4]);
    assert!(log.encode().contains("\"2024-02-29\""));
}

#[test]
fn a_clock_set_back_or_forward_loses_and_invents_nothing() {
    let ten = MONDAY + 10 * HOUR;
    // Two days back for a while: that day has its visit, and today's goes on where it was.
    let back = log(&[ten, ten + MINUTE, ten - 2 * DAY, ten + 5 * MINUTE]);
    assert_eq!(figures(&back, ten), [1, 2, 3, 4]);
    assert_eq!(figures(&back, ten - 2 * DAY), [1, 2, 1, 4]);
    // Ten years forward for one view.
    let mut forward = log(&[ten, ten + 3650 * DAY, ten + 5 * MINUTE]);
    assert_eq!(figures(&forward, ten), [1, 2, 2, 3]);
    for day in 1..400 {
        forward.record(ME, Page::default(), ten + day * DAY);
    }
    assert_eq!(figures(&forward, ten + 399 * DAY), [1, 401, 1, 402]);
    // To the beginning of time and beyond both ends of it.
    let ends = log(&[i64::MIN, 0, i64::MAX]);
    assert_eq!(figures(&ends, i64::MAX), [1, 3, 1, 3]);
    assert_eq!(VisitLog::decode(&ends.encode()), Ok(ends));
}

#[test]
fn a_view_that_comes_to_a_day_which_became_part_of_a_month_still_counts() {
    let mut log = VisitLog::default();
    let at = |day: i64| MONDAY + day * DAY + 9 * HOUR;
    (0..100).for_each(|day| log.record(ME, Page::default(), at(day)));
    assert_eq!(figures(&log, at(99)), [1, 100, 1, 100]);
    for minutes in [10, 20, 60] {
        log.record(ME, Page::default(), at(0) + minutes * MINUTE);
    }
    let [_, total, _, views] = figures(&log, at(99));
    assert_eq!(views, 103);
    assert!((101..=102).contains(&total), "one or two late visits, not three: {total}");
}

#[test]
fn browsers_count_apart_and_are_summed() {
    let other = Writer(7);
    let mut here = log(&[MONDAY]);
    let mut there = VisitLog::default();
    there.record(other, Page::default(), MONDAY);
    there.record(other, Page::default(), MONDAY + HOUR);
    here = here.merge(there);
    assert_eq!(figures(&here, MONDAY), [3, 3, 3, 3]);
}

#[test]
fn four_tabs_with_two_hundred_views_each_are_eight_hundred_when_each_write_is_whole() {
    let mut stored = VisitLog::default().encode();
    for view in 0..200 {
        for _tab in 0..4 {
            let mut log = VisitLog::decode(&stored).expect("our own");
            log.record(ME, Page::default(), MONDAY + view);
            stored = log.encode();
        }
    }
    assert_eq!(figures(&VisitLog::decode(&stored).expect("our own"), MONDAY), [1, 1, 800, 800]);
}

#[test]
fn days_weeks_months_and_years_have_their_views() {
    // MONDAY is 2025-03-17: a view each day from 1 January on.
    let first = MONDAY - 75 * DAY;
    let log = log(&(0..=76).map(|day| first + day * DAY + 9 * HOUR).collect::<Vec<_>>());
    let tuesday = MONDAY + DAY + 10 * HOUR;
    let Summary { today, week, month, year, total } = log.summary(tuesday);
    assert_eq!([today, week, month, year, total].map(|f| f.visits), [1, 2, 18, 77, 77]);
    let days = log.days(tuesday, 30);
    assert_eq!(
        (days.len(), days[0].0.to_string(), days[29].0.to_string()),
        (30, "2025-02-17".into(), "2025-03-18".into())
    );
    assert!(days.iter().all(|(_, figures)| figures.visits == 1));
    let months = log.months(tuesday, 12);
    assert_eq!((months.len(), months[0].0.to_string()), (12, "2024-04-01".into()));
    let visits: Vec<u64> = months.iter().map(|(_, figures)| figures.visits).collect();
    assert_eq!(visits[8..], [0, 31, 28, 18]);
    assert_eq!(
        log.visits(2),
        [(tuesday - HOUR, tuesday - HOUR), (tuesday - HOUR - DAY, tuesday - HOUR - DAY)]
    );
}

#[test]
fn articles_and_categories_are_counted_by_name_and_the_latest_stay() {
    let mut log = VisitLog::default();
    let article = |slug: &'static str, title: &'static str| Page {
        article: Some((slug, title)),
        category: Some("tin"),
    };
    log.record(ME, article("a", "Cũ"), MONDAY);
    log.record(ME, article("b", "B"), MONDAY + 1);
    log.record(ME, article("a", "Mới"), MONDAY + 2);
    log.record(Writer(7), article("a", "Mới hơn"), MONDAY + 3);
    let names =
        |counted: Vec<Counted>| counted.into_iter().map(|c| (c.slug, c.title, c.views)).collect::<Vec<_>>();
    assert_eq!(names(log.articles(9)), [("a".into(), "Mới hơn".into(), 3), ("b".into(), "B".into(), 1)]);
    assert_eq!(names(log.categories(9)), [("tin".into(), String::new(), 4)]);
    for i in 0..VisitLog::ARTICLES {
        let slug = format!("bai-{i}");
        log.record(ME, Page { article: Some((&slug, "x")), category: None }, MONDAY + 10);
    }
    assert_eq!(log.articles(1000).len(), VisitLog::ARTICLES + 1, "the other browser keeps its own");
    assert!(log.articles(1000).iter().all(|counted| counted.slug != "b"), "viewed first, gone first");
}

proptest! {
    #[test]
    fn articles_join_in_any_order_although_few_are_kept(
        logs in prop::collection::vec(prop::collection::vec((0u32..150, 0i64..50), 0..120), 3)
    ) {
        let logs: Vec<VisitLog> = logs
            .into_iter()
            .map(|views| {
                let mut log = VisitLog::default();
                for (name, second) in views {
                    let slug = format!("bai-{name}");
                    log.record(ME, Page { article: Some((&slug, &slug)), category: Some(&slug) }, MONDAY + second);
                }
                log
            })
            .collect();
        let [a, b, c] = &logs[..] else { unreachable!("three logs") };
        let join = |a: &VisitLog, b: &VisitLog| a.clone().merge(b.clone());
        prop_assert_eq!(join(a, b), join(b, a));
        prop_assert_eq!(join(&join(a, b), c), join(a, &join(b, c)));
        prop_assert_eq!(&join(a, a), a);
        prop_assert_eq!(&VisitLog::decode(&a.encode()).expect("our own"), a);
    }
}

#[test]
fn ten_years_of_daily_use_stay_small() {
    let mut log = VisitLog::default();
    for day in 0..3653 {
        // The most a day can have: a visit every half hour.
        for visit in 0..48 {
            // Names and titles as long as they can be, in letters of three bytes.
            let slug = format!("{:->200}", day * 48 + visit);
            let page = Page { article: Some((&slug, &"ề".repeat(90))), category: Some(&slug) };
            log.record(ME, page, MONDAY + day * DAY + visit * 30 * MINUTE);
        }
    }
    assert_eq!(figures(&log, MONDAY + 3652 * DAY), [48, 3653 * 48, 48, 3653 * 48]);
    assert!(log.encode().len() < 100_000, "{} bytes", log.encode().len());
}

#[test]
fn the_text_is_the_one_that_later_versions_must_read() {
    let days = r#""days":{"2025-03-17":[3,[[28800,29100],[50400,50400]]]}"#;
    let months = r#""months":{"2025-01-01":[40,12,5,2592000]}"#;
    let text = format!(r#"{{"visits":1,"books":{{"00c0ffee":{{{days},{months}}}}}}}"#);
    let log = VisitLog::decode(&text).expect("version 1");
    assert_eq!(figures(&log, MONDAY), [2, 14, 3, 43]);
    assert_eq!(log.encode(), text.replace("\"visits\":1", "\"visits\":2"));
    let articles = r#""articles":{"khai-giang":[1742176800,3,"Khai giảng"]}"#;
    let categories = r#""categories":{"tin":[1742176800,3,""]}"#;
    let text =
        format!(r#"{{"visits":2,"books":{{"00c0ffee":{{{days},{months},{articles},{categories}}}}}}}"#);
    assert_eq!(VisitLog::decode(&text).map(|log| log.encode()), Ok(text));
    assert_eq!(VisitLog::decode(r#"{"visits":1,"books":{}}"#), Ok(VisitLog::default()));
}

#[test]
fn what_is_no_log_of_ours_is_refused() {
    let book = |inside: &str| format!(r#"{{"visits":1,"books":{{"00000001":{{{inside}}}}}}}"#);
    assert!(VisitLog::decode(&book(r#""days":{"2025-03-17":[1,[[0,0]]]}"#)).is_ok());
    for garbage in [
        "",
        "null",
        "[]",
        "{}",
        "1",
        r#"{"visits":1}"#,
        r#"{"visits":0,"books":{}}"#,
        r#"{"visits":2.5,"books":{}}"#,
        r#"{"visits":-1,"books":{}}"#,
        r#"{"visits":1,"books":{},"more":1}"#,
        r#"{"visits":1,"books":{"1":{}}}"#,
        r#"{"visits":1,"books":{"0000000G":{}}}"#,
        &book(r#""weeks":{}"#),
        &book(r#""days":{"2025-02-30":[1,[[0,0]]]}"#),
        &book(r#""days":{"2025-03-17":[-1,[[0,0]]]}"#),
        &book(r#""days":{"2025-03-17":[5000000000,[[0,0]]]}"#),
        &" ".repeat(1_000_001),
    ] {
        assert!(matches!(VisitLog::decode(garbage), Err(Error::Form(_))), "{garbage:.80}");
    }
    for absurd in [
        r#""days":{"2025-03-17":[1,[]]}"#,
        r#""days":{"2025-03-17":[0,[[0,0]]]}"#,
        r#""days":{"2025-03-17":[2,[[0,0],[1799,1799]]]}"#,
        r#""days":{"2025-03-17":[2,[[1800,1800],[0,0]]]}"#,
        r#""days":{"2025-03-17":[2,[[9,8]]]}"#,
        r#""days":{"2025-03-17":[1,[[0,86400]]]}"#,
        r#""days":{"2025-03-17":[1000000001,[[0,0]]]}"#,
        r#""days":{"2025-03-17":[2,[[0,4294967295],[0,0]]]}"#,
        r#""days":{"1969-12-31":[1,[[0,0]]]}"#,
        r#""days":{"2201-01-01":[1,[[0,0]]]}"#,
        r#""days":{"2025-03-01":[1,[[0,0]]]},"months":{"2025-03-01":[1,1,1,0]}"#,
        r#""months":{"2025-03-02":[1,1,1,0]}"#,
        r#""months":{"2025-02-01":[1,1,268435456,0]}"#,
        r#""months":{"2025-03-01":[1,1,0,0]}"#,
        r#""months":{"2025-03-01":[1,2,1,0]}"#,
        r#""months":{"2025-03-01":[1,0,1,0]}"#,
        r#""months":{"2025-03-01":[1,1,1,2678400]}"#,
        r#""months":{"2025-03-01":[4000000000,1,1,0]}"#,
        r#""articles":{"":[0,1,""]}"#,
        r#""articles":{"a":[-1,1,""]}"#,
        r#""articles":{"a":[9999999999999,1,""]}"#,
        r#""articles":{"a":[0,0,""]}"#,
        &format!(r#""articles":{{"a":[0,1,"{}"]}}"#, "á".repeat(81)),
        &format!(r#""categories":{{"{}":[0,1,""]}}"#, "a".repeat(201)),
    ] {
        assert!(matches!(VisitLog::decode(&book(absurd)), Err(Error::Absurd(_))), "{absurd}");
    }
    assert_eq!(VisitLog::decode(r#"{"visits":3,"shape":"new"}"#), Err(Error::Newer(3)));
}
