//! `newsroom index`: what it writes, and what it leaves alone.

mod archives;

use archive::{
    Contents, Period, Slug,
    body::{Block, Format, Image, ImageSource, Target},
    published::{
        Article, Bucket, CALENDAR_FILE, CalendarYear, Entry, FORMAT, Feed, Headline, Home, NEWS_SITEMAP_FILE,
        SITEMAP_FILE, bucket_of, feed_file, oembed_file,
    },
};
use archives::{TODAY, contents, copy, fixture, fresh, newsroom, put, text};
use newsroom::{
    check::{Checked, check},
    folder::Folder,
    publish::{Place, publish},
};
use search_index::build::sealed;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

type Files = BTreeMap<String, Vec<u8>>;

fn index(archive: &Path, out: &Path) -> std::process::Output {
    newsroom(&["index", text(archive), "--out", text(out), "--today", TODAY])
}

fn published(archive: &Path, name: &str) -> Files {
    let out = fresh(name);
    let output = index(archive, &out);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    contents(&out)
}

fn read<T: serde::de::DeserializeOwned>(files: &Files, name: impl AsRef<str>) -> T {
    let bytes = files.get(name.as_ref()).unwrap_or_else(|| panic!("{} is not there", name.as_ref()));
    serde_json::from_slice(bytes).unwrap_or_else(|e| panic!("{}: {e}", name.as_ref()))
}

fn article(files: &Files, slug: &str) -> Article {
    let entry: Entry = read(files, Entry::FILE);
    let slug: Slug = slug.parse().expect("a slug");
    let bucket: Bucket = read(files, entry.articles[bucket_of(&slug, entry.articles.len())].as_str());
    read(files, bucket[&slug].as_str())
}

fn utf8<'a>(files: &'a Files, name: &str) -> &'a str {
    std::str::from_utf8(files.get(name).unwrap_or_else(|| panic!("{name} is not there"))).expect("UTF-8")
}

