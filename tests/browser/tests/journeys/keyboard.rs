//! Every task with the keyboard alone: what a reader does who has no mouse, key by key, from the first stop on.
//!
//! At each stop two things hold (`stop`): one sees where one is (WCAG 2.4.7), and nothing lies over it (2.4.11). Not here:
//! the keys of the search box's list (`search`), the focus after a link was followed with the mouse (`navigation`).

use super::{article::CONFERENCE, home::HEADING};
use crate::journeys;
use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Key, Outcome, Page, Response, same};
use serde_json::{Value, json};

journeys![
    the_content_is_one_stop_away,
    the_menu_is_opened_and_used_on_a_narrow_screen,
    an_article_is_opened_and_left,
    a_search_is_made_narrowed_and_used,
    a_category_is_paged_through,
    reading_options_are_changed_and_left,
    the_menu_of_an_article_is_used_and_left,
    an_article_is_listened_to_and_stopped,
    a_picture_is_opened_and_closed,
    an_article_is_put_aside_and_forgotten,
    the_calendar_is_turned_narrowed_and_changed,
    the_language_is_changed_and_the_footer_reached,
    what_failed_is_tried_again,
    tab_leads_through_the_front_page,
    tab_leads_through_lists,
    tab_leads_through_an_article,
    tab_leads_through_other_pages,
    tab_leads_through_narrow_pages,
];

const ARTICLE: &str = "bai-viet/hoi-nghi-truc-tuyen";

/// More stops than any page of the small archive has.
const MOST_STOPS: usize = 150;

/// Most stops inside one element: a date field has one for the day, the month, the year and the calendar.
const INSIDE: usize = 5;

/// Most stops inside one element that begins like this: a frame has those of its page.
fn room(what: &str) -> usize {
    if what.starts_with("<iframe") { MOST_STOPS } else { INSIDE }
}

/// Where the focus is: the beginning of its markup, its place among all stops of the page, and what is wrong there.
///
/// A ring is seen where at least two of its sides are: one that is drawn around all of a window is not. Controls that lie
/// unseen over what stands for them have their ring on the element after them. Inside a frame the page there has the ring.
const STOP: &str = r"(() => {
const e = document.activeElement;
if (!e || e === document.body || e === document.documentElement) return ['', -1, ''];
if (e.localName === 'iframe') return [e.outerHTML.slice(0, 160), -1, ''];
const wrong = [];
const clip = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
for (let a = e.parentElement; a && a !== document.documentElement; a = a.parentElement) {
  const style = getComputedStyle(a), box = a.getBoundingClientRect();
  if (style.overflowX !== 'visible') { clip.left = Math.max(clip.left, box.left); clip.right = Math.min(clip.right, box.right); }
  if (style.overflowY !== 'visible') { clip.top = Math.max(clip.top, box.top); clip.bottom = Math.min(clip.bottom, box.bottom); }
  if (style.position === 'fixed') break;
}
const ring = o => {
  const style = getComputedStyle(o), width = parseFloat(style.outlineWidth), box = o.getBoundingClientRect();
  const seen = o.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && style.outlineStyle !== 'none' && width >= 2
    && !/^transparent$|, 0\)$|\/ 0\)$/.test(style.outlineColor);
  const out = parseFloat(style.outlineOffset) + width / 2;
  return !seen ? 0 : (box.left - out >= clip.left) + (box.right + out <= clip.right) + (box.top - out >= clip.top) + (box.bottom + out <= clip.bottom);
};
const sides = Math.max(...[e, e.nextElementSibling].filter(Boolean).map(ring));
if (sides < 2) wrong.push('of the ring ' + sides + ' sides are seen');
const labels = [...e.labels ?? []];
const free = [...e.getClientRects()].some(box => [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].some(([x, y]) => {
  const at = [box.left + x * box.width, box.top + y * box.height];
  if (at[0] < clip.left || at[1] < clip.top || at[0] >= clip.right || at[1] >= clip.bottom) return false;
  const hit = document.elementFromPoint(...at);
  return hit && (e.contains(hit) || hit.contains(e) || labels.some(label => label.contains(hit)));
}));
if (!free) wrong.push('it is out of sight or something lies over it: ' + JSON.stringify(e.getBoundingClientRect()) + ' in ' + JSON.stringify(clip));
return [e.outerHTML.slice(0, 160), STOPS().indexOf(e), wrong.join('; ')];
})()";

