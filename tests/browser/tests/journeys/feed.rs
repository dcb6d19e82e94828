//! A plain JSON Feed in place of an archive: from another origin, in pages, and not always well meant.

use crate::journeys;
use anyhow::Result;
use browser_tests::{Outcome, Page, Portal, Response, contains, holds, same};
use serde_json::{Value, json};

journeys![
    its_front_page_shows_its_articles,
    an_article_shows_what_the_standard_has,
    hostile_markup_is_only_text,
    absurd_nesting_does_not_stop_the_page,
    all_its_pages_are_read_once,
    a_page_that_fails_leaves_those_before_it,
    its_search_finds_what_was_read,
    its_articles_have_addresses_that_last,
    items_without_date_or_title_are_shown,
    broken_items_are_passed_over,
    an_empty_feed_says_so,
    a_feed_that_fails_says_why,
    a_feed_beside_the_page_is_read_too,
];

const HEADING: &str = "Tin của phường – Ủy ban nhân dân phường Bến Nghé";

fn item(id: usize, title: &str, html: &str) -> Value {
    json!({
        "id": format!("tag:ward,2021:{id}"), "url": format!("https://phuong.example/tin/{id}"), "title": title,
        "content_html": html, "date_published": format!("2021-08-{:02}T08:30:00+07:00", 1 + id % 28),
    })
}

fn feed(items: Vec<Value>, next: Option<String>) -> String {
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "Ủy ban nhân dân phường Bến Nghé",
        "description": "Tin của phường", "home_page_url": "https://phuong.example/", "items": items,
    });
    if let Some(next) = next {
        feed["next_url"] = next.into();
    }
    feed.to_string()
}

/// A server of another origin with this feed, and a portal that shows it.
async fn portals(page: &Page, items: Vec<Value>) -> Result<(Portal, Portal)> {
    let feeds = page.portal()?;
    feeds.json("feed.json", feed(items, None));
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    Ok((feeds, portal))
}

async fn its_front_page_shows_its_articles(page: Page) -> Outcome {
    let items = (1..=4).map(|n| item(n, &format!("Tin số {n}"), "<p>Nội dung</p>")).collect();
    let (feeds, portal) = portals(&page, items).await?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_texts(
        "section[aria-label='Tin mới nhất'] h3",
        &["Tin số 4", "Tin số 3", "Tin số 2", "Tin số 1"],
    )
    .await?;
    page.until_reads(".masthead__unit", "Ủy ban nhân dân phường Bến Nghé").await?;
    same("a feed has no calendar", page.count("section[aria-label='Lịch công tác']").await?, 0)?;
    page.until_texts("section[aria-label='Thống kê truy cập'] dd", &["0", "0"]).await?;
    same("the feed is asked for once", feeds.requests(""), ["feed.json"])?;
    page.follow("Tin số 3").await?;
    page.heading("Tin số 3").await?;
    page.until_texts(".neighbours__title", &["Tin số 4", "Tin số 2"]).await?;
    page.visit(&portal.url("chuyen-muc/tuyen-sinh"), "Không tìm thấy trang").await?;
    page.visit(&portal.url("lich-cong-tac"), "Lịch công tác").await?;
    page.until_reads(".empty", "Lịch công tác trống").await
}

