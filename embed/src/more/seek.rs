//! What an element asks for, looked for in one source: a pure machine as `source::Reading`, which does what lists need.

use super::{
    article, calendar, figures,
    found::{self, Content, Found, Whole},
    html,
    search::{self, Search, State},
};
use crate::{
    Item,
    json::Json,
    listing::Source,
    opening::{Answer, Opening},
    source::{DAMAGED, NOT_FOUND, Portal, Reading, Reason, from_item, title_of_feed},
    tree::Node,
};
use archive::{
    FileName, Moment, Slug, markup,
    published::{Counting, bucket_of},
    source::feed::MAX_ITEMS,
};
use routes::{Agenda, Embed, Layout, Route};
use work_calendar::Week;

/// A parser of HTML, or why there is none.
pub(super) type Parse = fn(&str) -> Result<Vec<markup::Node>, Reason>;

/// A source of more than headlines, on the way to being found.
#[derive(Debug)]
pub struct Seek<J> {
    source: String,
    stage: Stage<J>,
    found: Found,
    /// The article that is meant where none is named.
    newest: Option<String>,
    parse: Parse,
}

#[derive(Debug)]
enum Stage<J> {
    /// What lists show is asked for, or needed first.
    Headlines(Box<Reading<J>>),
    /// Whatever there is is looked for.
    Opening(Opening),
    /// The file at an address is waited for.
    Waiting(String, Awaited<J>),
    Done(Result<(), Reason>),
}

/// What the file is that is waited for.
#[derive(Debug)]
enum Awaited<J> {
    Bucket(Box<Opened<J>>, Slug),
    Article(Box<Opened<J>>),
    Manifest(Box<Opened<J>>),
    Search(Box<Search<J>>),
    Year(Box<Opened<J>>, Week),
    Week,
    Figures(Counting),
}

/// A portal whose entry is here.
#[derive(Debug)]
pub(super) struct Opened<J> {
    pub(super) portal: Portal<J>,
    /// Stands for the content of all articles.
    edition: String,
}

impl<J: Json + Clone> Opened<J> {
    fn read(address: &str, entry: &J) -> Self {
        Self { portal: Portal::read(address, entry), edition: entry.text_of("edition") }
    }

    /// The address of an article's file, whose name does not stand for its content.
    pub(super) fn article(&self, name: &FileName) -> String {
        [&*self.portal.at(name), "?v=", &self.edition].concat()
    }

