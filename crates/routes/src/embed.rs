//! What an embedded list shows and how: the attributes of `<ban-tin>`, which are also the query string of `nhung/`.
//!
//! The attributes come from people who write pages by hand: what makes no sense counts as not written.
//! Not here: the snippets that a host pastes (the app's page for them), what is done with the options (`embed/`).

use crate::{form, query};
use archive::Slug;
use chrono::NaiveDate;
use search_index::Query;

/// The options of an embedded list. The default is a list of the five newest articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// Whole addresses of portals and feeds, at most [`Embed::MAX_SOURCES`]; empty where nothing was said.
    pub sources: Vec<String>,
    /// Only of this category.
    pub category: Option<Slug>,
    /// Only what has these words; at most [`Query::MAX_WORDS`] characters.
    pub query: String,
    /// The first day in Việt Nam.
    pub from: Option<NaiveDate>,
    /// The last day in Việt Nam, not before `from`.
    pub to: Option<NaiveDate>,
    /// Most articles, 1 to [`Embed::MAX_LIMIT`]; 1 for layouts of one article.
    pub limit: usize,
    /// What it looks like.
    pub layout: Layout,
    /// Where an article opens.
    pub open: Open,
    /// Light or dark.
    pub theme: Theme,
    /// The language of the element's own words.
    pub lang: Lang,
    /// What stands above the list; `None`: the name of the source, an empty text: nothing.
    pub heading: Option<String>,
    /// Asks again after so many minutes, at least [`Embed::MIN_REFRESH`]; 0: never.
    pub refresh: u32,
    /// One article instead of a list: its name in the portal, or its whole address in a feed.
    pub article: Option<String>,
}

/// A closed set of words for an attribute; the first of them is the default.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $word:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$what])* $word),+ }

        impl $name {
            /// All of them, the default first.
            pub const ALL: &[Self] = &[$(Self::$word),+];

            /// The word in attributes and addresses.
            pub fn word(self) -> &'static str {
                match self { $(Self::$word => $text),+ }
            }

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == text)
            }
        }
    };
}
pub(crate) use words;

words!(
    /// What an embedded list looks like.
    Layout {
        /// One under the other: picture, title, date.
        #[default]
        List = "list",
        /// Pictures above titles, side by side where there is room.
        Cards = "cards",
        /// Titles and dates alone.
        Headline = "headline",
        /// One line that moves.
        Ticker = "ticker",
        /// The work calendar of this week.
        Calendar = "calendar",
        /// Visits to the portal.
        Stats = "stats",
        /// One article ([`Embed::article`], or else the newest), large.
        Card = "card",
        /// The same whole, with its text.
        Article = "article",
    }
);

words!(
    /// Where an article opens.
    Open {
        /// In the portal, in the same window.
        #[default]
        Portal = "portal",
        /// In the portal, in a new window.
        New = "new",
        /// Inside the element.
        Here = "here",
    }
);

words!(
    /// Light or dark.
    Theme {
        /// As the host's page is (CSS `color-scheme`).
        #[default]
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
    }
);

words!(
    /// The language of the element's own words.
    Lang {
        /// Vietnamese.
        #[default]
        Vi = "vi",
        /// English.
        En = "en",
    }
);

impl Default for Embed {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            category: None,
            query: String::new(),
            from: None,
            to: None,
            limit: Self::LIMIT,
            layout: Layout::default(),
            open: Open::default(),
            theme: Theme::default(),
            lang: Lang::default(),
            heading: None,
            refresh: 0,
            article: None,
        }
    }
}

impl Embed {
    /// Articles where nothing is said.
    pub const LIMIT: usize = 5;
    /// Most articles: more belong to the portal.
    pub const MAX_LIMIT: usize = 50;
    /// Most sources: each is asked for two files.
    pub const MAX_SOURCES: usize = 10;
    /// The shortest time between two questions, in minutes: news is not made faster, and a server has many readers.
    pub const MIN_REFRESH: u32 = 1;
    /// The longest: a day.
    pub const MAX_REFRESH: u32 = 24 * 60;
    /// Longest address of an article, in bytes.
    pub const MAX_ADDRESS: usize = 2000;
    /// Longest heading, in characters.
    pub const MAX_HEADING: usize = 120;

    /// Reads a query string. Never fails; of a key that stands twice the last counts, as a form would have it.
    pub fn parse(text: &str) -> Self {
        let mut embed = Self::default();
        for (key, value) in form::pairs(text) {
            let value = value.trim();
            match key.as_str() {
                "src" => embed.sources = sources(value),
                "category" => embed.category = value.parse().ok(),
                "query" => embed.query = cut(value, Query::MAX_WORDS),
                "from" => embed.from = query::day(value).ok(),
                "to" => embed.to = query::day(value).ok(),
                "limit" => {
                    embed.limit = value.parse().map_or(Self::LIMIT, |n: usize| n.clamp(1, Self::MAX_LIMIT));
                }
                "layout" => embed.layout = Layout::parse(value).unwrap_or_default(),
                "open" => embed.open = Open::parse(value).unwrap_or_default(),
                "theme" => embed.theme = Theme::parse(value).unwrap_or_default(),
                // `en-GB` is English, too.
                "lang" => embed.lang = Lang::parse(value.get(..2).unwrap_or_default()).unwrap_or_default(),
                "heading" => embed.heading = Some(cut(value, Self::MAX_HEADING)),
                "refresh" => embed.refresh = value.parse().map_or(0, refresh),
                "article" => embed.article = article(value),
                _ => {}
            }
        }
        if let (Some(from), Some(to)) = (embed.from, embed.to)
            && to < from
        {
            embed.to = None;
        }
        if embed.layout.is_of_one() {
            embed.limit = 1;
        }
        embed
    }

