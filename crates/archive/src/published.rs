//! The published form: the files that `newsroom index` writes and the browser reads.
//!
//! Strict: a file that does not fit these types is an error. Versioned by [`FORMAT`]. Only
//! [`Entry::FILE`] has a fixed name and is never cached; every other file is named by a hash of its content,
//! so it can be cached for ever and an unchanged part of the archive keeps its name. Articles alone are numbered
//! ([`article_file`]), because search knows them by number; they are asked for with the edition in their address.
//! So it is for the browser; files for other programs ([`feed_file`], [`oembed_file`], [`SITEMAP_FILE`],
//! [`CALENDAR_FILE`]), which it never reads, all have fixed names.
//!
//! Lists run from newest to oldest. Long lists are cut into chunks counted *from the oldest article on*: a
//! new article changes the newest part only, and older chunks keep their names.
//!
//! Not here: the search files (`search-index`), the events of a calendar week (`work-calendar`).

use crate::{Body, FileName, Moment, Slug, accent::Accent, body::Image};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the published form. The browser refuses another one with a sentence of its own: "reload".
pub const FORMAT: u32 = 3;

/// `entry.json`: the one door to everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// [`FORMAT`] of the writer.
    pub format: u32,
    /// Who publishes.
    pub portal: Portal,
    /// The [`Home`] file.
    pub home: FileName,
    /// The [`Feed`] of all articles.
    pub all: FeedRef,
    /// The [`Feed`] of each category that has articles.
    pub categories: BTreeMap<Slug, FeedRef>,
    /// The [`Feed`] of each topic that has articles.
    pub topics: BTreeMap<Slug, FeedRef>,
    /// The [`Contents`](crate::Contents) file.
    pub contents: FileName,
    /// [`Bucket`] files; the article `slug` is in number [`bucket_of`]`(slug, articles.len())`.
    pub articles: Vec<FileName>,
    /// [`CalendarYear`] file of each ISO week-numbering year that has events.
    pub calendar: BTreeMap<i32, FileName>,
    /// Stands for the content of all articles: `article/…?v=<edition>` can be cached for ever.
    pub edition: String,
    /// The manifest of the search index (`search-index`); the files that it names are in folders that are named by
    /// their content. None where nothing is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<FileName>,
    /// The directory of suggestions for the search box; none in an archive from before there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggest: Option<FileName>,
}

impl Entry {
    /// The fixed name.
    pub const FILE: &str = "entry.json";
}

/// Who publishes, and how the front page is made up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// Name of the portal: "Cổng thông tin điện tử".
    pub name: String,
    /// The whole address where the portal lies, with a slash at its end; may be empty. Where it is there, so are the
    /// feeds and sitemaps.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The department.
    pub unit: String,
    /// The body above it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent_unit: String,
    /// One sentence about the portal; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// A line for every page, such as "Dữ liệu mẫu"; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notice: String,
    /// Postal address; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Telephone; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// E-mail; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Who answers for the content; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub responsible: String,
    /// In the order of the menu.
    pub categories: Vec<Category>,
    /// Topics ("Chủ đề"): series of articles of whatever category. An article has one or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Category>,
    /// In the order shown.
    pub links: Vec<LinkGroup>,
    /// Blocks of the home page, in order.
    pub home: Vec<HomeBlock>,
    /// The department's own colour in its roles; none where the page's usual ones stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<Accent>,
    /// Who counts the visits to the whole portal; none where nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counting: Option<Counting>,
    /// The service that readers' browsers send their views on to; none where nothing leaves them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<Sending>,
    /// The offices that articles come from, those of most articles first; at most [`Portal::MAX_UNITS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
}

impl Portal {
    /// Most [`Portal::units`]: each reader loads them with the entry, and others can still be typed.
    pub const MAX_UNITS: usize = 50;
}

/// Where figures of the whole portal come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// The whole address of a GoatCounter, whose public counter is asked; empty where [`crate::Counts`] lies beside the
    /// archive.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub goatcounter: String,
    /// What an old portal had counted, to be added to what the GoatCounter says.
    #[serde(default)]
    pub start: u64,
}

