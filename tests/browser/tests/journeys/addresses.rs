//! Addresses: on reload, below a sub-folder, beside a portal of a similar name, and those that are no page.

use crate::journeys;
use browser_tests::{Outcome, Page, contains, holds, same};

journeys![
    every_page_is_there_after_a_reload,
    every_page_is_there_after_a_reload_in_a_sub_folder,
    a_first_visit_asks_for_each_file_once,
    links_stay_below_the_base,
    a_portal_of_a_similar_name_is_left_alone,
    an_unknown_address_shows_ways_on,
    spellings_of_an_address_lead_to_one_page,
    files_are_left_to_the_browser,
    modified_clicks_are_left_to_the_browser,
    links_to_elsewhere_are_left_to_the_browser,
];

/// Every kind of page and its heading.
pub(crate) const PAGES: [(&str, &str); 9] = [
    ("", super::home::HEADING),
    ("chuyen-muc/tuyen-sinh", "Tuyển sinh"),
    ("chuyen-muc/tin-tuc-su-kien?trang=2", "Tin tức - Sự kiện"),
    (
        "bai-viet/hoi-nghi-truc-tuyen",
        "Hội nghị trực tuyến về công tác văn phòng và truyền thông năm học 2021-2022",
    ),
    ("tim-kiem?q=tuy%E1%BB%83n+sinh&muc=tuyen-sinh", "Tìm kiếm"),
    ("lich-cong-tac/2021-W36", "Lịch công tác"),
    ("thong-ke", "Thống kê truy cập"),
    ("tao-ma-nhung?category=tuyen-sinh&layout=cards", "Nhúng tin bài"),
    ("khong-co-trang-nay", "Không tìm thấy trang"),
];

async fn reload_every_page(page: &Page, base: &str) -> Outcome {
    let portal = page.portal_with(|portal| portal.base(base))?;
    for (address, heading) in PAGES {
        page.visit(&portal.url(address), heading).await?;
        let shown = "document.querySelector('main').innerText";
        page.until_settled().await?;
        let before = page.text(shown).await?;
        page.reload().await?;
        page.heading(heading).await?;
        same("the address", page.text("location.href").await?, portal.url(address))?;
        if address != "thong-ke" && !address.is_empty() {
            page.until(&format!("{shown} === {}", serde_json::json!(before))).await?;
        }
    }
    Ok(())
}

async fn every_page_is_there_after_a_reload(page: Page) -> Outcome {
    reload_every_page(&page, "/").await
}

async fn every_page_is_there_after_a_reload_in_a_sub_folder(page: Page) -> Outcome {
    reload_every_page(&page, "/cong/tin/").await
}

async fn a_first_visit_asks_for_each_file_once(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    page.until_contains("section[aria-label='Lịch công tác']", "Giao ban tuần").await?;
    let mut asked = portal.requests("");
    let all = asked.len();
    asked.sort();
    let repeated: Vec<_> =
        asked.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0].clone()).collect();
    same("files asked for again", repeated, [""; 0])?;
    // The page, the app's two files, the source, the front page's list, the calendar, and pictures.
    holds(&format!("a front page of {all} requests"), all <= 16)
}

async fn links_stay_below_the_base(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    for (address, heading) in PAGES {
        page.visit(&portal.url(address), heading).await?;
        let outside = "[...[...document.querySelectorAll('a[href]')].map(e => e.href), \
             ...[...document.forms].map(e => e.action), ...[...document.images].map(e => e.src)]\
             .filter(url => new URL(url).origin === location.origin && !url.startsWith(document.baseURI)).join()";
        same(&format!("what leads out of the base at {address}"), page.text(outside).await?, "")?;
    }
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.mark_document().await?;
    page.follow("Thông báo").await?;
    page.heading("Thông báo").await?;
    page.until_at("/cong/tin/chuyen-muc/thong-bao").await?;
    page.click(".masthead__home").await?;
    page.heading(super::home::HEADING).await?;
    page.until_at("/cong/tin/").await?;
    page.same_document().await?;
    same("nothing was asked for outside", portal.requests("/"), [""; 0])
}

async fn a_portal_of_a_similar_name_is_left_alone(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/tin/"))?;
    for other in ["/tinh/x", "/tinh", "/", "/khac/tin/"] {
        page.visit(&portal.url(""), super::home::HEADING).await?;
        let link = format!(
            "const a = document.createElement('a'); a.href = '{other}'; a.id = 'other'; a.textContent = 'other'; \
             document.querySelector('main').prepend(a);"
        );
        page.run(&link, vec![]).await?;
        page.mark_document().await?;
        page.click("#other").await?;
        page.until_other_document().await?;
        page.until(&format!("location.pathname === '{other}'")).await?;
        page.until_contains("body", "Nothing is served outside /tin/").await?;
    }
    // Without its slash the portal is still found.
    page.visit(&portal.url_on_server("/tin"), super::home::HEADING).await
}