    /// What differs from the default, as attributes of `<ban-tin>`, in the order of the documentation. The values are
    /// not escaped.
    pub fn attributes(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let word = |differs: bool, word: &str| differs.then(|| word.to_owned());
        let all = [
            ("src", word(!self.sources.is_empty(), &self.sources.join(" "))),
            ("article", self.article.clone()),
            ("category", self.category.as_ref().map(Slug::to_string)),
            ("query", word(!self.query.is_empty(), &self.query)),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("limit", word(self.limit != usual.limit && !self.layout.is_of_one(), &self.limit.to_string())),
            ("layout", word(self.layout != usual.layout, self.layout.word())),
            ("open", word(self.open != usual.open, self.open.word())),
            ("theme", word(self.theme != usual.theme, self.theme.word())),
            ("lang", word(self.lang != usual.lang, self.lang.word())),
            ("heading", self.heading.clone()),
            ("refresh", word(self.refresh != 0, &self.refresh.to_string())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The same as a query string; empty for the default.
    pub fn print(&self) -> String {
        form::print(&self.attributes())
    }
}

impl Layout {
    /// Whether it shows one article.
    pub fn is_of_one(self) -> bool {
        matches!(self, Self::Card | Self::Article)
    }
}

/// Only the two schemes that are fetched; each address once.
fn sources(text: &str) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for address in text.split_whitespace() {
        if is_whole(address)
            && sources.len() < Embed::MAX_SOURCES
            && !sources.iter().any(|known| known == address)
        {
            sources.push(address.to_owned());
        }
    }
    sources
}

fn is_whole(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn article(text: &str) -> Option<String> {
    let address = is_whole(text) && text.len() <= Embed::MAX_ADDRESS && !text.contains(char::is_whitespace);
    (address || text.parse::<Slug>().is_ok()).then(|| text.to_owned())
}

fn refresh(minutes: u32) -> u32 {
    if minutes == 0 { 0 } else { minutes.clamp(Embed::MIN_REFRESH, Embed::MAX_REFRESH) }
}

/// Single spaces, cut at the limit.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let cut: String = words.join(" ").chars().take(most).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn attributes_are_read_as_a_host_writes_them() {
        let text = "src=https%3A%2F%2Fa.example%2F++http%3A%2F%2Fb.example%2Ffeed.json+https%3A%2F%2Fa.example%2F\
                    &category=tuyen-sinh&limit=7&layout=cards&open=here&theme=dark&lang=en-GB&heading=&refresh=15\
                    &from=11/09/2021&to=2021-12-31&query=+thi++l%E1%BB%9Bp+10";
        let embed = Embed::parse(text);
        assert_eq!(embed.sources, ["https://a.example/", "http://b.example/feed.json"]);
        assert_eq!(embed.category.as_ref().map(Slug::as_str), Some("tuyen-sinh"));
        assert_eq!((embed.limit, embed.refresh, embed.query.as_str()), (7, 15, "thi lớp 10"));
        assert_eq!((embed.layout, embed.open), (Layout::Cards, Open::Here));
        assert_eq!((embed.theme, embed.lang, embed.heading.as_deref()), (Theme::Dark, Lang::En, Some("")));
        assert_eq!(embed.from.map(|day| day.to_string()).as_deref(), Some("2021-09-11"));
        assert_eq!(Embed::parse(&embed.print()), embed);
    }

    #[test]
    fn what_makes_no_sense_counts_as_not_written() {
        let text = "src=javascript:alert(1)+ftp://x+/y&category=A B&limit=many&layout=grid&open=&theme=red&lang=v\
                    &refresh=-1&from=31/02/2021&article=../x&unknown=1";
        assert_eq!(Embed::parse(text), Embed::default());
        assert_eq!(Embed::default().print(), "");
        let bounded = Embed::parse("limit=100000&refresh=100000");
        assert_eq!((bounded.limit, bounded.refresh), (Embed::MAX_LIMIT, Embed::MAX_REFRESH));
        assert_eq!(Embed::parse("limit=0").limit, 1);
        assert_eq!(Embed::parse("limit=7&layout=card").print(), "layout=card");
        assert_eq!(Embed::parse("limit=7&layout=card").limit, 1);
        assert_eq!(Embed::parse("from=2021-02-01&to=2021-01-01").to, None);
    }

    proptest! {
        #[test]
        fn options_survive_an_address(text in "[a-z]{2,8}=\\PC{0,30}(&(src|query|limit|from|heading|lang|refresh)=\\PC{0,60}){0,6}") {
            let embed = Embed::parse(&text);
            prop_assert_eq!(Embed::parse(&embed.print()), embed);
        }
    }
}
