//! What search knows of an article whose text is at hand.

use archive::{Article, Headline};

/// An article as search reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What lists show of it; search reads its title and summary.
    pub headline: Headline,
    /// The office it comes from; may be empty. Not searched by words.
    pub unit: String,
    /// Tags. Searched like the body.
    pub tags: Vec<String>,
    /// Whether files come with it.
    pub attachments: bool,
    /// The words of the body, blocks parted by newlines (`Body::plain_text`).
    pub text: String,
}

impl From<&Article> for Document {
    fn from(article: &Article) -> Self {
        Self {
            headline: article.headline.clone(),
            unit: article.unit.clone(),
            tags: article.tags.clone(),
            attachments: !article.attachments.is_empty(),
            text: article.body.plain_text(),
        }
    }
}