async fn an_unknown_address_shows_ways_on(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("mot/hai/ba"), "Không tìm thấy trang").await?;
    page.until_contains("main", "Địa chỉ có thể đã thay đổi hoặc bài viết đã được gỡ.").await?;
    page.until_at("/mot/hai/ba").await?;
    same(
        "the title",
        page.text("document.title").await?,
        "Không tìm thấy trang | Sở Giáo dục và Đào tạo tỉnh Lạc Giang",
    )?;
    page.click(("main a", "Tìm kiếm")).await?;
    page.heading("Tìm kiếm").await?;
    page.back().await?;
    page.heading("Không tìm thấy trang").await?;
    page.follow("Về trang chủ").await?;
    page.heading(super::home::HEADING).await
}

async fn spellings_of_an_address_lead_to_one_page(page: Page) -> Outcome {
    let portal = page.portal()?;
    for spelling in [
        "chuyen-muc/thong-bao/",
        "chuyen-muc/thong%2Dbao",
        "chuyen-muc/thong-bao?trang=1",
        "chuyen-muc/thong-bao#x",
    ] {
        page.visit(&portal.url(spelling), "Thông báo").await?;
    }
    page.visit(&portal.url("index.html"), super::home::HEADING).await
}

/// Whether the app takes a click on `#link`: nothing is left to the browser where it does.
const TAKEN: &str = "const [options] = arguments, link = document.querySelector('#link'); let taken; \
     addEventListener('click', event => { taken = event.defaultPrevented; event.preventDefault(); }, { once: true }); \
     link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...options })); return taken;";

async fn put_link(page: &Page, attributes: &str) -> Outcome {
    let script = "document.querySelector('#link')?.remove(); const p = document.createElement('p'); \
         p.innerHTML = '<a id=\"link\" ' + arguments[0] + '><span>link</span></a>'; \
         document.querySelector('main').prepend(p.firstChild);";
    page.run(script, vec![attributes.into()]).await.map(drop)
}

async fn files_are_left_to_the_browser(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), super::article::CONFERENCE).await?;
    let file = page.attributes(".attachments a", "href").await?.concat();
    contains("an attachment", &file, ".pdf")?;
    for attributes in [
        format!("href=\"{file}\""),
        "href=\"/data/entry.json\"".into(),
        "href=\"/robots.txt\"".into(),
        "href=\"/thong-ke\" download".into(),
    ] {
        put_link(&page, &attributes).await?;
        same(&attributes, page.run(TAKEN, vec![serde_json::json!({})]).await?, false)?;
    }
    page.heading(super::article::CONFERENCE).await?;
    // And really: the browser goes to the file.
    put_link(&page, "href=\"/robots.txt\"").await?;
    page.click("#link").await?;
    page.until_at("/robots.txt").await?;
    page.until_contains("body", "User-agent").await
}

async fn modified_clicks_are_left_to_the_browser(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    put_link(&page, "href=\"/chuyen-muc/thong-bao\"").await?;
    for options in [
        serde_json::json!({ "ctrlKey": true }),
        serde_json::json!({ "metaKey": true }),
        serde_json::json!({ "shiftKey": true }),
        serde_json::json!({ "altKey": true }),
        serde_json::json!({ "button": 1 }),
    ] {
        same(&options.to_string(), page.run(TAKEN, vec![options.clone()]).await?, false)?;
    }
    page.heading("Thống kê truy cập").await?;
    same("a plain click", page.run(TAKEN, vec![serde_json::json!({})]).await?, true)?;
    page.heading("Thông báo").await
}

async fn links_to_elsewhere_are_left_to_the_browser(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    for attributes in [
        "href=\"/chuyen-muc/thong-bao\" target=\"_blank\"",
        "href=\"http://127.0.0.1:1/chuyen-muc/thong-bao\"",
        "href=\"mailto:vanphong@lacgiang.example\"",
        "href=\"/thong-ke#noi-dung\"",
        "name=\"no-link\"",
    ] {
        put_link(&page, attributes).await?;
        same(attributes, page.run(TAKEN, vec![serde_json::json!({})]).await?, false)?;
    }
    page.heading("Thống kê truy cập").await
}
