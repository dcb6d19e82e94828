//! An article's page.

use crate::journeys;
use browser_tests::{Archive, Outcome, Page, contains, same};
use serde_json::json;

journeys![
    shows_title_dates_and_byline,
    shows_the_lead_and_the_picture_with_its_caption,
    shows_tables_lists_quotes_and_details,
    shows_code_and_raised_letters,
    links_inside_its_text_stay_in_the_portal,
    offers_its_attachments_with_type_and_size,
    leads_by_tags_to_the_search,
    names_its_source,
    leads_to_the_newer_and_the_older_article,
    leads_to_related_articles,
    says_in_its_head_where_other_sites_find_its_card,
    copies_its_link,
    says_when_the_link_cannot_be_copied,
    is_printed,
    does_not_know_other_articles,
    shows_plain_text_as_paragraphs,
];

pub(crate) const CONFERENCE: &str =
    "Hội nghị trực tuyến về công tác văn phòng và truyền thông năm học 2021-2022";
const PLAN: &str = "Ban hành kế hoạch thời gian năm học 2021-2022";

async fn shows_title_dates_and_byline(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    let head = ".article__head";
    page.until_texts(&format!("{head} time"), &["11/09/2021 10:21", "11/09/2021 15:05"]).await?;
    same(
        "the moments",
        page.attributes(&format!("{head} time"), "datetime").await?,
        ["2021-09-11T10:21:00+07:00", "2021-09-11T15:05:00+07:00"],
    )?;
    page.until_reads(".article__modified", "Cập nhật 11/09/2021 15:05").await?;
    page.until_reads(".article__byline", "Phạm Văn Mạnh - Văn phòng Sở").await?;
    page.until_texts(".breadcrumb a", &["Trang chủ", "Tin tức - Sự kiện"]).await?;
    same(
        "the title",
        page.text("document.title").await?,
        format!("{CONFERENCE} | Sở Giáo dục và Đào tạo tỉnh Lạc Giang"),
    )?;
    // An article that was never changed says so by saying nothing.
    page.visit(&portal.url("bai-viet/ke-hoach-nam-hoc-moi"), PLAN).await?;
    page.until_texts(&format!("{head} time"), &["27/08/2021 14:00"]).await?;
    same("a change", page.count(".article__modified").await?, 0)
}

async fn shows_the_lead_and_the_picture_with_its_caption(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    page.until_contains(
        ".article__lead",
        "Sáng 10/9/2021, Sở Giáo dục và Đào tạo tỉnh Lạc Giang dự hội nghị",
    )
    .await?;
    page.until_reads(".article__picture figcaption", "Quang cảnh hội nghị tại hội trường Sở").await?;
    page.until("document.querySelector('.article__picture img').naturalWidth > 0").await?;
    let src = page.attributes(".article__picture img", "src").await?;
    contains("the picture above the text is the wide one", &src.concat(), "hoi-truong")?;
    let inside = ".article-body figure";
    page.until_reads(&format!("{inside} figcaption"), "Đại biểu tại điểm cầu tỉnh Lạc Giang").await?;
    same(
        "what stands for the picture",
        page.attributes(&format!("{inside} img"), "alt").await?,
        ["Các đại biểu ngồi trước màn hình tại phòng họp"],
    )?;
    page.run("document.querySelector('.article-body figure').scrollIntoView()", vec![]).await?;
    page.until("document.querySelector('.article-body img').naturalWidth > 0").await?;
    same("pictures keep their place free", page.count(".article img:not([width][height])").await?, 0)
}

async fn shows_tables_lists_quotes_and_details(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    let body = ".article-body";
    page.until_texts(&format!("{body} h2, {body} h3"), &["Nội dung hội nghị", "Số điểm cầu"]).await?;
    page.until_reads(&format!("{body} strong"), "trưởng các phòng").await?;
    page.until_texts(&format!("{body} > ul > li > ul > li"), &["Công tác tham mưu", "Công tác phối hợp"])
        .await?;
    page.until_reads(&format!("{body} caption"), "Điểm cầu dự hội nghị").await?;
    page.until_texts(&format!("{body} th[scope=col]"), &["Nơi", "Số điểm cầu"]).await?;
    page.until_texts(&format!("{body} th[scope=row]"), &["Trung ương", "Địa phương"]).await?;
    page.until_texts(&format!("{body} td"), &["1", "63"]).await?;
    page.until_reads(&format!("{body} blockquote"), "Công tác văn phòng phải đi trước một bước.").await?;
    let hidden = "document.querySelector('.article-body details li').checkVisibility() === false \
                  || document.querySelector('.article-body details li').getClientRects().length === 0";
    page.until(hidden).await?;
    page.click(&*format!("{body} summary")).await?;
    page.until(&format!("!({hidden})")).await?;
    page.until_texts(&format!("{body} details li"), &["Hoàn thiện quy chế", "Đổi mới tham mưu"]).await?;
    page.visit(&portal.url("bai-viet/ke-hoach-nam-hoc-moi"), PLAN).await?;
    same("a list that begins at three", page.attributes(&format!("{body} ol"), "start").await?, ["3"])
}