async fn an_article_shows_what_the_standard_has(page: Page) -> Outcome {
    let mut whole = item(
        1,
        "Lịch tiêm chủng",
        "<h2>Lịch</h2><p>Xem <a href=\"/lich?x=1\">bảng</a>.</p><ul><li>Một</li></ul>",
    );
    whole["summary"] = json!("Tiêm chủng tháng 9.");
    whole["date_modified"] = json!("2021-08-05T10:00:00+07:00");
    whole["authors"] = json!([{ "name": "Lê Thị Hoa" }, { "name": "Trần Văn Nam" }]);
    whole["tags"] = json!(["y tế"]);
    whole["attachments"] = json!([{ "url": "/tep/lich.pdf", "mime_type": "application/pdf", "title": "Lịch", "size_in_bytes": 1_500_000 }]);
    let (feeds, portal) = portals(&page, vec![whole]).await?;
    page.visit(&portal.url(""), HEADING).await?;
    page.follow("Lịch tiêm chủng").await?;
    page.heading("Lịch tiêm chủng").await?;
    page.until_texts(".article__head time", &["02/08/2021 08:30", "05/08/2021 10:00"]).await?;
    page.until_reads(".article__byline", "Lê Thị Hoa, Trần Văn Nam").await?;
    page.until_reads(".article__lead", "Tiêm chủng tháng 9.").await?;
    page.until_texts(".article-body h2", &["Lịch"]).await?;
    // Addresses are the article's own, not the portal's.
    same(
        "a link in the text",
        page.attributes(".article-body a", "href").await?,
        ["https://phuong.example/lich?x=1"],
    )?;
    page.until_reads("section[aria-label='Tài liệu đính kèm'] li", "Lịch PDF, 1,5 MB").await?;
    same("the file", page.attributes(".attachments a", "href").await?, [feeds.url("tep/lich.pdf")])?;
    same(
        "the original",
        page.attributes(".article__source a", "href").await?,
        ["https://phuong.example/tin/1"],
    )?;
    page.follow("y tế").await?;
    page.until_reads(".search-result__title", "Lịch tiêm chủng").await
}

