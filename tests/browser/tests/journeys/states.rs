//! Waiting, failed, stale, offline, republished: every state in which a page can be that is not simply there.

use crate::journeys;
use anyhow::{Context, Result};
use browser_tests::{Archive, Outcome, Page, Portal, Response, contains, holds, same};
use serde_json::{Value, json};

journeys![
    waiting_is_not_seen_before_its_time,
    waiting_is_seen_when_it_takes_long,
    the_old_page_stays_until_the_new_one_is_there,
    waiting_for_the_source_is_not_seen_before_its_time,
    an_answer_that_is_no_longer_asked_for_is_dropped,
    a_failed_article_says_why_and_can_be_tried_again,
    every_failed_page_says_why_and_can_be_tried_again,
    a_failed_source_says_why_and_can_be_tried_again,
    a_source_of_another_format_asks_for_a_reload,
    a_server_that_never_answers_is_not_waited_for_for_ever,
    an_answer_of_absurd_size_is_refused,
    a_failed_calendar_does_not_hide_the_news,
    a_failed_picture_does_not_hide_its_story,
    a_failed_load_is_not_remembered,
    a_failed_search_says_why_and_can_be_tried_again,
    a_damaged_index_is_said_and_fetched_anew,
    a_new_edition_is_used_when_the_old_one_is_gone,
    a_withdrawn_article_is_not_found,
    a_saved_copy_is_shown_while_the_server_is_away,
    a_damaged_saved_copy_does_no_harm,
    being_offline_is_said_and_unsaid,
    a_failure_while_offline_says_so,
    a_saved_copy_is_renewed_when_the_device_is_online_again,
];

const FAILED: &str = "Chưa mở được nội dung";
const AWAY: &str = "Không kết nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.";
const DAMAGED: &str =
    "Dữ liệu nhận được bị hỏng. Hãy thử lại; nếu vẫn lỗi, hãy báo cho đơn vị quản trị trang.";
const REFUSED: &str = "Máy chủ báo lỗi 500. Hãy thử lại sau ít phút.";
const UPGRADED: &str = "Trang tin đã được nâng cấp. Hãy tải lại trang.";
const SLUG: &str = "ke-hoach-nam-hoc-moi";
const ARTICLE: &str = "bai-viet/ke-hoach-nam-hoc-moi";
const TITLE: &str = "Ban hành kế hoạch thời gian năm học 2021-2022";

/// Notes, every 10 ms from now on, what the reader sees: milliseconds, heading, and how visible the waiting is.
const WATCH: &str = "globalThis.seen = []; const from = performance.now(); setInterval(() => { \
     const waiting = document.querySelector('main .waiting'); \
     seen.push([performance.now() - from, document.querySelector('main h1')?.textContent ?? '', \
     waiting ? Number(getComputedStyle(waiting).opacity) : 0]); }, 10);";

/// What was noted: milliseconds since the watch began, heading, opacity of the waiting.
async fn seen(page: &Page) -> Result<Vec<(f64, String, f64)>> {
    let text = page.text("JSON.stringify(globalThis.seen)").await?;
    serde_json::from_str(&text).context("what was seen")
}

/// Before 400 ms have passed nothing waits before the reader's eyes.
fn nothing_before_its_time(seen: &[(f64, String, f64)]) -> Outcome {
    holds("something was noted", !seen.is_empty())?;
    let early = seen.iter().find(|(at, _, opacity)| *at < 400.0 && *opacity > 0.0);
    same("waiting seen before 400 ms", early, None)
}

async fn waiting_is_not_seen_before_its_time(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    page.run_inside(WATCH).await?;
    page.follow(TITLE).await?;
    page.heading(TITLE).await?;
    let seen = seen(&page).await?;
    nothing_before_its_time(&seen)?;
    let empty = seen.iter().find(|(at, heading, _)| *at < 400.0 && heading.is_empty());
    same("a moment without any page", empty, None)
}

