//! What the portal reads from: a published archive, or any plain JSON Feed.
//!
//! Both answer the same questions with the same types, so no page knows which one it has. Files of an
//! archive are kept parsed, shared between all who ask, and not remembered when they fail.

use super::{
    LoadError,
    feed::{self, FeedLibrary},
    get::{self, Freshness},
    loading::AnyValue,
    whole_site::{self, WholeSite},
};
use crate::platform::{clock, pace::Pace, storage};
use archive::{
    Article, Contents, FileName, Headline, Slug,
    published::{Bucket, CalendarYear, Chunk, Entry, FORMAT, Feed, Home, Portal, article_file, bucket_of},
};
use futures::future::{FutureExt, LocalBoxFuture, Shared, WeakShared, try_join_all};
use leptos::prelude::*;
use routes::List;
use search_index::{
    Answer, Document, Inquiry, Manifest, Outcome, Place, Query, Step, Wanted, hit,
    suggest::{self, Directory, Shelf, Suggestion, Typed},
};
use serde::de::DeserializeOwned;
use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};
use work_calendar::{Event, Week};

/// Parsed files that are kept. The front page, a category and its chunks, and the last articles read.
const KEPT_FILES: usize = 64;

/// Most results that can be taken away at once: what a table shows in good time, and a phone holds.
pub(crate) const MOST_HITS: usize = 1_000;

/// Seconds for which the figures of the whole portal are not asked for again: they are made anew every ten minutes
/// (docs/visits.md).
const FIGURES_HOLD: i64 = 600;

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

type AnyParser = Box<dyn FnOnce(&str, Vec<u8>) -> Result<AnyValue, LoadError>>;
type Pending = Shared<LocalBoxFuture<'static, Result<AnyValue, LoadError>>>;

/// A file that is kept, or on its way.
#[derive(Debug, Clone)]
enum Kept {
    /// Held by those alone who wait for it: when they all have gone, the download ends.
    Pending(WeakShared<LocalBoxFuture<'static, Result<AnyValue, LoadError>>>),
    Here(AnyValue),
}

/// What was found last, so that another page of it needs no new search.
#[derive(Debug, Clone)]
struct LastFound {
    /// On its first page.
    query: Query,
    entry: Arc<Entry>,
    outcome: Arc<Mutex<Outcome>>,
}

/// A handle to the portal's source; cheap to copy, alive as long as the app.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Library {
    /// The address of the folder that holds the published files, with `/` at the end.
    root: StoredValue<String>,
    edition: RwSignal<Edition>,
    /// Whether the entry is a saved copy because the server could not be reached.
    stale: RwSignal<bool>,
    files: StoredValue<HashMap<FileName, Kept>, LocalStorage>,
    last_found: StoredValue<Option<LastFound>, LocalStorage>,
    /// Whether a file was damaged, so that the browser's own copies are no longer trusted.
    distrust: StoredValue<bool>,
    /// The figures of the whole portal, and when they came, in seconds since 1970.
    whole: StoredValue<Option<(i64, Arc<WholeSite>)>>,
}

/// What the source says now. It changes when a newer edition has been published meanwhile, or when more of a
/// plain feed has come.
#[derive(Debug, Clone)]
enum Edition {
    Archive(Arc<Entry>),
    Feed(Arc<FeedLibrary>),
}

impl Edition {
    /// What a file of this name belongs to: articles keep their names when their content changes.
    fn stands_for(&self, name: &FileName) -> Option<String> {
        match self {
            Self::Archive(entry) if name.as_str().starts_with("article/") => Some(entry.edition.clone()),
            Self::Archive(_) | Self::Feed(_) => None,
        }
    }
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
            last_found: StoredValue::new_local(None),
            distrust: StoredValue::new(false),
            whole: StoredValue::new(None),
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

    /// The figures of the whole portal, else the last that were seen.
    pub(crate) async fn whole_site(self) -> Result<Arc<WholeSite>, LoadError> {
        let Edition::Archive(entry) = self.edition.get_untracked() else { return Err(LoadError::NotThere) };
        let counting = entry.portal.counting.as_ref().ok_or(LoadError::NotThere)?;
        let held = self.whole.get_value();
        if let Some((_, whole)) = held.filter(|(at, _)| (0..FIGURES_HOLD).contains(&(clock::now() - at))) {
            return Ok(whole);
        }
        let whole = whole_site::whole_site(counting, &self.root()).await.map(Arc::new);
        if let Some(whole) = &whole {
            self.whole.set_value(Some((clock::now(), whole.clone())));
        }
        whole.or_else(|| whole_site::last(counting).map(Arc::new)).ok_or(LoadError::NotThere)
    }

