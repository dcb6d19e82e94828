//! Facts about the layout of every page, from 320 to 1920 pixels: nothing is too wide, nothing is cut off,
//! there is one heading, and what is to be pressed is large enough. The page stands in a frame, because no
//! browser makes its window as narrow as a telephone.

use crate::journeys;
use anyhow::ensure;
use browser_tests::{Archive, Browser, FRAME, Outcome, Page, Portal, Response};
use serde_json::json;

journeys![
    the_front_page_fits,
    a_category_fits,
    the_archive_and_a_topic_fit,
    an_article_fits,
    an_article_with_wide_things_fits,
    the_search_fits,
    the_calendar_fits,
    the_statistics_fit,
    the_page_for_embedding_fits,
    the_page_for_unknown_addresses_fits,
    a_failure_fits,
    the_notices_fit,
    an_article_of_a_plain_feed_fits,
    english_fits,
    what_is_pressed_is_large_enough,
    what_a_finger_presses_is_larger,
];

const WIDTHS: [u32; 5] = [320, 360, 768, 1280, 1920];

/// What is wrong in the frame's document now. Text is cut off where it reaches over the edge of an ancestor
/// that hides what is beyond; an ancestor that scrolls shows it all.
const WRONG: &str = r"
const [width] = arguments, frame = document.querySelector('iframe'), wrong = [];
frame.style.width = width + 'px';
const page = frame.contentDocument, view = frame.contentWindow, root = page.documentElement;
const name = e => e.localName + (e.id ? '#' + e.id : '') + [...e.classList].map(c => '.' + c).join('') + ' “' + e.textContent.trim().slice(0, 40) + '”';
const shown = e => e.getClientRects().length > 0 && view.getComputedStyle(e).visibility === 'visible';
const hidden = e => e.closest('.visually-hidden') !== null;
if (view.innerWidth !== width) wrong.push('the frame is ' + view.innerWidth + ' wide');
if (root.scrollWidth > view.innerWidth) {
  wrong.push('the page is ' + root.scrollWidth + ' wide');
  for (const e of page.querySelectorAll('body *'))
    if (shown(e) && e.getBoundingClientRect().right > view.innerWidth + 1) { wrong.push('too far right: ' + name(e)); break; }
}
const headings = [...page.querySelectorAll('h1')];
if (headings.length !== 1) wrong.push(headings.length + ' h1: ' + headings.map(name).join(', '));
const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT), range = page.createRange();
for (let text = texts.nextNode(); text; text = texts.nextNode()) {
  const parent = text.parentElement;
  if (!text.data.trim() || !shown(parent) || hidden(parent) || parent.closest('script, style, noscript, option, svg')) continue;
  range.selectNodeContents(text);
  for (const box of range.getClientRects()) {
    for (let e = parent; e && e !== root; e = e.parentElement) {
      const style = view.getComputedStyle(e);
      if (['auto', 'scroll'].includes(style.overflowX)) break;
      const edge = e.getBoundingClientRect();
      const clips = ['hidden', 'clip'].includes(style.overflowX);
      if (clips && (box.left < edge.left - 1 || box.right > edge.right + 1)) { wrong.push('cut off by ' + name(e) + ': ' + name(parent)); break; }
      if (style.position === 'fixed') break;
    }
    if (box.left < -1 && !parent.closest('.skip-link')) wrong.push('too far left: ' + name(parent));
  }
}
const targets = 'nav a, .pagination a, button, summary, select, input:not([type=checkbox], [type=radio]), label:has([type=checkbox], [type=radio]), .button';
for (const e of page.querySelectorAll(targets)) {
  if (!shown(e) || hidden(e)) continue;
  const { width: w, height: h } = e.getBoundingClientRect();
  if (w < 24 || h < 24) wrong.push('too small to press, ' + Math.round(w) + ' × ' + Math.round(h) + ': ' + name(e));
}
for (const e of page.querySelectorAll('main p, main li, main h1, main h2, main h3, main td, main th, main a')) {
  if (!shown(e) || hidden(e) || !e.textContent.trim() || e.ariaHidden === 'true') continue;
  const style = view.getComputedStyle(e), ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
  // Two stacked Vietnamese marks on a capital need this much.
  if (ratio < 1.25) wrong.push('lines stand too close, ' + ratio.toFixed(2) + ': ' + name(e));
}
return [...new Set(wrong)].slice(0, 12);";

