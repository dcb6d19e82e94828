//! The newest articles that have words: in a portal by its search index (`search_index`), in a feed by looking.
//!
//! The words are taken as they are: a host that asked for them does not want what somebody else may have meant.

use super::{
    body::body,
    seek::{Opened, Parse},
};
use crate::{
    Item,
    json::Json,
    merge,
    source::{DAMAGED, OTHER_VERSION, Reason, from_item},
};
use archive::{
    Body, FileName, Headline, Moment,
    clean::{clean, text_to_body},
    published::{Promotion, article_file},
    source::feed::{self, MAX_ITEMS},
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
pub(super) struct Search<J> {
    opened: Opened<J>,
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
pub(super) enum State<J> {
    /// It waits for the file at this address.
    Waiting(String, Box<Search<J>>),
    /// Newest first.
    Found(Vec<Item>),
}

impl<J: Json + Clone> Search<J> {
    /// Asks a manifest.
    pub(super) fn begin(opened: Opened<J>, manifest: &J, embed: &Embed) -> Result<State<J>, Reason> {
        let manifest = Manifest::read(&manifest.bytes().ok_or(DAMAGED)?).map_err(reason)?;
        let inquiry = Inquiry::new(Arc::new(manifest), &query(embed));
        let search =
            Self { opened, inquiry, waiting: VecDeque::new(), known: HashMap::new(), items: Vec::new() };
        Box::new(search).go_on(embed)
    }

    /// Takes what is waited for.
    pub(super) fn give(mut self: Box<Self>, file: &J, embed: &Embed) -> Result<State<J>, Reason> {
        match self.waiting.pop_front() {
            None => {}
            Some(Waited::File(name)) => {
                self.inquiry.give(name, &file.bytes().ok_or(DAMAGED)?).map_err(reason)?;
            }
            Some(Waited::Text(place)) => {
                let item = self.opened.item(file)?;
                let text = file.member("body").map(|text| body(&text)).unwrap_or_default();
                self.inquiry.give_text(&place, &document(&item, 0, file.texts_of("tags"), text.plain_text()));
                self.known.insert(place, item);
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

    fn go_on(mut self: Box<Self>, embed: &Embed) -> Result<State<J>, Reason> {
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
pub(super) fn in_feed(
    feed: &impl Json,
    address: &str,
    embed: &Embed,
    parse: Parse,
    now: Moment,
) -> Vec<Item> {
    let (mut documents, mut items) = (Vec::new(), Vec::new());
    for entry in feed.items_of("items").iter().take(MAX_ITEMS) {
        let Some(item) = from_item(address, entry, now) else { continue };
        let text = content(entry, &item, address, parse)
            .map_or_else(|_| feed::without_tags(&entry.text_of("content_html")), |body| body.plain_text());
        documents.push(document(&item, items.len(), entry.texts_of("tags"), text));
        items.push(item);
    }
    // A feed has no categories; its tags serve for them.
    let mut query = query(embed);
    query.tag = embed.category.as_ref().map(ToString::to_string).unwrap_or_default();
    query.categories.clear();
    let mut found = Vec::new();
    loop {
        let answer = evaluate(&query, &[&documents]);
        for hit in answer.hits {
            let item = hit.headline.slug.as_str().parse().ok().and_then(|n: usize| items.get(n));
            item.into_iter().for_each(|item| merge::put(&mut found, item.clone(), embed.limit));
        }
        if answer.page >= answer.pages || query.page as usize * Query::PAGE >= embed.limit {
            return found;
        }
        query.page += 1;
    }
}

/// An article as search reads it; `number` is to know it again.
fn document(item: &Item, number: usize, tags: Vec<String>, text: String) -> Document {
    let headline = Headline {
        slug: number.to_string().parse().unwrap_or_else(|_| unreachable!("a number is a slug")),
        title: item.title.clone(),
        summary: item.summary.clone(),
        category: None,
        published: item.published,
        modified: None,
        image: None,
        hot: Promotion::None,
        featured: Promotion::None,
    };
    Document { headline, unit: String::new(), tags, attachments: false, text }
}

/// The text of an item of a feed.
pub(super) fn content(entry: &impl Json, item: &Item, address: &str, parse: Parse) -> Result<Body, Reason> {
    let html = entry.text_of("content_html");
    if html.is_empty() {
        return Ok(text_to_body(&entry.text_of("content_text")));
    }
    let mut nodes = parse(&html)?;
    archive::address::resolve(&mut nodes, if item.url.is_empty() { address } else { &item.url });
    Ok(clean(&nodes).0)
}