async fn waiting_is_seen_when_it_takes_long(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    let gate = portal.gate("data/article/*");
    page.run_inside(WATCH).await?;
    page.follow(TITLE).await?;
    page.until("Number(getComputedStyle(document.querySelector('main .waiting')).opacity) === 1").await?;
    page.until_contains("main .waiting[role=status]", "Đang tải…").await?;
    let seen = seen(&page).await?;
    nothing_before_its_time(&seen)?;
    let empty = seen.iter().find(|(at, heading, _)| *at < 400.0 && heading != super::home::HEADING);
    same("before its time the old page stays", empty, None)?;
    // From when the old page has gone to when the waiting shows, a reader must not look at nothing.
    let gone = seen.iter().find(|(_, heading, _)| heading.is_empty()).map_or(0.0, |(at, ..)| *at);
    let shown = seen.iter().find(|(.., opacity)| *opacity > 0.0).map_or(f64::MAX, |(at, ..)| *at);
    holds(
        &format!("the old page went at {gone:.0} ms, the waiting came at {shown:.0} ms"),
        shown - gone < 300.0,
    )?;
    gate.open();
    page.heading(TITLE).await?;
    page.until_gone("main .waiting").await?;
    page.until_focus("main h1").await
}

async fn the_old_page_stays_until_the_new_one_is_there(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    let gate = portal.gate("data/article/*");
    page.run_inside(WATCH).await?;
    // In one task of the page, so that its 400 ms begin where ours do.
    page.run_inside(&format!("document.querySelector('a[href$=\"{ARTICLE}\"]').click()")).await?;
    portal.until_asked("data/article/").await?;
    gate.open();
    page.heading(TITLE).await?;
    let seen = seen(&page).await?;
    nothing_before_its_time(&seen)?;
    let early = seen.iter().filter(|(at, ..)| *at < 400.0);
    let other =
        early.map(|(_, heading, _)| heading.as_str()).find(|heading| !["Thông báo", TITLE].contains(heading));
    same("neither the old page nor the new", other, None)
}

async fn waiting_for_the_source_is_not_seen_before_its_time(page: Page) -> Outcome {
    let watch = "addEventListener('DOMContentLoaded', () => { globalThis.seen = []; let from = null; setInterval(() => { \
         const waiting = document.querySelector('main .waiting'); if (!waiting) return; from ??= performance.now(); \
         seen.push([performance.now() - from, '', Number(getComputedStyle(waiting).opacity)]); }, 10); });";
    let portal = page.portal_with(|portal| portal.script(watch))?;
    let gate = portal.gate("data/entry.json");
    page.open(&portal.url("")).await?;
    page.until("Number(getComputedStyle(document.querySelector('main .waiting')).opacity) === 1").await?;
    // The watch may begin one look later than the waiting.
    let seen = seen(&page).await?;
    let early = seen.iter().find(|(at, _, opacity)| *at < 350.0 && *opacity > 0.0);
    same("waiting seen before 400 ms", early, None)?;
    gate.open();
    page.heading(super::home::HEADING).await
}

async fn an_answer_that_is_no_longer_asked_for_is_dropped(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    let gate = portal.gate(&Archive::read()?.article(SLUG)?);
    page.follow(TITLE).await?;
    portal.until_asked(&Archive::read()?.article(SLUG)?).await?;
    page.follow("Tuyển sinh").await?;
    page.heading("Tuyển sinh").await?;
    gate.open();
    page.follow("Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022").await?;
    page.heading("Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022").await?;
    page.back().await?;
    page.heading("Tuyển sinh").await?;
    page.back().await?;
    page.heading(TITLE).await
}

