//! No reader is left with a blank page: what `public/boot.js` says when the app does not come, or stops.

use crate::journeys;
use anyhow::{Context, Result};
use browser_tests::{Outcome, Page, Portal, Response, contains, site_folder};

journeys![
    missing_wasm_is_said,
    missing_script_is_said,
    cut_wasm_is_said,
    damaged_wasm_is_said,
    wasm_that_never_comes_is_said,
    a_browser_without_wasm_is_told_so,
    a_panic_is_said,
    a_panic_is_said_in_the_readers_language,
    without_script_the_page_says_so,
    an_error_of_somebody_else_is_not_ours,
    an_event_that_a_page_may_not_look_into_is_not_ours,
];

const LOAD: &str = "Chưa mở được trang tin";
const NOTICE: &str = "#bantin-notice[role=alert]";

/// The built file that ends like this.
fn built(ending: &str) -> Result<String> {
    let files = std::fs::read_dir(site_folder()?)?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut fits = files.filter(|name| name.starts_with("bantin-") && name.ends_with(ending));
    fits.next().with_context(|| format!("the built site has no bantin-*{ending}"))
}

/// The notice is there, nothing else is in its way, and reloading helps once the fault is gone.
async fn says_and_recovers(page: &Page, portal: &Portal, fault: &str) -> Outcome {
    page.until_contains(NOTICE, LOAD).await?;
    page.until_contains(NOTICE, "Hãy thử tải lại trang.").await?;
    page.until_there((&*format!("{NOTICE} a"), "Về trang chủ")).await?;
    portal.heal(fault);
    page.click((&*format!("{NOTICE} button"), "Tải lại trang")).await?;
    page.heading("Thống kê truy cập").await?;
    page.until_gone("#bantin-notice").await
}

async fn breaks(page: &Page, fault: &str, answer: Response) -> Outcome {
    let portal = page.portal()?;
    portal.expect_complaint("");
    portal.answer(fault, answer);
    page.set_out_for(&portal.url("thong-ke")).await?;
    says_and_recovers(page, &portal, fault).await
}

async fn missing_wasm_is_said(page: Page) -> Outcome {
    breaks(&page, &built(".wasm")?, Response::text(404, "no")).await
}

async fn missing_script_is_said(page: Page) -> Outcome {
    breaks(&page, &built(".js")?, Response::text(404, "no")).await
}

async fn cut_wasm_is_said(page: Page) -> Outcome {
    let wasm = std::fs::read(site_folder()?.join(built(".wasm")?))?;
    let half = wasm.len() / 2;
    breaks(&page, &built(".wasm")?, Response::new(200, "application/wasm", wasm).cut_after(half)).await
}

async fn damaged_wasm_is_said(page: Page) -> Outcome {
    breaks(&page, &built(".wasm")?, Response::new(200, "application/wasm", "<!doctype html><p>login</p>"))
        .await
}

async fn wasm_that_never_comes_is_said(page: Page) -> Outcome {
    // 45 seconds pass in half of one.
    let hurry = "const wait = setTimeout; globalThis.setTimeout = (f, ms, ...rest) => wait(f, ms >= 10000 ? ms / 100 : ms, ...rest);";
    let portal = page.portal_with(|portal| portal.script(hurry))?;
    portal.expect_complaint("");
    let wasm = built(".wasm")?;
    let gate = portal.gate(&wasm);
    page.set_out_for(&portal.url("thong-ke")).await?;
    page.until_contains(NOTICE, LOAD).await?;
    gate.open();
    // Late is better than never: the app takes the place of the notice.
    page.heading("Thống kê truy cập").await?;
    page.until_gone("#bantin-notice").await
}

async fn a_browser_without_wasm_is_told_so(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script("delete globalThis.WebAssembly"))?;
    portal.expect_complaint("");
    page.open(&portal.url("")).await?;
    page.until_contains(NOTICE, "trình duyệt đã quá cũ").await
}

const PANIC: &str =
    "dispatchEvent(new CustomEvent('bantin:panic', { detail: 'panicked at src/x.rs:1:1: oh' }))";

async fn a_panic_is_said(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.expect_complaint("notice: Trang gặp lỗi");
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.run_inside(PANIC).await?;
    page.until_contains(NOTICE, "Trang gặp lỗi và đã dừng lại").await?;
    page.until_contains(NOTICE, "panicked at src/x.rs:1:1: oh").await?;
    // Above everything else, so that it is seen wherever the reader was.
    let shown = "(r => r.top >= 0 && r.bottom <= innerHeight && r.height > 0)(document.querySelector('#bantin-notice').getBoundingClientRect())";
    page.until(shown).await?;
    page.run_inside(PANIC).await?;
    browser_tests::same("notices", page.count("#bantin-notice").await?, 1)?;
    page.click((&*format!("{NOTICE} button"), "Tải lại trang")).await?;
    page.until_gone("#bantin-notice").await?;
    page.heading("Thống kê truy cập").await
}

async fn a_panic_is_said_in_the_readers_language(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.expect_complaint("notice: The page met an error");
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.click(("button", "English")).await?;
    page.until("document.documentElement.lang === 'en'").await?;
    page.run_inside(PANIC).await?;
    page.until_contains(NOTICE, "The page met an error and has stopped").await?;
    page.until_there((&*format!("{NOTICE} button"), "Reload the page")).await
}

async fn without_script_the_page_says_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    // A browser that runs scripts keeps the text of <noscript> as text.
    let text = page.text("document.querySelector('noscript').textContent").await?;
    contains("for those without script", &text, "Trang này cần JavaScript để hiển thị tin bài.")?;
    contains("for those without script", &text, "This site needs JavaScript to show its articles.")
}

async fn an_error_of_somebody_else_is_not_ours(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.expect_complaint("an extension stumbled");
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.run_inside("setTimeout(() => { throw new Error('an extension stumbled'); }, 0)").await?;
    while !portal.complaints().iter().any(|text| text.contains("stumbled")) {
        tokio::task::yield_now().await;
    }
    page.until_gone("#bantin-notice").await
}

async fn an_event_that_a_page_may_not_look_into_is_not_ours(page: Page) -> Outcome {
    // As Firefox once handed one over, before the app had started.
    let event = "addEventListener('DOMContentLoaded', () => {
        const event = new Event('error');
        Object.defineProperty(event, 'target', { get() { throw new Error('Permission denied'); } });
        globalThis.handedOver = dispatchEvent(event);
    });";
    let portal = page.portal_with(|portal| portal.script(event))?;
    // The journeys' own listener hears it too.
    portal.expect_complaint("error: undefined");
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.until("globalThis.handedOver === true").await?;
    page.until_gone("#bantin-notice").await
}
