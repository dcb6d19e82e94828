//! Pages that make it hard for the element: styles that unset everything, old doctypes, little room, policies that refuse
//! much, browsers without WebAssembly; and the frame, which is the way for those that refuse the script.
//!
//! Not here: what the element shows in a page that lets it (`embedding`).

use super::{
    accessible::axe,
    embedding::{
        NEWEST, OWN, OWN_IS_SEEN, TITLES, element, feed, inside, item, list_is_seen, news, page_sum, script,
        told, until_told,
    },
};
use crate::journeys;
use anyhow::{Context, Result, ensure};
use browser_tests::{Archive, Browser, Document, Host, NOW, Outcome, Page, Portal, contains, holds, same};
use serde_json::{Value, json};

journeys![
    hostile_styles_leave_it_readable,
    old_and_foreign_pages_show_it_whole,
    it_fits_into_little_room,
    a_strict_policy_refuses_nothing_of_it,
    trusted_types_refuse_nothing_of_it,
    an_isolated_page_shows_it_with_its_pictures,
    where_programs_are_refused_a_frame_stands_in,
    a_frame_with_nothing_in_it_does_not_take_the_place_of_the_link,
    where_frames_are_refused_too_the_link_stays,
    a_browser_without_programs_shows_the_frame,
    a_script_with_its_sum_is_taken_and_a_changed_one_is_not,
    a_frame_is_as_high_as_what_is_in_it,
    a_page_takes_heights_from_its_frame_alone,
    a_frame_answers_its_page_alone,
    it_works_inside_a_sandbox,
    axe_finds_nothing_in_any_layout,
    a_ticker_stops_for_whoever_wants_it,
    the_calendar_and_the_figures_are_shown,
];

/// Every layout, with what is in it when it is there.
const LAYOUTS: [(&str, &str); 8] = [
    ("list", "[part=list]"),
    ("cards", "[part=picture]"),
    ("headline", "[part=list]"),
    ("ticker", "[part=ticker]"),
    ("card", "[part=summary]"),
    ("calendar", "[part=event]"),
    ("stats", "[part=stat]"),
    ("article", "[part=body]"),
];

/// A portal that counts its visitors.
fn counting(page: &Page) -> Result<Portal> {
    let portal = page.portal()?;
    let mut archive = Archive::read()?;
    archive.entry["portal"]["counting"] = json!({});
    archive.publish(&portal);
    // As an older `newsroom` has written it.
    let counts = json!({ "format": 1, "time": NOW - 600, "today": { "day": "2021-09-15", "visitors": 1204 }, "total": 3_799_249 });
    portal.json("data/counts.json", counts.to_string());
    Ok(portal)
}

/// What cannot be read, or lies where it should not, of the first element in the page; nothing is well.
const UNREADABLE: &str = "(() => {
    const element = document.querySelector('ban-tin'), root = element.shadowRoot, room = element.getBoundingClientRect(), wrong = [];
    const ticker = root.querySelector('[part=ticker]');
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page is ' + document.documentElement.scrollWidth + ' wide');
    if (room.width < 100 || room.height < 20) wrong.push('room ' + room.width + ' × ' + room.height);
    const parts = ['heading', 'title', 'date', 'more', 'category', 'summary', 'fact', 'hours', 'body', 'event', 'stat', 'byline'];
    let bottom = -Infinity;
    for (const e of root.querySelectorAll(parts.map(part => '[part=' + part + ']').join())) {
        const r = e.getBoundingClientRect(), s = getComputedStyle(e), size = parseFloat(s.fontSize);
        const say = what => wrong.push(e.getAttribute('part') + ' “' + e.textContent.trim().slice(0, 20) + '” ' + what);
        if (r.width < 15 || r.height < 9) say('is ' + r.width + ' × ' + r.height);
        if (size < 9 || size > 45) say('has letters of ' + size);
        if (s.letterSpacing !== 'normal' && parseFloat(s.letterSpacing) !== 0) say('has letters apart ' + s.letterSpacing);
        if (s.textTransform !== 'none') say('is ' + s.textTransform);
        if (s.visibility !== 'visible') say('is not seen');
        if (s.textIndent !== '0px') say('is indented by ' + s.textIndent);
        if (ticker?.contains(e)) continue;
        if (r.left < room.left - 1 || r.right > room.right + 1) say('lies ' + r.left + '–' + r.right + ' in ' + room.left + '–' + room.right);
        if (r.height > 3000) say('is ' + r.height + ' high');
    }
    for (const e of root.querySelectorAll('[part=item]')) {
        const r = e.getBoundingClientRect();
        if (!ticker && r.top < bottom - 1 && !root.querySelector('[data-layout=cards]')) wrong.push('an item lies over another');
        bottom = r.bottom;
    }
    return wrong.slice(0, 6).join('\\n');
})()";

