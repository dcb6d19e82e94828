//! Search: every filter by hand, by address and by Back; all of the question is in the address.

use crate::journeys;
use anyhow::Result;
use browser_tests::{Archive, Key, Outcome, Page, Portal, Response, contains, same};

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
    corrects_what_was_mistyped_and_leads_back,
    looks_in_titles_alone_where_asked,
    gives_up_what_is_no_longer_asked,
    filters_by_office_tag_titles_and_files,
    counts_each_category_and_keeps_the_form_still,
    leads_by_bars_to_years_and_takes_a_range_of_them,
    takes_each_filter_away_by_its_chip,
    gives_its_results_as_a_table,
    gives_its_results_as_a_json_feed,
    copies_its_link,
    suggests_by_keyboard,
    suggests_by_mouse,
    does_not_press_while_letters_are_composed,
    suggests_nothing_where_suggestions_fail,
    asks_for_one_small_file_a_keystroke,
];

const COUNT: &str = ".search-page__results .page-head__count";
const WORDS: &str = "#search-words";
const STORM: &str = "truong-hoc-huyen-phu-sa-don-dep-sau-bao";

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
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 1/3").await?;
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
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 1/3").await?;
    page.fill(WORDS, "khai giảng").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=khai+gi%E1%BA%A3ng").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await
}

async fn is_paged_by_links_that_keep_the_question(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?muc=tin-tuc-su-kien&xep=moi-nhat").await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 1/3").await?;
    let first = found(&page).await?;
    portal.forget_requests();
    page.follow("Trang sau").await?;
    page.until_at("/tim-kiem?muc=tin-tuc-su-kien&xep=moi-nhat&trang=2").await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 2/3").await?;
    let second = found(&page).await?;
    same("none is on both pages", second.iter().filter(|title| first.contains(title)).count(), 0)?;
    same("ten on a page", (first.len(), second.len()), (10, 10))?;
    same("another page loads its articles alone", portal.requests("data/article/").len(), 10)?;
    same("and nothing else", portal.requests("data/").len(), 10)?;
    page.follow("Trang trước").await?;
    page.until_at("/tim-kiem?muc=tin-tuc-su-kien&xep=moi-nhat").await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 1/3").await?;
    page.back().await?;
    page.until_reads(COUNT, "Tìm thấy 22 tin bài · Trang 2/3").await
}

async fn shows_the_same_after_a_reload(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?muc=tin-tuc-su-kien&trang=3").await?;
    let shown = found(&page).await?;
    same("two are left", shown.len(), 2)?;
    page.reload().await?;
    page.until_there(COUNT).await?;
    page.until_at("/tim-kiem?muc=tin-tuc-su-kien&trang=3").await?;
    same("after the reload", found(&page).await?, shown)
}

async fn is_a_real_form_that_needs_no_script(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    open(&page, &portal, "").await?;
    let form = "document.querySelector('form.search-form')";
    same("its method", page.text(&format!("{form}.method")).await?, "get")?;
    same("where it leads", page.text(&format!("{form}.action")).await?, portal.url("tim-kiem"))?;
    let names = format!("[...new Set([...{form}.elements].map(e => e.name).filter(n => n))].join()");
    same("what it asks", page.text(&names).await?, "q,muc,tu,den,don-vi,xep,o,tep,the")?;
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
    page.until_contains(".dropped-notice", "Không có trang 9.999; đang xem trang 3, trang cuối.").await.or(
        page.until_contains(".dropped-notice", "Không có trang 9999; đang xem trang 3, trang cuối.").await,
    )?;
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 3/3").await
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
    let manifest = Archive::read()?.path("/search")?;
    // No words are looked up for the first page of all.
    open(&page, &portal, "").await?;
    same("nothing asked", portal.requests("data/search/"), [manifest])?;
    page.fill(WORDS, "học").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=h%E1%BB%8Dc").await?;
    page.until_there(".search-result__title mark").await?;
    // The small archive's words are all in one file.
    let loaded = portal.requests("data/search/");
    same("the first question loads the words", &loaded[1..], &Archive::search_files()?)?;
    page.fill(WORDS, "sau bão").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=sau+b%C3%A3o").await?;
    page.until_contains("li:first-child .search-result__title", "Trường học huyện Phú Sa dọn dẹp sau bão")
        .await?;
    same("the second one does not", portal.requests("data/search/"), loaded)
}

