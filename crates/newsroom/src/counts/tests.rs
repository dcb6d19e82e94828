//! Laws of reports and ledgers first, then cases. Not here: the command and its files (tests/counts.rs).

use super::*;
use proptest::prelude::*;
use std::fs;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 9, 1).expect("a day") + chrono::Days::new(number)
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// Made on the evening of its last day.
fn report(days: &[(u64, u64)], views: &[(&str, u64)]) -> Report {
    let last = days.iter().map(|(number, _)| *number).max().unwrap_or(0);
    Report {
        time: Moment::parse_rfc3339(&format!("{}T23:00:00+07:00", day(last))).expect("a moment"),
        days: days.iter().map(|&(number, visitors)| (day(number), visitors)).collect(),
        views: views.iter().map(|&(name, n)| (slug(name), n)).collect(),
    }
}

fn ledger(reports: &[Report]) -> Ledger {
    let mut ledger = Ledger::new(reports[0].time);
    for report in reports {
        ledger.take(report);
    }
    ledger
}

fn views(ledger: &Ledger) -> BTreeMap<String, u64> {
    ledger
        .counts(None)
        .articles
        .into_iter()
        .map(|article| (article.slug.to_string(), article.views))
        .collect()
}

fn pairs(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
    pairs.iter().map(|&(name, n)| (name.to_owned(), n)).collect()
}

/// What really happened: visitors and views of each day.
fn truth() -> impl Strategy<Value = Vec<(u64, [u64; 3])>> {
    proptest::collection::vec((0u64..50, [0u64..20, 0u64..20, 0u64..20]), 1..12)
}

const NAMES: [&str; 3] = ["hop", "khai-giang", "tuyen-sinh"];

/// The report that GoAccess makes of these days of the truth, of which a part is over.
fn of_days(truth: &[(u64, [u64; 3])], from: usize, to: usize, done: u64) -> Report {
    let part = |n: u64| n * done / 4;
    let range = from..=to;
    let days: Vec<_> =
        range.clone().map(|i| (i as u64, if i == to { part(truth[i].0) } else { truth[i].0 })).collect();
    let sum = |article: usize| {
        range.clone().map(|i| if i == to { part(truth[i].1[article]) } else { truth[i].1[article] }).sum()
    };
    let views: Vec<_> = NAMES.iter().enumerate().map(|(i, name)| (*name, sum(i))).collect();
    report(&days, &views)
}

fn sums(truth: &[(u64, [u64; 3])]) -> BTreeMap<String, u64> {
    let sum = |article: usize| truth.iter().map(|(_, views)| views[article]).sum::<u64>();
    NAMES.iter().enumerate().map(|(i, name)| ((*name).to_owned(), sum(i))).filter(|(_, n)| *n > 0).collect()
}

fn any_reports() -> impl Strategy<Value = Vec<Report>> {
    let days = proptest::collection::btree_map(0u64..12, 0u64..100, 0..5);
    let views = proptest::collection::btree_map(0usize..3, 0u64..100, 0..4);
    let one = (days, views).prop_map(|(days, views)| {
        let days: Vec<_> = days.into_iter().collect();
        let views: Vec<_> = views.into_iter().map(|(i, n)| (NAMES[i], n)).collect();
        report(&days, &views)
    });
    proptest::collection::vec(one, 1..12)
}

