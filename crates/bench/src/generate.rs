//! Articles that no one wrote: made of real words, by a model with the frequencies and lengths of real news.
//!
//! An article is made from its number alone, so a million of them need no memory. What is kept: how often each word
//! occurs (words.txt); that a word is often followed by the same words; that an article says its own words again and
//! again, and most of them belong to its subject; lengths; names, numbers and foreign words, of which there is no
//! end. `bench describe` shows the same figures of the corpus and of what is made here. Not here: any meaning.

use crate::{
    articles::Words,
    chance::{Chance, mix},
};
use std::sync::OnceLock;

/// Subjects that articles are about.
const SUBJECTS: usize = 160;
/// Words of a subject.
const OF_SUBJECT: usize = 120;
/// An article's own words: of its subject, of all words, and names.
const OWN: [usize; 3] = [22, 18, 8];
/// How often the next word is one of the article's own, and how often of those that often follow.
const SAY_OWN: f64 = 0.33;
const FOLLOW: f64 = 0.58;
/// How often it is a number, a name or a foreign word instead.
const OTHER: f64 = 0.075;
/// How often a word of a title is one of the article's own.
const OWN_IN_TITLE: f64 = 0.80;
/// Words that often follow a word.
const FOLLOWERS: usize = 48;
/// The body: median of its syllables, and the deviation of their logarithm.
const MEDIAN: f64 = 425.0;
const DEVIATION: f64 = 0.66;

/// So many of the most frequent words belong to all articles alike.
const EVERYBODYS: usize = 120;

const WORDS: &str = include_str!("words.txt");
const FAMILIES: &str =
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Trịnh Mai";
const MIDDLES: &str =
    "Văn Thị Hữu Đức Minh Ngọc Thanh Quang Xuân Thu Kim Hồng Quốc Đình Công Bá Thế Gia Anh Bảo";
const GIVEN: &str = "An Anh Bình Châu Chi Cường Dung Dũng Duy Đạt Giang Hà Hải Hạnh Hằng Hiền Hiếu Hòa Hùng Hương Khánh \
Khoa Lan Linh Long Ly Mai Minh Mỹ Nam Nga Ngân Nghĩa Nhung Phong Phúc Phương Quân Quyên Sơn Tâm Thảo Thắng Thủy Tiến \
Trang Trung Tú Tuấn Tùng Uyên Vân Việt Vinh Yến";
const PLACES: &str = "Việt Nam, Hà Nội, Thành phố Hồ Chí Minh, Đà Nẵng, Hải Phòng, Cần Thơ, Nghệ An, Thanh Hóa, Quảng \
Ninh, Bình Dương, Đồng Nai, Khánh Hòa, Huế, Quảng Nam, Lâm Đồng, Đắk Lắk, Gia Lai, Bình Định, Phú Yên, Ninh Bình, Nam \
Định, Thái Bình, Hưng Yên, Hải Dương, Bắc Ninh, Bắc Giang, Lạng Sơn, Cao Bằng, Lào Cai, Yên Bái, Sơn La, Điện Biên, \
Hòa Bình, Phú Thọ, Vĩnh Phúc, Thái Nguyên, Tuyên Quang, Hà Giang, Hà Tĩnh, Quảng Bình, Quảng Trị, Kon Tum, Tây Ninh, \
Long An, Tiền Giang, Bến Tre, Trà Vinh, Vĩnh Long, Đồng Tháp, An Giang, Kiên Giang, Hậu Giang, Sóc Trăng, Bạc Liêu, \
Cà Mau, Bình Phước, Ninh Thuận, Bình Thuận, Bộ Giáo dục và Đào tạo, Sở GD&ĐT, UBND, THPT, THCS, Quốc hội, Chính phủ";

/// Draws positions by their weights, each in the same short time (Walker's alias method).
#[derive(Debug)]
struct Urn {
    /// Below which of 2^32 the position itself is drawn, and which other one from there on.
    places: Vec<(u32, u32)>,
}