async fn readable(page: &Page, when: &str) -> Outcome {
    let wrong = page.text(UNREADABLE).await?;
    ensure!(wrong.is_empty(), "{when}:\n{wrong}");
    Ok(())
}

async fn hostile_styles_leave_it_readable(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    for style in [
        "* { all: unset !important }",
        "* { font-size: 80px !important }",
        "* { font-size: 2px !important; line-height: 0.1 !important }",
        "* { display: inline !important; margin: 30px !important; padding: 40px !important; text-align: center !important }",
        "a, p, h2, li, ul, time, span, div > div { display: none !important; color: white !important; position: fixed !important }",
        "ban-tin { display: inline !important; text-transform: uppercase; letter-spacing: 1em; text-indent: -999em; white-space: nowrap; \
         line-height: 0; font-size: 0; font-style: italic }",
        "body { font-size: 0; line-height: 0; letter-spacing: 1em; text-indent: -9999px; text-transform: uppercase; white-space: nowrap }",
        "* { float: left } .list, [part] { display: none !important }",
    ] {
        page.open(&host.show("", news(&portal, "").style(style))).await?;
        page.until_texts(TITLES, &NEWEST).await?;
        readable(&page, style).await?;
        let display = page.text("getComputedStyle(document.querySelector('ban-tin')).display").await?;
        same(&format!("{style}: the element"), display, "block")?;
        let shown = page.text(&format!("getComputedStyle({}).display", inside("[part=list]"))).await?;
        same(style, shown, "grid")?;
    }
    Ok(())
}

/// What frameworks of pages begin with.
const RESET: &str = "*, *::before, *::after { box-sizing: border-box } body { margin: 0; font: 400 1.6rem/1.5 serif; color: #212529 } \
    h1, h2, h3, h4 { margin: 0 0 .5rem; font-weight: 500; line-height: 1.2 } ul, ol { padding-left: 2rem; list-style: square } \
    a { color: #0d6efd; text-decoration: underline } img, svg { vertical-align: middle; max-width: 100%; height: auto } \
    button { border-radius: 0; text-transform: none } [hidden] { display: block !important } div { overflow: visible }";

