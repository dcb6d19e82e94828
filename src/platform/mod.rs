//! The browser behind small doors. Everything that names `web_sys` is here or in `data::get`.
//!
//! Not here: what the results mean.

pub(crate) mod beacon;
pub(crate) mod chance;
pub(crate) mod clock;
pub(crate) mod database;
pub(crate) mod document;
pub(crate) mod download;
pub(crate) mod history;
pub(crate) mod html;
pub(crate) mod network;
pub(crate) mod pace;
pub(crate) mod panic;
pub(crate) mod share;
pub(crate) mod speech;
pub(crate) mod storage;
pub(crate) mod upload;