impl Counting {
    /// Where the figures are asked for, of a portal whose files lie in this folder (with a slash at its end).
    pub fn address(&self, root: &str) -> String {
        if self.goatcounter.is_empty() {
            return [root, crate::Counts::FILE].concat();
        }
        [self.goatcounter.trim_end_matches('/'), "/counter/TOTAL.json"].concat()
    }

    /// Visitors in all by the number of a GoatCounter, which is a text, grouped for readers.
    pub fn total(&self, count_unique: &str) -> Option<u64> {
        let digits: String = count_unique.chars().filter(char::is_ascii_digit).collect();
        Some(digits.parse::<u64>().ok()?.saturating_add(self.start))
    }
}

/// Where views are sent on to. As JSON it is a list of the three, because the browser has the code for that already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct Sending {
    /// The name of the service, of those that `visits::Service` knows. A text, so that an app of yesterday passes over a
    /// service of tomorrow and still opens the archive.
    pub to: String,
    /// Its whole address.
    pub address: String,
    /// By what it knows the portal; may be empty.
    pub site: String,
}

impl From<Vec<String>> for Sending {
    fn from(parts: Vec<String>) -> Self {
        let mut parts = parts.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        Self { to: next(), address: next(), site: next() }
    }
}

impl From<Sending> for Vec<String> {
    fn from(Sending { to, address, site }: Sending) -> Self {
        vec![to, address, site]
    }
}

/// A category ("Chuyên mục") or a topic ("Chủ đề").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for readers.
    pub name: String,
    /// One sentence; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Linked sites ("Website liên kết") under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkGroup {
    /// The heading.
    pub group: String,
    /// The sites.
    pub sites: Vec<Site>,
}

/// A linked site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Its `https:` or `http:` address.
    pub url: String,
    /// Its logo, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Image>,
}

/// A block of the home page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HomeBlock {
    /// "Tin nóng"
    Hot,
    /// "Tin tiêu điểm"
    Featured,
    /// "Tin mới nhất"
    Newest,
    /// "Chủ đề": the newest of the first topics.
    Topics,
    /// A column for each category.
    Categories,
    /// "Lịch công tác" of this week.
    Calendar,
    /// "Website liên kết"
    Links,
    /// "Thống kê truy cập"
    Visits,
}

impl HomeBlock {
    /// All blocks, in the order used when a portal does not say.
    pub const ALL: [Self; 8] = [
        Self::Hot,
        Self::Featured,
        Self::Newest,
        Self::Topics,
        Self::Categories,
        Self::Calendar,
        Self::Links,
        Self::Visits,
    ];
}

/// What a list of articles shows of one; it has no body, so a list cannot ask for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// Its name in addresses.
    pub slug: Slug,
    /// Title.
    pub title: String,
    /// The lead; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Its category; none in a plain feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Slug>,
    /// When it was published.
    pub published: Moment,
    /// When it was last changed, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Moment>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Whether it is hot news ("Tin nóng").
    #[serde(default, skip_serializing_if = "Promotion::is_none")]
    pub hot: Promotion,
    /// Whether it is featured ("Tin tiêu điểm").
    #[serde(default, skip_serializing_if = "Promotion::is_none")]
    pub featured: Promotion,
}

impl Headline {
    /// Since when the article is as it is now.
    pub fn latest(&self) -> Moment {
        self.modified.unwrap_or(self.published)
    }
}

/// Whether, and until when, an article is put forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Promotion {
    /// It is not.
    #[default]
    None,
    /// It is, without end.
    Always,
    /// It is until the end of this day in Việt Nam.
    Until(NaiveDate),
}

impl Promotion {
    /// Whether it holds on this day.
    pub fn holds(self, today: NaiveDate) -> bool {
        match self {
            Self::None => false,
            Self::Always => true,
            Self::Until(last) => today <= last,
        }
    }

    /// Whether it never holds.
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// One article, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// What lists show of it.
    pub headline: Headline,
    /// The office it comes from; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Names of the authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// A wide picture above the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner: Option<Image>,
    /// Caption of `banner`, or of the headline's picture where there is no banner; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// The text.
    pub body: Body,
    /// Files to take away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// "Nguồn": where the text comes from; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Address of the original, for an article of a plain feed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub original: String,
    /// BCP 47 tag of the text's language; empty means `vi`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The next newer article of its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<Neighbour>,
    /// The next older article of its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<Neighbour>,
    /// The topic that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<InTopic>,
    /// Articles on the same matter, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Headline>,
}

