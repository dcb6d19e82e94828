//! Reading aloud, sentence by sentence, with the sentence that is spoken marked in the page.
//!
//! The sentences are taken from the page as it stands, so they are right also where a translator has rewritten it.
//! They are marked by the browser's own highlights, which change nothing in the page; where it has none, the block that
//! holds the sentence gets `data-spoken`. Not here: what the buttons say (`components`), when to speak (`pages`).

use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Element, Node, Range, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(catch, constructor)]
    fn new(range: &Range) -> Result<Highlight, JsValue>;

    #[wasm_bindgen(js_namespace = CSS, js_name = highlights, thread_local_v2)]
    static HIGHLIGHTS: JsValue;
}

/// Name of the highlight, for `::highlight(spoken)`.
const SPOKEN: &str = "spoken";

/// Blocks that are read, each by itself.
const BLOCKS: &str = "p, li, h2, h3, h4, figcaption, caption, th, td, summary, pre";

/// A sentence of the page.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    text: String,
    range: Range,
    block: Element,
}

/// The sentences of the elements that fit, in order.
pub(crate) fn sentences(selector: &str) -> Vec<Sentence> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Vec::new() };
    let mut found = Vec::new();
    let Ok(roots) = document.query_selector_all(selector) else { return found };
    for root in (0..roots.length()).filter_map(|i| roots.get(i)?.dyn_into::<Element>().ok()) {
        if root.matches(BLOCKS).unwrap_or(false) || root.query_selector(BLOCKS).ok().flatten().is_none() {
            of_block(&root, &mut found);
            continue;
        }
        let Ok(blocks) = root.query_selector_all(BLOCKS) else { continue };
        for block in (0..blocks.length()).filter_map(|i| blocks.get(i)?.dyn_into::<Element>().ok()) {
            of_block(&block, &mut found);
        }
    }
    found
}

/// The sentences of one block, without those of the blocks inside it.
fn of_block(block: &Element, found: &mut Vec<Sentence>) {
    let mut texts = Vec::new();
    own_texts(block, &mut texts);
    let whole: String = texts.iter().filter_map(Node::text_content).collect();
    for range in viet_text::sentences(&whole) {
        let text = whole[range.clone()].to_owned();
        let place = || {
            let made = Range::new().ok()?;
            let (node, at) = place_of(&texts, utf16(&whole[..range.start]))?;
            made.set_start(&node, at).ok()?;
            let (node, at) = place_of(&texts, utf16(&whole[..range.end]))?;
            made.set_end(&node, at).ok()?;
            Some(made)
        };
        if let Some(range) = place() {
            found.push(Sentence { text, range, block: block.clone() });
        }
    }
}

fn own_texts(node: &Node, texts: &mut Vec<Node>) {
    let children = node.child_nodes();
    for child in (0..children.length()).filter_map(|i| children.get(i)) {
        match child.dyn_ref::<Element>() {
            Some(element) if element.matches(BLOCKS).unwrap_or(false) => {}
            Some(element) => own_texts(element, texts),
            None if child.node_type() == Node::TEXT_NODE => texts.push(child),
            None => {}
        }
    }
}

fn utf16(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// The text node that holds this place, counted in UTF-16 from the first one's start.
fn place_of(texts: &[Node], mut at: u32) -> Option<(Node, u32)> {
    for node in texts {
        let length = utf16(&node.text_content()?);
        if at <= length {
            return Some((node.clone(), at));
        }
        at -= length;
    }
    None
}

fn synthesis() -> Option<SpeechSynthesis> {
    let window = web_sys::window()?;
    let there = js_sys::Reflect::has(&window, &"speechSynthesis".into()).unwrap_or(false);
    if there { window.speech_synthesis().ok() } else { None }
}

/// A voice of this language (BCP 47, its first part). Some browsers have their list only a while after they are asked.
fn voice(language: &str) -> Option<SpeechSynthesisVoice> {
    let all = synthesis()?.get_voices();
    let mut voices = all.iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    // Android writes `vi_VN`.
    voices
        .find(|voice| voice.lang().split(['-', '_']).next().is_some_and(|l| l.eq_ignore_ascii_case(language)))
}

/// Whether there is a voice of this language by now.
pub(crate) fn has_voice(language: &str) -> bool {
    voice(language).is_some()
}

/// One reading of a text: it speaks until it is dropped.
#[derive(Debug)]
pub(crate) struct Speaker {
    language: String,
    /// Kept: some browsers lose an utterance, and with it its end, when nobody holds it.
    spoken: Rc<RefCell<Option<SpeechSynthesisUtterance>>>,
}

impl Speaker {
    pub(crate) fn new(language: &str) -> Self {
        Self { language: language.to_owned(), spoken: Rc::default() }
    }

    /// Speaks a sentence and marks it; `then` is told when it has been spoken to its end, and not when it was ended.
    pub(crate) fn speak(&self, sentence: &Sentence, rate: f32, then: impl FnOnce() + 'static) {
        self.quiet();
        let (Some(synthesis), Ok(utterance)) =
            (synthesis(), SpeechSynthesisUtterance::new_with_text(&sentence.text))
        else {
            return;
        };
        mark(sentence);
        if let Some(voice) = voice(&self.language) {
            utterance.set_lang(&voice.lang());
            utterance.set_voice(Some(&voice));
        }
        utterance.set_rate(rate);
        let (spoken, this) = (self.spoken.clone(), utterance.clone());
        let ended = Closure::once_into_js(move || {
            let is_this = spoken.borrow().as_ref() == Some(&this);
            if is_this {
                then();
            }
        });
        utterance.set_onend(Some(ended.unchecked_ref()));
        *self.spoken.borrow_mut() = Some(utterance.clone());
        synthesis.speak(&utterance);
    }

    /// Ends what is spoken; the mark goes.
    pub(crate) fn quiet(&self) {
        self.spoken.borrow_mut().take();
        if let Some(synthesis) = synthesis() {
            synthesis.cancel();
        }
        unmark();
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.quiet();
    }
}

fn mark(sentence: &Sentence) {
    let set = Highlight::new(&sentence.range).ok().and_then(|highlight| {
        let highlights = HIGHLIGHTS.with(Clone::clone).dyn_into::<js_sys::Map>().ok();
        // No Map by its class, but one by what it can do.
        let highlights = highlights
            .or_else(|| HIGHLIGHTS.with(|map| (!map.is_undefined()).then(|| map.clone().unchecked_into())));
        highlights.map(|map: js_sys::Map| map.set(&SPOKEN.into(), &highlight))
    });
    if set.is_none() {
        let _ = sentence.block.set_attribute("data-spoken", "");
    }
    // In sight, but no further than needed.
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    sentence.block.scroll_into_view_with_scroll_into_view_options(&options);
}

fn unmark() {
    HIGHLIGHTS.with(|map| {
        if !map.is_undefined() {
            map.unchecked_ref::<js_sys::Map>().delete(&SPOKEN.into());
        }
    });
    let marked = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("[data-spoken]").ok().flatten());
    if let Some(block) = marked {
        let _ = block.remove_attribute("data-spoken");
    }
}