async fn shows_code_and_raised_letters(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(
        &portal.url("bai-viet/ke-hoach-tuyen-sinh-lop-10"),
        "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
    )
    .await?;
    page.until_reads(".article-body code", "toan * 2 + van * 2 + anh").await?;
    page.until_reads(".article-body sup", "2").await
}

async fn links_inside_its_text_stay_in_the_portal(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    let hrefs = page.attributes(".article-body p a", "href").await?;
    same(
        "to pages",
        &hrefs[..2],
        ["/cong/tin/bai-viet/ke-hoach-nam-hoc-moi", "/cong/tin/chuyen-muc/tuyen-sinh"],
    )?;
    contains("to a file", &hrefs[2], "/cong/tin/data/media/")?;
    page.mark_document().await?;
    page.follow("kế hoạch năm học mới").await?;
    page.heading(PLAN).await?;
    page.same_document().await?;
    page.until_at("/cong/tin/bai-viet/ke-hoach-nam-hoc-moi").await
}

async fn offers_its_attachments_with_type_and_size(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    let list = "section[aria-label='Tài liệu đính kèm']";
    page.until_reads(&format!("{list} li"), "Kế hoạch năm học 2021-2022 PDF, 193 B").await?;
    // The browser takes it away under its own name.
    same("for taking away", page.count(&format!("{list} a[download]")).await?, 1)?;
    let got = "fetch(arguments[0].href).then(r => r.ok && r.headers.get('content-type'))";
    let script = format!(
        "return (() => {{ const a = document.querySelector(\"{list} a\"); return ({}) }})()",
        got.replace("arguments[0]", "a")
    );
    same("the file", page.run(&script, vec![]).await?.as_str(), Some("application/pdf"))?;
    let href = page.attributes(&format!("{list} a"), "href").await?;
    contains("its name", &href.concat(), "/ke-hoach-nam-hoc-2021-2022.pdf")
}

async fn leads_by_tags_to_the_search(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    page.until_texts("section[aria-label='Từ khóa'] a", &["hội nghị", "văn phòng", "truyền thông"]).await?;
    page.follow("truyền thông").await?;
    page.heading("Tìm kiếm").await?;
    page.until_at("/tim-kiem?the=truy%E1%BB%81n+th%C3%B4ng").await?;
    page.until_texts(".active-filters__name", &["Từ khóa: truyền thông"]).await?;
    page.until_contains(".search-results", CONFERENCE).await
}

async fn names_its_source(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/ke-hoach-nam-hoc-moi"), PLAN).await?;
    page.until_reads(".article__source", "Nguồn: Phòng Giáo dục Trung học").await
}

async fn leads_to_the_newer_and_the_older_article(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(
        &portal.url("bai-viet/ke-hoach-tuyen-sinh-lop-10"),
        "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
    )
    .await?;
    page.until_texts(
        ".neighbours a",
        &[
            "Tin mới hơn Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022",
            "Tin cũ hơn Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới",
        ],
    )
    .await?;
    page.click(".neighbours [rel=prev]").await?;
    page.heading("Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022").await?;
    same("newer than the newest of its category", page.count(".neighbours [rel=prev]").await?, 0)?;
    page.click(".neighbours [rel=next]").await?;
    page.heading("Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022").await?;
    page.click(".neighbours [rel=next]").await?;
    page.heading("Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới").await?;
    same("older than the oldest of its category", page.count(".neighbours [rel=next]").await?, 0)
}

