//! A category's page.

use crate::journeys;
use browser_tests::{Archive, Outcome, Page, same};
use serde_json::json;

journeys![
    shows_its_headlines_newest_first,
    is_paged_by_links,
    shows_its_second_page_after_a_reload,
    shows_the_last_page_for_one_beyond_it,
    drops_a_page_that_is_no_number,
    says_that_a_category_has_no_articles,
    does_not_know_other_categories,
    marks_its_place_in_the_menu,
];

const NEWS: &str = "Tin tức - Sự kiện";

async fn shows_its_headlines_newest_first(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tuyen-sinh"), "Tuyển sinh").await?;
    page.until_reads(".page-head__about", "Kế hoạch, điểm chuẩn và kết quả tuyển sinh.").await?;
    page.until_reads(".page-head__count", "3 tin bài").await?;
    same(
        "the headlines",
        page.texts("main .headline-card__title").await?,
        [
            "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022",
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022",
            "Tuyển sinh vào lớp 10 năm học 2020-2021: những điểm mới",
        ],
    )?;
    same("one page only", page.count("main .pagination").await?, 0)?;
    same("the category at each", page.count("main .headline-card__category").await?, 0)?;
    same(
        "the title",
        page.text("document.title").await?,
        "Tuyển sinh | Sở Giáo dục và Đào tạo tỉnh Lạc Giang",
    )?;
    page.follow("Kế hoạch tuyển sinh vào lớp 10 năm học 2021-2022").await?;
    page.until_at("/bai-viet/ke-hoach-tuyen-sinh-lop-10").await
}

async fn is_paged_by_links(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tin-tuc-su-kien"), NEWS).await?;
    page.until_reads(".page-head__count", "22 tin bài · Trang 1/2").await?;
    let first = page.texts("main .headline-card__title").await?;
    same("a full page", first.len(), 20)?;
    same(
        "where we are",
        page.attributes(".pagination [aria-current=page]", "aria-label").await?,
        ["Trang 1"],
    )?;
    same("no page before the first", page.count(".pagination [rel=prev]").await?, 0)?;
    page.follow("Trang sau").await?;
    page.until_at("/chuyen-muc/tin-tuc-su-kien?trang=2").await?;
    page.until_reads(".page-head__count", "22 tin bài · Trang 2/2").await?;
    page.until_texts(
        "main .headline-card__title",
        &["Khai giảng năm học 2019-2020", "Chuẩn bị cơ sở vật chất cho năm học mới"],
    )
    .await?;
    same("no page after the last", page.count(".pagination [rel=next]").await?, 0)?;
    page.follow("Trang trước").await?;
    page.until_at("/chuyen-muc/tin-tuc-su-kien").await?;
    page.until_reads(".page-head__count", "22 tin bài · Trang 1/2").await?;
    same("the first page again", page.texts("main .headline-card__title").await?, first)?;
    page.follow("2").await?;
    page.until_at("/chuyen-muc/tin-tuc-su-kien?trang=2").await?;
    page.back().await?;
    page.until_reads(".page-head__count", "22 tin bài · Trang 1/2").await?;
    page.forward().await?;
    page.until_reads(".page-head__count", "22 tin bài · Trang 2/2").await
}

async fn shows_its_second_page_after_a_reload(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tin-tuc-su-kien?trang=2"), NEWS).await?;
    let shown = page.texts("main .headline-card__title").await?;
    same("two are left", shown.len(), 2)?;
    page.reload().await?;
    page.heading(NEWS).await?;
    same("after the reload", page.texts("main .headline-card__title").await?, shown)?;
    same(
        "the title",
        page.text("document.title").await?,
        "Tin tức - Sự kiện – Trang 2 | Sở Giáo dục và Đào tạo tỉnh Lạc Giang",
    )
}

async fn shows_the_last_page_for_one_beyond_it(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chuyen-muc/tin-tuc-su-kien?trang=99"), NEWS).await?;
    page.until_contains(".dropped-notice", "Không có trang 99; đang xem trang 2, trang cuối.").await?;
    page.until_reads(".page-head__count", "22 tin bài · Trang 2/2").await?;
    same("its headlines", page.count("main .headline-card").await?, 2)
}

async fn drops_a_page_that_is_no_number(page: Page) -> Outcome {
    let portal = page.portal()?;
    for wrong in ["x", "0", "-1", "1e9"] {
        page.visit(&portal.url(&format!("chuyen-muc/tin-tuc-su-kien?trang={wrong}")), NEWS).await?;
        page.until_contains(".dropped-notice", &format!("trang “{wrong}” không phải là số trang")).await?;
        page.until_reads(".page-head__count", "22 tin bài · Trang 1/2").await?;
    }
    Ok(())
}

async fn says_that_a_category_has_no_articles(page: Page) -> Outcome {
    let portal = page.portal()?;
    let mut archive = Archive::read()?;
    let categories = archive.entry["portal"]["categories"].as_array_mut();
    categories.into_iter().for_each(|all| all.push(json!({ "slug": "cong-doan", "name": "Công đoàn" })));
    archive.publish(&portal);
    page.visit(&portal.url("chuyen-muc/cong-doan"), "Công đoàn").await?;
    page.until_reads(".empty", "Chuyên mục chưa có tin bài").await?;
    same("articles", page.count("main .headline-card").await?, 0)
}

async fn does_not_know_other_categories(page: Page) -> Outcome {
    let portal = page.portal()?;
    for unknown in ["khong-co", "Tin-Tuc", "tin%20tuc", "a/b"] {
        page.visit(&portal.url(&format!("chuyen-muc/{unknown}")), "Không tìm thấy trang").await?;
        page.until_there(("main a", "Về trang chủ")).await?;
    }
    Ok(())
}

async fn marks_its_place_in_the_menu(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    let here = "nav.navigation [aria-current=page]";
    page.until_texts(here, &["Trang chủ"]).await?;
    page.follow("Tuyển sinh").await?;
    page.until_texts(here, &["Tuyển sinh"]).await?;
    page.open(&portal.url("chuyen-muc/tin-tuc-su-kien?trang=2")).await?;
    page.until_texts(here, &["Tin tức - Sự kiện"]).await
}
