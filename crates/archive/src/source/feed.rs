//! A plain JSON Feed from anywhere, 1.0 or 1.1, read as it is.
//!
//! For readers, not for editors: nothing is reported. An item that cannot be shown is left out, an unknown
//! or broken field is passed over. Not here: fetching, following [`Feed::next_url`], parsing HTML.

use super::{Article, Content, article::from_map, json};
use crate::{
    Body, Moment, Slug, address,
    body::{Image, ImageSource, Target},
    published,
};
use serde_json::Value;

/// Most items taken from one page of a feed. Feeds have 10 to 100; the bound keeps a hostile page from
/// filling the browser's memory with articles.
pub const MAX_ITEMS: usize = 1000;

/// Longest page of a feed that is read, in bytes: 1,000 items of 16 KB each.
pub const MAX_BYTES: usize = 16 << 20;

/// One page of a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// What it is called; may be empty.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// The page that it feeds, whole; may be empty.
    pub home_page_url: String,
    /// BCP 47 tag of its language; may be empty.
    pub language: String,
    /// Items that can be shown, in the feed's order. Addresses are whole; texts are as written.
    pub items: Vec<Article>,
    /// Address of the next page, whole, when there is one.
    pub next_url: Option<String>,
    /// How many items were left out because they could not be shown.
    pub left_out: usize,
}

/// Why a text is not a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Longer than [`MAX_BYTES`].
    #[error("the feed has {0} bytes, more than {MAX_BYTES}; ask its maker for shorter pages")]
    TooLong(usize),
    /// Not JSON.
    #[error("line {line}, column {column}: this is not JSON ({reason}); check the address of the feed")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// What the parser expected.
        reason: String,
    },
    /// JSON, but no feed.
    #[error("this is JSON but not a JSON Feed: {0}; check the address of the feed")]
    NotAFeed(&'static str),
}

/// Reads one page of a feed. `address` is where it was fetched from: relative addresses are made whole by it.
///
/// Missing dates stay `None` (a date without offset counts as Việt Nam's), an `id` may be a number, an item
/// without title gets one from its text. At most [`MAX_ITEMS`] items; each has an id, a title and something
/// to read.
///
/// # Errors
/// When the text is not JSON, too long, or has no list of items.
pub fn read_feed(text: &str, address: &str) -> Result<Feed, FeedError> {
    if text.len() > MAX_BYTES {
        return Err(FeedError::TooLong(text.len()));
    }
    let (value, _) = json::parse(text).map_err(|f| FeedError::NotJson {
        line: f.line,
        column: f.column,
        reason: f.reason,
    })?;
    let Value::Object(mut feed) = value else { return Err(FeedError::NotAFeed("it is no object")) };
    if feed.get("version").and_then(Value::as_str).is_some_and(|version| !version.contains("jsonfeed.org/")) {
        return Err(FeedError::NotAFeed("its version names another format"));
    }
    let Some(Value::Array(items)) = feed.remove("items") else {
        return Err(FeedError::NotAFeed("it has no list of items"));
    };
    let text_of = |key| feed.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let whole = |key| whole(address, &text_of(key));
    let count = items.len();
    let items: Vec<Article> =
        items.into_iter().take(MAX_ITEMS).filter_map(|item| read_item(item, address)).collect();
    Ok(Feed {
        title: text_of("title"),
        description: text_of("description"),
        home_page_url: whole("home_page_url"),
        language: text_of("language"),
        next_url: Some(whole("next_url")).filter(|url| !url.is_empty() && url != address),
        left_out: count - items.len(),
        items,
    })
}

fn read_item(item: Value, address: &str) -> Option<Article> {
    let Value::Object(mut item) = item else { return None };
    if let Some(Value::Number(id)) = item.get("id") {
        let id = id.to_string();
        item.insert("id".into(), id.into());
    }
    let dates = ["date_published", "date_modified"].map(|key| date(item.get(key)?.as_str()?));
    let mut article = from_map("", item, &mut Vec::new());
    [article.date_published, article.date_modified] = dates;
    // Only what the standard has counts: `_bantin` of another portal names that portal's categories.
    article.bantin = super::Bantin { image_alt: article.bantin.image_alt, ..super::Bantin::default() };
    let external = article.other.get("external_url").and_then(Value::as_str).unwrap_or_default();
    article.url =
        Some(whole(address, &article.url)).filter(|url| !url.is_empty()).unwrap_or(whole(address, external));
    article.image = whole(address, &article.image);
    article.banner_image = whole(address, &article.banner_image);
    for attachment in &mut article.attachments {
        attachment.url = whole(address, &attachment.url);
    }
    article.attachments.retain(|attachment| !attachment.url.is_empty());
    article.authors.retain(|author| !author.name.trim().is_empty());
    let words = match &article.content {
        Some(Content::Text(text)) => begin_of(text),
        Some(Content::Html(html)) => begin_of(&without_tags(html)),
        None => String::new(),
    };
    if words.is_empty() && !matches!(&article.content, Some(Content::Html(html)) if html.contains("<img")) {
        article.content = None;
    }
    article.title =
        first_of([collapse(&article.title), begin_of(&article.summary), words, article.url.clone()])?;
    // An item with nothing but a title is worth showing only when it leads somewhere.
    if article.content.is_none() && article.summary.trim().is_empty() && article.url.is_empty() {
        return None;
    }
    article.id = first_of([article.id.trim().to_owned(), article.url.clone(), article.title.clone()])?;
    Some(article)
}

