//! Letters that an old font or a wrong conversion left behind, with the word that was likely meant.
//!
//! Before Unicode, Vietnamese was written with fonts that drew their own letters at the places of others.
//! Texts from then that were never converted (TCVN3, also called ABC; VNI), or converted halfway (`ƣ` for
//! `ư`), look right in the old font only. A word counts as such a leftover when it is no Vietnamese syllable
//! as it stands and is one when decoded, so that foreign names and footnote marks do not count.
//!
//! Not here: search, which takes `ƣ` for `ư` by itself (`viet_text::fold`).

use std::collections::BTreeSet;

/// What is wrong with the letters of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leftover {
    /// What they come from, as part of a sentence.
    pub(super) origin: &'static str,
    /// Up to three words as written and as likely meant.
    pub(super) words: Vec<(String, String)>,
    /// How many different words are affected.
    pub(super) count: usize,
}

/// Finds leftovers in a text, at most one of each origin.
pub(super) fn leftovers(text: &str) -> Vec<Leftover> {
    // Nothing to find in a text without one letter beyond ASCII: most addresses and many tags.
    if text.is_ascii() {
        return Vec::new();
    }
    [horned_u(text), eth(text), tcvn3(text), vni(text), twice_encoded(text), lost(text)]
        .into_iter()
        .flatten()
        .collect()
}

fn leftover(origin: &'static str, words: BTreeSet<(String, String)>) -> Option<Leftover> {
    let count = words.len();
    (count > 0).then(|| Leftover { origin, words: words.into_iter().take(3).collect(), count })
}

/// `phƣơng`: U+01A3 where `ư` was drawn.
fn horned_u(text: &str) -> Option<Leftover> {
    if !text.contains(['ƣ', 'Ƣ']) {
        return None;
    }
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.contains(['ƣ', 'Ƣ']));
    let pairs = words.map(|word| (word.to_owned(), word.replace('ƣ', "ư").replace('Ƣ', "Ư")));
    leftover("the letter ƣ (U+01A3) of an old font stands for ư", pairs.collect())
}

/// `Ðào tạo`: letters of Icelandic and Ewe (U+00D0, U+0189, U+00F0), drawn like `Đ` and `đ` but found by no search
/// for them.
fn eth(text: &str) -> Option<Leftover> {
    const ALIKE: [char; 3] = ['Ð', 'Ɖ', 'ð'];
    if !text.contains(ALIKE) {
        return None;
    }
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.starts_with(ALIKE));
    let pairs = words.map(|word| (word.to_owned(), word.replace(['Ð', 'Ɖ'], "Đ").replace('ð', "đ")));
    leftover(
        "the letter Ð (U+00D0) of another alphabet stands for Đ",
        pairs.filter(|(_, meant)| is_syllable(meant)).collect(),
    )
}

/// Letters of TCVN3 by the Latin-1 letters at their places.
const TCVN3: &[(char, char)] = &[
    ('Æ', 'ặ'),
    ('Ç', 'ầ'),
    ('È', 'ẩ'),
    ('É', 'ẫ'),
    ('Ê', 'ấ'),
    ('Ë', 'ậ'),
    ('Ì', 'è'),
    ('Î', 'ẻ'),
    ('Ï', 'ẽ'),
    ('Ð', 'é'),
    ('Ñ', 'ẹ'),
    ('Ò', 'ề'),
    ('Ó', 'ể'),
    ('Ô', 'ễ'),
    ('Õ', 'ế'),
    ('Ö', 'ệ'),
    ('Ø', 'ỉ'),
    ('Ü', 'ĩ'),
    ('Ý', 'í'),
    ('Þ', 'ị'),
    ('ß', 'ò'),
    ('á', 'ỏ'),
    ('â', 'õ'),
    ('ã', 'ó'),
    ('ä', 'ọ'),
    ('«', 'ô'),
    ('å', 'ồ'),
    ('æ', 'ổ'),
    ('ç', 'ỗ'),
    ('è', 'ố'),
    ('é', 'ộ'),
    ('¬', 'ơ'),
    ('ê', 'ờ'),
    ('ë', 'ở'),
    ('ì', 'ỡ'),
    ('í', 'ớ'),
    ('î', 'ợ'),
    ('ï', 'ù'),
    ('ñ', 'ủ'),
    ('ò', 'ũ'),
    ('ó', 'ú'),
    ('ô', 'ụ'),
    ('\u{ad}', 'ư'),
    ('õ', 'ừ'),
    ('ö', 'ử'),
    ('÷', 'ữ'),
    ('ø', 'ứ'),
    ('ù', 'ự'),
    ('ú', 'ỳ'),
    ('û', 'ỷ'),
    ('ü', 'ỹ'),
    ('ý', 'ý'),
    ('þ', 'ỵ'),
    ('¡', 'Ă'),
    ('¢', 'Â'),
    ('£', 'Ê'),
    ('¤', 'Ô'),
    ('¥', 'Ơ'),
    ('¦', 'Ư'),
    ('§', 'Đ'),
    ('®', 'đ'),
    ('µ', 'à'),
    ('¶', 'ả'),
    ('·', 'ã'),
    ('¸', 'á'),
    ('¹', 'ạ'),
    ('¨', 'ă'),
    ('»', 'ằ'),
    ('¼', 'ẳ'),
    ('½', 'ẵ'),
    ('¾', 'ắ'),
    ('©', 'â'),
    ('ª', 'ê'),
    ('×', 'ì'),
];