async fn corrects_what_was_mistyped_and_leads_back(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=tuyen+sing&muc=tuyen-sinh").await?;
    page.until_reads(".correction", "Hiển thị kết quả cho tuyen sinh. Tìm đúng “tuyen sing”").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.until_there(".search-result__title mark").await?;
    // The field keeps what was typed, and who only hears the page hears of the correction.
    page.until(&format!("document.querySelector('{WORDS}').value === 'tuyen sing'")).await?;
    page.until_reads("p[aria-live=polite]", "Tìm thấy 3 tin bài. Hiển thị kết quả cho tuyen sinh").await?;
    page.follow("Tìm đúng “tuyen sing”").await?;
    page.until_reads(COUNT, "Tìm thấy 0 tin bài").await?;
    page.until_at("/tim-kiem?q=tuyen+sing&muc=tuyen-sinh&sua=khong").await?;
    same("corrections", page.count(".correction").await?, 0)?;
    page.back().await?;
    page.until_there(".correction").await?;
    // Asked anew, it is corrected anew; what is right is left alone.
    page.fill(WORDS, "truowng hoc").await?;
    submit(&page).await?;
    page.until_there(".correction").await?;
    page.fill(WORDS, "tuyển sinh").await?;
    submit(&page).await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.until_gone(".correction").await
}

async fn looks_in_titles_alone_where_asked(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=h%E1%BB%8Dc+sinh").await?;
    let all = found(&page).await?.len();
    open_filters(&page).await?;
    page.click("[name=o]").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=h%E1%BB%8Dc+sinh&o=tieu-de").await?;
    page.until_reads(COUNT, "Tìm thấy 5 tin bài").await?;
    let titles = found(&page).await?;
    for title in &titles {
        contains("its title has the words", &title.to_lowercase(), "học sinh")?;
    }
    anyhow::ensure!(all > titles.len(), "{all} in all, {} in titles", titles.len());
    page.click((".active-filters__name", "Chỉ tìm trong tiêu đề")).await?;
    page.until_at("/tim-kiem?q=h%E1%BB%8Dc+sinh").await?;
    page.until(&format!("document.querySelectorAll('.search-result').length === {all}")).await
}

async fn gives_up_what_is_no_longer_asked(page: Page) -> Outcome {
    let watch = "globalThis.given = []; const ask = fetch; globalThis.fetch = (what, how) => { \
                 const signal = how?.signal ?? what.signal; \
                 signal?.addEventListener('abort', () => given.push(what.url ?? what)); return ask(what, how); };";
    let portal = page.portal_with(|portal| portal.script(watch))?;
    open(&page, &portal, "").await?;
    let archive = Archive::read()?;
    // While its text is on its way …
    let text = archive.article(STORM)?;
    let gate = portal.gate(&text);
    page.fill(WORDS, "dọn dẹp sau bão").await?;
    submit(&page).await?;
    portal.until_asked(&text).await?;
    page.fill(WORDS, "học bổng").await?;
    page.until_there("main .waiting").await?;
    same(
        "typed meanwhile",
        page.text(&format!("document.querySelector('{WORDS}').value")).await?,
        "học bổng",
    )?;
    submit(&page).await?;
    page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
    page.until_texts(".search-result__title", &["Trao học bổng cho học sinh nghèo huyện Mường Vang"]).await?;
    page.until(&format!("given.some(url => url.includes('{text}'))")).await?;
    gate.open();
    page.fill(WORDS, "dọn dẹp sau bão").await?;
    submit(&page).await?;
    page.until_contains(".search-result__title", "Trường học huyện Phú Sa dọn dẹp sau bão").await?;
    // … and while the words are: another question wants the same files, and gets them.
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    let gate = portal.gate("data/search/*");
    page.fill(WORDS, "dọn dẹp sau bão").await?;
    submit(&page).await?;
    portal.until_asked(&Archive::search_files()?[0]).await?;
    page.until_there("main .waiting").await?;
    page.fill(WORDS, "học bổng").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?q=h%E1%BB%8Dc+b%E1%BB%95ng").await?;
    gate.open();
    page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
    page.until_texts(".search-result__title", &["Trao học bổng cho học sinh nghèo huyện Mường Vang"]).await?;
    same("they come once", portal.requests("data/search/").len(), 2)
}

