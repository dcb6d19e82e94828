//! Lists of headlines: one tree for each look.

use crate::{
    Item, item, merge,
    source::Found,
    tree::{Node, link, node},
    words::{Words, words},
};
use archive::{
    Moment,
    body::{Format, Image},
};
use routes::{Embed, Layout};

/// How many letters of a ticker pass in a second: slow enough to be read by all.
const LETTERS_A_SECOND: usize = 7;

/// What stands above and below a list.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The heading where the host wants no other; empty for none.
    pub heading: &'a str,
    /// Where all there is of the kind is; may be empty.
    pub all: &'a str,
    /// What the way there is called.
    pub way: &'a str,
}

/// The whole tree of a layout, around its content.
pub fn frame(embed: &Embed, words: &Words, frame: &Frame<'_>, content: Node) -> Node {
    let heading = embed.heading.as_deref().unwrap_or(frame.heading);
    let heading = (!heading.is_empty()).then(|| node("h2", "heading").text(heading));
    let more = (!frame.all.is_empty())
        .then(|| node("p", "more").child(opening(link(frame.all, ""), embed).text(frame.way)));
    node("div", "box")
        .with("lang", words.tag)
        .with("data-layout", embed.layout.word())
        .maybe(heading)
        .child(content)
        .maybe(more)
}

/// Headlines of all sources as one list; `None` where none has answered.
pub fn of_all(all: &[Option<&Found>], embed: &Embed) -> Option<Node> {
    let first = all.iter().flatten().next()?;
    let mut items = Vec::new();
    for (source, found) in all.iter().enumerate() {
        for item in found.iter().flat_map(|found| &found.items) {
            merge::put(&mut items, Item { source, ..item.clone() }, embed.limit);
        }
    }
    let words = words(embed.lang);
    let names = names(all);
    let (heading, all) = if names.is_empty() { (&*first.title, &*first.all) } else { (words.latest, "") };
    let around = Frame { heading, all, way: words.all };
    Some(frame(embed, words, &around, list(&items, embed, words, &names)))
}

/// The names of the sources where there are several.
pub fn names<'a>(all: &[Option<&'a Found>]) -> Vec<&'a str> {
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter().map(|found| found.map_or("", |found| &*found.title)).collect()
}

/// The list itself. `sources` are the names of the sources where there are several.
fn list(items: &[Item], embed: &Embed, words: &Words, sources: &[&str]) -> Node {
    if items.is_empty() {
        return node("p", "empty").text(words.none);
    }
    let all = items.iter().map(|item| entry(item, embed, sources));
    // Without the role Safari takes a list without bullets for none.
    let list = node("ul", "list").with("role", "list").children(all);
    if embed.layout != Layout::Ticker {
        return list;
    }
    let letters: usize = items.iter().map(|item| item.title.chars().count() + 12).sum();
    let seconds = (letters / LETTERS_A_SECOND).max(10).to_string();
    let pause = node("label", "pause")
        .child(node("input", "").with("type", "checkbox"))
        .child(node("span", "").text(words.pause));
    node("div", "ticker").child(pause).child(node("div", "track").child(list.with("data-seconds", &seconds)))
}

fn entry(item: &Item, embed: &Embed, sources: &[&str]) -> Node {
    let layout = embed.layout;
    let rich = matches!(layout, Layout::List | Layout::Cards | Layout::Card);
    let picture = item.image.as_ref().filter(|_| rich).map(|image| {
        let sizes = match layout {
            Layout::List => "112px",
            Layout::Cards => "(max-width: 600px) 94vw, 320px",
            _ => WIDE,
        };
        // The title beside it says the same: nothing for screen readers.
        node("div", "picture").child(picture(&item.root, image, "", sizes))
    });
    let category = (rich && !item.category.is_empty()).then(|| node("span", "category").text(&item.category));
    let title = opening(link(&item.url, "title"), embed)
        .with("data-slug", &item.slug)
        .with("data-source", &item.source.to_string())
        .text(&item.title);
    let summary = (matches!(layout, Layout::Cards | Layout::Card) && !item.summary.is_empty())
        .then(|| node("span", "summary").text(&item.summary));
    let shown = item.published.to_string();
    // The clock time of a headline tells a stranger nothing.
    let date = time(item.published, shown.split(' ').next().unwrap_or_default());
    let source = sources.get(item.source).map(|name| node("span", "source").text(name));
    // Titles and leads are what an editor wrote, mostly in Vietnamese, whatever the element's own words are.
    let text = node("div", "text")
        .maybe(category)
        .child(title)
        .maybe(summary)
        .child(node("span", "meta").child(date).maybe(source));
    node("li", "item").with("lang", "vi").with("dir", "auto").maybe(picture).child(text)
}

/// A moment.
pub fn time(at: Moment, shown: &str) -> Node {
    node("time", "date").with("datetime", &at.rfc3339()).text(shown)
}

/// Links of the portal in a window of their own, where that is asked for. The script does the rest.
pub fn opening(link: Node, embed: &Embed) -> Node {
    match embed.open {
        routes::Open::New => link.with("target", "_blank").with("rel", "noopener"),
        routes::Open::Portal => link.with("target", "_top"),
        routes::Open::Here => link,
    }
}

/// How wide a picture is that takes all of the element.
pub const WIDE: &str = "(max-width: 700px) 94vw, 640px";

/// A picture of the files in `root`, shown as wide as the attribute `sizes` says.
pub fn picture(root: &str, image: &Image, alt: &str, sizes: &str) -> Node {
    let set = |format| {
        let copies = image.widths.iter().filter_map(|&width| Some((image.scaled(width, format)?, width)));
        copies
            .map(|(src, width)| format!("{} {width}w", item::address(root, &src)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let source = |kind: &str, set: String| {
        let source = node("source", "").with("type", kind).with("srcset", &set).with("sizes", sizes);
        (!set.is_empty()).then_some(source)
    };
    let plain = if image.transparent { "image/png" } else { "image/jpeg" };
    let mut img = node("img", "").with("src", &item::address(root, &image.src)).with("alt", alt);
    img = img.with("loading", "lazy").with("decoding", "async");
    for (name, length) in [("width", image.width), ("height", image.height)] {
        if let Some(length) = length {
            img = img.with(name, &length.to_string());
        }
    }
    node("picture", "")
        .maybe(source("image/avif", set(Format::Avif)))
        .maybe(source(plain, set(Format::Plain)))
        .child(img)
}
