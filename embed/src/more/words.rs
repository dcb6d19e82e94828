//! Words that lists of headlines have no use for, in both languages.

use archive::Moment;
use chrono::{Datelike, NaiveDate, Weekday};
use routes::Lang;
use work_calendar::{Hours, Week};

/// These words in one language.
#[derive(Debug)]
pub(super) struct MoreWords {
    lang: Lang,
    /// The way from an article to the list that it was opened in.
    pub(super) back: &'static str,
    /// The way from an article to its page in the portal.
    pub(super) read_on: &'static str,
    /// The way from an item of a feed to where it is from.
    pub(super) original: &'static str,
    /// Before the time of a change.
    pub(super) updated: &'static str,
    /// Before the name of who wrote a text first.
    pub(super) source: &'static str,
    /// Above the files of an article.
    pub(super) attachments: &'static str,
    /// Where a week has no events.
    pub(super) no_events: &'static str,
    /// The way to all weeks.
    pub(super) all_weeks: &'static str,
    all_day: &'static str,
    /// Before the place of an event.
    pub(super) place: &'static str,
    /// Before who chairs it.
    pub(super) leader: &'static str,
    /// Before who else takes part.
    pub(super) attendees: &'static str,
    /// Above figures.
    pub(super) figures: &'static str,
    /// The way to more of them.
    pub(super) all_figures: &'static str,
    /// Visitors of today; what is on today.
    pub(super) today: &'static str,
    /// Visitors in all.
    pub(super) total: &'static str,
}

const VI: MoreWords = MoreWords {
    lang: Lang::Vi,
    back: "Quay lại danh sách",
    read_on: "Xem trên cổng thông tin",
    original: "Xem bài gốc",
    updated: "Cập nhật",
    source: "Nguồn",
    attachments: "Tài liệu đính kèm",
    no_events: "Tuần này chưa có lịch.",
    all_weeks: "Xem toàn bộ lịch",
    all_day: "Cả ngày",
    place: "Địa điểm",
    leader: "Chủ trì",
    attendees: "Tham dự",
    figures: "Thống kê truy cập",
    all_figures: "Xem thống kê",
    today: "Hôm nay",
    total: "Đã truy cập",
};

const EN: MoreWords = MoreWords {
    lang: Lang::En,
    back: "Back to the list",
    read_on: "Read on the portal",
    original: "See the original",
    updated: "Updated",
    source: "Source",
    attachments: "Attachments",
    no_events: "There are no events this week.",
    all_weeks: "Full calendar",
    all_day: "All day",
    place: "Place",
    leader: "Chaired by",
    attendees: "With",
    figures: "Visits",
    all_figures: "More figures",
    today: "Today",
    total: "Visits in all",
};

/// The words of a language.
pub(super) fn words(lang: Lang) -> &'static MoreWords {
    match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    }
}

impl MoreWords {
    fn pick<T>(&self, vi: T, en: T) -> T {
        if self.lang == Lang::Vi { vi } else { en }
    }

    /// "Lịch công tác tuần 48".
    pub(super) fn calendar(&self, week: Week) -> String {
        format!("{} {}", self.pick("Lịch công tác tuần", "Work calendar, week"), week.number())
    }

    /// "Thứ Hai, 30/11".
    pub(super) fn day(&self, day: NaiveDate) -> String {
        let vi = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"];
        let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let name = self.pick(vi, en)[day.weekday().days_since(Weekday::Mon) as usize];
        format!("{name}, {:02}/{:02}", day.day(), day.month())
    }

    /// "08:00 – 10:30".
    pub(super) fn hours(&self, hours: Hours) -> String {
        hours.show(self.all_day, self.pick("từ", "from"), self.pick("đến", "until"))
    }

    /// "3.799.249".
    pub(super) fn number(&self, n: u64) -> String {
        viet_text::grouped(n, self.pick('.', ','))
    }

    /// "1,2 MB".
    pub(super) fn size(&self, bytes: u64) -> String {
        viet_text::size(bytes, self.pick(',', '.'))
    }

    /// "Tính đến 15/09/2021 08:50".
    pub(super) fn counted_at(&self, time: Moment) -> String {
        format!("{} {time}", self.pick("Tính đến", "As of"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_weeks_and_numbers_read_as_in_each_language() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day");
        let say = |lang| {
            let words = words(lang);
            (words.day(day), words.calendar(Week::of(day)), words.number(3_799_249), words.size(1_240_000))
        };
        let of =
            |a: &str, b: &str, c: &str, d: &str| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned());
        assert_eq!(say(Lang::Vi), of("Thứ Hai, 30/11", "Lịch công tác tuần 49", "3.799.249", "1,2 MB"));
        assert_eq!(say(Lang::En), of("Monday, 30/11", "Work calendar, week 49", "3,799,249", "1.2 MB"));
    }
}
