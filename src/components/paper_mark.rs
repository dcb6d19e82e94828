//! Where an article on paper comes from: its address in words, and as a QR code that leads back to it.

use super::site;
use leptos::prelude::*;
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
    let code = QrCode::encode_text(&address, QrCodeEcc::Medium).ok().map(|code| {
        let size = code.size();
        let mut path = String::new();
        for y in 0..size {
            for x in (0..size).filter(|&x| code.get_module(x, y)) {
                path.push_str(&format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET));
            }
        }
        let all = size + 2 * QUIET;
        view! {
            <svg class="paper-mark__code" viewBox=format!("0 0 {all} {all}") role="img" aria-label=words.address_code shape-rendering="crispEdges">
                <path d=path/>
            </svg>
        }
    });
    view! {
        <div class="paper-mark print-only">
            {code}
            <p><span>{words.printed_from}": "</span>{address}<br/>{words.printed_on}" "{words.date(site.today)}</p>
        </div>
    }
}
