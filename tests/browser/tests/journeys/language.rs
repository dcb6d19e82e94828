//! The language of the interface; articles keep their own.

use crate::journeys;
use browser_tests::{Outcome, Page, same};

journeys![
    is_english_on_demand,
    is_remembered_on_reload,
    leaves_the_articles_in_their_language,
    comes_back_to_vietnamese,
    changes_without_losing_the_place,
    every_vietnamese_word_of_an_english_page_says_that_it_is,
];

const HEADING: &str = super::home::HEADING;

async fn is_english_on_demand(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    same("the language", page.text("document.documentElement.lang").await?, "vi")?;
    same("the button's", page.attributes(".masthead__language", "lang").await?, ["en"])?;
    page.click(("button", "English")).await?;
    page.until("document.documentElement.lang === 'en'").await?;
    page.until_reads("nav.navigation a", "Home").await?;
    page.until_reads("nav.navigation a", "Work calendar").await?;
    page.until_reads("main h2", "Latest news").await?;
    page.until_reads(".masthead__date", "Wednesday, 15/09/2021").await?;
    page.until("document.title === 'Home | Sở Giáo dục và Đào tạo tỉnh Lạc Giang'").await?;
    page.until_texts("section[aria-label='Visit statistics'] dt", &["Today", "Visits in all"]).await?;
    // What comes with the archive has no translation and says so.
    let names =
        "[...document.querySelectorAll('nav.navigation a')].map(a => a.textContent).includes('Tuyển sinh')";
    page.until(names).await?;
    page.open(&portal.url("tim-kiem?q=xyzzy&trang=0")).await?;
    page.heading("Search").await?;
    page.until_reads(".empty__title", "No matching articles").await?;
    page.until_contains(".dropped-notice", "trang “0” is not a page number").await?;
    page.visit(&portal.url("khong-co"), "Page not found").await?;
    portal.answer("data/week/*", browser_tests::Response::text(500, "no"));
    page.visit(&portal.url("lich-cong-tac/2021-W39"), "The content could not be opened").await?;
    page.until_contains("main", "The server answers with error 500.").await?;
    page.until_there(("button", "Try again")).await
}

async fn is_remembered_on_reload(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.click(("button", "English")).await?;
    page.until_reads("nav.navigation a", "Home").await?;
    page.reload().await?;
    page.until_reads("nav.navigation a", "Home").await?;
    page.until("document.documentElement.lang === 'en'").await?;
    page.follow("Work calendar").await?;
    page.heading("Work calendar").await?;
    page.open(&portal.url("lich-cong-tac")).await?;
    page.heading("Work calendar").await?;
    page.until_reads(".page-head__about", "Week 37 of 2021 (13/09/2021 – 19/09/2021)").await
}

async fn leaves_the_articles_in_their_language(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("bai-viet/hoi-nghi-truc-tuyen"), super::article::CONFERENCE).await?;
    page.click(("button", "English")).await?;
    page.until_reads(".article__modified", "Updated 11/09/2021 15:05").await?;
    page.heading(super::article::CONFERENCE).await?;
    let language = |css: &str| format!("document.querySelector('{css}').closest('[lang]').lang === 'vi'");
    for css in [
        "main h1",
        ".article-body p",
        ".article__lead",
        ".article__byline",
        ".related h3",
        ".tags a",
        ".footer__unit",
    ] {
        page.until(&language(css)).await?;
    }
    page.until("document.querySelector('.article-tools button').closest('[lang]').lang === 'en'").await?;
    page.until_reads(".article-tools button", "Copy link").await
}

async fn comes_back_to_vietnamese(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.click(("button", "English")).await?;
    page.heading("Visit statistics").await?;
    page.click(("button", "Tiếng Việt")).await?;
    page.heading("Thống kê truy cập").await?;
    page.until("document.documentElement.lang === 'vi'").await?;
    page.reload().await?;
    page.heading("Thống kê truy cập").await
}

async fn changes_without_losing_the_place(page: Page) -> Outcome {
    let portal = page.portal()?;
    let query = "tim-kiem?q=tuy%E1%BB%83n+sinh&muc=tuyen-sinh";
    page.visit(&portal.url(query), "Tìm kiếm").await?;
    page.mark_document().await?;
    page.click(("button", "English")).await?;
    page.heading("Search").await?;
    page.until_at(query).await?;
    page.until("document.querySelector('#search-words').value === 'tuyển sinh'").await?;
    page.until_contains(".page-head__count", "3 articles found").await?;
    page.same_document().await?;
    // Whoever pressed the button with the keyboard is still at it.
    page.until_focus(".masthead__language").await
}

/// Texts and names of parts of the page that have a Vietnamese letter and are not in something marked as Vietnamese.
const UNMARKED: &str = r"(() => {
  const letter = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i, found = [];
  const judge = (element, text) => {
    if (letter.test(text) && element.closest('[lang]').lang !== 'vi') found.push(text.trim());
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!element.closest('script, style, noscript')) judge(element, texts.currentNode.data);
  }
  for (const name of ['aria-label', 'placeholder', 'alt']) {
    for (const element of document.querySelectorAll(`[${name}]`)) judge(element, element.getAttribute(name));
  }
  return found;
})()";

async fn every_vietnamese_word_of_an_english_page_says_that_it_is(page: Page) -> Outcome {
    let portal = page.portal()?;
    page.visit(&portal.url(""), HEADING).await?;
    page.click(("button", "English")).await?;
    page.until_reads("nav.navigation a", "Home").await?;
    for (address, there) in [
        ("", "section[aria-label='Work calendar'] .week-list"),
        ("chuyen-muc/tuyen-sinh", "main .headline-card"),
        ("chu-de/mua-bao-nam-2020", "main .headline-card"),
        ("luu-tru", "main .tags"),
        ("luu-tru/2020-10", "main .headline-card"),
        ("tim-kiem?q=tuyen&muc=tuyen-sinh&don-vi=V%C4%83n+ph%C3%B2ng+S%E1%BB%9F", ".active-filters"),
        ("lich-cong-tac", "main .week-list"),
        ("lich-cong-tac?dang=bang", "main .week-table"),
        ("bai-viet/nghi-hoc-phong-chong-bao", "main .article"),
        ("thong-ke", "main h1"),
        ("da-luu", "main h1"),
        ("tao-ma-nhung", "main .embed-builder"),
        ("khong-co", "main h1"),
    ] {
        page.open(&portal.url(address)).await?;
        page.until_there(there).await?;
        let found = page.text(&format!("JSON.stringify({UNMARKED})")).await?;
        same(&format!("unmarked at /{address}"), found.as_str(), "[]")?;
    }
    Ok(())
}
