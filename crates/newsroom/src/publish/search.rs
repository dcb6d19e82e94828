//! What search reads. Not here: its format (`search_index`).

use super::press::Press;
use anyhow::Result;
use archive::{FileName, published::Article};
use rayon::prelude::*;
use search_index::{Document, scan};

/// Writes the search files.
pub(super) fn write(articles: &[Article], press: &Press) -> Result<Vec<FileName>> {
    let document = |article: &Article| Document {
        headline: article.headline.clone(),
        unit: article.unit.clone(),
        tags: article.tags.clone(),
        attachments: !article.attachments.is_empty(),
        text: article.body.plain_text(),
    };
    let documents: Vec<Document> = articles.par_iter().map(document).collect();
    scan::write(&documents).iter().map(|file| press.bytes("search", "json", file)).collect()
}
