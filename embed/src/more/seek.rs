//! What an element asks for, looked for in one source: a pure machine as `source::Reading`, which does what lists need.

use super::{
    figures,
    found::{self, Content, File, Found, Whole},
    html,
    search::{self, Search, State},
};
use crate::{
    Item,
    json::Json,
    listing::Source,
    source::{DAMAGED, Kind, NOT_FOUND, OTHER_VERSION, Portal, Reading, Reason, candidates, kind},
    tree::Node,
};
use archive::{
    FileName, Moment, Slug, markup,
    published::{Counting, bucket_of},
    source::feed,
};
use routes::{Agenda, Embed, Layout, Route};
use serde_json::Value;
use work_calendar::Week;

/// A parser of HTML, or why there is none.
pub(super) type Parse = fn(&str) -> Result<Vec<markup::Node>, Reason>;

/// A source of more than headlines, on the way to being found.
#[derive(Debug)]
pub struct Seek {
    source: String,
    stage: Stage,
    found: Found,
    /// The article that is meant where none is named.
    newest: Option<String>,
    parse: Parse,
}

#[derive(Debug)]
enum Stage {
    /// What lists show is asked for, or needed first.
    Headlines(Box<Reading<Value>>),
    /// The file at an address is waited for.
    Waiting(String, Awaited),
    Done(Result<(), Reason>),
}

/// What the file is that is waited for.
#[derive(Debug)]
enum Awaited {
    /// Whatever is there, or else at these addresses.
    Source(Vec<String>),
    Bucket(Box<Opened>, Slug),
    Article(Box<Opened>),
    Manifest(Box<Opened>),
    Search(Box<Search>),
    Year(Box<Opened>, Week),
    Week,
    Figures(Counting),
}

/// A portal whose entry is here.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) portal: Portal<Value>,
    /// Stands for the content of all articles.
    edition: String,
}

impl Opened {
    fn read(address: &str, entry: &Value) -> Self {
        Self { portal: Portal::read(address, entry), edition: entry.text_of("edition") }
    }

    /// The address of an article's file, whose name does not stand for its content.
    pub(super) fn article(&self, name: &FileName) -> String {
        [&*self.portal.at(name), "?v=", &self.edition].concat()
    }

    /// An article's file as lists show it.
    pub(super) fn item(&self, file: &File) -> Result<Item, Reason> {
        let headline = file.read::<Value>()?.member("headline").ok_or(DAMAGED)?;
        Ok(self.portal.item(&headline).ok_or(DAMAGED)?)
    }

    /// Which article a host means: by its name, or by its address in this portal.
    fn slug(&self, article: &str) -> Option<Slug> {
        let path = article.strip_prefix(&*self.portal.home).filter(|_| !self.portal.home.is_empty());
        match path.map(|path| routes::parse(path.split(['?', '#']).next().unwrap_or_default(), "").route) {
            Some(Route::Article(slug)) => Some(slug),
            Some(_) => None,
            None => article.parse().ok(),
        }
    }
}

impl Source for Seek {
    type File = File;
    type Found = Found;

    fn new(address: &str, embed: &Embed) -> Self {
        Self::with(address, embed, html::parse)
    }

    fn wants(&self) -> Option<&str> {
        match &self.stage {
            Stage::Headlines(reading) => reading.wants(),
            Stage::Waiting(address, _) => Some(address),
            Stage::Done(_) => None,
        }
    }

    fn give(&mut self, file: Result<File, Reason>, embed: &Embed, now: Moment) {
        let stage = std::mem::replace(&mut self.stage, Stage::Done(Ok(())));
        self.stage = self.next(stage, file, embed, now).unwrap_or_else(|reason| Stage::Done(Err(reason)));
    }

    fn outcome(&self) -> Option<Result<&Found, &str>> {
        match &self.stage {
            Stage::Done(outcome) => Some(outcome.as_ref().map(|()| &self.found).map_err(|reason| &**reason)),
            _ => None,
        }
    }

    fn about(found: &Found) -> (&str, usize) {
        found.about()
    }

    fn tree(all: &[Option<&Found>], embed: &Embed, now: Moment) -> Option<Node> {
        found::tree(all, embed, now)
    }
}

