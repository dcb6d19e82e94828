//! "Kho tin bài": the archive by topic, time and tag, and the pages it leads to.

use crate::journeys;
use browser_tests::{Outcome, Page, Response, same};
use serde_json::json;

journeys![
    leads_to_topics_times_and_tags,
    a_month_shows_its_articles_and_leads_to_its_year,
    a_year_is_paged,
    a_time_without_articles_says_so,
    a_time_that_is_none_is_said_and_left_out,
    a_topic_shows_its_articles_of_all_categories,
    a_topic_without_articles_says_so,
    does_not_know_other_topics,
    an_article_leads_through_its_topic,
    the_front_page_shows_the_newest_of_a_topic,
    is_english_on_demand,
    a_plain_feed_is_sorted_by_time,
];

const ARCHIVE: &str = "Kho tin bài";
const TOPIC: &str = "Mùa bão năm 2020";
const BEFORE: &str = "Thông báo cho học sinh nghỉ học để phòng chống bão";
const AFTER: &str = "Trường học huyện Phú Sa dọn dẹp sau bão";

async fn leads_to_topics_times_and_tags(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.open(&portal.url("")).await?;
    page.click(("footer a", ARCHIVE)).await?;
    page.until_at("/luu-tru").await?;
    page.heading(ARCHIVE).await?;
    page.until_texts("main h2", &["Chủ đề", "Theo thời gian", "Từ khóa"]).await?;
    same(
        "the topics",
        page.texts("main .shelf__line").await?,
        ["Mùa bão năm 2020 2 tin bài", "Đổi mới sách giáo khoa 0 tin bài"],
    )?;
    same("the years", page.texts("main h3").await?, ["Năm 2021 12", "Năm 2020 10", "Năm 2019 5"])?;
    let months = page.texts("main .archive-years__year:last-child li").await?;
    same("the months", months, ["Tháng 8 1", "Tháng 9 1", "Tháng 10 1", "Tháng 11 1", "Tháng 12 1"])?;
    let tags = page.texts("main .tag").await?;
    same("the tag of two articles", tags.contains(&"tuyển sinh 3".to_owned()), true)?;
    page.click(("main .tag", "tuyển sinh 3")).await?;
    page.until_at("/tim-kiem?the=tuy%E1%BB%83n+sinh").await?;
    page.until_contains(".page-head__count", "Tìm thấy 3 tin bài").await
}

async fn a_month_shows_its_articles_and_leads_to_its_year(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("luu-tru"), ARCHIVE).await?;
    page.click(("main .archive-years__year:nth-child(2) li a", "Tháng 10 2")).await?;
    page.until_at("/luu-tru/2020-10").await?;
    page.heading("Tin bài tháng 10 năm 2020").await?;
    page.until_reads(".page-head__count", "2 tin bài").await?;
    same("its articles", page.texts("main .headline-card__title").await?, [AFTER, BEFORE])?;
    same(
        "each with its category",
        page.texts("main .headline-card__category").await?,
        ["Tin tức - Sự kiện", "Thông báo"],
    )?;
    same("where it is", page.texts(".breadcrumb a").await?, ["Trang chủ", ARCHIVE, "Năm 2020"])?;
    page.click((".breadcrumb a", "Năm 2020")).await?;
    page.until_at("/luu-tru/2020").await?;
    page.heading("Tin bài năm 2020").await?;
    page.until_reads(".page-head__count", "10 tin bài").await
}

async fn a_year_is_paged(page: Page) -> Outcome {
    let portal = page.portal()?;
    // As if the newest 21 articles of the list of all were of this year.
    let mut months = [0; 12];
    months[8] = 21;
    portal.json("data/contents/*", json!({ "months": { "2021": months }, "tags": [] }).to_string());
    page.visit(&portal.url("luu-tru/2021?trang=2"), "Tin bài năm 2021").await?;
    page.until_reads(".page-head__count", "21 tin bài · Trang 2/2").await?;
    same("what is left for it", page.count("main .headline-card").await?, 1)?;
    page.until("document.title.startsWith('Tin bài năm 2021 – Trang 2')").await
}

