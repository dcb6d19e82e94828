//! The smaller copies of a published picture: which there are, and how their files are called.
//!
//! The browser makes the names from what an [`Image`] says, so that a headline costs a few bytes more and not six
//! names. Not here: making the copies (`newsroom`), choosing among them (the browser, by `srcset`).

use crate::body::{Image, ImageSource};

/// The kind of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// AVIF: half the bytes; browsers know it since 2020 to 2024.
    Avif,
    /// What every browser knows: JPEG, or PNG where the picture lets what is behind it through.
    Plain,
}

impl Image {
    /// The copy of this width, one of [`Image::widths`]. `None` where there is none of this kind.
    pub fn scaled(&self, width: u32, format: Format) -> Option<ImageSource> {
        let place = self.widths.iter().position(|&there| there == width)?;
        let ending = match format {
            Format::Avif => "avif",
            Format::Plain if self.plain.is_some_and(|plain| place >= plain) => return None,
            Format::Plain if self.transparent => "png",
            Format::Plain => "jpg",
        };
        let ImageSource::File(original) = &self.src else { return None };
        copy_name(original, &format!("w{width}"), self.recipe, ending).map(ImageSource::File)
    }
}

/// The name of a file that is made from a published picture: `media/<name>-<what>-<hash>.<ending>` for
/// `media/<name>-<hash>.jpg`. Its hash stands for the picture's content and the recipe, so that it names the same file
/// for ever, and is never that of a picture that happens to be called so. `None` for a name without hash.
pub fn copy_name(original: &str, what: &str, recipe: u32, ending: &str) -> Option<String> {
    let (stem, _) = original.rsplit_once('.')?;
    let at = stem.len().checked_sub(HASH)?;
    let (name, hash) = (stem.get(..at)?, stem.get(at..)?);
    let of_picture =
        hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) && name.ends_with(['-', '/']);
    let hash = u64::from_str_radix(hash, 16).ok().filter(|_| of_picture)?;
    let hash = hash ^ RECIPE_MARK.wrapping_mul(u64::from(recipe) + 1);
    Some(format!("{name}{what}-{hash:016x}.{ending}"))
}

/// Hexadecimal digits of a hash.
const HASH: usize = 16;
/// Odd, so that its multiples by different recipes differ: 2⁶⁴ divided by the golden ratio.
const RECIPE_MARK: u64 = 0x9e37_79b9_7f4a_7c15;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileName;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn image(src: &str) -> Image {
        Image::new(ImageSource::parse(src).expect("a picture"), String::new())
    }

    proptest! {
        #[test]
        fn every_copy_has_a_name_of_its_own_that_may_be_published(
            name in "([a-z0-9]{1,8}-){0,3}", hash in "[0-9a-f]{16}", ending in "jpg|png|webp|jpeg",
            widths in prop::collection::btree_set(1u32..5000, 0..6), transparent: bool, recipe in 0u32..9,
        ) {
            let mut image = image(&format!("media/{name}{hash}.{ending}"));
            (image.widths, image.transparent, image.recipe) = (widths.into_iter().collect(), transparent, recipe);
            let mut names = BTreeSet::from([image.src.clone()]);
            for recipe in [recipe, recipe + 1] {
                image.recipe = recipe;
                for &width in &image.widths {
                    for format in [Format::Avif, Format::Plain] {
                        let copy = image.scaled(width, format).expect("its name");
                        prop_assert!(FileName::try_from(String::from(copy.clone())).is_ok());
                        prop_assert_eq!(ImageSource::parse(copy.as_str()), Some(copy.clone()));
                        prop_assert!(names.insert(copy));
                    }
                }
            }
            prop_assert_eq!(image.scaled(5000, Format::Avif), None);
        }

        #[test]
        fn whatever_a_file_says_of_copies_leads_nowhere_else(
            src in "(media/|https://)[-a-f0-9./\\PC]{0,40}", width: u32, plain: Option<usize>, recipe: u32,
        ) {
            if let Some(src) = ImageSource::parse(&src) {
                let image = Image { widths: vec![width], plain, recipe, ..Image::new(src, String::new()) };
                for format in [Format::Avif, Format::Plain] {
                    if let Some(copy) = image.scaled(width, format) {
                        prop_assert!(matches!(ImageSource::parse(copy.as_str()), Some(ImageSource::File(_))));
                    }
                }
            }
        }
    }

    #[test]
    fn copies_are_named_beside_their_picture() {
        let mut picture = image("media/khai-giang-0123456789abcdef.webp");
        picture.widths = vec![320, 640];
        picture.plain = Some(1);
        let name = |image: &Image, width, format| image.scaled(width, format).map(String::from);
        assert_eq!(
            name(&picture, 320, Format::Avif).as_deref(),
            Some("media/khai-giang-w320-9f143cdef6e1b1fa.avif")
        );
        assert_eq!(
            name(&picture, 320, Format::Plain).as_deref(),
            Some("media/khai-giang-w320-9f143cdef6e1b1fa.jpg")
        );
        assert_eq!(name(&picture, 640, Format::Plain), None, "there is only the AVIF");
        assert_eq!(name(&picture, 1280, Format::Avif), None);
        picture.transparent = true;
        assert!(name(&picture, 320, Format::Plain).is_some_and(|name| name.ends_with(".png")));
        let mut nameless = image("media/0123456789abcdef.png");
        nameless.widths = vec![320];
        assert_eq!(name(&nameless, 320, Format::Avif).as_deref(), Some("media/w320-9f143cdef6e1b1fa.avif"));
        for other in ["media/a.png", "media/a-0123456789ABCDEF.png", "media/0123456789abcdef/a.png"] {
            assert_eq!(copy_name(other, "w320", 0, "avif"), None, "{other}");
        }
    }

    #[test]
    fn a_picture_without_copies_is_written_as_it_always_was() {
        let json = r#"{"src":"media/a-0123456789abcdef.svg","alt":"Một","width":3,"height":2}"#;
        let read: Image = serde_json::from_str(json).expect("a picture");
        assert!(read.widths.is_empty() && read.tint.is_none());
        assert_eq!(serde_json::to_string(&read).ok().as_deref(), Some(json));
        let json =
            r##"{"src":"media/a-0123456789abcdef.jpg","widths":[320,640],"plain":1,"tint":"#8a7b66"}"##;
        let read: Image = serde_json::from_str(json).expect("a picture");
        assert_eq!(serde_json::to_string(&read).ok().as_deref(), Some(json));
    }
}
