//! oEmbed 1.0 (oembed.com): what another site needs to show an article as a card where somebody has pasted its address.
//!
//! One file an article, of that article and the portal alone, so that a new one changes no other. Files cannot obey
//! `maxwidth` and `maxheight`, which a consumer may ask for. Not here: what the card looks like (`embed/`), and the link
//! by which the file is found (the app).

use super::{addresses::Addresses, press::Press, titled, xml::escaped};
use crate::picture::height_of;
use anyhow::Result;
use archive::{
    Article,
    body::{Format, Image, ImageSource},
    published::{Portal, oembed_file},
};
use rayon::prelude::*;
use routes::{Embed, Layout};
use serde::Serialize;

/// Width of the frame in CSS pixels: that of the text column of most sites.
const WIDTH: u32 = 600;
/// Height of the frame: heading, title of two lines, four lines of lead, date, and the way to all news.
const HEIGHT: u32 = 300;
/// What a picture beside them adds: at [`WIDTH`] it leaves three fifths to the text, which takes more lines then.
const PICTURE_HEIGHT: u32 = 60;
/// Widest copy that serves as a preview.
const THUMBNAIL_WIDTH: u32 = 640;
/// For how long a consumer may keep the answer, in seconds: articles hardly change after a day.
const CACHE_AGE: u32 = 24 * 3600;

#[derive(Serialize)]
struct OEmbed<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    author_name: &'a str,
    provider_name: &'a str,
    provider_url: &'a str,
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
}

/// All three or none, says the format.
#[derive(Serialize)]
struct Thumbnail {
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

/// Writes the file of each article.
pub(super) fn write(
    portal: &Portal,
    addresses: &Addresses<'_>,
    articles: &[Article],
    press: &Press,
) -> Result<()> {
    let provider = titled(&portal.name, portal);
    articles.par_iter().try_for_each(|article| {
        let headline = &article.headline;
        let authors = article.authors.join(", ");
        let height = HEIGHT + if headline.image.is_some() { PICTURE_HEIGHT } else { 0 };
        let answer = OEmbed {
            kind: "rich",
            version: "1.0",
            title: &headline.title,
            author_name: if authors.is_empty() { &article.unit } else { &authors },
            provider_name: &provider,
            provider_url: addresses.home(),
            cache_age: CACHE_AGE,
            html: html(article, addresses, height),
            width: WIDTH,
            height,
            thumbnail: headline.image.as_ref().and_then(|image| thumbnail(image, addresses)),
        };
        press.text(&oembed_file(&headline.slug), &serde_json::to_string(&answer)?)
    })
}

/// The frame. As few attributes as it can do with, because consumers let few through.
fn html(article: &Article, addresses: &Addresses<'_>, height: u32) -> String {
    let headline = &article.headline;
    let card = Embed { article: Some(headline.slug.to_string()), layout: Layout::Card, ..Embed::default() };
    format!(
        "<iframe data-ban-tin=\"\" src=\"{}\" title=\"{}\" width=\"{WIDTH}\" height=\"{height}\" frameborder=\"0\" \
         sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" \
         style=\"border:0;max-width:100%\"></iframe>",
        escaped(&addresses.frame(&card)),
        escaped(&headline.title),
    )
}

/// The largest copy that is small enough; the picture itself where there is none. `None` where its size is not known.
fn thumbnail(image: &Image, addresses: &Addresses<'_>) -> Option<Thumbnail> {
    let (width, height) = (image.width?, image.height?);
    let small = |&width: &u32| Some((width, image.scaled(width, Format::Plain)?));
    let small = image.widths.iter().filter(|width| **width <= THUMBNAIL_WIDTH).filter_map(small).next_back();
    let (thumbnail_width, src) = small.unwrap_or((width, image.src.clone()));
    Some(Thumbnail {
        thumbnail_url: match src {
            ImageSource::File(name) => addresses.file(&name),
            ImageSource::External(address) => address,
        },
        thumbnail_width,
        thumbnail_height: height_of(thumbnail_width, width, height),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use archive::{Body, Headline, Moment, published::Promotion};
    use proptest::prelude::*;

    fn article(slug: &str, title: &str) -> Article {
        Article {
            headline: Headline {
                slug: slug.parse().expect("a slug"),
                title: title.to_owned(),
                summary: String::new(),
                category: None,
                published: Moment::from_unix(0).expect("1970"),
                modified: None,
                image: None,
                hot: Promotion::None,
                featured: Promotion::None,
            },
            unit: String::new(),
            authors: Vec::new(),
            banner: None,
            caption: String::new(),
            body: Body::default(),
            attachments: Vec::new(),
            tags: Vec::new(),
            source: String::new(),
            original: String::new(),
            language: String::new(),
            newer: None,
            older: None,
            topic: None,
            related: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn whatever_a_title_says_the_frame_is_one_element_that_leads_to_the_article(
            slug in "[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", title in "(\\PC|<|>|\"|'|&|</iframe>){0,30}",
        ) {
            let portal = Portal { url: "https://so.example/tin/".into(), ..Portal::default() };
            let addresses = Addresses::of(&portal).expect("it says where it lies");
            let html = html(&article(&slug, &title), &addresses, HEIGHT);
            let document = roxmltree::Document::parse(&html).expect("well-formed, as the format wants it");
            let frame = document.root_element();
            prop_assert_eq!((frame.tag_name().name(), frame.has_children()), ("iframe", false));
            prop_assert_eq!(frame.attribute("title"), Some(&*title));
            let address = frame.attribute("src").expect("an address");
            let (page, query) = address.split_once('?').expect("options");
            prop_assert_eq!(page, "https://so.example/tin/nhung/");
            let shown = Embed::parse(query);
            prop_assert_eq!(shown.article.as_deref(), Some(&*slug));
            prop_assert_eq!(shown.layout, Layout::Card);
        }
    }

    #[test]
    fn a_preview_is_the_largest_small_copy_and_of_the_right_height() {
        let portal = Portal { url: "https://so.example/".into(), ..Portal::default() };
        let addresses = Addresses::of(&portal).expect("it says where it lies");
        let src = ImageSource::parse("media/anh-0123456789abcdef.jpg").expect("a picture");
        let image = |widths: &[u32], plain, size: Option<(u32, u32)>| Image {
            widths: widths.to_vec(),
            plain,
            width: size.map(|size| size.0),
            height: size.map(|size| size.1),
            ..Image::new(src.clone(), String::new())
        };
        let of = |image: &Image| {
            thumbnail(image, &addresses).map(|it| (it.thumbnail_url, it.thumbnail_width, it.thumbnail_height))
        };
        let copy = |image: &Image, width| {
            format!(
                "https://so.example/data/{}",
                image.scaled(width, Format::Plain).expect("a copy").as_str()
            )
        };
        let all = image(&[320, 640, 1280], None, Some((3000, 2001)));
        assert_eq!(of(&all), Some((copy(&all, 640), 640, 427)));
        let one = image(&[320, 640, 1280], Some(1), Some((3000, 2000)));
        assert_eq!(of(&one), Some((copy(&one, 320), 320, 213)));
        let none = image(&[], None, Some((300, 200)));
        assert_eq!(
            of(&none),
            Some(("https://so.example/data/media/anh-0123456789abcdef.jpg".into(), 300, 200))
        );
        assert_eq!(of(&image(&[320], None, None)), None, "all three or none");
    }
}