/// The ways in which an answer can be wrong, with the sentences that may be said about each.
fn faults() -> Vec<(&'static str, Response, Vec<&'static str>)> {
    let json = |body: &str| Response::new(200, "application/json", body);
    vec![
        ("an error of the server", Response::text(500, "no"), vec![REFUSED]),
        ("no answer", Response::hang_up(), vec![AWAY]),
        // libsoup hands over what it got; then the JSON is broken.
        (
            "half an answer",
            json(&format!("{{\"headline\": \"{}\"}}", "a".repeat(5000))).cut_after(900),
            vec![AWAY, DAMAGED],
        ),
        ("broken JSON", json("{\"headline\": {"), vec![DAMAGED]),
        ("JSON of another shape", json("[1, 2, {\"x\": null}]"), vec![DAMAGED]),
        ("an empty file", json(""), vec![DAMAGED]),
        ("a page where a file should be", Response::html("<!doctype html><p>login</p>"), vec![DAMAGED]),
    ]
}

/// Waits for the failure, and sees that it says one of these sentences.
async fn fails_with(page: &Page, what: &str, sentences: &[&str]) -> Outcome {
    page.until_there("main .failure").await.with_context(|| what.to_owned())?;
    let text = page.only_text("main .failure").await?;
    holds(
        &format!("{what}: none of {sentences:?} is in {text:?}"),
        sentences.iter().any(|s| text.contains(s)),
    )?;
    contains(what, &text, FAILED)?;
    page.until_there(("main a", "Về trang chủ")).await
}

async fn a_failed_article_says_why_and_can_be_tried_again(page: Page) -> Outcome {
    for (what, answer, sentences) in faults() {
        let portal = page.portal()?;
        let file = Archive::read()?.article(SLUG)?;
        portal.answer(&file, answer);
        page.open(&portal.url(ARTICLE)).await?;
        fails_with(&page, what, &sentences).await?;
        page.heading(FAILED).await?;
        page.until(&format!("document.title.startsWith('{FAILED}')")).await?;
        page.until_there("main .failure[role=alert]").await?;
        // Tried again, it is still wrong, and in another way.
        portal.answer(&file, Response::text(503, "no"));
        page.click(("button", "Thử lại")).await?;
        page.until_contains("main .failure", "Máy chủ báo lỗi 503.")
            .await
            .with_context(|| what.to_owned())?;
        portal.heal(&file);
        page.click(("button", "Thử lại")).await?;
        page.heading(TITLE).await.with_context(|| what.to_owned())?;
        page.until(&format!("document.title.startsWith('{TITLE}')")).await?;
    }
    Ok(())
}

async fn every_failed_page_says_why_and_can_be_tried_again(page: Page) -> Outcome {
    for (address, file, heading) in [
        ("", "data/home/*", super::home::HEADING),
        ("chuyen-muc/tuyen-sinh", "data/feed/*", "Tuyển sinh"),
        (ARTICLE, "data/bucket/*", TITLE),
        ("lich-cong-tac", "data/calendar/*", "Lịch công tác"),
        ("lich-cong-tac", "data/week/*", "Lịch công tác"),
    ] {
        let portal = page.portal()?;
        portal.answer(file, Response::text(500, "no"));
        page.open(&portal.url(address)).await?;
        page.heading(FAILED).await?;
        fails_with(&page, file, &[REFUSED]).await?;
        portal.json(file, "{\"damaged\": ");
        page.click(("button", "Thử lại")).await?;
        page.until_contains("main .failure", DAMAGED).await?;
        portal.heal(file);
        page.click(("button", "Thử lại")).await?;
        page.heading(heading).await?;
        page.until_gone("main .failure").await?;
    }
    // The search page keeps its form.
    let portal = page.portal()?;
    portal.answer("data/search/*", Response::text(500, "no"));
    page.visit(&portal.url("tim-kiem?q=bão"), "Tìm kiếm").await?;
    fails_with(&page, "search", &[REFUSED]).await?;
    page.until("document.querySelector('#search-words').value === 'bão'").await?;
    portal.heal("data/search/*");
    page.click(("button", "Thử lại")).await?;
    page.until_there(".search-result").await
}