async fn old_and_foreign_pages_show_it_whole(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let old = Document::new(format!(
        "{}<table width=\"100%\" border=\"0\"><tr><td width=\"30%\">Trái<td>{}</table>",
        script(&portal),
        element(&portal, "")
    ));
    let old = old.doctype("").attributes("").style("table { font-size: 12px } td { font-family: Tahoma }");
    page.open(&host.show("", old.clone())).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("the page", page.text("document.compatMode").await?, "BackCompat")?;
    readable(&page, "a page without doctype").await?;
    let transitional = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">";
    page.open(&host.show("", old.doctype(transitional))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    readable(&page, "a page of twenty years ago").await?;
    for (size, letters) in [("html { font-size: 62.5% }", 16.0), ("", 25.6)] {
        page.open(&host.show("", news(&portal, "").style(&format!("{RESET} {size}")))).await?;
        page.until_texts(TITLES, &NEWEST).await?;
        readable(&page, size).await?;
        // The page's own letters.
        let style = |name: &str| format!("getComputedStyle({}).{name}", inside("a[part=title]"));
        same("the font", page.text(&style("fontFamily")).await?, "serif")?;
        let found = page.number(&format!("parseFloat({})", style("fontSize"))).await?;
        holds(&format!("letters of {found} px where the page has {letters}"), (found - letters).abs() < 0.1)?;
    }
    page.open(&host.show("", news(&portal, "").attributes("lang=\"ar\" dir=\"rtl\""))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    readable(&page, "a page from right to left").await?;
    // Each article is read as its own words are.
    let feeds = page.portal()?;
    let foreign = item(9, "أخبار المدرسة", "<p>…</p>");
    feeds.json("feed.json", feed("Phường", &[foreign, item(8, "Tin của phường", "<p>…</p>")]));
    page.run(
        "document.querySelector('ban-tin').setAttribute('src', arguments[0])",
        vec![json!(feeds.url("feed.json"))],
    )
    .await?;
    page.until_texts(TITLES, &["أخبار المدرسة", "Tin của phường"]).await?;
    readable(&page, "an article from right to left").await?;
    let directions = "[...document.querySelector('ban-tin').shadowRoot.querySelectorAll('[part=item]')].map(e => getComputedStyle(e).direction).join()";
    same("directions", page.text(directions).await?, "rtl,ltr")
}

async fn it_fits_into_little_room(page: Page) -> Outcome {
    let (portal, host) = (counting(&page)?, page.host()?);
    for (layout, there) in LAYOUTS {
        for (around, style) in [
            ("side", "#side { width: 200px }"),
            ("row", "#side { display: flex } #side::before { content: 'Bên cạnh'; flex: 1 }"),
            (
                "grid",
                "#side { display: grid; grid-template-columns: 1fr 180px } #side::before { content: 'Bên cạnh' }",
            ),
        ] {
            let attributes =
                format!("layout=\"{layout}\" lang=\"{}\"", if around == "row" { "en" } else { "vi" });
            let body = format!("{}<div id=\"side\">{}</div>", script(&portal), element(&portal, &attributes));
            page.open(&host.show("", Document::new(body).style(style))).await?;
            let when = format!("{layout} in a {around}");
            page.until_there(&*format!("ban-tin >>> [data-layout={layout}] {there}"))
                .await
                .with_context(|| when.clone())?;
            readable(&page, &when).await?;
        }
    }
    Ok(())
}

async fn no_violations(page: &Page) -> Outcome {
    same("what the policy refused", page.value("violations").await?, json!([]))
}

/// What a strict page allows, besides the journey's own scripts.
fn strict(portal: &Portal, more: &str) -> String {
    let origin = portal.url("").trim_end_matches('/').to_owned();
    format!(
        "default-src 'none'; script-src {origin} 'nonce-journey'{more}; style-src 'self'; connect-src {origin}; img-src {origin}"
    )
}

async fn a_strict_policy_refuses_nothing_of_it(page: Page) -> Outcome {
    let (portal, host) = (counting(&page)?, page.host()?);
    let policy = strict(&portal, " 'wasm-unsafe-eval'");
    page.open(&host.show("", news(&portal, "open=\"here\"").header("Content-Security-Policy", &*policy)))
        .await?;
    list_is_seen(&page).await?;
    // With styles, and with pictures.
    same(
        "the list",
        page.text(&format!("getComputedStyle({}).display", inside("[part=list]"))).await?,
        "grid",
    )?;
    page.until(&format!("{}.naturalWidth > 0", inside("img"))).await?;
    page.click((TITLES, NEWEST[0])).await?;
    page.until_contains("ban-tin >>> [part=body]", "Tại điểm cầu tỉnh Lạc Giang").await?;
    for (layout, there) in LAYOUTS {
        page.run(
            "document.querySelector('ban-tin').setAttribute('layout', arguments[0])",
            vec![json!(layout)],
        )
        .await?;
        page.until_there(&*format!("ban-tin >>> [data-layout={layout}] {there}")).await?;
    }
    no_violations(&page).await?;
    // The policy is really there.
    page.run("document.body.append(Object.assign(document.createElement('img'), { src: 'https://phuong.example/x.png' }))", vec![]).await?;
    page.until("violations.length === 1").await
}

async fn trusted_types_refuse_nothing_of_it(page: Page) -> Outcome {
    let (portal, host, feeds) = (page.portal()?, page.host()?, page.portal()?);
    let enforced = "try { document.createElement('div').innerHTML = '<b>x</b>'; globalThis.enforced = false; } catch { globalThis.enforced = true; }";
    let policy = "require-trusted-types-for 'script'; trusted-types ban-tin";
    let shown = news(&portal, "open=\"here\"").script(enforced).header("Content-Security-Policy", policy);
    page.open(&host.show("", shown)).await?;
    let known = page.value("'trustedTypes' in window").await?;
    same("enforced where they are known", page.value("enforced").await?, known)?;
    list_is_seen(&page).await?;
    page.click((TITLES, NEWEST[0])).await?;
    page.until_contains("ban-tin >>> [part=body]", "Tại điểm cầu tỉnh Lạc Giang").await?;
    // The text of a feed is HTML; it is parsed under the name of our own.
    feeds.json("feed.json", feed("Phường", &[item(9, "Tin của phường", "<p>Xin <b>chào</b></p>")]));
    page.run(
        "document.querySelector('ban-tin').setAttribute('src', arguments[0])",
        vec![json!(feeds.url("feed.json"))],
    )
    .await?;
    page.until_texts(TITLES, &["Tin của phường"]).await?;
    page.click((TITLES, "Tin của phường")).await?;
    page.until_texts("ban-tin >>> [part=body] strong", &["chào"]).await?;
    let refused = page.value("violations.filter(one => !one.includes('trusted-types-sink') && !one.includes('require-trusted'))").await?;
    same("what the policy refused", refused, json!([]))
}

async fn an_isolated_page_shows_it_with_its_pictures(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let isolated = |page: Document| {
        page.header("Cross-Origin-Opener-Policy", "same-origin")
            .header("Cross-Origin-Embedder-Policy", "require-corp")
    };
    page.open(&host.show("", isolated(news(&portal, "layout=\"cards\"")))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("isolated", page.value("crossOriginIsolated").await?, json!(true))?;
    page.until(
        "(all => all.length === 2 && all.every(i => i.naturalWidth > 0))\
         ([...document.querySelector('ban-tin').shadowRoot.querySelectorAll('img')])",
    )
    .await?;
    // And the frame.
    page.open(&host.show("", isolated(framed(&portal, "limit=5")))).await?;
    until_as_high_as_a_list(&page, "document.querySelector('iframe')").await
}

/// A page with the portal's news in a frame, as docs/embedding.md has it.
fn framed(portal: &Portal, query: &str) -> Document {
    Document::new(format!(
        "<iframe data-ban-tin src=\"{}\" title=\"Tin của Sở\" sandbox=\"allow-scripts allow-popups\" \
         style=\"border:0;width:100%;height:40px\"></iframe><script src=\"{}\" defer></script>",
        portal.url(&format!("nhung/?{}", query.replace('&', "&amp;"))),
        portal.url("resize.js"),
    ))
}

/// Five headlines are higher than a line, or a page that says that it was refused.
async fn until_as_high_as_a_list(page: &Page, frame: &str) -> Outcome {
    page.until(&format!(
        "(height => height > 250 && height < 900 || height)(({frame})?.getBoundingClientRect().height)"
    ))
    .await
}

/// The frame inside the element, and what is seen of it.
async fn frame_stands_in(page: &Page, portal: &Portal) -> Outcome {
    until_as_high_as_a_list(page, &inside("iframe[part=frame]")).await?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(false))?;
    holds(
        "the frame has the element's options",
        portal.requests("nhung/").iter().any(|asked| asked.contains("limit=5")),
    )
}

async fn where_programs_are_refused_a_frame_stands_in(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let policy = strict(&portal, "") + "; frame-src " + portal.url("").trim_end_matches('/');
    page.open(&host.show("", news(&portal, "limit=\"5\"").header("Content-Security-Policy", &*policy)))
        .await?;
    same(
        "told",
        until_told(&page, "error").await?,
        json!({ "source": portal.url(""), "reason": "blocked" }),
    )?;
    frame_stands_in(&page, &portal).await?;
    // When the page is changed so that a frame is not wanted any more, it goes.
    page.run("document.querySelector('ban-tin').remove()", vec![]).await?;
    page.until_gone("ban-tin").await
}

/// The symptom: of a source that cannot be reached, the host's own link gave way to the frame's, which leads elsewhere.
async fn a_frame_with_nothing_in_it_does_not_take_the_place_of_the_link(page: Page) -> Outcome {
    let (portal, host, gone) = (page.portal()?, page.host()?, page.portal()?);
    let source = gone.url("feed.json");
    drop(gone);
    let element = format!("<ban-tin src=\"{source}\">{OWN}</ban-tin>");
    let hear = "globalThis.heights = []; addEventListener('message', event => { if (event.data.type === 'height') heights.push(event.data.loaded); })";
    page.open(&host.show("", Document::new(script(&portal) + &element).script(hear))).await?;
    same("told", until_told(&page, "error").await?, json!({ "source": source, "reason": "unreachable" }))?;
    page.until("heights.length > 0").await?;
    same("the frame has news", page.value("heights.includes(true)").await?, json!(false))?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))
}