impl Seek {
    pub(super) fn with(address: &str, embed: &Embed, parse: Parse) -> Self {
        let more = embed.article.is_some()
            || match embed.layout {
                Layout::Calendar | Layout::Stats => true,
                Layout::Article => false,
                _ => !embed.query.is_empty(),
            };
        let stage =
            if more { open(address) } else { Stage::Headlines(Box::new(Reading::new(address, embed))) };
        Self { source: address.to_owned(), stage, found: Found::default(), newest: None, parse }
    }

    fn next(
        &mut self,
        stage: Stage,
        file: Result<File, Reason>,
        embed: &Embed,
        now: Moment,
    ) -> Result<Stage, Reason> {
        let (address, awaited) = match stage {
            Stage::Headlines(reading) => return self.headlines(reading, file, embed, now),
            Stage::Waiting(address, awaited) => (address, awaited),
            Stage::Done(outcome) => return Ok(Stage::Done(outcome)),
        };
        if let Awaited::Source(mut others) = awaited {
            return match file.and_then(|file| self.open(&address, &file, embed, now)) {
                Err(reason) if (reason == NOT_FOUND || reason == DAMAGED) && !others.is_empty() => {
                    Ok(Stage::Waiting(others.remove(0), Awaited::Source(others)))
                }
                stage => stage,
            };
        }
        let file = file?;
        Ok(match awaited {
            Awaited::Source(_) => Stage::Done(Ok(())),
            Awaited::Bucket(opened, slug) => {
                let name = file.read::<Value>()?.member(slug.as_str()).ok_or(NOT_FOUND)?;
                Stage::Waiting(opened.article(&name_in(&name)?), Awaited::Article(opened))
            }
            Awaited::Article(opened) => {
                let item = opened.item(&file)?;
                self.show(file.read()?, item, opened.portal.home, embed)
            }
            Awaited::Manifest(opened) => self.search(Search::begin(*opened, &file, embed)?),
            Awaited::Search(search) => self.search(search.give(&file, embed)?),
            Awaited::Year(opened, week) => match file.read::<Value>()?.member(&week.number().to_string()) {
                Some(name) => Stage::Waiting(opened.portal.at(&name_in(&name)?), Awaited::Week),
                None => self.done(Content::Week(Vec::new())),
            },
            Awaited::Week => self.done(Content::Week(file.read()?)),
            Awaited::Figures(counting) => self.done(Content::Figures(figures::read(&counting, &file, now)?)),
        })
    }

    fn done(&mut self, content: Content) -> Stage {
        self.found.content = content;
        Stage::Done(Ok(()))
    }

    fn headlines(
        &mut self,
        mut reading: Box<Reading<Value>>,
        file: Result<File, Reason>,
        embed: &Embed,
        now: Moment,
    ) -> Result<Stage, Reason> {
        let whole = embed.layout == Layout::Article;
        let one = Embed { limit: if whole { 1 } else { embed.limit }, ..embed.clone() };
        reading.give(file.and_then(|file| file.read()), &one, now);
        Ok(match reading.outcome() {
            None => Stage::Headlines(reading),
            Some(Err(reason)) => Stage::Done(Err(reason.to_owned())),
            Some(Ok(found)) => {
                self.found.list = found.clone();
                let name =
                    |item: &Item| if item.slug.is_empty() { item.url.clone() } else { item.slug.clone() };
                self.newest = found.items.first().filter(|_| whole).map(name).filter(|name| !name.is_empty());
                // The same address again: the script has it.
                if self.newest.is_some() { open(&self.source) } else { Stage::Done(Ok(())) }
            }
        })
    }

    fn open(&mut self, address: &str, file: &File, embed: &Embed, now: Moment) -> Result<Stage, Reason> {
        let value: Value = file.read()?;
        match kind(&value) {
            Kind::Portal => self.portal(Box::new(Opened::read(address, &value)), embed, now),
            Kind::Feed => self.feed(address, file, embed, now),
            Kind::OtherVersion => Err(OTHER_VERSION.to_owned()),
            Kind::Neither => Err(DAMAGED.to_owned()),
        }
    }

