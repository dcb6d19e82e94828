//! Comparing phrases with texts: what only the text itself can show.
//!
//! Lists say where two syllables stand beside each other. A longer phrase, or one with a function word in it, is
//! compared with the texts of those documents that the lists leave. Not here: which documents those are (`inquiry`).

use crate::{
    Document, Query, ShortForms,
    question::{Phrase, Question},
    reading::{Reader, Tok},
};

/// Compares texts with the phrases of a question that lists cannot settle.
pub(crate) struct Verifier {
    reader: Reader,
    wanted: Vec<Phrase>,
    excluded: Vec<Phrase>,
    titles_only: bool,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

impl Verifier {
    /// `None` when lists settle everything.
    pub(crate) fn new(question: &Question, query: &Query, own: &ShortForms) -> Option<Self> {
        let wanted: Vec<_> = question.phrases.iter().filter(|phrase| !phrase.is_a_pair()).cloned().collect();
        let excluded: Vec<_> = question
            .excluded
            .iter()
            .filter(|phrase| phrase.tokens.len() > 1 && !phrase.is_a_pair())
            .cloned()
            .collect();
        let needed = !wanted.is_empty() || !excluded.is_empty();
        needed.then(|| Self { reader: Reader::new(own), wanted, excluded, titles_only: query.titles_only })
    }

    /// Whether a document has the phrases and none of those that are excluded.
    pub(crate) fn fits(&mut self, document: &Document) -> bool {
        let Document { headline, tags, text, .. } = document;
        let title: Vec<Tok> = self.reader.read(&headline.title);
        let mut fields = vec![title];
        fields.push(self.reader.read(&headline.summary));
        fields.push(self.reader.read(text));
        for tag in tags {
            fields.push(self.reader.read(tag));
        }
        let places = if self.titles_only { 1 } else { fields.len() };
        self.wanted
            .iter()
            .all(|phrase| fields.iter().take(places).any(|field| stands(&self.reader, phrase, field)))
            && !self
                .excluded
                .iter()
                .any(|phrase| fields.iter().any(|field| stands(&self.reader, phrase, field)))
    }
}

/// Whether a phrase stands in a field, on one line.
pub(crate) fn stands(reader: &Reader, phrase: &Phrase, field: &[Tok]) -> bool {
    field.windows(phrase.tokens.len().max(1)).any(|window| {
        window
            .iter()
            .zip(&phrase.tokens)
            .enumerate()
            .all(|(i, (tok, wanted))| (i == 0 || !tok.new_line) && reader.folded(tok.term) == wanted.folded)
    })
}
