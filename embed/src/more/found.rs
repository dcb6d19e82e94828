//! What a source gave in the end, and what there is to see of it.

use super::{article, calendar, figures, words::words as more_words};
use crate::{
    Item,
    list::{self, Frame, frame},
    source,
    tree::Node,
    words::words,
};
use archive::{Body, Moment, body::Image, published::Attachment};
use routes::{Embed, Layout};
use work_calendar::Event;

/// What a source gave.
#[derive(Debug, Default)]
pub struct Found {
    /// What lists show; the article alone, where there is one.
    pub(super) list: source::Found,
    pub(super) content: Content,
}

/// What lists do not show.
#[derive(Debug, Default)]
pub(super) enum Content {
    #[default]
    List,
    Article(Box<Whole>),
    Week(Vec<Event>),
    Figures(figures::Figures),
}

/// An article, whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whole {
    /// What lists show of it.
    pub(super) item: Item,
    /// When it was last changed, if it was.
    pub(super) modified: Option<Moment>,
    /// Authors and office.
    pub(super) by: Vec<String>,
    /// The picture above the text, and its caption, which may be empty.
    pub(super) picture: Option<(Image, String)>,
    pub(super) body: Body,
    pub(super) attachments: Vec<Attachment>,
    /// Where the text comes from; may be empty.
    pub(super) source: String,
    /// BCP 47 tag; empty means `vi`.
    pub(super) language: String,
    /// Address of the portal, with a slash at its end; empty where nobody knows. `None` in a feed.
    pub(super) home: Option<String>,
}

impl Found {
    /// What the source is called, and how many things it gave.
    pub(super) fn about(&self) -> (&str, usize) {
        let count = match &self.content {
            Content::List | Content::Article(_) => self.list.items.len(),
            Content::Week(events) => events.len(),
            Content::Figures(_) => 1,
        };
        (&self.list.title, count)
    }
}

/// What there is to see of all sources.
pub(super) fn tree(all: &[Option<&Found>], embed: &Embed, now: Moment) -> Option<Node> {
    let lists: Vec<_> = all.iter().map(|found| found.map(|found| &found.list)).collect();
    let first = lists.iter().flatten().next()?;
    let (words, more) = (words(embed.lang), more_words(embed.lang));
    let names = list::names(&lists);
    let around = |heading: &str, way: &'static str, content: Node| {
        let all = if names.is_empty() && !way.is_empty() { &*first.all } else { "" };
        Some(frame(embed, words, &Frame { heading, all, way }, content))
    };
    match embed.layout {
        Layout::Article => {
            let whole = all.iter().flatten().find_map(|found| match &found.content {
                Content::Article(whole) => Some((&*found.list.title, whole)),
                _ => None,
            });
            match whole {
                Some((title, whole)) => around(title, "", article::article(whole, embed, more)),
                None => list::of_all(&lists, embed),
            }
        }
        Layout::Calendar => {
            let events: Vec<&[Event]> = all
                .iter()
                .map(|found| match found.map(|found| &found.content) {
                    Some(Content::Week(events)) => &**events,
                    _ => &[],
                })
                .collect();
            let week = work_calendar::Week::of(now.day());
            let content = calendar::week(week, &events, &names, now.day(), more);
            around(&more.calendar(week), more.all_weeks, content)
        }
        Layout::Stats => {
            let figures: Vec<_> = all
                .iter()
                .enumerate()
                .filter_map(|(source, found)| match &found.as_ref()?.content {
                    Content::Figures(figures) => Some((names.get(source).copied(), figures)),
                    _ => None,
                })
                .collect();
            around(more.figures, more.all_figures, figures::figures(&figures, more))
        }
        _ => list::of_all(&lists, embed),
    }
}
