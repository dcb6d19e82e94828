//! Tools for reading: how pages look, listening, passing on, putting aside, larger pictures, what is new.

use super::{article::CONFERENCE, home::HEADING};
use crate::journeys;
use anyhow::bail;
use browser_tests::{Browser, Key, NOW, Outcome, Page, contains, same};
use serde_json::json;

journeys![
    text_grows_in_four_steps_and_stays_so,
    colours_are_chosen_and_there_before_anything_is_drawn,
    reading_options_are_reached_and_left_by_keyboard,
    choices_hold_where_nothing_may_be_kept,
    an_article_is_read_aloud_sentence_by_sentence,
    reading_aloud_ends_when_the_page_is_left,
    reading_aloud_without_a_voice_says_so,
    an_article_is_passed_on_by_links,
    an_article_is_passed_on_by_the_device,
    a_citation_is_copied,
    articles_are_put_aside_and_forgotten,
    what_was_read_is_listed_and_forgotten,
    an_article_that_has_changed_since_says_so,
    headlines_since_the_last_visit_are_marked_new,
    headlines_that_have_changed_since_they_were_read_say_so,
    pictures_open_larger_and_give_the_focus_back,
    a_long_article_has_contents,
    progress_grows_with_reading,
    an_article_is_saved_as_one_file,
    runs_of_official_prose_are_lists_on_request,
    paper_says_where_the_article_is,
    the_departments_own_colour_is_used,
];

const ARTICLE: &str = "bai-viet/hoi-nghi-truc-tuyen";

/// The size of the root's text in CSS pixels.
const ROOT: &str = "parseFloat(getComputedStyle(document.documentElement).fontSize)";

async fn text_grows_in_four_steps_and_stays_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.click(("button", "Tùy chọn đọc")).await?;
    let mut before = 0.0;
    for step in ["Thường", "Lớn", "Rất lớn", "Lớn nhất"] {
        page.click((".choice", step)).await?;
        page.until(&format!("{ROOT} > {before}")).await?;
        before = page.number(ROOT).await?;
    }
    same("the largest", before, 25.6)?;
    page.reload().await?;
    page.until(&format!("{ROOT} === 25.6")).await?;
    page.click(("button", "Tùy chọn đọc")).await?;
    page.click(("button", "Về mặc định")).await?;
    page.until(&format!("{ROOT} === 16")).await
}

async fn colours_are_chosen_and_there_before_anything_is_drawn(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.click(("button", "Tùy chọn đọc")).await?;
    page.click((".choice", "Tối")).await?;
    let paper = "getComputedStyle(document.documentElement).backgroundColor";
    page.until(&format!("{paper} === 'rgb(17, 22, 29)'")).await?;
    page.click((".switch", "Tương phản cao")).await?;
    let ink = "getComputedStyle(document.body).color";
    page.until(&format!("{ink} === 'rgb(255, 255, 255)'")).await?;
    page.click((".switch", "Dòng chữ rộng")).await?;
    // The app never comes; what was chosen is there without it.
    let gate = portal.gate("*.wasm");
    page.set_out_for(&portal.url("thong-ke")).await?;
    page.until(&format!("{paper} === 'rgb(17, 22, 29)' && {ink} === 'rgb(255, 255, 255)'")).await?;
    page.until("document.documentElement.dataset.measure === 'wide'").await?;
    gate.open();
    page.heading("Thống kê truy cập").await
}

async fn reading_options_are_reached_and_left_by_keyboard(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.run("document.querySelector('.masthead__door').focus()", vec![]).await?;
    page.key(Key::Enter).await?;
    page.until("document.querySelector('.masthead__door').ariaExpanded === 'true'").await?;
    page.run("document.querySelector('[name=reading-theme]').focus()", vec![]).await?;
    page.key(Key::Escape).await?;
    page.until_focus(".masthead__door").await?;
    page.until("document.querySelector('#reading-options').hidden").await
}

async fn choices_hold_where_nothing_may_be_kept(page: Page) -> Outcome {
    let denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
    let portal = page.portal_with(|portal| portal.script(denied))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("button", "Tùy chọn đọc")).await?;
    page.click((".choice", "Lớn nhất")).await?;
    page.until(&format!("{ROOT} > 25")).await?;
    page.click(("button", "Lưu bài")).await?;
    page.click(("a", "Xem các bài đã lưu")).await?;
    page.heading("Bài đã lưu").await?;
    page.until_reads(".shelf__title", CONFERENCE).await?;
    page.until_contains("main", "danh sách sẽ mất khi đóng trang").await
}

