//! What shuts readers out: axe-core looks at every page and state, in each colour scheme.
//!
//! Not here: what axe cannot see, such as keyboard, focus and room (`keyboard`, `navigation`, `layout`).

use super::{article::CONFERENCE, home::HEADING};
use crate::journeys;
use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Outcome, Page, Portal, Response};
use serde_json::{Value, json};

journeys![
    axe_finds_nothing_on_the_front_page,
    axe_finds_nothing_on_lists_and_searches,
    axe_finds_nothing_in_an_article,
    axe_finds_nothing_on_other_pages,
    axe_finds_nothing_where_something_fails,
    axe_finds_nothing_where_colours_are_forced,
    nothing_moves_for_those_who_want_it_so,
    axe_finds_a_fault_that_is_put_there,
    a_page_that_a_translator_has_rewritten_goes_on,
];

/// What axe found, as text: nothing is well. `but` are rules that are passed over.
pub(super) async fn axe(page: &Page, but: &[&str]) -> Result<String> {
    let file = std::env::var_os("BANTIN_AXE")
        .context("BANTIN_AXE does not name axe-core; `cargo xtask test` does")?;
    if page.value("typeof globalThis.axe").await? != "object" {
        let source =
            std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        // As a script of the page: it looks for itself on the window.
        let put = "const script = document.createElement('script'); script.textContent = arguments[0]; \
                   document.head.append(script); script.remove();";
        page.run(put, vec![json!(source)]).await?;
    }
    let found = page
        .run(
            "return axe.run(document, { resultTypes: ['violations'], \
             rules: Object.fromEntries(arguments[0].map(rule => [rule, { enabled: false }])) }).then(({ violations }) => violations.map(v => \
             v.id + ' (' + v.impact + '): ' + v.help + '\\n' + v.nodes.map(n => '    ' + n.target + ' ' + \
             n.html.slice(0, 160) + '\\n      ' + n.any.map(a => a.message).join('; ')).join('\\n')).join('\\n'));",
            vec![json!(but)],
        )
        .await?;
    found.as_str().map(str::to_owned).with_context(|| format!("axe says {found}"))
}

/// Whether axe finds nothing, in light, dark and high contrast.
async fn well(page: &Page, state: &str) -> Outcome {
    well_but(page, state, &[]).await
}

async fn well_but(page: &Page, state: &str, but: &[&str]) -> Outcome {
    for (theme, contrast) in [("light", ""), ("dark", ""), ("light", "more"), ("dark", "more")] {
        page.run(
            "document.documentElement.dataset.theme = arguments[0]; document.documentElement.dataset.contrast = arguments[1];",
            vec![json!(theme), json!(contrast)],
        )
        .await?;
        let found = axe(page, but).await?;
        ensure!(found.is_empty(), "{state}, {theme} {contrast}:\n{found}");
    }
    Ok(())
}

async fn axe_finds_nothing_on_the_front_page(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_settled().await?;
    well(&page, "the front page").await?;
    page.click(("button", "Tùy chọn đọc")).await?;
    well(&page, "with reading options").await?;
    page.click(("button", "English")).await?;
    page.until("document.documentElement.lang === 'en'").await?;
    well(&page, "in English").await
}

async fn axe_finds_nothing_on_lists_and_searches(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tuyen-sinh"), "Tuyển sinh").await?;
    well(&page, "a category").await?;
    page.visit(&portal.url("chu-de/mua-bao-nam-2020"), "Mùa bão năm 2020").await?;
    well(&page, "a topic").await?;
    page.visit(&portal.url("luu-tru"), "Kho tin bài").await?;
    well(&page, "the archive").await?;
    page.visit(&portal.url("tim-kiem"), "Tìm kiếm").await?;
    page.until_there(".search-results li").await?;
    well(&page, "a search without words").await?;
    page.open(&portal.url("tim-kiem?q=tuyen+sing&muc=tuyen-sinh&trang=0")).await?;
    page.until_there(".correction").await?;
    well(&page, "a corrected search").await?;
    page.fill("#search-words", "tuyen").await?;
    page.until_there("[role=listbox] [role=option]").await?;
    well(&page, "suggestions").await?;
    page.open(&portal.url("tim-kiem?q=xyzzy")).await?;
    page.until_there(".empty__title").await?;
    well(&page, "nothing found").await
}

async fn axe_finds_nothing_in_an_article(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    page.until_settled().await?;
    well(&page, "an article").await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("button", "Lưu bài")).await?;
    well(&page, "an open menu").await?;
    page.click(".larger-picture").await?;
    page.until_there("dialog[open]").await?;
    well(&page, "a picture").await
}

async fn axe_finds_nothing_on_other_pages(page: Page) -> Outcome {
    let portal = page.portal()?;
    for (path, heading) in [
        ("lich-cong-tac/2021-W37", "Lịch công tác"),
        ("lich-cong-tac/2021-W01", "Lịch công tác"),
        ("thong-ke", "Thống kê truy cập"),
        ("da-luu", "Bài đã lưu"),
        ("tao-ma-nhung?layout=cards&heading=&size=18", "Nhúng tin bài"),
        ("khong-co", "Không tìm thấy trang"),
    ] {
        page.visit(&portal.url(path), heading).await?;
        well(&page, path).await?;
    }
    Ok(())
}

