//! What a command tells its user about problems: for people, and for programs.

use archive::{Problem, Severity};
use serde::Serialize;
use std::fmt;

/// The sum of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Article files looked at.
    pub articles: usize,
    /// Problems that keep the archive from being published.
    pub errors: usize,
    /// Problems that only readers suffer from.
    pub warnings: usize,
}

impl Summary {
    /// Counts problems.
    pub fn of(articles: usize, problems: &[Problem]) -> Self {
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        Self { articles, errors, warnings: problems.len() - errors }
    }
}

/// `70 articles, 2 errors, 1 warning`
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let (articles, errors) = (one(self.articles, "article"), one(self.errors, "error"));
        write!(f, "{articles}, {errors}, {}", one(self.warnings, "warning"))
    }
}

/// One line a problem, each with a newline. Control characters of file names and fields are made visible, so
/// that a report cannot steer a terminal.
pub fn text(problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        let line = problem.to_string();
        let visible = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        line.chars().map(visible).collect::<String>() + "\n"
    };
    problems.iter().map(line).collect()
}

/// An object with the list `problems` and the object `summary`, ending with a newline.
///
/// # Errors
/// None that can happen: the types have no maps with other keys than texts.
pub fn json(problems: &[Problem], summary: Summary) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Report<'a> {
        problems: &'a [Problem],
        summary: Summary,
    }
    Ok(serde_json::to_string_pretty(&Report { problems, summary })? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_counts_in_words_of_the_right_number() {
        let problems = [Problem::error("a", "b", "c", "d"), Problem::warning("a", "b", "c", "d")];
        assert_eq!(Summary::of(70, &problems).to_string(), "70 articles, 1 error, 1 warning");
        assert_eq!(Summary::of(1, &[]).to_string(), "1 article, 0 errors, 0 warnings");
    }

    #[test]
    fn a_report_cannot_steer_a_terminal() {
        let problem = Problem::error("articles/\u{1b}[2J.json", "id", "Một.", "Hai.");
        assert_eq!(text(&[problem]), "articles/\\u{1b}[2J.json: id: Một. Hai.\n");
    }
}
