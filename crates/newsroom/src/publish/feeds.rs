//! Feeds of the newest articles, for feed readers: RSS 2.0 and JSON Feed 1.1, of all articles and of each category.
//!
//! Not here: the feeds that the browser reads (`lists`), and how JSON Feed is written (`archive::takeaway`).

use super::{addresses::Addresses, lists::Lists, media::type_of, press::Press, titled, xml::Xml};
use anyhow::Result;
use archive::{
    Headline, Moment,
    body::{Image, ImageSource},
    published::{ALL_FEED, Portal, feed_file},
    takeaway::{self, Line},
};
use routes::List;

/// Articles of a feed, the newest: more than a reader misses in a week, and few enough to be asked for each hour.
const ITEMS: usize = 50;

/// What a feed says of itself.
struct Channel {
    title: String,
    about: String,
    /// The whole address of the page that it feeds.
    home: String,
    /// The whole address of the feed.
    own: String,
}

/// An article in a feed, with whole addresses.
struct Item {
    line: Line,
    /// Bytes of its picture, where it is ours.
    picture_size: Option<u64>,
}

/// Writes all feeds. Pictures must be written before, because a feed says how large they are.
pub(super) fn write(
    portal: &Portal,
    addresses: &Addresses<'_>,
    lists: &Lists<'_>,
    press: &Press,
) -> Result<()> {
    let item = |headline: &Headline| {
        let category = headline.category.as_ref();
        let category = portal.categories.iter().find(|known| Some(&known.slug) == category);
        let (image, picture_size) = match &headline.image {
            Some(Image { src: ImageSource::File(name), .. }) => {
                (ImageSource::parse(&addresses.file(name)), press.size_of(name))
            }
            Some(Image { src, .. }) => (Some(src.clone()), None),
            None => (None, None),
        };
        let image = image.map(|src| Image::new(src, String::new()));
        let line = Line {
            url: addresses.article(&headline.slug),
            category: category.map(|category| category.name.clone()).unwrap_or_default(),
            headline: Headline { image, ..headline.clone() },
        };
        Item { line, picture_size }
    };
    let write = |category, title: &str, about: &str, home: String, newest: &[&Headline]| {
        let items: Vec<Item> = newest.iter().take(ITEMS).map(|headline| item(headline)).collect();
        let title = titled(title, portal);
        let about = if about.is_empty() { title.clone() } else { about.to_owned() };
        let mut channel = Channel { title, about, home, own: String::new() };
        for (ending, form) in [("xml", rss as fn(&Channel, &[Item]) -> String), ("json", json)] {
            let name = feed_file(category, ending);
            channel.own = addresses.file(&name);
            press.text(&name, &form(&channel, &items))?;
        }
        anyhow::Ok(())
    };
    write(None, &portal.name, &portal.description, addresses.home().to_owned(), &lists.all)?;
    for category in portal.categories.iter().filter(|category| category.slug.as_str() != ALL_FEED) {
        if let Some(newest) = lists.categories.get(&category.slug) {
            let home = addresses.list(List::Category(category.slug.clone()));
            write(Some(&category.slug), &category.name, &category.description, home, newest)?;
        }
    }
    Ok(())
}

fn json(channel: &Channel, items: &[Item]) -> String {
    let lines: Vec<Line> = items.iter().map(|item| item.line.clone()).collect();
    takeaway::feed_at(&channel.own, &channel.title, &channel.home, &channel.about, &lines)
}

fn rss(channel: &Channel, items: &[Item]) -> String {
    Xml::document("rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"", |xml| {
        xml.inside("channel", |xml| {
            xml.text("title", &[], &channel.title);
            xml.text("link", &[], &channel.home);
            xml.text("description", &[], &channel.about);
            xml.text("language", &[], "vi");
            let own = [("href", &*channel.own), ("rel", "self"), ("type", "application/rss+xml")];
            xml.text("atom:link", &own, "");
            if let Some(newest) = items.first() {
                xml.text("pubDate", &[], &rfc822(newest.line.headline.published));
            }
            items.iter().for_each(|item| rss_item(xml, item));
        });
    })
}

fn rss_item(xml: &mut Xml, Item { line, picture_size }: &Item) {
    let Line { headline, url, category } = line;
    xml.inside("item", |xml| {
        xml.text("title", &[], &headline.title);
        xml.text("link", &[], url);
        xml.text("guid", &[("isPermaLink", "true")], url);
        xml.text("pubDate", &[], &rfc822(headline.published));
        for (name, text) in [("category", category), ("description", &headline.summary)] {
            if !text.is_empty() {
                xml.text(name, &[], text);
            }
        }
        // The format wants a size and a type.
        if let (Some(image), Some(size)) = (&headline.image, picture_size) {
            let address = image.src.as_str();
            let picture = [("url", address), ("length", &size.to_string()), ("type", type_of(address))];
            xml.text("enclosure", &picture, "");
        }
    });
}

/// `Sat, 11 Sep 2021 10:21:00 +0700`
fn rfc822(at: Moment) -> String {
    at.to_chrono().to_rfc2822()
}