async fn filters_by_office_tag_titles_and_files(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    open_filters(&page).await?;
    let known = page.attributes("#search-units option", "value").await?;
    same("known offices", known, ["Văn phòng Sở", "Phòng Khảo thí", "Phòng Giáo dục Trung học"])?;
    page.fill("[name=don-vi]", "phong khao thi").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?don-vi=phong+khao+thi").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.click("[name=o]").await?;
    page.fill(WORDS, "tuyển sinh").await?;
    submit(&page).await?;
    page.until_at("?q=tuy%E1%BB%83n+sinh&don-vi=phong+khao+thi&o=tieu-de").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    // Back undoes each, in the form as in the results.
    page.back().await?;
    page.until("!document.querySelector('[name=o]').checked").await?;
    page.back().await?;
    page.until("document.querySelector('[name=don-vi]').value === ''").await?;
    page.until_reads(COUNT, "Tìm thấy 27 tin bài · Trang 1/3").await?;
    page.click("[name=tep]").await?;
    submit(&page).await?;
    page.until_at("/tim-kiem?tep=co").await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await?;
    // A tag comes by a link; the form keeps it.
    open(&page, &portal, "?the=hoi%20nghi").await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await?;
    page.fill(WORDS, "trực tuyến").await?;
    submit(&page).await?;
    page.until_at("?q=tr%E1%BB%B1c+tuy%E1%BA%BFn&the=hoi+nghi").await?;
    page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
    page.reload().await?;
    page.until_reads(COUNT, "Tìm thấy 1 tin bài").await?;
    page.until_texts(".active-filters__name", &["Từ khóa: hoi nghi"]).await
}

async fn counts_each_category_and_keeps_the_form_still(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=n%C4%83m+h%E1%BB%8Dc").await?;
    open_filters(&page).await?;
    // Tin tức - Sự kiện, Tuyển sinh, Thông báo.
    page.until_texts(".search-form__count", &["6", "3", "1"]).await?;
    page.mark_document().await?;
    page.run("document.querySelector('form.search-form').dataset.same = 'yes'", vec![]).await?;
    let place = "Math.round(document.querySelector('[name=don-vi]').getBoundingClientRect().top + scrollY)";
    let before = page.number(place).await?;
    page.click("input[value=tuyen-sinh]").await?;
    submit(&page).await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    // Who has chosen one category still sees what another would give.
    page.until_texts(".search-form__count", &["6", "3", "1"]).await?;
    page.fill(WORDS, "khai giảng").await?;
    page.key(Key::Enter).await?;
    page.until_reads(COUNT, "Tìm thấy 0 tin bài").await?;
    page.until_texts(".search-form__count", &["3", "0", "0"]).await?;
    page.until_focus(WORDS).await?;
    same("where the form's fields stand", page.number(place).await?, before)?;
    page.until("document.querySelector('form.search-form').dataset.same === 'yes'").await?;
    page.same_document().await
}

