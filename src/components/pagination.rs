//! The way through a long list.

use super::site;
use leptos::prelude::*;

/// Previous, next, and where one is; nothing where there is one page only.
#[component]
pub(crate) fn Pagination(
    /// The page shown, from 1.
    page: u32,
    /// Pages in all.
    pages: u32,
    /// The address of a page.
    href: Callback<u32, String>,
) -> impl IntoView {
    let words = site().words;
    (pages > 1).then(|| {
        let numbers: Vec<_> = numbers(page, pages)
            .into_iter()
            .map(|number| match number {
                None => view! { <li class="pagination__gap" aria-hidden="true">"…"</li> }.into_any(),
                Some(n) => view! {
                    <li>
                        <a class="pagination__page" href=href.run(n) aria-current=(n == page).then_some("page")
                            aria-label=words.page_number(n)>{n}</a>
                    </li>
                }
                .into_any(),
            })
            .collect();
        let step = |to: u32, name: &'static str, rel: &'static str| {
            (1..=pages).contains(&to).then(|| view! { <a class="pagination__step" rel=rel href=href.run(to)>{name}</a> })
        };
        view! {
            <nav class="pagination no-print" aria-label=words.pages>
                {step(page.wrapping_sub(1), words.previous_page, "prev")}
                <ul class="pagination__pages" role="list">{numbers}</ul>
                {step(page + 1, words.next_page, "next")}
            </nav>
        }
    })
}

/// The first, the last and the neighbours of the page; `None` stands for a gap.
fn numbers(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut numbers = Vec::new();
    let mut before = 0;
    for n in 1..=pages {
        if n == 1 || n == pages || n.abs_diff(page) <= 1 {
            match n - before {
                1 => {}
                2 => numbers.push(Some(n - 1)), // A gap of one is no shorter than the number itself.
                _ => numbers.push(None),
            }
            numbers.push(Some(n));
            before = n;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn far_pages_are_left_out_and_single_gaps_are_not() {
        let shown = |page, pages| {
            let text: Vec<_> =
                numbers(page, pages).iter().map(|n| n.map_or("…".to_owned(), |n| n.to_string())).collect();
            text.join(" ")
        };
        assert_eq!(shown(1, 2), "1 2");
        assert_eq!(shown(1, 10), "1 2 … 10");
        assert_eq!(shown(5, 10), "1 … 4 5 6 … 10");
        assert_eq!(shown(3, 10), "1 2 3 4 … 10");
        assert_eq!(shown(4, 10), "1 2 3 4 5 … 10");
        assert_eq!(shown(10, 10), "1 … 9 10");
    }
}
