//! Files to take away with an article.

use super::{Section, site};
use archive::published::Attachment;
use leptos::prelude::*;

/// The list of an article's attachments, each with type and size; nothing where there are none.
#[component]
pub(crate) fn Attachments(
    /// The files.
    attachments: Vec<Attachment>,
) -> impl IntoView {
    let site = site();
    (!attachments.is_empty()).then(|| {
        let items: Vec<_> = attachments
            .into_iter()
            .map(|file| {
                let kind = file.kind();
                let size = file.size.map(|bytes| site.words.size(bytes));
                let about: Vec<_> = [Some(kind).filter(|k| !k.is_empty()), size].into_iter().flatten().collect();
                let about = about.join(", ");
                view! {
                    <li class="attachments__item">
                        <a href=site.target(&file.url) download="">{file.title}</a>
                        {(!about.is_empty()).then(|| view! { " " <span class="attachments__about">{about}</span> })}
                    </li>
                }
            })
            .collect();
        view! {
            <Section title=site.words.attachments look="inside">
                <ul class="attachments" role="list">{items}</ul>
            </Section>
        }
    })
}
