//! "Website liên kết": sites of other offices, in groups.

use super::Picture;
use archive::published::LinkGroup;
use leptos::prelude::*;

/// The groups of linked sites.
#[component]
pub(crate) fn LinkedSites(
    /// The groups.
    groups: Vec<LinkGroup>,
) -> impl IntoView {
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let sites: Vec<_> = group
                .sites
                .into_iter()
                .map(|linked| view! {
                    <li class="linked-sites__site">
                        {linked.logo.map(|logo| view! { <span class="linked-sites__logo"><Picture image=logo decorative=true/></span> })}
                        <a href=linked.url rel="noopener">{linked.name}</a>
                    </li>
                })
                .collect();
            view! {
                <div class="linked-sites__group">
                    <h3 class="linked-sites__name">{group.group}</h3>
                    <ul class="linked-sites__sites" role="list">{sites}</ul>
                </div>
            }
        })
        .collect();
    view! { <div class="linked-sites" lang="vi">{groups}</div> }
}