/// A file that comes with an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// `media/…` below the published folder, or a whole address in a plain feed.
    pub url: crate::body::Target,
    /// What it is called.
    pub title: String,
    /// Media type, such as `application/pdf`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub media_type: String,
    /// Size in bytes, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

impl Attachment {
    /// "PDF", "DOCX": the ending of the file's name, which readers know better than media types.
    pub fn kind(&self) -> String {
        let url = String::from(self.url.clone());
        let name = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        match name.rsplit_once('.') {
            Some((_, ending)) if (1..=5).contains(&ending.len()) => ending.to_ascii_uppercase(),
            _ => self.media_type.rsplit('/').next().unwrap_or_default().to_ascii_uppercase(),
        }
    }
}

/// The article before or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its title.
    pub title: String,
}

/// A topic, and where in it an article stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTopic {
    /// Which topic.
    pub slug: Slug,
    /// The next newer article of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<Neighbour>,
    /// The next older article of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<Neighbour>,
}

/// What the front page shows. Each headline is written once; the lists are positions in `headlines`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Every headline that some list names.
    pub headlines: Vec<Headline>,
    /// Hot articles, newest first; at most 20, the browser drops those whose day is over.
    pub hot: Vec<usize>,
    /// Featured articles, newest first; at most 20.
    pub featured: Vec<usize>,
    /// The newest articles; at most 20.
    pub newest: Vec<usize>,
    /// The newest of each category that has articles, in the portal's order; at most 6 each.
    pub categories: Vec<(Slug, Vec<usize>)>,
    /// The newest of the first topics that have articles, in the portal's order; at most 3 each, of at most 4 topics.
    pub topics: Vec<(Slug, Vec<usize>)>,
}

impl Home {
    /// The headlines at these positions; a position that is not there is passed over.
    pub fn pick<'a>(&'a self, positions: &'a [usize]) -> impl Iterator<Item = &'a Headline> {
        positions.iter().filter_map(|&i| self.headlines.get(i))
    }
}

/// A feed and how many articles it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRef {
    /// Number of articles.
    pub count: usize,
    /// The [`Feed`] file.
    pub file: FileName,
}

/// A list of articles, newest first: the newest whole, the rest in chunks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Number of articles in all.
    pub count: usize,
    /// The newest: 20 to 119 of them, or all where there are fewer than 120.
    pub newest: Vec<Headline>,
    /// The rest, newest chunk first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<Chunk>,
}

impl Feed {
    /// Headlines in a full chunk. At 450 bytes each a chunk is about 45 KB, 10 KB compressed.
    pub const CHUNK: usize = 100;
    /// Articles a page shows, and so the fewest that stay in [`Feed::newest`].
    pub const PAGE: usize = 20;

    /// How many of `count` articles stay in [`Feed::newest`]; the rest, a multiple of [`Feed::CHUNK`],
    /// goes into chunks.
    pub fn newest_of(count: usize) -> usize {
        if count < Self::CHUNK + Self::PAGE { count } else { (count - Self::PAGE) % Self::CHUNK + Self::PAGE }
    }
}

/// A part of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// Number of headlines in it.
    pub count: usize,
    /// A file with that many [`Headline`]s, newest first.
    pub file: FileName,
}

/// The file of an article: the category, and how many articles of the category are older. An article keeps its
/// number when newer ones come.
pub fn article_file(category: Option<&Slug>, number: u32) -> FileName {
    // `_` is no slug.
    let name = format!("article/{}/{number}.json", category.map_or("_", Slug::as_str));
    FileName::try_from(name).unwrap_or_else(|error| unreachable!("a slug and a number make a name: {error}"))
}

/// Where the articles of one bucket are.
pub type Bucket = BTreeMap<Slug, FileName>;

/// The bucket of a slug among `buckets` of them: FNV-1a of its bytes, modulo. Stable for ever: changing it
/// needs a new [`FORMAT`].
pub fn bucket_of(slug: &Slug, buckets: usize) -> usize {
    let hash = slug
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    usize::try_from(hash % buckets.max(1) as u64).unwrap_or(0)
}

