//! Search: every filter by hand, by address and by Back; all of the question is in the address.

use crate::journeys;
use anyhow::Result;
use browser_tests::{Archive, Key, Outcome, Page, Portal, contains, same};

journeys![
    finds_words_typed_by_hand,
    filters_by_several_categories,
    filters_by_days,
    orders_by_day_or_by_merit,
    is_what_its_address_says,
    follows_back_and_forward_through_every_filter,
    asks_again_after_back_took_a_day_away,
    is_paged_by_links_that_keep_the_question,
    shows_the_same_after_a_reload,
    is_a_real_form_that_needs_no_script,
    does_not_mind_marks_case_or_spelling,
    marks_what_was_found,
    drops_what_makes_no_sense_and_says_so,
    shows_the_last_page_for_one_beyond_it,
    says_that_nothing_was_found,
    keeps_the_focus_in_the_form_and_says_the_count,
    is_reached_from_the_masthead_of_every_page,
    clears_its_filters,
    loads_its_files_once_whatever_is_asked,
];

const COUNT: &str = ".search-page__results .page-head__count";
const WORDS: &str = "#search-words";

async fn open(page: &Page, portal: &Portal, query: &str) -> Outcome {
    page.visit(&portal.url(&format!("tim-kiem{query}")), "Tìm kiếm").await?;
    page.until_there(COUNT).await
}

async fn open_filters(page: &Page) -> Outcome {
    page.run("document.querySelector('.search-form__filters').open = true", vec![]).await.map(drop)
}

async fn submit(page: &Page) -> Outcome {
    page.click(".search-form__line button").await
}

async fn found(page: &Page) -> Result<Vec<String>> {
    page.texts(".search-result__title").await
}

async fn finds_words_typed_by_hand(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 1/2").await?;
    page.fill(WORDS, "khai giảng").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=khai+gi%E1%BA%A3ng").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.fill(WORDS, "học bổng").await?;
    page.key(Key::Enter).await?;
    page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
    page.until_texts(".search-result__title", &["Trao học bổng cho học sinh nghèo huyện Mường Vang"]).await?;
    page.follow("Trao học bổng cho học sinh nghèo huyện Mường Vang").await?;
    page.heading("Trao học bổng cho học sinh nghèo huyện Mường Vang").await
}

async fn filters_by_several_categories(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    open_filters(&page).await?;
    page.click("input[value=thong-bao]").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?muc=thong-bao").await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await?;
    page.click("input[value=tuyen-sinh]").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?muc=thong-bao&muc=tuyen-sinh").await?;
    page.until_reads(COUNT, "Tìm thấy 5 tin bài").await?;
    page.click("input[value=thong-bao]").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?muc=tuyen-sinh").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.until_texts(".search-result__category", &["Tuyển sinh", "Tuyển sinh", "Tuyển sinh"]).await
}

async fn filters_by_days(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    open_filters(&page).await?;
    page.set_date("[name=tu]", "2021-07-05").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?tu=2021-07-05").await?;
    // Both days count, from midnight to midnight in Việt Nam: one of these was published on 2021-07-05.
    page.until_reads(COUNT, "Tìm thấy 5 tin bài").await?;
    page.set_date("[name=den]", "2021-08-19").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?tu=2021-07-05&den=2021-08-19").await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await?;
    page.set_date("[name=tu]", "").await?;
    page.set_date("[name=den]", "2019-09-05").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?den=2019-09-05").await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await
}

async fn orders_by_day_or_by_merit(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=hội nghị").await?;
    let best = found(&page).await?;
    open_filters(&page).await?;
    page.choose("[name=xep]", "moi-nhat").await?;
    submit(&page).await?;
    page.until_at("&xep=moi-nhat").await?;
    page.until("document.querySelector('[name=xep]').value === 'moi-nhat'").await?;
    let moments = page.attributes(".search-result time", "datetime").await?;
    let mut sorted = moments.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    same("newest first", &moments, &sorted)?;
    page.choose("[name=xep]", "").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=h%E1%BB%99i+ngh%E1%BB%8B").await?;
    page.until_there(".search-result").await?;
    same("best first, again", found(&page).await?, best.clone())?;
    contains("what has the words in its title comes before the others", &best[0], "ội nghị")
}

