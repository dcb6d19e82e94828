//! Laws first, then cases.

use super::*;
use chrono::NaiveDate;
use proptest::{collection::btree_set, option, prelude::*};
use search_index::Order;
use work_calendar::Week;

fn slugs() -> impl Strategy<Value = Slug> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}".prop_map(|text| text.parse().expect("a slug"))
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0..109_900_u64).prop_map(|n| NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + chrono::Days::new(n))
}

fn queries() -> impl Strategy<Value = Query> {
    let dates = (option::of(days()), option::of(days())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        other => other,
    });
    let order = prop_oneof![Just(Order::Best), Just(Order::Newest)];
    // Any character at all: controls, spaces of all kinds, unassigned ones.
    let words = proptest::collection::vec(any::<char>(), 0..230).prop_map(String::from_iter);
    let words = prop_oneof!["[a-zá-ỹ &=+%#?/]{0,60}", words];
    let name = || prop_oneof![3 => Just(String::new()), 1 => "[a-zá-ỹ &=+%#?/]{0,140}"];
    let filters = (name(), name(), any::<[bool; 3]>());
    (words, btree_set(slugs(), 0..60), dates, filters, order, 1..=MAX_PAGE).prop_map(
        |(words, categories, (from, to), (unit, tag, [titles_only, attachments, as_typed]), order, page)| {
            let of = Query {
                words,
                categories,
                from,
                to,
                unit,
                tag,
                titles_only,
                attachments,
                as_typed,
                order,
                page,
            };
            of.normalised()
        },
    )
}

fn lists() -> impl Strategy<Value = List> {
    let periods = (1000..=9999, option::of(1..=12u32));
    prop_oneof![
        slugs().prop_map(List::Category),
        slugs().prop_map(List::Topic),
        periods.prop_map(|(year, month)| List::Period(Period::new(year, month).expect("a period"))),
    ]
}

/// What addresses say: only that is ever chosen.
pub(crate) fn embeddings() -> impl Strategy<Value = Embedding> {
    let key = "(src|category|query|from|to|limit|layout|open|theme|lang|heading|title|refresh|article|accent|size|width|integrity)";
    let usual =
        "(https://a.example/|tuyen-sinh|2021-09-11|[0-9]{1,3}|cards|card|new|dark|en|#?[0-9a-f]{6}|200|1|)";
    let value = prop_oneof![2 => usual, 1 => "\\PC{0,40}"].prop_map(|text| form::encode(&text));
    proptest::collection::vec((key, value), 0..12).prop_map(|pairs| {
        let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        Embedding::parse(&pairs.join("&"))
    })
}

fn routes() -> impl Strategy<Value = Route> {
    prop_oneof![
        Just(Route::Home),
        (lists(), 1..=MAX_PAGE).prop_map(|(list, page)| Route::List { list, page }),
        Just(Route::Contents),
        slugs().prop_map(Route::Article),
        queries().prop_map(Route::Search),
        (option::of(days().prop_map(Week::of)), "[ a-zĐồ&=%+]{0,12}", any::<bool>())
            .prop_map(|(week, who, table)| Route::Calendar(Agenda { week, who, table }.normalised())),
        Just(Route::Statistics),
        Just(Route::Saved),
        embeddings().prop_map(|chosen| Route::Embedding(Box::new(chosen))),
        Just(Route::NotFound),
    ]
}

fn parse_whole(address: &str) -> Located {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    parse(path, query)
}

proptest! {
    #[test]
    fn what_is_printed_is_parsed_with_nothing_dropped(route in routes()) {
        let located = parse_whole(&print(&route));
        prop_assert_eq!(located, Located { route, dropped: vec![] });
    }

    #[test]
    fn one_route_has_one_plain_address(route in routes()) {
        let address = print(&route);
        prop_assert!(!address.starts_with('/') && address.is_ascii() && !address.contains([' ', '#', '"', '<']));
        prop_assert_eq!(print(&parse_whole(&address).route), address);
    }

    #[test]
    fn any_address_gives_a_route_and_printing_it_settles(path in "\\PC{0,60}", query in "\\PC{0,200}") {
        assert_settles(&path, &query)?;
    }

    #[test]
    fn any_address_of_known_pieces_settles(
        path in "(chuyen-muc|chu-de|luu-tru|bai-viet|tim-kiem|lich-cong-tac|thong-ke|tao-ma-nhung|index.html|2025-W12|2025-12|a|/|%2F|%){0,5}",
        query in "((q|muc|tu|den|xep|trang|x)=[ -~á-ỹ]{0,20}&){0,6}(%[0-9a-fA-F]?|[0-9/+-]){0,9}",
    ) {
        assert_settles(&path, &query)?;
        assert_settles("tim-kiem", &query)?;
    }
}

