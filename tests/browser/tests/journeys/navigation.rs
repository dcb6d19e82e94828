//! What changes with the page beside its text: title, focus, announcement, scroll position.

use crate::journeys;
use anyhow::Result;
use browser_tests::{Key, NOW, Outcome, Page, holds, same};

journeys![
    title_focus_and_announcement_change_with_the_page,
    the_first_page_leaves_the_focus_alone,
    a_link_leads_to_the_top,
    back_leads_to_where_the_reader_was,
    back_leads_to_the_link_that_was_pressed_without_focus,
    forward_leads_to_where_the_reader_was,
    a_reload_leads_to_where_the_reader_was,
    an_address_typed_anew_begins_at_the_top,
    the_skip_link_leads_past_the_menu,
    the_skip_link_works_after_a_link_was_followed,
    a_link_to_the_same_page_leads_to_its_top,
    the_menu_opens_and_closes_on_a_narrow_screen,
    the_history_has_one_entry_for_each_page,
];

const LIVE: &str = "p[aria-live=polite]";
const NEWS: &str = "chuyen-muc/tin-tuc-su-kien";
const LAST: &str = "Phát động tuần lễ học tập suốt đời";

async fn scroll(page: &Page) -> Result<f64> {
    page.number("window.scrollY").await
}

/// Scrolls the last headline of the list into the middle, and tells how far down that is.
async fn far_down(page: &Page) -> Result<f64> {
    page.until_settled().await?;
    let script = "[...document.querySelectorAll('main .headline-card a')].at(-1).scrollIntoView({ block: 'center', behavior: 'instant' })";
    page.run(script, vec![]).await?;
    let down = scroll(page).await?;
    holds("the list is longer than the window", down > 500.0)?;
    Ok(down)
}

async fn until_scrolled(page: &Page, to: f64) -> Outcome {
    page.until(&format!("Math.abs(window.scrollY - {to}) <= 2")).await
}

async fn title_focus_and_announcement_change_with_the_page(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    for (link, heading, title) in [
        ("Tuyển sinh", "Tuyển sinh", "Tuyển sinh"),
        (
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
        ),
        ("Lịch công tác", "Lịch công tác", "Lịch công tác – Tuần 37 năm 2021 (13/09/2021 – 19/09/2021)"),
        ("Trang chủ", super::home::HEADING, "Trang chủ"),
    ] {
        page.follow(link).await?;
        page.heading(heading).await?;
        page.until_focus("main h1").await?;
        page.until_reads(LIVE, title).await?;
        same(
            "the title",
            page.text("document.title").await?,
            format!("{title} | Sở Giáo dục và Đào tạo tỉnh Lạc Giang"),
        )?;
    }
    page.back().await?;
    page.heading("Lịch công tác").await?;
    page.until("document.title.startsWith('Lịch công tác – Tuần 37')").await?;
    page.until_contains(LIVE, "Lịch công tác – Tuần 37").await
}

async fn the_first_page_leaves_the_focus_alone(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.until_settled().await?;
    page.until_focus("body, html").await?;
    same("what is said", page.texts(LIVE).await?, [""])
}

async fn a_link_leads_to_the_top(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(NEWS), "Tin tức - Sự kiện").await?;
    far_down(&page).await?;
    page.follow(LAST).await?;
    page.heading(LAST).await?;
    until_scrolled(&page, 0.0).await
}

async fn back_leads_to_where_the_reader_was(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(NEWS), "Tin tức - Sự kiện").await?;
    let down = far_down(&page).await?;
    page.follow(LAST).await?;
    page.heading(LAST).await?;
    until_scrolled(&page, 0.0).await?;
    page.back().await?;
    page.heading("Tin tức - Sự kiện").await?;
    until_scrolled(&page, down).await?;
    page.until_focus("a[href='/bai-viet/phat-dong-tuan-le-hoc-tap-suot-doi']").await
}

async fn back_leads_to_the_link_that_was_pressed_without_focus(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(NEWS), "Tin tức - Sự kiện").await?;
    far_down(&page).await?;
    // As in Safari, whose mouse presses links without giving them the focus.
    let link = "a[href='/bai-viet/phat-dong-tuan-le-hoc-tap-suot-doi']";
    page.run("addEventListener('mousedown', event => event.preventDefault())", vec![]).await?;
    page.click(link).await?;
    page.heading(LAST).await?;
    page.back().await?;
    page.heading("Tin tức - Sự kiện").await?;
    page.until_focus(link).await
}

async fn forward_leads_to_where_the_reader_was(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), super::article::CONFERENCE).await?;
    page.follow("Tin tức - Sự kiện").await?;
    page.heading("Tin tức - Sự kiện").await?;
    let down = far_down(&page).await?;
    page.back().await?;
    page.heading(super::article::CONFERENCE).await?;
    until_scrolled(&page, 0.0).await?;
    page.forward().await?;
    page.heading("Tin tức - Sự kiện").await?;
    until_scrolled(&page, down).await
}

