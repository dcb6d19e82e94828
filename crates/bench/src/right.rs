//! Whether the index finds what looking at every text finds: on the corpus, as `rightness.rs` in `search-index` does it on
//! small archives made by chance.

use crate::{
    articles::Articles,
    ours::{Index, Loaded},
    table::{Table, count},
};
use anyhow::{Result, bail};
use rayon::prelude::*;
use search_index::{Document, Order, Query, look_at_all};

/// Queries that are compared: each takes a look at all texts.
const COMPARED: usize = 100;

/// A query of these words, by turns plain, in quotes, in titles, the newest first, with something excluded.
fn query(at: usize, words: &str) -> Query {
    let plain = Query { words: words.to_owned(), as_typed: true, ..Query::default() };
    match at % 5 {
        1 => Query { words: format!("\"{words}\""), ..plain },
        2 => Query { titles_only: true, ..plain },
        3 => Query { order: Order::Newest, ..plain },
        4 => Query { words: format!("{words} -học -\"năm nay\""), ..plain },
        _ => plain,
    }
}

/// Compares documents, order and counts; fails at the first query that is answered differently.
pub fn table(index: &Index<'_>, articles: &Articles, words: &[String]) -> Result<Table> {
    let documents: Result<Vec<Document>> =
        (0..articles.count()).into_par_iter().map(|n| Ok(Document::from(&articles.article(n)?))).collect();
    let documents = documents?;
    let documents: Vec<&Document> = documents.iter().collect();
    let queries: Vec<Query> =
        (0..).zip(words.iter().take(COMPARED)).map(|(at, words)| query(at, words)).collect();
    let manifest = &index.manifest;
    let looked: Vec<_> = queries.par_iter().map(|query| look_at_all(manifest, query, &documents)).collect();
    let (mut found, mut not_all) = (0, 0);
    for (query, (places, facets)) in queries.iter().zip(looked) {
        let (mut outcome, _) = index.ask(query, &mut Loaded::default())?;
        // A long phrase is compared with so many texts and no more; the page says "at least" then.
        if outcome.at_least {
            not_all += 1;
            if outcome.places(0..usize::MAX).iter().any(|place| !places.contains(place)) {
                bail!("{query:?} finds what is not there");
            }
            continue;
        }
        if outcome.facets() != &facets || outcome.places(0..usize::MAX) != places {
            bail!("{query:?}: the index finds {}, a look at all texts {}", outcome.total(), places.len());
        }
        found += places.len();
    }
    let heading = format!("Index and texts: {} articles, {}", count(articles.count()), articles.kind());
    let mut table = Table::new(heading, &["", "queries", "results"]);
    let whole = |number: usize| count(number as u64);
    table.rows.push(vec![
        "the same documents, order and counts".into(),
        whole(queries.len() - not_all),
        whole(found),
    ]);
    table.rows.push(vec!["“at least”, all of them right".into(), whole(not_all), String::new()]);
    table.note =
        "By turns plain, in quotes, in titles alone, the newest first, with something excluded.".into();
    Ok(table)
}