/// All elements at which Tab should stop, in order: of radio buttons that belong together the chosen one.
const STOPS: &str = "(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]\
     .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 \
     && (e.type !== 'radio' || e.checked)))";

/// What is at the focus, once all is right there.
async fn stop(page: &Page) -> Result<(String, i64)> {
    let look = format!("(() => {{ const STOPS = {STOPS}; return {STOP}; }})()");
    let mut found = page.value(&look).await?;
    if found[2] != "" {
        // What scrolls into sight may need a moment for it.
        let _ = page.until(&format!("{look}[2] === ''")).await;
        found = page.value(&look).await?;
        ensure!(found[2] == "", "at {}: {}", found[0], found[2]);
    }
    let place = found[1].as_i64().with_context(|| format!("a stop is not {found}"))?;
    Ok((found[0].as_str().unwrap_or_default().to_owned(), place))
}

/// Presses Tab until the focus is on an element that fits the selector and, if there is one, reads like the text.
pub(super) async fn tab_to(page: &Page, css: &str, text: &str) -> Outcome {
    go_to(page, &[], css, text).await
}

/// The same backwards.
async fn tab_back_to(page: &Page, css: &str, text: &str) -> Outcome {
    go_to(page, &[Key::Shift], css, text).await
}

async fn go_to(page: &Page, held: &[Key], css: &str, text: &str) -> Outcome {
    let there = format!(
        "(e => e.matches({}) && ['', e.textContent.replace(/\\s+/g, ' ').trim()].includes({}))(document.activeElement)",
        json!(css),
        json!(text)
    );
    let mut passed = Vec::new();
    for _ in 0..MOST_STOPS {
        page.press(held, Key::Tab).await?;
        let (what, _) = stop(page).await?;
        if page.value(&there).await? == Value::Bool(true) {
            return Ok(());
        }
        let trapped = passed.iter().rev().take_while(|one| **one == what).count() >= room(&what);
        passed.push(what);
        ensure!(!trapped, "the keyboard does not get out of {:?}", passed.last());
    }
    anyhow::bail!("Tab does not lead to {css} {text:?}, only to:\n{}", passed.join("\n"))
}

/// Walks the whole page with Tab: every stop is reached, in order, from the end some are reached backwards, and the last
/// one is left.
async fn walk(page: &Page) -> Outcome {
    let all = page.value(&format!("{STOPS}().map(e => e.outerHTML.slice(0, 160))")).await?;
    let all: Vec<String> = serde_json::from_value(all)?;
    let last = i64::try_from(all.len())? - 1;
    step_by_step(page, &all, -1, last).await?;
    step_by_step(page, &all, last, (last - 8).max(0)).await?;
    step_by_step(page, &all, (last - 8).max(0), last).await?;
    for _ in 0..INSIDE {
        page.press(&[], Key::Tab).await?;
        if stop(page).await?.1 != last {
            return Ok(());
        }
    }
    anyhow::bail!("the page is not left")
}

/// From one stop to another with Tab, or backwards with Shift and Tab, and to no other than those between them.
async fn step_by_step(page: &Page, all: &[String], from: i64, to: i64) -> Outcome {
    let (held, step): (&[Key], i64) = if to < from { (&[Key::Shift], -1) } else { (&[], 1) };
    let (mut at, mut inside) = (from, 0);
    while at != to {
        page.press(held, Key::Tab).await?;
        let (what, place) = stop(page).await?;
        inside += 1;
        // A stop of its own has what is inside a date field; and in some browsers what scrolls has one, too.
        if place == at || (place < 0 && !what.is_empty()) {
            ensure!(inside < room(&what), "the keyboard does not get out of {what}");
            continue;
        }
        let next = usize::try_from(at + step)?;
        ensure!(
            place == at + step,
            "the keyboard goes to {what:?} ({place}) and not to {next}: {}",
            all[next]
        );
        (at, inside) = (place, 0);
    }
    Ok(())
}

