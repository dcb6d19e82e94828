//! What is loaded on demand, asked over a small web of files that the types of `archive` write.

use super::{found::Found, seek::Parse};
use crate::{listing::Source, tree::page::print};
use archive::{
    Article, Body, Counts, FileName, Headline, Moment, Slug,
    body::{Block, Image, ImageSource, Inline, Target},
    clean::{clean, text_to_body},
    counts::{self, Day},
    markup::Node,
    published::{
        self, Attachment, Category, Counting, Entry, FORMAT, Feed, FeedRef, Promotion, article_file,
        bucket_of, buckets_for,
    },
    source::{Content, feed},
};
use proptest::prelude::*;
use routes::Embed;
use search_index::{
    Document, ShortForms,
    build::{Settings, Shelf, Text, build, file_name},
    evaluate,
};
use serde_json::{Value, from_value, json, to_value};
use std::{collections::BTreeMap, sync::LazyLock};
use work_calendar::{Event, Week};

const PORTAL: &str = "https://so.example/tin/";
const DATA: &str = "https://so.example/tin/data/";
const FEED: &str = "https://bao.example/feed.json";

type Web = BTreeMap<String, Value>;
type Seek = super::Seek<Value>;

/// Monday, 30/11/2026, 08:00.
fn now() -> Moment {
    Moment::parse_rfc3339("2026-11-30T08:00:00+07:00").expect("a moment")
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn name(text: &str) -> FileName {
    text.to_owned().try_into().expect("a name")
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

/// Of the n-th day before `now`.
fn article(n: i64, category: &str, title: &str, text: &str) -> Article {
    let headline = Headline {
        slug: slug(&format!("tin-{n}")),
        title: title.to_owned(),
        summary: String::new(),
        category: Some(slug(category)),
        published: Moment::from_unix(now().unix() - n * 86_400).expect("a moment"),
        modified: None,
        image: None,
        hot: Promotion::None,
        featured: Promotion::None,
    };
    Article {
        headline,
        unit: "Phòng Khảo thí".into(),
        authors: vec!["An Bình".into()],
        banner: None,
        caption: String::new(),
        body: Body(text.split('\n').map(paragraph).collect()),
        attachments: vec![],
        tags: vec![],
        source: String::new(),
        original: String::new(),
        language: String::new(),
        newer: None,
        older: None,
        topic: None,
        related: vec![],
    }
}

/// Newest first.
fn articles() -> Vec<Article> {
    let mut all = vec![
        article(1, "tin", "Khai giảng năm học mới", "Lễ khai giảng tổ chức tại trường\nvào sáng mai."),
        article(2, "thi", "Kỳ thi lớp 10", "Thí sinh thi vào lớp 10 công lập."),
        article(3, "tin", "Hội nghị giao ban", "Các trường báo cáo về kỳ thi lớp 10."),
        article(4, "thi", "Lịch thi học kỳ", "Học sinh lớp 12 thi trước, lớp 10 thi sau."),
        article(9, "tin", "Tập huấn", "Về chuyển đổi số trong nhà trường."),
    ];
    let link = Inline::Link {
        to: Target::parse("/tim-kiem?q=thi").expect("a page"),
        text: vec![Inline::Text("tất cả".into())],
    };
    all[1].body.0.push(Block::Paragraph(vec![link]));
    all[1].attachments = vec![Attachment {
        url: Target::parse("media/ke-hoach.pdf").expect("a file"),
        title: "Kế hoạch".into(),
        media_type: String::new(),
        size: Some(1_240_000),
    }];
    all
}

fn event() -> Event {
    Event {
        when: "2026-11-30T08:00/2026-11-30T10:30".parse().expect("a time"),
        title: "Họp giao ban".into(),
        uid: "1".into(),
        place: "Phòng 201".into(),
        leaders: vec!["Giám đốc".into()],
        attendees: vec![],
        units: vec![],
        description: String::new(),
    }
}

/// The files of a search index over these.
fn index(articles: &[Article], web: &mut Web) -> FileName {
    let categories = [slug("thi"), slug("tin")];
    let of = |category: &Slug| -> Vec<&Article> {
        articles.iter().rev().filter(|article| article.headline.category.as_ref() == Some(category)).collect()
    };
    let shelves = categories.each_ref().map(|category| Shelf {
        category: Some(category.clone()),
        published: of(category).iter().map(|article| article.headline.published.unix()).collect(),
    });
    let texts = categories.each_ref().map(|category| {
        of(category)
            .into_iter()
            .map(|article| Text {
                title: article.headline.title.clone().into(),
                body: article.body.plain_text().into(),
                ..Text::default()
            })
            .collect::<Vec<_>>()
    });
    let mut files = Vec::new();
    let settings = Settings {
        memory: 1 << 24,
        spill: std::env::temp_dir().join("bantin-embed-never-used"),
        short_forms: ShortForms::new(),
        large: u32::MAX,
        progress: &|_| {},
    };
    let built = build(&shelves, &|shelf, n| texts[shelf][n as usize].clone(), &settings, &mut |n, bytes| {
        files.push((n, bytes.to_vec()));
        Ok(())
    })
    .expect("an index");
    for (n, bytes) in files {
        let folder = built.folder.as_deref().expect("a folder");
        let file = file_name(folder, n).expect("a name");
        web.insert(format!("{DATA}{file}"), to_value(bytes).expect("JSON"));
    }
    web.insert(format!("{DATA}search/0.bin"), to_value(built.manifest).expect("JSON"));
    name("search/0.bin")
}

/// A portal and a feed.
fn web() -> Web {
    let mut web = Web::new();
    let articles = articles();
    let mut put = |file: &str, value: Value| web.insert(format!("{DATA}{file}"), value);
    let buckets = buckets_for(articles.len());
    let mut bucket = BTreeMap::new();
    let mut numbers: BTreeMap<&Slug, u32> = BTreeMap::new();
    for article in articles.iter().rev() {
        let number = numbers.entry(article.headline.category.as_ref().expect("a category")).or_default();
        let file = article_file(article.headline.category.as_ref(), *number);
        *number += 1;
        put(&format!("{file}?v=7"), to_value(article).expect("JSON"));
        assert_eq!(bucket_of(&article.headline.slug, buckets), 0, "few articles have one bucket");
        bucket.insert(article.headline.slug.clone(), file);
    }
    put("bucket/0.json", to_value(&bucket).expect("JSON"));
    let newest = articles.iter().map(|article| article.headline.clone()).collect();
    let all = Feed { count: articles.len(), newest, older: vec![] };
    put("feed/all.json", to_value(&all).expect("JSON"));
    let week = Week::of(now().day());
    put(
        "calendar/2026.json",
        to_value(published::CalendarYear::from([(week.number(), name("calendar/49.json"))])).expect("JSON"),
    );
    put("calendar/49.json", to_value(&[event()]).expect("JSON"));
    let today = Day { day: now().day(), visitors: 1_234 };
    let figures = Counts { format: counts::FORMAT, time: now(), today, total: 3_799_249, articles: vec![] };
    put("counts.json", to_value(&figures).expect("JSON"));
    let category = |slug_: &str, name: &str| Category {
        slug: slug(slug_),
        name: name.into(),
        description: String::new(),
    };
    let search = index(&articles, &mut web);
    let entry = Entry {
        format: FORMAT,
        portal: published::Portal {
            unit: "Sở Giáo dục".into(),
            categories: vec![category("tin", "Tin tức"), category("thi", "Thi cử")],
            counting: Some(Counting::default()),
            ..published::Portal::default()
        },
        home: name("home/0.json"),
        all: FeedRef { count: articles.len(), file: name("feed/all.json") },
        categories: BTreeMap::new(),
        topics: BTreeMap::new(),
        contents: name("contents/0.json"),
        articles: vec![name("bucket/0.json")],
        calendar: [(2026, name("calendar/2026.json"))].into(),
        edition: "7".into(),
        search: Some(search),
        suggest: None,
    };
    web.insert(format!("{DATA}entry.json"), to_value(&entry).expect("JSON"));
    let feed = json!({
        "title": "Báo", "home_page_url": "https://bao.example/",
        "items": [
            {"id": "1", "url": "/a", "title": "Một", "content_html": "<p>Kỳ thi lớp 10</p>", "date_published": "2026-11-20", "tags": ["Tuyển sinh"]},
            {"id": "2", "url": "/b", "title": "Hai", "content_text": "Lớp 10\n\nvà kỳ thi", "date_published": "2026-11-25"},
            {"id": "3", "url": "/c", "title": "Ba", "summary": "Không có gì", "date_published": "2026-11-26"}
        ]
    });
    web.insert(FEED.to_owned(), feed);
    web
}

static WEB: LazyLock<Web> = LazyLock::new(web);

/// Stands for the browser's parser: all of it one paragraph, with what a cleaner must not let through.
fn parse(html: &str) -> Result<Vec<Node>, String> {
    let text = html.replace("<p>", "").replace("</p>", "");
    let element =
        |name: &str, children| Node::Element { name: name.to_owned(), attributes: vec![], children };
    Ok(vec![element("p", vec![Node::Text(text)]), element("script", vec![Node::Text("alert(1)".to_owned())])])
}

fn blocked(_: &str) -> Result<Vec<Node>, String> {
    Err("blocked".to_owned())
}

/// Gives a source what it asks for until it asks no more; also the number of files.
fn ask_by(web: &Web, source: &str, options: &str, parse: Parse) -> (Seek, usize) {
    let embed = Embed::parse(options);
    let mut seek = Seek::with(source, &embed, parse);
    let mut asked = 0;
    while let Some(address) = seek.wants().map(str::to_owned) {
        asked += 1;
        assert!(asked < 1_000, "it asks for ever: {address}");
        seek.give(web.get(&address).cloned().ok_or_else(|| "not-found".to_owned()), &embed, now());
    }
    (seek, asked)
}

fn ask(source: &str, options: &str) -> Result<Seek, String> {
    let (seek, _) = ask_by(&WEB, source, options, parse);
    match seek.outcome() {
        Some(Err(reason)) => Err(reason.to_owned()),
        outcome => {
            assert!(outcome.is_some(), "it asks no more, and has nothing to say");
            Ok(seek)
        }
    }
}

fn ok(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

fn no(reason: &str) -> Result<String, String> {
    Err(reason.to_owned())
}

fn found(seek: &Seek) -> &Found {
    seek.outcome().expect("an outcome").expect("something")
}

fn titles(source: &str, options: &str) -> Result<String, String> {
    let seek = ask(source, options)?;
    let titles: Vec<_> = found(&seek).list.items.iter().map(|item| item.title.clone()).collect();
    Ok(titles.join(", "))
}

fn shown(source: &str, options: &str) -> Result<String, String> {
    let seek = ask(source, options)?;
    let node = Seek::tree(&[Some(found(&seek))], &Embed::parse(options), now()).expect("a tree");
    Ok(print(&node.0.into()))
}

#[test]
fn a_search_finds_what_looking_at_every_article_finds() {
    let articles = articles();
    let documents: Vec<Document> = articles.iter().map(Document::from).collect();
    for options in [
        "query=thi",
        "query=ky+thi+lop+10",
        "query=%22k%E1%BB%B3+thi+l%E1%BB%9Bp+10%22",
        "query=tr%C6%B0%E1%BB%9Dng",
        "query=l%E1%BB%9Bp+-th%C3%AD",
        "query=thi&category=thi",
        "query=thi&from=2026-11-27&to=2026-11-28",
        "query=lop&limit=1",
        "query=khong+co+tu+nay",
    ] {
        let embed = Embed::parse(options);
        let expected: Vec<_> = evaluate(&super::search::query(&embed), &[&documents])
            .hits
            .into_iter()
            .take(embed.limit)
            .map(|hit| hit.headline.title)
            .collect();
        assert_eq!(titles(PORTAL, options), ok(&expected.join(", ")), "{options}");
    }
    assert_eq!(titles(PORTAL, "query=thi+lop"), ok("Kỳ thi lớp 10, Hội nghị giao ban, Lịch thi học kỳ"));
    assert_eq!(titles(PORTAL, "query=thi&category=khac"), no("not-found"));
}

#[test]
fn a_search_leads_to_all_that_it_found() {
    let seek = ask(PORTAL, "query=thi&category=thi").expect("something");
    assert_eq!(found(&seek).list.all, "https://so.example/tin/tim-kiem?q=thi&muc=thi&sua=khong&xep=moi-nhat");
}

#[test]
fn a_feed_is_searched_in_titles_summaries_and_texts() {
    assert_eq!(titles(FEED, "query=lop+10+thi"), ok("Hai, Một"));
    assert_eq!(titles(FEED, "query=khong"), ok("Ba"));
    assert_eq!(titles(FEED, "query=thi&category=tuyen-sinh"), ok("Một"));
    assert_eq!(titles(FEED, "query=thi&from=2026-11-21"), ok("Hai"));
    assert_eq!(titles(FEED, "query=thi&limit=1"), ok("Hai"));
    // A page that lets no HTML be parsed has its words found all the same.
    let (seek, _) = ask_by(&WEB, FEED, "query=ky+thi", blocked);
    assert_eq!(found(&seek).list.items.len(), 2);
}

#[test]
fn one_article_is_found_by_its_name_or_its_address() {
    for article in ["tin-2", "https%3A%2F%2Fso.example%2Ftin%2Fbai-viet%2Ftin-2"] {
        let (seek, asked) = ask_by(&WEB, PORTAL, &format!("layout=card&article={article}"), parse);
        let [item] = &*found(&seek).list.items else { panic!("one item") };
        assert_eq!((item.title.as_str(), item.category.as_str()), ("Kỳ thi lớp 10", "Thi cử"));
        assert_eq!(item.url, "https://so.example/tin/bai-viet/tin-2");
        assert_eq!(asked, 3, "the entry, the bucket, the article");
    }
    assert_eq!(titles(FEED, "layout=card&article=https%3A%2F%2Fbao.example%2Fb"), ok("Hai"));
    for (source, article) in
        [(PORTAL, "tin-77"), (PORTAL, "https://so.example/tin/lich-cong-tac"), (FEED, "tin-2")]
    {
        assert_eq!(titles(source, &format!("article={article}")), no("not-found"), "{article}");
    }
}

#[test]
fn an_article_is_shown_whole() {
    let whole = shown(PORTAL, "layout=article&article=tin-2").expect("an article");
    for part in [
        r#"<article part="article"><header><h3 part="title" tabindex="-1" lang="vi" dir="auto">Kỳ thi lớp 10</h3>"#,
        r#"<time part="date" datetime="2026-11-28T08:00:00+07:00">28/11/2026 08:00</time>"#,
        r#"<span part="byline" lang="vi">An Bình, Phòng Khảo thí</span>"#,
        r#"<div part="body"><p>Thí sinh thi vào lớp 10 công lập.</p>"#,
        r#"<a href="https://so.example/tin/tim-kiem?q=thi" target="_blank" rel="noopener">tất cả</a>"#,
        r#"<a part="link" href="https://so.example/tin/data/media/ke-hoach.pdf" download="" lang="vi">Kế hoạch</a>"#,
        r#"<span part="meta">PDF, 1,2 MB</span>"#,
        r#"<a part="link" href="https://so.example/tin/bai-viet/tin-2" target="_top">Xem trên cổng thông tin</a>"#,
    ] {
        assert!(whole.contains(part), "{part}\n{whole}");
    }
    // Where none is named, the newest is meant.
    assert!(shown(PORTAL, "layout=article").expect("an article").contains("Khai giảng năm học mới</h3>"));
    assert!(shown(FEED, "layout=article").expect("an article").contains("Ba</h3>"));
}

fn whole(seek: &Seek) -> &super::found::Whole {
    match &found(seek).content {
        super::found::Content::Article(whole) => whole,
        other => panic!("no article: {other:?}"),
    }
}

fn image(src: &str, alt: &str) -> Image {
    let mut image = Image::new(ImageSource::parse(src).expect("a picture"), alt.to_owned());
    image.widths = vec![320, 640];
    image
}

#[test]
fn the_article_that_is_published_is_the_one_that_is_read() {
    let mut article = articles().remove(1);
    article.headline.modified = Moment::from_unix(now().unix() - 60);
    article.headline.image = Some(image("media/nho-0123456789abcdef.jpg", "Nhỏ"));
    article.banner = Some(image("media/rong-0123456789abcdef.jpg", "Rộng"));
    article.caption = "Chú thích".into();
    article.source = "Báo".into();
    article.language = "en".into();
    let read = |article: &Article| {
        let mut web = WEB.clone();
        web.insert(format!("{DATA}article/thi/1.json?v=7"), to_value(article).expect("JSON"));
        ask_by(&web, PORTAL, "layout=article&article=tin-2", parse).0
    };
    let seek = read(&article);
    let found = whole(&seek);
    assert_eq!((&found.body, &found.attachments), (&article.body, &article.attachments));
    assert_eq!(
        (&found.source, &found.language, found.modified),
        (&article.source, &article.language, article.headline.modified)
    );
    assert_eq!(found.picture, article.banner.clone().map(|banner| (banner, article.caption.clone())));
    assert_eq!(found.by, ["An Bình", "Phòng Khảo thí"]);
    article.banner = None;
    let picture = article.headline.image.clone().map(|image| (image, article.caption.clone()));
    assert_eq!(whole(&read(&article)).picture, picture);
}

/// The app reads feeds by `archive::source::feed`; a host sees the same article.
#[test]
fn an_item_of_a_feed_is_read_as_the_app_reads_it() {
    for item in [
        json!({"url": "/x", "title": "x", "content_html": "<p>y</p>", "content_text": "z", "language": "en",
            "authors": [{"name": " An  Bình "}, {"name": ""}, {"url": "/an"}], "image": "/nho.png", "banner_image": "/rong.png",
            "date_published": "2026-11-20", "date_modified": "2026-11-21",
            "attachments": [{"url": "/a/b.pdf?x=1", "mime_type": "application/pdf", "size_in_bytes": 7}, {"url": "javascript:x"},
                {"url": "c.zip", "title": " C "}]}),
        json!({"url": "/x", "content_text": "một\n\nhai", "author": {"name": "Chi"}, "image": "/nho.png",
            "date_published": "2026-11-20", "date_modified": "2026-11-19"}),
        json!({"url": "/x", "summary": "chỉ tóm tắt", "date_modified": "2026-11-19"}),
    ] {
        let feed = json!({"items": [item]});
        let theirs = feed::read_feed(&feed.to_string(), FEED).expect("a feed");
        let content = match &theirs.items[0].content {
            Some(Content::Html(html)) => clean(&parse(html).expect("nodes")).0,
            Some(Content::Text(text)) => text_to_body(text),
            None => Body::default(),
        };
        let expected = feed::publish(&theirs.items[0], content, now());
        let options = "layout=article&article=https%3A%2F%2Fbao.example%2Fx";
        let (seek, _) = ask_by(&Web::from([(FEED.to_owned(), feed)]), FEED, options, parse);
        let ours = whole(&seek);
        assert_eq!((&ours.body, &ours.attachments), (&expected.body, &expected.attachments));
        assert_eq!((&ours.language, ours.modified), (&expected.language, expected.headline.modified));
        let by: Vec<_> = expected.authors.iter().map(|name| feed::collapse(name)).collect();
        assert_eq!(ours.by, by);
        let picture = expected.banner.or(expected.headline.image);
        assert_eq!(ours.picture.as_ref().map(|(picture, _)| picture), picture.as_ref());
    }
}

#[test]
fn an_item_of_a_feed_is_cleaned_before_it_is_shown() {
    let options = "layout=article&article=https%3A%2F%2Fbao.example%2Fa&open=here&lang=en";
    let whole = shown(FEED, options).expect("an article");
    assert!(whole.contains(r#"<div part="body"><p>Kỳ thi lớp 10</p></div>"#), "{whole}");
    assert!(!whole.contains("alert"), "{whole}");
    assert!(
        whole.contains(
            r#"<article part="article"><button part="back" type="button">Back to the list</button>"#
        )
    );
    let way =
        r#"<a part="link" href="https://bao.example/a" target="_blank" rel="noopener">See the original</a>"#;
    assert!(whole.contains(way), "{whole}");
    let reason = |options: &str| {
        ask_by(&WEB, FEED, options, blocked).0.outcome().and_then(Result::err).map(str::to_owned)
    };
    assert_eq!(reason(options).as_deref(), Some("blocked"));
    // Its headline needs no parser, and neither does plain text.
    assert_eq!(reason(&options.replace("article&", "card&")), None);
    assert_eq!(reason(&options.replace("%2Fa", "%2Fb")), None);
}

#[test]
fn the_calendar_shows_this_week() {
    assert_eq!(
        shown(PORTAL, "layout=calendar").expect("a calendar"),
        concat!(
            r#"<div part="box" lang="vi" data-layout="calendar"><h2 part="heading">Lịch công tác tuần 49</h2>"#,
            r#"<ol part="calendar" role="list"><li part="day" aria-current="date"><h3 part="day-name">"#,
            r#"<time part="date" datetime="2026-11-30">Thứ Hai, 30/11</time> <span part="today">Hôm nay</span></h3>"#,
            r#"<ul part="events" role="list"><li part="event"><p part="hours">08:00 – 10:30</p>"#,
            r#"<p part="title" lang="vi" dir="auto">Họp giao ban</p>"#,
            r#"<p part="fact">Địa điểm: <span lang="vi">Phòng 201</span></p>"#,
            r#"<p part="fact">Chủ trì: <span lang="vi">Giám đốc</span></p></li></ul></li></ol>"#,
            r#"<p part="more"><a href="https://so.example/tin/lich-cong-tac" target="_top">Xem toàn bộ lịch</a></p></div>"#,
        )
    );
    let mut web = WEB.clone();
    web.insert(format!("{DATA}calendar/2026.json"), json!({}));
    let (seek, _) = ask_by(&web, PORTAL, "layout=calendar", parse);
    let embed = Embed::parse("layout=calendar");
    let empty = print(&Seek::tree(&[Some(found(&seek))], &embed, now()).expect("a tree").0.into());
    assert!(empty.contains("Tuần này chưa có lịch."), "{empty}");
    assert_eq!(shown(FEED, "layout=calendar"), no("not-found"));
}

#[test]
fn events_of_several_portals_stand_together_under_their_days() {
    let embed = Embed::parse("layout=calendar&lang=en");
    let (one, other) =
        (ask(PORTAL, "layout=calendar").expect("one"), ask(PORTAL, "layout=calendar").expect("two"));
    let node = Seek::tree(&[Some(found(&one)), None, Some(found(&other))], &embed, now()).expect("a tree");
    let shown = print(&node.0.into());
    assert_eq!(shown.matches("Monday, 30/11").count(), 1, "{shown}");
    assert_eq!(shown.matches(r#"<p part="source">Sở Giáo dục</p>"#).count(), 2, "{shown}");
    assert!(!shown.contains("Full calendar"), "two have no one calendar: {shown}");
}

#[test]
fn figures_come_from_whoever_counts() {
    let figures = shown(PORTAL, "layout=stats").expect("figures");
    let expected = concat!(
        r#"<div part="stats"><dl><div part="stat"><dt>Hôm nay</dt><dd>1.234</dd></div>"#,
        r#"<div part="stat"><dt>Đã truy cập</dt><dd>3.799.249</dd></div></dl>"#,
        r#"<p part="meta"><time part="date" datetime="2026-11-30T08:00:00+07:00">Tính đến 30/11/2026 08:00</time></p></div>"#,
    );
    assert!(figures.contains(expected), "{figures}");
    assert!(shown(PORTAL, "layout=stats&lang=en").expect("figures").contains("3,799,249"));
    assert_eq!(shown(FEED, "layout=stats"), no("not-found"));
}

/// The portal with another counting.
fn counted_by(counting: Option<Counting>) -> Web {
    let mut web = WEB.clone();
    let address = format!("{DATA}entry.json");
    let mut entry: Entry = from_value(web[&address].clone()).expect("an entry");
    entry.portal.counting = counting;
    web.insert(address, to_value(&entry).expect("JSON"));
    web
}

#[test]
fn a_goatcounter_carries_an_old_counter_on() {
    let counting = Counting { goatcounter: "https://dem.example/".into(), start: 3_799_000 };
    let mut web = counted_by(Some(counting));
    web.insert("https://dem.example/counter/TOTAL.json".into(), json!({"count_unique": "1 249"}));
    let (seek, _) = ask_by(&web, PORTAL, "layout=stats", parse);
    let node = Seek::tree(&[Some(found(&seek))], &Embed::parse("layout=stats"), now()).expect("a tree");
    let figures = print(&node.0.into());
    assert!(figures.contains("<dd>3.800.249</dd>") && !figures.contains("Hôm nay"), "{figures}");
}

#[test]
fn figures_that_are_not_there_have_their_reason() {
    let reason = |web: &Web| {
        ask_by(web, PORTAL, "layout=stats", parse).0.outcome().and_then(Result::err).map(str::to_owned)
    };
    assert_eq!(reason(&counted_by(None)).as_deref(), Some("not-found"));
    let mut web = WEB.clone();
    let of = |format: u32| json!({ "format": format });
    let cases = [(of(counts::FORMAT + 1), "other-version"), (of(0), "other-version"), (of(1), "damaged")];
    for (file, expected) in cases {
        web.insert(format!("{DATA}counts.json"), file);
        assert_eq!(reason(&web).as_deref(), Some(expected));
    }
}

#[test]
fn headlines_alone_are_found_as_lists_find_them() {
    assert_eq!(titles(PORTAL, "limit=2"), ok("Khai giảng năm học mới, Kỳ thi lớp 10"));
}

const OPTIONS: &[(&str, &str)] = &[
    (PORTAL, "query=thi+lop+10"),
    (PORTAL, "query=%22k%E1%BB%B3+thi+l%E1%BB%9Bp+10%22"),
    (PORTAL, "layout=article&article=tin-2"),
    (PORTAL, "layout=article"),
    (PORTAL, "layout=calendar"),
    (PORTAL, "layout=stats"),
    (FEED, "query=thi"),
    (FEED, "layout=article&article=https%3A%2F%2Fbao.example%2Fa"),
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,9}".prop_map(Value::from),
        prop::sample::select(WEB.values().cloned().collect::<Vec<_>>()),
    ];
    // The members that are read somewhere.
    let key = prop::sample::select(vec![
        "format",
        "items",
        "portal",
        "all",
        "file",
        "articles",
        "calendar",
        "search",
        "headline",
        "slug",
        "published",
        "body",
        "p",
        "list",
        "table",
        "rows",
        "blocks",
        "t",
        "a",
        "to",
        "text",
        "tin-2",
        "49",
        "today",
        "url",
        "title",
    ]);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.clone().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|all| all.into_iter().collect()),
        ]
    })
}

/// Another value somewhere inside of a file.
fn replace(value: &mut Value, at: &mut usize, other: &Value) {
    if *at == 0 {
        *value = other.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| replace(one, at, other)),
        Value::Object(all) => all.values_mut().for_each(|one| replace(one, at, other)),
        _ => {}
    }
}