/// An item of a feed as the app shows articles. `body` is its cleaned text ([`address::resolve`] before
/// cleaning), `undated` the moment to show for an item without date.
///
/// The slug is made from the title and the id, so it is the same however the pages of the feed are cut.
pub fn publish(item: &Article, body: Body, undated: Moment) -> published::Article {
    let picture = |src: &str| {
        let alt = item.bantin.image_alt.clone();
        ImageSource::parse(src).map(|src| Image::new(src, alt))
    };
    let attachments = item.attachments.iter().filter_map(|attachment| {
        let last = attachment.url.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
        let title = if attachment.title.trim().is_empty() { last } else { attachment.title.trim() };
        Some(published::Attachment {
            url: Target::parse(&attachment.url)?,
            title: title.to_owned(),
            media_type: attachment.mime_type.clone(),
            size: attachment.size_in_bytes,
        })
    });
    published::Article {
        headline: published::Headline {
            slug: slug_of(item),
            title: item.title.clone(),
            summary: collapse(&item.summary),
            category: None,
            published: item.date_published.or(item.date_modified).unwrap_or(undated),
            modified: item
                .date_modified
                .filter(|at| item.date_published.is_some_and(|published| published < *at)),
            image: picture(&item.image).or_else(|| picture(&item.banner_image)),
            hot: published::Promotion::None,
            featured: published::Promotion::None,
        },
        unit: String::new(),
        authors: item.authors.iter().map(|author| author.name.clone()).collect(),
        banner: picture(&item.banner_image),
        caption: String::new(),
        body,
        attachments: attachments.collect(),
        tags: item.tags.iter().map(|tag| collapse(tag)).filter(|tag| !tag.is_empty()).collect(),
        source: String::new(),
        original: item.url.clone(),
        language: item.language.clone(),
        newer: None,
        older: None,
        topic: None,
        related: Vec::new(),
    }
}

/// The name of a feed's item in our addresses: its title, and eight hexadecimal digits of its id.
pub fn slug_of(item: &Article) -> Slug {
    // FNV-1a, as for buckets: short, stable, and not a secret.
    let hash = item
        .id
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let title = viet_text::slug(&item.title, 80);
    let title = if title.is_empty() { "bai" } else { &title };
    format!("{title}-{hash:08x}")
        .parse()
        .unwrap_or_else(|_| unreachable!("a slug and hexadecimal digits are a slug"))
}

/// The whole `http(s)` address that `href` means in a feed at `base`; empty where it means none.
pub fn whole(base: &str, href: &str) -> String {
    let href = href.trim();
    if href.is_empty() {
        return String::new();
    }
    let whole = address::join(base, href).unwrap_or_default();
    match Target::parse(&whole) {
        Some(Target::External(url)) if url.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("http")) => url,
        _ => String::new(),
    }
}

/// A date as feeds have them: RFC 3339, or something like it. Without an offset it counts as Việt Nam's.
pub fn date(text: &str) -> Option<Moment> {
    Moment::parse_loosely(text.trim())
}

fn first_of<const N: usize>(texts: [String; N]) -> Option<String> {
    texts.into_iter().find(|text| !text.is_empty())
}

/// A text in one line, with single spaces.
pub fn collapse(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first words of a text, at most 80 characters: a title for an item that has none.
pub fn begin_of(text: &str) -> String {
    let start: String = text.chars().take(400).collect();
    let words = collapse(&start);
    match words.char_indices().nth(80) {
        None => words,
        Some((end, _)) => {
            let cut = words.get(..end).unwrap_or_default();
            format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole_words, _)| whole_words))
        }
    }
}

