//! A titled part of a page.

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
    /// What kind of thing the heading names, where that is a name of the archive's: in its language, then.
    #[prop(optional_no_strip)]
    kind: Option<&'static str>,
    /// What belongs to it.
    children: Children,
) -> impl IntoView {
    let class = if look.is_empty() { "section".to_owned() } else { format!("section section--{look}") };
    let name = title.clone();
    let lang = kind.map(|_| "vi");
    view! {
        <section class=class aria-label=name>
            <h2 class="section__title">
                {kind.map(|kind| view! { <span class="section__kind">{kind}" "</span> })}
                {match href {
                    Some(href) => view! { <a href=href lang=lang>{title}</a> }.into_any(),
                    None => view! { <span lang=lang>{title}</span> }.into_any(),
                }}
            </h2>
            {children()}
        </section>
    }
}