/// A stand-in for the device's voices: it writes down what it is told, and ends a sentence when it is asked to.
pub(crate) const VOICES: &str = "
    globalThis.spoken = [];
    const voices = [{ lang: 'en-US', name: 'English' }, { lang: 'vi-VN', name: 'Tiếng Việt' }];
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: {
        getVoices: () => voices,
        speak: one => { spoken.push([one.text, one.lang, one.rate]); globalThis.now = one; },
        cancel: () => { const one = globalThis.now; globalThis.now = undefined; one?.onend?.(new Event('end')); },
    } });
    globalThis.endSentence = () => { const one = globalThis.now; globalThis.now = undefined; one.onend(new Event('end')); };";

async fn an_article_is_read_aloud_sentence_by_sentence(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(VOICES))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("button", "Nghe bài")).await?;
    page.until("spoken.length === 1").await?;
    same("first", page.value("spoken[0]").await?, json!([CONFERENCE, "vi-VN", 1]))?;
    let marked = "(() => { const h = globalThis.CSS?.highlights?.get('spoken'); return h ? [...h][0].toString() : \
                  document.querySelector('[data-spoken]')?.textContent ?? ''; })()";
    same("the mark", page.text(marked).await?, CONFERENCE)?;
    page.run("endSentence()", vec![]).await?;
    page.until("spoken.length === 2").await?;
    contains("the lead", &page.text("spoken[1][0]").await?, "Sáng 10/9/2021")?;
    page.click(("button", "Tạm dừng")).await?;
    page.until_there(("button", "Nghe tiếp")).await?;
    same("nothing is spoken", page.value("globalThis.now === undefined").await?, json!(true))?;
    page.choose(".listen-bar select", "150").await?;
    page.click(("button", "Nghe tiếp")).await?;
    page.until("spoken.length === 3 && spoken[2][0] === spoken[1][0] && spoken[2][2] === 1.5").await?;
    page.click(("button", "Dừng")).await?;
    page.until_there(("button", "Nghe bài")).await?;
    same("the mark is gone", page.text(marked).await?, "")
}

async fn reading_aloud_ends_when_the_page_is_left(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(VOICES))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("button", "Nghe bài")).await?;
    page.until("spoken.length === 1 && globalThis.now !== undefined").await?;
    page.follow("Tuyển sinh").await?;
    page.heading("Tuyển sinh").await?;
    page.until("globalThis.now === undefined && spoken.length === 1").await
}

async fn reading_aloud_without_a_voice_says_so(page: Page) -> Outcome {
    let none = VOICES.replace("getVoices: () => voices", "getVoices: () => voices.slice(0, 1)");
    let portal = page.portal_with(|portal| portal.script(&none))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("button", "Nghe bài")).await?;
    page.until_contains(".listen-bar [role=status]", "chưa có giọng đọc").await?;
    same("spoken", page.number("spoken.length").await?, 0.0)
}

async fn an_article_is_passed_on_by_links(page: Page) -> Outcome {
    let none = "delete Navigator.prototype.share;";
    let portal = page.portal_with(|portal| portal.script(none))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    let encoded =
        page.run("return encodeURIComponent(arguments[0])", vec![json!(portal.url(ARTICLE))]).await?;
    let encoded = encoded.as_str().unwrap_or_default();
    let links = page.attributes(".menu a", "href").await?;
    let services = page.texts(".menu a").await?.join(", ");
    same("services", services, "Zalo, Facebook, Thư điện tử, Nhúng bài này".to_owned())?;
    let [services @ .., code] = &*links else { bail!("no links") };
    for link in services {
        contains("a link", link, encoded)?;
    }
    contains("the code for it", code, "tao-ma-nhung?article=hoi-nghi-truc-tuyen&layout=card")?;
    page.until_gone(("button", "Chia sẻ bằng ứng dụng khác…")).await?;
    page.run("document.querySelector('.menu a').focus()", vec![]).await?;
    page.key(Key::Escape).await?;
    page.until_focus(".menu > summary").await?;
    same("open", page.value("document.querySelector('.menu').open").await?, json!(false))
}

