//! A source of headlines: a Bản Tin portal or any JSON Feed, read by the names of their members (`json`).
//!
//! [`Reading`] is a pure machine: it says which file it needs and is given it, until it has found what it looks for.
//! Not here: fetching (`ban-tin.js`), what lists do not show (`more`).

use crate::{
    Item,
    json::Json,
    list,
    listing::Source,
    merge,
    opening::{Answer, Opening},
    tree::Node,
};
use archive::{
    FileName, Moment, Slug,
    body::{Image, ImageSource},
    source::feed::{self, MAX_ITEMS},
};
use routes::Embed;

/// Why a source cannot be shown: a word of `bantin:error`. Those of the way are the script's.
pub type Reason = String;

/// What was fetched is not what its name promises.
pub const DAMAGED: &str = "damaged";
/// Written by another version of Bản Tin.
pub const OTHER_VERSION: &str = "other-version";
/// There is no such thing.
pub const NOT_FOUND: &str = "not-found";

/// What a source gave for a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What the source is called.
    pub title: String,
    /// Where all its articles of this kind are; may be empty.
    pub all: String,
    /// Newest first, no more than are asked for.
    pub items: Vec<Item>,
}

/// The newest articles that the options ask for, search aside, of one source, on the way to being found.
#[derive(Debug)]
pub struct Reading<J> {
    stage: Stage<J>,
    found: Found,
}

#[derive(Debug)]
enum Stage<J> {
    /// Looking for what there is.
    Opening(Opening),
    /// Waiting for the list of a portal.
    Newest {
        portal: Portal<J>,
        address: String,
    },
    /// Waiting for an older part of it.
    Older {
        portal: Portal<J>,
        parts: Vec<J>,
        wanted: Wanted,
        address: String,
    },
    Done(Result<(), Reason>),
}

/// Which older part of a list is waited for.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// The part in which the last day is lies in `first..end`: the one in the middle tells which half. Twenty years of
    /// news are two hundred parts.
    Between { first: usize, end: usize },
    /// This one and perhaps those after it.
    From(usize),
}

impl<J: Json + Clone> Reading<J> {
    fn next(
        &mut self,
        stage: Stage<J>,
        file: Result<J, Reason>,
        embed: &Embed,
        now: Moment,
    ) -> Result<Stage<J>, Reason> {
        match stage {
            Stage::Opening(opening) => match opening.give(file)? {
                Answer::Elsewhere(opening) => Ok(Stage::Opening(opening)),
                Answer::Portal(address, entry) => self.open(Portal::read(&address, &entry), embed),
                Answer::Feed(address, feed) => {
                    self.found = from_feed(&address, &feed, embed, now);
                    Ok(Stage::Done(Ok(())))
                }
            },
            Stage::Newest { portal, .. } => {
                let file = file?;
                let newest = file.items_of("newest");
                if self.take(&portal, &newest, embed) {
                    return Ok(Stage::Done(Ok(())));
                }
                let parts = file.items_of("older");
                let end = if too_new(&newest, embed) { parts.len() } else { 0 };
                portal.older(parts, Wanted::Between { first: 0, end })
            }
            Stage::Older { portal, parts, wanted, .. } => {
                let headlines = file?.items();
                let wanted = match wanted {
                    Wanted::Between { first, end } => {
                        let middle = usize::midpoint(first, end);
                        if too_new(&headlines, embed) {
                            Wanted::Between { first: middle + 1, end }
                        } else {
                            Wanted::Between { first, end: middle }
                        }
                    }
                    Wanted::From(_) if self.take(&portal, &headlines, embed) => {
                        return Ok(Stage::Done(Ok(())));
                    }
                    Wanted::From(part) => Wanted::From(part + 1),
                };
                portal.older(parts, wanted)
            }
            Stage::Done(outcome) => Ok(Stage::Done(outcome)),
        }
    }

    fn open(&mut self, portal: Portal<J>, embed: &Embed) -> Result<Stage<J>, Reason> {
        let list = portal.list(embed.category.as_ref())?;
        self.found.title = portal.portal.text_of("unit");
        self.found.all = portal.address(&embed.category.as_ref().map(routes::category).unwrap_or_default());
        Ok(match list {
            Some(list) => Stage::Newest { address: portal.file(&list)?, portal },
            None => Stage::Done(Ok(())),
        })
    }

