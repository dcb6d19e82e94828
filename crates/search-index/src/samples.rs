//! Documents and questions for the tests of this crate.

use crate::{Document, Order, Query};
use archive::Headline;
use archive::{Moment, published::Promotion};
use proptest::prelude::*;

/// 2021-01-01T00:00:00+07:00
pub(crate) const NEW_YEAR: i64 = 1_609_434_000;

/// A document of the `day`th day of 2021, at midnight in Việt Nam, called `tin-<day>`.
pub(crate) fn document(day: i64, title: &str, lead: &str, text: &str) -> Document {
    let headline = Headline {
        slug: format!("tin-{day}").parse().expect("a slug"),
        title: title.into(),
        summary: lead.into(),
        category: None,
        published: Moment::from_unix(NEW_YEAR + day * 86_400).expect("in range"),
        modified: None,
        image: None,
        hot: Promotion::None,
        featured: Promotion::None,
    };
    Document { headline, unit: String::new(), tags: vec![], attachments: false, text: text.into() }
}

/// Texts of few syllables, so that queries find something, in many spellings.
pub(crate) fn words(most: usize) -> impl Strategy<Value = String> {
    let syllable = prop::sample::select(vec![
        "giáo",
        "và",
        "của",
        "covid",
        "GDĐT",
        "đào",
        "tạo",
        "giao",
        "Giào",
        "dục",
        "DUC",
        "đục",
        "hội",
        "hoi",
        "nghị",
        "nghi\u{323}",
        "nghỉ",
        "hoà",
        "hòa",
        "2021",
        "ƣu",
    ]);
    let gap = prop::sample::select(vec![" ", " ", " ", "\u{a0}", ", ", "\n", " – ", "…"]);
    prop::collection::vec((syllable, gap), 0..=most)
        .prop_map(|parts| parts.into_iter().flat_map(|(syllable, gap)| [syllable, gap]).collect())
}

/// Up to `most` documents with different slugs, few days and few categories, units and tags.
pub(crate) fn documents(most: usize) -> impl Strategy<Value = Vec<Document>> {
    let category = prop::option::of(prop::sample::select(vec!["tin", "tuyen-sinh"]));
    let unit = prop::sample::select(vec!["", "Văn phòng", "Phòng Tổ chức"]);
    let one = (
        words(5),
        words(4),
        words(60),
        prop::collection::vec(words(2), 0..2),
        0i64..4,
        category,
        unit,
        any::<bool>(),
    );
    prop::collection::vec(one, 0..=most).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(i, (title, lead, text, tags, day, category, unit, attachments))| {
            let mut document = document(day, &title, &lead, &text);
            document.headline.slug = format!("tin-{i}").parse().expect("a slug");
            document.headline.category = category.map(|c| c.parse().expect("a slug"));
            // Articles come one after another, so that how they are sealed has one answer.
            document.headline.published =
                Moment::from_unix(NEW_YEAR + day * 86_400 + i as i64).expect("in range");
            Document { tags, unit: unit.into(), attachments, ..document }
        })
        .collect()
    })
}

/// Words as readers type them: with quotes, minus, short forms.
fn typed() -> impl Strategy<Value = String> {
    let piece = (words(3), 0u8..8).prop_map(|(words, how)| match how {
        0 => format!("\"{words}\""),
        1 => format!("-{}", words.trim()),
        2 => format!("-“{words}”"),
        3 => format!("{words} GD&ĐT"),
        _ => words,
    });
    prop::collection::vec(piece, 0..3).prop_map(|pieces| pieces.join(" "))
}

/// Questions to such documents.
pub(crate) fn query() -> impl Strategy<Value = Query> {
    let categories = prop::collection::btree_set(prop::sample::select(vec!["tin", "tuyen-sinh"]), 0..2);
    let day = || {
        prop::option::weighted(0.2, (0i64..4).prop_map(|d| document(d, "", "", "").headline.published.day()))
    };
    let name = |names: Vec<&'static str>| prop::sample::select(names);
    let filters = (name(vec!["", "", "", "van phong"]), name(vec!["", "", "", "giáo"]), 0u8..6, 0u8..6);
    (typed(), categories, day(), day(), filters, any::<bool>(), 1u32..4).prop_map(
        |(words, categories, from, to, (unit, tag, titles, files), newest, page)| {
            let categories = categories.into_iter().map(|c| c.parse().expect("a slug")).collect();
            let order = if newest { Order::Newest } else { Order::Best };
            let (unit, tag) = (unit.into(), tag.into());
            let (titles_only, attachments) = (titles == 0, files == 0);
            let query = Query {
                words,
                categories,
                from,
                to,
                unit,
                tag,
                titles_only,
                attachments,
                order,
                page,
                as_typed: true,
            };
            query.normalised()
        },
    )
}
