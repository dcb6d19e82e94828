//! "Thống kê truy cập": the figures of this browser, and what they mean.

use super::arrived;
use crate::{
    components::{Breadcrumb, site},
    state::visits::Visits,
};
use leptos::prelude::*;

/// The page of figures.
#[component]
pub(crate) fn StatisticsPage() -> impl IntoView {
    let words = site().words;
    let visits = expect_context::<Visits>();
    arrived(words.statistics);
    let row = |name: &'static str, figure: Signal<u64>| {
        view! {
            <tr><th scope="row">{name}</th><td>{move || words.number(figure.get())}</td></tr>
        }
    };
    view! {
        <div class="list-page">
            <Breadcrumb steps=Vec::new()/>
            <header class="page-head"><h1 tabindex="-1">{words.statistics}</h1></header>
            <table class="figures">
                <tbody>
                    {row(words.statistics_today, visits.today())}
                    {row(words.statistics_total, visits.total())}
                    {row(words.statistics_views_today, visits.views_today())}
                    {row(words.statistics_views_total, visits.views_total())}
                </tbody>
            </table>
            <p class="list-page__note">{words.statistics_what}</p>
            {move || (!visits.kept().get()).then(|| view! { <p class="list-page__note" role="status">{words.statistics_not_kept}</p> })}
        </div>
    }
}