    /// An article's file as lists show it.
    pub(super) fn item(&self, file: &J) -> Result<Item, Reason> {
        let headline = file.member("headline").ok_or(DAMAGED)?;
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

impl<J: Json + Clone> Source for Seek<J> {
    type File = J;
    type Found = Found;

    fn new(address: &str, embed: &Embed) -> Self {
        Self::with(address, embed, html::parse)
    }

    fn wants(&self) -> Option<&str> {
        match &self.stage {
            Stage::Headlines(reading) => reading.wants(),
            Stage::Opening(opening) => Some(&opening.address),
            Stage::Waiting(address, _) => Some(address),
            Stage::Done(_) => None,
        }
    }

    fn give(&mut self, file: Result<J, Reason>, embed: &Embed, now: Moment) {
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

impl<J: Json + Clone> Seek<J> {
    pub(super) fn with(address: &str, embed: &Embed, parse: Parse) -> Self {
        let more = embed.article.is_some()
            || match embed.layout {
                Layout::Calendar | Layout::Stats => true,
                Layout::Article => false,
                _ => !embed.query.is_empty(),
            };
        let stage = if more {
            Stage::Opening(Opening::new(address))
        } else {
            Stage::Headlines(Box::new(Reading::new(address, embed)))
        };
        Self { source: address.to_owned(), stage, found: Found::default(), newest: None, parse }
    }

    fn next(
        &mut self,
        stage: Stage<J>,
        file: Result<J, Reason>,
        embed: &Embed,
        now: Moment,
    ) -> Result<Stage<J>, Reason> {
        let awaited = match stage {
            Stage::Headlines(reading) => return self.headlines(reading, file, embed, now),
            Stage::Opening(opening) => {
                return match opening.give(file)? {
                    Answer::Elsewhere(opening) => Ok(Stage::Opening(opening)),
                    Answer::Portal(address, entry) => {
                        self.portal(Box::new(Opened::read(&address, &entry)), embed, now)
                    }
                    Answer::Feed(address, feed) => self.feed(&address, &feed, embed, now),
                };
            }
            Stage::Waiting(_, awaited) => awaited,
            Stage::Done(outcome) => return Ok(Stage::Done(outcome)),
        };
        let file = file?;
        Ok(match awaited {
            Awaited::Bucket(opened, slug) => {
                let name = file.member(slug.as_str()).ok_or(NOT_FOUND)?;
                Stage::Waiting(opened.article(&name_in(&name)?), Awaited::Article(opened))
            }
            Awaited::Article(opened) => {
                let item = opened.item(&file)?;
                self.show(item, embed, |item| Ok(article::published(&file, item, opened.portal.home)))?
            }
            Awaited::Manifest(opened) => self.search(Search::begin(*opened, &file, embed)?),
            Awaited::Search(search) => self.search(search.give(&file, embed)?),
            Awaited::Year(opened, week) => match file.member(&week.number().to_string()) {
                Some(name) => Stage::Waiting(opened.portal.at(&name_in(&name)?), Awaited::Week),
                None => self.done(Content::Week(Vec::new())),
            },
            Awaited::Week => self.done(Content::Week(calendar::events(&file))),
            Awaited::Figures(counting) => self.done(Content::Figures(figures::read(&counting, &file, now)?)),
        })
    }

    fn done(&mut self, content: Content) -> Stage<J> {
        self.found.content = content;
        Stage::Done(Ok(()))
    }

    fn headlines(
        &mut self,
        mut reading: Box<Reading<J>>,
        file: Result<J, Reason>,
        embed: &Embed,
        now: Moment,
    ) -> Result<Stage<J>, Reason> {
        let whole = embed.layout == Layout::Article;
        reading.give(file, embed, now);
        Ok(match reading.outcome() {
            None => Stage::Headlines(reading),
            Some(Err(reason)) => Stage::Done(Err(reason.to_owned())),
            Some(Ok(found)) => {
                self.found.list = found.clone();
                let name =
                    |item: &Item| if item.slug.is_empty() { item.url.clone() } else { item.slug.clone() };
                self.newest = found.items.first().filter(|_| whole).map(name).filter(|name| !name.is_empty());
                // The same address again: the script has it.
                if self.newest.is_some() {
                    Stage::Opening(Opening::new(&self.source))
                } else {
                    Stage::Done(Ok(()))
                }
            }
        })
    }

    fn portal(&mut self, opened: Box<Opened<J>>, embed: &Embed, now: Moment) -> Result<Stage<J>, Reason> {
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
                let (goatcounter, start) = (counting.text_of("goatcounter"), counting.count_of("start"));
                let counting = Counting { goatcounter, start: start.unwrap_or(0) };
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

    fn feed(&mut self, address: &str, feed: &J, embed: &Embed, now: Moment) -> Result<Stage<J>, Reason> {
        if matches!(embed.layout, Layout::Calendar | Layout::Stats) {
            return Err(NOT_FOUND.to_owned());
        }
        let list = &mut self.found.list;
        (list.title, list.all) = title_of_feed(address, feed);
        let Some(article) = embed.article.as_ref().or(self.newest.as_ref()) else {
            list.items = search::in_feed(feed, address, embed, self.parse, now);
            return Ok(Stage::Done(Ok(())));
        };
        let (entry, item) = feed
            .items_of("items")
            .into_iter()
            .take(MAX_ITEMS)
            .filter_map(|entry| Some((from_item(address, &entry, now)?, entry)))
            .find_map(|(item, entry)| (item.url == *article).then_some((entry, item)))
            .ok_or(NOT_FOUND)?;
        let parse = self.parse;
        self.show(item, embed, |item| article::of_feed(&entry, item, address, parse))
    }

    /// Only who shows the text needs it, and the page may not let us have it.
    fn show(
        &mut self,
        item: Item,
        embed: &Embed,
        whole: impl FnOnce(Item) -> Result<Whole, Reason>,
    ) -> Result<Stage<J>, Reason> {
        self.found.list.items = vec![item.clone()];
        if embed.layout == Layout::Article {
            self.found.content = Content::Article(Box::new(whole(item)?));
        }
        Ok(Stage::Done(Ok(())))
    }

    fn search(&mut self, state: State<J>) -> Stage<J> {
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
fn name_in(value: &impl Json) -> Result<FileName, Reason> {
    value.text().unwrap_or_default().try_into().map_err(|_| DAMAGED.to_owned())
}
