//! The code of what few hosts ask for, loaded only then: search, one article, the calendar of this week, figures.

use bantin_embed::more::Seek;
use wasm_bindgen::JsValue;

fn main() {}

bantin_embed::listing!(Seek<JsValue>);