async fn a_failed_source_says_why_and_can_be_tried_again(page: Page) -> Outcome {
    let missing = ("no source", Response::text(404, "no"), vec!["Nội dung không còn ở địa chỉ này."]);
    for (what, answer, sentences) in faults().into_iter().chain([missing]) {
        let portal = page.portal()?;
        portal.answer("data/entry.json", answer);
        page.open(&portal.url(ARTICLE)).await?;
        fails_with(&page, what, &sentences).await?;
        page.heading(FAILED).await?;
        page.until(&format!("document.title === '{FAILED}'")).await?;
        portal.heal("data/entry.json");
        page.click(("button", "Thử lại")).await?;
        page.heading(TITLE).await.with_context(|| what.to_owned())?;
        page.until(&format!("document.title.startsWith('{TITLE}')")).await?;
    }
    Ok(())
}

async fn a_source_of_another_format_asks_for_a_reload(page: Page) -> Outcome {
    let portal = page.portal()?;
    let mut archive = Archive::read()?;
    archive.entry["format"] = json!(1);
    // Another format may differ in everything else.
    archive.entry["home"] = json!({ "other": true });
    archive.publish(&portal);
    page.open(&portal.url("")).await?;
    fails_with(&page, "another format", &[UPGRADED]).await?;
    portal.heal("data/entry.json");
    page.click(("button", "Thử lại")).await?;
    page.heading(super::home::HEADING).await
}

async fn a_server_that_never_answers_is_not_waited_for_for_ever(page: Page) -> Outcome {
    // Half a minute passes in a third of a second; the 400 ms of the waiting stay what they are.
    let hurry = "const wait = setTimeout; globalThis.setTimeout = (f, ms, ...rest) => wait(f, ms >= 10000 ? ms / 100 : ms, ...rest);";
    let portal = page.portal_with(|portal| portal.script(hurry))?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    // boot.js may think the same of a slow start; this journey is not about it.
    portal.expect_complaint("notice: Chưa mở được trang tin");
    let gate = portal.gate("data/article/*");
    page.follow(TITLE).await?;
    fails_with(&page, "no answer", &["Máy chủ trả lời quá chậm. Hãy thử lại sau ít phút."]).await?;
    gate.open();
    page.click(("button", "Thử lại")).await?;
    page.heading(TITLE).await
}

async fn an_answer_of_absurd_size_is_refused(page: Page) -> Outcome {
    let portal = page.portal()?;
    let file = Archive::read()?.article(SLUG)?;
    portal.json(&file, format!("[{}1]", "1,".repeat(9_000_000)));
    page.open(&portal.url(ARTICLE)).await?;
    fails_with(&page, "18 MB", &["Dữ liệu quá lớn nên không thể mở an toàn."]).await
}

async fn a_failed_calendar_does_not_hide_the_news(page: Page) -> Outcome {
    let portal = page.portal()?;
    for file in ["data/calendar/*", "data/week/*"] {
        portal.answer(file, Response::text(500, "no"));
    }
    page.visit(&portal.url(""), super::home::HEADING).await?;
    let calendar = "section[aria-label='Lịch công tác']";
    page.until_contains(&format!("{calendar} .failure"), REFUSED).await?;
    same("stories", page.count(".front__main .headline-card").await? > 5, true)?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["0", "0"]).await?;
    portal.heal("data/calendar/*");
    portal.heal("data/week/*");
    page.click(&*format!("{calendar} .failure button")).await?;
    page.until_contains(calendar, "Giao ban tuần").await
}

async fn a_failed_picture_does_not_hide_its_story(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.answer("data/media/*", Response::text(404, "no"));
    page.visit(&portal.url(""), super::home::HEADING).await?;
    page.until_there(".headline-card--lead .picture[data-failed]").await?;
    page.until_there(".headline-card--lead h2 a").await?;
    page.until("document.querySelector('.headline-card--lead .picture').getBoundingClientRect().height > 50")
        .await
}

async fn a_failed_load_is_not_remembered(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    let file = Archive::read()?.article(SLUG)?;
    portal.answer(&file, Response::hang_up());
    page.follow(TITLE).await?;
    page.heading(FAILED).await?;
    portal.heal(&file);
    page.back().await?;
    page.heading("Thông báo").await?;
    page.forward().await?;
    page.heading(TITLE).await
}