async fn where_frames_are_refused_too_the_link_stays(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let policy = strict(&portal, "") + "; frame-src 'none'";
    page.open(&host.show("", news(&portal, "").header("Content-Security-Policy", &*policy))).await?;
    same(
        "told",
        until_told(&page, "error").await?,
        json!({ "source": portal.url(""), "reason": "blocked" }),
    )?;
    page.until("violations.some(one => one.startsWith('frame-src'))").await?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))?;
    same("frames asked for", portal.requests("nhung").len(), 0)?;
    // Where not even the script may come, nothing has happened.
    page.open(
        &host.show("", news(&portal, "").header("Content-Security-Policy", "script-src 'nonce-journey'")),
    )
    .await?;
    page.until("violations.some(one => one.startsWith('script-src'))").await?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))
}

async fn a_browser_without_programs_shows_the_frame(page: Page) -> Outcome {
    const NONE: &str = "delete globalThis.WebAssembly;";
    let (portal, host) = (page.portal()?, page.host()?);
    page.open(&host.show("", news(&portal, "limit=\"5\"").script(NONE))).await?;
    same(
        "told",
        until_told(&page, "error").await?,
        json!({ "source": portal.url(""), "reason": "blocked" }),
    )?;
    frame_stands_in(&page, &portal).await?;
    // A browser that has none has none in the frame either: there, too, a link is seen, and no second frame.
    let failed =
        "addEventListener('bantin:error', () => document.documentElement.setAttribute('data-failed', ''));";
    let portal = page.portal_with(|portal| portal.script(NONE).script(failed))?;
    page.open(&host.show("", framed(&portal, "limit=5").script(NONE))).await?;
    page.until("(height => height > 15 && height < 100 && height !== 40 || height)(document.querySelector('iframe').getBoundingClientRect().height)")
        .await?;
    page.in_frame(700).await?;
    page.until_there("[data-failed]").await?;
    page.until_reads("ban-tin a", "Xem tin bài trên cổng thông tin").await?;
    same("frames in the frame", page.count("ban-tin >>> iframe").await?, 0)?;
    page.out_of_frame().await
}

