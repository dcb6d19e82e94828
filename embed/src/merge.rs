//! Articles of several sources as one list.

use crate::Item;

/// Puts an article into a list that is sorted, newest first, without doubles and no longer than `limit`. One article
/// that several sources have stays that of the first of them.
pub fn put(list: &mut Vec<Item>, item: Item, limit: usize) {
    if list.iter().any(|known| same(known, &item)) {
        return;
    }
    let place = list.partition_point(|known| known.published >= item.published);
    list.insert(place, item);
    list.truncate(limit);
}

/// Whether two are the same article: by their addresses, but for what does not lead elsewhere; where one has none, by
/// title and time.
fn same(one: &Item, other: &Item) -> bool {
    match (key(one), key(other)) {
        ("", _) | (_, "") => one.published == other.published && one.title == other.title,
        (one, other) => one == other,
    }
}

fn key(item: &Item) -> &str {
    let url = item.url.split('#').next().unwrap_or_default();
    // Both schemes that can be followed.
    let url = url.split_once(':').map_or(url, |(_, rest)| rest).trim_start_matches('/');
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use archive::Moment;
    use proptest::prelude::*;

    fn item(url: &str, title: &str, at: i64, source: usize) -> Item {
        Item {
            slug: String::new(),
            title: title.to_owned(),
            summary: String::new(),
            category: String::new(),
            published: Moment::from_unix(at).expect("a moment"),
            image: None,
            root: String::new(),
            url: url.to_owned(),
            source,
        }
    }

    fn merged(items: Vec<Item>, limit: usize) -> Vec<Item> {
        let mut list = Vec::new();
        items.into_iter().for_each(|item| put(&mut list, item, limit));
        list
    }

    #[test]
    fn one_article_of_two_sources_is_shown_once() {
        let items = vec![
            item("https://a.example/1", "một", 10, 0),
            item("http://www.a.example/1/#top", "một", 10, 1),
            item("https://a.example/2", "hai", 20, 1),
            item("", "ba", 15, 0),
            item("", "ba", 15, 1),
        ];
        let shown: Vec<_> = merged(items, 10).into_iter().map(|item| (item.title, item.source)).collect();
        assert_eq!(shown, [("hai".to_owned(), 1), ("ba".to_owned(), 0), ("một".to_owned(), 0)]);
    }

    proptest! {
        #[test]
        fn a_merged_list_is_the_newest_of_all_without_doubles(
            given in prop::collection::btree_map(0usize..40, 0i64..9, 0..40),
            limit in 1usize..12,
        ) {
            let mut items: Vec<_> =
                given.iter().map(|(n, &at)| item(&format!("https://x.example/{n}"), "", at, 0)).collect();
            let twice = merged(items.iter().chain(&items).cloned().collect(), limit);
            items.sort_by_key(|item| std::cmp::Reverse(item.published));
            items.truncate(limit);
            prop_assert_eq!(twice, items);
        }
    }
}
