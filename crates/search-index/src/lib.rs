//! Search in static files: what is asked, which files answer it, and the answer.
//!
//! [`plan`] names the files that a [`Query`] needs, the caller loads them and [`scan::read`]s them, and
//! [`evaluate`] answers. At this stage the files hold every article's text and the answer is a plain scan
//! over all of them: right for some thousand articles, and the measure of rightness for any index after it.
//!
//! Not here: loading files, addresses (`routes`), sentences for readers, the clock.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod answer;
mod merit;
mod query;
pub mod scan;
mod snippet;
mod suggest;
mod wanted;

pub use answer::{Answer, Facets, Hit, evaluate};
pub use query::{Order, Query};
pub use scan::Document;
pub use suggest::Suggestion;

use archive::FileName;

/// The files that have to be loaded to answer the query, of the published `search` files
/// (`archive::published::Entry::search`): for the scan all of them, whatever is asked.
///
/// Depends on less than the whole query: another page or order never needs other files.
pub fn plan(_query: &Query, search: &[FileName]) -> Vec<FileName> {
    search.to_vec()
}