async fn a_script_with_its_sum_is_taken_and_a_changed_one_is_not(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let (name, sum) = page_sum(&portal)?;
    let with = |sum: &str| {
        let script = format!(
            "<script type=\"module\" src=\"{}\" integrity=\"{sum}\" crossorigin=\"anonymous\"></script>",
            portal.url(&name)
        );
        Document::new(script + &element(&portal, ""))
    };
    page.open(&host.show("", with(&sum))).await?;
    list_is_seen(&page).await?;
    let other = sum.replace("sha384-", "sha384-AAAA");
    let wrong = if sum.len() == other.len() {
        other
    } else {
        format!("sha384-AAAA{}", sum.get(11..).context("a sum")?)
    };
    page.open(&host.show("", with(&wrong))).await?;
    portal.until_asked(&name).await?;
    page.until("document.readyState === 'complete'").await?;
    same("defined", page.value("customElements.get('ban-tin') === undefined").await?, json!(true))?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))
}

async fn a_frame_is_as_high_as_what_is_in_it(page: Page) -> Outcome {
    const HEIGHT: &str = "Math.round(document.querySelector('iframe').getBoundingClientRect().height)";
    const CONTENT: &str = "Math.ceil(document.documentElement.getBoundingClientRect().height)";
    let (portal, host) = (page.portal()?, page.host()?);
    page.open(&host.show(
        "",
        framed(&portal, "limit=3&category=tin-tuc-su-kien&heading=Tin+m%E1%BB%9Bi&theme=dark&open=here"),
    ))
    .await?;
    page.until(&format!("{HEIGHT} > 150")).await?;
    let mut heights = Vec::new();
    for width in [700, 300, 1000] {
        page.in_frame(width).await?;
        page.until_texts(TITLES, &[NEWEST[0], NEWEST[1], NEWEST[3]]).await?;
        page.until_texts("ban-tin >>> [part=heading]", &["Tin mới"]).await?;
        page.until(&format!("innerWidth === {width} && innerHeight === {CONTENT}")).await?;
        let content = page.number(CONTENT).await?;
        same(
            "what moves inside",
            page.value("document.documentElement.scrollHeight > innerHeight").await?,
            json!(false),
        )?;
        page.out_of_frame().await?;
        same("the frame", page.number(HEIGHT).await?, content)?;
        heights.push(content);
    }
    holds(
        &format!("less width needs more height: {heights:?}"),
        heights[1] > heights[0] && heights[2] <= heights[0],
    )?;
    // An article is opened inside, and the way back is in it.
    page.in_frame(700).await?;
    page.click((TITLES, NEWEST[0])).await?;
    page.until_there("ban-tin >>> [part=article]").await?;
    page.until(&format!("innerHeight === {CONTENT} && innerHeight > 700")).await?;
    page.click("ban-tin >>> [part=back]").await?;
    page.until(&format!("innerHeight === {CONTENT} && innerHeight < 700")).await?;
    page.out_of_frame().await?;
    same("frames asked for", portal.requests("nhung/?").len(), 1)?;
    // The portal opens beside the frame.
    page.open(&host.show("", framed(&portal, "limit=1"))).await?;
    page.until(&format!("{HEIGHT} > 60")).await?;
    page.in_frame(700).await?;
    page.until_texts(TITLES, &NEWEST[..1]).await?;
    same("targets", page.attributes(TITLES, "target").await?, ["_blank"])?;
    page.click((TITLES, NEWEST[0])).await?;
    portal.until_asked("bai-viet/hoi-nghi-truc-tuyen").await?;
    page.out_of_frame().await?;
    same("the page", page.text("location.href").await?, host.url(""))
}