/// The start of an HTML text without its tags, only to name an item by; entities but the five of XML stay.
pub fn without_tags(html: &str) -> String {
    const ENTITIES: [(&str, char); 6] =
        [("nbsp;", ' '), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#39;", '\''), ("amp;", '&')];
    let (mut text, mut inside) = (String::new(), false);
    let mut rest = html.chars();
    for _ in 0..4000 {
        let Some(c) = rest.next() else { break };
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            '&' if !inside => {
                let known =
                    ENTITIES.iter().find_map(|(name, c)| Some((rest.as_str().strip_prefix(name)?, *c)));
                let (after, c) = known.unwrap_or((rest.as_str(), '&'));
                rest = after.chars();
                text.push(c);
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: &str = "https://a.example/tin/feed.json";

    fn items(json: &str) -> Vec<Article> {
        read_feed(&format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "items": {json}}}"#), HERE)
            .expect("a feed")
            .items
    }

    #[test]
    fn a_feed_is_read_with_whole_addresses() {
        let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Tin", "home_page_url": "/",
            "next_url": "?trang=2", "items": [{"id": "1", "url": "b", "title": " Một ", "content_html": "<p>a",
            "image": "../a.png", "date_published": "2021-09-11T10:21:00+07:00",
            "attachments": [{"url": "/a.pdf", "mime_type": "application/pdf"}, {"url": "javascript:x"}]}]}"#;
        let feed = read_feed(text, HERE).expect("a feed");
        assert_eq!((feed.title.as_str(), feed.home_page_url.as_str()), ("Tin", "https://a.example/"));
        assert_eq!(feed.next_url.as_deref(), Some("https://a.example/tin/feed.json?trang=2"));
        let item = &feed.items[0];
        assert_eq!((item.title.as_str(), item.url.as_str()), ("Một", "https://a.example/tin/b"));
        assert_eq!(item.image, "https://a.example/a.png");
        let undated = Moment::from_unix(0).expect("in range");
        let article = publish(item, Body::default(), undated);
        assert_eq!(article.headline.published.to_string(), "11/09/2021 10:21");
        assert_eq!(article.attachments.len(), 1);
        assert_eq!(article.attachments[0].title, "a.pdf");
        assert!(article.headline.slug.as_str().starts_with("mot-"));
    }

    #[test]
    fn faults_of_items_are_tolerated_and_items_of_nothing_left_out() {
        let found = items(
            r#"[7, {}, {"id": 12, "content_text": "chỉ có chữ"}, {"title": "chỉ có tên"},
            {"title": "x", "summary": "y", "date_published": "hôm qua", "tags": 3},
            {"content_html": "<p>một &amp; <b>hai</b>", "date_published": "2021-09-11", "url": "c"}]"#,
        );
        let shown: Vec<_> = found.iter().map(|a| (a.id.as_str(), a.title.as_str())).collect();
        let url = "https://a.example/tin/c";
        assert_eq!(shown, [("12", "chỉ có chữ"), ("x", "x"), (url, "một & hai")]);
        assert_eq!(found[1].date_published, None);
        assert_eq!(
            found[2].date_published.map(Moment::rfc3339).as_deref(),
            Some("2021-09-11T00:00:00+07:00")
        );
    }

    #[test]
    fn what_is_no_feed_says_so() {
        assert!(matches!(read_feed("<html>", HERE), Err(FeedError::NotJson { line: 1, column: 1, .. })));
        for text in ["[]", "{}", r#"{"items": {}}"#, r#"{"version": "2.0", "items": []}"#] {
            assert!(matches!(read_feed(text, HERE), Err(FeedError::NotAFeed(_))), "{text}");
        }
        assert!(read_feed(r#"{"version": "https://jsonfeed.org/version/1", "items": []}"#, HERE).is_ok());
        assert!(read_feed(&" ".repeat(MAX_BYTES + 1), HERE).is_err());
    }

    #[test]
    fn a_page_is_bounded() {
        let many = vec![r#"{"id": 1, "title": "a", "content_text": "b"}"#; MAX_ITEMS + 5].join(",");
        let feed = read_feed(&format!(r#"{{"items": [{many}]}}"#), HERE).expect("a feed");
        assert_eq!((feed.items.len(), feed.left_out), (MAX_ITEMS, 5));
    }

    #[test]
    fn the_same_address_is_no_next_page() {
        let text = format!(r#"{{"items": [], "next_url": "{HERE}"}}"#);
        assert_eq!(read_feed(&text, HERE).expect("a feed").next_url, None);
    }

    #[test]
    fn long_texts_make_short_titles() {
        let title = begin_of(&"giáo dục ".repeat(50));
        assert!(
            title.chars().count() <= 81 && title.ends_with("dục…") || title.ends_with("giáo…"),
            "{title}"
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_a_feed_or_an_error(text in "\\PC{0,60}", address in "\\PC{0,20}") {
            let _ = read_feed(&text, &address);
        }

        #[test]
        fn any_item_that_is_read_can_be_shown(
            id in prop_oneof![Just("1".to_owned()), "\"\\PC{0,5}\""], title in "[^\"\\\\\u{0}-\u{1f}]{0,120}",
            url in "[a-z:/.?#]{0,20}", html in "[a-z<>& ]{0,40}",
        ) {
            let text = format!(
                r#"{{"items": [{{"id": {id}, "title": "{title}", "url": "{url}", "content_html": "{html}"}}]}}"#
            );
            if let Ok(feed) = read_feed(&text, HERE) {
                for item in &feed.items {
                    prop_assert!(!item.id.is_empty() && !item.title.is_empty());
                    let article = publish(item, Body::default(), Moment::from_unix(0).expect("in range"));
                    let json = serde_json::to_string(&article).expect("an article can be written");
                    prop_assert_eq!(serde_json::from_str::<published::Article>(&json).expect("and read"), article);
                }
            }
        }
    }
}
