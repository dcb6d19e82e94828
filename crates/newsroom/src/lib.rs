//! The editors' tool, as a library for its tests: check an archive, prepare it for the web, count its visits.
//!
//! Not here: arguments of the command line (`main`).
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod check;
pub mod cmd;
pub mod counts;
pub mod folder;
mod html;
mod media;
mod picture;
pub mod publish;
pub mod report;