async fn is_what_its_address_says(page: Page) -> Outcome {
    let portal = page.portal()?;
    let query =
        "?q=n%C4%83m+h%E1%BB%8Dc&muc=thong-bao&muc=tin-tuc-su-kien&tu=2021-01-01&den=31/08/2021&xep=moi-nhat";
    open(&page, &portal, query).await?;
    page.until(&format!("document.querySelector('{WORDS}').value === 'năm học'")).await?;
    page.until("document.querySelector('[name=tu]').value === '2021-01-01'").await?;
    page.until("document.querySelector('[name=den]').value === '2021-08-31'").await?;
    page.until("document.querySelector('[name=xep]').value === 'moi-nhat'").await?;
    let checked = "[...document.querySelectorAll('[name=muc]:checked')].map(e => e.value).join()";
    same("the categories", page.text(checked).await?, "tin-tuc-su-kien,thong-bao")?;
    page.until("document.querySelector('.search-form__filters').open").await?;
    same(
        "what was found",
        found(&page).await?,
        ["Ban hành kế hoạch thời gian năm học 2021-2022", "Tổng kết năm học 2020-2021 của ngành giáo dục"],
    )?;
    same("a word about it", page.count(".dropped-notice").await?, 0)
}

async fn follows_back_and_forward_through_every_filter(page: Page) -> Outcome {
    let portal = page.portal()?;
    let state = "JSON.stringify([document.querySelector('#search-words').value, \
                 [...document.querySelectorAll('[name=muc]:checked')].map(e => e.value).join(), \
                 document.querySelector('[name=tu]').value, document.querySelector('[name=den]').value, \
                 document.querySelector('[name=xep]').value, \
                 document.querySelector('.search-page__results .page-head__count')?.textContent])";
    open(&page, &portal, "").await?;
    open_filters(&page).await?;
    let mut states = vec![(page.text("location.search").await?, page.text(state).await?)];
    for (step, end) in [
        ("words", "?q=n%C4%83m+h%E1%BB%8Dc"),
        ("category", "?q=n%C4%83m+h%E1%BB%8Dc&muc=tin-tuc-su-kien"),
        ("from", "?q=n%C4%83m+h%E1%BB%8Dc&muc=tin-tuc-su-kien&tu=2020-09-01"),
        ("to", "?q=n%C4%83m+h%E1%BB%8Dc&muc=tin-tuc-su-kien&tu=2020-09-01&den=2021-08-31"),
        ("order", "?q=n%C4%83m+h%E1%BB%8Dc&muc=tin-tuc-su-kien&tu=2020-09-01&den=2021-08-31&xep=moi-nhat"),
    ] {
        match step {
            "words" => page.fill(WORDS, "năm học").await?,
            "category" => page.click("input[value=tin-tuc-su-kien]").await?,
            "from" => page.set_date("[name=tu]", "2020-09-01").await?,
            "to" => page.set_date("[name=den]", "2021-08-31").await?,
            _ => page.choose("[name=xep]", "moi-nhat").await?,
        }
        submit(&page).await?;
        page.until_at(end).await?;
        page.until(&format!("({state}).endsWith('tin bài\"]')")).await?;
        states.push((end.to_owned(), page.text(state).await?));
    }
    let last = states.len() - 1;
    let ways = (0..last).rev().map(|at| (at, true)).chain((1..=last).map(|at| (at, false)));
    for (at, back) in ways {
        if back {
            page.back().await?;
        } else {
            page.forward().await?;
        }
        let (search, expected) = &states[at];
        page.until(&format!("location.search === {}", serde_json::json!(search))).await?;
        page.until(&format!("{state} === {}", serde_json::json!(expected))).await?;
    }
    Ok(())
}

async fn asks_again_after_back_took_a_day_away(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    open_filters(&page).await?;
    page.set_date("[name=tu]", "2021-07-05").await?;
    submit(&page).await?;
    page.until_reads(COUNT, "Tìm thấy 5 tin bài").await?;
    page.back().await?;
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 1/2").await?;
    page.fill(WORDS, "khai giảng").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=khai+gi%E1%BA%A3ng").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await
}

async fn is_paged_by_links_that_keep_the_question(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?muc=tin-tuc-su-kien&xep=moi-nhat").await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 1/2").await?;
    let first = found(&page).await?;
    portal.forget_requests();
    page.follow("Trang sau").await?;
    page.until_at("/tim-kiem?muc=tin-tuc-su-kien&xep=moi-nhat&trang=2").await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 2/2").await?;
    let second = found(&page).await?;
    same("none is on both pages", second.iter().filter(|title| first.contains(title)).count(), 0)?;
    same("all are on one", first.len() + second.len(), 22)?;
    same("another page loads nothing", portal.requests("data/"), [""; 0])?;
    page.follow("Trang trước").await?;
    page.until_at("/tim-kiem?muc=tin-tuc-su-kien&xep=moi-nhat").await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 1/2").await?;
    page.back().await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 2/2").await
}

