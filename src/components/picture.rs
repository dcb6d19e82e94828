//! A picture with its place kept free, so that nothing moves when it comes.

use super::site;
use archive::body::Image;
use leptos::prelude::*;

/// A picture. One that cannot be loaded leaves a quiet plate, not a broken frame.
#[component]
pub(crate) fn Picture(
    /// Which.
    image: Image,
    /// `true` beside a title that says the same: hidden from screen readers.
    #[prop(optional)]
    decorative: bool,
    /// `true` for the one picture that is seen first.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let source = site().image(&image.src);
    let alt = if decorative { String::new() } else { image.alt };
    view! {
        <span class="picture" data-failed=move || failed.get().then_some("")>
            <img
                src=source
                alt=alt
                width=image.width.map(|w| w.to_string())
                height=image.height.map(|h| h.to_string())
                loading=if first { "eager" } else { "lazy" }
                fetchpriority=first.then_some("high")
                decoding="async"
                on:error=move |_| failed.set(true)
            />
        </span>
    }
}
