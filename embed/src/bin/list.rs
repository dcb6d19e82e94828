//! The code of lists of headlines: what most hosts need, in as few bytes as can be.
//!
//! Not here: search, articles, the calendar, figures (`more`).

use bantin_embed::source::Reading;
use wasm_bindgen::JsValue;

fn main() {}

bantin_embed::listing!(Reading<JsValue>);