/// Whatever is asked, the address of what was understood is understood whole, and its faults are few.
fn assert_settles(path: &str, query: &str) -> Result<(), TestCaseError> {
    let Located { route, dropped } = parse(path, query);
    prop_assert!(dropped.len() <= MAX_DROPPED && dropped.iter().all(|d| d.value.chars().count() <= 80));
    prop_assert_eq!(parse_whole(&print(&route)), Located { route, dropped: vec![] });
    Ok(())
}

#[test]
fn addresses_read_as_written_in_the_design() {
    let slug = |text: &str| text.parse::<Slug>().expect("a slug");
    for (address, route) in [
        ("", Route::Home),
        ("index.html", Route::Home),
        ("chuyen-muc/tuyen-sinh", List::Category(slug("tuyen-sinh")).route()),
        ("chuyen-muc/tuyen-sinh/?trang=2", Route::List { list: List::Category(slug("tuyen-sinh")), page: 2 }),
        ("chu-de/lop-10", List::Topic(slug("lop-10")).route()),
        ("luu-tru", Route::Contents),
        ("luu-tru/2021/", List::Period("2021".parse().expect("a year")).route()),
        (
            "luu-tru/2021-09?trang=3",
            Route::List { list: List::Period("2021-09".parse().expect("a month")), page: 3 },
        ),
        ("bai-viet/khai-giang-2021", Route::Article(slug("khai-giang-2021"))),
        ("lich-cong-tac", Route::Calendar(Agenda::default())),
        ("lich-cong-tac/", Route::Calendar(Agenda::default())),
        ("lich-cong-tac/2025-W12", Route::Calendar(Agenda::of(Week::new(2025, 12).expect("a week")))),
        (
            "lich-cong-tac?ai=Gi%C3%A1m+%C4%91%E1%BB%91c&dang=bang",
            Route::Calendar(Agenda { who: "Giám đốc".into(), table: true, ..Agenda::default() }),
        ),
        ("thong-ke", Route::Statistics),
        ("da-luu", Route::Saved),
        ("tao-ma-nhung", Route::Embedding(Box::default())),
        ("tao-ma-nhung?limit=5&layout=list&heading=&title=&x=1&width=full", {
            let mut chosen = Embedding::default();
            chosen.embed.heading = Some(String::new());
            Route::Embedding(Box::new(chosen))
        }),
        ("bai-viet/Không-Phải", Route::NotFound),
        ("bai-viet", Route::NotFound),
        ("bai-viet/a/b", Route::NotFound),
        ("tim-kiem/x", Route::NotFound),
        ("khong-co", Route::NotFound),
        ("/bai-viet/a", Route::NotFound),
        ("bai-viet/khai-giang/index.html", Route::Article(slug("khai-giang"))),
        ("bai-viet/khai%2Dgiang", Route::Article(slug("khai-giang"))),
        ("bai-viet%2Fa", Route::NotFound),
        ("bai-viet/%FF%", Route::NotFound),
        ("bai-viet/a//", Route::NotFound),
        ("thong-keindex.html", Route::NotFound),
        ("lich-cong-tac/2025-W12/x", Route::NotFound),
        ("tim-kiem?x=1&utm_source=zalo&q=&tu=&den=&xep=&muc=&trang=", Route::Search(Query::default())),
        ("?tu=x&trang=0", Route::Home),
    ] {
        assert_eq!(parse_whole(address), Located { route, dropped: vec![] }, "{address}");
    }
}