proptest! {
    #[test]
    fn the_same_report_changes_nothing_the_second_time(reports in any_reports()) {
        let mut ledger = Ledger::new(reports[0].time);
        for report in &reports {
            ledger.take(report);
            let once = ledger.clone();
            ledger.take(report);
            prop_assert_eq!(&ledger, &once);
        }
    }

    #[test]
    fn no_figure_ever_becomes_smaller(reports in any_reports()) {
        let mut ledger = Ledger::new(reports[0].time);
        for report in &reports {
            let (before, had) = (ledger.counts(None), views(&ledger));
            ledger.take(report);
            let (after, has) = (ledger.counts(None), views(&ledger));
            prop_assert!(before.total <= after.total && before.time <= after.time);
            prop_assert!(before.today.day < after.today.day || before.today.visitors <= after.today.visitors);
            prop_assert!(had.iter().all(|(name, n)| has[name] >= *n), "{had:?} {has:?}");
        }
    }

    #[test]
    fn visitors_do_not_depend_on_the_order_of_reports(reports in any_reports(), seed in any::<u64>()) {
        let mut shuffled = reports.clone();
        for i in (1..shuffled.len()).rev() {
            shuffled.swap(i, usize::try_from(seed.rotate_left(i as u32) % (i as u64 + 1)).expect("small"));
        }
        let (a, b) = (ledger(&reports).counts(None), ledger(&shuffled).counts(None));
        prop_assert_eq!((a.total, a.today, a.time), (b.total, b.today, b.time));
    }

    /// The script of docs/counts.sh: yesterday's report and today's, several times a day, yesterday's growing until the
    /// first run after midnight, and later read from logs of which a part is gone.
    #[test]
    fn a_report_for_each_day_gives_exact_figures(truth in truth(), lost in 0u64..4) {
        let mut ledger = Ledger::new(of_days(&truth, 0, 0, 0).time);
        for today in 0..truth.len() {
            for (run, done) in [0, 1, 3, 4].into_iter().enumerate() {
                if let Some(yesterday) = today.checked_sub(1) {
                    ledger.take(&of_days(&truth, yesterday, yesterday, if run == 0 { 4 } else { lost }));
                }
                if done < 4 || today + 1 == truth.len() {
                    ledger.take(&of_days(&truth, today, today, done));
                }
            }
        }
        prop_assert_eq!(views(&ledger), sums(&truth));
        prop_assert_eq!(ledger.counts(None).total, truth.iter().map(|day| day.0).sum::<u64>());
    }

    /// GoAccess with --persist and --restore, or a log that is never rotated.
    #[test]
    fn a_report_that_only_grows_gives_exact_figures(truth in truth()) {
        let mut ledger = Ledger::new(of_days(&truth, 0, 0, 0).time);
        for today in 0..truth.len() {
            for done in 0..=4 {
                ledger.take(&of_days(&truth, 0, today, done));
            }
        }
        prop_assert_eq!(views(&ledger), sums(&truth));
    }

    /// Any logs: weekly ones, several days at once, days twice.
    #[test]
    fn true_reports_never_count_more_than_there_was(truth in truth(), ranges in proptest::collection::vec((0usize..12, 0usize..12, 0u64..=4), 1..12)) {
        let at = |i: usize| i % truth.len();
        let reports: Vec<_> = ranges.iter().map(|&(a, b, done)| {
            of_days(&truth, at(a).min(at(b)), at(a).max(at(b)), done)
        }).collect();
        let ledger = ledger(&reports);
        let real = sums(&truth);
        for (name, n) in views(&ledger) {
            prop_assert!(n <= real[&name], "{name}: {n}, and there were {real:?}");
        }
        prop_assert!(ledger.counts(None).total <= truth.iter().map(|day| day.0).sum::<u64>());
    }

    #[test]
    fn a_ledger_is_read_back_as_it_was_written(reports in any_reports(), start in 0u64..MOST) {
        let mut ledger = ledger(&reports);
        ledger.start_from(start);
        let text = serde_json::to_string(&ledger).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Ledger>(&text).expect("a ledger"), ledger);
    }
}

#[test]
fn an_old_counter_is_added_once_however_often_it_is_given() {
    let mut ledger = ledger(&[report(&[(0, 5)], &[])]);
    for start in [3_799_249, 3_799_249, 0] {
        ledger.start_from(start);
        assert_eq!(ledger.counts(None).total, 3_799_254);
    }
}

