//! Tables: on the terminal, and in docs/search.md between `<!-- bench:begin -->` and `<!-- bench:end -->`.
//!
//! Each table has a heading; writing one replaces the one with the same heading and leaves the others.

use anyhow::{Context, Result, bail};
use std::{fmt::Write, fs, path::Path};

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// A table with a heading and a note below.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub heading: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub note: String,
}

impl Table {
    pub fn new(heading: impl Into<String>, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Self { heading: heading.into(), columns, ..Self::default() }
    }

    /// In Markdown, which a terminal shows well enough.
    pub fn text(&self) -> String {
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at)).chain(self.columns.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let line = |cells: &[String]| {
            let mut line = String::from("|");
            for (at, cell) in cells.iter().enumerate() {
                let gap = " ".repeat(width(at).saturating_sub(cell.chars().count()));
                // Numbers stand at the right, and what they are of at the left.
                let _ = if at == 0 { write!(line, " {cell}{gap} |") } else { write!(line, " {gap}{cell} |") };
            }
            line
        };
        let mut rules = String::from("|");
        for at in 0..self.columns.len() {
            let _ = match at {
                0 => write!(rules, " {} |", "-".repeat(width(at).max(3))),
                _ => write!(rules, " {}: |", "-".repeat(width(at).max(3) - 1)),
            };
        }
        let mut text = format!("### {}\n\n{}\n{rules}\n", self.heading, line(&self.columns));
        for row in &self.rows {
            text.push_str(&line(row));
            text.push('\n');
        }
        if !self.note.is_empty() {
            let _ = write!(text, "\n{}\n", self.note);
        }
        text
    }
}

/// Puts tables into the block of a document; one that is not there is made.
pub fn write_into(file: &Path, tables: &[Table]) -> Result<()> {
    let old = match fs::read_to_string(file) {
        Ok(old) => old,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            format!("# Search\n\n{BEGIN}\n{END}\n")
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let new = replaced(&old, tables).with_context(|| format!("cannot write into {}", file.display()))?;
    fs::write(file, new).with_context(|| format!("cannot write {}", file.display()))
}

fn replaced(document: &str, tables: &[Table]) -> Result<String> {
    let Some((before, rest)) = document.split_once(BEGIN) else {
        bail!("there is no line {BEGIN}: put it where the tables belong, and {END} below it")
    };
    let Some((block, after)) = rest.split_once(END) else { bail!("there is no line {END} below {BEGIN}") };
    let mut sections: Vec<(String, String)> = Vec::new();
    for section in format!("\n{block}").split("\n### ").skip(1) {
        let heading = section.lines().next().unwrap_or_default().to_owned();
        sections.push((heading, format!("### {}\n", section.trim_end())));
    }
    for table in tables {
        match sections.iter_mut().find(|(heading, _)| *heading == table.heading) {
            Some((_, text)) => *text = table.text(),
            None => sections.push((table.heading.clone(), table.text())),
        }
    }
    let block: String = sections.iter().map(|(_, text)| format!("\n{text}")).collect();
    Ok(format!("{before}{BEGIN}\n{block}\n{END}{after}"))
}

/// A number with its thousands parted.
pub fn count(number: impl TryInto<u64>) -> String {
    let Ok(number) = number.try_into() else { return "-".into() };
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes as KB of 1,000, with one digit where there are few.
pub fn kb(bytes: usize) -> String {
    if bytes < 100_000 { format!("{:.1}", bytes as f64 / 1e3) } else { count(bytes.div_ceil(1_000) as u64) }
}

/// Bytes as MB of 1,000,000.
pub fn mb(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.2}", bytes as f64 / 1e6),
        1_000_000..100_000_000 => format!("{:.1}", bytes as f64 / 1e6),
        _ => count(bytes / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(heading: &str, cell: &str) -> Table {
        let mut table = Table::new(heading, &["What", "KB"]);
        table.rows.push(vec![cell.into(), "1".into()]);
        table
    }

    #[test]
    fn a_table_replaces_its_own_and_no_other() {
        let document = format!("# Search\n\nBefore.\n\n{BEGIN}\n{END}\n\nAfter.\n");
        let both = replaced(&document, &[table("One", "old"), table("Two", "kept")]).expect("a block");
        let new = replaced(&both, &[table("One", "new")]).expect("a block");
        assert!(new.contains("| new ") && !new.contains("| old ") && new.contains("| kept "), "{new}");
        assert!(new.starts_with("# Search\n\nBefore.\n") && new.ends_with("\n\nAfter.\n"));
        assert_eq!(replaced(&new, &[table("One", "new")]).expect("a block"), new);
        assert!(replaced("no block", &[]).is_err());
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(["1", "999", "1,000", "1,234,567"], [1u64, 999, 1000, 1_234_567].map(count));
    }
}