    fn portal(&mut self, opened: Box<Opened>, embed: &Embed, now: Moment) -> Result<Stage, Reason> {
        let Portal { entry, portal: about, .. } = &opened.portal;
        let portal = &opened.portal;
        self.found.list.title = about.text_of("unit");
        let page = |route: &Route| portal.address(&routes::print(route));
        let article = embed.article.as_ref().or(self.newest.as_ref());
        Ok(match embed.layout {
            Layout::Calendar => {
                self.found.list.all = page(&Route::Calendar(Agenda::default()));
                let week = Week::of(now.day());
                match entry.member("calendar").and_then(|years| years.member(&week.year().to_string())) {
                    Some(name) => Stage::Waiting(portal.at(&name_in(&name)?), Awaited::Year(opened, week)),
                    None => self.done(Content::Week(Vec::new())),
                }
            }
            Layout::Stats => {
                self.found.list.all = page(&Route::Statistics);
                let counting = about.member("counting").ok_or(NOT_FOUND)?;
                let counting = Counting {
                    goatcounter: counting.text_of("goatcounter"),
                    start: counting.member("start").and_then(|n| n.whole()?.try_into().ok()).unwrap_or(0),
                };
                Stage::Waiting(counting.address(&portal.root), Awaited::Figures(counting))
            }
            _ if article.is_some() => {
                self.found.list.all = page(&Route::Home);
                let slug = article.and_then(|article| opened.slug(article)).ok_or(NOT_FOUND)?;
                let buckets = entry.items_of("articles");
                let name = buckets.get(bucket_of(&slug, buckets.len())).ok_or(NOT_FOUND)?;
                Stage::Waiting(portal.at(&name_in(name)?), Awaited::Bucket(opened, slug))
            }
            _ => {
                // Whether there is such a category is said as for lists.
                portal.list(embed.category.as_ref())?;
                self.found.list.all = page(&Route::Search(search::query(embed)));
                match entry.member("search") {
                    Some(name) => Stage::Waiting(portal.at(&name_in(&name)?), Awaited::Manifest(opened)),
                    None => Stage::Done(Ok(())),
                }
            }
        })
    }

    fn feed(&mut self, address: &str, file: &File, embed: &Embed, now: Moment) -> Result<Stage, Reason> {
        if matches!(embed.layout, Layout::Calendar | Layout::Stats) {
            return Err(NOT_FOUND.to_owned());
        }
        let feed = feed::read_feed(file.text()?, address).map_err(|_| DAMAGED)?;
        let list = &mut self.found.list;
        list.all.clone_from(&feed.home_page_url);
        list.title.clone_from(if feed.title.is_empty() { &feed.home_page_url } else { &feed.title });
        let Some(article) = embed.article.as_ref().or(self.newest.as_ref()) else {
            list.items = search::in_feed(&feed, address, embed, self.parse, now);
            return Ok(Stage::Done(Ok(())));
        };
        let item = feed.items.iter().find(|item| item.url == *article).ok_or(NOT_FOUND)?;
        // Only who shows the text needs it, and the page may not let us have it.
        let whole = embed.layout == Layout::Article;
        let body = if whole { search::body(item, address, self.parse)? } else { archive::Body::default() };
        let article = feed::publish(item, body, now);
        let shown = search::of_feed(article.headline.clone(), article.original.clone());
        Ok(self.show(article, shown, String::new(), embed))
    }

    fn show(&mut self, article: archive::Article, item: Item, home: String, embed: &Embed) -> Stage {
        self.found.list.items = vec![item.clone()];
        match embed.layout {
            Layout::Article => self.done(Content::Article(Box::new(Whole { article, item, home }))),
            _ => Stage::Done(Ok(())),
        }
    }

    fn search(&mut self, state: State) -> Stage {
        match state {
            State::Waiting(address, search) => Stage::Waiting(address, Awaited::Search(search)),
            State::Found(items) => {
                self.found.list.items = items;
                Stage::Done(Ok(()))
            }
        }
    }
}

/// The name of a published file.
fn name_in(value: &Value) -> Result<FileName, Reason> {
    value.text().unwrap_or_default().try_into().map_err(|_| DAMAGED.to_owned())
}

fn open(address: &str) -> Stage {
    let mut candidates = candidates(address);
    Stage::Waiting(candidates.remove(0), Awaited::Source(candidates))
}
