//! A file that the reader has chosen. Not here: what is in it.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// The longest file that is read, in bytes: what no reader's visits can have made is not ours.
const LONGEST: u32 = 2_000_000;

/// The text of the file chosen in the input that the event comes from; `None` where none was chosen or it cannot be
/// read. The input is empty afterwards, so that the same file can be chosen again.
pub(crate) async fn chosen_text(event: &Event) -> Option<String> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    let too_long = file.size() > f64::from(LONGEST);
    let text = if too_long { None } else { wasm_bindgen_futures::JsFuture::from(file.text()).await.ok() };
    input.set_value("");
    // A file that is no text of ours is told like any other that cannot be read.
    Some(text.and_then(|text| text.as_string()).unwrap_or_default())
}