fn xml<'a>(files: &'a Files, name: &str) -> roxmltree::Document<'a> {
    roxmltree::Document::parse(utf8(files, name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The texts of all elements of this name, in order.
fn texts<'a>(node: &roxmltree::Node<'a, '_>, name: &str) -> Vec<&'a str> {
    let found = node.descendants().filter(|node| node.tag_name().name() == name);
    found.map(|node| node.text().unwrap_or_default()).collect()
}

/// The files of a picture: itself, and its copies.
fn files_of(image: &Image) -> Vec<String> {
    let copies = image.widths.iter().flat_map(|&width| {
        [Format::Avif, Format::Plain].into_iter().filter_map(move |format| image.scaled(width, format))
    });
    copies.chain([image.src.clone()]).map(String::from).collect()
}

fn checked(folder: &Folder) -> Checked {
    check(folder, TODAY.parse().expect("a day"))
}

#[test]
fn everything_that_the_entry_names_is_there_and_nothing_else() {
    let files = published(&fixture("small"), "whole");
    let entry: Entry = read(&files, Entry::FILE);
    assert_eq!((entry.format, entry.all.count), (FORMAT, 27));
    let mut named = BTreeSet::from([Entry::FILE.to_owned(), entry.home.to_string()]);
    let home: Home = read(&files, entry.home.as_str());
    assert_eq!((home.newest.len(), home.hot.len(), home.featured.len()), (20, 2, 3));
    assert_eq!(home.categories.iter().map(|(_, list)| list.len()).collect::<Vec<_>>(), [6, 3, 2]);
    assert!(home.newest.iter().chain(&home.hot).all(|&i| i < home.headlines.len()));
    for feed in entry.categories.values().chain(entry.topics.values()).chain([&entry.all]) {
        named.insert(feed.file.to_string());
        let list: Feed = read(&files, feed.file.as_str());
        assert_eq!((list.count, list.newest.len()), (feed.count, feed.count));
        assert!(list.newest.windows(2).all(|pair| pair[0].published >= pair[1].published), "newest first");
    }
    named.insert(entry.contents.to_string());
    let mut media = BTreeSet::new();
    let mut seen = 0;
    for bucket in &entry.articles {
        named.insert(bucket.to_string());
        for (slug, file) in read::<Bucket>(&files, bucket.as_str()) {
            named.insert(file.to_string());
            let mut article: Article = read(&files, file.as_str());
            assert_eq!(article.headline.slug, slug);
            named.insert(oembed_file(&slug));
            seen += 1;
            let pictures = [article.headline.image.clone(), article.banner.clone()].into_iter().flatten();
            media.extend(pictures.flat_map(|image| files_of(&image)));
            media.extend(article.body.images_mut().into_iter().flat_map(|image| files_of(image)));
            media.extend(article.attachments.iter().map(|attachment| String::from(attachment.url.clone())));
        }
    }
    assert_eq!(seen, 27);
    for site in entry.portal.links.iter().flat_map(|group| &group.sites) {
        media.extend(site.logo.iter().flat_map(files_of));
    }
    for file in entry.calendar.values() {
        named.insert(file.to_string());
        for week in read::<CalendarYear>(&files, file.as_str()).values() {
            named.insert(week.to_string());
            let events: Vec<work_calendar::Event> = read(&files, week.as_str());
            assert!(!events.is_empty());
        }
    }
    named.extend([CALENDAR_FILE, SITEMAP_FILE, NEWS_SITEMAP_FILE].map(str::to_owned));
    for category in entry.categories.keys().map(Some).chain([None]) {
        named.extend(["xml", "json"].map(|ending| feed_file(category, ending)));
    }
    let manifest = entry.search.as_ref().expect("a search index");
    named.insert(manifest.to_string());
    let manifest = search_index::Manifest::read(&files[manifest.as_str()]).expect("a manifest");
    assert_eq!(manifest.documents(), 27);
    // Which files the index and the suggestions have is the matter of search_index.
    named.extend(
        files.keys().filter(|name| name.starts_with("search/") || name.starts_with("suggest/")).cloned(),
    );
    let directory = entry.suggest.expect("suggestions");
    let typed = search_index::suggest::Typed::new("khai gi").expect("something typed");
    let text = |name: &str| std::str::from_utf8(&files[name]).expect("a text");
    let next =
        search_index::suggest::Directory::read(text(directory.as_str())).expect("a directory").next(&typed);
    let Some(search_index::suggest::Next::Shelf(shelf)) = next else { panic!("few titles fit on one shelf") };
    let offered = search_index::suggest::Shelf::read(text(shelf.as_str())).expect("a shelf").offer(&typed);
    assert_eq!(offered[0], search_index::suggest::Suggestion::Words("khai giảng".into()));
    named.extend([directory.to_string(), shelf.to_string()]);
    assert_eq!(
        entry.portal.units,
        ["Văn phòng Sở", "Phòng Khảo thí", "Phòng Giáo dục Trung học"],
        "those of most articles first"
    );
    // A note for the next run lies beside each picture that was unpacked.
    let notes: Vec<_> = files.keys().filter(|name| name.contains("-sizes-")).cloned().collect();
    assert_eq!(notes.len(), media.iter().filter(|name| name.ends_with(".png")).count());
    named.extend(notes);
    named.extend(media);
    assert_eq!(files.keys().cloned().collect::<BTreeSet<_>>(), named);
}

#[test]
fn an_article_says_all_that_its_source_says() {
    let files = published(&fixture("small"), "article");
    let found = article(&files, "hoi-nghi-truc-tuyen");
    assert_eq!(found.headline.published.to_string(), "11/09/2021 10:21");
    let entry: Entry = read(&files, Entry::FILE);
    let listed = read::<Feed>(&files, entry.all.file.as_str()).newest;
    assert!(listed.contains(&found.headline), "lists say the same of it");
    assert_eq!(found.headline.modified.map(|m| m.to_string()).as_deref(), Some("11/09/2021 15:05"));
    assert_eq!((found.authors[0].as_str(), found.unit.as_str()), ("Phạm Văn Mạnh", "Văn phòng Sở"));
    assert_eq!(found.caption, "Quang cảnh hội nghị tại hội trường Sở");
    assert_eq!(found.language, "");
    let image = found.headline.image.expect("a picture");
    assert_eq!(
        (image.width, image.height, image.alt.as_str()),
        (Some(640), Some(360), "Phòng họp trực tuyến của Sở")
    );
    let attachment = &found.attachments[0];
    assert!(attachment.size.is_some() && attachment.media_type == "application/pdf");
    let url = String::from(attachment.url.clone());
    assert!(url.starts_with("media/") && url.ends_with("/ke-hoach-nam-hoc-2021-2022.pdf"), "{url}");
    assert_eq!(
        files[&url],
        fs::read(fixture("small/media/ke-hoach-nam-hoc-2021-2022.pdf")).expect("it is there")
    );
    let kinds: Vec<_> = found.body.0.iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.iter().collect::<std::collections::HashSet<_>>().len(), 7, "paragraph to quotation");
    let figure = found.body.0.iter().find_map(|block| match block {
        Block::Figure { image, caption } => Some((image, caption)),
        _ => None,
    });
    let (image, caption) = figure.expect("a figure");
    assert_eq!((image.width, image.height, caption.len()), (Some(48), Some(27), 1));
    assert!(matches!(&image.src, ImageSource::File(path) if path.starts_with("media/diem-cau-")));
    let mut links = Vec::new();
    if let Some(Block::Paragraph(text)) = found.body.0.last() {
        links.extend(text.iter().filter_map(|inline| match inline {
            archive::body::Inline::Link { to, .. } => Some(to.clone()),
            _ => None,
        }));
    }
    assert_eq!(links[0], Target::Page("bai-viet/ke-hoach-nam-hoc-moi".into()));
    assert_eq!(String::from(links[2].clone()), url);
    assert_eq!(found.older.expect("there is an older one").slug.as_str(), "khai-giang-nam-hoc-moi");
    assert!(found.newer.is_none());
    let marks = article(&files, "cong-bo-diem-chuan-lop-10");
    let related: Vec<_> = marks.related.iter().map(|headline| headline.slug.as_str()).collect();
    assert_eq!(related[..2], ["ke-hoach-tuyen-sinh-lop-10", "tuyen-sinh-lop-10-nam-2020"]);
}

#[test]
fn a_topic_has_its_articles_in_order_whatever_their_category() {
    let files = published(&fixture("small"), "topics");
    let entry: Entry = read(&files, Entry::FILE);
    let (first, second) = ("nghi-hoc-phong-chong-bao", "truong-hoc-huyen-phu-sa-don-dep-sau-bao");
    let slugs = |headlines: &[Headline]| headlines.iter().map(|h| h.slug.to_string()).collect::<Vec<_>>();
    // A topic without articles is named by the portal and has no feed.
    assert_eq!((entry.portal.topics.len(), entry.topics.len()), (2, 1));
    let feed: Feed = read(&files, entry.topics.values().next().expect("a feed").file.as_str());
    assert_eq!(slugs(&feed.newest), [second, first]);
    let home: Home = read(&files, entry.home.as_str());
    let [(topic, newest)] = &home.topics[..] else { panic!("one topic has articles") };
    assert_eq!(topic.as_str(), "mua-bao-nam-2020");
    assert_eq!(home.pick(newest).map(|h| h.slug.as_str()).collect::<Vec<_>>(), [second, first]);
    let [before, after] = [first, second].map(|slug| article(&files, slug));
    assert_ne!(before.headline.category, after.headline.category);
    let ends = |article: &Article| {
        let topic = article.topic.clone().expect("a topic");
        [topic.newer, topic.older].map(|neighbour| neighbour.map(|neighbour| neighbour.slug.to_string()))
    };
    assert_eq!(ends(&before), [Some(second.to_owned()), None]);
    assert_eq!(ends(&after), [None, Some(first.to_owned())]);
    assert_eq!(article(&files, "hoi-nghi-truc-tuyen").topic, None);
}

#[test]
fn the_contents_say_where_each_month_stands_in_the_list_of_all() {
    let files = published(&fixture("small"), "contents");
    let entry: Entry = read(&files, Entry::FILE);
    let contents: Contents = read(&files, entry.contents.as_str());
    let all: Feed = read(&files, entry.all.file.as_str());
    assert_eq!(contents.months.keys().map(|year| contents.of_year(*year)).sum::<usize>(), all.count);
    let october: Period = "2020-10".parse().expect("a month");
    let place = contents.place(october);
    assert_eq!(place.len(), 2);
    for (i, headline) in all.newest.iter().enumerate() {
        assert_eq!(place.contains(&i), october.contains(headline.published.day()), "{}", headline.slug);
    }
    let tags: Vec<&str> = contents.tags.iter().map(|(tag, _)| tag.as_str()).collect();
    assert!(tags.len() > 1 && tags.contains(&"hội nghị"), "{tags:?}");
}

#[test]
fn calendar_programs_get_every_event_of_every_week_once() {
    let files = published(&fixture("small"), "ical");
    let entry: Entry = read(&files, Entry::FILE);
    let mut events = BTreeSet::new();
    for year in entry.calendar.values() {
        for week in read::<CalendarYear>(&files, year.as_str()).values() {
            events.extend(read::<Vec<work_calendar::Event>>(&files, week.as_str()));
        }
    }
    let (calendar, faults) = work_calendar::ical::read(&files[CALENDAR_FILE]);
    assert_eq!(faults, []);
    let written: Vec<_> = calendar.weeks(chrono::NaiveDate::MAX).0.into_values().flatten().collect();
    let nameless = |events: &mut dyn Iterator<Item = work_calendar::Event>| -> BTreeSet<_> {
        events.map(|event| work_calendar::Event { uid: String::new(), ..event }).collect()
    };
    assert!(written.iter().all(|event| event.uid.contains('@')), "each UID is one of the whole world");
    assert_eq!(written.iter().map(|event| &event.uid).collect::<BTreeSet<_>>().len(), events.len());
    assert_eq!(nameless(&mut written.into_iter()), nameless(&mut events.into_iter()));
    let file = std::str::from_utf8(&files[CALENDAR_FILE]).expect("UTF-8");
    assert!(file.contains("X-WR-CALNAME:Lịch công tác - Sở Giáo dục và Đào tạo"));
}

#[test]
fn feed_readers_get_the_newest_articles_of_all_and_of_each_category() {
    let files = published(&fixture("small"), "feeds");
    let entry: Entry = read(&files, Entry::FILE);
    let base = "https://lacgiang.example/";
    assert_eq!(entry.portal.url, base);
    let all = [(None, &entry.all)];
    for (category, feed) in entry.categories.iter().map(|(slug, feed)| (Some(slug), feed)).chain(all) {
        let newest = read::<Feed>(&files, feed.file.as_str()).newest;
        let addresses: Vec<String> =
            newest.iter().map(|headline| format!("{base}bai-viet/{}", headline.slug)).collect();
        let home = category.map_or(base.to_owned(), |slug| format!("{base}chuyen-muc/{slug}"));

        let name = feed_file(category, "xml");
        let rss = xml(&files, &name);
        let channel = rss.root_element().first_element_child().expect("a channel");
        assert!(channel.has_tag_name("channel") && rss.root_element().attribute("version") == Some("2.0"));
        let own = channel.children().find(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "link")));
        let own = own.expect("where it lies");
        assert_eq!(own.attribute("href"), Some(&*format!("{base}data/{name}")));
        assert_eq!(
            (own.attribute("rel"), own.attribute("type")),
            (Some("self"), Some("application/rss+xml"))
        );
        assert_eq!((texts(&channel, "language"), texts(&channel, "link")[0]), (vec!["vi"], &*home));
        assert_eq!(texts(&channel, "guid"), addresses);
        let items = channel.children().filter(|node| node.has_tag_name("item"));
        for (item, headline) in items.zip(&newest) {
            assert_eq!(texts(&item, "title"), [headline.title.as_str()]);
            assert_eq!(texts(&item, "description").concat(), headline.summary);
            assert_eq!(texts(&item, "category").len(), 1);
        }

        let name = feed_file(category, "json");
        let json = archive::source::feed::read_feed(utf8(&files, &name), &format!("{base}data/{name}"));
        let json = json.expect("a JSON Feed");
        assert_eq!((json.left_out, json.home_page_url), (0, home));
        assert_eq!(json.items.iter().map(|item| item.url.clone()).collect::<Vec<_>>(), addresses);
        assert_eq!(
            json.items.iter().map(|item| item.date_published).collect::<Vec<_>>(),
            newest.iter().map(|headline| Some(headline.published)).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_feed_has_the_newest_50_articles() {
    let archive = fresh("fifty-source");
    many(&archive, 60);
    let files = published(&archive, "fifty");
    let rss = xml(&files, &feed_file(None, "xml"));
    let links = texts(&rss.root_element(), "guid");
    assert_eq!(links.len(), 50);
    let newest: Feed = read(&files, read::<Entry>(&files, Entry::FILE).all.file.as_str());
    assert!(newest.newest.iter().zip(links).all(|(headline, link)| link.ends_with(headline.slug.as_str())));
}

#[test]
fn an_item_of_rss_says_when_it_was_published_and_how_large_its_picture_is() {
    let files = published(&fixture("small"), "rss");
    let rss = xml(&files, &feed_file(None, "xml"));
    let channel = rss.root_element();
    assert_eq!(texts(&channel, "title")[0], "Cổng thông tin điện tử - Sở Giáo dục và Đào tạo tỉnh Lạc Giang");
    let item = channel.descendants().find(|node| {
        node.has_tag_name("item") && texts(node, "link")[0].ends_with("/bai-viet/hoi-nghi-truc-tuyen")
    });
    let item = item.expect("the article");
    assert_eq!(texts(&item, "pubDate"), ["Sat, 11 Sep 2021 10:21:00 +0700"]);
    assert_eq!(texts(&item, "category"), ["Tin tức - Sự kiện"]);
    let guid = item.children().find(|node| node.has_tag_name("guid")).expect("a name");
    assert_eq!(guid.attribute("isPermaLink"), Some("true"));
    let picture = item.children().find(|node| node.has_tag_name("enclosure")).expect("a picture");
    let address = picture.attribute("url").expect("an address");
    let name = address.strip_prefix("https://lacgiang.example/data/").expect("ours");
    assert_eq!(picture.attribute("length"), Some(&*files[name].len().to_string()));
    assert_eq!(picture.attribute("type"), Some("image/svg+xml"));
}

#[test]
fn other_sites_get_a_card_of_every_article() {
    let files = published(&fixture("small"), "oembed");
    let base = "https://lacgiang.example/";
    let newest: Feed = read(&files, read::<Entry>(&files, Entry::FILE).all.file.as_str());
    let mut previews = 0;
    for headline in &newest.newest {
        let answer: serde_json::Map<String, serde_json::Value> = read(&files, oembed_file(&headline.slug));
        let text = |name: &str| answer.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let number = |name: &str| answer.get(name).and_then(serde_json::Value::as_u64).unwrap_or_default();
        assert_eq!((text("type"), text("version"), text("title")), ("rich", "1.0", headline.title.as_str()));
        assert_eq!(text("provider_name"), "Cổng thông tin điện tử - Sở Giáo dục và Đào tạo tỉnh Lạc Giang");
        assert_eq!((text("provider_url"), number("cache_age")), (base, 86_400));
        assert_eq!(
            (number("width"), number("height")),
            (600, if headline.image.is_some() { 360 } else { 300 })
        );
        assert!(!text("author_name").is_empty(), "{answer:?}");
        let frame = format!(" src=\"{base}nhung/?article={}&amp;layout=card\" ", headline.slug);
        assert!(text("html").contains(&frame), "{}", text("html"));
        let known = headline.image.as_ref().is_some_and(|image| image.width.is_some());
        for name in ["thumbnail_url", "thumbnail_width", "thumbnail_height"] {
            assert_eq!(answer.contains_key(name), known, "{name}: {answer:?}");
        }
        if known {
            previews += 1;
            let file = text("thumbnail_url").strip_prefix(base).and_then(|rest| rest.strip_prefix("data/"));
            assert!(files.contains_key(file.expect("ours")), "{answer:?}");
        }
    }
    assert!(previews > 0 && previews < newest.newest.len(), "both kinds are there: {previews}");
}

#[test]
fn search_engines_get_every_page_and_what_is_news() {
    let files = published(&fixture("small"), "sitemap");
    let sitemap = xml(&files, SITEMAP_FILE);
    let pages: BTreeSet<&str> = texts(&sitemap.root_element(), "loc").into_iter().collect();
    let entry: Entry = read(&files, Entry::FILE);
    // The front page and the contents; a topic without articles has no page.
    assert_eq!(pages.len(), 2 + entry.portal.categories.len() + entry.topics.len() + entry.all.count);
    for page in pages {
        let path = page.strip_prefix("https://lacgiang.example/").expect("ours");
        let located = routes::parse(path, "");
        assert!(located.dropped.is_empty() && routes::print(&located.route) == path, "{path}");
    }
    let article = sitemap.descendants().find(|node| {
        node.tag_name().name() == "url" && texts(node, "loc")[0].ends_with("/hoi-nghi-truc-tuyen")
    });
    let changed = texts(&article.expect("the article"), "lastmod");
    assert_eq!(changed, ["2021-09-11T15:05:00+07:00"], "the last change counts");
    let news = xml(&files, NEWS_SITEMAP_FILE);
    let newest: Feed = read(&files, entry.all.file.as_str());
    let titles = texts(&news.root_element(), "title");
    assert!(!titles.is_empty() && titles.len() < 27);
    assert!(titles.iter().zip(&newest.newest).all(|(title, headline)| *title == headline.title));
}

#[test]
fn a_portal_that_does_not_say_where_it_lies_has_no_feeds_and_is_told_so() {
    let archive = fresh("no-url-source");
    copy(&fixture("small"), &archive, false);
    let portal = fs::read_to_string(archive.join("portal.json")).expect("it is there");
    put(&archive, "portal.json", portal.replace("\"url\": \"https://lacgiang.example/\",", "").as_bytes());
    let out = fresh("no-url");
    let output = index(&archive, &out);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.lines().count() == 2 && told.contains("write \"url\": "), "{told}");
    let files = contents(&out);
    assert!(files.keys().all(|name| ["feeds/", "oembed/", "sitemap"].iter().all(|of| !name.starts_with(of))));
    assert!(files.contains_key(CALENDAR_FILE) && !utf8(&files, Entry::FILE).contains("\"url\":\"\""));
    assert_eq!(index(&fixture("small"), &out).status.code(), Some(0));
    assert!(contents(&out) == published(&fixture("small"), "url-again"), "from one to the other");
    assert_eq!(index(&archive, &out).status.code(), Some(0), "and back");
}

#[test]
fn the_same_archive_gives_the_same_bytes_in_whatever_order() {
    let first = published(&fixture("small"), "same-1");
    let other = fresh("same-source");
    copy(&fixture("small"), &other, true);
    assert!(first == published(&other, "same-2"), "files written in another order");
    let mut folder = Folder::open(&fixture("small")).expect("it is there");
    for round in 0..3 {
        // Three shuffles that do not depend on chance: turned around, and by two strides.
        match round {
            0 => folder.articles.reverse(),
            stride => {
                let count = folder.articles.len();
                let old = std::mem::take(&mut folder.articles);
                folder.articles = (0..count).map(|i| old[i * (stride * 3 + 1) % count].clone()).collect();
                assert_eq!(folder.articles.iter().collect::<BTreeSet<_>>().len(), count);
            }
        }
        let out = fresh("same-3");
        publish(checked(&folder).archive, &out, None).expect("it can be published");
        assert!(first == contents(&out), "files listed in another order");
    }
}

#[test]
fn the_day_of_publishing_is_not_in_the_output() {
    let out = fresh("day");
    let day = |today| newsroom(&["index", text(&fixture("small")), "--out", text(&out), "--today", today]);
    assert_eq!(day("2030-01-01").status.code(), Some(0));
    assert!(contents(&out) == published(&fixture("small"), "day-2"));
}

#[test]
fn an_archive_with_errors_is_not_published_and_the_old_output_stays() {
    let out = fresh("errors");
    assert_eq!(index(&fixture("small"), &out).status.code(), Some(0));
    let before = contents(&out);
    let output = index(&fixture("faulty"), &out);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("thieu-id.json: id: "));
    assert!(contents(&out) == before);
}