async fn an_article_is_passed_on_by_the_device(page: Page) -> Outcome {
    let device =
        "Navigator.prototype.share = data => { globalThis.shared = data; return Promise.resolve(); };";
    let portal = page.portal_with(|portal| portal.script(device))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("button", "Chia sẻ bằng ứng dụng khác…")).await?;
    page.until("globalThis.shared !== undefined").await?;
    same("the title", page.text("shared.title").await?, CONFERENCE)?;
    same("the address", page.text("shared.url").await?, portal.url(ARTICLE))
}

async fn a_citation_is_copied(page: Page) -> Outcome {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: \
                     { writeText: text => { globalThis.copied = text; return Promise.resolve(); } } });";
    let portal = page.portal_with(|portal| portal.script(clipboard))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("button", "Sao chép trích dẫn")).await?;
    page.until_reads(".article-tools > [role=status]", "Đã sao chép trích dẫn").await?;
    let expected = format!(
        "Phạm Văn Mạnh - Văn phòng Sở (11/09/2021). {CONFERENCE}. Sở Giáo dục và Đào tạo tỉnh Lạc Giang. {} (truy cập ngày 15/09/2021).",
        portal.url(ARTICLE)
    );
    same("the citation", page.text("globalThis.copied").await?, expected)
}

async fn articles_are_put_aside_and_forgotten(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("button", "Lưu bài")).await?;
    page.until_there(("button", "Bỏ lưu")).await?;
    page.click(("a", "Xem các bài đã lưu")).await?;
    page.heading("Bài đã lưu").await?;
    page.reload().await?;
    page.until_texts("section[aria-label='Để đọc sau'] a", &[CONFERENCE]).await?;
    page.click(("section[aria-label='Để đọc sau'] a", CONFERENCE)).await?;
    page.heading(CONFERENCE).await?;
    page.click(("button", "Bỏ lưu")).await?;
    page.until_there(("button", "Lưu bài")).await?;
    page.click(("button", "Lưu bài")).await?;
    page.visit(&portal.url("da-luu"), "Bài đã lưu").await?;
    page.click(("button", "Xóa danh sách đã lưu")).await?;
    page.until_contains("section[aria-label='Để đọc sau']", "Chưa có bài nào").await?;
    page.reload().await?;
    page.until_contains("section[aria-label='Để đọc sau']", "Chưa có bài nào").await
}

async fn what_was_read_is_listed_and_forgotten(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.visit(&portal.url("bai-viet/ke-hoach-nam-hoc-moi"), "Ban hành kế hoạch thời gian năm học 2021-2022")
        .await?;
    page.visit(&portal.url("da-luu"), "Bài đã lưu").await?;
    let list = "section[aria-label='Đã đọc gần đây']";
    page.until_texts(&format!("{list} a"), &["Ban hành kế hoạch thời gian năm học 2021-2022", CONFERENCE])
        .await?;
    let most = "section[aria-label='Đọc nhiều trên thiết bị này']";
    page.until_gone(most).await?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.visit(&portal.url("da-luu"), "Bài đã lưu").await?;
    page.until_texts(&format!("{most} li"), &[&format!("{CONFERENCE} 2 lần đọc")]).await?;
    page.click(("button", "Xóa lịch sử đọc")).await?;
    page.until_gone(most).await?;
    page.until_contains(list, "Chưa đọc bài nào").await
}

/// As if the last article had been read a day before its last change (11/09/2021 15:05), on 10/09/2021.
async fn read_long_ago(page: &Page) -> Outcome {
    page.run(
        "const key = Object.keys(localStorage).find(key => key.endsWith('shelf')); \
         const shelf = JSON.parse(localStorage[key]); shelf.read[0].state -= 86400; shelf.read[0].at = arguments[0]; \
         localStorage[key] = JSON.stringify(shelf);",
        vec![json!(NOW - 5 * 86400)],
    )
    .await
    .map(drop)
}

async fn an_article_that_has_changed_since_says_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    same("the first time", page.count(".notice-line").await?, 0)?;
    read_long_ago(&page).await?;
    page.reload().await?;
    page.until_reads(".notice-line", "Bài đã được cập nhật sau lần bạn đọc ngày 10/09/2021.").await
}

