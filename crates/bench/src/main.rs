//! `bench`: what `cargo xtask bench` runs. This file knows the commands and their options.
//!
//! Not here: what is measured (a module each), installing what it needs (xtask).

mod articles;
mod browser;
mod chance;
mod content;
mod cost;
mod describe;
mod generate;
mod ours;
mod queries;
mod ranking;
mod right;
mod rivals;
mod size;
mod table;
mod update;

use anyhow::{Context, Result};
use articles::{Articles, corpus};
use clap::{Parser, Subcommand, ValueEnum};
use rivals::Rivals;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use table::Table;

/// Measures the search.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// All tables, or one part.
    Search {
        #[command(flatten)]
        common: Common,
        /// One part only.
        #[arg(long)]
        only: Option<Part>,
        /// Puts the tables into docs/search.md.
        #[arg(long)]
        write: bool,
    },
    /// Whether who remembers words of a title finds the article.
    Ranking {
        #[command(flatten)]
        common: Common,
        /// Only our own index.
        #[arg(long)]
        ours: bool,
        #[command(flatten)]
        looking: Looking,
        /// Prints so many queries of each column that do not find their article first.
        #[arg(long, default_value_t = 0)]
        misses: usize,
    },
    /// What articles are like: the corpus beside generated ones.
    Describe {
        #[command(flatten)]
        common: Common,
    },
    /// Builds one index into the scratch folder: what `search` measures from outside.
    BuildOne {
        #[command(flatten)]
        common: Common,
    },
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Time, memory and size of building.
    Build,
    /// Requests and bytes of queries.
    Cost,
    /// Whether the index finds what is in the texts.
    Right,
    /// Known items.
    Ranking,
    /// What one more article changes.
    Update,
    /// Time, requests and bytes in Chromium.
    Browser,
}

#[derive(clap::Args)]
struct Common {
    /// How many articles.
    #[arg(long)]
    articles: Option<u32>,
    /// Generated articles, also where the corpus is there.
    #[arg(long)]
    generated: bool,
    /// A folder for what is built; what is in it is replaced.
    #[arg(long)]
    scratch: Option<PathBuf>,
    /// Takes the index that an earlier run has built of so many articles, for a part that only asks it.
    #[arg(long)]
    keep: bool,
    /// MiB that postings may take in memory while the index is built.
    #[arg(long, default_value_t = 400)]
    memory: usize,
}

/// As many as the corpus has.
const OF_CORPUS: u32 = 20_000;
/// Most articles that Pagefind is given: for so many it takes 7 GB.
const OF_PAGEFIND: u32 = 35_000;

impl Common {
    /// Articles of the corpus, where it is there and has so many; or else generated ones.
    fn articles(&self, count: u32) -> Result<Articles> {
        match corpus() {
            Some(file) if !self.generated && count <= OF_CORPUS => Articles::of_corpus(&file, count),
            _ => Ok(Articles::generated(count, count)),
        }
    }

    fn scratch(&self) -> Result<PathBuf> {
        match &self.scratch {
            Some(folder) => Ok(folder.clone()),
            // Beside the program that runs: in Cargo's target folder, wherever that is.
            None => {
                Ok(std::env::current_exe()?.parent().context("no folder of this program")?.join("bench-work"))
            }
        }
    }
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::BuildOne { common } => {
            let articles = common.articles(common.articles.unwrap_or(OF_CORPUS))?;
            ours::build_into(&articles, &common.scratch()?, common.memory << 20)?;
            Ok(())
        }
        Command::Describe { common } => {
            let count = common.articles.unwrap_or(OF_CORPUS);
            let mut kinds = Vec::new();
            if let Some(file) = corpus() {
                kinds.push(("corpus", describe::describe(&Articles::of_corpus(&file, count)?)));
            }
            kinds.push(("generated", describe::describe(&Articles::generated(count, count))));
            println!("{}", describe::table(&kinds).text());
            Ok(())
        }
        Command::Search { common, only, write } => search(&common, only, write),
        Command::Ranking { common, looking, ours: only_ours, misses } => {
            let rivals = if only_ours { None } else { Rivals::find()? };
            println!("{}", ranking(&common, &looking, misses, rivals.as_ref())?.text());
            Ok(())
        }
    }
}