/// Opens everything that can be opened: what is shown then must fit as well.
const OPEN: &str = "(page => { for (const e of page.querySelectorAll('details')) e.open = true; \
     const menu = page.querySelector('.navigation__toggle'); \
     if (menu && menu.getAttribute('aria-expanded') === 'false') menu.click(); })";

/// The text as large as the reader can make it.
/// As the browser's own setting makes it.
const DOUBLE: &str = "(page => { delete page.documentElement.dataset.text; \
     page.documentElement.style.fontSize = '200%'; })";

const LARGEST: &str = "(page => { page.documentElement.dataset.text = '3'; })";

/// As spaced out as WCAG 1.4.12 asks a page to bear.
const SPACED: &str = "(page => { page.documentElement.style.fontSize = ''; \
     const style = page.createElement('style'); style.textContent = '* { line-height: 1.5 !important; \
     letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }'; \
     page.head.append(style); })";

/// What is looked at, one after the other: its name, how it is made, at which widths.
const STATES: &[(&str, &str, &[u32])] = &[
    ("", "(() => {})", &WIDTHS),
    (", all opened", OPEN, &WIDTHS),
    (", largest text", LARGEST, &[320, 1280]),
    (", text twice as large", DOUBLE, &[360, 1280]),
    (", spaced out", SPACED, &[320, 1280]),
];

/// Nothing that is shown at once is on its way any more.
const SETTLED: &str = "(page => page.readyState === 'complete' && page.fonts.status === 'loaded' && \
     [...page.images].every(i => i.loading === 'lazy' || i.complete))";

async fn fits(page: &Page, portal: &Portal, address: &str, there: &str) -> Outcome {
    page.open(&portal.frame_url(address)).await?;
    page.until(&format!("{FRAME}.querySelector({}) !== null", json!(there))).await?;
    page.until(&format!("({SETTLED})({FRAME})")).await?;
    let mut wrong = Vec::new();
    for (state, make, widths) in STATES {
        page.run(&format!("({make})({FRAME})"), vec![]).await?;
        for width in *widths {
            let found = page.run(WRONG, vec![json!(width)]).await?;
            let found = found.as_array().into_iter().flatten().filter_map(|text| text.as_str());
            wrong.extend(found.map(|text| format!("{width} px{state}: {text}")));
        }
    }
    ensure!(wrong.is_empty(), "/{address} does not fit:\n{}", wrong.join("\n"));
    Ok(())
}

async fn the_front_page_fits(page: Page) -> Outcome {
    // A day with hot news, so that every block is there.
    let portal = page.portal_with(|portal| portal.now(browser_tests::NOW - 5 * 86_400))?;
    fits(&page, &portal, "", "section[aria-label='Lịch công tác'] .week-list").await
}

async fn a_category_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "chuyen-muc/tin-tuc-su-kien", "main .pagination").await?;
    fits(&page, &portal, "chuyen-muc/tin-tuc-su-kien?trang=99", "main .dropped-notice").await
}

async fn the_archive_and_a_topic_fit(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "luu-tru", "main .tags").await?;
    fits(&page, &portal, "chu-de/mua-bao-nam-2020", "main .headline-card").await
}

async fn an_article_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "bai-viet/hoi-nghi-truc-tuyen", "main .article").await
}