impl Urn {
    fn new(weights: &[f64]) -> Self {
        let sum: f64 = weights.iter().sum();
        let mut shares: Vec<f64> = weights.iter().map(|w| w * weights.len() as f64 / sum).collect();
        let mut places = vec![(u32::MAX, 0); weights.len()];
        let (mut low, mut high): (Vec<usize>, Vec<usize>) =
            (0..shares.len()).partition(|&at| shares[at] < 1.0);
        while let (Some(one), Some(&other)) = (low.pop(), high.last()) {
            places[one] = ((shares[one] * f64::from(u32::MAX)) as u32, other as u32);
            shares[other] -= 1.0 - shares[one];
            if shares[other] < 1.0 {
                high.pop();
                low.push(other);
            }
        }
        Self { places }
    }

    fn draw(&self, number: u64) -> usize {
        let at = (((number >> 32) * self.places.len() as u64) >> 32) as usize;
        let (below, other) = self.places[at];
        if number as u32 <= below { at } else { other as usize }
    }
}

/// A word of the table.
#[derive(Debug)]
struct Word {
    text: &'static str,
    syllables: usize,
}

#[derive(Debug)]
struct Model {
    words: Vec<Word>,
    urn: Urn,
    followers: Urn,
    subjects: Vec<Vec<u32>>,
    subject: Urn,
    own: Urn,
    places: Vec<&'static str>,
    place: Urn,
}

/// Weights as those of words by rank: the first often, the last seldom.
fn falling(count: usize, power: f64) -> Vec<f64> {
    (1..=count).map(|rank| (rank as f64).powf(-power)).collect()
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
        let counted = lines.filter_map(|line| line.split_once(": ")).flat_map(|(often, words)| {
            let often: f64 = often.parse().unwrap_or(0.0);
            words.split(", ").map(move |word| (word, often))
        });
        let (texts, weights): (Vec<&str>, Vec<f64>) = counted.unzip();
        let words: Vec<Word> =
            texts.iter().map(|text| Word { text, syllables: text.split(' ').count() }).collect();
        // Subjects have words of the middle: the most frequent belong to all of them.
        let subjects = (0..SUBJECTS).map(|subject| {
            let mut chance = Chance::new(7, subject as u64);
            let first = EVERYBODYS;
            let word = |_| {
                let share = chance.share();
                (first + (share * share * (words.len() - first) as f64) as usize) as u32
            };
            (0..OF_SUBJECT).map(word).collect()
        });
        let subjects = subjects.collect();
        let places: Vec<&str> = PLACES.split(", ").collect();
        Model {
            urn: Urn::new(&weights),
            followers: Urn::new(&falling(FOLLOWERS, 0.9)),
            subjects,
            subject: Urn::new(&falling(SUBJECTS, 0.6)),
            own: Urn::new(&falling(OWN[0] + OWN[1], 0.8)),
            place: Urn::new(&falling(places.len(), 0.8)),
            places,
            words,
        }
    })
}

/// Makes articles; what it makes depends on nothing but their numbers.
#[derive(Debug, Default, Clone, Copy)]
pub struct Generator;

/// An article being made.
struct Article<'a> {
    model: &'a Model,
    chance: Chance,
    own: Vec<u32>,
    names: Vec<String>,
    /// The word before, as a seed of those that follow it.
    last: u64,
}

impl Generator {
    /// The words of an article.
    pub fn words(&self, number: u32) -> Words {
        let model = model();
        let mut chance = Chance::new(20, u64::from(number));
        let subject = &model.subjects[model.subject.draw(chance.any())];
        let of_subject = (0..OWN[0]).map(|_| subject[chance.below(subject.len())]).collect::<Vec<_>>();
        // What every article says is no word of its own.
        let rare = |chance: &mut Chance| loop {
            let word = model.urn.draw(chance.any());
            if word >= EVERYBODYS {
                return word as u32;
            }
        };
        let of_all = (0..OWN[1]).map(|_| rare(&mut chance)).collect::<Vec<_>>();
        let mut own = [of_subject, of_all].concat();
        chance.shuffle(&mut own);
        let mut article = Article { model, chance, own, names: Vec::new(), last: 0 };
        article.names = (0..OWN[2]).map(|_| article.name()).collect();
        let title = 8 + article.chance.below(6) + article.chance.below(5);
        let mut text = String::with_capacity(96);
        article.sentence(&mut text, title, OWN_IN_TITLE);
        let title = text;
        let lead = 20 + article.chance.below(31);
        let mut text = String::with_capacity(256);
        article.paragraph(&mut text, lead);
        let lead = text;
        let length = (MEDIAN * (article.normal() * DEVIATION).exp()) as usize;
        let length = length.clamp(40, 6_000);
        let mut body = String::with_capacity(length * 7);
        let mut said = 0;
        while said < length {
            if said > 0 {
                body.push('\n');
            }
            let paragraph = (40 + article.chance.below(60)).min(length - said).max(8);
            article.paragraph(&mut body, paragraph);
            said += paragraph;
        }
        Words { id: number.to_string(), title, lead, body }
    }
}