async fn hostile_markup_is_only_text(page: Page) -> Outcome {
    let feeds = page.portal()?;
    let at = |name: &str| feeds.url(name);
    let html = format!(
        "<p onclick=\"hacked=1\" style=\"background:url({style})\">Xin chào</p><script>globalThis.hacked = 1</script>\
         <script src=\"{script}\"></script><img src=\"{picture}\" onerror=\"globalThis.hacked = 2\" alt=\"hình\">\
         <a href=\"javascript:globalThis.hacked=3\">bấm</a><a href=\" java&#10;script:globalThis.hacked=3\">vào</a>\
         <a href=\"data:text/html,<script>globalThis.hacked=3</script>\">đây</a><iframe src=\"{frame}\"></iframe>\
         <iframe srcdoc=\"<script>parent.hacked=4</script>\"></iframe><style>main {{ display: none }}</style>\
         <svg onload=\"globalThis.hacked = 5\"><image href=\"{svg}\"/><a href=\"javascript:hacked=6\"><text>svg</text></a></svg>\
         <object data=\"{object}\"></object><embed src=\"{embed}\"><link rel=\"stylesheet\" href=\"{link}\">\
         <meta http-equiv=\"refresh\" content=\"0; url={refresh}\"><base href=\"https://evil.example/\">\
         <form action=\"{form}\"><input name=q autofocus onfocus=\"globalThis.hacked = 7\"><button>gửi</button></form>\
         <video src=\"{video}\" autoplay onerror=\"globalThis.hacked = 8\"></video><math><mtext><table><mglyph><style>\
         <img src=x onerror=\"globalThis.hacked = 9\"></style></mglyph></table></mtext></math>\
         <template><img src=\"{template}\" onerror=\"globalThis.hacked = 10\"></template>\
         <p>Tạm biệt</p><noscript><p title=\"</noscript><img src=x onerror=globalThis.hacked=11>\"></noscript>",
        style = at("evil-style.png"),
        script = at("evil.js"),
        picture = at("picture.png"),
        frame = at("evil-frame"),
        svg = at("evil-svg.png"),
        object = at("evil-object"),
        embed = at("evil-embed"),
        link = at("evil.css"),
        refresh = at("evil-refresh"),
        form = at("evil-form"),
        video = at("evil.mp4"),
        template = at("evil-template.png"),
    );
    let mut hostile = item(1, "<img src=x onerror=globalThis.hacked=12> Chào", &html);
    hostile["summary"] = json!("<script>globalThis.hacked = 13</script>Tóm tắt");
    hostile["url"] = json!("javascript:globalThis.hacked=14");
    hostile["tags"] = json!(["<b>nhãn</b>"]);
    hostile["attachments"] = json!([{ "url": "javascript:globalThis.hacked=15", "title": "tệp" }]);
    hostile["authors"] = json!([{ "name": "<i>Ai đó</i>", "url": "javascript:globalThis.hacked=16" }]);
    feeds.json("feed.json", feed(vec![hostile], None));
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_there("section[aria-label='Tin mới nhất'] h3 a").await?;
    page.until_settled().await?;
    same("what was asked for before the article was opened", feeds.requests(""), ["feed.json"])?;
    page.click("section[aria-label='Tin mới nhất'] h3 a").await?;
    page.heading("<img src=x onerror=globalThis.hacked=12> Chào").await?;
    page.until_contains(".article-body", "Xin chào").await?;
    page.until_contains(".article-body", "Tạm biệt").await?;
    page.run("document.querySelector('.article-body img')?.scrollIntoView()", vec![]).await?;
    feeds.until_asked("picture.png").await?;
    page.until_settled().await?;
    let asked: Vec<_> = feeds.requests("").into_iter().filter(|path| path.contains("evil")).collect();
    same("what only an attacker wants", asked, [""; 0])?;
    let elements = "[...new Set([...document.querySelectorAll('main :not(.paper-mark *)')].map(e => e.localName))].filter(name => \
         ['script', 'iframe', 'style', 'object', 'embed', 'link', 'meta', 'base', 'form', 'input', 'video', 'math', \
         'template', 'noscript', 'svg', 'i', 'b'].includes(name)).join()";
    same("elements of the article", page.text(elements).await?, "")?;
    let attributes = "[...document.querySelectorAll('main :not(.reading-progress, .paper-mark *)')].flatMap(e => [...e.attributes]).filter(a => \
         a.name.startsWith('on') || a.name === 'style' || a.name === 'srcdoc' || \
         ['href', 'src', 'action'].includes(a.name) && !/^(https?:|mailto:|\\/)/.test(a.value)).map(a => a.name + '=' + a.value).join()";
    same("attributes of the article", page.text(attributes).await?, "")?;
    // Everything touched: nothing runs.
    page.run_inside(
        "for (const e of document.querySelectorAll('.article-body *')) e.click?.(); \
         document.documentElement.setAttribute('data-hacked', String(globalThis.hacked));",
    )
    .await?;
    same("what ran", page.attributes("html", "data-hacked").await?, ["undefined"])
}