async fn an_article_with_wide_things_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    let archive = Archive::read()?;
    let file = archive.article("hoi-nghi-truc-tuyen")?;
    let mut article: serde_json::Value =
        serde_json::from_str(&Archive::file(file.trim_start_matches("data/"))?)?;
    // Words that no line holds, as addresses and codes are.
    let long = "a".repeat(180);
    article["headline"]["title"] = json!(format!("Tên bài có một từ rất dài {long} ở giữa"));
    article["headline"]["summary"] = json!(format!("https://lacgiang.example/{long}"));
    article["tags"] = json!([format!("nhãn {long}"), "b".repeat(60)]);
    article["source"] = json!(long);
    article["unit"] = json!(long);
    article["attachments"][0]["title"] = json!(format!("Tệp_{long}.pdf"));
    portal.json(&file, article.to_string());
    fits(&page, &portal, "bai-viet/hoi-nghi-truc-tuyen", "main .article").await
}

async fn the_search_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "tim-kiem?q=n%C4%83m+h%E1%BB%8Dc", "main .search-result").await?;
    fits(&page, &portal, "tim-kiem?muc=khong-co&tu=2021-02-30&trang=0", "main .dropped-notice").await?;
    let long = "v%C4%83n+ph%C3%B2ng+".repeat(12);
    fits(&page, &portal, &format!("tim-kiem?don-vi={long}&the={long}&muc=thong-bao"), "main .active-filters")
        .await?;
    fits(&page, &portal, "tim-kiem?q=xyzzy", "main .empty").await
}

async fn the_calendar_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "lich-cong-tac", "main .week-list").await?;
    fits(&page, &portal, "lich-cong-tac/2021-W38", "main .empty").await
}

async fn the_statistics_fit(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "thong-ke", "main .figures").await
}

async fn the_page_for_embedding_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    let long = "m%E1%BB%99t_ti%C3%AAu_%C4%91%E1%BB%81_kh%C3%B4ng_ng%E1%BA%AFt_".repeat(4);
    fits(
        &page,
        &portal,
        &format!("tao-ma-nhung?heading={long}&query={long}&layout=calendar"),
        "main .embed-builder",
    )
    .await
}

async fn the_page_for_unknown_addresses_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    fits(&page, &portal, "khong-co", "main .not-found").await
}

async fn a_failure_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.json("data/article/*", "{");
    fits(&page, &portal, "bai-viet/hoi-nghi-truc-tuyen", "main .failure").await?;
    portal.answer("data/entry.json", Response::text(500, "no"));
    page.run("try { localStorage.clear() } catch {}", vec![]).await?;
    fits(&page, &portal, "", "main .failure").await
}

async fn the_notices_fit(page: Page) -> Outcome {
    let offline = "Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });";
    let portal = page.portal_with(|portal| portal.script(offline))?;
    fits(&page, &portal, "thong-ke", ".notice").await?;
    let panic = "addEventListener('load', () => dispatchEvent(new CustomEvent('bantin:panic', \
                 { detail: 'panicked at src/a/very/long/path/to/some/file.rs:123:45: index out of bounds' })));";
    let portal = page.portal_with(|portal| portal.script(panic))?;
    portal.expect_complaint("notice: Trang gặp lỗi");
    fits(&page, &portal, "thong-ke", "#bantin-notice ~ #bantin main h1").await
}

async fn an_article_of_a_plain_feed_fits(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.source("feed.json"))?;
    let cells = "<td>một_ô_rất_dài_không_ngắt</td>".repeat(14);
    let html = format!(
        "<table><tr>{cells}</tr></table><pre>{}</pre><p>{}</p><p><code>{}</code></p><img src=\"/icon.svg\" width=\"3000\" height=\"200\" alt=\"\">\
         <h2>{}</h2><ul><li><ul><li><ul><li><ul><li>sâu</li></ul></li></ul></li></ul></li></ul>",
        "x".repeat(400),
        "y".repeat(400),
        "z".repeat(300),
        "w".repeat(200)
    );
    let item = json!({ "id": "1", "url": format!("https://x.example/{}", "u".repeat(300)), "title": "Rộng", "content_html": html,
        "date_published": "2021-08-01T00:00:00Z" });
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Phường", "items": [item] });
    portal.json("feed.json", feed.to_string());
    fits(&page, &portal, "", "main h3 a").await?;
    let href = page.text(&format!("{FRAME}.querySelector('main h3 a').getAttribute('href')")).await?;
    fits(&page, &portal, href.trim_start_matches('/'), "main .article-body table").await
}

