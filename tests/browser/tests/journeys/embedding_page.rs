//! "Nhúng tin bài": the code for other sites is put together by hand, tried out and taken away.
//!
//! Not here: what the code does at its host, and what each option means (`routes`).

use super::keyboard::{enter, space, tab_to};
use crate::journeys;
use anyhow::Context;
use browser_tests::{Archive, Key, Outcome, Page, contains, holds, same};
use serde_json::json;

journeys![
    code_is_put_together_with_the_keyboard_alone,
    what_is_chosen_is_there_after_a_reload_and_goes_with_back,
    fields_show_what_was_understood,
    the_code_is_copied,
    says_when_the_code_cannot_be_copied,
    the_preview_follows_without_being_loaded_anew,
    a_hostile_heading_stays_a_heading,
    no_heading_is_a_choice,
    the_code_names_the_portal_where_it_is,
    a_plain_feed_is_embedded_as_such,
    the_script_can_be_pinned_where_its_hash_is_known,
    an_article_leads_to_the_code_of_its_card,
    the_page_is_in_english_too,
];

const PAGE: &str = "tao-ma-nhung";
const HEADING: &str = "Nhúng tin bài";
const CODES: &str = "[...document.querySelectorAll('.embed-builder textarea')].map(e => e.value)";

/// The element in the preview.
const ELEMENT: &str =
    "document.querySelector('.embed-builder iframe').contentDocument?.querySelector('ban-tin')";

/// Waits until the code of one way to embed has this in it.
async fn until_code_has(page: &Page, way: usize, part: &str) -> Outcome {
    page.until(&format!("{CODES}[{way}]?.includes({}) || {CODES}[{way}]", json!(part))).await
}

/// Types over what stands in a field. (`Page::fill` empties it first and tells the page so, which is a choice of its own.)
async fn retype(page: &Page, css: &str, text: &str) -> Outcome {
    page.until_there(css).await?;
    page.run("const e = document.querySelector(arguments[0]); e.focus(); e.select();", vec![json!(css)])
        .await?;
    page.type_text(text).await
}

async fn code(page: &Page, way: usize) -> anyhow::Result<String> {
    page.text(&format!("{CODES}[{way}]")).await
}

async fn code_is_put_together_with_the_keyboard_alone(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    tab_to(&page, ".footer a", HEADING).await?;
    enter(&page).await?;
    page.heading(HEADING).await?;
    page.until_focus("main h1").await?;
    tab_to(&page, "[name=layout]", "").await?;
    page.press(&[], Key::Down).await?;
    page.until_focus("[name=layout][value=cards]").await?;
    page.until_at("/tao-ma-nhung?layout=cards").await?;
    // Nothing is loaded or built anew: who chooses stays where they are.
    page.until_focus("[name=layout][value=cards]").await?;
    tab_to(&page, "[name=category]", "").await?;
    page.press(&[], Key::Down).await?;
    page.until("document.activeElement.value === 'tin-tuc-su-kien'").await?;
    tab_to(&page, "[name=limit]", "").await?;
    page.press(&[], Key::Up).await?;
    page.until("document.activeElement.value === '6'").await?;
    tab_to(&page, "[name=title]", "").await?;
    page.type_text("Tin giao duc").await?;
    tab_to(&page, "[name=open]", "").await?;
    page.until_at("/tao-ma-nhung?category=tin-tuc-su-kien&limit=6&layout=cards&heading=Tin+giao+duc").await?;
    page.until_reads(".visually-hidden[role=status]", "Đã cập nhật mã và bản xem trước.").await?;
    until_code_has(
        &page,
        0,
        "<ban-tin src=\"https://lacgiang.example/\" category=\"tin-tuc-su-kien\" limit=\"6\" layout=\"cards\" heading=\"Tin giao duc\">",
    )
    .await?;
    until_code_has(
        &page,
        1,
        "src=\"https://lacgiang.example/nhung/?category=tin-tuc-su-kien&amp;limit=6&amp;layout=cards&amp;heading=Tin+giao+duc\"",
    )
    .await?;
    until_code_has(&page, 2, "https://lacgiang.example/data/feeds/tin-tuc-su-kien.xml").await?;
    tab_to(&page, ".embed-builder__form summary", "Lựa chọn khác").await?;
    space(&page).await?;
    tab_to(&page, "[name=refresh]", "").await?;
    page.press(&[], Key::Up).await?;
    tab_to(&page, ".embed-builder__form button", "Cập nhật").await?;
    enter(&page).await?;
    until_code_has(&page, 0, " refresh=\"1\"").await
}

