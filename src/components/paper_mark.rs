//! Where an article on paper comes from: its address in words, and as a QR code that leads back to it.

use super::site;
use leptos::{ev, prelude::*, svg};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white that a reader of codes needs around one.
const QUIET: i32 = 4;

/// The last lines of a printed article.
#[component]
pub(crate) fn PaperMark(
    /// The whole address of the article.
    address: String,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    // Most articles are never printed. Set by hand and not by a signal, because the browser takes the page as it stands
    // when the event is over, and where `print()` asked for it, no signal has had its turn by then.
    let (code, path) = (NodeRef::<svg::Svg>::new(), NodeRef::<svg::Path>::new());
    let encoded = address.clone();
    let printing = window_event_listener(ev::beforeprint, move |_| {
        if let (Some(code), Some(path)) = (code.get_untracked(), path.get_untracked())
            && let Some((size, modules)) = drawn(&encoded)
        {
            let _ = code.set_attribute("viewBox", &format!("0 0 {size} {size}"));
            let _ = path.set_attribute("d", &modules);
        }
    });
    on_cleanup(move || printing.remove());
    view! {
        <div class="paper-mark print-only">
            <svg class="paper-mark__code" node_ref=code role="img" aria-label=words.address_code shape-rendering="crispEdges">
                <path node_ref=path/>
            </svg>
            <p><span>{words.printed_from}": "</span>{address}<br/>{words.printed_on}" "{words.date(site.today)}</p>
        </div>
    }
}

/// The width of a text's code with the white around it, in modules, and its dark ones; none where it is too long.
fn drawn(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut modules = String::new();
    for y in 0..size {
        for x in (0..size).filter(|&x| code.get_module(x, y)) {
            modules.push_str(&format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    Some((size + 2 * QUIET, modules))
}