async fn headlines_since_the_last_visit_are_marked_new(page: Page) -> Outcome {
    let portal = page.portal()?;
    // The morning of 10/09/2021.
    portal.set_clock(NOW - 5 * 86400);
    page.visit(&portal.url(""), HEADING).await?;
    same("the first time", page.count(".headline-card__mark").await?, 0)?;
    portal.set_clock(NOW);
    page.reload().await?;
    page.heading(HEADING).await?;
    page.until_there((".headline-card__mark", "Mới")).await?;
    let old = "[...document.querySelectorAll('.headline-card')].filter(card => card.querySelector('.headline-card__mark') \
               && card.querySelector('time').dateTime < '2021-09-10').length";
    same("old ones marked", page.number(old).await?, 0.0)
}

async fn headlines_that_have_changed_since_they_were_read_say_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    // A day before the last visit, so that it would be new.
    portal.set_clock(NOW - 5 * 86400);
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    portal.set_clock(NOW);
    let list = "chuyen-muc/tin-tuc-su-kien";
    let of_it = format!(
        "[...document.querySelectorAll('.headline-card')].find(card => card.querySelector('a').textContent === '{CONFERENCE}')\
                         .querySelector('.headline-card__mark')?.textContent ?? ''"
    );
    page.visit(&portal.url(list), "Tin tức - Sự kiện").await?;
    same("read as it is", page.text(&of_it).await?, "Mới")?;
    read_long_ago(&page).await?;
    page.reload().await?;
    page.heading("Tin tức - Sự kiện").await?;
    page.until_there((".headline-card__mark", "Đã cập nhật")).await?;
    same("read before its change", page.text(&of_it).await?, "Đã cập nhật")?;
    same(
        "others",
        page.texts(".headline-card__mark").await?.iter().filter(|mark| *mark == "Đã cập nhật").count(),
        1,
    )?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_there((".headline-card__mark", "Đã cập nhật")).await?;
    page.click(("button", "English")).await?;
    page.until_there((".headline-card__mark", "Updated")).await?;
    page.click((".headline-card a", CONFERENCE)).await?;
    page.until_reads(".notice-line", "The article has been updated since you read it on 10/09/2021.").await?;
    page.back().await?;
    page.heading(HEADING).await?;
    page.until_gone((".headline-card__mark", "Updated")).await
}

async fn pictures_open_larger_and_give_the_focus_back(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.run("document.querySelector('.larger-picture').focus()", vec![]).await?;
    page.key(Key::Enter).await?;
    page.until_there("dialog[open] img").await?;
    let source = page.text("document.querySelector('dialog img').src").await?;
    same("the picture", source, page.text("document.querySelector('.larger-picture').href").await?)?;
    page.key(Key::Escape).await?;
    page.until_gone("dialog[open]").await?;
    page.until_focus(".larger-picture").await
}

async fn a_long_article_has_contents(page: Page) -> Outcome {
    let html = ["Mục tiêu", "Nhiệm vụ", "Tổ chức thực hiện"]
        .map(|name| format!("<h2>{name}</h2>{}", "<p>Một đoạn văn bản dài.</p>".repeat(30)))
        .concat();
    let feeds = page.portal()?;
    let item = json!({ "id": "1", "title": "Kế hoạch dài", "content_html": html, "date_published": "2021-09-01T08:00:00+07:00" });
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Phường", "items": [item] });
    feeds.json("feed.json", feed.to_string());
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    page.open(&portal.url("")).await?;
    page.click(("h2 a, h3 a", "Kế hoạch dài")).await?;
    page.heading("Kế hoạch dài").await?;
    page.until_texts(".contents a", &["Mục tiêu", "Nhiệm vụ", "Tổ chức thực hiện"]).await?;
    page.mark_document().await?;
    page.click((".contents a", "Tổ chức thực hiện")).await?;
    page.until("document.querySelector('#muc-3').getBoundingClientRect().top < innerHeight").await?;
    page.same_document().await?;
    page.heading("Kế hoạch dài").await
}

async fn progress_grows_with_reading(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    let width = "document.querySelector('.reading-progress').getBoundingClientRect().width / document.documentElement.clientWidth";
    page.run("scrollTo(0, document.documentElement.scrollHeight)", vec![]).await?;
    page.until(&format!("{width} > 0.98")).await
}

