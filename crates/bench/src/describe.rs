//! What articles are like, in the figures that decide the size of an index and the cost of a query.
//!
//! Not here: making them like that (`generate`).

use crate::{
    articles::Articles,
    table::{Table, count},
};
use std::collections::{HashMap, HashSet};

/// The figures of some articles.
#[derive(Debug)]
pub struct Likeness {
    pub of: u32,
    /// Syllables, at 5, 25, 50, 75 and 95 % of the articles; and the mean.
    pub lengths: [usize; 5],
    pub mean: f64,
    /// Means for an article.
    pub title: f64,
    pub lead: f64,
    pub distinct: f64,
    pub pairs: f64,
    /// Different pairs of syllables in all, and those in one article alone.
    pub all_pairs: usize,
    pub single_pairs: usize,
    /// Different terms in all.
    pub terms: usize,
    /// In what share of the articles the syllables of titles stand: the median, and at 90 %.
    pub title_shares: [f64; 2],
    /// Bytes for an article.
    pub bytes: f64,
}

/// Looks at all articles.
pub fn describe(articles: &Articles) -> Likeness {
    let mut terms: HashMap<String, u32> = HashMap::new();
    // Of each term in how many articles it is; of each pair as well.
    let mut frequencies: Vec<u32> = Vec::new();
    let mut pairs: HashMap<u64, u32> = HashMap::new();
    let mut titles: Vec<u32> = Vec::new();
    let mut lengths = Vec::new();
    let (mut title_sum, mut lead_sum, mut distinct_sum, mut pair_sum, mut bytes) = (0, 0, 0, 0, 0);
    for number in 0..articles.count() {
        let words = articles.words(number);
        let (mut seen, mut seen_pairs) = (HashSet::new(), HashSet::new());
        let mut length = 0;
        for (part, text) in [&words.title, &words.lead, &words.body].into_iter().enumerate() {
            bytes += text.len();
            let mut last: Option<u32> = None;
            viet_text::tokens(text, |token| {
                let next = terms.len() as u32;
                let term = match terms.get(token.folded) {
                    Some(&term) => term,
                    None => {
                        terms.insert(token.folded.to_owned(), next);
                        frequencies.push(0);
                        next
                    }
                };
                length += 1;
                match part {
                    0 => {
                        title_sum += 1;
                        titles.push(term);
                    }
                    1 => lead_sum += 1,
                    _ => {}
                }
                seen.insert(term);
                if let Some(last) = last.filter(|_| !token.new_line) {
                    seen_pairs.insert(u64::from(last) << 32 | u64::from(term));
                }
                last = Some(term);
            });
        }
        lengths.push(length);
        distinct_sum += seen.len();
        pair_sum += seen_pairs.len();
        seen.into_iter().for_each(|term| frequencies[term as usize] += 1);
        seen_pairs.into_iter().for_each(|pair| *pairs.entry(pair).or_default() += 1);
    }
    let of = f64::from(articles.count().max(1));
    let mean = lengths.iter().sum::<usize>() as f64 / of;
    lengths.sort_unstable();
    let mut shares: Vec<f64> =
        titles.iter().map(|&term| f64::from(frequencies[term as usize]) / of).collect();
    shares.sort_by(f64::total_cmp);
    let of_lengths = |share: usize| lengths.get(lengths.len() * share / 100).copied().unwrap_or(0);
    let of_shares = |share: usize| shares.get(shares.len() * share / 100).copied().unwrap_or(0.0);
    Likeness {
        of: articles.count(),
        lengths: [5, 25, 50, 75, 95].map(of_lengths),
        mean,
        title: f64::from(title_sum) / of,
        lead: f64::from(lead_sum) / of,
        distinct: distinct_sum as f64 / of,
        pairs: pair_sum as f64 / of,
        all_pairs: pairs.len(),
        single_pairs: pairs.values().filter(|&&often| often == 1).count(),
        terms: terms.len(),
        title_shares: [of_shares(50), of_shares(90)],
        bytes: bytes as f64 / of,
    }
}

/// The figures of several, side by side.
pub fn table(kinds: &[(&str, Likeness)]) -> Table {
    let columns: Vec<&str> = [""].into_iter().chain(kinds.iter().map(|(kind, _)| *kind)).collect();
    let of = kinds.first().map_or(0, |(_, likeness)| likeness.of);
    let mut table = Table::new(format!("Generated articles beside real ones: {}", count(of)), &columns);
    let mut row = |name: &str, value: &dyn Fn(&Likeness) -> String| {
        let cells = kinds.iter().map(|(_, likeness)| value(likeness));
        table.rows.push([name.to_owned()].into_iter().chain(cells).collect());
    };
    row("syllables at 5, 25, 50, 75, 95 %", &|l| l.lengths.map(|n| n.to_string()).join(" "));
    row("syllables, mean", &|l| format!("{:.0}", l.mean));
    row("- of the title", &|l| format!("{:.1}", l.title));
    row("- of the lead", &|l| format!("{:.1}", l.lead));
    row("different ones, folded, mean", &|l| format!("{:.0}", l.distinct));
    row("different pairs, folded, mean", &|l| format!("{:.0}", l.pairs));
    row("different ones in all", &|l| count(l.terms as u64));
    row("different pairs in all", &|l| count(l.all_pairs as u64));
    row("- in one article alone", &|l| count(l.single_pairs as u64));
    row("share of articles that have a title's syllable, median and 90 %", &|l| {
        l.title_shares.map(|share| format!("{:.0} %", share * 100.0)).join(", ")
    });
    row("bytes, mean", &|l| format!("{:.0}", l.bytes));
    table
}