async fn a_failed_search_says_why_and_can_be_tried_again(page: Page) -> Outcome {
    // The door to the index, its words, and an article that was found.
    let archive = Archive::read()?;
    let storm = archive.article("truong-hoc-huyen-phu-sa-don-dep-sau-bao")?;
    for file in [archive.path("/search")?, Archive::search_files()?[0].clone(), storm] {
        let portal = page.portal()?;
        portal.answer(&file, Response::hang_up());
        page.visit(&portal.url("tim-kiem?q=dọn+dẹp+sau+bão"), "Tìm kiếm").await?;
        fails_with(&page, &file, &[AWAY]).await?;
        portal.answer(&file, Response::text(500, "no"));
        page.click(("button", "Thử lại")).await?;
        page.until_contains("main .failure", REFUSED).await?;
        portal.heal(&file);
        page.click(("button", "Thử lại")).await?;
        page.until_contains(".search-result__title", "Trường học huyện Phú Sa dọn dẹp sau bão").await?;
        page.until_gone("main .failure").await?;
    }
    Ok(())
}

async fn a_damaged_index_is_said_and_fetched_anew(page: Page) -> Outcome {
    let manifest = Archive::read()?.path("/search")?;
    for file in [manifest, Archive::search_files()?[0].clone()] {
        let whole = Archive::bytes(file.trim_start_matches("data/"))?;
        let binary = |bytes: &[u8]| Response::new(200, "application/octet-stream", bytes);
        let garbage: Vec<u8> = (0..3000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for (what, answer) in [
            ("cut in the middle", binary(&whole[..whole.len() / 2])),
            ("cut at once", binary(&whole[..2])),
            ("empty", binary(&[])),
            ("garbage", binary(&garbage)),
            ("ones", binary(&[0xff; 3000])),
            ("a page", Response::html("<!doctype html><p>login</p>")),
        ] {
            let what = format!("{file}: {what}");
            let portal = page.portal()?;
            portal.answer(&file, answer);
            page.visit(&portal.url("tim-kiem?q=xyzzy+zyxxy"), "Tìm kiếm").await?;
            fails_with(&page, &what, &[DAMAGED, UPGRADED]).await?;
            portal.heal(&file);
            page.click(("button", "Thử lại")).await?;
            page.until_reads(".page-head__count", "Tìm thấy 0 tin bài").await.with_context(|| what)?;
        }
    }
    Ok(())
}

/// What a newer edition of the archive has: one article under the same name, with another title.
fn republish(portal: &Portal) -> Outcome {
    let mut archive = Archive::read()?;
    let old = archive.article(SLUG)?;
    let mut article: Value = serde_json::from_str(&Archive::file(old.trim_start_matches("data/"))?)?;
    article["headline"]["title"] = json!("Kế hoạch năm học đã được điều chỉnh");
    portal.json("data/article/00000000000000aa.json", article.to_string());
    let bucket = archive.path("/articles/0")?;
    let mut names: Value = serde_json::from_str(&Archive::file(bucket.trim_start_matches("data/"))?)?;
    names[SLUG] = json!("article/00000000000000aa.json");
    portal.json("data/bucket/00000000000000bb.json", names.to_string());
    archive.entry["articles"] = json!(["bucket/00000000000000bb.json"]);
    archive.publish(portal);
    portal.answer(&old, Response::text(404, "gone"));
    Ok(())
}

async fn a_new_edition_is_used_when_the_old_one_is_gone(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    page.mark_document().await?;
    republish(&portal)?;
    page.follow(TITLE).await?;
    page.heading("Kế hoạch năm học đã được điều chỉnh").await?;
    page.until("document.title.startsWith('Kế hoạch năm học đã được điều chỉnh')").await?;
    page.same_document().await?;
    page.back().await?;
    page.heading("Thông báo").await
}

async fn a_withdrawn_article_is_not_found(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    let old = Archive::read()?.article(SLUG)?;
    portal.answer(&old, Response::text(404, "gone"));
    page.follow(TITLE).await?;
    page.heading("Không tìm thấy trang").await?;
    page.until_at(ARTICLE).await?;
    holds("it is not asked for again and again", portal.requests(&old).len() < 6)
}

async fn a_saved_copy_is_shown_while_the_server_is_away(page: Page) -> Outcome {
    let stale = "Chưa kết nối được với máy chủ; đang hiển thị bản đã lưu trên thiết bị.";
    for answer in [Response::hang_up(), Response::text(503, "no")] {
        let portal = page.portal()?;
        page.visit(&portal.url(""), super::home::HEADING).await?;
        same("notices on a good day", page.count(".notice").await?, 0)?;
        portal.answer("data/entry.json", answer);
        page.reload().await?;
        page.heading(super::home::HEADING).await?;
        page.until_contains(".notice[role=status]", stale).await?;
        page.follow("Tuyển sinh").await?;
        page.heading("Tuyển sinh").await?;
        page.until_contains(".notice", stale).await?;
        portal.heal("data/entry.json");
        page.click(".notice button").await?;
        page.until_gone(".notice").await?;
        page.heading("Tuyển sinh").await?;
    }
    // A source that is there but damaged is no reason to show something old.
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    portal.json("data/entry.json", "{");
    page.reload().await?;
    page.until_contains("main .failure", DAMAGED).await
}

async fn a_damaged_saved_copy_does_no_harm(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    page.run("localStorage.setItem('bantin/entry', '{\"format\": 2, \"portal\": 7}')", vec![]).await?;
    portal.answer("data/entry.json", Response::hang_up());
    page.reload().await?;
    page.until_contains("main .failure", AWAY).await?;
    portal.heal("data/entry.json");
    page.click(("button", "Thử lại")).await?;
    page.heading(super::home::HEADING).await
}

/// `globalThis.online` says whether the device is online.
const ONLINE: &str = "Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => globalThis.online ?? true });";
const OFFLINE_NOTICE: &str = "Thiết bị đang ngoại tuyến. Những trang đã mở vẫn xem lại được.";

async fn go(page: &Page, online: bool) -> Outcome {
    let event = if online { "online" } else { "offline" };
    page.run_inside(&format!("globalThis.online = {online}; dispatchEvent(new Event('{event}'));")).await
}

async fn being_offline_is_said_and_unsaid(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(ONLINE))?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    go(&page, false).await?;
    page.until_contains(".notice[role=status]", OFFLINE_NOTICE).await?;
    page.follow("Tuyển sinh").await?;
    page.heading("Tuyển sinh").await?;
    page.until_contains(".notice", OFFLINE_NOTICE).await?;
    go(&page, true).await?;
    page.until_gone(".notice").await?;
    page.heading("Tuyển sinh").await
}

async fn a_failure_while_offline_says_so(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(ONLINE))?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    go(&page, false).await?;
    portal.answer("data/article/*", Response::hang_up());
    page.follow(TITLE).await?;
    fails_with(&page, "offline", &["Thiết bị đang ngoại tuyến. Hãy kiểm tra kết nối mạng rồi thử lại."])
        .await?;
    // What was opened before can still be read.
    page.back().await?;
    page.heading(super::home::HEADING).await
}

async fn a_saved_copy_is_renewed_when_the_device_is_online_again(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(ONLINE))?;
    page.visit(&portal.url("chuyen-muc/thong-bao"), "Thông báo").await?;
    portal.answer("data/entry.json", Response::hang_up());
    page.reload().await?;
    page.until_contains(".notice", "đang hiển thị bản đã lưu trên thiết bị").await?;
    go(&page, false).await?;
    page.until_contains(".notice", OFFLINE_NOTICE).await?;
    republish(&portal)?;
    go(&page, true).await?;
    page.until_gone(".notice").await?;
    page.follow(TITLE).await?;
    page.heading("Kế hoạch năm học đã được điều chỉnh").await
}
