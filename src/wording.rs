//! Every sentence that readers see, in Vietnamese and in English.
//!
//! A language is one value of [`Words`]: a sentence that is missing in one of them does not compile.
//! Not here: names that come with the archive (categories, the department), which have no translation.

use crate::data::LoadError;
use archive::{Moment, Period};
use chrono::{Datelike, NaiveDate, Weekday};
use routes::{Dropped, Why};
use work_calendar::Hours;

/// The language of the interface. Articles keep their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Tiếng Việt
    #[default]
    Vi,
    /// English
    En,
}

impl Lang {
    /// BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The sentences of this language.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

/// The sentences of one language.
#[derive(Debug)]
pub struct Words {
    pub lang: Lang,
    /// How the other language calls itself.
    pub other_language: &'static str,
    pub skip_to_content: &'static str,
    pub reading_options: &'static str,
    pub text_size: &'static str,
    /// From the ordinary size on.
    pub text_sizes: [&'static str; 4],
    pub theme: &'static str,
    /// The device's, light, dark.
    pub themes: [&'static str; 3],
    pub strong_contrast: &'static str,
    pub wide_lines: &'static str,
    pub reading_default: &'static str,
    pub home: &'static str,
    pub menu: &'static str,
    pub breadcrumb: &'static str,
    pub categories: &'static str,
    pub hot: &'static str,
    pub featured: &'static str,
    pub newest: &'static str,
    pub topic: &'static str,
    pub topics: &'static str,
    /// What joins an article with the next ones, for those who hear the page.
    pub in_topic: &'static str,
    pub in_category: &'static str,
    pub by_time: &'static str,
    pub all_news: &'static str,
    pub calendar: &'static str,
    pub calendar_empty: &'static str,
    pub calendar_full: &'static str,
    pub calendar_who: &'static str,
    pub calendar_everybody: &'static str,
    pub calendar_filter: &'static str,
    pub calendar_as_table: &'static str,
    pub calendar_as_list: &'static str,
    pub calendar_take: &'static str,
    pub calendar_take_one: &'static str,
    /// The columns of a week's table: day, hours, title, place, who chairs, who takes part.
    pub calendar_columns: [&'static str; 6],
    pub this_week: &'static str,
    pub week: &'static str,
    pub previous_week: &'static str,
    pub next_week: &'static str,
    pub all_day: &'static str,
    pub place: &'static str,
    pub leader: &'static str,
    pub attendees: &'static str,
    pub today: &'static str,
    pub links: &'static str,
    pub statistics: &'static str,
    pub statistics_today: &'static str,
    pub statistics_total: &'static str,
    pub statistics_what: &'static str,
    pub statistics_not_kept: &'static str,
    pub statistics_newer: &'static str,
    pub statistics_whole: &'static str,
    pub statistics_whole_what: &'static str,
    pub statistics_asked: &'static str,
    pub statistics_asked_what: &'static str,
    pub on_this_device: &'static str,
    pub statistics_put_aside: &'static str,
    pub statistics_course: &'static str,
    pub statistics_days: &'static str,
    pub statistics_months: &'static str,
    pub statistics_articles: &'static str,
    pub statistics_categories: &'static str,
    pub statistics_visits: &'static str,
    pub statistics_yours: &'static str,
    pub statistics_private: &'static str,
    pub statistics_refused: &'static str,
    pub statistics_counting: &'static str,
    pub statistics_take_json: &'static str,
    pub statistics_import: &'static str,
    pub statistics_imported: &'static str,
    pub statistics_import_failed: &'static str,
    pub statistics_import_newer: &'static str,
    pub statistics_erase: &'static str,
    pub statistics_erase_surely: &'static str,
    pub statistics_erased: &'static str,
    pub cancel: &'static str,
    pub visits: &'static str,
    pub views: &'static str,
    pub day: &'static str,
    pub in_month: &'static str,
    pub this_month: &'static str,
    pub this_year: &'static str,
    pub as_table: &'static str,
    pub file_saved_plainly: &'static str,
    pub search: &'static str,
    pub quick_search: &'static str,
    pub search_words: &'static str,
    pub search_placeholder: &'static str,
    pub search_from: &'static str,
    pub search_to: &'static str,
    pub search_order: &'static str,
    pub order_best: &'static str,
    pub order_newest: &'static str,
    pub search_submit: &'static str,
    pub search_clear: &'static str,
    pub search_filters: &'static str,
    pub search_nothing: &'static str,
    pub search_nothing_advice: &'static str,
    pub unit: &'static str,
    pub tag: &'static str,
    pub time: &'static str,
    pub by_year: &'static str,
    pub from_year: &'static str,
    pub to_year: &'static str,
    pub titles_only: &'static str,
    pub with_attachments: &'static str,
    pub active_filters: &'static str,
    /// What a filter's chip does; its name follows.
    pub without: &'static str,
    pub showing_for_words: &'static str,
    pub suggestions_name: &'static str,
    pub article: &'static str,
    pub take_csv: &'static str,
    pub take_feed: &'static str,
    pub taking: &'static str,
    pub take_failed: &'static str,
    /// The columns of a table of results: title, day, category, lead, address.
    pub columns: [&'static str; 5],
    pub updated: &'static str,
    /// Of an article that was changed since this reader read it.
    pub updated_since: &'static str,
    pub attachments: &'static str,
    pub tags: &'static str,
    pub source: &'static str,
    pub original: &'static str,
    pub newer: &'static str,
    pub older: &'static str,
    pub related: &'static str,
    pub copy_link: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub print: &'static str,
    pub save_file: &'static str,
    pub file_saved: &'static str,
    pub saved_on: &'static str,
    pub as_list: &'static str,
    pub feed: &'static str,
    pub address_code: &'static str,
    pub printed_from: &'static str,
    pub printed_on: &'static str,
    pub new: &'static str,
    pub share: &'static str,
    pub share_by_device: &'static str,
    pub save: &'static str,
    pub save_undo: &'static str,
    pub saved: &'static str,
    pub saved_open: &'static str,
    pub saved_what: &'static str,
    pub saved_not_kept: &'static str,
    pub saved_list: &'static str,
    pub saved_none: &'static str,
    pub saved_clear: &'static str,
    pub read_list: &'static str,
    pub most_read_list: &'static str,
    pub read_none: &'static str,
    pub read_clear: &'static str,
    pub cite: &'static str,
    pub cited: &'static str,
    pub contents: &'static str,
    pub picture: &'static str,
    pub picture_larger: &'static str,
    pub picture_before: &'static str,
    pub picture_next: &'static str,
    pub close: &'static str,
    pub listen: &'static str,
    pub listen_pause: &'static str,
    pub listen_go_on: &'static str,
    pub listen_stop: &'static str,
    pub listen_rate: &'static str,
    pub listen_no_voice: &'static str,
    pub more_pages: &'static str,
    pub pages: &'static str,
    pub previous_page: &'static str,
    pub next_page: &'static str,
    pub empty_category: &'static str,
    pub empty_topic: &'static str,
    pub empty_period: &'static str,
    pub archive: &'static str,
    pub empty_portal: &'static str,
    pub waiting: &'static str,
    pub failed: &'static str,
    pub try_again: &'static str,
    pub back_home: &'static str,
    pub not_found: &'static str,
    pub not_found_advice: &'static str,
    pub offline: &'static str,
    pub stale: &'static str,
    pub dropped: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub address: &'static str,
    pub responsible: &'static str,
    pub embed: EmbedWords,
}

/// The sentences of the page "Nhúng".
#[derive(Debug)]
pub struct EmbedWords {
    pub title: &'static str,
    /// In the menu of an article.
    pub article: &'static str,
    pub about: &'static str,
    pub what: &'static str,
    pub how: &'static str,
    pub look: &'static str,
    pub more: &'static str,
    pub layout: &'static str,
    /// In the order of [`routes::Layout`].
    pub layouts: [&'static str; 8],
    pub query: &'static str,
    pub limit: &'static str,
    pub one: &'static str,
    pub open: &'static str,
    /// In the order of [`routes::Open`].
    pub opens: [&'static str; 3],
    pub as_host: &'static str,
    pub language: &'static str,
    pub heading: &'static str,
    pub no_heading: &'static str,
    pub accent: &'static str,
    /// The name of the field that shows colours.
    pub accent_pick: &'static str,
    pub size: &'static str,
    pub refresh: &'static str,
    pub sources: &'static str,
    pub pin: &'static str,
    pub apply: &'static str,
    pub updated: &'static str,
    pub preview: &'static str,
    pub width: &'static str,
    /// In the order of [`routes::Width`].
    pub widths: [&'static str; 3],
    pub code: &'static str,
    pub script: &'static str,
    pub script_about: &'static str,
    pub frame: &'static str,
    pub frame_about: &'static str,
    pub feed: &'static str,
    pub feed_about: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    /// What the link in the code says; the department's name follows.
    pub link: &'static str,
    /// The page in the preview: its heading, what stands above the list and below it.
    pub host: [&'static str; 3],
}

const VI: Words = Words {
    lang: Lang::Vi,
    other_language: "English",
    skip_to_content: "Đến nội dung chính",
    reading_options: "Tùy chọn đọc",
    text_size: "Cỡ chữ",
    text_sizes: ["Thường", "Lớn", "Rất lớn", "Lớn nhất"],
    theme: "Giao diện",
    themes: ["Theo thiết bị", "Sáng", "Tối"],
    strong_contrast: "Tương phản cao",
    wide_lines: "Dòng chữ rộng",
    reading_default: "Về mặc định",
    home: "Trang chủ",
    menu: "Danh mục",
    breadcrumb: "Vị trí trang",
    categories: "Chuyên mục",
    hot: "Tin nóng",
    featured: "Tin tiêu điểm",
    newest: "Tin mới nhất",
    topic: "Chủ đề",
    topics: "Chủ đề",
    in_topic: "Bài cùng chủ đề",
    in_category: "Bài cùng chuyên mục",
    by_time: "Theo thời gian",
    all_news: "Tất cả tin bài",
    calendar: "Lịch công tác",
    calendar_empty: "Lịch công tác trống",
    calendar_full: "Xem cả tuần",
    calendar_who: "Lãnh đạo, đơn vị",
    calendar_everybody: "Tất cả",
    calendar_filter: "Lọc",
    calendar_as_table: "Xem dạng bảng",
    calendar_as_list: "Xem dạng danh sách",
    calendar_take: "Tải lịch (.ics)",
    calendar_take_one: "Thêm vào lịch của tôi",
    calendar_columns: ["Ngày", "Thời gian", "Nội dung", "Địa điểm", "Chủ trì", "Tham dự"],
    this_week: "Tuần này",
    week: "Tuần",
    previous_week: "Tuần trước",
    next_week: "Tuần sau",
    all_day: "Cả ngày",
    place: "Địa điểm",
    leader: "Chủ trì",
    attendees: "Tham dự",
    today: "Hôm nay",
    links: "Website liên kết",
    statistics: "Thống kê truy cập",
    statistics_today: "Hôm nay",
    statistics_total: "Đã truy cập",
    statistics_what: "Số liệu được đếm trên chính thiết bị này và chỉ lưu trong trình duyệt. Một trang được tính là đã xem khi hiện trên màn hình ít nhất một giây. Hai lần xem cách nhau quá 30 phút, hoặc sang ngày mới (giờ Việt Nam), được tính là hai lượt truy cập.",
    statistics_not_kept: "Trình duyệt không cho phép lưu dữ liệu; số liệu chỉ tính từ lúc mở trang này.",
    statistics_whole: "Toàn cổng thông tin",
    statistics_whole_what: "Số người truy cập toàn cổng do máy chủ hoặc bộ đếm của cổng ghi nhận. Cách đếm khác với số liệu trên thiết bị này nên hai bên không so sánh với nhau được.",
    statistics_asked: "Tin bài được tìm đến nhiều nhất toàn cổng",
    statistics_asked_what: "Số lần tin bài được mở từ bên ngoài cổng: từ liên kết ở nơi khác, dấu trang hoặc khi tải lại trang. Xem tin bài khi đang ở trong cổng không tính vào đây.",
    on_this_device: "Trên thiết bị này",
    statistics_newer: "Số liệu trong trình duyệt do phiên bản mới hơn của trang ghi lại; số liệu ở đây chỉ tính từ lúc mở trang này.",
    statistics_put_aside: "Số liệu cũ trong trình duyệt bị hỏng nên đã được cất riêng; số liệu được đếm lại từ đầu.",
    statistics_course: "Diễn biến",
    statistics_days: "Lượt truy cập trong 30 ngày qua",
    statistics_months: "Lượt truy cập trong 12 tháng qua",
    statistics_articles: "Tin bài xem nhiều trên thiết bị này",
    statistics_categories: "Chuyên mục xem nhiều trên thiết bị này",
    statistics_visits: "Các lần truy cập gần đây",
    statistics_yours: "Số liệu của bạn",
    statistics_private: "Số liệu này chỉ nằm trong trình duyệt của bạn. Trang không dùng cookie, không nhận dạng thiết bị và không gửi số liệu đi đâu.",
    statistics_refused: "Trình duyệt của bạn yêu cầu không theo dõi (Do Not Track hoặc Global Privacy Control) nên trang không gửi gì đi. Số liệu này chỉ nằm trong trình duyệt của bạn.",
    statistics_counting: "Đếm lượt truy cập trên thiết bị này",
    statistics_take_json: "Tải số liệu (JSON)",
    statistics_import: "Nhập số liệu từ tệp",
    statistics_imported: "Đã nhập số liệu từ tệp. Những gì đã có không bị đếm hai lần.",
    statistics_import_failed: "Tệp này không phải là số liệu truy cập tải về từ trang, nên không có gì được nhập.",
    statistics_import_newer: "Tệp này do phiên bản mới hơn của trang tạo ra. Hãy tải lại trang rồi nhập lại.",
    statistics_erase: "Xóa số liệu",
    statistics_erase_surely: "Xóa hết, không lấy lại được",
    statistics_erased: "Đã xóa số liệu trên thiết bị này.",
    cancel: "Thôi",
    visits: "Lượt truy cập",
    views: "Trang đã xem",
    day: "Ngày",
    in_month: "Tháng",
    this_month: "Tháng này",
    this_year: "Năm nay",
    as_table: "Xem bảng số liệu",
    file_saved_plainly: "Đã tải tệp về",
    search: "Tìm kiếm",
    quick_search: "Tìm nhanh",
    search_words: "Nội dung cần tìm",
    search_placeholder: "Tìm tin bài, văn bản…",
    search_from: "Từ ngày",
    search_to: "Đến ngày",
    search_order: "Sắp xếp",
    order_best: "Phù hợp nhất",
    order_newest: "Mới nhất",
    search_submit: "Tìm",
    search_clear: "Xóa bộ lọc",
    search_filters: "Bộ lọc",
    search_nothing: "Không tìm thấy tin bài phù hợp",
    search_nothing_advice: "Thử dùng ít từ hơn, bỏ bớt chuyên mục hoặc mở rộng khoảng thời gian. Không cần gõ dấu tiếng Việt.",
    unit: "Đơn vị",
    tag: "Từ khóa",
    time: "Thời gian",
    by_year: "Số tin bài theo năm",
    from_year: "Từ năm",
    to_year: "Đến năm",
    titles_only: "Chỉ tìm trong tiêu đề",
    with_attachments: "Chỉ bài có tệp đính kèm",
    active_filters: "Bộ lọc đang dùng",
    without: "Bỏ bộ lọc",
    showing_for_words: "Hiển thị kết quả cho",
    suggestions_name: "Gợi ý tìm kiếm",
    article: "Bài viết",
    take_csv: "Tải bảng CSV",
    take_feed: "Tải JSON Feed",
    taking: "Đang chuẩn bị tệp…",
    take_failed: "Trình duyệt không cho phép tải tệp về.",
    columns: ["Tiêu đề", "Ngày đăng", "Chuyên mục", "Tóm tắt", "Địa chỉ"],
    updated: "Cập nhật",
    updated_since: "Đã cập nhật",
    attachments: "Tài liệu đính kèm",
    tags: "Từ khóa",
    source: "Nguồn",
    original: "Xem bài gốc",
    newer: "Tin mới hơn",
    older: "Tin cũ hơn",
    related: "Tin liên quan",
    copy_link: "Sao chép liên kết",
    copied: "Đã sao chép liên kết",
    copy_failed: "Trình duyệt không cho phép sao chép; hãy sao chép địa chỉ trên thanh địa chỉ.",
    print: "In bài viết",
    save_file: "Tải bài về (HTML)",
    file_saved: "Đã tải bài về",
    saved_on: "Lưu ngày",
    as_list: "Xem dạng danh sách",
    feed: "Nguồn tin RSS",
    address_code: "Mã QR của địa chỉ bài viết",
    printed_from: "Địa chỉ bài viết",
    printed_on: "In ngày",
    new: "Mới",
    share: "Chia sẻ",
    share_by_device: "Chia sẻ bằng ứng dụng khác…",
    save: "Lưu bài",
    save_undo: "Bỏ lưu",
    saved: "Bài đã lưu",
    saved_open: "Xem các bài đã lưu",
    saved_what: "Danh sách này chỉ nằm trong trình duyệt của bạn, không gửi đi đâu.",
    saved_not_kept: "Trình duyệt không cho phép lưu dữ liệu; danh sách sẽ mất khi đóng trang.",
    saved_list: "Để đọc sau",
    saved_none: "Chưa có bài nào. Bấm “Lưu bài” ở đầu mỗi bài để đọc sau.",
    saved_clear: "Xóa danh sách đã lưu",
    read_list: "Đã đọc gần đây",
    most_read_list: "Đọc nhiều trên thiết bị này",
    read_none: "Chưa đọc bài nào trên thiết bị này.",
    read_clear: "Xóa lịch sử đọc",
    cite: "Sao chép trích dẫn",
    cited: "Đã sao chép trích dẫn",
    contents: "Mục lục",
    picture: "Hình ảnh",
    picture_larger: "Xem ảnh lớn",
    picture_before: "Ảnh trước",
    picture_next: "Ảnh sau",
    close: "Đóng",
    listen: "Nghe bài",
    listen_pause: "Tạm dừng",
    listen_go_on: "Nghe tiếp",
    listen_stop: "Dừng",
    listen_rate: "Tốc độ",
    listen_no_voice: "Thiết bị này chưa có giọng đọc cho ngôn ngữ của bài. Hãy cài thêm giọng đọc trong phần cài đặt của thiết bị rồi thử lại.",
    more_pages: "Trang khác",
    pages: "Chuyển trang",
    previous_page: "Trang trước",
    next_page: "Trang sau",
    empty_category: "Chuyên mục chưa có tin bài",
    empty_topic: "Chủ đề chưa có tin bài",
    empty_period: "Không có tin bài trong thời gian này",
    archive: "Kho tin bài",
    empty_portal: "Chưa có tin bài nào được đăng",
    waiting: "Đang tải…",
    failed: "Chưa mở được nội dung",
    try_again: "Thử lại",
    back_home: "Về trang chủ",
    not_found: "Không tìm thấy trang",
    not_found_advice: "Địa chỉ có thể đã thay đổi hoặc bài viết đã được gỡ. Bạn có thể tìm kiếm hoặc quay về trang chủ.",
    offline: "Thiết bị đang ngoại tuyến. Những trang đã mở vẫn xem lại được.",
    stale: "Chưa kết nối được với máy chủ; đang hiển thị bản đã lưu trên thiết bị.",
    dropped: "Một phần địa chỉ không hợp lệ nên đã được bỏ qua:",
    phone: "Điện thoại",
    email: "Thư điện tử",
    address: "Địa chỉ",
    responsible: "Chịu trách nhiệm nội dung",
    embed: EmbedWords {
        title: "Nhúng tin bài",
        article: "Nhúng bài này",
        about: "Chọn nội dung và cách hiển thị, xem trước, rồi sao chép mã dán vào trang của đơn vị bạn. Tin mới tự hiện ra, không cần dán lại.",
        what: "Nội dung",
        how: "Cách hiển thị",
        look: "Màu và cỡ chữ",
        more: "Lựa chọn khác",
        layout: "Kiểu hiển thị",
        layouts: [
            "Danh sách",
            "Thẻ",
            "Chỉ tiêu đề",
            "Dòng chạy",
            "Lịch công tác",
            "Thống kê truy cập",
            "Một bài",
            "Toàn văn bài",
        ],
        query: "Từ khóa",
        limit: "Số bài",
        one: "Một bài (địa chỉ hoặc mã bài)",
        open: "Mở bài",
        opens: ["Trong cổng", "Trong cửa sổ mới", "Ngay tại chỗ"],
        as_host: "Theo trang của bạn",
        language: "Ngôn ngữ",
        heading: "Tiêu đề khối tin",
        no_heading: "Không hiện tiêu đề",
        accent: "Màu nhấn",
        accent_pick: "Chọn màu",
        size: "Cỡ chữ (px)",
        refresh: "Tự làm mới sau (phút; 0 là không)",
        sources: "Lấy tin từ cổng khác (địa chỉ, cách nhau bằng dấu cách)",
        pin: "Cố định phiên bản mã (SRI)",
        apply: "Cập nhật",
        updated: "Đã cập nhật mã và bản xem trước.",
        preview: "Xem trước",
        width: "Chiều rộng",
        widths: ["Hết chiều ngang", "360 px", "200 px"],
        code: "Mã nhúng",
        script: "Thẻ script",
        script_about: "Cách nên dùng: nhẹ, theo phông chữ và chiều rộng của trang bạn.",
        frame: "iframe",
        frame_about: "Dùng khi trang của bạn không cho chạy mã từ nơi khác. Màu nhấn và cỡ chữ không áp dụng.",
        feed: "RSS",
        feed_about: "Địa chỉ cho trình đọc tin và cho khối RSS của cổng khác.",
        copy: "Sao chép mã",
        copied: "Đã sao chép mã.",
        copy_failed: "Trình duyệt không cho phép sao chép; hãy chọn mã trong ô rồi tự sao chép.",
        link: "Tin của",
        host: [
            "Trang của đơn vị bạn",
            "Đây là chữ có sẵn trên trang, theo phông chữ riêng của trang.",
            "Nội dung của trang tiếp tục ở đây.",
        ],
    },
};

const EN: Words = Words {
    lang: Lang::En,
    other_language: "Tiếng Việt",
    skip_to_content: "Skip to content",
    reading_options: "Reading options",
    text_size: "Text size",
    text_sizes: ["Normal", "Large", "Larger", "Largest"],
    theme: "Colours",
    themes: ["As the device", "Light", "Dark"],
    strong_contrast: "High contrast",
    wide_lines: "Wider lines",
    reading_default: "Reset",
    home: "Home",
    menu: "Menu",
    breadcrumb: "Breadcrumb",
    categories: "Categories",
    hot: "Breaking news",
    featured: "Featured",
    newest: "Latest news",
    topic: "Topic",
    topics: "Topics",
    in_topic: "Articles on the same topic",
    in_category: "Articles in the same category",
    by_time: "By date",
    all_news: "All news",
    calendar: "Work calendar",
    calendar_empty: "No events this week",
    calendar_full: "See the whole week",
    calendar_who: "Leader or unit",
    calendar_everybody: "Everybody",
    calendar_filter: "Filter",
    calendar_as_table: "As a table",
    calendar_as_list: "As a list",
    calendar_take: "Download (.ics)",
    calendar_take_one: "Add to my calendar",
    calendar_columns: ["Day", "Time", "Event", "Place", "Chair", "Attendees"],
    this_week: "This week",
    week: "Week",
    previous_week: "Previous week",
    next_week: "Next week",
    all_day: "All day",
    place: "Place",
    leader: "Chaired by",
    attendees: "With",
    today: "Today",
    links: "Linked sites",
    statistics: "Visit statistics",
    statistics_today: "Today",
    statistics_total: "Visits in all",
    statistics_what: "Figures are counted on this device and kept only in this browser. A page counts as viewed once it has been on the screen for at least a second. Two views more than 30 minutes apart, or on different days in Vietnam, count as two visits.",
    statistics_not_kept: "The browser does not allow data to be kept; figures count from the moment this page was opened.",
    statistics_whole: "The whole portal",
    statistics_whole_what: "Visitors to the whole portal, as its web server or its counter has them. They are counted in another way than the visits on this device, so the two cannot be compared.",
    statistics_asked: "Articles asked for most, portal-wide",
    statistics_asked_what: "How often an article was opened from outside the portal: from a link elsewhere, a bookmark, or by reloading. Going to it from another page of the portal does not count here.",
    on_this_device: "On this device",
    statistics_newer: "What this browser keeps was written by a newer version of the site; figures count from the moment this page was opened.",
    statistics_put_aside: "Older figures in this browser were damaged and have been put aside; counting has begun anew.",
    statistics_course: "Over time",
    statistics_days: "Visits in the last 30 days",
    statistics_months: "Visits in the last 12 months",
    statistics_articles: "Articles viewed most on this device",
    statistics_categories: "Categories viewed most on this device",
    statistics_visits: "Last visits",
    statistics_yours: "Your figures",
    statistics_private: "These figures are in your browser only. The site uses no cookies, does not recognise devices, and sends the figures nowhere.",
    statistics_refused: "Your browser asks not to be tracked (Do Not Track or Global Privacy Control), so the site sends nothing. These figures are in your browser only.",
    statistics_counting: "Count visits on this device",
    statistics_take_json: "Download the figures (JSON)",
    statistics_import: "Import figures from a file",
    statistics_imported: "The figures have been imported. What was there already is not counted twice.",
    statistics_import_failed: "This file does not hold visit figures from this site, so nothing was imported.",
    statistics_import_newer: "This file comes from a newer version of the site. Reload the page and import it again.",
    statistics_erase: "Erase the figures",
    statistics_erase_surely: "Erase all, for good",
    statistics_erased: "The figures on this device have been erased.",
    cancel: "Cancel",
    visits: "Visits",
    views: "Pages viewed",
    day: "Day",
    in_month: "Month",
    this_month: "This month",
    this_year: "This year",
    as_table: "Show the figures as a table",
    file_saved_plainly: "The file has been saved",
    search: "Search",
    quick_search: "Quick search",
    search_words: "Search for",
    search_placeholder: "Search articles, documents…",
    search_from: "From",
    search_to: "To",
    search_order: "Order",
    order_best: "Best match",
    order_newest: "Newest",
    search_submit: "Search",
    search_clear: "Clear filters",
    search_filters: "Filters",
    search_nothing: "No matching articles",
    search_nothing_advice: "Try fewer words, fewer categories or a wider range of dates. Vietnamese marks need not be typed.",
    unit: "Office",
    tag: "Tag",
    time: "Time",
    by_year: "Articles by year",
    from_year: "From year",
    to_year: "To year",
    titles_only: "Titles only",
    with_attachments: "With attachments only",
    active_filters: "Filters in use",
    without: "Remove the filter",
    showing_for_words: "Showing results for",
    suggestions_name: "Suggestions",
    article: "Article",
    take_csv: "Download CSV",
    take_feed: "Download JSON Feed",
    taking: "Preparing the file…",
    take_failed: "The browser does not allow the file to be saved.",
    columns: ["Title", "Published", "Category", "Summary", "Address"],
    updated: "Updated",
    updated_since: "Updated",
    attachments: "Attachments",
    tags: "Tags",
    source: "Source",
    original: "See the original",
    newer: "Newer",
    older: "Older",
    related: "Related articles",
    copy_link: "Copy link",
    copied: "Link copied",
    copy_failed: "The browser does not allow copying; please copy the address from the address bar.",
    print: "Print",
    save_file: "Download (HTML)",
    file_saved: "Downloaded",
    saved_on: "Saved on",
    as_list: "Show as a list",
    feed: "RSS feed",
    address_code: "QR code of the address",
    printed_from: "Address",
    printed_on: "Printed on",
    new: "New",
    share: "Share",
    share_by_device: "Share with another app…",
    save: "Save for later",
    save_undo: "Remove from saved",
    saved: "Saved articles",
    saved_open: "See saved articles",
    saved_what: "This list is in your browser only; nothing is sent anywhere.",
    saved_not_kept: "The browser does not let anything be kept; the list is lost when the page is closed.",
    saved_list: "To read later",
    saved_none: "Nothing yet. “Save for later” stands at the head of every article.",
    saved_clear: "Clear saved articles",
    read_list: "Read lately",
    most_read_list: "Read most on this device",
    read_none: "Nothing has been read on this device yet.",
    read_clear: "Clear reading history",
    cite: "Copy citation",
    cited: "Citation copied",
    contents: "Contents",
    picture: "Picture",
    picture_larger: "See the picture larger",
    picture_before: "Previous picture",
    picture_next: "Next picture",
    close: "Close",
    listen: "Listen",
    listen_pause: "Pause",
    listen_go_on: "Go on",
    listen_stop: "Stop",
    listen_rate: "Speed",
    listen_no_voice: "This device has no voice for the language of the article. Please install one in the settings of the device and try again.",
    more_pages: "More pages",
    pages: "Pages",
    previous_page: "Previous page",
    next_page: "Next page",
    empty_category: "No articles in this category yet",
    empty_topic: "No articles on this topic yet",
    empty_period: "No articles from this time",
    archive: "Archive",
    empty_portal: "No articles have been published yet",
    waiting: "Loading…",
    failed: "The content could not be opened",
    try_again: "Try again",
    back_home: "Back to the home page",
    not_found: "Page not found",
    not_found_advice: "The address may have changed or the article may have been withdrawn. You can search or go back to the home page.",
    offline: "This device is offline. Pages already opened can still be read.",
    stale: "The server cannot be reached; showing the copy kept on this device.",
    dropped: "A part of the address made no sense and was left out:",
    phone: "Telephone",
    email: "E-mail",
    address: "Address",
    responsible: "Responsible for content",
    embed: EmbedWords {
        title: "Embed the news",
        article: "Embed this article",
        about: "Choose what to show and how, look at it, then copy the code into your own site. News comes by itself; nothing has to be pasted again.",
        what: "What",
        how: "How",
        look: "Colour and size",
        more: "More options",
        layout: "Layout",
        layouts: [
            "List",
            "Cards",
            "Titles only",
            "Ticker",
            "Work calendar",
            "Visit statistics",
            "One article",
            "Whole article",
        ],
        query: "With these words",
        limit: "Number of articles",
        one: "One article (its address or name)",
        open: "Open articles",
        opens: ["In the portal", "In a new window", "In place"],
        as_host: "As your page",
        language: "Language",
        heading: "Heading",
        no_heading: "No heading",
        accent: "Accent colour",
        accent_pick: "Pick a colour",
        size: "Text size (px)",
        refresh: "Refresh after (minutes; 0 for never)",
        sources: "News from other portals (addresses, with spaces between)",
        pin: "Pin the script (SRI)",
        apply: "Update",
        updated: "Code and preview updated.",
        preview: "Preview",
        width: "Width",
        widths: ["Full width", "360 px", "200 px"],
        code: "Code",
        script: "Script",
        script_about: "The best way: light, and in the type and width of your page.",
        frame: "iframe",
        frame_about: "For pages that run no scripts from elsewhere. Accent colour and text size do not apply.",
        feed: "RSS",
        feed_about: "The address for feed readers and for the RSS blocks of other portals.",
        copy: "Copy the code",
        copied: "Code copied.",
        copy_failed: "The browser does not allow copying; please select the code in its box and copy it.",
        link: "News from",
        host: [
            "Your own site",
            "This is text of the page itself, in its own type.",
            "The page goes on here.",
        ],
    },
};

impl Words {
    /// "3.799.249" in Vietnamese, "3,799,249" in English.
    pub fn number(&self, n: u64) -> String {
        viet_text::grouped(n, if self.lang == Lang::Vi { '.' } else { ',' })
    }

    /// "11/09/2021".
    pub fn date(&self, day: NaiveDate) -> String {
        format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
    }

    /// "Toàn cổng, tính đến 15/09/2021 08:50".
    pub fn counted_at(&self, time: Moment) -> String {
        match self.lang {
            Lang::Vi => format!("Toàn cổng, tính đến {time}"),
            Lang::En => format!("The whole portal, as of {time}"),
        }
    }

    /// What is sent to the service on this computer.
    pub fn statistics_sent(&self, host: &str) -> String {
        match self.lang {
            Lang::Vi => format!(
                "Số liệu này chỉ nằm trong trình duyệt của bạn. Riêng mỗi lần xem trang được báo cho dịch vụ thống kê {host} mà cổng sử dụng: địa chỉ và tên trang, cùng trang web đã dẫn bạn tới đây (nếu có). Trang không dùng cookie, không nhận dạng thiết bị và không gửi những gì bạn tìm kiếm. Khi tắt đếm lượt truy cập, việc báo này cũng dừng."
            ),
            Lang::En => format!(
                "These figures are in your browser only. Each page view, however, is reported to {host}, the statistics service that the portal uses: the address and title of the page, and the site that led you here, if any. The site uses no cookies, does not recognise devices, and does not send what you search for. When counting is switched off, this stops as well."
            ),
        }
    }

    /// "7 lần xem".
    pub fn times_viewed(&self, times: u64) -> String {
        let n = self.number(times);
        match self.lang {
            Lang::Vi => format!("{n} lần xem"),
            Lang::En if times == 1 => "viewed once".to_owned(),
            Lang::En => format!("viewed {n} times"),
        }
    }

    /// "7 lần".
    pub fn times(&self, times: u64) -> String {
        let n = self.number(times);
        match self.lang {
            Lang::Vi => format!("{n} lần"),
            Lang::En if times == 1 => "once".to_owned(),
            Lang::En => format!("{n} times"),
        }
    }

    /// "03/2025". By hand: chrono's own formatting costs 10 KB of wasm.
    pub fn month_of(&self, day: NaiveDate) -> String {
        format!("{:02}/{}", day.month(), day.year())
    }

    /// "Đọc khoảng 3 phút".
    pub fn reading_time(&self, minutes: usize) -> String {
        match self.lang {
            Lang::Vi => format!("Đọc khoảng {minutes} phút"),
            Lang::En => format!("{minutes} min read"),
        }
    }

    /// "5 lần đọc".
    pub fn times_read(&self, times: u32) -> String {
        match self.lang {
            Lang::Vi => format!("{times} lần đọc"),
            Lang::En => format!("read {times} times"),
        }
    }

    /// That an article is no longer what was read on that day.
    pub fn changed_since(&self, day: &str) -> String {
        match self.lang {
            Lang::Vi => format!("Bài đã được cập nhật sau lần bạn đọc ngày {day}."),
            Lang::En => format!("The article has been updated since you read it on {day}."),
        }
    }

    /// An article as it is cited: who, when, what, where.
    pub fn citation(
        &self,
        by: &str,
        title: &str,
        published: NaiveDate,
        publisher: &str,
        address: &str,
        today: NaiveDate,
    ) -> String {
        let (by, published, today) =
            (if by.is_empty() { publisher } else { by }, self.date(published), self.date(today));
        let read = if self.lang == Lang::Vi { "truy cập ngày" } else { "read on" };
        format!("{by} ({published}). {title}. {publisher}. {address} ({read} {today}).")
    }

    /// "Thứ Hai", "Monday".
    pub fn weekday(&self, day: NaiveDate) -> &'static str {
        let vi = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"];
        let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let names = if self.lang == Lang::Vi { vi } else { en };
        names[day.weekday().days_since(Weekday::Mon) as usize]
    }

    /// "Thứ Tư, ngày 25/11/2026", the line that Vietnamese papers carry under their name.
    pub fn full_date(&self, day: NaiveDate) -> String {
        let ngay = if self.lang == Lang::Vi { "ngày " } else { "" };
        format!("{}, {ngay}{}", self.weekday(day), self.date(day))
    }

    /// "Tuần 12 năm 2025 (17/03/2025 – 23/03/2025)".
    pub fn week_name(&self, number: u32, days: [NaiveDate; 7]) -> String {
        let year = days[3].year(); // ISO 8601: a week belongs to the year of its Thursday.
        let (from, to) = (self.date(days[0]), self.date(days[6]));
        match self.lang {
            Lang::Vi => format!("Tuần {number} năm {year} ({from} – {to})"),
            Lang::En => format!("Week {number} of {year} ({from} – {to})"),
        }
    }

    /// "08:00 – 10:30", "từ 14:00", "Cả ngày".
    pub fn hours(&self, hours: Hours) -> String {
        let (from, until) = if self.lang == Lang::Vi { ("từ", "đến") } else { ("from", "until") };
        hours.show(self.all_day, from, until)
    }

    /// "Tìm thấy 12 tin bài", or that there are more.
    pub fn results(&self, total: usize, at_least: bool) -> String {
        let n = self.number(total as u64);
        match (self.lang, at_least) {
            (Lang::Vi, false) => format!("Tìm thấy {n} tin bài"),
            (Lang::Vi, true) => format!("Tìm thấy ít nhất {n} tin bài"),
            (Lang::En, false) if total == 1 => "1 article found".to_owned(),
            (Lang::En, false) => format!("{n} articles found"),
            (Lang::En, true) => format!("At least {n} articles found"),
        }
    }

    /// The way back from a correction: "Tìm đúng “khai giang”".
    pub fn exactly(&self, typed: &str) -> String {
        match self.lang {
            Lang::Vi => format!("Tìm đúng “{typed}”"),
            Lang::En => format!("Search for exactly “{typed}”"),
        }
    }

    /// "2021: 12 tin bài", the name of a bar.
    pub fn in_year(&self, year: i32, count: usize) -> String {
        format!("{year}: {}", self.articles(count))
    }

    /// "Năm 2021", "Năm 2019 – 2021".
    pub fn years(&self, from: i32, to: i32) -> String {
        let (one, many) = if self.lang == Lang::Vi { ("Năm", "Năm") } else { ("Year", "Years") };
        if from == to { format!("{one} {from}") } else { format!("{many} {from} – {to}") }
    }

    /// "Năm 2025", "Tháng 3 năm 2025"; "2025", "March 2025".
    pub fn period(&self, period: Period) -> String {
        let year = period.year();
        match (self.lang, period.month()) {
            (Lang::Vi, None) => format!("Năm {year}"),
            (Lang::En, None) => year.to_string(),
            (Lang::Vi, Some(month)) => format!("{} năm {year}", self.month(month)),
            (Lang::En, Some(month)) => format!("{} {year}", self.month(month)),
        }
    }

    /// "Tin bài tháng 3 năm 2025", "Articles of March 2025".
    pub fn news_of(&self, period: Period) -> String {
        let period = self.period(period);
        match self.lang {
            Lang::Vi => format!("Tin bài {}", period.to_lowercase()),
            Lang::En => format!("Articles of {period}"),
        }
    }

    /// "Tháng 3", "March"; months count from 1.
    pub fn month(&self, month: u32) -> String {
        let en = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        match self.lang {
            Lang::Vi => format!("Tháng {month}"),
            Lang::En => en.get(month as usize - 1).copied().unwrap_or_default().to_owned(),
        }
    }

    /// How many suggestions there are, for those who hear the page.
    pub fn suggestions(&self, count: usize) -> String {
        match self.lang {
            Lang::Vi => format!("Có {count} gợi ý, dùng phím mũi tên để chọn."),
            Lang::En if count == 1 => "1 suggestion, use the arrow keys to choose.".to_owned(),
            Lang::En => format!("{count} suggestions, use the arrow keys to choose."),
        }
    }

    /// What a file of results holds; `of` is all that was found when the file has not all.
    pub fn taken(&self, count: usize, of: Option<usize>) -> String {
        let (n, vi) = (self.articles(count), self.lang == Lang::Vi);
        match of.map(|of| self.number(of as u64)) {
            None if vi => format!("Tệp gồm {n}."),
            None => format!("The file has {n}."),
            Some(of) if vi => format!("Tệp chỉ gồm {n} đầu tiên trong tổng số {of}."),
            Some(of) => format!("The file has only the first {n} of {of}."),
        }
    }

    /// "12 tin bài".
    pub fn articles(&self, total: usize) -> String {
        let n = self.number(total as u64);
        match self.lang {
            Lang::Vi => format!("{n} tin bài"),
            Lang::En if total == 1 => "1 article".to_owned(),
            Lang::En => format!("{n} articles"),
        }
    }

    /// "Trang 2/5".
    pub fn page_of(&self, page: u32, pages: u32) -> String {
        match self.lang {
            Lang::Vi => format!("Trang {page}/{pages}"),
            Lang::En => format!("Page {page} of {pages}"),
        }
    }

    /// "Trang 2".
    pub fn page_number(&self, page: u32) -> String {
        match self.lang {
            Lang::Vi => format!("Trang {page}"),
            Lang::En => format!("Page {page}"),
        }
    }

    /// "1,2 MB"; decimal units as file managers show them.
    pub fn size(&self, bytes: u64) -> String {
        viet_text::size(bytes, if self.lang == Lang::Vi { ',' } else { '.' })
    }

    /// A page of the asked number is not there.
    pub fn no_such_page(&self, asked: u32, pages: u32) -> String {
        match self.lang {
            Lang::Vi => format!("Không có trang {asked}; đang xem trang {pages}, trang cuối."),
            Lang::En => format!("There is no page {asked}; this is page {pages}, the last."),
        }
    }

    /// A category that the portal does not have.
    pub fn no_such_category(&self, slug: &str) -> String {
        match self.lang {
            Lang::Vi => format!("chuyên mục “{slug}” không có"),
            Lang::En => format!("there is no category “{slug}”"),
        }
    }

    /// Why a part of the address was left out.
    pub fn dropped_part(&self, part: &Dropped) -> String {
        let vi = self.lang == Lang::Vi;
        let why = match part.why {
            Why::NotADate if vi => "không phải là ngày",
            Why::NotADate => "is not a date",
            Why::EndsBeforeItStarts if vi => "sớm hơn ngày bắt đầu",
            Why::EndsBeforeItStarts => "is before the first day",
            Why::NotAPage if vi => "không phải là số trang",
            Why::NotAPage => "is not a page number",
            Why::NotACategory if vi => "không phải là chuyên mục",
            Why::NotACategory => "is not a category",
            Why::UnknownOrder if vi => "không phải là cách sắp xếp",
            Why::UnknownOrder => "is not an order",
            Why::UnknownValue if vi => "không phải là giá trị dùng được ở đây",
            Why::UnknownValue => "is not a value that can stand here",
            Why::TooLong if vi => "quá dài",
            Why::TooLong => "is too long",
            Why::NotAWeek if vi => "không phải là tuần",
            Why::NotAWeek => "is not a week",
            Why::NotAPeriod if vi => "không phải là năm hoặc tháng",
            Why::NotAPeriod => "is not a year or month",
        };
        format!("{} “{}” {why}", part.key, part.value)
    }

    /// Why something could not be loaded, and what the reader can do.
    pub fn load_error(&self, error: &LoadError) -> String {
        let (vi, en) = match error {
            LoadError::Offline => (
                "Thiết bị đang ngoại tuyến. Hãy kiểm tra kết nối mạng rồi thử lại.",
                "This device is offline. Check the connection and try again.",
            ),
            LoadError::Unreachable => (
                "Không kết nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.",
                "The server cannot be reached. Check the connection and try again.",
            ),
            LoadError::TimedOut => (
                "Máy chủ trả lời quá chậm. Hãy thử lại sau ít phút.",
                "The server takes too long to answer. Try again in a few minutes.",
            ),
            LoadError::NotThere => {
                ("Nội dung không còn ở địa chỉ này.", "The content is no longer at this address.")
            }
            LoadError::Refused(status) => {
                return match self.lang {
                    Lang::Vi => format!("Máy chủ báo lỗi {status}. Hãy thử lại sau ít phút."),
                    Lang::En => {
                        format!("The server answers with error {status}. Try again in a few minutes.")
                    }
                };
            }
            LoadError::TooLarge => (
                "Dữ liệu quá lớn nên không thể mở an toàn. Hãy báo cho đơn vị quản trị trang.",
                "The data is too large to be opened safely. Please tell those who run this site.",
            ),
            LoadError::Malformed(_) => (
                "Dữ liệu nhận được bị hỏng. Hãy thử lại; nếu vẫn lỗi, hãy báo cho đơn vị quản trị trang.",
                "The data received is damaged. Try again; if it stays so, tell those who run this site.",
            ),
            LoadError::OtherFormat => (
                "Trang tin đã được nâng cấp. Hãy tải lại trang.",
                "This site has been upgraded. Please reload the page.",
            ),
        };
        if self.lang == Lang::Vi { vi.to_owned() } else { en.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        let [vi, en] = [Lang::Vi, Lang::En].map(Lang::words);
        for (n, expected) in [(0, "0"), (999, "999"), (1000, "1.000"), (3_799_249, "3.799.249")] {
            assert_eq!(vi.number(n), expected);
            assert_eq!(en.number(n), expected.replace('.', ","));
        }
    }

    #[test]
    fn a_week_belongs_to_the_year_of_its_thursday() {
        let week = work_calendar::Week::of(NaiveDate::from_ymd_opt(2021, 1, 1).expect("a day"));
        assert_eq!(Lang::Vi.words().week_name(53, week.days()), "Tuần 53 năm 2020 (28/12/2020 – 03/01/2021)");
    }
}