/// A page that says these things to whoever frames it, one after the other, when it is asked to.
fn speaker(host: &Host, path: &str, says: &[Value]) -> String {
    let script = format!("for (const one of {}) parent.postMessage(one, '*');", json!(says));
    host.show(path, Document::new("<p>Khung</p>").script(&script))
}

/// Keeps the heights that the frame `#one` gets, and all messages that the page hears.
const HEARS: &str = "globalThis.heard = []; addEventListener('message', e => heard.push(e.data)); \
    addEventListener('DOMContentLoaded', () => { const one = document.querySelector('#one'); globalThis.heights = []; \
        new MutationObserver(() => heights.push(one.style.height)).observe(one, { attributes: true, attributeFilter: ['style'] }); });";

async fn a_page_takes_heights_from_its_frame_alone(page: Page) -> Outcome {
    let (portal, host, other) = (page.portal()?, page.host()?, page.host()?);
    let height = |height: Value| json!({ "ban-tin": 1, "type": "height", "height": height });
    let says = [
        height(json!(333)),
        json!({ "ban-tin": 2, "type": "height", "height": 444 }),
        json!({ "type": "height", "height": 445 }),
        json!({ "ban-tin": "1", "type": "height", "height": 446 }),
        height(json!("447")),
        height(json!(null)),
        json!(null),
        json!("height"),
        height(json!(-5)),
        height(json!(90_000)),
        height(json!(334)),
    ];
    let frame = |id: &str, src: &str, more: &str| {
        format!("<iframe id=\"{id}\" src=\"{src}\" style=\"height:100px\" {more}></iframe>")
    };
    let resize = format!("<script src=\"{}\"></script>", portal.url("resize.js"));
    // A frame of the right address and with the right words: what is not of this version, or no height, is passed over,
    // and what is too much is cut.
    let own = speaker(&other, "own", &says);
    page.open(
        &host.show("", Document::new(resize.clone() + &frame("one", &own, "data-ban-tin")).script(HEARS)),
    )
    .await?;
    page.until("heard.length === 11 && document.querySelector('#one').style.height === '334px'").await?;
    let heights = page
        .value("[...new Set(heights)].filter(one => !['333px', '0px', '20000px', '334px'].includes(one))")
        .await?;
    same("heights that should not be", heights, json!([]))?;
    // Another frame, or one that is not the portal's, has no say; nor has a page that came into the frame.
    let stranger = speaker(&other, "stranger", &[height(json!(555))]);
    let body = resize.clone()
        + &frame("one", &portal.url("nhung/?limit=1"), "data-ban-tin")
        + &frame("two", &stranger, "sandbox=\"allow-scripts\"");
    page.open(&host.show("", Document::new(body).script(HEARS))).await?;
    page.until("heard.some(one => one.height === 555)").await?;
    page.until("!['', '100px'].includes(document.querySelector('#one').style.height)").await?;
    same("its height is another's", page.value("heights.includes('555px')").await?, json!(false))?;
    same("the other's", page.text("document.querySelector('#two').style.height").await?, "100px")?;
    page.run(
        "heard.length = 0; document.querySelector('#one').contentWindow.location.replace(arguments[0])",
        vec![json!(stranger)],
    )
    .await?;
    page.until("heard.some(one => one.height === 555)").await?;
    same("its height is a stranger's", page.value("heights.includes('555px')").await?, json!(false))
}