#[test]
fn a_run_that_fails_while_writing_leaves_the_old_output_whole() {
    let (archive, parent) = (fresh("fails-source"), fresh("fails"));
    copy(&fixture("small"), &archive, false);
    let out = parent.join("data");
    assert_eq!(index(&archive, &out).status.code(), Some(0));
    let before = contents(&out);
    let checked = checked(&Folder::open(&archive).expect("it is there"));
    fs::remove_file(archive.join("media/hoi-nghi.svg")).expect("it is there");
    let place = Place::prepare(&out, &archive).expect("there is a place");
    assert!(publish(checked.archive, place.folder(), None).is_err());
    drop(place);
    assert!(contents(&out) == before);
    assert_eq!(fs::read_dir(&parent).expect("it is there").count(), 1, "nothing is left beside it");
}

#[test]
fn what_killed_runs_left_behind_is_swept() {
    let parent = fresh("swept");
    let out = parent.join("data");
    assert_eq!(index(&fixture("small"), &out).status.code(), Some(0));
    let before = contents(&out);
    // No process has a number above the kernel's highest, 4,194,304.
    put(&parent, ".data-new-999999999/entry.json", b"half");
    put(&parent, ".data-old-999999998/entry.json", b"old");
    put(&parent, ".data-new-mine/keep", b"not ours");
    assert_eq!(index(&fixture("small"), &out).status.code(), Some(0));
    assert!(contents(&out) == before);
    let left: BTreeSet<_> =
        fs::read_dir(&parent).expect("it is there").map(|e| e.expect("listed").file_name()).collect();
    assert_eq!(left, BTreeSet::from(["data".into(), ".data-new-mine".into()]));
}