pub(super) async fn enter(page: &Page) -> Outcome {
    page.press(&[], Key::Enter).await
}

pub(super) async fn space(page: &Page) -> Outcome {
    page.type_text(" ").await
}

async fn the_content_is_one_stop_away(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.press(&[], Key::Tab).await?;
    page.until_focus(".skip-link").await?;
    stop(&page).await?;
    enter(&page).await?;
    page.until_focus("main#noi-dung").await?;
    page.press(&[], Key::Tab).await?;
    page.until_focus("main .breadcrumb a").await?;
    stop(&page).await?;
    Ok(())
}

async fn the_menu_is_opened_and_used_on_a_narrow_screen(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.open(&portal.frame_url("")).await?;
    page.in_frame(360).await?;
    page.heading(HEADING).await?;
    tab_to(&page, ".navigation__toggle", "").await?;
    enter(&page).await?;
    page.until("document.querySelector('.navigation__toggle').ariaExpanded === 'true'").await?;
    space(&page).await?;
    page.until("document.querySelector('.navigation__toggle').ariaExpanded === 'false'").await?;
    space(&page).await?;
    page.until("document.querySelector('.navigation__toggle').ariaExpanded === 'true'").await?;
    tab_to(&page, "#menu a", "Tuyển sinh").await?;
    enter(&page).await?;
    page.heading("Tuyển sinh").await?;
    page.until_focus("main h1").await?;
    page.until("document.querySelector('.navigation__toggle').ariaExpanded === 'false'").await
}

async fn an_article_is_opened_and_left(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_settled().await?;
    tab_to(&page, "main .headline-card a", CONFERENCE).await?;
    enter(&page).await?;
    page.heading(CONFERENCE).await?;
    page.until_focus("main h1").await?;
    page.back().await?;
    page.heading(HEADING).await?;
    page.until_focus(".headline-card a[href$='hoi-nghi-truc-tuyen']").await?;
    let (_, place) = stop(&page).await?;
    page.press(&[], Key::Tab).await?;
    same("the next stop", stop(&page).await?.1, place + 1)
}

async fn a_search_is_made_narrowed_and_used(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    tab_to(&page, "#masthead-words", "").await?;
    page.type_text("hoc").await?;
    enter(&page).await?;
    page.heading("Tìm kiếm").await?;
    page.until_there(".search-results li").await?;
    page.until_focus("main h1").await?;
    tab_to(&page, "[name=muc][value=tin-tuc-su-kien]", "").await?;
    space(&page).await?;
    page.until("document.activeElement.checked").await?;
    tab_to(&page, "[name=tu]", "").await?;
    // Day and month may stand in either order.
    for part in ["09", "09", "2021"] {
        page.type_text(part).await?;
        // The others go on to the next part by themselves.
        if page.browser() == Browser::WebKit {
            page.press(&[], Key::Right).await?;
        }
    }
    page.until("document.querySelector('[name=tu]').value === '2021-09-09'").await?;
    tab_to(&page, ".search-form__ways button", "").await?;
    enter(&page).await?;
    page.until_at("?q=hoc&muc=tin-tuc-su-kien&tu=2021-09-09").await?;
    page.until("document.querySelectorAll('.active-filters li').length === 2").await?;
    page.until_there(".search-results li").await?;
    tab_to(&page, ".search-result__title a", "").await?;
    let title = page.text("document.activeElement.textContent").await?;
    enter(&page).await?;
    page.heading(&title).await?;
    page.until_focus("main h1").await
}