fn search(common: &Common, only: Option<Part>, write: bool) -> Result<()> {
    let scratch = common.scratch()?;
    let rivals = Rivals::find()?;
    if rivals.is_none() {
        eprintln!("BANTIN_RIVALS is not set, so nothing is compared; `cargo xtask bench search` sets it.");
    }
    if corpus().is_none() && !common.generated {
        eprintln!(
            "There is no corpus (../shared/corpus or BANTIN_CORPUS), so articles are generated instead. Ranking \
             says little about real ones."
        );
    }
    let wanted = |part: Part| only.is_none_or(|only| only == part);
    let emit = |table: Table| -> Result<()> {
        println!("{}", table.text());
        if write {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/search.md");
            table::write_into(&file, &[table])?;
        }
        Ok(())
    };
    let sizes = common.articles.map_or_else(|| vec![5_000, OF_CORPUS, 100_000], |count| vec![count]);
    for count in sizes {
        let articles = Arc::new(common.articles(count)?);
        let folder = scratch.join(count.to_string());
        // A part alone needs the index that the first part builds.
        let there = common.keep && folder.join("ours").join(ours::MANIFEST).is_file();
        if !wanted(Part::Build) && !there && [Part::Cost, Part::Right, Part::Browser].into_iter().any(wanted)
        {
            size::build_ours(&articles, &folder.join("ours"), common.memory)?;
        }
        if wanted(Part::Build) {
            let rivals = rivals.as_ref().filter(|_| count <= OF_PAGEFIND);
            emit(size::table(&articles, &folder, common.memory, rivals)?)?;
        }
        if wanted(Part::Cost) {
            let index = ours::Index::open(&folder.join("ours"), &articles)?;
            let costs = cost::measure(&index, &cost::queries(&articles, 1))?;
            eprintln!("The dearest:\n{}", cost::dearest(&costs, 12));
            emit(cost::table(&index, &articles, &costs))?;
        }
        if wanted(Part::Right) && count <= OF_CORPUS {
            let index = ours::Index::open(&folder.join("ours"), &articles)?;
            emit(right::table(&index, &articles, &cost::queries(&articles, 2))?)?;
        }
        // Three sizes would say the same thrice: of those that are usual only that of the corpus.
        if wanted(Part::Browser) && (common.articles.is_some() || count == OF_CORPUS) {
            let index = ours::Index::open(&folder.join("ours"), &articles)?;
            let pairs = browser::pairs(&index, &cost::queries(&articles, 1), 10)?;
            let mut engines = vec![("ours", browser::ours(&articles, &index, &pairs)?)];
            if let Some(rivals) = rivals.as_ref().filter(|_| count <= OF_PAGEFIND) {
                if !wanted(Part::Build) {
                    size::build_pagefind(&articles, rivals, &folder)?;
                }
                engines.push(("Pagefind", browser::pagefind(&folder.join("pagefind"), &pairs)?));
            }
            browser::end();
            emit(browser::table(&articles, &engines))?;
        }
    }
    if wanted(Part::Update) {
        let count = common.articles.unwrap_or(100_000);
        emit(update::table(count, &update::measure(count, &scratch.join("update"))?))?;
    }
    if wanted(Part::Ranking) {
        emit(ranking(common, &Looking { sample: 1000, seed: 1, any_run: false }, 0, rivals.as_ref())?)?;
    }
    Ok(())
}

/// How known items are looked for.
#[derive(clap::Args)]
struct Looking {
    /// How many articles are looked for.
    #[arg(long, default_value_t = 1000)]
    sample: usize,
    /// Another sample.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Syllables side by side may begin and end with such that say nothing: "của Trung Quốc".
    #[arg(long)]
    any_run: bool,
}

fn ranking(common: &Common, looking: &Looking, misses: usize, rivals: Option<&Rivals>) -> Result<Table> {
    let articles = common.articles(common.articles.unwrap_or(5_000).min(OF_CORPUS))?;
    let folder = common.scratch()?.join("ranking");
    let ours = folder.join("ours");
    ours::build_into(&articles, &ours, common.memory << 20)?;
    let index = ours::Index::open(&ours, &articles)?;
    let items = ranking::items(&articles, looking.sample, looking.seed, looking.any_run);
    let positions = ranking::ours(&index, &articles, &items)?;
    let mut engines = vec![("ours", ranking::scores(&items, &positions))];
    let faults = index.not_there.borrow();
    if !faults.is_empty() {
        eprintln!("FAULT: files asked for that do not exist: {faults:?}");
    }
    for column in 0..6 {
        let missed = items.iter().zip(&positions).filter(|(item, p)| item.column == column && **p != Some(0));
        for (item, position) in missed.take(misses) {
            let position = position.map_or("-".into(), |p| (p + 1).to_string());
            println!("{column} {position:>2}  {:40}  {}", item.words, articles.words(item.number).title);
        }
    }
    if let Some(rivals) = rivals {
        let asked = ranking::asked(&items);
        let answers = rivals.ask_minisearch(&folder, &articles, &asked)?;
        engines.push(("MiniSearch", ranking::scores(&items, &ranking::theirs(&items, &answers))));
        size::build_pagefind(&articles, rivals, &folder)?;
        let answers = rivals.ask_pagefind(&folder, &folder.join("pagefind"), &asked)?;
        engines.push(("Pagefind", ranking::scores(&items, &ranking::theirs(&items, &answers))));
    }
    Ok(ranking::table(&articles, &engines))
}
