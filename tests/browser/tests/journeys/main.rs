//! The journeys, each in every browser: `chromium::home::shows_hot_news_until_their_day`. How they are run and
//! where a new one belongs is said in tests/README.md.

mod accessible;
mod addresses;
mod article;
mod boot;
mod calendar;
mod category;
mod contents;
mod embedding;
mod embedding_page;
mod feed;
mod home;
mod hosts;
mod keyboard;
mod language;
mod layout;
mod navigation;
mod reading;
mod search;
mod sending;
mod states;
mod statistics;
mod steady;

use browser_tests::{Browser, BrowserDied, Outcome, Page, close_all, with_page};
use libtest_mimic::{Arguments, Trial};
use std::{future::Future, pin::Pin, process::ExitCode};

/// A journey and its name, which is a sentence.
pub struct Journey {
    name: &'static str,
    walk: Walk,
}

type Walk = fn(Page) -> Pin<Box<dyn Future<Output = Outcome>>>;

/// The journeys of a file, by the names of their functions.
#[macro_export]
macro_rules! journeys {
    ($($name:ident),* $(,)?) => {
        pub const JOURNEYS: &[$crate::Journey] =
            &[$($crate::Journey { name: stringify!($name), walk: |page| Box::pin($name(page)) }),*];
    };
}

fn main() -> ExitCode {
    let groups = [
        ("home", home::JOURNEYS),
        ("category", category::JOURNEYS),
        ("contents", contents::JOURNEYS),
        ("article", article::JOURNEYS),
        ("search", search::JOURNEYS),
        ("calendar", calendar::JOURNEYS),
        ("statistics", statistics::JOURNEYS),
        ("sending", sending::JOURNEYS),
        ("embedding_page", embedding_page::JOURNEYS),
        ("addresses", addresses::JOURNEYS),
        ("navigation", navigation::JOURNEYS),
        ("language", language::JOURNEYS),
        ("states", states::JOURNEYS),
        ("boot", boot::JOURNEYS),
        ("feed", feed::JOURNEYS),
        ("embedding", embedding::JOURNEYS),
        ("hosts", hosts::JOURNEYS),
        ("layout", layout::JOURNEYS),
        ("steady", steady::JOURNEYS),
        ("reading", reading::JOURNEYS),
        ("keyboard", keyboard::JOURNEYS),
        ("accessible", accessible::JOURNEYS),
    ];
    let mut trials = Vec::new();
    // All of one browser together: fewer browsers are open at a time.
    for browser in Browser::ALL {
        for (group, journeys) in &groups {
            for Journey { name, walk } in *journeys {
                let name = format!("{browser}::{group}::{name}");
                let journey = name.clone();
                let run =
                    move || walked(browser, &journey, *walk).map_err(|error| format!("{error:#}").into());
                trials.push(Trial::test(name, run));
            }
        }
    }
    let (arguments, filters) = arguments();
    trials.retain(|trial| {
        filters.is_empty() || filters.iter().any(|part| trial.name().contains(part.as_str()))
    });
    let conclusion = libtest_mimic::run(&arguments, trials);
    close_all();
    conclusion.exit_code()
}

/// Walks a journey; once more when its browser has died on the way, as WebKitGTK's does once in a thousand journeys.
fn walked(browser: Browser, name: &str, walk: Walk) -> Outcome {
    let first = with_page(browser, name, walk);
    match first {
        Err(error) if error.is::<BrowserDied>() => {
            eprintln!("{name}: once more, for {error:#}");
            with_page(browser, name, walk)
        }
        outcome => outcome,
    }
}

/// The harness's options, and the parts of names: it takes one of these, cargo's own harness takes several.
fn arguments() -> (Arguments, Vec<String>) {
    const WITH_VALUE: [&str; 5] = ["--skip", "--test-threads", "--format", "--color", "--logfile"];
    let mut options = Vec::new();
    let mut filters = Vec::new();
    let mut words = std::env::args();
    options.extend(words.next());
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            filters.push(word);
            continue;
        }
        let takes_value = WITH_VALUE.contains(&word.as_str());
        options.push(word);
        options.extend(takes_value.then(|| words.next()).flatten());
    }
    (Arguments::from_iter(options), filters)
}