async fn a_category_is_paged_through(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tin-tuc-su-kien"), "Tin tức - Sự kiện").await?;
    tab_to(&page, ".pagination a[rel=next]", "").await?;
    enter(&page).await?;
    page.until_at("?trang=2").await?;
    page.until_focus("main h1").await?;
    page.until_there(".pagination a[rel=prev]").await?;
    tab_to(&page, ".pagination a[rel=prev]", "").await?;
    enter(&page).await?;
    page.until_at("/chuyen-muc/tin-tuc-su-kien").await?;
    page.until_focus("main h1").await
}

async fn reading_options_are_changed_and_left(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    tab_to(&page, ".masthead__door[aria-expanded]", "").await?;
    enter(&page).await?;
    page.until("document.activeElement.ariaExpanded === 'true'").await?;
    tab_to(&page, "[name=reading-text]", "").await?;
    page.press(&[], Key::Right).await?;
    page.until("document.documentElement.dataset.text === '1'").await?;
    stop(&page).await?;
    tab_to(&page, "[name=reading-theme]", "").await?;
    page.press(&[], Key::Right).await?;
    page.press(&[], Key::Right).await?;
    page.until("document.documentElement.dataset.theme === 'dark'").await?;
    stop(&page).await?;
    tab_to(&page, ".switch input", "").await?;
    space(&page).await?;
    page.until("document.documentElement.dataset.contrast === 'more'").await?;
    page.press(&[], Key::Escape).await?;
    page.until_focus(".masthead__door[aria-expanded=false]").await?;
    page.until("document.querySelector('#reading-options').hidden").await?;
    stop(&page).await?;
    Ok(())
}

async fn the_menu_of_an_article_is_used_and_left(page: Page) -> Outcome {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: \
                     { writeText: text => { globalThis.copied = text; return Promise.resolve(); } } });";
    let portal = page.portal_with(|portal| portal.script(clipboard))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    tab_to(&page, ".menu > summary", "").await?;
    enter(&page).await?;
    page.until("document.querySelector('.menu').open").await?;
    tab_to(&page, ".menu button", "Sao chép liên kết").await?;
    enter(&page).await?;
    page.until_reads(".article-tools > [role=status]", "Đã sao chép liên kết").await?;
    same("the link", page.text("globalThis.copied").await?, portal.url(ARTICLE))?;
    // What was pressed is gone; the reader is where the menu was opened.
    page.until_focus(".menu > summary").await?;
    same("open", page.value("document.querySelector('.menu').open").await?, json!(false))?;
    stop(&page).await?;
    space(&page).await?;
    page.until("document.querySelector('.menu').open").await?;
    tab_to(&page, ".menu a", "Facebook").await?;
    page.press(&[], Key::Escape).await?;
    page.until_focus(".menu > summary").await?;
    same("open", page.value("document.querySelector('.menu').open").await?, json!(false))?;
    // Who goes on leaves it behind closed.
    enter(&page).await?;
    page.until("document.querySelector('.menu').open").await?;
    tab_back_to(&page, ".article-tools button[aria-pressed]", "").await?;
    page.until("!document.querySelector('.menu').open").await
}

async fn an_article_is_listened_to_and_stopped(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(super::reading::VOICES))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    tab_to(&page, ".listen-bar button", "Nghe bài").await?;
    enter(&page).await?;
    page.until("spoken.length === 1").await?;
    page.until_focus(".listen-bar button").await?;
    space(&page).await?;
    page.until_reads(".listen-bar button", "Nghe tiếp").await?;
    space(&page).await?;
    page.until("spoken.length === 2").await?;
    tab_to(&page, ".listen-bar select", "").await?;
    tab_back_to(&page, ".listen-bar button", "Dừng").await?;
    enter(&page).await?;
    page.until("globalThis.now === undefined").await?;
    page.until_reads(".listen-bar button", "Nghe bài").await?;
    // What was pressed is gone; the reader is where the reading was begun.
    page.until_focus(".listen-bar > button").await?;
    stop(&page).await?;
    Ok(())
}