#[test]
fn views_of_a_rotated_log_are_added_to_those_before() {
    let week = report(&[(0, 5), (1, 6)], &[("hop", 10), ("khai-giang", 1)]);
    let next = report(&[(2, 3)], &[("hop", 2)]);
    assert_eq!(views(&ledger(&[week.clone(), next.clone()])), pairs(&[("hop", 12), ("khai-giang", 1)]));
    // The old log once more, after the new one: its days are closed.
    assert_eq!(views(&ledger(&[week.clone(), next, week])), pairs(&[("hop", 12), ("khai-giang", 1)]));
}

#[test]
fn views_of_days_that_two_reports_share_are_not_counted_twice() {
    let reports = [report(&[(0, 5), (1, 6)], &[("hop", 10)]), report(&[(1, 6), (2, 4)], &[("hop", 8)])];
    assert_eq!(views(&ledger(&reports)), pairs(&[("hop", 10)]));
    assert_eq!(ledger(&reports).counts(None).total, 15);
}

#[test]
fn days_of_long_ago_become_one_sum_and_are_not_counted_again() {
    let long = report(&(0..1000).map(|i| (i, 2)).collect::<Vec<_>>(), &[("hop", 9)]);
    let mut ledger = ledger(std::slice::from_ref(&long));
    assert_eq!((ledger.days.len(), ledger.open.len(), ledger.counts(None).total), (DAYS, DAYS, 2000));
    ledger.take(&report(&[(3, 70)], &[("hop", 70)]));
    ledger.take(&long);
    assert_eq!((ledger.counts(None).total, views(&ledger)), (2000, pairs(&[("hop", 9)])));
    // It goes on growing from there.
    let longer = report(&(0..1001).map(|i| (i, 2)).collect::<Vec<_>>(), &[("hop", 11)]);
    ledger.take(&longer);
    assert_eq!((ledger.counts(None).total, views(&ledger)), (2002, pairs(&[("hop", 11)])));
}

#[test]
fn readers_get_the_most_read_articles_and_no_endless_list() {
    let names: Vec<String> = (0..150_000).map(|i| format!("bai-{i}")).collect();
    let rows: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 1)).chain([("hop", 3)]).collect();
    let mut ledger = ledger(&[report(&[(0, 1)], &rows)]);
    assert_eq!(ledger.open_views.len(), ARTICLES);
    ledger.take(&report(&[(1, 1)], &[("hop", 1)]));
    let articles = ledger.counts(None).articles;
    assert_eq!(
        (articles.len(), articles[0].slug.as_str(), articles[0].views),
        (Counts::MAX_ARTICLES, "hop", 4)
    );
    assert!(articles[1..].is_sorted_by_key(|article| article.slug.clone()));
}

#[test]
fn an_empty_report_says_that_nobody_came_today() {
    let mut ledger = ledger(&[report(&[(0, 5)], &[("hop", 2)])]);
    let mut empty = report(&[], &[]);
    empty.time = report(&[(1, 0)], &[]).time;
    ledger.take(&empty);
    let counts = ledger.counts(None);
    assert_eq!((counts.today.day, counts.today.visitors, counts.total), (day(1), 0, 5));
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_old_one() {
    let folder = std::env::temp_dir().join(format!("bantin-books-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let take = |n: u64| Books::open(&folder).and_then(|books| books.take(&[report(&[(0, n)], &[])], 0, None));
    take(5).expect("written");
    let old = fs::read(folder.join(Ledger::FILE)).expect("there");
    // A folder in the way of the fresh file stops root, too.
    fs::create_dir(folder.join(".counts-ledger.json.new")).expect("a folder");
    let error = format!("{:#}", take(6).expect_err("cannot be written"));
    assert!(error.contains("the old file is still there"), "{error}");
    assert_eq!(fs::read(folder.join(Ledger::FILE)).expect("there"), old);
    fs::remove_dir_all(&folder).expect("removed");
}
