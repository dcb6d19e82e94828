//! Known items: who remembers words of a title should find the article, and find it first.
//!
//! For each of some articles six queries: three to five syllables side by side and three from anywhere, each as
//! written, without marks and with one typing slip. Not here: how the engines are asked (`ours`, `rivals`).

use crate::{
    articles::Articles,
    chance::Chance,
    ours::{Index, Loaded},
    queries::{Asker, Pick, Typed},
    rivals::Asked,
    table::{Table, count},
};
use anyhow::Result;
use search_index::Query;

/// A query and the article that should be found.
pub struct Item {
    pub column: usize,
    pub words: String,
    pub number: u32,
}

/// The queries for `count` articles; with `any_run` those of syllables side by side may begin, end or be full of
/// words that say nothing.
pub fn items(articles: &Articles, count: usize, seed: u64, any_run: bool) -> Vec<Item> {
    let asker = Asker::new(articles);
    let mut items = Vec::new();
    for number in asker.sample(count, seed) {
        // The same syllables in each of three ways to type them.
        let mut chance = Chance::new(seed, u64::from(number));
        let length = 3 + chance.below(3);
        let (from, slips) = (chance.any(), chance.any());
        let beside = if any_run { Pick::Consecutive(length) } else { Pick::Run(length) };
        for (at, pick) in [beside, Pick::Scattered].into_iter().enumerate() {
            for (way, typed) in
                [Typed::AsWritten, Typed::WithoutMarks, Typed::WithSlip].into_iter().enumerate()
            {
                let mut chance = Chance::new(from, slips * u64::from(at > 0));
                if let Some(words) = asker.query(number, pick, typed, &mut chance) {
                    items.push(Item { column: at * 3 + way, words, number });
                }
            }
        }
    }
    items
}

/// How well an engine does at a column.
#[derive(Debug, Default, Clone, Copy)]
pub struct Score {
    pub asked: usize,
    first: usize,
    reciprocal: f64,
}

impl Score {
    /// Counts the position of what was looked for among the first ten results, from 0.
    pub fn add(&mut self, position: Option<usize>) {
        self.asked += 1;
        if let Some(position) = position.filter(|&position| position < 10) {
            self.first += usize::from(position == 0);
            self.reciprocal += 1.0 / (position + 1) as f64;
        }
    }

    /// The mean of one divided by the position, 0 for what is not among the first ten.
    pub fn mrr(&self) -> f64 {
        self.reciprocal / self.asked.max(1) as f64
    }

    /// The share that came first.
    pub fn first(&self) -> f64 {
        self.first as f64 / self.asked.max(1) as f64
    }
}

/// The positions at which our index has what was looked for.
pub fn ours(index: &Index<'_>, articles: &Articles, items: &[Item]) -> Result<Vec<Option<usize>>> {
    items
        .iter()
        .map(|item| {
            let query = Query { words: item.words.clone(), ..Query::default() };
            let (mut outcome, _) = index.ask(&query, &mut Loaded::default())?;
            let wanted = articles.place(item.number);
            Ok(outcome.places(0..10).iter().position(|place| *place == wanted))
        })
        .collect()
}

/// The positions at which another engine has what was looked for.
pub fn theirs(items: &[Item], answers: &[Vec<u32>]) -> Vec<Option<usize>> {
    let position = |(item, found): (&Item, &Vec<u32>)| found.iter().position(|&n| n == item.number);
    items.iter().zip(answers).map(position).collect()
}

/// The queries as other engines are given them.
pub fn asked(items: &[Item]) -> Vec<Asked<'_>> {
    items.iter().map(|item| Asked { words: &item.words, slip: item.column % 3 == 2 }).collect()
}

/// The table: engines and columns, as the mean of one divided by the position and the share that came first.
pub fn table(articles: &Articles, engines: &[(&str, [Score; 6])]) -> Table {
    let heading = format!("Known items: {} articles, {}", count(articles.count()), articles.kind());
    let columns = ["", "as written", "no marks", "one slip", "scattered", "no marks", "one slip"];
    let mut table = Table::new(heading, &columns);
    for (name, scores) in engines {
        let mut row = |what: &str, value: &dyn Fn(&Score) -> f64| {
            let cells = scores.iter().map(|score| format!("{:.2}", value(score)));
            table.rows.push([format!("{name}, {what}")].into_iter().chain(cells).collect());
        };
        row("MRR@10", &Score::mrr);
        row("first", &Score::first);
    }
    let asked = engines.first().map_or([0; 6], |(_, scores)| scores.map(|score| score.asked));
    table.note = format!(
        "{} articles looked for by three to five syllables of the title side by side, and {} by three from anywhere \
         that say something: as written, without marks, with a letter too many, too few, another or exchanged. \
         MiniSearch folds marks, weighs titles and, for slips, allows one wrong letter.",
        count(asked[0] as u64),
        count(asked[3] as u64),
    );
    table
}

/// The scores of an engine, a column each.
pub fn scores(items: &[Item], positions: &[Option<usize>]) -> [Score; 6] {
    let mut scores = [Score::default(); 6];
    for (item, position) in items.iter().zip(positions) {
        scores[item.column].add(*position);
    }
    scores
}