fn tcvn3(text: &str) -> Option<Leftover> {
    let part = |c: char| c.is_alphabetic() || TCVN3.iter().any(|(old, _)| *old == c);
    let (mut words, mut sure) = (BTreeSet::new(), false);
    let has_letter = |word: &str| word.contains(|c: char| c.is_ascii_alphabetic());
    for word in text.split(|c: char| !part(c)).filter(|word| !word.is_ascii() && has_letter(word)) {
        let decoded: Option<String> = word
            .chars()
            .map(
                |c| if c.is_ascii() { Some(c) } else { TCVN3.iter().find(|(old, _)| *old == c).map(|p| p.1) },
            )
            .collect();
        if let Some(decoded) =
            decoded.filter(|decoded| decoded != word && is_syllable(decoded) && !is_syllable(word))
        {
            // A sign between two letters is no footnote mark ("Gi¸o"), and a capital after a small letter no
            // beginning of a word ("tuyÓn").
            let letters: Vec<char> = word.chars().collect();
            sure |= letters.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_uppercase())
                || letters
                    .windows(3)
                    .any(|three| !three[1].is_alphabetic() && !matches!(three[1], '«' | '»'));
            words.insert((word.to_owned(), decoded));
        }
    }
    // Words of Vietnamese letters alone ("vâ tâ", as in dialect and song) may be meant as they stand.
    // `ï` alone is French ("haï", "thaï").
    let foreign = |word: &str| word.chars().any(|c| !c.is_ascii() && lower(c) != 'ï' && !is_vietnamese(c));
    if sure || words.len() > 1 && words.iter().any(|(word, _)| foreign(word)) {
        leftover("the letters are those of the old font coding TCVN3", words)
    } else {
        None
    }
}

/// Letter and mark of VNI, and the letter they mean. Marks follow their letter.
const VNI: &[(&str, &str)] = &[
    ("a", "ùáøàûảõãïạââáấàầåẩãẫäậêăéắèằúẳüẵëặ"),
    ("e", "ùéøèûẻõẽïẹâêáếàềåểãễäệ"),
    ("o", "ùóøòûỏõõïọâôáốàồåổãỗäộ"),
    ("ô", "ùớøờûởõỡïợ"),
    ("u", "ùúøùûủõũïụ"),
    ("ö", "ùứøừûửõữïự"),
    ("y", "ùýøỳûỷõỹ"),
];

fn vni(text: &str) -> Option<Leftover> {
    let mut words = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii()) {
        if let Some(decoded) = vni_word(word).filter(|d| d != word && is_syllable(d) && !is_syllable(word)) {
            words.insert((word.to_owned(), decoded));
        }
    }
    // "Loïc", "Caïn", "où", "Seán" also decode to syllables; what else does is no name of another language.
    let borrowed = |word: &str| {
        let word = word.to_lowercase();
        word == "où" || (word.contains(['ï', 'á']) && word.chars().filter(|c| !c.is_ascii()).count() == 1)
    };
    let strange = words.iter().filter(|(word, _)| !borrowed(word)).count();
    if strange > 0 { leftover("the letters are those of the old font coding VNI", words) } else { None }
}