async fn a_time_without_articles_says_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("luu-tru/1999-12"), "Tin bài tháng 12 năm 1999").await?;
    page.until_reads(".empty", "Không có tin bài trong thời gian này").await
}

async fn a_time_that_is_none_is_said_and_left_out(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("luu-tru/2020-13"), ARCHIVE).await?;
    page.until_contains(".dropped-notice", "luu-tru “2020-13” không phải là năm hoặc tháng").await
}

async fn a_topic_shows_its_articles_of_all_categories(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chu-de/mua-bao-nam-2020"), TOPIC).await?;
    page.until_reads(".page-head__kind", "Chủ đề").await?;
    page.until_reads(".page-head__about", "Trường học trước, trong và sau cơn bão tháng 10 năm 2020.")
        .await?;
    same("its articles", page.texts("main .headline-card__title").await?, [AFTER, BEFORE])?;
    same("its title", page.text("document.title").await?.starts_with(TOPIC), true)?;
    portal.answer("data/feed/*", Response::text(500, "no"));
    page.follow(AFTER).await?;
    page.heading(AFTER).await
}

async fn a_topic_without_articles_says_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chu-de/doi-moi-sach-giao-khoa"), "Đổi mới sách giáo khoa").await?;
    page.until_reads(".empty", "Chủ đề chưa có tin bài").await
}

async fn does_not_know_other_topics(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("chu-de/tuyen-sinh"), "Không tìm thấy trang").await
}

async fn an_article_leads_through_its_topic(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/nghi-hoc-phong-chong-bao"), BEFORE).await?;
    page.until_reads(".article__topic", &format!("Chủ đề: {TOPIC}")).await?;
    let next = "main nav[aria-label='Bài cùng chủ đề'] a";
    page.until_texts(next, &[&format!("Tin mới hơn {AFTER}")]).await?;
    page.click(next).await?;
    page.heading(AFTER).await?;
    page.until_texts(next, &[&format!("Tin cũ hơn {BEFORE}")]).await?;
    page.click((".article__topic a", TOPIC)).await?;
    page.until_at("/chu-de/mua-bao-nam-2020").await?;
    page.visit(
        &portal.url("bai-viet/hoi-nghi-truc-tuyen"),
        "Hội nghị trực tuyến về công tác văn phòng và truyền thông năm học 2021-2022",
    )
    .await?;
    same("no topic", page.count(".article__topic").await?, 0)
}

async fn the_front_page_shows_the_newest_of_a_topic(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), super::home::HEADING).await?;
    let section = format!("main section[aria-label='{TOPIC}']");
    page.until_texts(&format!("{section} h3"), &[AFTER, BEFORE]).await?;
    page.click((format!("{section} h2 a").as_str(), TOPIC)).await?;
    page.heading(TOPIC).await
}

async fn is_english_on_demand(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("luu-tru/2020-10"), "Tin bài tháng 10 năm 2020").await?;
    page.click((".masthead__language", "English")).await?;
    page.heading("Articles of October 2020").await?;
    same("the name of the month is English", page.attributes("h1", "lang").await?, ["en"])?;
    page.click((".breadcrumb a", "Archive")).await?;
    page.heading("Archive").await?;
    page.until_contains("main", "October 2").await
}

async fn a_plain_feed_is_sorted_by_time(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.source("feed.json"))?;
    let item = |id: u32, date: &str| json!({ "id": id.to_string(), "title": format!("Tin {id}"), "content_text": "a", "date_published": date });
    let items = [
        item(1, "2020-02-03T08:00:00+07:00"),
        item(2, "2021-02-28T18:00:00Z"),
        item(3, "2020-02-09T08:00:00+07:00"),
    ];
    portal.json(
        "feed.json",
        json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Tin", "items": items }).to_string(),
    );
    page.visit(&portal.url("luu-tru"), ARCHIVE).await?;
    same("the years", page.texts("main h3").await?, ["Năm 2021 1", "Năm 2020 2"])?;
    page.click(("main .archive-years__year:last-child li a", "Tháng 2 2")).await?;
    page.heading("Tin bài tháng 2 năm 2020").await?;
    same("its articles", page.texts("main .headline-card__title").await?, ["Tin 3", "Tin 1"])
}