async fn what_is_chosen_is_there_after_a_reload_and_goes_with_back(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(PAGE), HEADING).await?;
    page.click("[name=layout][value=ticker]").await?;
    page.until_at("?layout=ticker").await?;
    page.choose("[name=category]", "tuyen-sinh").await?;
    page.set_date("[name=from]", "2021-01-01").await?;
    retype(&page, "#embed-accent", "#0b6b4f").await?;
    retype(&page, "[name=size]", "18").await?;
    page.click("[name=width][value='200']").await?;
    let address = "?category=tuyen-sinh&from=2021-01-01&layout=ticker&accent=%230b6b4f&size=18&width=200";
    page.until_at(address).await?;
    let styled = "layout=\"ticker\" style=\"--ban-tin-accent: #0b6b4f; --ban-tin-size: 18px\">";
    until_code_has(&page, 0, styled).await?;
    page.reload().await?;
    page.heading(HEADING).await?;
    until_code_has(&page, 0, styled).await?;
    until_code_has(&page, 1, "max-width:200px").await?;
    page.until(
        "['category', 'from', 'layout', 'accent', 'size', 'width'].map(name => new FormData(document.querySelector('#embed-form')).get(name))\
         .join() === 'tuyen-sinh,2021-01-01,ticker,#0b6b4f,18,200'",
    )
    .await?;
    page.until("document.querySelector('.embed-builder [type=color]').value === '#0b6b4f'").await?;
    page.back().await?;
    page.until("new URL(location).searchParams.get('width') === null").await?;
    page.until("document.querySelector('[name=width][value=full]').checked").await?;
    page.until(&format!("!{CODES}[1].includes('max-width')")).await?;
    page.forward().await?;
    page.until("document.querySelector('[name=width][value=\"200\"]').checked").await
}

async fn fields_show_what_was_understood(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("tao-ma-nhung?limit=50"), HEADING).await?;
    for (field, typed, understood) in
        [("[name=limit]", "500", "50"), ("[name=size]", "400", ""), ("#embed-accent", "red", "")]
    {
        retype(&page, field, typed).await?;
        page.click(("button", "Cập nhật")).await?;
        page.until(&format!("document.querySelector({}).value === {}", json!(field), json!(understood)))
            .await?;
    }
    page.until_at("?limit=50").await?;
    // The address of an article's page is as good as its name.
    retype(&page, "[name=article]", "https://lacgiang.example/bai-viet/hoi-nghi-truc-tuyen?x=1").await?;
    page.click(("button", "Cập nhật")).await?;
    until_code_has(&page, 0, " article=\"hoi-nghi-truc-tuyen\" limit=\"50\"").await?;
    // What the portal does not have is not embedded, and the form says so.
    page.visit(&portal.url("tao-ma-nhung?category=khong-co"), HEADING).await?;
    until_code_has(&page, 0, "<ban-tin src=\"https://lacgiang.example/\">").await
}

async fn the_code_is_copied(page: Page) -> Outcome {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: \
                     { writeText: text => { globalThis.copied = text; return Promise.resolve(); } } });";
    let portal = page.portal_with(|portal| portal.script(clipboard))?;
    page.visit(&portal.url("tao-ma-nhung?limit=3"), HEADING).await?;
    for way in 0..3 {
        let said =
            format!("document.querySelectorAll('.embed-builder__code [role=status]')[{way}].textContent");
        let button = format!(".embed-builder__code:nth-of-type({}) button", way + 1);
        page.click(&*button).await?;
        page.until(&format!("{said} === 'Đã sao chép mã.'")).await?;
        same("what was copied", page.text("globalThis.copied").await?, code(&page, way).await?)?;
    }
    contains("the script", &code(&page, 0).await?, " limit=\"3\"")?;
    contains("the frame", &code(&page, 1).await?, "nhung/?limit=3\"")?;
    // What was said of the code before is not said of another.
    page.click("[name=layout][value=cards]").await?;
    until_code_has(&page, 0, " layout=\"cards\"").await?;
    page.until("document.querySelectorAll('.embed-builder__code [role=status]')[0].textContent === ''").await
}

async fn says_when_the_code_cannot_be_copied(page: Page) -> Outcome {
    let clipboard =
        "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });";
    let portal = page.portal_with(|portal| portal.script(clipboard))?;
    page.visit(&portal.url(PAGE), HEADING).await?;
    page.click(".embed-builder__code button").await?;
    let says = "Trình duyệt không cho phép sao chép; hãy chọn mã trong ô rồi tự sao chép.";
    page.until_reads(".embed-builder__code [role=status]", says).await
}

