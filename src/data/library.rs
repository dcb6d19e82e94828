//! What the portal reads from: a published archive, or any plain JSON Feed.
//!
//! Both answer the same questions with the same types, so no page knows which one it has. Files of an
//! archive are kept parsed, shared between all who ask, and not remembered when they fail.

use super::{
    LoadError,
    feed::{self, FeedLibrary},
    get::{self, Freshness},
    loading::AnyValue,
};
use crate::platform::storage;
use archive::{
    Article, FileName, Headline, Slug,
    published::{Bucket, CalendarYear, Chunk, Entry, FORMAT, Feed, Home, Portal, bucket_of},
};
use futures::future::{FutureExt, LocalBoxFuture, Shared};
use leptos::prelude::*;
use search_index::{Answer, Document, Hit, Query};
use serde::de::DeserializeOwned;
use std::{collections::HashMap, sync::Arc};
use work_calendar::{Event, Week};

/// Parsed files that are kept. The front page, a category and its chunks, and the last articles read.
const KEPT_FILES: usize = 64;

/// Where the last entry is kept for the day the server cannot be reached.
const SAVED_ENTRY: &str = "entry";

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListPage {
    /// Newest first.
    pub(crate) headlines: Vec<Headline>,
    /// Articles in the whole list.
    pub(crate) total: usize,
    /// The page shown, from 1; not the one asked for when that is beyond the last.
    pub(crate) page: u32,
    /// Pages in all, at least 1.
    pub(crate) pages: u32,
}

type AnyParser = Box<dyn FnOnce(&str, &str) -> Result<AnyValue, LoadError>>;
type Pending = Shared<LocalBoxFuture<'static, Result<AnyValue, LoadError>>>;

/// A handle to the portal's source; cheap to copy, alive as long as the app.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Library {
    /// The address of the folder that holds the published files, with `/` at the end.
    root: StoredValue<String>,
    edition: RwSignal<Edition>,
    /// Whether the entry is a saved copy because the server could not be reached.
    stale: RwSignal<bool>,
    files: StoredValue<HashMap<FileName, Pending>, LocalStorage>,
}

/// What the source says now. It changes when a newer edition has been published meanwhile, or when more of a
/// plain feed has come.
#[derive(Debug, Clone)]
enum Edition {
    Archive(Arc<Entry>),
    Feed(Arc<FeedLibrary>),
}

impl Library {
    /// Opens the source at this address: an archive's `entry.json` or a plain JSON Feed.
    pub(crate) async fn open(address: &str) -> Result<Self, LoadError> {
        let root = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let library = |edition, stale| Self {
            root: StoredValue::new(if root.is_empty() { String::new() } else { format!("{root}/") }),
            edition: RwSignal::new(edition),
            stale: RwSignal::new(stale),
            files: StoredValue::new_local(HashMap::new()),
        };
        let text = match get::text(address, Freshness::Ask).await {
            Ok(text) => text,
            Err(error) => {
                let saved = storage::read(SAVED_ENTRY).filter(|_| error.is_of_the_way());
                let saved = saved.and_then(|text| read_entry(address, &text).ok());
                return saved.map(|entry| library(Edition::Archive(Arc::new(entry)), true)).ok_or(error);
            }
        };
        if feed::is_feed(&text) {
            let (feed, next) = FeedLibrary::read(address, &text)?;
            let opened = library(Edition::Feed(Arc::new(feed)), false);
            if let Some(next) = next {
                leptos::task::spawn_local(opened.follow(next));
            }
            return Ok(opened);
        }
        let entry = read_entry(address, &text)?;
        storage::write(SAVED_ENTRY, &text);
        Ok(library(Edition::Archive(Arc::new(entry)), false))
    }

    /// Reads on along `next_url`, each page once, within bounds that `FeedLibrary` sets.
    async fn follow(self, first: String) {
        let mut next = Some(first);
        while let Some(address) = next.take() {
            let Ok(text) = get::text(&address, Freshness::Ask).await else { return };
            let Edition::Feed(so_far) = self.edition.get_untracked() else { return };
            let Ok((more, then)) = so_far.and(&address, &text) else { return };
            self.edition.set(Edition::Feed(Arc::new(more)));
            next = then;
        }
    }

    /// Who publishes. Tracked.
    pub(crate) fn portal(self) -> Arc<Portal> {
        match self.edition.get() {
            Edition::Archive(entry) => Arc::new(entry.portal.clone()),
            Edition::Feed(feed) => feed.portal.clone(),
        }
    }