    /// Makes the calling effect run again when the source changes.
    pub(crate) fn track(self) {
        self.edition.track();
    }

    /// Whether what is shown is a plain feed and no archive.
    pub(crate) fn shows_feed(self) -> bool {
        self.edition.with_untracked(|edition| matches!(edition, Edition::Feed(_)))
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

    /// A page of a list; [`LoadError::NotThere`] when the portal has no such category or topic.
    pub(crate) async fn list(self, list: &List, page: u32) -> Result<Arc<ListPage>, LoadError> {
        let entry = match self.edition.get_untracked() {
            Edition::Archive(entry) => entry,
            Edition::Feed(feed) => {
                return match list {
                    List::Period(period) => Ok(Arc::new(feed.period(*period, page))),
                    // A plain feed has neither.
                    List::Category(_) | List::Topic(_) => Err(LoadError::NotThere),
                };
            }
        };
        let (feed, known) = match list {
            List::Category(slug) => {
                (entry.categories.get(slug), entry.portal.categories.iter().any(|c| c.slug == *slug))
            }
            List::Topic(slug) => {
                (entry.topics.get(slug), entry.portal.topics.iter().any(|t| t.slug == *slug))
            }
            List::Period(period) => {
                let place = self.file::<Contents>(&entry.contents).await?.place(*period);
                let all = self.file::<Feed>(&entry.all.file).await?;
                return self.feed_page(&all, place, page).await.map(Arc::new);
            }
        };
        match feed {
            Some(feed) => {
                let feed = self.file::<Feed>(&feed.file).await?;
                self.feed_page(&feed, 0..feed.count, page).await.map(Arc::new)
            }
            None if known => Ok(Arc::new(ListPage::of(0, 1))),
            None => Err(LoadError::NotThere),
        }
    }

    /// The headlines of one page of what stands `within` a feed, from its newest part and from as many chunks as the
    /// page touches (at most two).
    async fn feed_page(self, feed: &Feed, within: Range<usize>, page: u32) -> Result<ListPage, LoadError> {
        let mut list = ListPage::of(within.len(), page);
        let first = (list.page as usize - 1) * Feed::PAGE;
        let mut missing = Feed::PAGE.min(within.len().saturating_sub(first));
        let mut skip = within.start.saturating_add(first);
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

    /// What the archive holds.
    pub(crate) async fn contents(self) -> Result<Arc<Contents>, LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => self.file(&entry.contents).await,
            Edition::Feed(feed) => Ok(Arc::new(feed.contents())),
        }
    }

