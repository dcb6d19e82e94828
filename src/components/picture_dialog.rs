//! A picture of an article, as large as the window.

use super::site;
use archive::body::Image;
use leptos::{html, prelude::*};

/// Shows one of the pictures while `shown` says which; all is as before when it is closed, the focus too.
#[component]
pub(crate) fn PictureDialog(
    /// All pictures of the article, in order.
    images: Vec<Image>,
    /// Which is shown.
    shown: RwSignal<Option<usize>>,
) -> impl IntoView {
    let site = site();
    let words = site.words;
    let dialog = NodeRef::<html::Dialog>::new();
    let count = images.len();
    let images = StoredValue::new(images);
    Effect::new(move |_| {
        if let (Some(dialog), Some(_)) = (dialog.get(), shown.get())
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let turn = move |by: usize| shown.update(|at| *at = at.map(|at| (at + by) % count.max(1)));
    let whole = RwSignal::new(false);
    let picture = move || {
        let image = images.with_value(|images| images.get(shown.get()?).cloned())?;
        Some(view! {
            <img src=site.image(&image.src) alt=image.alt width=image.width.map(|w| w.to_string())
                height=image.height.map(|h| h.to_string()) on:click=move |_| whole.update(|whole| *whole = !*whole)/>
        })
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="picture-dialog" node_ref=dialog aria-label=words.picture data-whole=move || whole.get().then_some("")
            on:close=move |_| { shown.set(None); whole.set(false); }
            on:keydown=move |event| match event.key().as_str() {
                "ArrowRight" => turn(1),
                "ArrowLeft" => turn(count.saturating_sub(1)),
                _ => {}
            }>
            <div class="picture-dialog__bar">
                {(count > 1).then(|| view! {
                    <button type="button" class="button" on:click=move |_| turn(count - 1)>{words.picture_before}</button>
                    <span role="status">{move || shown.get().map(|at| format!("{}/{count}", at + 1))}</span>
                    <button type="button" class="button" on:click=move |_| turn(1)>{words.picture_next}</button>
                })}
                <button type="button" class="button picture-dialog__close" on:click=close>{words.close}</button>
            </div>
            <div class="picture-dialog__inside" tabindex="0">{picture}</div>
        </dialog>
    }
}