async fn a_reload_leads_to_where_the_reader_was(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.follow("Tin tức - Sự kiện").await?;
    page.heading("Tin tức - Sự kiện").await?;
    let down = far_down(&page).await?;
    page.reload().await?;
    page.heading("Tin tức - Sự kiện").await?;
    until_scrolled(&page, down).await?;
    // And what lies behind is still where it was.
    page.back().await?;
    page.heading("Thống kê truy cập").await?;
    until_scrolled(&page, 0.0).await?;
    page.forward().await?;
    page.heading("Tin tức - Sự kiện").await?;
    until_scrolled(&page, down).await
}

async fn an_address_typed_anew_begins_at_the_top(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(NEWS), "Tin tức - Sự kiện").await?;
    far_down(&page).await?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    page.until_settled().await?;
    until_scrolled(&page, 0.0).await?;
    page.until_focus("body, html").await
}

async fn the_skip_link_leads_past_the_menu(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), super::article::CONFERENCE).await?;
    skip(&page).await?;
    page.until_at("/cong/tin/bai-viet/hoi-nghi-truc-tuyen#noi-dung").await
}

async fn the_skip_link_works_after_a_link_was_followed(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(NEWS), "Tin tức - Sự kiện").await?;
    far_down(&page).await?;
    page.follow(LAST).await?;
    page.heading(LAST).await?;
    page.until_focus("main h1").await?;
    page.run("document.activeElement.blur()", vec![]).await?;
    skip(&page).await?;
    page.until_at("/bai-viet/phat-dong-tuan-le-hoc-tap-suot-doi#noi-dung").await?;
    page.heading(LAST).await
}

/// With the keyboard: the link is the first stop, it becomes visible, and it leads to the text.
async fn skip(page: &Page) -> Outcome {
    page.mark_document().await?;
    page.run("document.querySelector('.skip-link').focus()", vec![]).await?;
    page.until("document.querySelector('.skip-link').getBoundingClientRect().top >= 0").await?;
    let stops = "[...document.querySelectorAll('a[href], button, input')].indexOf(document.activeElement)";
    same("it is the first stop of the page", page.number(stops).await?, 0.0)?;
    page.key(Key::Enter).await?;
    page.until_at("#noi-dung").await?;
    // The browser moves the focus in a task of its own; nothing must take it away afterwards.
    page.until_focus("main#noi-dung").await?;
    page.until("document.querySelector('main').getBoundingClientRect().top < innerHeight / 2").await?;
    page.same_document().await
}

async fn a_link_to_the_same_page_leads_to_its_top(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(NEWS), "Tin tức - Sự kiện").await?;
    far_down(&page).await?;
    let entries = page.number("history.length").await?;
    page.follow("Tin tức - Sự kiện").await?;
    until_scrolled(&page, 0.0).await?;
    page.until_focus("main h1").await?;
    same("no entry was added", page.number("history.length").await?, entries)
}

async fn the_menu_opens_and_closes_on_a_narrow_screen(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.now(NOW))?;
    page.open(&portal.frame_url("")).await?;
    page.in_frame(360).await?;
    page.heading(super::home::HEADING).await?;
    let (toggle, item) =
        ("button.navigation__toggle", "document.querySelector('#menu a').getClientRects().length");
    let expanded = |value: &'static str| {
        format!("document.querySelector('{toggle}').getAttribute('aria-expanded') === '{value}'")
    };
    page.until(&expanded("false")).await?;
    page.until(&format!("{item} === 0")).await?;
    page.click(toggle).await?;
    page.until(&expanded("true")).await?;
    page.until(&format!("{item} > 0")).await?;
    page.click(toggle).await?;
    page.until(&expanded("false")).await?;
    page.until(&format!("{item} === 0")).await?;
    page.click(toggle).await?;
    page.follow("Thông báo").await?;
    page.heading("Thông báo").await?;
    page.until(&expanded("false")).await?;
    same("what the button opens", page.attributes(toggle, "aria-controls").await?, ["menu"])?;
    // Where there is room, the menu needs no button.
    page.in_frame(1280).await?;
    page.until(&format!("document.querySelector('{toggle}').getClientRects().length === 0 && {item} > 0"))
        .await
}

async fn the_history_has_one_entry_for_each_page(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    for heading in ["Tuyển sinh", "Thông báo", "Lịch công tác"] {
        page.follow(heading).await?;
        page.heading(heading).await?;
    }
    for heading in ["Thông báo", "Tuyển sinh", super::home::HEADING] {
        page.back().await?;
        page.heading(heading).await?;
    }
    for heading in ["Tuyển sinh", "Thông báo"] {
        page.forward().await?;
        page.heading(heading).await?;
    }
    // A new way on forgets what was ahead.
    page.follow("Lịch công tác").await?;
    page.heading("Lịch công tác").await?;
    page.back().await?;
    page.heading("Thông báo").await
}