    /// Takes what fits; whether that is enough, or nothing older can fit.
    fn take(&mut self, portal: &Portal<J>, headlines: &[J], embed: &Embed) -> bool {
        let items = &mut self.found.items;
        for item in headlines.iter().filter_map(|headline| portal.item(headline)) {
            if within(item.published, embed) && items.len() < embed.limit {
                items.push(item);
            }
        }
        let too_old = embed.from.is_some_and(|from| oldest(headlines).is_some_and(|at| at.day() < from));
        items.len() == embed.limit || too_old
    }
}

impl<J: Json + Clone> Source for Reading<J> {
    type File = J;
    type Found = Found;

    fn new(address: &str, _: &Embed) -> Self {
        Self { stage: Stage::Opening(Opening::new(address)), found: Found::default() }
    }

    fn wants(&self) -> Option<&str> {
        match &self.stage {
            Stage::Opening(opening) => Some(&opening.address),
            Stage::Newest { address, .. } | Stage::Older { address, .. } => Some(address),
            Stage::Done(_) => None,
        }
    }

    fn outcome(&self) -> Option<Result<&Found, &str>> {
        match &self.stage {
            Stage::Done(Ok(())) => Some(Ok(&self.found)),
            Stage::Done(Err(reason)) => Some(Err(reason)),
            _ => None,
        }
    }

    fn give(&mut self, file: Result<J, Reason>, embed: &Embed, now: Moment) {
        let stage = std::mem::replace(&mut self.stage, Stage::Done(Ok(())));
        self.stage = self.next(stage, file, embed, now).unwrap_or_else(|reason| Stage::Done(Err(reason)));
    }

    fn about(found: &Found) -> (&str, usize) {
        (&found.title, found.items.len())
    }

    fn tree(found: &[Option<&Found>], embed: &Embed, _: Moment) -> Option<Node> {
        list::of_all(found, embed)
    }
}

/// When the last of these was published.
fn oldest(headlines: &[impl Json]) -> Option<Moment> {
    headlines.last()?.moment_of("published")
}

/// Whether all of these are from after the last day that is asked for.
fn too_new(headlines: &[impl Json], embed: &Embed) -> bool {
    embed.to.is_some_and(|to| oldest(headlines).is_some_and(|at| at.day() > to))
}

/// A portal's entry.
#[derive(Debug)]
pub(crate) struct Portal<J> {
    /// The whole entry.
    pub(crate) entry: J,
    /// Who publishes.
    pub(crate) portal: J,
    /// Address of the folder of its files, with a slash at its end.
    pub(crate) root: String,
    /// Address of the portal itself, with a slash at its end; empty where nobody knows.
    pub(crate) home: String,
}

impl<J: Json + Clone> Portal<J> {
    pub(crate) fn read(address: &str, entry: &J) -> Self {
        let portal = entry.member("portal").unwrap_or_else(|| entry.clone());
        let (root, home) = place(address, &portal.text_of("url"));
        Self { entry: entry.clone(), portal, root, home }
    }

    /// The file of the list that is asked for: none where there are no articles.
    pub(crate) fn list(&self, category: Option<&Slug>) -> Result<Option<J>, Reason> {
        match category {
            None => Ok(self.entry.member("all")),
            Some(slug) if self.category(slug.as_str()).is_none() => Err(NOT_FOUND.to_owned()),
            Some(slug) => Ok(self.entry.member("categories").and_then(|all| all.member(slug.as_str()))),
        }
    }

    /// The name of a category.
    fn category(&self, slug: &str) -> Option<String> {
        let all = self.portal.items_of("categories");
        all.iter().find(|category| category.text_of("slug") == slug).map(|category| category.text_of("name"))
    }

    /// The whole address of a page of the portal.
    pub(crate) fn address(&self, path: &str) -> String {
        if self.home.is_empty() { String::new() } else { [&*self.home, path].concat() }
    }

    /// The address of a published file, by a member that names it.
    pub(crate) fn file(&self, value: &J) -> Result<String, Reason> {
        let name = FileName::try_from(value.text_of("file")).map_err(|_| DAMAGED.to_owned())?;
        Ok(self.at(&name))
    }