/// How many buckets `articles` are spread over: about 200 to a bucket, a power of two so that the number,
/// and with it every bucket's content, changes rarely.
pub fn buckets_for(articles: usize) -> usize {
    articles.div_ceil(200).next_power_of_two()
}

/// A feed of the newest articles for feed readers, where the portal says its [`Portal::url`]: of a category that has
/// articles, or of all. `ending` is `xml` (RSS) or `json` (JSON Feed). A category called `all` has none of its own.
pub fn feed_file(category: Option<&Slug>, ending: &str) -> String {
    format!("feeds/{}.{ending}", category.map_or(ALL_FEED, Slug::as_str))
}

/// What other sites need to show an article as a card (oEmbed), where the portal says its [`Portal::url`].
pub fn oembed_file(slug: &Slug) -> String {
    ["oembed/", slug.as_str(), ".json"].concat()
}

/// The name of the feed of all articles among those of the categories.
pub const ALL_FEED: &str = "all";

/// The addresses of all pages for search engines, where the portal says its [`Portal::url`]; or, where there are many,
/// the addresses of files of them.
pub const SITEMAP_FILE: &str = "sitemap.xml";

/// The newest articles for Google News; like [`SITEMAP_FILE`].
pub const NEWS_SITEMAP_FILE: &str = "sitemap-news.xml";

/// The whole work calendar for calendar programs, where there are events. Like all files for other programs it has a
/// fixed name, because those who were given its address keep it.
pub const CALENDAR_FILE: &str = "calendar.ics";

/// The weeks of an ISO week-numbering year that have events, by number, and their files
/// (each a list of `work_calendar::Event`).
pub type CalendarYear = BTreeMap<u32, FileName>;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_feed_keeps_a_full_page_in_its_newest_part(count in 0usize..100_000) {
            let newest = Feed::newest_of(count);
            prop_assert!(newest <= count && newest < Feed::CHUNK + Feed::PAGE);
            prop_assert!(newest >= Feed::PAGE.min(count));
            prop_assert_eq!((count - newest) % Feed::CHUNK, 0);
        }

        #[test]
        fn one_more_article_never_recuts_older_chunks(count in 0usize..100_000) {
            let chunks = |n: usize| (n - Feed::newest_of(n)) / Feed::CHUNK;
            prop_assert!(chunks(count + 1) - chunks(count) <= 1);
        }

        #[test]
        fn every_slug_has_a_bucket(slug in "[a-z0-9]{1,20}", articles in 0usize..1_000_000) {
            let slug: Slug = slug.parse().expect("a slug");
            let buckets = buckets_for(articles);
            prop_assert!(bucket_of(&slug, buckets) < buckets);
        }
    }

    /// Archives of before there was `modified` in lists, when an article had it beside its headline.
    #[test]
    fn a_headline_without_a_change_and_an_article_with_one_of_its_own_are_read() {
        let headline = r#"{"slug":"tin","title":"Tin","published":1631330460}"#;
        let read: Headline = serde_json::from_str(headline).expect("a headline");
        assert_eq!((read.modified, read.latest()), (None, read.published));
        assert_eq!(serde_json::to_string(&read).expect("JSON"), headline);
        let article = format!(r#"{{"headline":{headline},"modified":1631347500,"body":[]}}"#);
        let read: Article = serde_json::from_str(&article).expect("an article");
        assert_eq!(read.headline.modified, None);
    }

    #[test]
    fn where_views_are_sent_is_a_list_of_three() {
        let text = r#"["umami","https://dem.example","7"]"#;
        let sending: Sending = serde_json::from_str(text).expect("a list");
        assert_eq!((&*sending.to, &*sending.address, &*sending.site), ("umami", "https://dem.example", "7"));
        assert_eq!(serde_json::to_string(&sending).expect("JSON"), text);
    }

    #[test]
    fn promotions_end_with_their_day() {
        let day = |d| NaiveDate::from_ymd_opt(2021, 9, d).expect("a day");
        assert!(Promotion::Until(day(20)).holds(day(20)));
        assert!(!Promotion::Until(day(20)).holds(day(21)));
        assert!(Promotion::Always.holds(day(1)) && !Promotion::None.holds(day(1)));
    }
}
