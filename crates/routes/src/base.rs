//! Where the portal lies on its host. Not here: what stands below (`parse`, `print`).

use crate::form::decode_path;

/// The path of the portal's folder: `/` or `/cong/tin/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// From any way of writing it: `/cong/tin/`, `cong/tin`, `/cong//tin/index.html`, `/`.
    pub fn new(path: &str) -> Self {
        let folder = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        let mut base = String::from("/");
        for segment in folder.split('/').filter(|segment| !segment.is_empty()) {
            base.push_str(segment);
            base.push('/');
        }
        Self(base)
    }

    /// What of a path lies below, without slash at the beginning; `None` for a path outside. Segments count:
    /// `/tinh` does not lie below `/tin`, and `/cong/tin` without slash is the front page. How a browser
    /// escaped a segment does not matter.
    pub fn strip<'a>(&self, path: &'a str) -> Option<&'a str> {
        let mut below = path.strip_prefix('/')?;
        let mut segments = self.0.split('/').filter(|segment| !segment.is_empty()).peekable();
        while let Some(segment) = segments.next() {
            let (first, rest) = match below.split_once('/') {
                Some(parts) => parts,
                None if segments.peek().is_none() => (below, ""),
                None => return None,
            };
            if first != segment && decode_path(first) != decode_path(segment) {
                return None;
            }
            below = rest;
        }
        Some(below)
    }

    /// The whole path of what lies below. Never begins with two slashes: that would be another host.
    pub fn join(&self, below: &str) -> String {
        format!("{}{}", self.0, below.trim_start_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::Base;
    use proptest::prelude::*;

    #[test]
    fn a_neighbour_with_a_longer_name_is_outside() {
        let base = Base::new("/tin");
        assert_eq!(base.strip("/tinh"), None);
        assert_eq!(base.strip("/tinh/bai-viet/a"), None);
        assert_eq!(base.strip("/"), None);
        assert_eq!(base.strip("/tin"), Some(""));
        assert_eq!(base.strip("/tin/"), Some(""));
        assert_eq!(base.strip("/tin/bai-viet/a"), Some("bai-viet/a"));
        let deep = Base::new("/cong/tin/");
        assert_eq!(deep.strip("/cong"), None);
        assert_eq!(deep.strip("/cong/tinh/x"), None);
        assert_eq!(deep.strip("/cong/tin"), Some(""));
        assert_eq!(deep.strip("/cong/tin/bai-viet/x"), Some("bai-viet/x"));
        assert_eq!(Base::new("").strip("/thong-ke"), Some("thong-ke"));
    }

    #[test]
    fn a_folder_is_the_same_however_it_is_written() {
        for written in ["/cong/tin/", "/cong/tin", "cong/tin", "//cong//tin//", "/cong/tin/index.html"] {
            assert_eq!(Base::new(written), Base::new("/cong/tin/"), "{written}");
        }
        assert_eq!(Base::new("/index.html"), Base::new("/"));
        assert_eq!(Base::new("/cổng").strip("/c%E1%BB%95ng/thong-ke"), Some("thong-ke"));
    }

    #[test]
    fn what_is_joined_stays_on_this_host() {
        assert_eq!(Base::new("/").join("//elsewhere.example/x"), "/elsewhere.example/x");
        assert_eq!(Base::new("/cong/tin").join("bai-viet/x"), "/cong/tin/bai-viet/x");
    }

    proptest! {
        #[test]
        fn what_is_joined_can_be_stripped(folder in "(/?[a-zá-ỹ%0-9]{1,5}){0,3}/?", below in "([a-z0-9?=&%-][a-z0-9/?=&%-]*)?") {
            let base = Base::new(&folder);
            let path = base.join(&below);
            prop_assert_eq!(base.strip(&path), Some(below.as_str()));
        }

        #[test]
        fn any_folder_and_path_can_be_asked_for(folder in "\\PC{0,20}", path in "[/%a-f0-9ộ]{0,20}") {
            let base = Base::new(&folder);
            let _ = base.strip(&path);
            prop_assert_eq!(Base::new(&base.join("")), base);
        }
    }
}