async fn shows_the_same_after_a_reload(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?muc=tin-tuc-su-kien&trang=2").await?;
    let shown = found(&page).await?;
    same("two are left", shown.len(), 2)?;
    page.reload().await?;
    page.until_there(COUNT).await?;
    page.until_at("/tim-kiem?muc=tin-tuc-su-kien&trang=2").await?;
    same("after the reload", found(&page).await?, shown)
}

async fn is_a_real_form_that_needs_no_script(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    open(&page, &portal, "").await?;
    let form = "document.querySelector('form.search-form')";
    same("its method", page.text(&format!("{form}.method")).await?, "get")?;
    same("where it leads", page.text(&format!("{form}.action")).await?, portal.url("tim-kiem"))?;
    let names = format!("[...new Set([...{form}.elements].map(e => e.name).filter(n => n))].join()");
    same("what it asks", page.text(&names).await?, "q,muc,tu,den,xep")?;
    // `submit()` raises no event: the browser sends the form itself.
    let script = "document.querySelector('#search-words').value = 'bão'; \
                  document.querySelector('[value=thong-bao]').checked = true; \
                  document.querySelector('form.search-form').submit();";
    page.mark_document().await?;
    page.run(script, vec![]).await?;
    page.until_other_document().await?;
    page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
    page.until("document.querySelector('#search-words').value === 'bão'").await?;
    page.until("document.querySelector('[value=thong-bao]').checked").await
}

async fn does_not_mind_marks_case_or_spelling(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=gi%C3%A1o+d%E1%BB%A5c").await?;
    let count = page.only_text(COUNT).await?;
    let expected = found(&page).await?;
    anyhow::ensure!(!expected.is_empty(), "nothing was found");
    for (spelling, words) in [
        ("without marks", "giao duc"),
        ("in capitals", "GIÁO DỤC"),
        ("decomposed", "gia\u{301}o du\u{323}c"),
        ("with a no-break space", "giáo\u{a0}dục"),
        ("with many spaces", "  giáo   dục  "),
    ] {
        page.run("document.querySelector('#search-words').value = arguments[0]", vec![words.into()]).await?;
        submit(&page).await?;
        page.until_texts(COUNT, &[&count]).await?;
        same(spelling, found(&page).await?, expected.clone())?;
    }
    for (asked, title) in [
        // The old font conversions wrote this letter for "ư".
        ("trƣờng học huyện Phú Sa", "Trường học huyện Phú Sa dọn dẹp sau bão"),
        ("thị xã Hoà Xuyên", "Ngày hội đọc sách tại thị xã Hòa Xuyên"),
        ("diem chuan", "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022"),
        ("ĐIỂM CHUẨN", "Công bố điểm chuẩn tuyển sinh vào lớp 10 năm học 2021-2022"),
    ] {
        page.run("document.querySelector('#search-words').value = arguments[0]", vec![asked.into()]).await?;
        submit(&page).await?;
        page.until_contains(".search-result__title", title).await?;
    }
    Ok(())
}

async fn marks_what_was_found(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=hoc bong").await?;
    page.until_texts(".search-result__title", &["Trao học bổng cho học sinh nghèo huyện Mường Vang"]).await?;
    page.until_texts(".search-result__title mark", &["học", "bổng", "học"]).await?;
    page.until_contains(".search-result__snippet mark", "học").await
}