    /// How many articles a topic has.
    pub(crate) fn in_topic(self, slug: &Slug) -> usize {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => entry.topics.get(slug).map_or(0, |feed| feed.count),
            Edition::Feed(_) => 0,
        }
    }

    /// An article; [`LoadError::NotThere`] when there is none of that name.
    pub(crate) async fn article(self, slug: &Slug) -> Result<Arc<Article>, LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => {
                let bucket = entry.articles.get(bucket_of(slug, entry.articles.len()));
                let bucket = self.file::<Bucket>(bucket.ok_or(LoadError::NotThere)?).await?;
                let article = self.article_at(&entry, bucket.get(slug).ok_or(LoadError::NotThere)?).await?;
                // Its number stands for another one when older articles have come or gone meanwhile.
                if article.headline.slug == *slug { Ok(article) } else { self.other_edition().await }
            }
            Edition::Feed(feed) => feed.article(slug).ok_or(LoadError::NotThere),
        }
    }

    /// The answer to a question. Another page of the same question loads only the articles on it.
    pub(crate) async fn answer(self, query: &Query) -> Result<Arc<Answer>, LoadError> {
        let entry = match self.edition.get_untracked() {
            Edition::Archive(entry) => entry,
            Edition::Feed(feed) => return Ok(Arc::new(search_index::evaluate(query, &[&feed.documents]))),
        };
        let Some((manifest, mut answer, articles)) = self.shown(&entry, query).await? else {
            return Ok(Arc::default());
        };
        let mut wanted =
            Wanted::of(answer.corrected.as_ref().unwrap_or(&query.words), manifest.short_forms());
        for article in articles {
            let document = Document::from(&*article);
            if !wanted.stand_in(&document) {
                return self.other_edition().await;
            }
            answer.hits.push(hit(&mut wanted, &document));
        }
        answer.respell(&query.words);
        Ok(Arc::new(answer))
    }

    /// Loads what the answer will be made of.
    pub(crate) async fn warm_answer(self, query: &Query) -> Result<(), LoadError> {
        match self.edition.get_untracked() {
            Edition::Archive(entry) => self.shown(&entry, query).await.map(drop),
            Edition::Feed(_) => Ok(()),
        }
    }

    /// The page of an answer without its hits, and the articles that they will be made of; `None` where the archive
    /// has no index.
    async fn shown(
        self,
        entry: &Arc<Entry>,
        query: &Query,
    ) -> Result<Option<(Arc<Manifest>, Answer, Vec<Arc<Article>>)>, LoadError> {
        let Some((manifest, outcome)) = self.found(entry, query).await? else { return Ok(None) };
        let (answer, places) = {
            let mut outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
            let (answer, positions) = Answer::of(query, &outcome);
            (answer, outcome.places(positions))
        };
        let articles = try_join_all(places.iter().map(|place| self.numbered(entry, place))).await?;
        Ok(Some((manifest, answer, articles)))
    }

    /// All that fits a question, and the index that says so; `None` where the archive has no index.
    async fn found(
        self,
        entry: &Arc<Entry>,
        query: &Query,
    ) -> Result<Option<(Arc<Manifest>, Arc<Mutex<Outcome>>)>, LoadError> {
        let Some(name) = &entry.search else { return Ok(None) };
        let manifest = self.file_by(name, read_manifest).await?;
        let query = Query { page: 1, ..query.clone() };
        let known = self.last_found.with_value(|last| {
            let last = last.as_ref().filter(|last| last.query == query && Arc::ptr_eq(&last.entry, entry))?;
            Some(last.outcome.clone())
        });
        if let Some(outcome) = known {
            return Ok(Some((manifest, outcome)));
        }
        let outcome = Arc::new(Mutex::new(self.inquire(entry, manifest.clone(), &query).await?));
        let found = LastFound { query, entry: entry.clone(), outcome: outcome.clone() };
        self.last_found.set_value(Some(found));
        Ok(Some((manifest, outcome)))
    }

    /// Asks the index: loads what the inquiry wants, and lets it work in pieces.
    async fn inquire(
        self,
        entry: &Entry,
        manifest: Arc<Manifest>,
        query: &Query,
    ) -> Result<Outcome, LoadError> {
        let damaged = |error: search_index::Error| {
            // Whoever tries again must not get the same bytes again.
            self.files.update_value(|files| files.retain(|name, _| !name.as_str().starts_with("search/")));
            self.distrust.set_value(true);
            LoadError::Malformed(format!("search: {error}"))
        };
        let mut inquiry = Inquiry::new(manifest, query);
        let mut pace = Pace::new();
        loop {
            match inquiry.step().map_err(damaged)? {
                Step::Load(names) => {
                    let files =
                        try_join_all(names.iter().map(|name| self.file_by(name, |_, bytes| Ok(bytes))))
                            .await?;
                    for (name, file) in names.into_iter().zip(files) {
                        inquiry.give(name, &file).map_err(damaged)?;
                    }
                    pace.rested();
                }
                Step::Texts(places) => {
                    let articles =
                        try_join_all(places.iter().map(|place| self.numbered(entry, place))).await?;
                    for (place, article) in places.iter().zip(articles) {
                        inquiry.give_text(place, &Document::from(&*article));
                    }
                    pace.rested();
                }
                Step::Work => pace.breathe().await,
                Step::Done => return Ok(inquiry.outcome()),
            }
        }
    }

    /// The article that search knows by its place.
    async fn numbered(self, entry: &Entry, place: &Place) -> Result<Arc<Article>, LoadError> {
        self.article_at(entry, &article_file(place.category.as_ref(), place.number)).await
    }

    /// The article in this file. Its name does not stand for its content, so the edition is in the address.
    async fn article_at(self, entry: &Entry, file: &FileName) -> Result<Arc<Article>, LoadError> {
        let parse: AnyParser =
            Box::new(|name, bytes| Ok(Arc::new(read_json::<Article>(name, bytes)?) as AnyValue));
        typed(self.any_file(file.clone(), &format!("?v={}", entry.edition), parse).await?)
    }

    /// An article is not the one that the index names: the archive has been published anew.
    async fn other_edition<T>(self) -> Result<T, LoadError> {
        // Whoever tries again must not get the same article again.
        self.files.update_value(|files| files.retain(|name, _| !name.as_str().starts_with("article/")));
        self.distrust.set_value(true);
        self.look_for_a_newer_edition().await;
        Err(LoadError::OtherFormat)
    }

    /// The headlines of all results in their order, at most [`MOST_HITS`]: from the lists of their categories, which
    /// are far fewer files than the articles.
    pub(crate) async fn all_hits(self, query: &Query) -> Result<Arc<Vec<Headline>>, LoadError> {
        let entry = match self.edition.get_untracked() {
            Edition::Archive(entry) => entry,
            Edition::Feed(feed) => {
                let pages = (1..)
                    .map(|page| search_index::evaluate(&Query { page, ..query.clone() }, &[&feed.documents]));
                let mut hits = Vec::new();
                for answer in pages {
                    hits.extend(answer.hits.into_iter().map(|hit| hit.headline));
                    if hits.len() >= answer.total.min(MOST_HITS) {
                        break;
                    }
                }
                hits.truncate(MOST_HITS);
                return Ok(Arc::new(hits));
            }
        };
        let Some((_, outcome)) = self.found(&entry, query).await? else { return Ok(Arc::default()) };
        let places = outcome.lock().unwrap_or_else(PoisonError::into_inner).places(0..MOST_HITS);
        let mut headlines = Vec::with_capacity(places.len());
        for place in &places {
            headlines.push(self.headline_at(&entry, place).await?);
        }
        Ok(Arc::new(headlines))
    }

    /// The headline that search knows by its place.
    async fn headline_at(self, entry: &Entry, place: &Place) -> Result<Headline, LoadError> {
        let feed = place.category.as_ref().and_then(|category| entry.categories.get(category));
        let Some(feed) = feed else { return Ok(self.numbered(entry, place).await?.headline.clone()) };
        let feed = self.file::<Feed>(&feed.file).await?;
        // Feeds run from the newest on, numbers from the oldest.
        let mut at = feed.count.checked_sub(place.number as usize + 1).ok_or(LoadError::NotThere)?;
        if let Some(headline) = feed.newest.get(at) {
            return Ok(headline.clone());
        }
        at -= feed.newest.len();
        let chunk = feed.older.get(at / Feed::CHUNK).ok_or(LoadError::NotThere)?;
        let chunk = self.file::<Vec<Headline>>(&chunk.file).await?;
        chunk.get(at % Feed::CHUNK).cloned().ok_or(LoadError::NotThere)
    }

    /// What to offer for a text that is being typed.
    pub(crate) async fn suggest(self, typed: String) -> Result<Arc<Vec<Suggestion>>, LoadError> {
        let Some(typed) = Typed::new(&typed) else { return Ok(Arc::default()) };
        let mut next = match self.edition.get_untracked() {
            Edition::Feed(feed) => {
                let titles = feed.documents.iter().map(|d| (&d.headline.slug, d.headline.title.as_str()));
                return Ok(Arc::new(suggest::among(&typed, titles)));
            }
            Edition::Archive(entry) => entry.suggest.clone().map(suggest::Next::Directory),
        };
        for _ in 0..Directory::DEEPEST {
            next = match next {
                None => break,
                Some(suggest::Next::Directory(name)) => self.file_by(&name, directory).await?.next(&typed),
                Some(suggest::Next::Shelf(name)) => {
                    return Ok(Arc::new(self.file_by(&name, shelf).await?.offer(&typed)));
                }
            };
        }
        Ok(Arc::default())
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

    /// A picture as it is; it is not kept.
    pub(crate) async fn picture(self, url: &str) -> Result<Vec<u8>, LoadError> {
        get::bytes(url, Freshness::ByName).await
    }

    /// A published file of JSON.
    async fn file<T: DeserializeOwned + Send + Sync + 'static>(
        self,
        name: &FileName,
    ) -> Result<Arc<T>, LoadError> {
        self.file_by(name, read_json::<T>).await
    }

    /// A published file, read by `parse`, which gets its name and its bytes.
    async fn file_by<T: Send + Sync + 'static>(
        self,
        name: &FileName,
        parse: fn(&str, Vec<u8>) -> Result<T, LoadError>,
    ) -> Result<Arc<T>, LoadError> {
        let parse = Box::new(move |name: &str, bytes: Vec<u8>| Ok(Arc::new(parse(name, bytes)?) as AnyValue));
        typed(self.any_file(name.clone(), "", parse).await?)
    }

    /// A published file, parsed once. Whoever asks while it is on its way waits for the same answer; when nobody
    /// waits any more it is given up. Failures are not remembered.
    async fn any_file(self, name: FileName, version: &str, parse: AnyParser) -> Result<AnyValue, LoadError> {
        let known = self.files.with_value(|files| match files.get(&name)? {
            Kept::Here(value) => Some(Ok(value.clone())),
            Kept::Pending(pending) => pending.upgrade().map(Err),
        });
        let pending = match known {
            Some(Ok(value)) => return Ok(value),
            Some(Err(pending)) => pending,
            None => {
                let url = format!("{}{name}{version}", self.root());
                let pending: Pending = async move {
                    let distrust = self.distrust.get_value();
                    let freshness = if distrust { Freshness::Ask } else { Freshness::ByName };
                    let bytes = get::bytes(&url, freshness).await?;
                    parse(&url, bytes).inspect_err(|_| self.distrust.set_value(true))
                }
                .boxed_local()
                .shared();
                let weak = pending.downgrade();
                self.files.update_value(|files| {
                    if files.len() >= KEPT_FILES {
                        files.retain(|_, file| matches!(file, Kept::Pending(p) if p.upgrade().is_some()));
                    }
                    files.extend(weak.map(|weak| (name.clone(), Kept::Pending(weak))));
                });
                pending
            }
        };
        let edition = self.edition.with_untracked(|edition| edition.stands_for(&name));
        let answer = pending.await;
        if edition != self.edition.with_untracked(|edition| edition.stands_for(&name)) {
            // Of an edition that is no longer read: not to be kept under a name that now means another.
            return answer;
        }
        self.files.update_value(|files| match &answer {
            Ok(value) => drop(files.insert(name.clone(), Kept::Here(value.clone()))),
            Err(_) => drop(files.remove(&name)),
        });
        if answer.as_ref().is_err_and(|error| *error == LoadError::NotThere) {
            self.look_for_a_newer_edition().await;
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
            // Articles are not named by their content.
            self.files.update_value(|files| files.retain(|name, _| !name.as_str().starts_with("article/")));
            self.last_found.set_value(None);
            self.edition.set(Edition::Archive(Arc::new(entry)));
        }
    }

    /// Tries to replace a saved entry by the server's own.
    pub(crate) fn refresh(self) {
        leptos::task::spawn_local(self.look_for_a_newer_edition());
    }
}