impl Article<'_> {
    /// A number around 0 with a deviation of 1.
    fn normal(&mut self) -> f64 {
        let sum: f64 = (0..12).map(|_| self.chance.share()).sum();
        sum - 6.0
    }

    /// The name of a person or a place, or a foreign word.
    fn name(&mut self) -> String {
        let one = |chance: &mut Chance, of: &str| {
            let count = of.split(' ').count();
            of.split(' ').nth(chance.below(count)).unwrap_or_default().to_owned()
        };
        match self.chance.below(10) {
            0..=3 => self.model.places[self.model.place.draw(self.chance.any())].to_owned(),
            4..=6 => {
                let chance = &mut self.chance;
                format!("{} {} {}", one(chance, FAMILIES), one(chance, MIDDLES), one(chance, GIVEN))
            }
            _ => {
                // The lower, the more frequent: a few are in very many articles, most in one.
                let rank = (self.chance.share() * 13.0).exp() as u64;
                foreign(rank)
            }
        }
    }

    fn number(&mut self) -> String {
        match self.chance.below(8) {
            0..=3 => (1 + self.chance.below(31)).to_string(),
            4 => (2010 + self.chance.below(17)).to_string(),
            5 => format!("{}/{}", 1 + self.chance.below(28), 1 + self.chance.below(12)),
            6 => (10 * self.chance.below(100)).to_string(),
            _ => self.chance.below(100_000).to_string(),
        }
    }

    /// Says one thing more; gives how many syllables that was.
    fn say(&mut self, text: &mut String, own: f64) -> usize {
        let drawn = self.chance.share();
        let word = if drawn < OTHER {
            let drawn = self.chance.below(10);
            let said = match drawn {
                0..=2 => self.number(),
                3 => self.name(),
                _ => {
                    let at = self.chance.below(self.names.len()) * self.chance.below(self.names.len());
                    self.names[at / self.names.len()].clone()
                }
            };
            text.push_str(&said);
            self.last = 0;
            return said.split([' ', '/', '&']).count();
        } else if drawn < OTHER + own {
            self.own[self.model.own.draw(self.chance.any())] as usize
        } else if self.chance.share() < FOLLOW {
            let follower = self.model.followers.draw(self.chance.any()) as u64;
            self.model.urn.draw(mix(self.last << 8 | follower))
        } else {
            self.model.urn.draw(self.chance.any())
        };
        self.last = word as u64 + 1;
        let Word { text: word, syllables } = self.model.words[word];
        text.push_str(word);
        syllables
    }

    /// A sentence of about so many syllables, without a stop.
    fn sentence(&mut self, text: &mut String, syllables: usize, own: f64) {
        let start = text.len();
        let mut said = self.say(text, own);
        let first: String = text[start..].chars().next().into_iter().flat_map(char::to_uppercase).collect();
        let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        text.replace_range(start..end, &first);
        while said < syllables {
            text.push_str(if self.chance.below(14) == 0 { ", " } else { " " });
            said += self.say(text, own);
        }
    }

    /// Sentences of about so many syllables together.
    fn paragraph(&mut self, text: &mut String, syllables: usize) {
        let mut left = syllables;
        while left > 0 {
            let length = (9 + self.chance.below(22)).min(left);
            self.sentence(text, length, SAY_OWN);
            text.push('.');
            left -= length;
            if left > 0 {
                text.push(' ');
            }
        }
    }
}

