//! A titled part of a page.

use super::site;
use leptos::prelude::*;

/// A heading of level 2, a rule above it, and what belongs to it.
#[component]
pub(crate) fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Where the heading leads, when it leads somewhere.
    #[prop(optional_no_strip)]
    href: Option<String>,
    /// The modifier of the style: `hot`, `side`, or none.
    #[prop(optional)]
    look: &'static str,
    /// Whether the heading is a name that comes with the archive: then it is in its language.
    #[prop(optional)]
    of_archive: bool,
    /// What kind of thing the heading names.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// What belongs to it.
    children: Children,
) -> impl IntoView {
    let class = if look.is_empty() { "section".to_owned() } else { format!("section section--{look}") };
    let name = title.clone();
    let lang = of_archive.then_some("vi");
    let kind = kind.map(|kind| {
        view! { <span class="section__kind" lang=site().words.lang.tag()>{kind}" "</span> }
    });
    view! {
        <section class=class aria-label=name lang=lang>
            <h2 class="section__title">
                {kind}
                {match href {
                    Some(href) => view! { <a href=href>{title}</a> }.into_any(),
                    None => title.into_any(),
                }}
            </h2>
            {children()}
        </section>
    }
}