async fn leads_by_bars_to_years_and_takes_a_range_of_them(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "?q=n%C4%83m+h%E1%BB%8Dc").await?;
    open_filters(&page).await?;
    page.until_there(".year-bars__bar").await?;
    let names = page.attributes(".year-bars__bar", "aria-label").await?;
    same("what the bars are called", names, ["2019: 2 tin bài", "2020: 2 tin bài", "2021: 6 tin bài"])?;
    page.run("document.querySelector('.year-bars__bar').focus()", vec![]).await?;
    page.key(Key::Enter).await?;
    page.until_at("?q=n%C4%83m+h%E1%BB%8Dc&tu=2019-01-01&den=2019-12-31").await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await?;
    page.until_texts(".active-filters__name", &["Năm 2019"]).await?;
    // The other bars stay, so that another year is one press away.
    let shown = page.attributes(".year-bars__bar[aria-current]", "aria-label").await?;
    same("the year shown", shown, ["2019: 2 tin bài"])?;
    page.until("document.querySelector('[name=tu]').value === '2019-01-01'").await?;
    page.choose(".search-form__time label:nth-of-type(2) select", "2020").await?;
    page.until("document.querySelector('[name=den]').value === '2020-12-31'").await?;
    submit(&page).await?;
    page.until_at("?q=n%C4%83m+h%E1%BB%8Dc&tu=2019-01-01&den=2020-12-31").await?;
    page.until_reads(COUNT, "Tìm thấy 4 tin bài").await?;
    page.until_texts(".active-filters__name", &["Năm 2019 – 2020"]).await?;
    page.back().await?;
    page.until_reads(COUNT, "Tìm thấy 2 tin bài").await?;
    page.until("document.querySelector('[name=den]').value === '2019-12-31'").await
}

async fn takes_each_filter_away_by_its_chip(page: Page) -> Outcome {
    let portal = page.portal()?;
    let all = "?q=h%E1%BB%8Dc&muc=thong-bao&muc=tuyen-sinh&tu=2021-01-01&don-vi=Ph%C3%B2ng+Kh%E1%BA%A3o+th%C3%AD\
               &the=l%E1%BB%9Bp+10&o=tieu-de&tep=co";
    open(&page, &portal, all).await?;
    let chips = ".active-filters__name";
    let mut left = vec![
        "Tuyển sinh",
        "Thông báo",
        "Từ ngày: 01/01/2021",
        "Đơn vị: Phòng Khảo thí",
        "Từ khóa: lớp 10",
        "Chỉ tìm trong tiêu đề",
        "Chỉ bài có tệp đính kèm",
    ];
    let mut shown = page.texts(chips).await?;
    shown.sort();
    let mut expected = left.clone();
    expected.sort_unstable();
    same("the chips", shown, expected)?;
    // Each by its name for those who hear it, until none is left.
    while let Some(name) = left.pop() {
        page.click((".active-filters__name", name)).await?;
        page.until_gone((".active-filters__name", name)).await?;
        page.until_there(COUNT).await?;
        same("chips left", page.count(chips).await?, left.len() as u64)?;
    }
    page.until_at("/tim-kiem?q=h%E1%BB%8Dc").await?;
    page.back().await?;
    page.until_there(".active-filters__one").await
}

/// Keeps what would be saved: name, type and bytes of the file.
pub(crate) const SAVES: &str = "HTMLAnchorElement.prototype.click = function () { globalThis.savedAs = this.download; }; \
                     URL.createObjectURL = blob => { globalThis.savedType = blob.type; \
                     blob.arrayBuffer().then(b => { globalThis.saved = [...new Uint8Array(b)]; }); return 'blob:x'; };";

pub(crate) async fn saved(page: &Page) -> Result<Vec<u8>> {
    page.until("globalThis.saved !== undefined && globalThis.savedAs !== undefined").await?;
    Ok(serde_json::from_value(page.value("globalThis.saved").await?)?)
}

async fn gives_its_results_as_a_table(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/").script(SAVES))?;
    open(&page, &portal, "?muc=tin-tuc-su-kien").await?;
    page.click(("button", "Tải bảng CSV")).await?;
    let bytes = saved(&page).await?;
    same("its name", page.text("globalThis.savedAs").await?, "tim-kiem.csv")?;
    same("its type", page.text("globalThis.savedType").await?, "text/csv;charset=utf-8")?;
    same("the mark for Excel", &bytes[..3], [0xef, 0xbb, 0xbf])?;
    let text = String::from_utf8(bytes)?;
    // All 22, not the ten of the page.
    same("lines", text.matches("\r\n").count(), 23)?;
    contains("the columns", &text, "\"Tiêu đề\",\"Ngày đăng\",\"Chuyên mục\",\"Tóm tắt\",\"Địa chỉ\"")?;
    contains("a line", &text, "\"Khai giảng năm học 2019-2020\",\"2019-09-05\",\"Tin tức - Sự kiện\",")?;
    contains("a whole address", &text, &portal.url("bai-viet/"))?;
    page.until_reads(".search-tools__result", "Tệp gồm 22 tin bài.").await
}