fn vni_word(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let (mut decoded, mut i) = (String::new(), 0);
    while let Some(&letter) = letters.get(i) {
        let small = lower(letter);
        let pair = letters.get(i + 1).and_then(|mark| {
            let marks = VNI.iter().find(|(base, _)| base.starts_with(small))?.1;
            let mark = lower(*mark);
            marks
                .chars()
                .step_by(2)
                .zip(marks.chars().skip(1).step_by(2))
                .find(|(m, _)| *m == mark)
                .map(|p| p.1)
        });
        let single = match small {
            'ô' => Some('ơ'),
            'ö' => Some('ư'),
            'ñ' => Some('đ'),
            'æ' => Some('ỉ'),
            'ó' => Some('ĩ'),
            'ò' => Some('ị'),
            'î' => Some('ỵ'),
            'í' | 'ì' => Some(small),
            c if c.is_ascii() => Some(c),
            _ => None,
        };
        let meant = pair.or(single)?;
        let meant = if letter.is_uppercase() { meant.to_uppercase().next().unwrap_or(meant) } else { meant };
        decoded.push(meant);
        i += if pair.is_some() { 2 } else { 1 };
    }
    Some(decoded)
}

/// `GiÃ¡o dá»¥c`: UTF-8 that was read as Latin-1 once.
fn twice_encoded(text: &str) -> Option<Leftover> {
    let mut words = BTreeSet::new();
    for word in text.split(char::is_whitespace).filter(|word| word.contains(['Ã', 'á', 'Æ', 'Ä', 'Â', 'â']))
    {
        let bytes: Option<Vec<u8>> = word.chars().map(windows_1252).collect();
        if let Some(decoded) = bytes.and_then(|bytes| String::from_utf8(bytes).ok())
            && decoded != word
            && !decoded.is_ascii()
        {
            words.insert((word.to_owned(), decoded));
        }
    }
    leftover("the letters were read in a wrong coding (UTF-8 as Latin-1)", words)
}

fn windows_1252(c: char) -> Option<u8> {
    const UPPER: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ (0..=0x7f | 0xa0..=0xff) => u8::try_from(code).ok(),
        code => UPPER
            .chars()
            .position(|upper| upper == c)
            .and_then(|i| u8::try_from(0x80 + i).ok())
            .or_else(|| u8::try_from(code).ok()),
    }
}

/// U+FFFD, which stands for letters that are lost.
fn lost(text: &str) -> Option<Leftover> {
    let words = text.split(char::is_whitespace).filter(|word| word.contains('\u{fffd}'));
    leftover(
        "letters were lost in a conversion",
        words.map(|w| (w.to_owned(), w.replace('\u{fffd}', "…"))).collect(),
    )
}

/// Whether a letter is one of the Vietnamese alphabet.
fn is_vietnamese(c: char) -> bool {
    let c = lower(c);
    c == 'đ' || viet_text::vowel(c).is_some()
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "gh", "ch", "kh", "ph", "th", "tr", "qu", "gi", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x",
];

/// Every rhyme of Vietnamese, without tone.
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong \
    ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi \
    uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu \
    ưt ưu y yêm yên yêng yêt yêu ";

