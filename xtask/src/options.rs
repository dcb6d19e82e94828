//! The words after a command. Not in it: what they mean.

use std::path::PathBuf;

use crate::process::{Failure, Outcome};

/// The options of one command, and its other words in the order they came.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    named: Vec<(String, String)>,
    /// Words that are no options.
    pub(crate) words: Vec<String>,
    /// What follows `--`.
    pub(crate) rest: Vec<String>,
}

impl Options {
    /// `known` are the options: `--name` is a switch, `--name=` takes a value, `WORDS` allows other words.
    pub(crate) fn parse(command: &str, known: &[&str], arguments: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let words_allowed = known.contains(&"WORDS");
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" && words_allowed {
                options.rest = arguments.by_ref().cloned().collect();
                break;
            }
            if words_allowed && !argument.starts_with('-') {
                options.words.push(argument.clone());
                continue;
            }
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let takes_value = known.contains(&format!("{name}=").as_str());
            let value = match value {
                Some(value) if takes_value => value,
                None if takes_value => arguments
                    .next()
                    .cloned()
                    .ok_or_else(|| Failure::usage(format!("`{name}` needs a value: {name} VALUE")))?,
                None if known.contains(&name) => String::new(),
                Some(_) if known.contains(&name) => {
                    return Err(Failure::usage(format!("`{name}` takes no value.")));
                }
                _ => return Err(unknown(command, known, argument)),
            };
            if options.value(name).is_some() {
                return Err(Failure::usage(format!("`{name}` is given twice.")));
            }
            options.named.push((name.to_owned(), value));
        }
        Ok(options)
    }

    /// The value of `--name VALUE`.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether the switch is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// A path, absolute; a relative one starts where the command was given, not at the repository's root.
    pub(crate) fn path(&self, name: &str) -> Outcome<Option<PathBuf>> {
        self.value(name)
            .map(|value| {
                std::path::absolute(value)
                    .map_err(|error| Failure::usage(format!("`{name} {value}` is no path: {error}")))
            })
            .transpose()
    }
}

fn unknown(command: &str, known: &[&str], argument: &str) -> Failure {
    let options: Vec<&str> =
        known.iter().filter(|name| name.starts_with('-')).map(|name| name.trim_end_matches('=')).collect();
    Failure::usage(if options.is_empty() {
        format!("`{command}` does not take `{argument}`. `cargo xtask help` shows what there is.")
    } else {
        let near = nearest(argument, options.iter().copied());
        format!(
            "`{command}` has no option `{argument}`. The nearest is `{near}`; it has {}.",
            options.join(", ")
        )
    })
}

/// The candidate that takes the fewest letters to change into (Levenshtein).
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> &'a str {
    candidates.min_by_key(|candidate| distance(word, candidate)).unwrap_or_default()
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse("serve", &["--port=", "--watch", "--content="], &words).map_err(|failure| failure.text)
    }

    #[test]
    fn a_value_may_follow_a_space_or_an_equals_sign() {
        let spaced = parse("--port 8081 --watch").expect("good options");
        assert_eq!(spaced, parse("--port=8081 --watch").expect("good options"));
        assert_eq!((spaced.value("--port"), spaced.has("--watch")), (Some("8081"), true));
        assert_eq!(spaced.value("--content"), None);
    }

    #[test]
    fn a_wrong_option_is_answered_with_the_nearest() {
        assert!(parse("--prt 1").is_err_and(|text| text.contains("The nearest is `--port`")));
        assert!(parse("--wach").is_err_and(|text| text.contains("The nearest is `--watch`")));
        assert!(parse("8081").is_err());
        assert!(parse("--port").is_err_and(|text| text.contains("needs a value")));
        assert!(parse("--watch=yes").is_err_and(|text| text.contains("takes no value")));
        assert!(parse("--port 1 --port 2").is_err_and(|text| text.contains("twice")));
    }

    #[test]
    fn only_a_command_with_words_takes_words() {
        let arguments = ["chromium", "search", "--", "--nocapture"].map(str::to_owned);
        let options = Options::parse("test", &["WORDS"], &arguments).expect("good words");
        assert_eq!(options.words, ["chromium", "search"]);
        assert_eq!(options.rest, ["--nocapture"]);
        assert!(Options::parse("lint", &[], &arguments).is_err());
    }

    #[test]
    fn distance_is_a_metric_on_small_words() {
        let words = ["", "test", "tset", "serve", "server", "lint"];
        for a in words {
            assert_eq!(distance(a, a), 0);
            for b in words {
                assert_eq!(distance(a, b), distance(b, a));
                for c in words {
                    assert!(distance(a, c) <= distance(a, b) + distance(b, c));
                }
            }
        }
        assert_eq!(nearest("sreve", ["setup", "serve", "test"].into_iter()), "serve");
    }
}
