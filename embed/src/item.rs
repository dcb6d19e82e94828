//! One article in an embedded list, from whatever source.

use archive::{
    Moment,
    body::{Image, ImageSource},
};

/// One article in an embedded list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name in its portal; empty in a feed.
    pub slug: String,
    /// Title.
    pub title: String,
    /// The lead; may be empty.
    pub summary: String,
    /// Name of its category; may be empty.
    pub category: String,
    /// When it was published.
    pub published: Moment,
    /// Its picture.
    pub image: Option<Image>,
    /// Address of the folder of a portal's files, before names such as `media/…`; empty for a feed.
    pub root: String,
    /// Where it is read, whole; empty where nobody says.
    pub url: String,
    /// Which source it is of, as a position.
    pub source: usize,
}

/// The whole address of a picture, or of one of its copies, of the files in `root`.
pub fn address(root: &str, picture: &ImageSource) -> String {
    match picture {
        ImageSource::File(name) => [root, name].concat(),
        ImageSource::External(address) => address.clone(),
    }
}
