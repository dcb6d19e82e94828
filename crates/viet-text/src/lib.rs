//! Vietnamese text: folding for search, spelling, syllables, slugs and alphabetical order.
//!
//! This crate knows Vietnamese and knows nothing else: no articles, no queries, no files. It carries its
//! own small letter tables instead of the full Unicode ones because it is shipped to browsers: the tables
//! here weigh under 2 KB of wasm where a general normaliser weighs over 60 KB.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod fold;
mod inventory;
mod letters;
mod numbers;
mod order;
mod sentences;
mod slug;
mod spelling;
mod syllables;
mod tokens;

pub use fold::{fold, fold_char};
pub use inventory::{MOST_SYLLABLES, numbered_syllable, syllable_number};
pub use letters::vowel;
pub use numbers::{grouped, size};
pub use order::sort_key;
pub use sentences::sentences;
pub use slug::slug;
pub use spelling::Spelling;
pub use syllables::{Syllable, syllables};
pub use tokens::{Token, marks_bits, tokens};
