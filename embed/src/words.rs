//! The element's own words, in both languages. Those of the articles and of the portal stay as they are.

use routes::Lang;

/// The element's own words in one language.
#[derive(Debug)]
pub struct Words {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Above news of several sources.
    pub latest: &'static str,
    /// The way to all articles of the portal.
    pub all: &'static str,
    /// Where there is nothing to show.
    pub none: &'static str,
    /// Stops what moves.
    pub pause: &'static str,
}

const VI: Words = Words {
    tag: "vi",
    latest: "Tin mới nhất",
    all: "Xem tất cả",
    none: "Chưa có tin bài nào.",
    pause: "Tạm dừng",
};

const EN: Words = Words {
    tag: "en",
    latest: "Latest news",
    all: "All news",
    none: "There are no articles yet.",
    pause: "Pause",
};

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    }
}