async fn a_frame_answers_its_page_alone(page: Page) -> Outcome {
    let (portal, host, other) = (page.portal()?, page.host()?, page.host()?);
    // Another frame greets it before its page does, again and again.
    let greets = "setInterval(() => parent.frames[0].postMessage({ 'ban-tin': 1, type: 'hello' }, '*'), 50); parent.postMessage('greeted', '*');";
    let stranger = other.show("stranger", Document::new("<p>Khung</p>").script(greets));
    let body = format!(
        "<iframe src=\"{}\" style=\"height:100px\"></iframe><iframe src=\"{stranger}\"></iframe>",
        portal.url("nhung/?limit=2")
    );
    let hears = "globalThis.heard = []; addEventListener('message', e => heard.push(e.data?.type ?? e.data)); \
         globalThis.say = one => document.querySelector('iframe').contentWindow.postMessage(one, '*');";
    page.open(&host.show("", Document::new(body).script(hears))).await?;
    page.until("heard.includes('greeted') && heard.filter(one => one === 'ready').length > 1").await?;
    page.run_inside("say({ 'ban-tin': 2, type: 'hello' }); say({ type: 'hello' }); say('hello'); say(null);")
        .await?;
    // It still looks for somebody, so it has taken none of them.
    page.run_inside("heard.length = 0").await?;
    page.until("heard.includes('ready')").await?;
    same("heights before", page.value("heard.includes('height')").await?, json!(false))?;
    page.run_inside("say({ 'ban-tin': 1, type: 'hello' })").await?;
    page.until("heard.includes('height')").await
}

async fn it_works_inside_a_sandbox(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    // A page without an origin: what is stored, and who it is, is out of its reach.
    let inner = host.show("inner", news(&portal, "open=\"here\""));
    let outer = Document::new(format!(
        "<iframe sandbox=\"allow-scripts allow-popups\" src=\"{inner}\" style=\"height: 700px; width: 700px\"></iframe>"
    ));
    page.open(&host.show("", outer)).await?;
    page.in_frame(700).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("its origin", page.text("self.origin").await?, "null")?;
    page.click((TITLES, NEWEST[2])).await?;
    page.until_texts("ban-tin >>> [part=article] [part=title]", &[NEWEST[2]]).await?;
    page.out_of_frame().await?;
    // The portal's frame in it.
    let inner = host.show("inner", framed(&portal, "limit=5"));
    let outer = Document::new(format!(
        "<iframe sandbox=\"allow-scripts allow-popups\" src=\"{inner}\" style=\"height: 700px; width: 700px\"></iframe>"
    ));
    page.open(&host.show("", outer)).await?;
    page.in_frame(700).await?;
    until_as_high_as_a_list(&page, "document.querySelector('iframe')").await?;
    page.out_of_frame().await
}