#[test]
fn a_question_sent_by_a_form_is_read() {
    let Route::Search(query) = parse_whole(
        "tim-kiem?q=gi%C3%A1o++d%E1%BB%A5c&muc=b&muc=a&tu=2021-09-01&den=30/09/2021&xep=&trang=2",
    )
    .route
    else {
        panic!("a search")
    };
    assert_eq!(query.words, "giáo dục");
    assert_eq!(query.categories.iter().map(Slug::as_str).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(query.from, NaiveDate::from_ymd_opt(2021, 9, 1));
    assert_eq!(query.to, NaiveDate::from_ymd_opt(2021, 9, 30));
    assert_eq!((query.order, query.page), (Order::Best, 2));
}

#[test]
fn each_part_that_makes_no_sense_is_named() {
    for (address, key, why) in [
        ("tim-kiem?tu=2021-02-30", "tu", Why::NotADate),
        ("tim-kiem?den=hôm+qua", "den", Why::NotADate),
        ("tim-kiem?tu=2021-09-02&den=2021-09-01", "den", Why::EndsBeforeItStarts),
        ("tim-kiem?trang=0", "trang", Why::NotAPage),
        ("tim-kiem?trang=-1", "trang", Why::NotAPage),
        ("tim-kiem?trang=99999999999", "trang", Why::NotAPage),
        ("chuyen-muc/a?trang=x", "trang", Why::NotAPage),
        ("tim-kiem?muc=Tuy%E1%BB%83n", "muc", Why::NotACategory),
        ("tim-kiem?xep=cu-nhat", "xep", Why::UnknownOrder),
        ("lich-cong-tac/2025-W60", "lich-cong-tac", Why::NotAWeek),
        ("lich-cong-tac/2021-W53", "lich-cong-tac", Why::NotAWeek),
        ("luu-tru/2021-13", "luu-tru", Why::NotAPeriod),
        ("luu-tru/thang-9", "luu-tru", Why::NotAPeriod),
    ] {
        let dropped = parse_whole(address).dropped;
        assert_eq!(dropped.iter().map(|d| (d.key, d.why)).collect::<Vec<_>>(), [(key, why)], "{address}");
    }
    let long = format!("tim-kiem?q={}", "a".repeat(300));
    let located = parse_whole(&long);
    assert_eq!(located.dropped[0].why, Why::TooLong);
    assert!(matches!(located.route, Route::Search(query) if query.words.len() == Query::MAX_WORDS));
}

#[test]
fn days_are_read_as_people_type_them() {
    for typed in ["2021-09-11", "11/09/2021", "11/9/2021", "11-09-2021", "11.9.2021", "+11%2F09%2F2021+"] {
        let located = parse("tim-kiem", &format!("tu={typed}"));
        let Route::Search(query) = &located.route else { panic!("a search") };
        assert_eq!((query.from, located.dropped.len()), (NaiveDate::from_ymd_opt(2021, 9, 11), 0), "{typed}");
    }
    for typed in [
        "11/09/21",
        "0021-09-11",
        "31/4/2021",
        "%2B1/9/2021",
        "2021",
        "1/2/3/2021",
        "99999999999/1/2021",
        "//",
    ] {
        assert_eq!(parse("tim-kiem", &format!("tu={typed}")).dropped[0].why, Why::NotADate, "{typed}");
    }
}

#[test]
fn words_are_too_long_only_when_something_of_them_is_lost() {
    let full = "ộ".repeat(Query::MAX_WORDS);
    assert_eq!(parse("tim-kiem", &format!("q={full}++")).dropped, []);
    let located = parse("tim-kiem", &format!("q={full}x"));
    assert_eq!(located.route, Route::Search(Query { words: full, ..Query::default() }));
    assert_eq!(located.dropped, [Dropped { key: "q", value: "ộ".repeat(80), why: Why::TooLong }]);
}

#[test]
fn a_value_after_an_impossible_one_still_counts() {
    let located = parse("tim-kiem", "trang=x&trang=3&xep=%2B&xep=moi-nhat");
    assert_eq!(located.route, Route::Search(Query { page: 3, order: Order::Newest, ..Query::default() }));
    assert_eq!(located.dropped.len(), 2);
}

#[test]
fn an_endless_question_is_cut_between_its_parts_with_a_word_about_it() {
    let many: String = (0..2000).map(|n| format!("&muc=a{n}")).collect();
    let located = parse("tim-kiem", &format!("q=hoc{many}&trang=2"));
    let Route::Search(query) = &located.route else { panic!("a search") };
    assert_eq!((query.words.as_str(), query.categories.len(), query.page), ("hoc", Query::MAX_CATEGORIES, 1));
    let faults: Vec<_> = located.dropped.iter().map(|d| (d.key, d.why)).collect();
    assert_eq!(faults, [("?", Why::TooLong), ("muc", Why::TooLong)]);
    assert!(located.dropped[0].value.starts_with("&muc=a"));

    let located = parse("tim-kiem", &"q=%E1%BB%99".repeat(1000));
    assert!(matches!(located.route, Route::Search(query) if query.words.chars().count() == Query::MAX_WORDS));
    assert_eq!(parse("tim-kiem", &"tu=x&".repeat(1000)).dropped.len(), MAX_DROPPED);
}

#[test]
fn what_has_no_address_stays_not_found() {
    assert_eq!(print(&Route::NotFound), "khong-tim-thay");
    assert_eq!(parse("khong-tim-thay", "").route, Route::NotFound);
}
