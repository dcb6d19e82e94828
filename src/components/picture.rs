//! A picture with its place kept free, so that nothing moves when it comes.

use super::site;
use archive::body::{Format, Image};
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
    /// How wide it is shown, as the attribute `sizes` has it, where that is not all of the window.
    #[prop(default = "100vw")]
    sizes: &'static str,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let site = site();
    let source = site.image(&image.src);
    let set = |format| {
        let copies = image.widths.iter().filter_map(|&width| Some((image.scaled(width, format)?, width)));
        // The picture itself is the largest of the plain ones.
        let own = image.width.filter(|_| format == Format::Plain).map(|width| (image.src.clone(), width));
        let all: Vec<_> =
            copies.chain(own).map(|(src, width)| format!("{} {width}w", site.image(&src))).collect();
        (!image.widths.is_empty() && !all.is_empty()).then(|| all.join(", "))
    };
    let (avif, plain) = (set(Format::Avif), set(Format::Plain));
    let tint = image.tint.map(|tint| tint.to_string());
    let alt = if decorative { String::new() } else { image.alt };
    view! {
        <span class="picture" data-failed=move || failed.get().then_some("") style:background-color=tint>
            <picture>
                {avif.map(|set| view! { <source type="image/avif" srcset=set sizes=sizes/> })}
                <img
                // Before `src`, so that it is not asked for and then another.
                sizes=plain.is_some().then_some(sizes)
                srcset=plain
                src=source
                alt=alt
                width=image.width.map(|w| w.to_string())
                height=image.height.map(|h| h.to_string())
                loading=if first { "eager" } else { "lazy" }
                fetchpriority=first.then_some("high")
                decoding="async"
                on:error=move |_| failed.set(true)
                />
            </picture>
        </span>
    }
}