async fn drops_what_makes_no_sense_and_says_so(page: Page) -> Outcome {
    let portal = page.portal()?;
    for (query, sentence, count) in [
        ("muc=khong-co", "chuyên mục “khong-co” không có", "27"),
        ("muc=Kh%C3%B4ng", "muc “Không” không phải là chuyên mục", "27"),
        ("muc=khong-co&muc=thong-bao", "chuyên mục “khong-co” không có", "2"),
        ("tu=2021-02-30", "tu “2021-02-30” không phải là ngày", "27"),
        ("den=hom-nay", "den “hom-nay” không phải là ngày", "27"),
        ("tu=2021-07-05&den=2021-01-01", "den “2021-01-01” sớm hơn ngày bắt đầu", "5"),
        ("trang=0", "trang “0” không phải là số trang", "27"),
        ("trang=hai", "trang “hai” không phải là số trang", "27"),
        ("xep=x", "xep “x” không phải là cách sắp xếp", "27"),
    ] {
        open(&page, &portal, &format!("?{query}")).await?;
        page.until_contains(".dropped-notice", "Một phần địa chỉ không hợp lệ nên đã được bỏ qua:").await?;
        page.until_contains(".dropped-notice li", sentence).await?;
        page.until_contains(COUNT, &format!("Tìm thấy {count} tin bài")).await?;
    }
    let long = "a".repeat(300);
    open(&page, &portal, &format!("?q={long}")).await?;
    page.until_contains(".dropped-notice li", "quá dài").await?;
    // What is unknown to everybody is no fault: links are shared with marks of their own.
    open(&page, &portal, "?q=&muc=&tu=&den=&xep=&trang=&fbclid=x").await?;
    same("a word about it", page.count(".dropped-notice").await?, 0)?;
    page.until_contains(COUNT, "Tìm thấy 27 tin bài").await
}

async fn shows_the_last_page_for_one_beyond_it(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?trang=9999").await?;
    page.until_contains(".dropped-notice", "Không có trang 9.999; đang xem trang 2, trang cuối.").await.or(
        page.until_contains(".dropped-notice", "Không có trang 9999; đang xem trang 2, trang cuối.").await,
    )?;
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 2/2").await
}

async fn says_that_nothing_was_found(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=xyzzy").await?;
    page.until_reads(COUNT, "Tìm thấy 0 tin bài").await?;
    page.until_reads(".empty__title", "Không tìm thấy tin bài phù hợp").await?;
    page.until_contains(".empty", "Không cần gõ dấu tiếng Việt.").await
}

async fn keeps_the_focus_in_the_form_and_says_the_count(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    let live = "#bantin > [aria-live=polite], p[aria-live=polite]";
    page.fill(WORDS, "khai giảng").await?;
    page.key(Key::Enter).await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.until_reads(live, "Tìm thấy 3 tin bài").await?;
    page.until_focus(WORDS).await?;
    same(
        "the title",
        page.text("document.title").await?,
        "“khai giảng” – Tìm kiếm | Sở Giáo dục và Đào tạo tỉnh Lạc Giang",
    )?;
    page.fill(WORDS, "điểm chuẩn").await?;
    page.key(Key::Enter).await?;
    page.until_reads(live, "Tìm thấy 1 tin bài").await?;
    page.until_focus(WORDS).await
}

async fn is_reached_from_the_masthead_of_every_page(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    for address in
        ["", "chuyen-muc/thong-bao", "bai-viet/ke-hoach-nam-hoc-moi", "lich-cong-tac", "thong-ke", "khong-co"]
    {
        page.open(&portal.url(address)).await?;
        page.until_there("main h1").await?;
        page.mark_document().await?;
        page.fill("#masthead-words", "học bổng").await?;
        page.key(Key::Enter).await?;
        page.heading("Tìm kiếm").await?;
        page.until_at("/cong/tin/tim-kiem?q=h%E1%BB%8Dc+b%E1%BB%95ng").await?;
        page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
        page.same_document().await?;
    }
    Ok(())
}

async fn clears_its_filters(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=lop&muc=thong-bao&tu=2021-01-01&xep=moi-nhat").await?;
    page.follow("Xóa bộ lọc").await?;
    page.until_at("/tim-kiem?q=lop").await?;
    page.until("document.querySelectorAll('[name=muc]:checked').length === 0").await?;
    page.until("document.querySelector('[name=tu]').value === ''").await?;
    page.until("document.querySelector('#search-words').value === 'lop'").await
}

async fn loads_its_files_once_whatever_is_asked(page: Page) -> Outcome {
    let portal = page.portal()?;
    let files = Archive::read()?.entry["search"].as_array().map_or(0, Vec::len);
    open(&page, &portal, "?q=h%E1%BB%8Dc").await?;
    same("the first question loads them", portal.requests("data/search/").len(), files)?;
    page.fill(WORDS, "sau bão").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=sau+b%C3%A3o").await?;
    page.until_contains("li:first-child .search-result__title", "Trường học huyện Phú Sa dọn dẹp sau bão")
        .await?;
    same("the second one does not", portal.requests("data/search/").len(), files)
}