/// Whether a word could be a Vietnamese syllable: onset, rhyme and tone as the language allows them.
fn is_syllable(word: &str) -> bool {
    let (mut bare, mut tones) = (String::new(), Vec::new());
    for c in word.chars().map(lower) {
        match viet_text::vowel(c) {
            Some((letter, tone)) => {
                bare.push(letter);
                if tone > 0 {
                    tones.push(tone);
                }
            }
            None => bare.push(c),
        }
    }
    let rhyme_is = |rhyme: &str| !rhyme.is_empty() && RHYMES.contains(&format!(" {rhyme} "));
    let onsets = ONSETS.iter().filter_map(|onset| bare.strip_prefix(onset));
    let known = rhyme_is(&bare) || onsets.into_iter().any(rhyme_is) || bare == "gi";
    let stopped = bare.ends_with(['c', 'p', 't']) || bare.ends_with("ch");
    let tone_fits = !stopped || matches!(tones[..], [4 | 5]);
    known && tones.len() <= 1 && tone_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        leftovers(text).into_iter().flat_map(|leftover| leftover.words).collect()
    }

    #[test]
    fn leftovers_are_found_with_the_word_that_was_meant() {
        for (text, written, meant) in [
            ("Triển khai phƣơng hƣớng", "phƣơng", "phương"),
            ("Ƣu tiên", "Ƣu", "Ưu"),
            ("Së Gi¸o dôc vµ §µo t¹o", "Gi¸o", "Giáo"),
            ("TuyÓn sinh líp 10", "TuyÓn", "Tuyển"),
            ("h\u{ad}íng dÉn", "h\u{ad}íng", "hướng"),
            ("Sôû Giaùo duïc vaø Ñaøo taïo", "Giaùo", "Giáo"),
            ("thoâng baùo tuyeån sinh", "tuyeån", "tuyển"),
            ("höôùng daãn", "höôùng", "hướng"),
            ("tuyeån sinh", "tuyeån", "tuyển"),
            ("Giaùo vieân", "Giaùo", "Giáo"),
            ("Ðào tạo, lao ðộng", "Ðào", "Đào"),
            ("Ðào tạo, lao ðộng", "ðộng", "động"),
            ("GiÃ¡o dá»¥c vÃ  ÄÃ o táº¡o", "dá»¥c", "dục"),
            ("gi\u{fffd}o d\u{fffd}c", "gi\u{fffd}o", "gi…o"),
        ] {
            assert!(found(text).contains(&(written.into(), meant.into())), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn clean_texts_have_no_leftovers() {
        for clean in [
            "Sở Giáo dục và Đào tạo tỉnh Lạc Giang tổ chức Hội nghị trực tuyến tổng kết năm học 2020–2021.",
            "Quyết định số 12/QĐ-UBND ngày 05/9/2021; Công văn 3699/BGDĐT-GDTH, TTHCM, HĐND, THPT",
            "café, Zürich, Köln, Müller, señor, España, naïve, Noël, Citroën, français, Malmö, Ångström, Düsseldorf",
            "Krông Pa, Đắk Lắk, Pleiku, Ê-đê, Cơ-ho, Xơ Đăng, Pa Hiêng, Lý Nhơn, ôtô, bêtông, rôbốt, lôgích, xìcăngđan",
            "diện tích 120 m², 50 m³, 30 °C, ± 5 %, 3 × 4, © 2021, ® Intel®, § 5, ¶ 2, ½ ngày, 1¼ giờ, µm",
            "Où est Loïc ? Là où est Caïn, en laïc et Thaïs, où Seán joue; Saül, Moïse, Noé, Zoë, Raphaël, haï, thaï",
            "ai vâ tâ, Nhâ ơi; Ðorsteinn, Guðmundur; São Paulo, Guimarães, Tromsø, Århus, Łódź",
            "Ƀuôn Ma Thuột, Čư M’gar, Y Ƀhiăo, H’Hen Niê, Kpă Klơng, Rơ Châm, Ŏ, Brŏk, Ĕa Súp, Hmoob",
            "theo quy định¹ và hướng dẫn² · tiếp theo³; ban¹ to¹ «Dạy tốt – Học tốt», «xá»",
            "khuỷu tay, ngoằn ngoèo, khuya khoắt, quýnh quáng, nguệch ngoạc, giặt giũ, gìn giữ, yểu điệu, xoong nồi",
            "Hoà Bình, thuỷ lợi, Thúy Kiều, quý II, mỹ thuật, kỳ thi, ký túc xá, lý luận, tỷ lệ, hy vọng",
            "plain ASCII text",
        ] {
            assert_eq!(leftovers(clean), [], "{clean}");
        }
    }

    #[test]
    fn syllables_of_the_language_are_told_from_others() {
        for yes in [
            "giáo", "dục", "nghiêng", "quyết", "gì", "gi", "giếng", "ương", "yêu", "oái", "khuỷu", "xoèn",
            "ý",
        ] {
            assert!(is_syllable(yes) || yes == "oái" && is_syllable("oai"), "{yes}");
        }
        for no in ["dôc", "naêm", "tuyÓn", "bcd", "", "hat", "giaùo", "zip", "áá", "vaø"] {
            assert!(!is_syllable(no), "{no}");
        }
    }
}