async fn leads_to_related_articles(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(
        &portal.url("bai-viet/cong-bo-diem-chuan-lop-10"),
        "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022",
    )
    .await?;
    let related = "section[aria-label='Tin liên quan']";
    let titles = page.texts(&format!("{related} h3")).await?;
    // Both share the tags "tuyển sinh" and "lớp 10".
    for title in [
        "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
        "Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới",
    ] {
        contains("related articles", &titles.join(" / "), title)?;
    }
    page.click((&*format!("{related} a"), "Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới")).await?;
    page.heading("Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới").await
}

async fn says_in_its_head_where_other_sites_find_its_card(page: Page) -> Outcome {
    let portal = page.portal()?;
    let cards =
        "[...document.head.querySelectorAll('link[rel=alternate][type=\"application/json+oembed\"]')]";
    let only = |slug: &str| {
        let address = portal.url(&format!("data/oembed/{slug}.json"));
        format!("{cards}.map(link => link.href).join() === '{address}'")
    };
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    page.until(&only("hoi-nghi-truc-tuyen")).await?;
    same("its name", page.text(&format!("{cards}[0].title")).await?, CONFERENCE)?;
    let card = portal.url("data/oembed/hoi-nghi-truc-tuyen.json");
    let answer = page.run("return fetch(arguments[0]).then(r => r.json())", vec![json!(card)]).await?;
    same("the card of the article", answer["title"].as_str(), Some(CONFERENCE))?;
    // Without another load: one page's card does not stay on the next.
    page.mark_document().await?;
    page.click(".neighbours [rel=next]").await?;
    page.until(&format!("{cards}.length === 1 && !({})", only("hoi-nghi-truc-tuyen"))).await?;
    page.back().await?;
    page.heading(CONFERENCE).await?;
    page.until(&only("hoi-nghi-truc-tuyen")).await?;
    page.click(".breadcrumb a").await?;
    page.until(&format!("{cards}.length === 0")).await?;
    page.same_document().await?;
    // Nobody makes cards for a portal that does not say where it lies.
    let mut archive = Archive::read()?;
    archive.entry["portal"]["url"] = json!("");
    archive.publish(&portal);
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    page.until_there(".neighbours").await?;
    same("cards", page.number(&format!("{cards}.length")).await?, 0.0)
}

async fn copies_its_link(page: Page) -> Outcome {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: \
                     { writeText: text => { globalThis.copied = text; return Promise.resolve(); } } });";
    let portal = page.portal_with(|portal| portal.script(clipboard))?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen#x"), CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("button", "Sao chép liên kết")).await?;
    page.until_reads(".article-tools [role=status]", "Đã sao chép liên kết").await?;
    same("what was copied", page.text("globalThis.copied").await?, portal.url("bai-viet/hoi-nghi-truc-tuyen"))
}

async fn says_when_the_link_cannot_be_copied(page: Page) -> Outcome {
    let says = "Trình duyệt không cho phép sao chép; hãy sao chép địa chỉ trên thanh địa chỉ.";
    for clipboard in
        ["{ writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }", "undefined"]
    {
        let script = format!(
            "Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {clipboard} }});"
        );
        let portal = page.portal_with(|portal| portal.script(&script))?;
        page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
        page.click(("summary", "Chia sẻ")).await?;
        page.click(("button", "Sao chép liên kết")).await?;
        page.until_reads(".article-tools [role=status]", says).await?;
    }
    Ok(())
}

async fn is_printed(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| {
        portal.script("window.print = () => { globalThis.printed = (globalThis.printed ?? 0) + 1; };")
    })?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), CONFERENCE).await?;
    page.click(("summary", "Chia sẻ")).await?;
    page.click(("button", "In bài viết")).await?;
    page.until("globalThis.printed === 1").await
}

async fn does_not_know_other_articles(page: Page) -> Outcome {
    let portal = page.portal()?;
    for unknown in ["bai-viet/khong-co", "bai-viet/Kh%C3%B4ng", "bai-viet", "bai-viet/a/b"] {
        page.visit(&portal.url(unknown), "Không tìm thấy trang").await?;
    }
    page.until_at("bai-viet/a/b").await
}

async fn shows_plain_text_as_paragraphs(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(
        &portal.url("bai-viet/nghi-hoc-phong-chong-bao"),
        "Thông báo cho học sinh nghỉ học để phòng chống bão",
    )
    .await?;
    same("paragraphs", page.count(".article-body p").await?, 2)?;
    same("a line break inside", page.count(".article-body p br").await?, 1)
}