async fn a_picture_is_opened_and_closed(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    tab_to(&page, ".larger-picture", "").await?;
    enter(&page).await?;
    page.until_there("dialog[open] img").await?;
    page.until("document.querySelector('dialog').contains(document.activeElement)").await?;
    let shown = page.text("document.querySelector('dialog img').src").await?;
    page.press(&[], Key::Right).await?;
    page.until(&format!("document.querySelector('dialog img').src !== {}", json!(shown))).await?;
    tab_to(&page, ".picture-dialog__inside", "").await?;
    tab_back_to(&page, ".picture-dialog__close", "").await?;
    enter(&page).await?;
    page.until_gone("dialog[open]").await?;
    page.until_focus(".larger-picture").await?;
    stop(&page).await?;
    enter(&page).await?;
    page.until_there("dialog[open] img").await?;
    page.press(&[], Key::Escape).await?;
    page.until_gone("dialog[open]").await?;
    page.until_focus(".larger-picture").await
}

async fn an_article_is_put_aside_and_forgotten(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    tab_to(&page, ".article-tools button", "Lưu bài").await?;
    space(&page).await?;
    page.until_reads(".article-tools button", "Bỏ lưu").await?;
    page.until_focus(".article-tools button[aria-pressed=true]").await?;
    tab_to(&page, ".article-tools a", "Xem các bài đã lưu").await?;
    enter(&page).await?;
    page.heading("Bài đã lưu").await?;
    page.until_focus("main h1").await?;
    tab_to(&page, ".shelf__title", CONFERENCE).await?;
    tab_to(&page, "main button", "Xóa danh sách đã lưu").await?;
    enter(&page).await?;
    page.until_contains("section[aria-label='Để đọc sau']", "Chưa có bài nào").await?;
    // What was pressed is gone; the reader is not thrown out of the page.
    page.until_focus("main h1").await?;
    tab_to(&page, "main button", "Xóa lịch sử đọc").await?;
    enter(&page).await?;
    page.until_contains("section[aria-label='Đã đọc gần đây']", "Chưa đọc bài nào").await?;
    page.until_focus("main h1").await
}

async fn the_calendar_is_turned_narrowed_and_changed(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(super::search::SAVES))?;
    page.visit(&portal.url("lich-cong-tac/2021-W36"), "Lịch công tác").await?;
    tab_to(&page, ".week-ways a", "Tuần sau").await?;
    enter(&page).await?;
    page.until_at("/lich-cong-tac/2021-W37").await?;
    page.until_focus("main h1").await?;
    page.until_texts(".week-list__title", &["Giao ban tuần", "Họp hội đồng thi đua"]).await?;
    tab_to(&page, "select[name=ai]", "").await?;
    choose_next(&page).await?;
    tab_to(&page, ".calendar-tools button", "Lọc").await?;
    enter(&page).await?;
    page.until("new URL(location).searchParams.get('ai') !== null").await?;
    page.until("document.querySelectorAll('.week-list__title').length === 1").await?;
    page.until_focus("main h1").await?;
    tab_to(&page, ".calendar-tools a", "Xem dạng bảng").await?;
    enter(&page).await?;
    page.until("document.querySelector('.week-table').checkVisibility()").await?;
    page.until_focus("main h1").await?;
    tab_to(&page, ".calendar-tools button", "Tải lịch (.ics)").await?;
    enter(&page).await?;
    super::search::saved(&page).await.map(drop)
}

/// Chooses the next option of the `<select>` that has the focus.
async fn choose_next(page: &Page) -> Outcome {
    let before = page.number("document.activeElement.selectedIndex").await?;
    page.press(&[], Key::Down).await?;
    page.until(&format!("document.activeElement.selectedIndex === {before} + 1")).await
}

async fn the_language_is_changed_and_the_footer_reached(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    tab_to(&page, ".masthead__language", "English").await?;
    enter(&page).await?;
    page.until("document.documentElement.lang === 'en'").await?;
    page.until_focus(".masthead__language").await?;
    stop(&page).await?;
    tab_to(&page, ".footer a", "Saved articles").await?;
    tab_to(&page, ".footer a[href^='mailto:']", "").await?;
    tab_back_to(&page, ".footer a", "Work calendar").await?;
    enter(&page).await?;
    page.heading("Work calendar").await?;
    page.until_focus("main h1").await
}