proptest! {
    /// Bytes from the network never panic, and never make it ask for ever.
    #[test]
    fn whatever_is_given_there_is_an_end(
        (source, options) in prop::sample::select(OPTIONS),
        file in any::<prop::sample::Index>(), other in any_json(), mut at in 0usize..60,
    ) {
        let mut web = WEB.clone();
        let address = web.keys().nth(file.index(web.len())).expect("a file").clone();
        replace(web.get_mut(&address).expect("a file"), &mut at, &other);
        let (seek, _) = ask_by(&web, source, options, parse);
        if let Some(Ok(found)) = seek.outcome() {
            let embed = Embed::parse(options);
            prop_assert!(Seek::tree(&[Some(found)], &embed, now()).is_some());
        }
    }

    /// The same of the index, whose files have a sum that is right here, so that what is damaged is what it says.
    #[test]
    fn a_damaged_index_ends_the_search(
        file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), flip in 1u8..,
        (source, options) in prop::sample::select(&OPTIONS[..2]),
    ) {
        let mut web = WEB.clone();
        let files: Vec<_> = web.keys().filter(|address| address.ends_with(".bin")).cloned().collect();
        let address = file.get(&files);
        let mut bytes: Vec<u8> = from_value(web[address].clone()).expect("bytes");
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        bytes.truncate(bytes.len().saturating_sub(4));
        web.insert(address.clone(), to_value(search_index::build::with_sum(&bytes)).expect("JSON"));
        let (seek, _) = ask_by(&web, source, options, parse);
        prop_assert!(seek.outcome().is_some());
    }

    /// What is given out of order, or when nothing is waited for.
    #[test]
    fn files_in_any_order_never_panic(
        options in "(layout=(list|card|calendar|stats|article)&)?(query=[a-z ]{0,6}&)?(article=[a-z0-9-]{0,6})?",
        files in prop::collection::vec(prop_oneof![any_json().prop_map(Ok), "[a-z-]{3,12}".prop_map(Err)], 0..8),
    ) {
        let embed = Embed::parse(&options);
        let mut seek = Seek::with(PORTAL, &embed, parse);
        for file in files {
            seek.give(file, &embed, now());
        }
        prop_assert_eq!(seek.wants().is_none(), seek.outcome().is_some());
    }
}
