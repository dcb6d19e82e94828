//! What a query costs a reader: requests, bytes, memory, work.
//!
//! Bytes are those of bodies; headers come on top, about 300 a request. Not here: a real browser (`browser`).

use crate::{
    articles::Articles,
    chance::Chance,
    ours::{Cost, Index, Loaded},
    queries::{Asker, Pick, Typed},
    table::{Table, count, kb},
};
use anyhow::Result;
use search_index::Query;

/// What readers of such portals ask for; of each is also one without marks.
const TOPICS: [&str; 20] = [
    "tuyển sinh lớp 10",
    "học sinh",
    "giáo viên",
    "chuyển đổi số",
    "kỳ thi tốt nghiệp",
    "năm học mới",
    "công nghệ thông tin",
    "giao thông",
    "bóng đá",
    "thể thao",
    "văn hóa",
    "Hà Nội",
    "thành phố Hồ Chí Minh",
    "Bộ Giáo dục và Đào tạo",
    "UBND tỉnh",
    "hội nghị",
    "tập huấn",
    "phòng chống dịch",
    "an toàn thực phẩm",
    "Việt Nam",
];

/// The queries that are asked: 400 where there are articles enough.
pub fn queries(articles: &Articles, seed: u64) -> Vec<String> {
    const OF_A_KIND: usize = 60;
    let asker = Asker::new(articles);
    let picks = [1, 2, 3, 4, 5].map(Pick::Consecutive).into_iter().chain([Pick::Scattered]);
    let picks: Vec<Pick> = picks.flat_map(|pick| [pick; OF_A_KIND]).collect();
    let mut queries = Vec::new();
    for (at, (number, pick)) in asker.sample(picks.len(), seed).into_iter().zip(picks).enumerate() {
        let typed = if at % 2 == 0 { Typed::AsWritten } else { Typed::WithoutMarks };
        queries.extend(asker.query(number, pick, typed, &mut Chance::new(seed, u64::from(number))));
    }
    for topic in TOPICS {
        queries.extend([topic.to_owned(), viet_text::fold(topic)]);
    }
    Chance::new(seed, 2).shuffle(&mut queries);
    queries
}

/// The costs of queries, each from nothing and each after the one before it.
pub struct Costs {
    pub first: Vec<(String, Cost)>,
    pub next: Vec<(String, Cost)>,
}

/// Asks all queries and looks at the first ten results of each.
pub fn measure(index: &Index<'_>, queries: &[String]) -> Result<Costs> {
    let mut costs = Costs { first: Vec::new(), next: Vec::new() };
    let ask = |words: &String, loaded: &mut Loaded| -> Result<Cost> {
        let query = Query { words: words.clone(), ..Query::default() };
        let (mut outcome, mut cost) = index.ask(&query, loaded)?;
        index.show(&outcome.places(0..Query::PAGE), loaded, &mut cost)?;
        Ok(cost)
    };
    for (before, words) in queries.iter().cycle().skip(queries.len().saturating_sub(1)).zip(queries) {
        costs.first.push((words.clone(), ask(words, &mut Loaded::default())?));
        let mut loaded = Loaded::default();
        ask(before, &mut loaded)?;
        costs.next.push((words.clone(), ask(words, &mut loaded)?));
    }
    Ok(costs)
}

/// The median, the value that 95 % are not above, and the highest.
fn spread(mut values: Vec<usize>) -> [usize; 3] {
    values.sort_unstable();
    let at = |share: usize| values.get((values.len() * share).div_ceil(100).saturating_sub(1)).copied();
    [50, 95, 100].map(|share| at(share).unwrap_or(0))
}

/// The table of costs.
pub fn table(index: &Index<'_>, articles: &Articles, costs: &Costs) -> Table {
    let heading = format!("Cost of a query: {} articles, {}", count(articles.count()), articles.kind());
    let mut table = Table::new(heading, &["", "median", "95 %", "most"]);
    let mut row = |name: &str,
                   of: &[(String, Cost)],
                   value: &dyn Fn(&Cost) -> usize,
                   show: &dyn Fn(usize) -> String| {
        let spread = spread(of.iter().map(|(_, cost)| value(cost)).collect());
        table.rows.push([name.to_owned()].into_iter().chain(spread.map(show)).collect());
    };
    let whole = |number: usize| count(number as u64);
    row("first query: KB in all", &costs.first, &Cost::bytes, &kb);
    row("- manifest", &costs.first, &|cost| cost.manifest, &kb);
    row("- parts of the index", &costs.first, &|cost| cost.shards, &kb);
    row("- texts of the results, gzip", &costs.first, &|cost| cost.texts, &kb);
    row("- rounds, results shown", &costs.first, &|cost| cost.rounds, &whole);
    row("- requests before the results", &costs.first, &|cost| cost.requests, &whole);
    row("next query: KB in all", &costs.next, &Cost::bytes, &kb);
    row("- parts of the index", &costs.next, &|cost| cost.shards, &kb);
    row("- rounds, results shown", &costs.next, &|cost| cost.rounds, &whole);
    row("work natively, ms", &costs.first, &|cost| cost.work as usize, &|us| {
        format!("{:.1}", us as f64 / 1e3)
    });
    let faults = index.not_there.borrow();
    table.note = format!(
        "{} queries: words of titles (one to five syllables side by side, three from anywhere) and {} subjects, half \
         of them without marks. From an app that runs and has `entry.json`; bytes are those of bodies.",
        count(costs.first.len() as u64),
        TOPICS.len() * 2,
    );
    if !faults.is_empty() {
        table.note.push_str(&format!(" FAULT: {} files were asked for that do not exist.", faults.len()));
    }
    table
}

/// The queries that cost most, for whoever looks for the reason.
pub fn dearest(costs: &Costs, most: usize) -> String {
    let mut all: Vec<_> = costs.first.iter().collect();
    all.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.bytes()));
    let line = |(words, cost): &(String, Cost)| format!("{:>8} bytes  {words}  {cost:?}\n", cost.bytes());
    all.into_iter().take(most).map(line).collect()
}
