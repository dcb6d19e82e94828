//! Comparing what a page shows with what it should show; a failure says both.

use anyhow::{Result, ensure};
use std::fmt::Debug;

/// The two are the same.
///
/// # Errors
/// Says what was looked at, what was there and what should have been.
pub fn same<A: PartialEq<B> + Debug, B: Debug>(what: &str, found: A, expected: B) -> Result<()> {
    ensure!(found == expected, "{what}:\n   found {found:?}\nexpected {expected:?}");
    Ok(())
}

/// The text has this part.
///
/// # Errors
/// Says what was looked at and its text.
pub fn contains(what: &str, text: &str, part: &str) -> Result<()> {
    ensure!(text.contains(part), "{what}: there is no {part:?} in {text:?}");
    Ok(())
}

/// The condition holds.
///
/// # Errors
/// Says what should have been.
pub fn holds(what: &str, condition: bool) -> Result<()> {
    ensure!(condition, "{what}");
    Ok(())
}