#[test]
fn an_old_output_that_a_killed_run_moved_aside_is_brought_back() {
    let parent = fresh("brought-back");
    let out = parent.join("data");
    put(&parent, ".data-old-999999999/entry.json", b"old");
    drop(Place::prepare(&out, &fixture("small")).expect("there is a place"));
    assert_eq!(contents(&out), Files::from([("entry.json".to_owned(), b"old".to_vec())]));
}

#[test]
fn a_folder_that_newsroom_did_not_publish_is_not_replaced() {
    let out = fresh("strangers");
    put(&out, "thesis.docx", b"x");
    let archive = fresh("strangers-source");
    copy(&fixture("small"), &archive, false);
    for place in
        [&out, &out.join("thesis.docx"), &archive, &archive.join("media"), archive.parent().expect("one")]
    {
        let before = contents(&archive);
        let output = index(&archive, place);
        assert_eq!(output.status.code(), Some(2), "{}", place.display());
        assert!(contents(&archive) == before && out.join("thesis.docx").is_file());
    }
}

#[test]
fn somebodys_own_files_beside_an_old_output_are_not_removed() {
    let archive = fresh("beside-source");
    copy(&fixture("small"), &archive, false);
    let out = fresh("beside");
    put(&out, "entry.json", b"{}");
    put(&out, "index.html", b"precious");
    let output = index(&archive, &out);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("“index.html”"));
    assert!(out.join("index.html").is_file());
    fs::rename(out.join("index.html"), out.join("Thumbs.db")).expect("it can be renamed");
    assert_eq!(index(&archive, &out).status.code(), Some(0));
    assert_eq!(index(&archive, &archive.join("out")).status.code(), Some(2), "inside the archive");
}