async fn axe_finds_nothing_where_something_fails(page: Page) -> Outcome {
    let portal: Portal = page.portal()?;
    portal.answer("data/week/*", Response::text(500, "no"));
    page.visit(&portal.url("lich-cong-tac/2021-W37"), "Chưa mở được nội dung").await?;
    well(&page, "a page that failed").await?;
    let portal = page.portal()?;
    portal.answer("data/entry.json", Response::text(500, "no"));
    page.visit(&portal.url("thong-ke"), "Chưa mở được nội dung").await?;
    well(&page, "a portal that failed").await
}

async fn axe_finds_nothing_where_colours_are_forced(page: Page) -> Outcome {
    // The only driver that can be asked to.
    if page.browser() != Browser::Chromium {
        return Ok(());
    }
    let features: Value = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    page.devtools("Emulation.setEmulatedMedia", features).await?;
    let portal = page.portal()?;
    // The reader's own colours: axe takes ours for what is drawn.
    let own_colours = &["color-contrast"];
    page.visit(&portal.url(""), HEADING).await?;
    page.until("matchMedia('(forced-colors: active)').matches").await?;
    well_but(&page, "the front page", own_colours).await?;
    for (address, there) in [
        ("bai-viet/hoi-nghi-truc-tuyen", ".article-body"),
        ("chuyen-muc/tuyen-sinh", ".headline-card"),
        ("chu-de/mua-bao-nam-2020", ".headline-card"),
        ("luu-tru", ".tags"),
        ("tim-kiem?q=tuyen", ".search-result"),
        ("tim-kiem?q=xyzzy", ".empty__title"),
        ("lich-cong-tac", ".week-list"),
        ("lich-cong-tac?dang=bang", ".week-table"),
        ("thong-ke", ".visit-chart"),
        ("da-luu", "main h1"),
        ("tao-ma-nhung", ".embed-builder"),
        ("khong-co", ".not-found"),
    ] {
        page.open(&portal.url(address)).await?;
        page.until_there(there).await?;
        well_but(&page, address, own_colours).await?;
    }
    portal.answer("data/week/*", Response::text(500, "no"));
    page.visit(&portal.url("lich-cong-tac/2021-W36"), "Chưa mở được nội dung").await?;
    well_but(&page, "a failure", own_colours).await
}

async fn nothing_moves_for_those_who_want_it_so(page: Page) -> Outcome {
    // The only driver that can be asked to.
    if page.browser() != Browser::Chromium {
        return Ok(());
    }
    let features = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    page.devtools("Emulation.setEmulatedMedia", features).await?;
    let portal = page.portal()?;
    for (address, there) in [("", ".visit-figures"), ("bai-viet/hoi-nghi-truc-tuyen", ".article-body")] {
        page.open(&portal.url(address)).await?;
        page.until_there(there).await?;
        let moving = "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); \
                      return [s.animationDuration, s.transitionDuration].some(d => d.split(', ').some(one => parseFloat(one) > 0.01)) \
                      || s.scrollBehavior === 'smooth'; }).map(e => e.className).join()";
        ensure!(
            page.text(moving).await?.is_empty(),
            "what moves at /{address}: {}",
            page.text(moving).await?
        );
    }
    Ok(())
}

async fn axe_finds_a_fault_that_is_put_there(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.run("document.querySelector('main h1').after(document.createElement('button'))", vec![]).await?;
    let found = axe(&page, &[]).await?;
    ensure!(found.contains("button-name"), "axe did not find a button without a name: {found}");
    Ok(())
}

/// As translators in browsers do it: each text becomes an element with another text, and goes on doing so.
const TRANSLATOR: &str = "
    const translate = () => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
        for (let text = texts.nextNode(); text; text = texts.nextNode())
            if (text.data.trim() && !text.parentElement.closest('font, script, style, option, noscript')) all.push(text);
        for (const text of all) {
            const font = document.createElement('font');
            font.append(document.createElement('font'));
            font.firstChild.textContent = '«' + text.data + '»';
            text.replaceWith(font);
        }
    };
    translate();
    new MutationObserver(translate).observe(document.body, { childList: true, subtree: true });";

async fn a_page_that_a_translator_has_rewritten_goes_on(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.run(TRANSLATOR, vec![]).await?;
    page.until_there("main font").await?;
    page.mark_document().await?;
    page.click("nav.navigation a[href$='tuyen-sinh']").await?;
    page.until_contains("h1", "Tuyển sinh").await?;
    page.click(".headline-card a").await?;
    page.until_there(".article-body").await?;
    page.click(".article-tools button[aria-pressed]").await?;
    page.until("document.querySelector('.article-tools button[aria-pressed=true]') !== null").await?;
    page.click(".masthead__door[aria-expanded]").await?;
    page.until("!document.querySelector('#reading-options').hidden").await?;
    page.click(".masthead__language").await?;
    page.until("document.documentElement.lang === 'en'").await?;
    page.click(".masthead__home").await?;
    page.until_there(".front").await?;
    page.fill("#masthead-words", "tuyen sinh").await?;
    page.click(".masthead__search button").await?;
    page.until_there(".search-results li").await?;
    page.click("nav.navigation a[href$='lich-cong-tac']").await?;
    page.until_there(".week-list").await?;
    page.same_document().await?;
    ensure!(page.count("#bantin-notice").await? == 0, "the app has stopped");
    Ok(())
}
