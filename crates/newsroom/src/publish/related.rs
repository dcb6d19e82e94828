//! Articles on the same matter.
//!
//! Two articles are near when they share tags, and pairs of neighbouring syllables ("tuyển sinh") of title
//! and lead; what few articles share counts more. Only *older* articles are named, and rarity is counted
//! among older articles only. So a new article changes no other article's relations: of an archive of
//! 100,000 articles a dozen files change, not thousands. The price is that an old article does not lead to
//! newer ones; for that there are "newer/older", the tags and the search.
//!
//! Bounded: each term looks at the newest articles that have it and no more, and terms that most articles
//! share are not looked at.

use archive::published::Headline;
use std::collections::{BTreeSet, HashMap};

/// Most related articles of one.
const MOST: usize = 5;
/// Articles that one term is looked up in: the newest ones that have it. 100,000 articles with 100 terms
/// are then at most a milliard steps, some seconds.
const LOOKED_AT: usize = 100;
/// Pairs of syllables of a lead that count: its first sentences say what it is about.
const LEAD: usize = 60;
/// A pair of syllables in more than one article of so many says nothing ("năm học", "học sinh").
const COMMON: usize = 8;

/// For each article, the positions of its related ones, nearest first. Expects articles from the oldest on.
pub(super) fn related(headlines: &[Headline], tags: &[&[String]]) -> Vec<Vec<usize>> {
    let mut terms: HashMap<String, Vec<usize>> = HashMap::new();
    let mut scores: Vec<(u64, u32)> = vec![(0, 0); headlines.len()];
    let mut all = Vec::with_capacity(headlines.len());
    for (this, headline) in headlines.iter().enumerate() {
        let own = terms_of(headline, tags.get(this).copied().unwrap_or_default());
        let mut touched = Vec::new();
        for (term, weight, is_tag) in &own {
            let Some(having) = terms.get(term) else { continue };
            if !is_tag && this >= 5 * COMMON && having.len() > this / COMMON {
                continue;
            }
            let rarity = log2_times_16(this + 1) - log2_times_16(having.len()) + 16;
            for &other in having.iter().rev().take(LOOKED_AT) {
                let Some((score, pairs)) = scores.get_mut(other) else { continue };
                if *score == 0 {
                    touched.push(other);
                }
                *score += weight * rarity;
                // One shared pair may be chance; one shared tag is not.
                *pairs += if *is_tag { 2 } else { 1 };
            }
        }
        let mut found: Vec<(u64, usize)> = Vec::new();
        for other in touched {
            let Some(slot) = scores.get_mut(other) else { continue };
            let (score, pairs) = std::mem::take(slot);
            let same = headlines.get(other).is_some_and(|o| o.category == headline.category);
            if pairs >= 2 {
                found.push((if same { score * 5 / 4 } else { score }, other));
            }
        }
        // Nearest first, of equals the newer.
        found.sort_unstable_by(|a, b| b.cmp(a));
        all.push(found.into_iter().take(MOST).map(|(_, other)| other).collect());
        for (term, _, _) in own {
            terms.entry(term).or_default().push(this);
        }
    }
    all
}

/// Terms of an article, each once, with their weight and whether they are tags.
fn terms_of(headline: &Headline, tags: &[String]) -> Vec<(String, u64, bool)> {
    let mut seen = BTreeSet::new();
    let mut terms = Vec::new();
    let tags = tags.iter().map(|tag| (format!("#{}", viet_text::fold(tag)), 4, true));
    let title = pairs(&headline.title).map(|pair| (pair, 3, false));
    let lead = pairs(&headline.summary).take(LEAD).map(|pair| (pair, 1, false));
    for term in tags.chain(title).chain(lead) {
        if seen.insert(term.0.clone()) {
            terms.push(term);
        }
    }
    terms
}

fn pairs(text: &str) -> impl Iterator<Item = String> {
    let syllables: Vec<String> = viet_text::syllables(text).map(|syllable| syllable.folded).collect();
    let pairs: Vec<String> = syllables.windows(2).map(|pair| pair.join(" ")).collect();
    pairs.into_iter()
}

/// Sixteen times the binary logarithm, rounded down, in whole numbers: the same on every machine.
fn log2_times_16(n: usize) -> u64 {
    let n = n.max(1) as u64;
    let whole = u64::from(n.ilog2());
    let fraction = if whole >= 4 { (n >> (whole - 4)) & 15 } else { (n << (4 - whole)) & 15 };
    whole * 16 + fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use archive::{Moment, published::Promotion};
    use proptest::prelude::*;

    fn headline(i: usize, title: &str) -> Headline {
        Headline {
            slug: format!("a-{i}").parse().expect("a slug"),
            title: title.into(),
            summary: String::new(),
            category: None,
            published: Moment::from_unix(i64::try_from(i).expect("small")).expect("in range"),
            modified: None,
            image: None,
            hot: Promotion::None,
            featured: Promotion::None,
        }
    }

    fn of(titles: &[&str], tags: &[Vec<String>]) -> Vec<Vec<usize>> {
        let headlines: Vec<_> = titles.iter().enumerate().map(|(i, title)| headline(i, title)).collect();
        let tags: Vec<&[String]> = tags.iter().map(|tags| &**tags).collect();
        related(&headlines, &tags)
    }

    #[test]
    fn articles_on_the_same_matter_are_found_among_older_ones() {
        let titles = [
            "Tuyển sinh lớp 10 năm 2020",
            "Hội khỏe Phù Đổng cấp tỉnh",
            "Công bố điểm chuẩn tuyển sinh lớp 10",
            "Khai giảng năm học mới",
            "Bế mạc Hội khoẻ Phù Đổng",
        ];
        assert_eq!(of(&titles, &[]), [vec![], vec![], vec![0], vec![], vec![1]]);
    }

    #[test]
    fn a_shared_tag_is_enough_and_rare_tags_count_more() {
        let tag = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        let tags = [tag(&["thi", "lớp 10"]), tag(&["thi"]), tag(&["thi"]), tag(&["Thi", "LỚP 10"])];
        assert_eq!(of(&["a", "b", "c", "d"], &tags)[3], [0, 2, 1]);
    }

    proptest! {
        #[test]
        fn a_new_article_changes_no_older_ones_relations(
            titles in prop::collection::vec("(tuyen sinh|lop 10|hoi khoe|phu dong|nam hoc| ){0,6}", 1..40)
        ) {
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            let (all, before) = (of(&titles, &[]), of(&titles[..titles.len() - 1], &[]));
            prop_assert_eq!(&all[..before.len()], &before[..]);
            for (i, found) in all.iter().enumerate() {
                prop_assert!(found.len() <= MOST && found.iter().all(|other| *other < i));
            }
        }

        #[test]
        fn the_logarithm_grows(n in 1usize..1_000_000) {
            prop_assert!(log2_times_16(n + 1) >= log2_times_16(n));
            prop_assert!((log2_times_16(n) as f64 / 16.0 - (n as f64).log2()).abs() < 0.2);
        }
    }
}