    /// Whether what is shown comes from a saved entry. Tracked.
    pub(crate) fn is_stale(self) -> bool {
        self.stale.get()
    }

    /// Makes the calling effect run again when the source changes.
    pub(crate) fn track(self) {
        self.edition.track();
    }

    /// The whole address of a published file such as `media/…`.
    pub(crate) fn root(self) -> String {
        self.root.get_value()
    }

    /// The front page.
    pub(crate) async fn home(self) -> Result<Arc<Home>, LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => self.file(&entry.home).await,
            Edition::Feed(feed) => Ok(feed.home.clone()),
        }
    }

    /// A page of a category; [`LoadError::NotThere`] when the portal has no such category.
    pub(crate) async fn category(self, slug: &Slug, page: u32) -> Result<Arc<ListPage>, LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => match entry.categories.get(slug) {
                Some(feed) => {
                    let feed = self.file::<Feed>(&feed.file).await?;
                    self.feed_page(&feed, page).await.map(Arc::new)
                }
                None if entry.portal.categories.iter().any(|c| c.slug == *slug) => {
                    Ok(Arc::new(ListPage::of(0, 1)))
                }
                None => Err(LoadError::NotThere),
            },
            // A plain feed has no categories.
            Edition::Feed(_) => Err(LoadError::NotThere),
        }
    }

    /// The headlines of one page, from the newest part and from as many chunks as it touches (at most two).
    async fn feed_page(self, feed: &Feed, page: u32) -> Result<ListPage, LoadError> {
        let mut list = ListPage::of(feed.count, page);
        let (mut skip, mut missing) = ((list.page as usize - 1) * Feed::PAGE, Feed::PAGE);
        let mut take = |from: &[Headline], skip: &mut usize| {
            let part: Vec<_> = from.iter().skip(*skip).take(missing).cloned().collect();
            *skip = skip.saturating_sub(from.len());
            missing -= part.len();
            list.headlines.extend(part);
            missing == 0
        };
        if !take(&feed.newest, &mut skip) {
            for Chunk { count, file } in &feed.older {
                if skip >= *count {
                    skip -= count;
                } else if take(&self.file::<Vec<Headline>>(file).await?, &mut skip) {
                    break;
                }
            }
        }
        Ok(list)
    }

    /// An article; [`LoadError::NotThere`] when there is none of that name.
    pub(crate) async fn article(self, slug: &Slug) -> Result<Arc<Article>, LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => {
                let bucket = entry.articles.get(bucket_of(slug, entry.articles.len()));
                let bucket = self.file::<Bucket>(bucket.ok_or(LoadError::NotThere)?).await?;
                self.file(bucket.get(slug).ok_or(LoadError::NotThere)?).await
            }
            Edition::Feed(feed) => feed.article(slug).ok_or(LoadError::NotThere),
        }
    }

    /// The answer to a question: plan, load, evaluate. Another page or order of the same question loads
    /// nothing again.
    pub(crate) async fn answer(self, query: &Query) -> Result<Arc<Answer>, LoadError> {
        if let Some(feed) = self.feed_of_all(query) {
            let feed = self.file::<Feed>(&feed).await?;
            let ListPage { headlines, total, page, pages } = self.feed_page(&feed, query.page).await?;
            let hits = headlines.into_iter().map(plain_hit).collect();
            return Ok(Arc::new(Answer { total, page, pages, hits, ..Answer::default() }));
        }
        let documents = self.documents(query).await?;
        let chunks: Vec<_> = documents.iter().map(|chunk| chunk.as_slice()).collect();
        Ok(Arc::new(search_index::evaluate(query, &chunks)))
    }

    /// Loads what the answer will be made of, without making it.
    pub(crate) async fn warm_answer(self, query: &Query) -> Result<(), LoadError> {
        match self.feed_of_all(query) {
            Some(feed) => self.file::<Feed>(&feed).await.map(drop),
            None => self.documents(query).await.map(drop),
        }
    }

    /// All articles, newest first, are a feed like that of a category: no need to load every text.
    fn feed_of_all(self, query: &Query) -> Option<FileName> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) if asks_for_all(query) => Some(entry.all.file.clone()),
            Edition::Archive(_) | Edition::Feed(_) => None,
        }
    }

    /// What the question has to be evaluated over; for a plain feed, all that has been read of it.
    async fn documents(self, query: &Query) -> Result<Vec<Arc<Vec<Document>>>, LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => {
                let plan = search_index::plan(query, &entry.search);
                futures::future::try_join_all(plan.iter().map(|file| self.file_by(file, documents))).await
            }
            Edition::Feed(feed) => Ok(vec![feed.documents.clone()]),
        }
    }

    /// The events of a week, in order; empty when there are none.
    pub(crate) async fn week(self, week: Week) -> Result<Arc<Vec<Event>>, LoadError> {
        let Edition::Archive(entry) = self.edition.get_untracked() else { return Ok(Arc::default()) };
        let Some(year) = entry.calendar.get(&week.year()) else { return Ok(Arc::default()) };
        let year = self.file::<CalendarYear>(year).await?;
        match year.get(&week.number()) {
            Some(file) => self.file(file).await,
            None => Ok(Arc::default()),
        }
    }

    /// A published file of JSON.
    async fn file<T: DeserializeOwned + Send + Sync + 'static>(
        self,
        name: &FileName,
    ) -> Result<Arc<T>, LoadError> {
        self.file_by(name, get::json::<T>).await
    }

    /// A published file, read by `parse`, which gets its name and its text.
    async fn file_by<T: Send + Sync + 'static>(
        self,
        name: &FileName,
        parse: fn(&str, &str) -> Result<T, LoadError>,
    ) -> Result<Arc<T>, LoadError> {
        let parse = Box::new(move |name: &str, text: &str| Ok(Arc::new(parse(name, text)?) as AnyValue));
        let value = self.any_file(name.clone(), parse).await?;
        value
            .downcast()
            .map_err(|_| LoadError::Malformed(format!("{name} is asked for as two different things")))
    }

    /// A published file, parsed once. Whoever asks while it is on its way waits for the same answer.
    async fn any_file(self, name: FileName, parse: AnyParser) -> Result<AnyValue, LoadError> {
        let known = self.files.with_value(|files| files.get(&name).cloned());
        let pending = known.unwrap_or_else(|| {
            let url = format!("{}{name}", self.root());
            let pending: Pending = async move {
                let text = get::text(&url, Freshness::ByName).await?;
                parse(&url, &text)
            }
            .boxed_local()
            .shared();
            self.files.update_value(|files| {
                if files.len() >= KEPT_FILES {
                    files.retain(|_, file| file.peek().is_none());
                }
                files.insert(name.clone(), pending.clone());
            });
            pending
        });
        let answer = pending.await;
        if let Err(error) = &answer {
            self.files.update_value(|files| {
                files.remove(&name);
            });
            if *error == LoadError::NotThere {
                self.look_for_a_newer_edition().await;
            }
        }
        answer
    }

    /// A file that the entry names is gone: the archive has been published anew since the entry was read.
    /// Then the newer entry replaces it, and all who track the library ask again.
    async fn look_for_a_newer_edition(self) {
        let Edition::Archive(old) = self.edition.get_untracked() else { return };
        let address = format!("{}{}", self.root(), Entry::FILE);
        let Ok(text) = get::text(&address, Freshness::Ask).await else { return };
        let Ok(entry) = read_entry(&address, &text) else { return };
        self.stale.set(false);
        if entry != *old {
            storage::write(SAVED_ENTRY, &text);
            self.edition.set(Edition::Archive(Arc::new(entry)));
        }
    }

    /// Tries to replace a saved entry by the server's own.
    pub(crate) fn refresh(self) {
        leptos::task::spawn_local(self.look_for_a_newer_edition());
    }
}

fn documents(name: &str, text: &str) -> Result<Vec<Document>, LoadError> {
    let read = search_index::scan::read(text.as_bytes());
    read.map_err(|error| LoadError::Malformed(format!("{name}: {error}")))
}

fn asks_for_all(query: &Query) -> bool {
    *query == Query { order: query.order, page: query.page, ..Query::default() }
}

fn plain_hit(headline: Headline) -> Hit {
    let snippet = headline.summary.clone();
    Hit { headline, title_marks: Vec::new(), snippet, snippet_marks: Vec::new() }
}

fn read_entry(address: &str, text: &str) -> Result<Entry, LoadError> {
    /// The version is read first: another one may differ in everything else.
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    if get::json::<Version>(address, text)?.format != FORMAT {
        return Err(LoadError::OtherFormat);
    }
    get::json(address, text)
}

impl ListPage {
    /// The page of that number, or the last, of a list of `total`; its headlines are still to be filled in.
    pub(crate) fn of(total: usize, page: u32) -> Self {
        let pages = u32::try_from(total.div_ceil(Feed::PAGE).max(1)).unwrap_or(u32::MAX);
        Self { headlines: Vec::new(), total, page: page.clamp(1, pages), pages }
    }
}