async fn the_preview_follows_without_being_loaded_anew(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    page.visit(&portal.url("tao-ma-nhung?limit=2&heading=A"), HEADING).await?;
    let is = |name: &str, value: &str| format!("{ELEMENT}?.getAttribute('{name}') === {}", json!(value));
    page.until(&is("limit", "2")).await?;
    page.until(&format!("{ELEMENT}?.shadowRoot?.querySelectorAll('[part~=item]').length === 2")).await?;
    page.until(&is("src", &portal.url(""))).await?;
    page.until(&format!(
        "{ELEMENT}.ownerDocument.querySelector('script').src === {}",
        json!(portal.url("embed.js"))
    ))
    .await?;
    page.until(&format!("{ELEMENT}.ownerDocument.readyState === 'complete'")).await?;
    page.run(&format!("{ELEMENT}.ownerDocument.documentElement.setAttribute('data-marked', '')"), vec![])
        .await?;
    page.click("[name=layout][value=cards]").await?;
    page.until(&is("layout", "cards")).await?;
    retype(&page, "[name=title]", "B & \"C\"").await?;
    retype(&page, "[name=size]", "20").await?;
    page.click(("button", "Cập nhật")).await?;
    page.until(&is("heading", "B & \"C\"")).await?;
    page.until(&is("style", "--ban-tin-size: 20px")).await?;
    // Fields are emptied before they are filled, which counts, too; and a browser that has been at work for long says no
    // more how many entries its history has.
    while page.text("location.search").await? != "?limit=2&heading=A" {
        let here = page.text("location.href").await?;
        contains("steps back", &here, "/cong/tin/tao-ma-nhung?")?;
        page.run("history.back()", vec![]).await?;
        page.until(&format!("location.href !== {}", json!(here))).await?;
    }
    page.until(&is("heading", "A")).await?;
    page.until(&format!("!{ELEMENT}.hasAttribute('layout') && !{ELEMENT}.hasAttribute('style')")).await?;
    page.until(&format!("{ELEMENT}.ownerDocument.documentElement.hasAttribute('data-marked')")).await?;
    for (width, pixels) in [("200", 200.0), ("360", 360.0)] {
        page.click(&*format!("[name=width][value='{width}']")).await?;
        page.until(&format!(
            "document.querySelector('.embed-builder iframe').getBoundingClientRect().width === {pixels}"
        ))
        .await?;
    }
    Ok(())
}

async fn a_hostile_heading_stays_a_heading(page: Page) -> Outcome {
    let portal = page.portal()?;
    let hostile = "\"><script>parent.hurt = 1</script><img src=x onerror=\"parent.hurt = 1\">";
    page.visit(&portal.url(PAGE), HEADING).await?;
    retype(&page, "[name=title]", hostile).await?;
    page.click(("button", "Cập nhật")).await?;
    page.until(&format!("{ELEMENT}?.getAttribute('heading') === {}", json!(hostile))).await?;
    // The second time it comes with the page of the preview.
    page.reload().await?;
    page.heading(HEADING).await?;
    page.until(&format!("{ELEMENT}?.getAttribute('heading') === {}", json!(hostile))).await?;
    page.until(&format!("{ELEMENT}.ownerDocument.readyState === 'complete'")).await?;
    // As whoever pastes it has it.
    for (way, element, name) in [(0, "ban-tin", "heading"), (1, "iframe", "src")] {
        let pasted = format!("new DOMParser().parseFromString({CODES}[{way}], 'text/html')");
        let names = format!("[...{pasted}.querySelectorAll('*')].map(e => e.localName).join()");
        let expected = ["html,head,script,body,ban-tin,a", "html,head,body,iframe,script"][way];
        same("elements", page.text(&names).await?, expected.to_owned())?;
        let value = page.text(&format!("{pasted}.querySelector('{element}').getAttribute('{name}')")).await?;
        if way == 0 {
            same("the heading", value, hostile.to_owned())?;
        }
    }
    holds("nothing ran", page.value("globalThis.hurt === undefined").await? == json!(true))
}

async fn no_heading_is_a_choice(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("tao-ma-nhung?heading=Tin"), HEADING).await?;
    page.click("[name=heading]").await?;
    page.until_at("tao-ma-nhung?heading=").await?;
    until_code_has(&page, 0, " heading=\"\"").await?;
    page.until("document.querySelector('[name=title]').disabled").await?;
    page.click("[name=heading]").await?;
    page.until_at("tao-ma-nhung").await?;
    page.until("!document.querySelector('[name=title]').disabled").await
}