async fn english_fits(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.open(&portal.blank_url()).await?;
    page.run("localStorage.setItem('bantin/lang', 'en')", vec![]).await?;
    fits(&page, &portal, "", "main .visit-figures").await?;
    fits(&page, &portal, "tim-kiem", "main .search-form").await?;
    fits(&page, &portal, "lich-cong-tac", "main .week-list").await?;
    fits(&page, &portal, "tao-ma-nhung", "main .embed-builder").await?;
    fits(&page, &portal, "bai-viet/ke-hoach-nam-hoc-moi", "main .article").await?;
    page.until(&format!("{FRAME}.documentElement.lang === 'en'")).await
}

/// Everything in the frame's document that is pressed and too small for it, in CSS pixels. How large something is, is
/// found by asking what lies at the points around its middle: so its label counts, and what covers it does not.
///
/// Not judged are links in running text (WCAG 2.5.8, "inline"). With `spaced` neither is what has a circle of `least`
/// around its middle to itself (2.5.8, "spacing").
const TOO_SMALL: &str = r"
const [width, least, spaced] = arguments, frame = document.querySelector('iframe');
frame.style.width = width + 'px';
const page = frame.contentDocument, view = frame.contentWindow;
// All of it in the window, for only there can be asked what lies at a point; no page of the small archive is longer.
frame.style.height = '20000px';
view.scrollTo(0, 0);
const all = [...page.querySelectorAll('a[href], button, input, select, summary, textarea, [role=button], [role=menuitem], [role=option], [role=tab]')]
  .filter(e => e.type !== 'hidden' && !e.disabled && e.getClientRects().length && e.checkVisibility({ visibilityProperty: true }) && !e.closest('.visually-hidden, .skip-link'));
const block = e => { let b = e.parentElement; while (view.getComputedStyle(b).display.startsWith('inline')) b = b.parentElement; return b; };
const text = e => e.textContent.replace(/\s+/g, ' ').trim();
const inText = e => e.localName === 'a' && view.getComputedStyle(e).display === 'inline' && !e.querySelector('img')
  && text(block(e)).length > text(e).length && e.closest('.article-body, p') !== null;
const own = (e, hit) => hit && (e.contains(hit) || [...e.labels ?? []].some(label => label.contains(hit)));
const targets = all.filter(e => !inText(e)).map(e => {
  const box = e.getClientRects()[0], at = part => [box.left + box.width / 2, box.top + box.height * part];
  const [x, y] = [0.5, 0.9, 0.1].map(at).find(place => own(e, page.elementFromPoint(...place))) ?? at(0.5);
  const is = (dx, dy) => own(e, page.elementFromPoint(x + dx, y + dy));
  const reach = (dx, dy) => { let n = 0; while (n < 2 * least && is(dx * (n + 0.5), dy * (n + 0.5))) n += 0.5; return n; };
  return { e, x, y, box, w: reach(-1, 0) + reach(1, 0), h: reach(0, -1) + reach(0, 1) };
});
// An open menu may lie over all of a picture; who wants that closes it first.
const underMenu = t => !t.w && !t.e.closest('.menu__list') && page.elementFromPoint(t.x, t.y)?.closest('.menu__list');
const gap = (t, o) => Math.hypot(Math.max(o.box.left - t.x, 0, t.x - o.box.right), Math.max(o.box.top - t.y, 0, t.y - o.box.bottom));
// Half a pixel is lost to rounding on either side.
const small = targets.filter(t => !underMenu(t)).filter(t => t.w < least - 1 || t.h < least - 1);
const alone = t => targets.every(o => o === t || o.e.contains(t.e) || t.e.contains(o.e)
  || (gap(t, o) >= least / 2 && (!small.includes(o) || Math.hypot(t.x - o.x, t.y - o.y) >= least)));