async fn axe_finds_nothing_in_any_layout(page: Page) -> Outcome {
    let (portal, host) = (counting(&page)?, page.host()?);
    let shown = |attributes: &str, style: &str| {
        let body = format!(
            "{}<main><h1>Phường Bến Nghé</h1>{}</main>",
            script(&portal),
            element(&portal, attributes)
        );
        Document::new(body).style(style)
    };
    for (layout, there) in LAYOUTS {
        for (theme, style) in [
            ("light", "body { background: white; color: black }"),
            ("dark", "body { background: #10161d; color: #e8ebef } #own { color: white }"),
        ] {
            let attributes = format!("layout=\"{layout}\" theme=\"{theme}\" open=\"here\"");
            page.open(&host.show("", shown(&attributes, style))).await?;
            page.until_there(&*format!("ban-tin >>> [data-layout={layout}] {there}")).await?;
            let found = axe(&page, &[]).await?;
            ensure!(found.is_empty(), "{layout}, {theme}:\n{found}");
        }
    }
    // Before, after a failure, and with an article opened in a list.
    page.open(&host.show("", shown("open=\"here\"", ""))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    page.click((TITLES, NEWEST[0])).await?;
    page.until_there("ban-tin >>> [part=article]").await?;
    let found = axe(&page, &[]).await?;
    ensure!(found.is_empty(), "an article in a list:\n{found}");
    page.open(&host.show("", shown("from=\"2031-01-01\"", ""))).await?;
    page.until_texts("ban-tin >>> [part=empty]", &["Chưa có tin bài nào."]).await?;
    let found = axe(&page, &[]).await?;
    ensure!(found.is_empty(), "an empty list:\n{found}");
    page.open(&host.show("", shown("category=\"khong-co\"", ""))).await?;
    until_told(&page, "error").await?;
    let found = axe(&page, &[]).await?;
    ensure!(found.is_empty(), "the own link:\n{found}");
    // And it does look inside.
    page.run("document.querySelector('ban-tin').shadowRoot.append(document.createElement('button'))", vec![])
        .await?;
    contains("what axe finds inside", &axe(&page, &[]).await?, "button-name")
}

async fn a_ticker_stops_for_whoever_wants_it(page: Page) -> Outcome {
    let (portal, host) = (page.portal()?, page.host()?);
    let state = format!("getComputedStyle({}).animationPlayState", inside("[part=list]"));
    // Below where the pointer may stand.
    let body = format!(
        "{}<p style=\"height: 400px\">Trước</p>{}",
        script(&portal),
        element(&portal, "layout=\"ticker\"")
    );
    page.open(&host.show("", Document::new(body))).await?;
    page.until_texts(TITLES, &NEWEST).await?;
    same("moves", page.text(&state).await?, "running")?;
    let duration = page
        .number(&format!("parseFloat(getComputedStyle({}).animationDuration)", inside("[part=list]")))
        .await?;
    holds(&format!("slow enough to be read: {duration} s"), duration > 30.0)?;
    page.run(&format!("{}.focus()", inside("a[part=title]")), vec![]).await?;
    same("while one stands in it", page.text(&state).await?, "paused")?;
    page.run(&format!("{}.blur()", inside("a[part=title]")), vec![]).await?;
    same("afterwards", page.text(&state).await?, "running")?;
    page.until_texts("ban-tin >>> [part=pause]", &["Tạm dừng"]).await?;
    page.click("ban-tin >>> [part=pause] input").await?;
    same("pressed", page.value(&format!("{}.checked", inside("input"))).await?, json!(true))?;
    page.run(&format!("{}.blur()", inside("input")), vec![]).await?;
    same("as it was asked to", page.text(&state).await?, "paused")?;
    if page.browser() == Browser::Chromium {
        // The only driver that can be asked to.
        let features = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        page.devtools("Emulation.setEmulatedMedia", features).await?;
        same(
            "for those who want it so",
            page.text(&format!("getComputedStyle({}).animationName", inside("[part=list]"))).await?,
            "none",
        )?;
        same(
            "a switch for nothing",
            page.text(&format!("getComputedStyle({}).display", inside("[part=pause]"))).await?,
            "none",
        )?;
        // All can be read all the same.
        let moves =
            format!("(e => {{ e.scrollLeft = 50; return e.scrollLeft; }})({})", inside("[part=track]"));
        same("it scrolls", page.number(&moves).await?, 50.0)?;
    }
    Ok(())
}

async fn the_calendar_and_the_figures_are_shown(page: Page) -> Outcome {
    let (portal, host) = (counting(&page)?, page.host()?);
    page.open(&host.show("", news(&portal, "layout=\"calendar\""))).await?;
    page.until_texts("ban-tin >>> [part=heading]", &["Lịch công tác tuần 37"]).await?;
    page.until_contains("ban-tin >>> [part=event]", "Họp hội đồng thi đua").await?;
    page.until_contains("ban-tin >>> [part=event]", "Địa điểm: Hội trường Sở").await?;
    same("today", page.count("ban-tin >>> [aria-current=date]").await? <= 1, true)?;
    same(
        "the way to all",
        page.attributes("ban-tin >>> [part=more] a", "href").await?,
        [portal.url("lich-cong-tac")],
    )?;
    page.open(&host.show("", news(&portal, "layout=\"stats\""))).await?;
    page.until_texts("ban-tin >>> [part=stat] dd", &["1.204", "3.799.249"]).await?;
    page.until_texts("ban-tin >>> [part=figures] [part=date]", &["Tính đến 15/09/2021 08:50"]).await?;
    // A portal that counts nothing has nothing to show.
    let silent = page.portal()?;
    page.open(&host.show("", news(&silent, "layout=\"stats\""))).await?;
    same(
        "told",
        until_told(&page, "error").await?,
        json!({ "source": silent.url(""), "reason": "not-found" }),
    )?;
    same("the own link is seen", page.value(OWN_IS_SEEN).await?, json!(true))?;
    same("loads told", told(&page, "load").await?, [Value::Null; 0])
}