/// A word that is no Vietnamese one.
fn foreign(rank: u64) -> String {
    const BEGINNINGS: [&str; 16] =
        ["b", "br", "cl", "d", "f", "gr", "j", "k", "l", "m", "p", "r", "s", "st", "v", "w"];
    const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "oo", "ea", "ai"];
    const ENDS: [&str; 16] =
        ["b", "ck", "d", "f", "ll", "m", "n", "r", "rd", "s", "st", "x", "z", "ft", "rk", "ss"];
    let mut number = mix(rank);
    let mut word = String::new();
    for part in 0..2 + (rank.min(1 << 12) >> 8).min(1) {
        let mut draw = |of: usize| {
            let drawn = number as usize % of;
            number = mix(number);
            drawn
        };
        word.push_str(BEGINNINGS[draw(16)]);
        word.push_str(MIDDLES[draw(8)]);
        if part > 0 {
            word.push_str(ENDS[draw(16)]);
        }
    }
    let first = word.remove(0).to_ascii_uppercase();
    word.insert(0, first);
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{articles::Articles, describe::describe};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn an_article_is_the_same_each_time_and_no_other(number in 0u32..2_000_000) {
            let words = Generator.words(number);
            prop_assert_eq!(&words, &Generator.words(number));
            let next = Generator.words(number + 1);
            prop_assert_ne!(&words.title, &next.title);
            prop_assert_ne!(&words.body, &next.body);
        }

        #[test]
        fn an_article_has_the_parts_of_one(number in 0u32..2_000_000) {
            let words = Generator.words(number);
            let syllables = |text: &str| viet_text::syllables(text).count();
            prop_assert!((8..=22).contains(&syllables(&words.title)), "{}", words.title);
            prop_assert!((20..=70).contains(&syllables(&words.lead)), "{}", words.lead);
            prop_assert!((30..=7_000).contains(&syllables(&words.body)));
            prop_assert!(words.title.chars().next().is_some_and(|first| !first.is_lowercase()), "{}", words.title);
            prop_assert!(words.body.lines().all(|line| line.ends_with('.')), "{}", words.body);
        }

        #[test]
        fn an_urn_gives_by_weight(weights in prop::collection::vec(0.1f64..10.0, 1..20), seed: u64) {
            const DRAWN: usize = 20_000;
            let (urn, mut chance) = (Urn::new(&weights), Chance::new(seed, 0));
            let mut drawn = vec![0usize; weights.len()];
            (0..DRAWN).for_each(|_| drawn[urn.draw(chance.any())] += 1);
            let sum: f64 = weights.iter().sum();
            for (weight, drawn) in weights.iter().zip(drawn) {
                // Six deviations of so many draws are 0.02.
                prop_assert!((weight / sum - drawn as f64 / DRAWN as f64).abs() < 0.022);
            }
        }
    }

    /// The bounds are those of 1,000 articles of the corpus (`bench describe --articles 1000`) with a margin of a
    /// fifth: close enough for sizes and costs.
    #[test]
    fn generated_articles_are_like_real_ones() {
        let likeness = describe(&Articles::generated(1000, 1000));
        let near = |value: f64, real: f64| (real * 0.8..=real * 1.2).contains(&value);
        for (value, real) in likeness.lengths.into_iter().zip([200.0, 335.0, 488.0, 757.0, 1318.0]) {
            assert!(near(value as f64, real), "{likeness:?}");
        }
        assert!(near(likeness.mean, 597.0) && near(likeness.bytes, 3538.0), "{likeness:?}");
        assert!(near(likeness.title, 12.8) && near(likeness.lead, 36.1), "{likeness:?}");
        assert!(near(likeness.distinct, 212.0) && near(likeness.pairs, 458.0), "{likeness:?}");
    }

    #[test]
    fn the_table_of_words_is_whole() {
        assert_eq!(model().words.len(), 6_000);
        let syllable = |s: &str| viet_text::syllable_number(&viet_text::fold(s)).is_some();
        let odd: Vec<_> =
            model().words.iter().filter(|word| !word.text.split(' ').all(syllable)).map(|w| w.text).collect();
        assert!(odd.len() < 10, "{odd:?}");
    }
}
