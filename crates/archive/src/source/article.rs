//! One article as its editor keeps it: a JSON Feed 1.1 item.

use super::{
    fields::{Fields, kind},
    json,
};
use crate::{Moment, Problem};
use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An article in the source format. What is not in the file is empty or `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// Its lasting name, unique in the archive.
    pub id: String,
    /// Its address, `/bai-viet/<slug>`; in a feed from elsewhere a whole address.
    pub url: String,
    /// Title.
    pub title: String,
    /// The lead ("sapo").
    pub summary: String,
    /// The text.
    pub content: Option<Content>,
    /// The picture of lists.
    pub image: String,
    /// The wide picture above the text.
    pub banner_image: String,
    /// When it was published.
    pub date_published: Option<Moment>,
    /// When it was last changed.
    pub date_modified: Option<Moment>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Tags.
    pub tags: Vec<String>,
    /// BCP 47 tag; empty means `vi`.
    pub language: String,
    /// Files that come with it.
    pub attachments: Vec<Attachment>,
    /// What the standard lacks.
    pub bantin: Bantin,
    /// Fields that the program does not know, kept as they are.
    pub other: Map<String, Value>,
}

/// The text of an article as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// `content_html`
    Html(String),
    /// `content_text`
    Text(String),
}

/// An author.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// Unknown fields (`url`, `avatar` of the standard among them).
    pub other: Map<String, Value>,
}

/// A file that comes with an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attachment {
    /// `media/…`, or a whole address.
    pub url: String,
    /// Media type, such as `application/pdf`.
    pub mime_type: String,
    /// What it is called.
    pub title: String,
    /// Size in bytes, as the feed says.
    pub size_in_bytes: Option<u64>,
    /// Unknown fields.
    pub other: Map<String, Value>,
}

/// The object `_bantin`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bantin {
    /// Slug of the category.
    pub category: String,
    /// Slug of the topic; may be empty.
    pub topic: String,
    /// The office it comes from.
    pub unit: String,
    /// Hot news ("Tin nóng").
    pub hot: bool,
    /// Its last day as hot news.
    pub hot_until: Option<NaiveDate>,
    /// Featured ("Tin tiêu điểm").
    pub featured: bool,
    /// Its last featured day.
    pub featured_until: Option<NaiveDate>,
    /// What the picture shows.
    pub image_alt: String,
    /// Captions by path of the picture.
    pub captions: BTreeMap<String, String>,
    /// Where the text comes from ("Nguồn").
    pub source: String,
    /// Unknown fields.
    pub other: Map<String, Value>,
}

/// Reads the text of an article file; `path` is only for the problems.
///
/// Every fault of the file is reported. `None` only when the text is not a JSON object; otherwise a faulty
/// field is empty in the article. What must be there and is not is for `newsroom check` to say.
pub fn read_article(path: &str, text: &str) -> (Option<Article>, Vec<Problem>) {
    let (map, mut problems) = read_object(path, text);
    let article = map.map(|map| from_map(path, map, &mut problems));
    (article, problems)
}

/// Reads a JSON text that must be an object; reports doubled keys and faults of form.
pub(super) fn read_object(path: &str, text: &str) -> (Option<Map<String, Value>>, Vec<Problem>) {
    match json::parse(text) {
        Err(fault) => {
            let place = format!("line {}, column {}", fault.line, fault.column);
            let sentence = format!("This is not JSON: {}.", fault.reason);
            let cure = fault.cure();
            (None, vec![Problem::error(path, place, sentence, cure)])
        }
        Ok((Value::Object(map), doubles)) => {
            let double = |field| {
                let cure = "Keep one of them; only the last one counts now.";
                Problem::error(path, field, "This field is there twice.", cure)
            };
            (Some(map), doubles.into_iter().map(double).collect())
        }
        Ok((other, _)) => {
            let sentence = format!("The file must hold an object and holds {}.", kind(&other));
            let cure = "Begin it with { and end it with }.";
            (None, vec![Problem::error(path, "line 1, column 1", sentence, cure)])
        }
    }
}

/// Reads an item that is parsed already.
pub(super) fn from_map(path: &str, map: Map<String, Value>, problems: &mut Vec<Problem>) -> Article {
    let mut fields = Fields::new(path, map, problems);
    // JSON Feed lets an item have both; HTML says more, so the text stays among the unknown fields.
    let content = if fields.has("content_html") {
        fields.unused_text("content_text");
        Some(Content::Html(fields.text("content_html")))
    } else {
        fields.has("content_text").then(|| Content::Text(fields.text("content_text")))
    };
    // Version 1.0 had one `author`; it counts where `authors` is not there.
    let authors = if fields.has("authors") || !fields.has("author") {
        fields.objects("authors", author)
    } else {
        fields.inside("author", author).into_iter().collect()
    };
    Article {
        id: fields.text("id"),
        url: fields.text("url"),
        title: fields.text("title"),
        summary: fields.text("summary"),
        content,
        image: fields.text("image"),
        banner_image: fields.text("banner_image"),
        date_published: fields.moment("date_published"),
        date_modified: fields.moment("date_modified"),
        authors,
        tags: fields.texts("tags"),
        language: fields.text("language"),
        attachments: fields.objects("attachments", attachment),
        bantin: fields.inside("_bantin", bantin).unwrap_or_default(),
        other: fields.rest(),
    }
}

fn author(fields: &mut Fields<'_>) -> Author {
    Author { name: fields.text("name"), other: fields.take_rest() }
}

fn attachment(fields: &mut Fields<'_>) -> Attachment {
    Attachment {
        url: fields.text("url"),
        mime_type: fields.text("mime_type"),
        title: fields.text("title"),
        size_in_bytes: fields.number("size_in_bytes"),
        other: fields.take_rest(),
    }
}

fn bantin(fields: &mut Fields<'_>) -> Bantin {
    Bantin {
        category: fields.text("category"),
        topic: fields.text("topic"),
        unit: fields.text("unit"),
        hot: fields.flag("hot"),
        hot_until: fields.day("hot_until"),
        featured: fields.flag("featured"),
        featured_until: fields.day("featured_until"),
        image_alt: fields.text("image_alt"),
        captions: fields.text_map("captions"),
        source: fields.text("source"),
        other: fields.take_rest(),
    }
}

/// Prints an article as its file: known fields in the order of the documentation, then unknown ones; two
/// spaces of indent, a newline at the end. What is empty is left out.
pub fn print(article: &Article) -> String {
    let mut item = Item::default();
    item.text("id", &article.id);
    item.text("url", &article.url);
    item.text("title", &article.title);
    item.text("summary", &article.summary);
    match &article.content {
        Some(Content::Html(html)) => item.put("content_html", Out::Value(html.as_str().into())),
        Some(Content::Text(text)) => item.put("content_text", Out::Value(text.as_str().into())),
        None => {}
    }
    item.text("image", &article.image);
    item.text("banner_image", &article.banner_image);
    item.text("date_published", &article.date_published.map(Moment::rfc3339).unwrap_or_default());
    item.text("date_modified", &article.date_modified.map(Moment::rfc3339).unwrap_or_default());
    item.list("authors", article.authors.iter().map(print_author));
    item.list("tags", article.tags.iter().map(|tag| Out::Value(tag.as_str().into())));
    item.text("language", &article.language);
    item.list("attachments", article.attachments.iter().map(print_attachment));
    let bantin = print_bantin(&article.bantin);
    if !bantin.0.is_empty() {
        item.put("_bantin", Out::Item(bantin));
    }
    item.rest(&article.other);
    // Serialising maps with text keys to a String cannot fail.
    let mut text = serde_json::to_string_pretty(&item).unwrap_or_default();
    text.push('\n');
    text
}

fn print_author(author: &Author) -> Out {
    let mut item = Item::default();
    item.text("name", &author.name);
    item.rest(&author.other);
    Out::Item(item)
}

fn print_attachment(attachment: &Attachment) -> Out {
    let mut item = Item::default();
    item.text("url", &attachment.url);
    item.text("mime_type", &attachment.mime_type);
    item.text("title", &attachment.title);
    if let Some(size) = attachment.size_in_bytes {
        item.put("size_in_bytes", Out::Value(size.into()));
    }
    item.rest(&attachment.other);
    Out::Item(item)
}

fn print_bantin(bantin: &Bantin) -> Item {
    let mut item = Item::default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    item.text("category", &bantin.category);
    item.text("topic", &bantin.topic);
    item.text("unit", &bantin.unit);
    item.flag("hot", bantin.hot);
    item.text("hot_until", &day(bantin.hot_until));
    item.flag("featured", bantin.featured);
    item.text("featured_until", &day(bantin.featured_until));
    item.text("image_alt", &bantin.image_alt);
    if !bantin.captions.is_empty() {
        let captions =
            bantin.captions.iter().map(|(k, v)| (k.clone(), Out::Value(v.as_str().into()))).collect();
        item.put("captions", Out::Item(Item(captions)));
    }
    item.text("source", &bantin.source);
    item.rest(&bantin.other);
    item
}

/// An object whose fields keep their order, which `serde_json::Map` sorts.
#[derive(Default)]
struct Item(Vec<(String, Out)>);

enum Out {
    Value(Value),
    Item(Item),
    List(Vec<Out>),
}

impl Item {
    fn put(&mut self, key: &str, value: Out) {
        self.0.push((key.to_owned(), value));
    }

    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, Out::Value(text.into()));
        }
    }

    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.put(key, Out::Value(true.into()));
        }
    }

    fn list(&mut self, key: &str, entries: impl Iterator<Item = Out>) {
        let entries: Vec<Out> = entries.collect();
        if !entries.is_empty() {
            self.put(key, Out::List(entries));
        }
    }

    fn rest(&mut self, other: &Map<String, Value>) {
        self.0.extend(other.iter().map(|(key, value)| (key.clone(), Out::Value(value.clone()))));
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Out {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Item(item) => item.serialize(serializer),
            Self::List(list) => list.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn other() -> impl Strategy<Value = Map<String, Value>> {
        let value = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,8}".prop_map(Value::from),
            prop::collection::vec(any::<u8>().prop_map(Value::from), 0..3).prop_map(Value::from),
        ];
        prop::collection::btree_map("_?x_[a-z]{0,4}", value, 0..3).prop_map(|map| map.into_iter().collect())
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![Just(String::new()), "\\PC{0,12}", "[\u{0}-\u{1f}\"\\\\]{0,3}"]
    }

    fn moment() -> impl Strategy<Value = Option<Moment>> {
        prop::option::of(
            (-2_208_988_800_i64..7_000_000_000).prop_map(|s| Moment::from_unix(s).expect("in range")),
        )
    }

    fn day() -> impl Strategy<Value = Option<NaiveDate>> {
        prop::option::of(
            (1i32..900_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).expect("a day")),
        )
    }

    prop_compose! {
        fn any_bantin()(
            category in text(), topic in text(), unit in text(), hot in any::<bool>(), hot_until in day(), featured in any::<bool>(),
            featured_until in day(), image_alt in text(), source in text(), other in other(),
            captions in prop::collection::btree_map("[a-z/.]{0,6}", "\\PC{0,6}", 0..3),
        ) -> Bantin {
            Bantin { category, topic, unit, hot, hot_until, featured, featured_until, image_alt, captions, source, other }
        }
    }

    prop_compose! {
        fn any_article()(
            (id, url, title, summary, image, banner_image, language) in
                (text(), text(), text(), text(), text(), text(), text()),
            content in prop::option::of(prop_oneof![
                text().prop_map(Content::Html), text().prop_map(Content::Text)
            ]),
            date_published in moment(), date_modified in moment(),
            authors in prop::collection::vec(
                (text(), other()).prop_map(|(name, other)| Author { name, other }), 0..3),
            tags in prop::collection::vec(text(), 0..3),
            attachments in prop::collection::vec(
                (text(), text(), text(), any::<Option<u64>>(), other()).prop_map(
                    |(url, mime_type, title, size_in_bytes, other)| {
                        Attachment { url, mime_type, title, size_in_bytes, other }
                    }), 0..3),
            bantin in any_bantin(), other in other(),
        ) -> Article {
            Article {
                id, url, title, summary, content, image, banner_image, date_published, date_modified, authors, tags,
                language, attachments, bantin, other,
            }
        }
    }

    proptest! {
        #[test]
        fn a_printed_article_is_read_back_whole(article in any_article()) {
            let (back, problems) = read_article("a.json", &print(&article));
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(back, Some(article));
        }

        #[test]
        fn any_text_gives_an_article_or_problems(text in "[{}\\[\\]\":,a-z0-9 ]{0,60}|\\PC{0,60}") {
            let (article, problems) = read_article("a.json", &text);
            prop_assert!(article.is_some() || !problems.is_empty());
        }
    }

    fn faults(text: &str) -> Vec<String> {
        read_article("a.json", text).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_fault_of_a_file_is_told_at_once_with_its_field() {
        let text = r#"{"id": 7, "title": ["x"], "date_published": "2021-02-30T08:00:00+07:00",
            "authors": [{"name": 1}, "An"], "attachments": {}, "tags": ["a", 2],
            "_bantin": {"hot": "yes", "hot_until": "20/9/2021", "captions": {"media/a.svg": 3}}, "tags": ["b", 2]}"#;
        assert_eq!(
            faults(text),
            [
                "a.json: tags: This field is there twice. Keep one of them; only the last one counts now.",
                "a.json: authors[0].name: This must be a text and is a number. Write it in quotation marks.",
                "a.json: authors[1]: This must be an object and is a text. Write it in curly braces.",
                "a.json: id: This must be a text and is a number. Write it in quotation marks.",
                "a.json: title: This must be a text and is a list. Write it in quotation marks.",
                "a.json: date_published: “2021-02-30T08:00:00+07:00” does not exist in the calendar. \
                 Correct the day or the hour.",
                "a.json: tags[1]: This must be a text and is a number. Write it in quotation marks.",
                "a.json: attachments: This must be a list and is an object. Write it in square brackets.",
                "a.json: _bantin.hot: This must be true or false and is a text. \
                 Write true or false without quotation marks.",
                "a.json: _bantin.hot_until: “20/9/2021” is not a day. Write it as \"2021-09-20\", a day that exists.",
                "a.json: _bantin.captions.media/a.svg: This must be a text and is a number. \
                 Write it in quotation marks.",
            ]
        );
    }

    #[test]
    fn an_offset_without_colon_is_not_called_a_day_that_does_not_exist() {
        let fault = |date: &str| faults(&format!(r#"{{"date_published": "{date}"}}"#)).join("\n");
        for date in [
            "2021-09-11T10:21:00+0700",
            "2021-09-11T10:21:00+07",
            "2021-09-11T10:21+07:00",
            "2021-09-11 10:21:00 +07:00",
            "2021-09-11T10:21:00 GMT+7",
        ] {
            assert!(fault(date).contains("is not complete."), "{}", fault(date));
        }
        for date in ["2021-09-31T10:21:00+0700", "2021-09-11T24:00:00+07:00", "2021-09-11T10:21:00+25:00"] {
            assert!(fault(date).contains("does not exist in the calendar."), "{}", fault(date));
        }
    }

    #[test]
    fn entries_after_a_faulty_one_keep_their_numbers() {
        let text =
            r#"{"authors": [1, {"name": "An"}], "tags": [2, "a"], "attachments": [null, {"url": "b"}]}"#;
        let article = read_article("a.json", text).0.expect("an article");
        assert_eq!((article.authors[1].name.as_str(), article.tags[1].as_str()), ("An", "a"));
        assert_eq!(article.attachments[1].url, "b");
    }

    #[test]
    fn a_content_text_of_the_wrong_type_is_told_beside_content_html() {
        let told = faults(r#"{"content_html": "<p>a", "content_text": 1}"#);
        assert_eq!(
            told,
            ["a.json: content_text: This must be a text and is a number. Write it in quotation marks."]
        );
    }

    #[test]
    fn a_text_that_is_no_object_has_its_place() {
        assert_eq!(
            faults("{\n\"id\": \"a\"\n\"title\": \"b\"}"),
            ["a.json: line 3, column 1: This is not JSON: expected `,` or `}`. \
              Look for a missing comma, quotation mark or bracket just before this place."]
        );
        assert_eq!(
            faults("[]"),
            ["a.json: line 1, column 1: The file must hold an object and holds a list. \
              Begin it with { and end it with }."]
        );
    }

    #[test]
    fn unknown_fields_are_kept_in_their_places() {
        let text =
            r#"{"id": "a", "x": 1, "_bantin": {"y": [2]}, "authors": [{"name": "An", "url": "https://a/"}]}"#;
        let (article, problems) = read_article("a.json", text);
        assert_eq!(problems, []);
        let printed = print(&article.expect("an article"));
        for kept in ["\"x\": 1", "\"y\": [", "\"url\": \"https://a/\""] {
            assert!(printed.contains(kept), "{kept} in {printed}");
        }
    }

    #[test]
    fn the_one_author_of_version_1_0_counts() {
        let (article, problems) = read_article("a.json", r#"{"author": {"name": "An"}}"#);
        assert_eq!(problems, []);
        assert_eq!(article.expect("an article").authors[0].name, "An");
    }

    #[test]
    fn html_goes_before_text_and_the_text_is_kept() {
        let (article, _) = read_article("a.json", r#"{"content_html": "<p>a", "content_text": "a"}"#);
        let article = article.expect("an article");
        assert_eq!(article.content, Some(Content::Html("<p>a".into())));
        assert_eq!(article.other["content_text"], "a");
    }
}
