//! Slugs: the part of an address that is made from a title.

use crate::syllables;

/// Makes a slug from a title: its folded syllables joined by `-`, ASCII only, at most `max` bytes, never cut
/// inside a syllable (unless the first alone is longer). Empty when the text has no ASCII letter or digit.
pub fn slug(title: &str, max: usize) -> String {
    let mut slug = String::new();
    for syllable in syllables(title) {
        let part: String = syllable.folded.chars().filter(char::is_ascii_alphanumeric).collect();
        if part.is_empty() {
            continue;
        }
        let gap = usize::from(!slug.is_empty());
        if slug.len() + gap + part.len() > max {
            if slug.is_empty() {
                slug.push_str(&part[..max]);
            }
            break;
        }
        if gap == 1 {
            slug.push('-');
        }
        slug.push_str(&part);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_become_slugs() {
        assert_eq!(
            slug("Hội nghị trực tuyến – năm học 2021-2022", 80),
            "hoi-nghi-truc-tuyen-nam-hoc-2021-2022"
        );
        assert_eq!(slug("  “Đổi mới”!  ", 80), "doi-moi");
        assert_eq!(slug("Kế hoạch năm học", 9), "ke-hoach");
        assert_eq!(slug("…", 80), "");
    }

    proptest! {
        #[test]
        fn a_slug_is_its_own_slug_and_well_formed(title in "\\PC*", max in 1usize..100) {
            let once = slug(&title, max);
            prop_assert!(once.len() <= max);
            prop_assert_eq!(slug(&once, max), once.as_str());
            prop_assert!(once.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!once.starts_with('-') && !once.ends_with('-') && !once.contains("--"));
        }
    }
}
