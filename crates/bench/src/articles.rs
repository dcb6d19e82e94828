//! The articles that are measured with, as a portal would have them: each with its day, its category and its number
//! in it. They come from the corpus or from the generator.
//!
//! Not here: making texts (`generate`), the index over them (`ours`).

use crate::{chance::mix, generate::Generator};
use anyhow::{Context, Result, bail};
use archive::{
    Body, Moment, Slug,
    body::{Block, Inline},
    published::{Article, Headline, Promotion},
};
use search_index::{
    Place,
    build::{Shelf, Text},
};
use std::{
    borrow::Cow,
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

/// The categories that articles are spread over.
pub const CATEGORIES: [&str; 12] = [
    "chi-dao-dieu-hanh",
    "chuyen-doi-so",
    "cong-khai",
    "dao-tao",
    "giao-duc",
    "khoa-hoc",
    "phap-luat",
    "su-kien",
    "thi-dua",
    "thong-bao",
    "tuyen-sinh",
    "van-hoa",
];

/// 2012-01-01 in Việt Nam, and the seconds to the end of 2025.
const FROM: i64 = 1_325_350_800;
const SPAN: i64 = 441_849_600;

/// What an article says.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Words {
    #[serde(default)]
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub lead: String,
    /// Paragraphs on lines of their own.
    #[serde(default)]
    pub body: String,
}

enum Source {
    Corpus(Vec<Words>),
    Generated(Generator),
}

/// Articles from the oldest on.
pub struct Articles {
    source: Source,
    count: u32,
    /// Days are spread over so many; more than `count` when more are to come.
    of: u32,
    /// The articles of each category, from the oldest on.
    shelves: Vec<Vec<u32>>,
    /// The category of each article, and how many of its category are older.
    places: Vec<(u8, u32)>,
}

impl Articles {
    /// The first of the corpus, at most `count`.
    pub fn of_corpus(file: &Path, count: u32) -> Result<Self> {
        let reader =
            File::open(file).with_context(|| format!("cannot open the corpus {}", file.display()))?;
        let unpacked = ruzstd::decoding::StreamingDecoder::new(BufReader::new(reader))
            .with_context(|| format!("{} is not packed by zstd", file.display()))?;
        let mut words = Vec::new();
        for (number, line) in
            BufReader::with_capacity(1 << 20, unpacked).lines().take(count as usize).enumerate()
        {
            let line = line.with_context(|| format!("cannot read {}", file.display()))?;
            words.push(serde_json::from_str(&line).with_context(|| {
                format!("{}, line {}, is no article of the corpus", file.display(), number + 1)
            })?);
        }
        let count = words.len() as u32;
        if count == 0 {
            bail!("{} has no articles", file.display());
        }
        Ok(Self::new(Source::Corpus(words), count, count))
    }

    /// The first `count` of `of` generated ones: with a higher `count` the same and more.
    pub fn generated(count: u32, of: u32) -> Self {
        Self::new(Source::Generated(Generator), count, of.max(count))
    }

    fn new(source: Source, count: u32, of: u32) -> Self {
        let mut shelves = vec![Vec::new(); CATEGORIES.len()];
        let places = (0..count)
            .map(|number| {
                let hash = match &source {
                    Source::Corpus(words) => {
                        words[number as usize].id.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)))
                    }
                    Source::Generated(_) => mix(u64::from(number)),
                };
                let category = (hash % CATEGORIES.len() as u64) as usize;
                shelves[category].push(number);
                (category as u8, shelves[category].len() as u32 - 1)
            })
            .collect();
        Self { source, count, of, shelves, places }
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// What they are, for a table.
    pub fn kind(&self) -> &'static str {
        match self.source {
            Source::Corpus(_) => "corpus",
            Source::Generated(_) => "generated",
        }
    }

    /// What an article says.
    pub fn words(&self, number: u32) -> Cow<'_, Words> {
        match &self.source {
            Source::Corpus(words) => Cow::Borrowed(&words[number as usize]),
            Source::Generated(generator) => Cow::Owned(generator.words(number)),
        }
    }

    /// When it was published, in seconds since 1970.
    pub fn published(&self, number: u32) -> i64 {
        FROM + SPAN * i64::from(number) / i64::from(self.of)
    }

    /// Where the index has it.
    pub fn place(&self, number: u32) -> Place {
        let (category, number) = self.places[number as usize];
        Place { category: category_slug(category.into()), number }
    }

    /// The article that stands at a place.
    pub fn at(&self, place: &Place) -> Option<u32> {
        let category = place.category.as_ref()?.as_str();
        let shelf = CATEGORIES.iter().position(|known| *known == category)?;
        self.shelves[shelf].get(place.number as usize).copied()
    }

    /// As the builder of the index wants them.
    pub fn shelves(&self) -> Vec<Shelf> {
        (0..)
            .zip(&self.shelves)
            .map(|(category, shelf)| Shelf {
                category: category_slug(category),
                published: shelf.iter().map(|&number| self.published(number)).collect(),
            })
            .collect()
    }

    /// The text of a shelf's document, as the builder of the index wants it.
    pub fn text(&self, shelf: usize, number: u32) -> Text<'_> {
        let (title, lead, body) = match self.words(self.shelves[shelf][number as usize]) {
            Cow::Borrowed(Words { title, lead, body, .. }) => {
                (Cow::Borrowed(&**title), Cow::Borrowed(&**lead), Cow::Borrowed(&**body))
            }
            Cow::Owned(Words { title, lead, body, .. }) => (title.into(), lead.into(), body.into()),
        };
        Text { title, lead, body, ..Text::default() }
    }

    /// What lists show of an article.
    fn headline(&self, number: u32) -> Result<Headline> {
        let Words { title, lead, .. } = self.words(number).into_owned();
        let slug = format!("{}-{number}", viet_text::slug(&title, 100));
        Ok(Headline {
            slug: slug.trim_start_matches('-').parse().with_context(|| format!("the title {title:?}"))?,
            title,
            summary: lead,
            category: category_slug(self.places[number as usize].0.into()),
            published: Moment::from_unix(self.published(number)).context("a day out of the years")?,
            modified: None,
            image: None,
            hot: Promotion::None,
            featured: Promotion::None,
        })
    }

    /// The article as it is published: with three related ones, as most have.
    pub fn article(&self, number: u32) -> Result<Article> {
        let paragraphs = self.words(number);
        let paragraphs = paragraphs.body.lines().filter(|line| !line.trim().is_empty());
        let body = paragraphs.map(|line| Block::Paragraph(vec![Inline::Text(line.to_owned())])).collect();
        let related = (1..=3).filter_map(|back| number.checked_sub(back * 7));
        Ok(Article {
            headline: self.headline(number)?,
            unit: String::new(),
            authors: Vec::new(),
            banner: None,
            caption: String::new(),
            body: Body(body),
            attachments: Vec::new(),
            tags: Vec::new(),
            source: String::new(),
            original: String::new(),
            language: String::new(),
            newer: None,
            older: None,
            topic: None,
            related: related.map(|other| self.headline(other)).collect::<Result<_>>()?,
        })
    }
}

fn category_slug(category: usize) -> Option<Slug> {
    CATEGORIES.get(category)?.parse().ok()
}

/// Where the corpus is: `BANTIN_CORPUS`, or else beside the repository; `None` where it is not.
pub fn corpus() -> Option<PathBuf> {
    if let Some(file) = std::env::var_os("BANTIN_CORPUS").filter(|value| !value.is_empty()) {
        return Some(file.into());
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/vn-news-20k.jsonl.zst");
    beside.is_file().then_some(beside)
}