    /// The address of a published file.
    pub(crate) fn at(&self, name: &FileName) -> String {
        [&*self.root, name.as_str()].concat()
    }

    /// Waits for an older part of a list; done where there is none.
    fn older(self, parts: Vec<J>, wanted: Wanted) -> Result<Stage<J>, Reason> {
        let (part, wanted) = match wanted {
            Wanted::Between { first, end } if first < end => (usize::midpoint(first, end), wanted),
            Wanted::Between { first, .. } => (first, Wanted::From(first)),
            Wanted::From(part) => (part, wanted),
        };
        let Some(file) = parts.get(part) else { return Ok(Stage::Done(Ok(()))) };
        Ok(Stage::Older { address: self.file(file)?, portal: self, parts, wanted })
    }

    /// A headline; nothing of what cannot be one.
    pub(crate) fn item(&self, headline: &J) -> Option<Item> {
        let slug: Slug = headline.text_of("slug").parse().ok()?;
        let url = self.address(&routes::article(&slug));
        Some(Item {
            slug: slug.into(),
            title: headline.text_of("title"),
            summary: headline.text_of("summary"),
            category: self.category(&headline.text_of("category")).unwrap_or_default(),
            published: headline.moment_of("published")?,
            image: headline.member("image").and_then(|image| picture(&image)),
            root: self.root.clone(),
            url,
            source: 0,
        })
    }
}

/// The folder of a portal's files, and of the portal, by the address of its entry.
pub fn place(entry: &str, url: &str) -> (String, String) {
    let root = entry.rsplit_once('/').map_or("", |(folder, _)| folder);
    let home = root.strip_suffix("/data").map_or_else(|| url.to_owned(), |home| [home, "/"].concat());
    ([root, "/"].concat(), home)
}

/// A picture, but for what it shows.
pub(crate) fn picture(image: &impl Json) -> Option<Image> {
    let mut picture = Image::new(ImageSource::parse(&image.text_of("src"))?, String::new());
    picture.width = image.length_of("width");
    picture.height = image.length_of("height");
    let widths = image.items_of("widths");
    picture.widths = widths.iter().filter_map(|width| width.whole()?.try_into().ok()).collect();
    picture.plain = image.length_of("plain").map(|plain| plain as usize);
    picture.transparent = image.member("transparent").is_some_and(|value| value.yes());
    picture.recipe = image.length_of("recipe").unwrap_or(0);
    Some(picture)
}

/// Whether a headline's day is one of those that are asked for.
fn within(published: Moment, embed: &Embed) -> bool {
    let day = published.day();
    embed.from.is_none_or(|from| from <= day) && embed.to.is_none_or(|to| day <= to)
}

/// A feed from anywhere, as leniently as `archive::source::feed` reads it. It has no categories; its tags serve for
/// them.
fn from_feed(address: &str, feed: &impl Json, embed: &Embed, now: Moment) -> Found {
    let (title, all) = title_of_feed(address, feed);
    let mut items = Vec::new();
    for entry in feed.items_of("items").iter().take(MAX_ITEMS) {
        let of_category =
            |wanted: &Slug| entry.items_of("tags").iter().any(|tag| tag.slug() == wanted.as_str());
        if !embed.category.as_ref().is_none_or(of_category) {
            continue;
        }
        if let Some(item) = from_item(address, entry, now).filter(|item| within(item.published, embed)) {
            merge::put(&mut items, item, embed.limit);
        }
    }
    Found { title, all, items }
}