async fn the_code_names_the_portal_where_it_is(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    let mut entry = Archive::read()?;
    entry.entry["portal"]["url"] = json!("");
    entry.publish(&portal);
    page.visit(&portal.url(PAGE), HEADING).await?;
    until_code_has(&page, 0, &format!("src=\"{}embed.js\"", portal.url(""))).await?;
    until_code_has(&page, 0, &format!("<ban-tin src=\"{}\">", portal.url(""))).await?;
    until_code_has(&page, 1, &format!("src=\"{}nhung/\"", portal.url(""))).await?;
    // Feeds are published only by a portal that says where it lies.
    same("ways", page.count(".embed-builder__code").await?, 2)
}

async fn a_plain_feed_is_embedded_as_such(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.source("feed.json"))?;
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Phường",
        "items": [{ "id": "1", "url": "https://x.example/1", "title": "Tin", "content_text": "Tin", "date_published": "2021-08-01T00:00:00Z" }] });
    portal.json("feed.json", feed.to_string());
    page.visit(&portal.url(PAGE), HEADING).await?;
    until_code_has(&page, 0, &format!("<ban-tin src=\"{}\">", portal.url("feed.json"))).await?;
    until_code_has(&page, 0, ">Tin của Phường</a>").await?;
    let encoded = portal.url("feed.json").replace(':', "%3A").replace('/', "%2F");
    until_code_has(&page, 1, &format!("nhung/?src={encoded}\"")).await
}

async fn the_script_can_be_pinned_where_its_hash_is_known(page: Page) -> Outcome {
    let known = "document.head.querySelectorAll('meta[name=bantin-embed]').forEach(e => e.remove()); \
                 document.head.insertAdjacentHTML('beforeend', '<meta name=\"bantin-embed\" content=\"embed/embed-0123456789abcdef.js sha384-abc\">');";
    let late = format!("addEventListener('DOMContentLoaded', () => {{ {known} }});");
    let portal = page.portal_with(|portal| portal.script(&late))?;
    page.visit(&portal.url(PAGE), HEADING).await?;
    page.click(("summary", "Lựa chọn khác")).await?;
    page.click("[name=integrity]").await?;
    page.until_at("?integrity=1").await?;
    until_code_has(
        &page,
        0,
        "src=\"https://lacgiang.example/embed/embed-0123456789abcdef.js\" integrity=\"sha384-abc\" crossorigin=\"anonymous\"></script>",
    )
    .await?;
    let gone = "addEventListener('DOMContentLoaded', () => document.querySelector('meta[name=bantin-embed]')?.remove());";
    let portal = page.portal_with(|portal| portal.script(gone))?;
    page.visit(&portal.url("tao-ma-nhung?integrity=1"), HEADING).await?;
    until_code_has(&page, 0, "src=\"https://lacgiang.example/embed.js\"></script>").await?;
    same("offers", page.count("[name=integrity]").await?, 0)
}

async fn an_article_leads_to_the_code_of_its_card(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), super::article::CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("a", "Nhúng bài này")).await?;
    page.heading(HEADING).await?;
    page.until_at("?article=hoi-nghi-truc-tuyen&layout=card").await?;
    until_code_has(&page, 0, " article=\"hoi-nghi-truc-tuyen\" layout=\"card\">").await?;
    page.until("document.querySelector('[name=layout][value=card]').checked").await?;
    page.back().await?;
    page.heading(super::article::CONFERENCE).await
}

async fn the_page_is_in_english_too(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("tao-ma-nhung?layout=cards"), HEADING).await?;
    page.click(("button", "English")).await?;
    page.heading("Embed the news").await?;
    page.until_texts(
        ".embed-builder__form > .embed-builder__tiles label",
        &[
            "List",
            "Cards",
            "Titles only",
            "Ticker",
            "Work calendar",
            "Visit statistics",
            "One article",
            "Whole article",
        ],
    )
    .await?;
    page.until("document.querySelector('[name=layout][value=cards]').checked").await?;
    // The list itself speaks Vietnamese until it is told otherwise.
    until_code_has(&page, 0, ">Tin của ").await?;
    page.choose("[name=lang]", "en").await?;
    until_code_has(&page, 0, ">News from ").await?;
    let host = format!("{ELEMENT}?.ownerDocument.querySelector('h1').textContent");
    page.until(&format!("{host} === 'Your own site'")).await?;
    page.text("document.title")
        .await
        .context("a title")
        .and_then(|title| contains("the title", &title, "Embed the news"))
}
