//! Lists of headlines: one tree for each look.

use crate::{
    Item,
    tree::{Node, link, node},
    words::Words,
};
use archive::body::{Format, Image};
use routes::{Embed, Layout};

/// How many letters of a ticker pass in a second: slow enough to be read by all.
const LETTERS_A_SECOND: usize = 7;

/// What stands above and below a list.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The heading; empty for none.
    pub heading: &'a str,
    /// Where all articles are; may be empty.
    pub all: &'a str,
}

/// The whole tree of a layout, around its content.
pub fn frame(embed: &Embed, words: &Words, frame: &Frame<'_>, content: Node) -> Node {
    let heading = (!frame.heading.is_empty()).then(|| node("h2", "heading").text(frame.heading));
    let more = (!frame.all.is_empty())
        .then(|| node("p", "more").child(opening(link(frame.all, ""), embed).text(words.all)));
    node("div", "box")
        .with("lang", words.tag)
        .with("data-layout", embed.layout.word())
        .maybe(heading)
        .child(content)
        .maybe(more)
}

/// The list itself. `sources` are the names of the sources where there are several.
pub fn list(items: &[Item], embed: &Embed, words: &Words, sources: &[&str]) -> Node {
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
    let picture = item.image.as_ref().filter(|_| rich).map(|image| picture(item, image, layout));
    let category = (rich && !item.category.is_empty()).then(|| node("span", "category").text(&item.category));
    let title = opening(link(&item.url, "title"), embed)
        .with("data-slug", &item.slug)
        .with("data-source", &item.source.to_string())
        .text(&item.title);
    let summary = (matches!(layout, Layout::Cards | Layout::Card) && !item.summary.is_empty())
        .then(|| node("span", "summary").text(&item.summary));
    let shown = item.published.to_string();
    // The clock time of a headline tells a stranger nothing.
    let day = shown.split(' ').next().unwrap_or_default();
    let date = node("time", "date").with("datetime", &item.published.rfc3339()).text(day);
    let source = sources.get(item.source).map(|name| node("span", "source").text(name));
    // Titles and leads are what an editor wrote, mostly in Vietnamese, whatever the element's own words are.
    let text = node("div", "text")
        .maybe(category)
        .child(title)
        .maybe(summary)
        .child(node("span", "meta").child(date).maybe(source));
    node("li", "item").with("lang", "vi").with("dir", "auto").maybe(picture).child(text)
}

/// Links of the portal in a window of their own, where that is asked for. The script does the rest.
fn opening(link: Node, embed: &Embed) -> Node {
    match embed.open {
        routes::Open::New => link.with("target", "_blank").with("rel", "noopener"),
        routes::Open::Portal => link.with("target", "_top"),
        routes::Open::Here => link,
    }
}

/// A picture beside a title, which says the same: nothing for screen readers.
fn picture(item: &Item, image: &Image, layout: Layout) -> Node {
    let sizes = match layout {
        Layout::List => "112px",
        Layout::Cards => "(max-width: 600px) 94vw, 320px",
        _ => "(max-width: 700px) 94vw, 640px",
    };
    let set = |format| {
        let copies = image.widths.iter().filter_map(|&width| Some((image.scaled(width, format)?, width)));
        copies.map(|(src, width)| format!("{} {width}w", item.address(&src))).collect::<Vec<_>>().join(", ")
    };
    let source = |kind: &str, set: String| {
        let source = node("source", "").with("type", kind).with("srcset", &set).with("sizes", sizes);
        (!set.is_empty()).then_some(source)
    };
    let plain = if image.transparent { "image/png" } else { "image/jpeg" };
    let mut img = node("img", "").with("src", &item.address(&image.src)).with("alt", "");
    img = img.with("loading", "lazy").with("decoding", "async");
    for (name, length) in [("width", image.width), ("height", image.height)] {
        if let Some(length) = length {
            img = img.with(name, &length.to_string());
        }
    }
    node("div", "picture").child(
        node("picture", "")
            .maybe(source("image/avif", set(Format::Avif)))
            .maybe(source(plain, set(Format::Plain)))
            .child(img),
    )
}
