//! A plain JSON Feed as a library: what an archive has in files, made in memory from the feed's items.
//!
//! Not here: reading the feed (`archive::source::feed`), what of its HTML is allowed (`archive::clean`),
//! fetching (`library`).

use super::{LoadError, library::ListPage};
use crate::platform::{clock, html};
use archive::{
    Article, Body, Contents, Headline, Moment, Period, Slug, address,
    clean::{clean, text_to_body},
    published::{Feed, Home, HomeBlock, Neighbour, Portal},
    source::{Content, feed as source},
};
use search_index::Document;
use std::{collections::BTreeSet, sync::Arc};

/// Most articles read along `next_url`, and most pages: the browser keeps them all in memory.
const MAX_ARTICLES: usize = 5_000;
const MAX_PAGES: usize = 50;

/// Articles on the front page.
const ON_HOME: usize = 20;

/// Everything read of a feed so far.
#[derive(Debug, Clone)]
pub(super) struct FeedLibrary {
    pub(super) portal: Arc<Portal>,
    pub(super) home: Arc<Home>,
    pub(super) documents: Arc<Vec<Document>>,
    /// Newest first.
    articles: Vec<Arc<Article>>,
    /// Pages read, so that a feed whose pages lead in a circle ends.
    pages: BTreeSet<String>,
}

impl FeedLibrary {
    /// Reads the first page; the second value is the address of the next.
    pub(super) fn read(address: &str, text: &str) -> Result<(Self, Option<String>), LoadError> {
        let feed = parse(address, text)?;
        let title = if feed.title.is_empty() { feed.home_page_url.clone() } else { feed.title.clone() };
        let portal = Portal {
            name: feed.description.clone(),
            unit: title,
            home: HomeBlock::ALL
                .into_iter()
                .filter(|b| !matches!(b, HomeBlock::Calendar | HomeBlock::Links))
                .collect(),
            ..Portal::default()
        };
        Ok(Self::with(Arc::new(portal), Vec::new(), BTreeSet::new(), address, feed))
    }

    /// What is known together with one more page; the second value is the address of the next.
    pub(super) fn and(&self, address: &str, text: &str) -> Result<(Self, Option<String>), LoadError> {
        let feed = parse(address, text)?;
        Ok(Self::with(self.portal.clone(), self.articles.clone(), self.pages.clone(), address, feed))
    }

    fn with(
        portal: Arc<Portal>,
        mut articles: Vec<Arc<Article>>,
        mut pages: BTreeSet<String>,
        address: &str,
        feed: source::Feed,
    ) -> (Self, Option<String>) {
        pages.insert(address.to_owned());
        let mut known: BTreeSet<Slug> = articles.iter().map(|a| a.headline.slug.clone()).collect();
        let undated = Moment::from_unix(clock::now()).or(Moment::from_unix(0));
        for item in &feed.items {
            if articles.len() < MAX_ARTICLES && known.insert(source::slug_of(item)) {
                let body = body(item.content.as_ref(), if item.url.is_empty() { address } else { &item.url });
                articles.extend(undated.map(|undated| Arc::new(source::publish(item, body, undated))));
            }
        }
        articles.sort_by(|a, b| {
            let key = |a: &Article| (std::cmp::Reverse(a.headline.published), a.headline.slug.clone());
            key(a).cmp(&key(b))
        });
        let next = feed
            .next_url
            .filter(|url| !pages.contains(url) && pages.len() < MAX_PAGES && articles.len() < MAX_ARTICLES);
        let headlines: Vec<Headline> = articles.iter().take(ON_HOME).map(|a| a.headline.clone()).collect();
        let newest = (0..headlines.len()).collect();
        let home =
            Home { headlines, hot: vec![], featured: vec![], newest, categories: vec![], topics: vec![] };
        let documents = articles.iter().map(|a| Document {
            headline: a.headline.clone(),
            unit: a.unit.clone(),
            tags: a.tags.clone(),
            attachments: !a.attachments.is_empty(),
            text: a.body.plain_text(),
        });
        let library =
            Self { portal, home: Arc::new(home), documents: Arc::new(documents.collect()), articles, pages };
        (library, next)
    }

    /// What has been read so far, by time. Its tags are not gathered: that costs every reader 4 KB of wasm.
    pub(super) fn contents(&self) -> Contents {
        let mut contents = Contents::default();
        self.articles.iter().for_each(|article| contents.count(article.headline.published));
        contents
    }

    /// A page of what was published in this time.
    pub(super) fn period(&self, period: Period, page: u32) -> ListPage {
        let headlines = self.articles.iter().map(|article| &article.headline);
        let within: Vec<_> = headlines.filter(|headline| period.contains(headline.published.day())).collect();
        let mut list = ListPage::of(within.len(), page);
        let first = (list.page as usize - 1) * Feed::PAGE;
        list.headlines = within.into_iter().skip(first).take(Feed::PAGE).cloned().collect();
        list
    }

    /// The article of that name, with its neighbours.
    pub(super) fn article(&self, slug: &Slug) -> Option<Arc<Article>> {
        let at = self.articles.iter().position(|a| a.headline.slug == *slug)?;
        let neighbour = |at: Option<usize>| {
            let headline = &self.articles.get(at?)?.headline;
            Some(Neighbour { slug: headline.slug.clone(), title: headline.title.clone() })
        };
        let mut article = Article::clone(&self.articles[at]);
        (article.newer, article.older) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        Some(Arc::new(article))
    }
}

/// Whether a text is (meant as) a JSON Feed and not an archive's entry.
pub(super) fn is_feed(text: &str) -> bool {
    /// The one field that only a feed has.
    #[derive(serde::Deserialize)]
    struct Items {
        #[serde(rename = "items")]
        _items: serde::de::IgnoredAny,
    }
    serde_json::from_str::<Items>(text.trim_start_matches('\u{feff}')).is_ok()
}

fn parse(address: &str, text: &str) -> Result<source::Feed, LoadError> {
    source::read_feed(text, address).map_err(|error| LoadError::Malformed(format!("{address}: {error}")))
}

/// Text that cannot be parsed in good time is shown as the address of the original only.
fn body(content: Option<&Content>, address: &str) -> Body {
    match content {
        None => Body::default(),
        Some(Content::Text(text)) => text_to_body(text),
        Some(Content::Html(text)) => {
            let mut nodes = html::parse(text).unwrap_or_default();
            address::resolve(&mut nodes, address);
            clean(&nodes).0
        }
    }
}