return small.filter(t => !spaced || !alone(t))
  .map(({ e, w, h }) => w + ' × ' + h + ': ' + e.localName + [...e.classList].map(c => '.' + c).join('') + ' in ' + e.parentElement.localName + '.' + e.parentElement.className + ' “' + text(e).slice(0, 30) + '”')
  .filter((line, at, lines) => lines.indexOf(line) === at).slice(0, 20);";

/// All pages: their address and what is there when they are.
const PAGES: &[(&str, &str)] = &[
    ("", "section[aria-label='Lịch công tác'] .week-list"),
    ("chuyen-muc/tin-tuc-su-kien", "main .pagination"),
    ("bai-viet/hoi-nghi-truc-tuyen", "main .article"),
    ("bai-viet/ke-hoach-nam-hoc-moi", "main .article"),
    ("tim-kiem?q=tuyen+sing&muc=tuyen-sinh&trang=0", "main .correction"),
    ("tim-kiem?muc=thong-bao&tu=2021-01-01&tieu-de=co", "main .active-filters"),
    ("lich-cong-tac/2021-W37", "main .week-list"),
    ("lich-cong-tac/2021-W37?dang=bang", "main .week-table"),
    ("thong-ke", "main .figures"),
    ("da-luu", "main .shelf"),
    ("tao-ma-nhung", "main .embed-builder"),
    ("khong-co", "main .not-found"),
];

/// Looks at every page, with all opened that can be.
async fn large_enough(page: &Page, least: u32, spaced: bool) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(super::reading::VOICES))?;
    // So that there is something on the shelf.
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), super::article::CONFERENCE).await?;
    page.click(("button", "Lưu bài")).await?;
    page.until_there(("button", "Bỏ lưu")).await?;
    let mut wrong = Vec::new();
    for (address, there) in PAGES {
        page.open(&portal.frame_url(address)).await?;
        page.until(&format!("{FRAME}.querySelector({}) !== null", json!(there))).await?;
        page.until(&format!("({SETTLED})({FRAME})")).await?;
        let open = "for (const css of ['.masthead__door[aria-expanded=false]', '.listen-bar > button']) page.querySelector(css)?.click();";
        // Twice, because a menu closes when something else is pressed.
        page.run(&format!("const page = {FRAME}; {open} ({OPEN})(page); ({OPEN})(page);"), vec![]).await?;
        page.until(&format!("!{FRAME}.querySelector('#reading-options').hidden")).await?;
        for width in [360, 1280] {
            let found = page.run(TOO_SMALL, vec![json!(width), json!(least), json!(spaced)]).await?;
            let found = found.as_array().into_iter().flatten().filter_map(|text| text.as_str());
            wrong.extend(found.map(|text| format!("/{address}, {width} px: {text}")));
        }
    }
    ensure!(wrong.is_empty(), "smaller than {least} px:\n{}", wrong.join("\n"));
    Ok(())
}

async fn what_is_pressed_is_large_enough(page: Page) -> Outcome {
    large_enough(&page, 24, true).await
}

async fn what_a_finger_presses_is_larger(page: Page) -> Outcome {
    // The only driver that can be asked for fingers.
    if page.browser() != Browser::Chromium {
        return Ok(());
    }
    page.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 5 }))
        .await?;
    page.open("about:blank").await?;
    page.until("matchMedia('(pointer: coarse)').matches").await?;
    large_enough(&page, 44, false).await
}