fn read_json<T: DeserializeOwned>(name: &str, bytes: Vec<u8>) -> Result<T, LoadError> {
    get::json(name, &text(name, bytes)?)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, LoadError> {
    String::from_utf8(bytes).map_err(|error| LoadError::Malformed(format!("{name}: {error}")))
}

fn read_manifest(name: &str, bytes: Vec<u8>) -> Result<Manifest, LoadError> {
    Manifest::read(&bytes).map_err(|error| match error {
        search_index::Error::Version => LoadError::OtherFormat,
        error => LoadError::Malformed(format!("{name}: {error}")),
    })
}

fn directory(name: &str, bytes: Vec<u8>) -> Result<Directory, LoadError> {
    Directory::read(&text(name, bytes)?).map_err(|error| LoadError::Malformed(format!("{name}: {error}")))
}

fn shelf(name: &str, bytes: Vec<u8>) -> Result<Shelf, LoadError> {
    Shelf::read(&text(name, bytes)?).map_err(|error| LoadError::Malformed(format!("{name}: {error}")))
}

fn typed<T: Send + Sync + 'static>(value: AnyValue) -> Result<Arc<T>, LoadError> {
    value
        .downcast()
        .map_err(|_| LoadError::Malformed("a file is asked for as two different things".to_owned()))
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
