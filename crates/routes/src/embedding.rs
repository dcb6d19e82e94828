//! What the page "Nhúng" is set to: the options of the embedded list, and what its host says in CSS and HTML.
//!
//! Not here: the code that comes of it (`snippet`).

use crate::{
    Embed, Layout,
    embed::{cut, words},
    form,
};
use archive::{Colour, Slug};
use std::ops::RangeInclusive;

words!(
    /// How wide the place for the list is.
    Width {
        /// As wide as what is around it.
        #[default]
        Full = "full",
        /// A column, in CSS pixels.
        Column = "360",
        /// A narrow one.
        Narrow = "200",
    }
);

/// `tao-ma-nhung?category=…&accent=…`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Embedding {
    /// The options of the list.
    pub embed: Embed,
    /// Its colour, where it is not to have its own.
    pub accent: Option<Colour>,
    /// The size of its text in CSS pixels, in [`Embedding::SIZES`]; the host's where nothing is said.
    pub size: Option<u8>,
    /// How wide its place is.
    pub width: Width,
    /// Whether the code is pinned to today's script.
    pub integrity: bool,
}

impl Embedding {
    /// Sizes of text that can be read and leave room for words.
    pub const SIZES: RangeInclusive<u8> = 10..=40;

    /// One article, as a card: its name in the portal, or its whole address in a feed.
    pub fn of_article(article: String) -> Self {
        let embed = Embed { article: Some(article), layout: Layout::Card, ..Embed::default() };
        Self { embed, ..Self::default() }
    }

    /// As an archive names its articles: who makes the code has the address of the page before their eyes.
    #[must_use]
    pub fn with_article_by_name(mut self) -> Self {
        if let Some(slug) = self.embed.article.as_deref().and_then(on_its_page) {
            self.embed.article = Some(slug.to_string());
        }
        self
    }

    /// Reads a query string as [`Embed::parse`] does. One key is for the page's form alone, which sends all its fields:
    /// `title` is a heading that is none while it is empty.
    pub fn parse(text: &str) -> Self {
        let mut chosen = Self { embed: Embed::parse(text), ..Self::default() };
        for (key, value) in form::pairs(text) {
            let value = value.trim();
            match key.as_str() {
                "title" if chosen.embed.heading.is_none() && !value.is_empty() => {
                    chosen.embed.heading = Some(cut(value, Embed::MAX_HEADING));
                }
                "accent" => chosen.accent = ["#", value.trim_start_matches('#')].concat().parse().ok(),
                "size" => chosen.size = value.parse().ok().filter(|size| Self::SIZES.contains(size)),
                "width" => chosen.width = Width::parse(value).unwrap_or_default(),
                "integrity" => chosen.integrity = value == "1",
                _ => {}
            }
        }
        chosen
    }

    /// What differs from the default, by key, in the order in which it is printed.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.embed.attributes();
        pairs.extend(self.accent.map(|colour| ("accent", colour.to_string())));
        pairs.extend(self.size.map(|size| ("size", size.to_string())));
        if self.width != Width::default() {
            pairs.push(("width", self.width.word().to_owned()));
        }
        if self.integrity {
            pairs.push(("integrity", "1".to_owned()));
        }
        pairs
    }

    /// What a printed query string says under this key; `None` where that is as usual.
    pub fn value(printed: &str, key: &str) -> Option<String> {
        form::pairs(printed).find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The query string; empty for the default.
    pub fn print(&self) -> String {
        form::print(&self.pairs())
    }
}

/// The name of the article whose page in a portal has this address.
fn on_its_page(address: &str) -> Option<Slug> {
    let (_, rest) = address.rsplit_once("bai-viet/")?;
    rest.split(['/', '?', '#']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_sends_all_its_fields() {
        let usual = "article=&category=&query=&from=&to=&limit=5&layout=&open=&theme=&lang=&title=&refresh=0&src=\
                     &accent=&size=&width=";
        assert_eq!(Embedding::parse(usual), Embedding::default());
        let chosen = Embedding::parse(
            "article=https%3A%2F%2Fa.example%2Fbai-viet%2Fkhai-giang%2F%3Fx%23y&layout=card&title=+Tin++m%E1%BB%9Bi\
             &accent=%230b6b4f&size=18&width=200&integrity=1",
        );
        let article = "https://a.example/bai-viet/khai-giang/?x#y";
        assert_eq!(chosen.embed.article.as_deref(), Some(article));
        assert_eq!(chosen.clone().with_article_by_name().embed.article.as_deref(), Some("khai-giang"));
        assert_eq!(chosen.embed.heading.as_deref(), Some("Tin mới"));
        assert_eq!((chosen.accent, chosen.size), (Some(Colour([0x0b, 0x6b, 0x4f])), Some(18)));
        assert_eq!((chosen.width, chosen.integrity), (Width::Narrow, true));
        assert_eq!(
            chosen.print(),
            "article=https%3A%2F%2Fa.example%2Fbai-viet%2Fkhai-giang%2F%3Fx%23y&layout=card&heading=Tin+m%E1%BB%9Bi&accent=%230b6b4f&size=18&width=200&integrity=1"
        );
    }

    #[test]
    fn what_is_printed_can_be_asked_for_one_by_one() {
        let printed = Embedding::parse("heading=&query=a+%26+b&size=18").print();
        for (key, value) in
            [("heading", Some("")), ("query", Some("a & b")), ("size", Some("18")), ("limit", None)]
        {
            assert_eq!(Embedding::value(&printed, key).as_deref(), value, "{key}");
        }
    }

    #[test]
    fn what_makes_no_sense_counts_as_not_chosen() {
        let elsewhere = Embedding::parse("article=https%3A%2F%2Fa.example%2Ftin%2F1").with_article_by_name();
        assert_eq!(elsewhere.embed.article.as_deref(), Some("https://a.example/tin/1"));
        let chosen = Embedding::parse("accent=red&size=9&width=10&integrity=yes&article=%2F%2F");
        assert_eq!(chosen, Embedding::default());
        assert_eq!(Embedding::parse("size=41&accent=%23%23%23"), Embedding::default());
    }

    #[test]
    fn no_heading_is_chosen_over_one_that_was_typed() {
        for text in ["title=Tin&heading=", "heading=&title=Tin"] {
            assert_eq!(Embedding::parse(text).embed.heading.as_deref(), Some(""), "{text}");
        }
    }
}
