//! The three kinds of state, and no fourth: the question (`address`), the answer (`data::load` gives it), and
//! the reader's own (`preferences`, `shelf`, `since`, `visits`).

pub(crate) mod address;
pub(crate) mod preferences;
pub(crate) mod shelf;
pub(crate) mod since;
pub(crate) mod visits;
