//! The foot of every page: who publishes and how to reach them.

use super::site;
use leptos::prelude::*;
use routes::{Agenda, Route};

/// The imprint that every state portal carries.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let site = site();
    let (words, portal) = (site.words, &site.portal);
    let line = |name: &'static str, value: &str| {
        let value = value.to_owned();
        (!value.is_empty()).then(|| view! { <p><span class="footer__name">{name}": "</span>{value}</p> })
    };
    let email = portal.email.clone();
    view! {
        <footer class="footer">
            <nav class="page footer__pages no-print" aria-label=words.more_pages>
                {[(Route::Calendar(Agenda::default()), words.calendar), (Route::Contents, words.archive), (Route::Saved, words.saved), (Route::Statistics, words.statistics), (Route::Embedding(Box::default()), words.embed.title)]
                    .map(|(route, name)| view! { <a href=site.href(&route)>{name}</a> })
                    .collect_view()}
                {site.feed(None).map(|feed| view! { <a href=feed type="application/rss+xml">{words.feed}</a> })}
            </nav>
            <div class="page footer__inside" lang="vi">
                <div>
                    <p class="footer__unit">{portal.unit.clone()}</p>
                    {line(words.address, &portal.address)}
                    {line(words.responsible, &portal.responsible)}
                </div>
                <div>
                    {line(words.phone, &portal.phone)}
                    {(!email.is_empty()).then(|| view! {
                        <p><span class="footer__name">{words.email}": "</span><a href=format!("mailto:{email}")>{email.clone()}</a></p>
                    })}
                    {(!portal.notice.is_empty()).then(|| view! { <p class="footer__notice">{portal.notice.clone()}</p> })}
                </div>
            </div>
        </footer>
    }
}