/// What a feed is called, and the page that it feeds.
pub(crate) fn title_of_feed(address: &str, feed: &impl Json) -> (String, String) {
    let all = feed::whole(address, &feed.text_of("home_page_url"));
    let title = Some(feed.text_of("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| all.clone());
    (title, all)
}

/// An item of a feed; nothing of what cannot be one.
pub(crate) fn from_item(address: &str, item: &impl Json, now: Moment) -> Option<Item> {
    let whole = |name| feed::whole(address, &item.text_of(name));
    let first = |texts: [String; 2]| texts.into_iter().find(|text| !text.is_empty());
    let date = |name| feed::date(&item.text_of(name));
    let url = first([whole("url"), whole("external_url")]).unwrap_or_default();
    let summary = feed::collapse(&item.text_of("summary"));
    let text = feed::begin_of(&item.text_of("content_text"));
    let words = first([text, feed::begin_of(&feed::without_tags(&item.text_of("content_html")))]);
    // Nothing but a title is worth showing only when it leads somewhere.
    if url.is_empty() && summary.is_empty() && words.is_none() {
        return None;
    }
    let title = first([feed::collapse(&item.text_of("title")), feed::begin_of(&summary)]);
    let title = title.or(words).unwrap_or_else(|| url.clone());
    let image = first([whole("image"), whole("banner_image")]).and_then(|src| ImageSource::parse(&src));
    Some(Item {
        slug: String::new(),
        title,
        summary,
        category: String::new(),
        published: date("date_published").or_else(|| date("date_modified")).unwrap_or(now),
        image: image.map(|src| Image::new(src, String::new())),
        root: String::new(),
        url,
        source: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use archive::{
        Headline,
        published::{self, Category, Entry, FORMAT, FeedRef, Promotion},
    };
    use proptest::prelude::*;
    use serde_json::{Value, json, to_value};

    const ENTRY: &str = "https://so.example/tin/data/entry.json";

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn name(text: &str) -> FileName {
        text.to_owned().try_into().expect("a name")
    }

    fn entry() -> Entry {
        let category =
            Category { slug: slug("tuyen-sinh"), name: "Tuyển sinh".into(), description: "".into() };
        let empty = Category { slug: slug("thi-cu"), name: "Thi cử".into(), description: "".into() };
        let feed = |file| FeedRef { count: 1, file: name(file) };
        Entry {
            format: FORMAT,
            portal: published::Portal {
                unit: "Sở".into(),
                url: "https://so.example/".into(),
                categories: vec![category, empty],
                ..published::Portal::default()
            },
            home: name("home/0.json"),
            all: feed("feed/0.json"),
            categories: [(slug("tuyen-sinh"), feed("feed/1.json"))].into(),
            topics: Default::default(),
            contents: name("contents/0.json"),
            articles: vec![],
            calendar: Default::default(),
            edition: String::new(),
            search: None,
            suggest: None,
        }
    }

    #[test]
    fn the_entry_that_is_published_is_the_one_that_is_read() {
        let portal = Portal::read(ENTRY, &to_value(entry()).expect("JSON"));
        let file = |category: Option<&str>| {
            let list = portal.list(category.map(slug).as_ref())?;
            list.map(|list| portal.file(&list)).transpose()
        };
        assert_eq!(file(None), Ok(Some("https://so.example/tin/data/feed/0.json".into())));
        assert_eq!(file(Some("tuyen-sinh")), Ok(Some("https://so.example/tin/data/feed/1.json".into())));
        assert_eq!(file(Some("thi-cu")), Ok(None), "a category without articles");
        assert_eq!(file(Some("khac")), Err(NOT_FOUND.into()));
        // Copied elsewhere, without the app: the links lead to where the portal says it is.
        let copied = Portal::read("https://cdn.example/x/entry.json", &to_value(entry()).expect("JSON"));
        assert_eq!(
            (copied.root.as_str(), copied.home.as_str()),
            ("https://cdn.example/x/", "https://so.example/")
        );
    }

    #[test]
    fn a_file_outside_the_published_folder_is_not_asked_for() {
        let portal = Portal::read(ENTRY, &json!({"portal": {}, "all": {"file": "../../secret.json"}}));
        let list = portal.list(None).expect("a list").expect("of articles");
        assert_eq!(portal.file(&list), Err(DAMAGED.to_owned()));
    }

    prop_compose! {
        fn headline()(
            title in "\\PC{1,40}", summary in "\\PC{0,40}", at in 0i64..4_000_000_000, known in any::<bool>(),
            sizes in prop::option::of((1u32..5000, 1u32..5000)),
            (widths, plain, transparent, recipe) in
                (prop::collection::vec(1u32..5000, 0..4), prop::option::of(0usize..4), any::<bool>(), 0u32..9),
        ) -> Headline {
            let mut image = Image::new(ImageSource::parse("media/anh-0123456789abcdef.jpg").expect("a file"), String::new());
            (image.width, image.height) = sizes.unzip();
            (image.widths, image.plain, image.transparent, image.recipe) = (widths, plain, transparent, recipe);
            Headline {
                slug: slug("bai"), title, summary, category: known.then(|| slug("tuyen-sinh")),
                published: Moment::from_unix(at).expect("a moment"), modified: None, image: Some(image),
                hot: Promotion::Always, featured: Promotion::None,
            }
        }
    }

    proptest! {
        #[test]
        fn the_headline_that_is_published_is_the_one_that_is_read(headline in headline()) {
            let portal = Portal::read(ENTRY, &to_value(entry()).expect("JSON"));
            let item = portal.item(&to_value(&headline).expect("JSON")).expect("an item");
            let category = if headline.category.is_some() { "Tuyển sinh" } else { "" };
            prop_assert_eq!(item, Item {
                slug: "bai".into(), title: headline.title, summary: headline.summary, category: category.into(),
                published: headline.published, image: headline.image, root: "https://so.example/tin/data/".into(),
                url: "https://so.example/tin/bai-viet/bai".into(), source: 0,
            });
        }

        /// The app reads feeds by `archive::source::feed`; a host sees the same articles.
        #[test]
        fn a_feed_is_read_as_the_app_reads_it(
            title in prop::option::of("[a-zà-ỹ <&]{0,90}"), url in "[a-z:/.?#]{0,20}", summary in "\\PC{0,20}",
            html in "[a-zà-ỹ<>/& ]{0,40}", text in prop::option::of("[a-z ]{0,100}"), image in "[a-z:/.]{0,20}",
            date in prop_oneof![Just("2021-09-11T10:21:00+07:00"), Just("2021-09-11"), Just("2021-09-11 08:00:00"), Just("hôm qua")],
        ) {
            let mut item = json!({"id": "1", "url": url, "summary": summary, "image": image, "date_published": date});
            match &text {
                Some(text) => item["content_text"] = json!(text),
                None => item["content_html"] = json!(html),
            }
            if let Some(title) = title {
                item["title"] = json!(title);
            }
            let feed = json!({"title": "Nguồn", "home_page_url": "/", "items": [item]});
            let now = Moment::from_unix(0).expect("a moment");
            let ours = from_feed("https://a.example/feed.json", &feed, &Embed::default(), now);
            let theirs = feed::read_feed(&feed.to_string(), "https://a.example/feed.json").expect("a feed");
            prop_assert_eq!((&ours.title, &ours.all), (&theirs.title, &theirs.home_page_url));
            if let Some(item) = theirs.items.first() {
                let expected = feed::publish(item, archive::Body::default(), now);
                let found = &ours.items[0];
                prop_assert_eq!(&found.title, &expected.headline.title);
                prop_assert_eq!(&found.summary, &expected.headline.summary);
                prop_assert_eq!(&found.url, &expected.original);
                prop_assert_eq!(found.published, expected.headline.published);
                prop_assert_eq!(&found.image, &expected.headline.image);
            }
        }
    }

    #[test]
    fn items_of_a_feed_are_picked_by_tag_and_day() {
        let feed = json!({"items": [
            {"title": "a", "url": "https://a.example/a", "tags": ["Tuyển sinh"], "date_published": "2021-09-11"},
            {"title": "b", "url": "https://a.example/b", "tags": ["Thi cử", 7], "date_published": "2021-09-12"},
            {"title": "c", "url": "https://a.example/c", "date_published": "2021-09-13"}, 7, null, {}
        ]});
        let now = Moment::from_unix(0).expect("a moment");
        let titles = |query: &str| -> String {
            let found = from_feed("https://a.example/feed.json", &feed, &Embed::parse(query), now);
            found.items.into_iter().map(|item| item.title).collect()
        };
        assert_eq!(titles(""), "cba");
        assert_eq!(titles("category=tuyen-sinh"), "a");
        assert_eq!(titles("from=2021-09-12"), "cb");
        assert_eq!(titles("from=2021-09-12&to=2021-09-12"), "b");
        assert_eq!(titles("limit=2"), "cb");
        let _: Value = feed;
    }
}
