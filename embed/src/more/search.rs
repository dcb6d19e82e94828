//! The newest articles that have words: in a portal by its search index (`search_index`), in a feed by looking.
//!
//! The words are taken as they are: a host that asked for them does not want what somebody else may have meant.

use super::{
    found::File,
    seek::{Opened, Parse},
};
use crate::{
    Item, merge,
    source::{DAMAGED, OTHER_VERSION, Reason},
};
use archive::{
    FileName, Headline, Moment,
    clean::{clean, text_to_body},
    published::article_file,
    source::{
        Article, Content,
        feed::{self, Feed},
    },
};
use routes::Embed;
use search_index::{Document, Error, Inquiry, Manifest, Order, Place, Query, Step, evaluate};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

/// What an element asks for.
pub(super) fn query(embed: &Embed) -> Query {
    Query {
        words: embed.query.clone(),
        categories: embed.category.iter().cloned().collect(),
        from: embed.from,
        to: embed.to,
        order: Order::Newest,
        as_typed: true,
        ..Query::default()
    }
}

/// A question to the index of a portal, on its way.
#[derive(Debug)]
pub(super) struct Search {
    opened: Opened,
    inquiry: Inquiry,
    /// What is waited for, first the first; never empty between two files.
    waiting: VecDeque<Waited>,
    /// Articles that were needed on the way already.
    known: HashMap<Place, Item>,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Waited {
    /// A file of the index.
    File(FileName),
    /// An article with whose text something is compared.
    Text(Place),
    /// An article that was found.
    Hit(Place),
}

/// How a search stands.
#[derive(Debug)]
pub(super) enum State {
    /// It waits for the file at this address.
    Waiting(String, Box<Search>),
    /// Newest first.
    Found(Vec<Item>),
}

impl Search {
    /// Asks a manifest.
    pub(super) fn begin(opened: Opened, manifest: &File, embed: &Embed) -> Result<State, Reason> {
        let manifest = Manifest::read(manifest.bytes()?).map_err(reason)?;
        let inquiry = Inquiry::new(Arc::new(manifest), &query(embed));
        let search =
            Self { opened, inquiry, waiting: VecDeque::new(), known: HashMap::new(), items: Vec::new() };
        Box::new(search).go_on(embed)
    }

    /// Takes what is waited for.
    pub(super) fn give(mut self: Box<Self>, file: &File, embed: &Embed) -> Result<State, Reason> {
        match self.waiting.pop_front() {
            None => {}
            Some(Waited::File(name)) => self.inquiry.give(name, file.bytes()?).map_err(reason)?,
            Some(Waited::Text(place)) => {
                self.inquiry.give_text(&place, &Document::from(&file.read::<archive::Article>()?));
                self.known.insert(place, self.opened.item(file)?);
            }
            Some(Waited::Hit(_)) => {
                merge::put(&mut self.items, self.opened.item(file)?, embed.limit);
            }
        }
        self.go_on(embed)
    }

    fn wait_for<T>(&mut self, all: Vec<T>, what: fn(T) -> Waited) -> Result<(), Reason> {
        self.waiting.extend(all.into_iter().map(what));
        // Nothing to wait for, and no way on: only a damaged index could say so.
        if self.waiting.is_empty() { Err(DAMAGED.to_owned()) } else { Ok(()) }
    }

    fn go_on(mut self: Box<Self>, embed: &Embed) -> Result<State, Reason> {
        loop {
            if let Some(first) = self.waiting.front() {
                let address = match first {
                    Waited::File(name) => self.opened.portal.at(name),
                    Waited::Text(place) | Waited::Hit(place) => {
                        self.opened.article(&article_file(place.category.as_ref(), place.number))
                    }
                };
                return Ok(State::Waiting(address, self));
            }
            match self.inquiry.step().map_err(reason)? {
                Step::Load(names) => self.wait_for(names, Waited::File)?,
                Step::Texts(places) => self.wait_for(places, Waited::Text)?,
                // Milliseconds, also in a large archive.
                Step::Work => continue,
                Step::Done => {
                    // Once all are here, nothing is found any more.
                    for place in self.inquiry.outcome().places(0..embed.limit) {
                        match self.known.remove(&place) {
                            Some(item) => merge::put(&mut self.items, item, embed.limit),
                            None => self.waiting.push_back(Waited::Hit(place)),
                        }
                    }
                    if self.waiting.is_empty() {
                        return Ok(State::Found(self.items));
                    }
                }
            }
        }
    }
}

fn reason(error: Error) -> Reason {
    match error {
        Error::Version => OTHER_VERSION,
        Error::Truncated | Error::Damaged(_) => DAMAGED,
    }
    .to_owned()
}

/// The same in the items of a feed at this address. Where its HTML cannot be parsed, what is seen of its words without
/// that is searched.
pub(super) fn in_feed(feed: &Feed, address: &str, embed: &Embed, parse: Parse, now: Moment) -> Vec<Item> {
    let (mut documents, mut urls) = (Vec::new(), HashMap::new());
    for item in &feed.items {
        let text = match (body(item, address, parse), &item.content) {
            (Ok(body), _) => body.plain_text(),
            (Err(_), Some(Content::Html(html))) => feed::without_tags(html),
            (Err(_), _) => String::new(),
        };
        let article = feed::publish(item, archive::Body::default(), now);
        urls.insert(article.headline.slug.clone(), article.original.clone());
        documents.push(Document { text, ..Document::from(&article) });
    }
    // A feed has no categories; its tags serve for them.
    let mut query = query(embed);
    query.tag = embed.category.as_ref().map(ToString::to_string).unwrap_or_default();
    query.categories.clear();
    let mut items = Vec::new();
    loop {
        let answer = evaluate(&query, &[&documents]);
        for hit in answer.hits {
            let url = urls.get(&hit.headline.slug).cloned().unwrap_or_default();
            merge::put(&mut items, of_feed(hit.headline, url), embed.limit);
        }
        if answer.page >= answer.pages || query.page as usize * Query::PAGE >= embed.limit {
            return items;
        }
        query.page += 1;
    }
}

/// The text of an item.
pub(super) fn body(item: &Article, address: &str, parse: Parse) -> Result<archive::Body, Reason> {
    Ok(match &item.content {
        None => archive::Body::default(),
        Some(Content::Text(text)) => text_to_body(text),
        Some(Content::Html(html)) => {
            let mut nodes = parse(html)?;
            archive::address::resolve(&mut nodes, if item.url.is_empty() { address } else { &item.url });
            clean(&nodes).0
        }
    })
}

/// An item of a feed as lists show it.
pub(super) fn of_feed(headline: Headline, url: String) -> Item {
    Item {
        slug: String::new(),
        title: headline.title,
        summary: headline.summary,
        category: String::new(),
        published: headline.published,
        image: headline.image,
        root: String::new(),
        url,
        source: 0,
    }
}