/// A copy of the small archive with one more field in its portal.json.
fn small_with(name: &str, field: &str, value: serde_json::Value) -> PathBuf {
    let archive = fresh(name);
    copy(&fixture("small"), &archive, false);
    let portal = fs::read_to_string(archive.join("portal.json")).expect("it is there");
    let mut portal: serde_json::Value = serde_json::from_str(&portal).expect("JSON");
    portal[field] = value;
    put(&archive, "portal.json", portal.to_string().as_bytes());
    archive
}

#[test]
fn a_departments_colour_is_published_in_all_its_roles() {
    let files = published(&small_with("accent-source", "accent", "#0B6B3A".into()), "accent");
    let accent = read::<Entry>(&files, Entry::FILE).portal.accent.expect("an accent");
    assert_eq!(accent.light.accent.to_string(), "#0b6b3a");
    let plain = published(&fixture("small"), "accent-none");
    assert_eq!(read::<Entry>(&plain, Entry::FILE).portal.accent, None);
}

#[test]
fn a_service_that_views_are_sent_to_is_published_only_where_it_is_named() {
    let send = serde_json::json!({ "send": { "to": "matomo", "address": "https://dem.example/matomo/", "site": "7" } });
    let files = published(&small_with("sending-source", "visits", send), "sending");
    let portal = read::<Entry>(&files, Entry::FILE).portal;
    let sending = portal.sending.expect("a service");
    assert_eq!(Vec::from(sending), ["matomo", "https://dem.example/matomo/", "7"]);
    // Who sends shows no figures by that.
    assert_eq!(portal.counting, None);
    let plain = published(&fixture("small"), "sending-none");
    assert!(!utf8(&plain, Entry::FILE).contains("sending"));
}

