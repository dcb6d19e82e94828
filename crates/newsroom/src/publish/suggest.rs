//! What the search box offers while a reader types. Not here: what is worth offering, and the format
//! (`search_index::suggest`).

use super::press::Press;
use anyhow::Result;
use archive::{FileName, published::Headline};
use search_index::{
    build::sealed,
    suggest::{Titled, write},
};

/// An archive of fewer articles suggests from all of them.
const SMALL: usize = 200;

/// Writes the files and gives the name of their directory, from headlines that stand from the oldest on.
pub(super) fn publish(headlines: &[Headline], press: &Press) -> Result<FileName> {
    // In a small archive every title counts; in a large one a new article must not change a file.
    let count =
        if headlines.len() < SMALL { headlines.len() } else { sealed(headlines.len() as u32) as usize };
    let oldest = headlines.iter().take(count);
    write(oldest.map(titled).collect(), &mut |file| press.bytes("suggest", "json", file))
}

fn titled(headline: &Headline) -> Titled<'_> {
    Titled { slug: &headline.slug, title: &headline.title, published: headline.published }
}