async fn an_article_is_saved_as_one_file(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(super::search::SAVES))?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("button", "Tải bài về (HTML)")).await?;
    let html = String::from_utf8(super::search::saved(&page).await?)?;
    same("its name", page.text("globalThis.savedAs").await?, "hoi-nghi-truc-tuyen.html")?;
    contains("its title", &html, &format!("<h1>{CONFERENCE}</h1>"))?;
    contains("its address", &html, &portal.url(ARTICLE))?;
    contains("a picture", &html, "<img src=\"data:image/svg+xml;base64,")?;
    contains("a picture", &html, "<img src=\"data:image/png;base64,")?;
    same("anything from elsewhere", html.contains("src=\"http") || html.contains("<script"), false)
}

async fn runs_of_official_prose_are_lists_on_request(page: Page) -> Outcome {
    let html =
        "<p>Sở yêu cầu (1) rà soát đội ngũ; (2) bảo đảm cơ sở vật chất và (3) tăng cường truyền thông.</p>";
    let feeds = page.portal()?;
    let item = json!({ "id": "1", "title": "Công văn", "content_html": html, "date_published": "2021-09-01T08:00:00+07:00" });
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Phường", "items": [item] });
    feeds.json("feed.json", feed.to_string());
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    page.open(&portal.url("")).await?;
    page.click(("h2 a, h3 a", "Công văn")).await?;
    page.heading("Công văn").await?;
    page.until_contains(".article-body p", "(1) rà soát đội ngũ; (2) bảo đảm").await?;
    page.click(("summary", "Xem dạng danh sách")).await?;
    page.until_texts(
        ".article-body__outline[open] li",
        &["rà soát đội ngũ", "bảo đảm cơ sở vật chất", "tăng cường truyền thông"],
    )
    .await
}

async fn paper_says_where_the_article_is(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(ARTICLE), CONFERENCE).await?;
    let shown = "document.querySelector('.paper-mark').checkVisibility()";
    same("on the screen", page.value(shown).await?, json!(false))?;
    let text = page.text("document.querySelector('.paper-mark').textContent").await?;
    contains("the address", &text, &portal.url(ARTICLE))?;
    contains("the day", &text, "In ngày 15/09/2021")?;
    let code = "document.querySelector('.paper-mark__code')";
    let drawn = format!("{code}.querySelector('path').hasAttribute('d')");
    same("the code before it is needed", page.value(&drawn).await?, json!(false))?;
    // A code of version 3 or more: 29 modules and the white around them. It is there when the event is over, also where
    // the page itself asks for paper: then nothing else has had its turn.
    let width = page
        .run(&format!("dispatchEvent(new Event('beforeprint')); return {code}.viewBox.baseVal.width"), vec![])
        .await?;
    same("the code", width.as_f64() >= Some(37.0), true)?;
    same("the code", page.value(&drawn).await?, json!(true))?;
    // The only driver that can be asked for paper.
    if page.browser() == Browser::Chromium {
        page.reload().await?;
        page.heading(CONFERENCE).await?;
        page.devtools("Page.printToPDF", json!({})).await?;
        same("the code once printed", page.value(&drawn).await?, json!(true))?;
        page.run("document.documentElement.dataset.theme = 'dark'", vec![]).await?;
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
        page.until(shown).await?;
        page.until("getComputedStyle(document.documentElement).backgroundColor === 'rgb(255, 255, 255)'")
            .await?;
        page.until("document.querySelector('.article-tools').checkVisibility() === false").await?;
    }
    Ok(())
}

async fn the_departments_own_colour_is_used(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    let entry = page.run("return fetch('data/entry.json').then(r => r.text())", vec![]).await?;
    let mut entry: serde_json::Value = serde_json::from_str(entry.as_str().unwrap_or_default())?;
    let roles =
        |accent: &str, deep: &str, wash: &str| json!({ "accent": accent, "deep": deep, "wash": wash });
    entry["portal"]["accent"] = json!({ "light": roles("#7a1f1f", "#4a1010", "#f8ecec"), "dark": roles("#f0a0a0", "#2a1010", "#3a1a1a") });
    portal.json("data/entry.json", entry.to_string());
    page.reload().await?;
    page.until_reads("h1", HEADING).await?;
    let ground = "getComputedStyle(document.querySelector('.navigation')).backgroundColor";
    page.run("document.documentElement.dataset.theme = 'light'", vec![]).await?;
    page.until(&format!("{ground} === 'rgb(74, 16, 16)'")).await?;
    page.run("document.documentElement.dataset.theme = 'dark'", vec![]).await?;
    page.until(&format!("{ground} === 'rgb(42, 16, 16)'")).await
}