/// A copy of the small archive in which an article shows this picture.
fn small_with_picture(name: &str, picture: &[u8]) -> PathBuf {
    let archive = small_with(name, "picture_sizes", true.into());
    put(&archive, "media/Toàn cảnh.png", picture);
    let at = archive.join("articles/2021/09/hoi-nghi-truc-tuyen.json");
    let source = fs::read_to_string(&at).expect("it is there");
    let mut source: serde_json::Value = serde_json::from_str(&source).expect("JSON");
    source["image"] = "media/Toàn cảnh.png".into();
    put(&archive, "articles/2021/09/hoi-nghi-truc-tuyen.json", source.to_string().as_bytes());
    archive
}

/// So much in it that its copies are smaller.
fn photograph() -> Vec<u8> {
    let mut state = 1_u32;
    let pixels = image::RgbImage::from_fn(700, 40, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [r, g, b, _] = state.to_be_bytes();
        image::Rgb([r, g, b])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be packed");
    bytes.into_inner()
}

fn picture(files: &Files) -> Image {
    article(files, "hoi-nghi-truc-tuyen").headline.image.expect("a picture")
}

#[test]
fn a_photograph_has_smaller_copies_where_the_page_looks_for_them() {
    let photograph = photograph();
    let files = published(&small_with_picture("copies-source", &photograph), "copies");
    let image = picture(&files);
    assert_eq!((image.width, image.height, image.widths.as_slice()), (Some(700), Some(40), &[320, 640][..]));
    assert!(image.tint.is_some() && !image.transparent && image.plain.is_none());
    let names = files_of(&image);
    assert_eq!(names.len(), 5);
    for name in &names {
        assert!(name.starts_with("media/toan-canh-"), "{name}");
        let (found, size) = (&files[name], imagesize::blob_size(&files[name]).expect("a picture"));
        assert!(found.len() <= photograph.len(), "{name}");
        let width = [320, 640].into_iter().find(|width| name.contains(&format!("-w{width}-")));
        assert_eq!(size.width, width.unwrap_or(700), "{name}");
    }
    // The front page names the same.
    let home: Home = read(&files, read::<Entry>(&files, Entry::FILE).home.as_str());
    assert!(home.headlines.iter().any(|headline| headline.image.as_ref() == Some(&image)));
}

#[test]
fn a_portal_that_wants_no_copies_has_none() {
    let archive = small_with_picture("no-copies-source", &photograph());
    let at = archive.join("portal.json");
    let portal = fs::read_to_string(&at).expect("it is there");
    put(
        &archive,
        "portal.json",
        portal.replace("\"picture_sizes\":true", "\"picture_sizes\":false").as_bytes(),
    );
    let files = published(&archive, "no-copies");
    let image = picture(&files);
    assert_eq!((image.width, image.widths.len(), image.tint), (Some(700), 0, None));
    assert!(!files.keys().any(|name| name.contains("-w320-") || name.contains("-sizes-")));
}

#[test]
fn copies_that_an_earlier_publication_has_are_not_made_anew() {
    let archive = small_with_picture("earlier-source", &photograph());
    let whole = published(&archive, "earlier-whole");
    let image = picture(&whole);
    let [narrow, wide] = [320, 640].map(|width| image.scaled(width, Format::Avif).expect("its name"));
    let earlier = fresh("earlier");
    let out = fresh("earlier-out");
    let index = |earlier: &Path| {
        let given =
            ["index", text(&archive), "--out", text(&out), "--today", TODAY, "--earlier", text(earlier)];
        let output = newsroom(&given);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        contents(&out)
    };
    for (name, bytes) in &whole {
        put(&earlier, name, bytes);
    }
    // A mark shows where a file comes from.
    put(&earlier, narrow.as_str(), b"taken over");
    let second = index(&earlier);
    assert_eq!(second[narrow.as_str()], b"taken over");
    let differs: Vec<_> = whole.iter().filter(|(name, bytes)| second.get(*name) != Some(bytes)).collect();
    assert_eq!((differs.len(), second.len()), (1, whole.len()));
    // Where one is missing, all are made.
    fs::remove_file(earlier.join(wide.as_str())).expect("it is there");
    assert!(index(&earlier) == whole);
    // Without --earlier, what is replaced is looked at.
    put(&out, narrow.as_str(), b"taken over");
    assert_eq!(self::index(&archive, &out).status.code(), Some(0));
    assert_eq!(contents(&out)[narrow.as_str()], b"taken over");
    // A damaged note is no note, and other copies than those of this program are not looked for.
    let note = whole.keys().find(|name| name.contains("toan-canh-sizes-")).expect("a note");
    put(&out, note, b"{\"widths\":[320],");
    assert_eq!(self::index(&archive, &out).status.code(), Some(0));
    assert!(contents(&out) == whole);
    let output = newsroom(&["index", text(&archive), "--out", text(&out), "--earlier", text(&archive)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(contents(&out) == whole);
}

#[test]
fn a_picture_that_cannot_be_unpacked_is_told_and_published_as_it_is() {
    let mut broken = photograph();
    broken.truncate(9_000);
    let archive = small_with_picture("broken-source", &broken);
    let out = fresh("broken");
    let output = index(&archive, &out);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.starts_with(
            "media/Toàn cảnh.png: file: warning: No smaller copies of the picture can be made: "
        ),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("27 articles, 0 errors, 1 warning: published"));
    let files = contents(&out);
    let image = picture(&files);
    assert_eq!((image.width, image.widths.len()), (Some(700), 0));
    assert!(files[image.src.as_str()] == broken);
}

#[test]
fn a_caption_finds_its_picture_with_and_without_a_slash() {
    let archive = fresh("slash-source");
    copy(&fixture("small"), &archive, false);
    let at = archive.join("articles/2021/09/hoi-nghi-truc-tuyen.json");
    let source = fs::read_to_string(&at).expect("it is there");
    let mut source: serde_json::Value = serde_json::from_str(&source).expect("JSON");
    source["image"] = format!("/{}", source["image"].as_str().expect("a text")).into();
    put(&archive, "articles/2021/09/hoi-nghi-truc-tuyen.json", source.to_string().as_bytes());
    let files = published(&archive, "slash");
    assert_eq!(article(&files, "hoi-nghi-truc-tuyen").caption, "Quang cảnh hội nghị tại hội trường Sở");
}

fn many(archive: &Path, count: usize) {
    let source = fixture("small");
    for name in ["portal.json", "calendar.ics"] {
        put(archive, name, &fs::read(source.join(name)).expect("it is there"));
    }
    put(archive, "media/logo-bo.svg", &fs::read(source.join("media/logo-bo.svg")).expect("it is there"));
    for i in 0..count {
        many_article(archive, i);
    }
}

fn many_article(archive: &Path, i: usize) {
    let words =
        ["tuyển sinh", "khai giảng", "thi tốt nghiệp", "thư viện", "học bổng", "chuyển đổi số", "thể thao"];
    let (a, b) = (words[i % 7], words[i / 7 % 7]);
    let day = 1 + i % 28;
    let month = 1 + i / 28 % 12;
    let year = 2017 + i / 336;
    let item = serde_json::json!({
        "id": format!("{i}"), "title": format!("Tin {a} và {b} số {i}"), "summary": format!("Về {a}."),
        "content_text": format!("Bài {i} nói về {a} và {b}."), "tags": [a, b],
        "date_published": format!("{year}-{month:02}-{day:02}T08:00:00+07:00"), "authors": [{"name": "An"}],
        "_bantin": {"category": "tin-tuc-su-kien", "unit": "Văn phòng Sở", "source": "Văn phòng Sở"},
    });
    put(archive, &format!("articles/{year}/{month:02}/tin-{i}.json"), item.to_string().as_bytes());
}

#[test]
fn one_more_article_changes_few_files() {
    let archive = fresh("many-source");
    // 219 articles are two buckets, and the 220th begins a new chunk: no easier case than another. Only the sealing of
    // the newest articles, once in sixteen, changes more.
    for count in [219, 600, 1_104] {
        assert_eq!(sealed(count as u32), sealed(count as u32 + 1));
        many(&archive, count);
        let before = published(&archive, "many-1");
        many_article(&archive, count);
        let after = published(&archive, "many-2");
        let new: Vec<_> =
            after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)).map(|f| f.0).collect();
        assert!(new.len() <= 18, "{count}: {new:?}");
        let feed: Feed = read(&after, read::<Entry>(&after, Entry::FILE).all.file.as_str());
        let chunks: Vec<Vec<Headline>> =
            feed.older.iter().map(|chunk| read(&after, chunk.file.as_str())).collect();
        let all: Vec<_> = feed.newest.iter().chain(chunks.iter().flatten()).collect();
        assert_eq!(all.len(), count + 1);
        assert!(all.windows(2).all(|pair| pair[0].published >= pair[1].published), "newest first");
        assert!(feed.older.iter().all(|chunk| chunk.count == Feed::CHUNK));
    }
}