async fn what_failed_is_tried_again(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.answer("data/week/*", Response::text(500, "no"));
    page.visit(&portal.url("lich-cong-tac/2021-W37"), "Chưa mở được nội dung").await?;
    portal.heal("data/week/*");
    tab_to(&page, ".failure button", "Thử lại").await?;
    enter(&page).await?;
    page.heading("Lịch công tác").await?;
    // What was pressed is gone.
    page.until_focus("main h1").await?;
    let portal = page.portal()?;
    portal.answer("data/entry.json", Response::text(500, "no"));
    page.visit(&portal.url("thong-ke"), "Chưa mở được nội dung").await?;
    portal.heal("data/entry.json");
    tab_to(&page, ".failure button", "Thử lại").await?;
    enter(&page).await?;
    page.heading("Thống kê truy cập").await?;
    page.until_focus("main h1").await
}

async fn tab_leads_through_the_front_page(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_there(".week-list").await?;
    page.until_settled().await?;
    walk(&page).await
}

async fn tab_leads_through_lists(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tin-tuc-su-kien"), "Tin tức - Sự kiện").await?;
    page.until_settled().await?;
    walk(&page).await?;
    page.visit(&portal.url("tim-kiem?q=hoc&muc=tin-tuc-su-kien"), "Tìm kiếm").await?;
    page.until_there(".search-results li").await?;
    page.until_there(".year-bars a").await?;
    walk(&page).await
}

async fn tab_leads_through_an_article(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(super::reading::VOICES))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    // Also with what stands open only while one listens.
    page.click(("button", "Nghe bài")).await?;
    page.until("spoken.length === 1").await?;
    page.click(("button", "Lưu bài")).await?;
    page.click(("button", "Tùy chọn đọc")).await?;
    page.run("for (const e of document.querySelectorAll('.article-body details')) e.open = true; document.activeElement.blur(); scrollTo(0, 0)", vec![])
        .await?;
    page.until_settled().await?;
    restart(&page).await?;
    walk(&page).await
}

/// Puts the keyboard before the first stop again, where a click has moved it.
async fn restart(page: &Page) -> Outcome {
    page.run(
        "const start = document.createElement('span'); start.tabIndex = -1; document.body.prepend(start); start.focus(); start.remove()",
        vec![],
    )
    .await
    .map(drop)
}

async fn tab_leads_through_other_pages(page: Page) -> Outcome {
    let portal = page.portal()?;
    for (path, heading) in [
        ("lich-cong-tac/2021-W37", "Lịch công tác"),
        ("lich-cong-tac/2021-W37?dang=bang", "Lịch công tác"),
        ("thong-ke", "Thống kê truy cập"),
        ("da-luu", "Bài đã lưu"),
        ("tao-ma-nhung?limit=1", "Nhúng tin bài"),
        ("khong-co", "Không tìm thấy trang"),
    ] {
        page.visit(&portal.url(path), heading).await?;
        page.until_settled().await?;
        walk(&page).await.with_context(|| path.to_owned())?;
    }
    Ok(())
}

async fn tab_leads_through_narrow_pages(page: Page) -> Outcome {
    let portal = page.portal()?;
    for (path, heading) in [
        (ARTICLE, CONFERENCE),
        ("lich-cong-tac/2021-W37?dang=bang", "Lịch công tác"),
        ("tim-kiem?q=hoc", "Tìm kiếm"),
    ] {
        page.open(&portal.frame_url(path)).await?;
        page.in_frame(360).await?;
        page.heading(heading).await?;
        page.until_there(".article, .week-table, .search-results li").await?;
        page.until_settled().await?;
        walk(&page).await.with_context(|| path.to_owned())?;
        page.out_of_frame().await?;
    }
    Ok(())
}