async fn gives_its_results_as_a_json_feed(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.script(SAVES))?;
    open(&page, &portal, "?q=khai+gi%E1%BA%A3ng").await?;
    page.click(("button", "Tải JSON Feed")).await?;
    let feed: serde_json::Value = serde_json::from_slice(&saved(&page).await?)?;
    same("its name", page.text("globalThis.savedAs").await?, "tim-kiem-khai-giang.json")?;
    same("version", feed["version"].as_str(), Some("https://jsonfeed.org/version/1.1"))?;
    same("items", feed["items"].as_array().map(Vec::len), Some(3))?;
    let shown = found(&page).await?;
    let items: Vec<_> =
        feed["items"].as_array().into_iter().flatten().filter_map(|i| i["title"].as_str()).collect();
    same("the same articles in the same order", items, shown)?;
    // The file is a feed that a portal can read.
    let reader = page.portal_with(|reader| reader.source(&portal.url("taken.json")))?;
    portal.json("taken.json", feed.to_string());
    page.open(&reader.url("tim-kiem")).await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await
}

async fn copies_its_link(page: Page) -> Outcome {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: \
                     { writeText: text => { globalThis.copied = text; return Promise.resolve(); } } });";
    let portal = page.portal_with(|portal| portal.script(clipboard))?;
    open(&page, &portal, "?muc=thong-bao&xep=moi-nhat").await?;
    page.click(("button", "Sao chép liên kết")).await?;
    page.until_reads(".search-tools__result", "Đã sao chép liên kết").await?;
    same("the link", page.text("globalThis.copied").await?, portal.url("tim-kiem?muc=thong-bao&xep=moi-nhat"))
}

/// The options shown.
const OPTIONS: &str = "#search-words-list:not([hidden]) [role=option]";

async fn suggests_by_keyboard(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    same("before anything is typed", page.attributes(WORDS, "aria-expanded").await?, ["false"])?;
    // Without marks, as fast typists do.
    page.fill(WORDS, "tuyen s").await?;
    page.until_contains(OPTIONS, "tuyển sinh").await?;
    page.until("document.querySelector('#search-words').getAttribute('aria-expanded') === 'true'").await?;
    page.until_contains(".search-box [role=status]", "gợi ý, dùng phím mũi tên để chọn.").await?;
    let active = "document.querySelector('#search-words').getAttribute('aria-activedescendant')";
    let selected = "document.querySelector('[role=option][aria-selected=true]')?.id";
    let last = page.count(OPTIONS).await? - 1;
    for (key, at) in [
        (Key::Down, Some(0)),
        (Key::Down, Some(1)),
        (Key::Home, Some(0)),
        (Key::End, Some(last)),
        // Beyond the last lies the field, before it the last again.
        (Key::Down, None),
        (Key::Up, Some(last)),
        (Key::Home, Some(0)),
    ] {
        page.key(key).await?;
        match at {
            Some(at) => {
                page.until(&format!(
                    "{active} === 'search-words-{at}' && {selected} === 'search-words-{at}'"
                ))
                .await?;
            }
            None => page.until(&format!("{active} === null && {selected} === undefined")).await?,
        }
        page.until_focus(WORDS).await?;
    }
    page.key(Key::Escape).await?;
    page.until_gone(OPTIONS).await?;
    page.until(&format!("document.querySelector('{WORDS}').value === 'tuyen s'")).await?;
    page.key(Key::Down).await?;
    page.key(Key::Enter).await?;
    // The words fill the field and are asked for; the reader stays in the form.
    page.until_at("/tim-kiem?q=tuy%E1%BB%83n+sinh").await?;
    page.until(&format!("document.querySelector('{WORDS}').value === 'tuyển sinh'")).await?;
    page.until_gone(OPTIONS).await?;
    page.until_focus(WORDS).await?;
    // A title is gone to.
    page.fill(WORDS, "trao hoc b").await?;
    page.until_contains(OPTIONS, "Trao học bổng cho học sinh nghèo huyện Mường Vang").await?;
    page.key(Key::Down).await?;
    page.key(Key::Enter).await?;
    page.heading("Trao học bổng cho học sinh nghèo huyện Mường Vang").await
}

