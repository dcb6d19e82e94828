//! A picture that opens larger.

use super::{Picture, site};
use archive::body::Image;
use leptos::prelude::*;

/// Shows a picture larger; the page of an article provides it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Enlarge(pub(crate) Callback<Image>);

/// A picture that is a link to itself, and with a plain click opens larger on this page.
#[component]
pub(crate) fn LargerPicture(
    /// Which.
    image: Image,
    /// `true` for the one picture that is seen first.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let site = site();
    let Enlarge(enlarge) = expect_context();
    let name = [site.words.picture_larger, ": ", &image.alt].concat();
    let name = name.trim_end_matches([' ', ':']).to_owned();
    let (href, shown) = (site.image(&image.src), image.clone());
    view! {
        <a class="larger-picture" href=href aria-label=name on:click=move |event| {
            // Whoever wants another tab gets it.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                enlarge.run(shown.clone());
            }
        }><Picture image=image first=first sizes="(min-width: 44rem) 42rem, 94vw"/></a>
    }
}
