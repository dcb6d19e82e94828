//! The search files of the scan: their writer and their reader.
//!
//! A file is a JSON array of [`Document`]s, oldest first. Documents fill files from the oldest on, so a new
//! article changes the last file only and the others keep their names.
//!
//! Not here: naming the files by their content (`newsroom index`), loading them (the browser's `data`).

use archive::Headline;
use serde::{Deserialize, Serialize};

/// What search knows of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What lists show of it; search reads its title and summary.
    pub headline: Headline,
    /// The office it comes from; may be empty. Not searched by words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Tags. Searched as the weakest place, because every tag of an article links to a search for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether files come with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attachments: bool,
    /// The words of the body, blocks parted by newlines (`Body::plain_text`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Why a search file could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the search file is damaged or of another version: {0}")]
pub struct Error(#[from] serde_json::Error);

/// Most bytes of a file, unless a single article is longer: some 70 KB compressed, and few enough files for
/// an archive of some thousand articles.
pub const CHUNK: usize = 256 * 1024;

/// The files that hold these documents. The order of the input does not matter.
pub fn write(documents: &[Document]) -> Vec<Vec<u8>> {
    let mut oldest_first: Vec<_> = documents.iter().collect();
    oldest_first.sort_by_key(|d| (d.headline.published, &d.headline.slug));
    let mut files: Vec<Vec<u8>> = Vec::new();
    for document in oldest_first {
        let json = serde_json::to_vec(document)
            .unwrap_or_else(|error| unreachable!("texts and numbers can be written as JSON: {error}"));
        match files.last_mut() {
            // Two bytes more: the comma before it and the bracket at the end.
            Some(file) if file.len() + json.len() + 2 <= CHUNK => {
                file.push(b',');
                file.extend(json);
            }
            _ => files.push([b"[", json.as_slice()].concat()),
        }
    }
    for file in &mut files {
        file.push(b']');
    }
    files
}

/// The documents of one file.
///
/// # Errors
/// When the bytes are not what [`write`] writes.
pub fn read(file: &[u8]) -> Result<Vec<Document>, Error> {
    // As text: reading from bytes would put a second copy of every parser into the app, 20 KB of wasm.
    let text = std::str::from_utf8(file).map_err(<serde_json::Error as serde::de::Error>::custom)?;
    Ok(serde_json::from_str(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::samples::{document, documents};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn written_documents_are_read_back_oldest_first(documents in documents(12)) {
            let files = write(&documents);
            let mut back = Vec::new();
            for file in &files {
                back.extend(read(file).expect("our own file"));
            }
            let mut sorted = documents;
            sorted.sort_by_key(|d| (d.headline.published, d.headline.slug.clone()));
            prop_assert_eq!(back, sorted);
        }

        #[test]
        fn the_order_of_the_input_does_not_change_a_byte(documents in documents(12)) {
            let mut reversed = documents.clone();
            reversed.reverse();
            prop_assert_eq!(write(&documents), write(&reversed));
        }

        #[test]
        fn damaged_bytes_give_an_error_and_no_panic(
            documents in documents(3), at in any::<prop::sample::Index>(), byte: u8, cut: bool,
        ) {
            let mut file = write(&documents).pop().unwrap_or_else(|| b"[]".to_vec());
            let at = at.index(file.len());
            if cut {
                file.truncate(at);
                prop_assert!(read(&file).is_err());
            } else {
                file[at] = byte;
                let _ = read(&file);
            }
        }
    }

    #[test]
    fn files_are_bounded_and_a_new_article_changes_the_last_only() {
        let text = "Hội nghị trực tuyến. ".repeat(1000);
        let mut documents: Vec<_> = (0..40).map(|day| document(day, "Tin", "", &text)).collect();
        let before = write(&documents);
        assert!(before.len() > 2 && before.iter().all(|file| file.len() <= CHUNK));
        documents.insert(0, document(40, "Tin", "", "mới"));
        let after = write(&documents);
        assert_eq!(after[..before.len() - 1], before[..before.len() - 1]);
    }

    #[test]
    fn an_article_longer_than_a_file_has_one_of_its_own() {
        let long = "a ".repeat(CHUNK);
        let files =
            write(&[document(1, "Một", "", ""), document(2, "Hai", "", &long), document(3, "Ba", "", "")]);
        assert_eq!(files.len(), 3);
        assert!(write(&[]).is_empty());
    }
}