async fn suggests_by_mouse(page: Page) -> Outcome {
    let portal = page.portal_with(|portal| portal.base("/cong/tin/"))?;
    open(&page, &portal, "?muc=tuyen-sinh").await?;
    page.fill(WORDS, "nam h").await?;
    page.until_contains(OPTIONS, "năm học").await?;
    page.click((OPTIONS, "năm học")).await?;
    // The form is sent as it stands, with its filters.
    page.until_at("/cong/tin/tim-kiem?q=n%C4%83m+h%E1%BB%8Dc&muc=tuyen-sinh").await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    page.until_gone(OPTIONS).await?;
    // The masthead's field does the same on every page.
    page.visit(&portal.url("thong-ke"), "Thống kê truy cập").await?;
    page.mark_document().await?;
    page.fill("#masthead-words", "trường học huyện").await?;
    let option = "#masthead-words-list:not([hidden]) a[role=option]";
    page.until_contains(option, "Trường học huyện Phú Sa dọn dẹp sau bão").await?;
    page.click(option).await?;
    page.heading("Trường học huyện Phú Sa dọn dẹp sau bão").await?;
    page.same_document().await
}

async fn does_not_press_while_letters_are_composed(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    page.fill(WORDS, "tuyen s").await?;
    page.until_there(OPTIONS).await?;
    page.key(Key::Down).await?;
    page.until_there("[role=option][aria-selected=true]").await?;
    // What an input method sends while Enter or an arrow belongs to it.
    for key in ["Enter", "ArrowDown", "Escape"] {
        let script = "return document.querySelector('#search-words').dispatchEvent(new KeyboardEvent('keydown', \
                      { key: arguments[0], isComposing: true, bubbles: true, cancelable: true }))";
        same(
            "it is left to the input method",
            page.run(script, vec![key.into()]).await?,
            serde_json::json!(true),
        )?;
    }
    page.until("document.querySelector('#search-words-0').getAttribute('aria-selected') === 'true'").await?;
    page.until_at("/tim-kiem").await
}

async fn suggests_nothing_where_suggestions_fail(page: Page) -> Outcome {
    let portal = page.portal()?;
    portal.answer("data/suggest/*", Response::text(500, "no"));
    open(&page, &portal, "").await?;
    portal.expect_complaint("500");
    page.fill(WORDS, "khai giảng").await?;
    portal.until_asked("data/suggest/").await?;
    page.key(Key::Enter).await?;
    page.until_reads(COUNT, "Tìm thấy 3 tin bài").await?;
    same("options", page.count("[role=option]").await?, 0)?;
    // What failed is asked for again.
    portal.heal("data/suggest/*");
    page.fill(WORDS, "khai g").await?;
    page.until_there(OPTIONS).await
}

async fn asks_for_one_small_file_a_keystroke(page: Page) -> Outcome {
    let portal = page.portal()?;
    open(&page, &portal, "").await?;
    same("before anything is typed", portal.requests("data/suggest/"), [""; 0])?;
    page.fill(WORDS, "h").await?;
    page.until_there(OPTIONS).await?;
    let first = portal.requests("data/suggest/").len();
    anyhow::ensure!(first == 2, "the directory and a shelf, not {first} files");
    page.fill(WORDS, "học sinh").await?;
    page.until_contains(OPTIONS, "Học sinh trở lại trường sau Tết").await?;
    anyhow::ensure!(portal.requests("data/suggest/").len() <= first + 1, "more than one file");
    let entry = Archive::read()?;
    let directory = entry.entry["suggest"].as_str().unwrap_or_default();
    anyhow::ensure!(Archive::file(directory)?.len() <= 15_000, "the directory is over 15 KB");
    Ok(())
}