async fn absurd_nesting_does_not_stop_the_page(page: Page) -> Outcome {
    let deep = format!("<p>Trước</p>{}<p>Trong</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let quotes = format!("{}<p>Trong</p>", "<blockquote>".repeat(5_000));
    let (_feeds, portal) = portals(
        &page,
        vec![
            item(1, "Lồng quá sâu", &deep),
            item(2, "Trích quá sâu", &quotes),
            item(3, "Tin thường", "<p>Thường</p>"),
        ],
    )
    .await?;
    let begun = std::time::Instant::now();
    page.visit(&portal.url(""), HEADING).await?;
    page.until_texts(
        "section[aria-label='Tin mới nhất'] h3",
        &["Tin thường", "Trích quá sâu", "Lồng quá sâu"],
    )
    .await?;
    // A parser that is given all of it needs over 10 s for the first alone.
    holds(&format!("the page took {:?}", begun.elapsed()), begun.elapsed().as_secs() < 8)?;
    for title in ["Lồng quá sâu", "Trích quá sâu"] {
        page.follow(title).await?;
        page.heading(title).await?;
        page.until_there((".article__source a", "Xem bài gốc")).await?;
        page.back().await?;
        page.heading(HEADING).await?;
    }
    page.follow("Tin thường").await?;
    page.until_reads(".article-body p", "Thường").await
}

/// Three pages, of which the last leads back to the first.
fn serve_three_pages(feeds: &Portal) {
    for (n, name) in ["feed.json", "feed-2.json", "feed-3.json"].iter().enumerate() {
        let items = (1..=5).map(|i| item(n * 5 + i, &format!("Tin số {}", n * 5 + i), "<p>Nội dung</p>"));
        // Relative, as some feeds have it.
        let next = ["feed-2.json", "feed-3.json", "feed.json"][n];
        feeds.json(name, feed(items.collect(), Some(next.to_owned())));
    }
}

async fn all_its_pages_are_read_once(page: Page) -> Outcome {
    let feeds = page.portal()?;
    serve_three_pages(&feeds);
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    page.visit(&portal.url("tim-kiem"), "Tìm kiếm").await?;
    page.until_reads(".page-head__count", "Tìm thấy 15 tin bài · Trang 1/2").await?;
    same("each page once", feeds.requests(""), ["feed.json", "feed-2.json", "feed-3.json"])?;
    let mut shown = page.texts(".search-result__title").await?;
    page.follow("Trang sau").await?;
    page.until_reads(".page-head__count", "Tìm thấy 15 tin bài · Trang 2/2").await?;
    shown.extend(page.texts(".search-result__title").await?);
    same(
        "newest first over all pages",
        (shown.first(), shown.last()),
        (Some(&"Tin số 15".into()), Some(&"Tin số 1".into())),
    )
}

async fn a_page_that_fails_leaves_those_before_it(page: Page) -> Outcome {
    let feeds = page.portal()?;
    serve_three_pages(&feeds);
    feeds.answer("feed-2.json", Response::text(500, "no"));
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    page.visit(&portal.url("tim-kiem"), "Tìm kiếm").await?;
    feeds.until_asked("feed-2.json").await?;
    page.until_reads(".page-head__count", "Tìm thấy 5 tin bài").await
}

async fn its_search_finds_what_was_read(page: Page) -> Outcome {
    let feeds = page.portal()?;
    feeds.json(
        "feed.json",
        feed(vec![item(1, "Lịch tiêm chủng", "<p>Trạm y tế</p>")], Some(feeds.url("feed-2.json"))),
    );
    feeds.json(
        "feed-2.json",
        feed(vec![item(2, "Hội thi nấu ăn", "<p>Nhà văn hóa, ph\u{1a3}ờng Bến Nghé</p>")], None),
    );
    let portal = page.portal_with(|portal| portal.source(&feeds.url("feed.json")))?;
    page.visit(&portal.url(""), HEADING).await?;
    page.fill("#masthead-words", "nha van hoa").await?;
    page.key(browser_tests::Key::Enter).await?;
    page.until_texts(".search-result__title", &["Hội thi nấu ăn"]).await?;
    page.until_contains(".search-result__snippet mark", "văn").await?;
    page.fill("#search-words", "phường").await?;
    page.click(".search-form__line button").await?;
    page.until_texts(".search-result__title", &["Hội thi nấu ăn"]).await?;
    same("categories to choose from", page.count("[name=muc]").await?, 0)?;
    page.open(&portal.url("tim-kiem?den=2021-08-02")).await?;
    page.until_texts(".search-result__title", &["Lịch tiêm chủng"]).await
}

async fn its_articles_have_addresses_that_last(page: Page) -> Outcome {
    let feeds = page.portal()?;
    serve_three_pages(&feeds);
    let portal = page.portal_with(|portal| portal.base("/cong/tin/").source(&feeds.url("feed.json")))?;
    // The article of the third page is not known when its address is opened.
    page.visit(&portal.url("tim-kiem?q=%22Tin+s%E1%BB%91+14%22"), "Tìm kiếm").await?;
    page.follow("Tin số 14").await?;
    page.heading("Tin số 14").await?;
    let address = page.text("location.pathname").await?;
    contains("its address", &address, "/cong/tin/bai-viet/tin-so-14-")?;
    page.reload().await?;
    page.heading("Tin số 14").await?;
    same("after the reload", page.text("location.pathname").await?, address)?;
    page.visit(&portal.url("bai-viet/khong-co"), "Không tìm thấy trang").await
}

async fn items_without_date_or_title_are_shown(page: Page) -> Outcome {
    let undated = json!({ "id": "1", "title": "Không có ngày", "content_text": "Một\n\nHai" });
    let untitled = json!({ "id": 2, "content_html": "<p>Bản tin ngắn không có tên</p>", "date_published": "2021-08-09" });
    let (_feeds, portal) = portals(&page, vec![undated, untitled]).await?;
    page.visit(&portal.url(""), HEADING).await?;
    let titles = page.texts("section[aria-label='Tin mới nhất'] h3").await?;
    same("all are shown", titles.len(), 2)?;
    page.follow("Bản tin ngắn không có tên").await?;
    page.heading("Bản tin ngắn không có tên").await?;
    page.until_texts(".article__head time", &["09/08/2021 00:00"]).await?;
    page.back().await?;
    page.follow("Không có ngày").await?;
    page.heading("Không có ngày").await?;
    page.until_texts(".article-body p", &["Một", "Hai"]).await
}

async fn broken_items_are_passed_over(page: Page) -> Outcome {
    let broken = vec![
        json!(null),
        json!("tin"),
        json!([]),
        json!({}),
        json!({ "id": "3" }),
        json!({ "id": { "x": 1 }, "title": 7, "content_html": ["a"], "tags": "x", "authors": 4 }),
        item(4, "Tin lành", "<p>Còn nguyên</p>"),
        // The same article twice.
        item(4, "Tin lành", "<p>Còn nguyên</p>"),
    ];
    let (_feeds, portal) = portals(&page, broken).await?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_texts("section[aria-label='Tin mới nhất'] h3", &["Tin lành"]).await?;
    page.follow("Tin lành").await?;
    page.until_texts(".article-body p", &["Còn nguyên"]).await
}

async fn an_empty_feed_says_so(page: Page) -> Outcome {
    let (_feeds, portal) = portals(&page, vec![]).await?;
    page.visit(&portal.url(""), HEADING).await?;
    page.until_reads("main .empty", "Chưa có tin bài nào được đăng").await
}

async fn a_feed_that_fails_says_why(page: Page) -> Outcome {
    for (answer, sentence) in [
        (Response::text(500, "no"), "Máy chủ báo lỗi 500."),
        (Response::hang_up(), "Không kết nối được với máy chủ."),
        (Response::new(200, "application/json", "{\"items\": 5}"), "Dữ liệu nhận được bị hỏng."),
        (Response::new(200, "text/html", "<!doctype html>"), "Dữ liệu nhận được bị hỏng."),
    ] {
        let (feeds, portal) = portals(&page, vec![item(1, "Tin lành", "<p>Còn nguyên</p>")]).await?;
        let good = feed(vec![item(1, "Tin lành", "<p>Còn nguyên</p>")], None);
        feeds.answer("feed.json", answer);
        page.open(&portal.url("")).await?;
        page.heading("Chưa mở được nội dung").await?;
        page.until_contains("main .failure", sentence).await?;
        feeds.json("feed.json", good);
        page.click(("button", "Thử lại")).await?;
        page.heading(HEADING).await?;
    }
    Ok(())
}

async fn a_feed_beside_the_page_is_read_too(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/").source("tin/feed.json"))?;
    portal.json(
        "tin/feed.json",
        feed(vec![item(1, "Tin lành", "<p>Còn nguyên</p>")], Some("feed-2.json".into())),
    );
    portal.json("tin/feed-2.json", feed(vec![item(2, "Tin thứ hai", "<p>Còn nguyên</p>")], None));
    page.visit(&portal.url(""), HEADING).await?;
    page.until_texts("section[aria-label='Tin mới nhất'] h3", &["Tin thứ hai", "Tin lành"]).await
}
