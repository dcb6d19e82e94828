//! From text to tokens as search wants them: short forms written out, function words known, numbers plain.
//!
//! The builder, the scan and the query read with the same [`Reader`], so there is one way to read. Not here:
//! folding (`viet_text`), what is asked (`question`).

use rustc_hash::FxHashMap;

/// Words that only join others: no pair is made with them, and a query that has other words leaves them out.
/// By their spelling, since "của" is one where "cửa" is none.
const FUNCTION_WORDS: &str = "và của có là cho được trong đã với không một các những này đó về từ khi vào thì mà bị \
để đến ở cũng như sẽ tại theo trên nên hay hoặc rằng vẫn đang rất nhưng nếu vì bởi sau trước tôi mình gì nào đâu vậy \
đấy kia ấy mọi mỗi rồi chưa chẳng còn đều phải lại hơn nhiều luôn ngay vừa cùng giữa nó";

/// Those of them that are taken for one also when typed without marks: hardly any other word folds to them.
const ALSO_WITHOUT_MARKS: &str =
    "va cua co la cho duoc trong da voi khong mot cac nhung cung nhu se hoac rang";

/// Short forms that all of Việt Nam writes, and what they stand for. Each is taken for the same as its long form,
/// in texts and queries alike; several tokens are one form.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("GDĐT", "Giáo dục và Đào tạo"),
    ("GD ĐT", "Giáo dục và Đào tạo"),
    ("GD và ĐT", "Giáo dục và Đào tạo"),
    ("GDTX", "giáo dục thường xuyên"),
    ("GDPT", "giáo dục phổ thông"),
    ("GDMN", "giáo dục mầm non"),
    ("GDNN", "giáo dục nghề nghiệp"),
    ("THPT", "trung học phổ thông"),
    ("THCS", "trung học cơ sở"),
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("CNTT", "công nghệ thông tin"),
    ("HCM", "Hồ Chí Minh"),
    ("TPHCM", "TP Hồ Chí Minh"),
];

/// A department's own short forms and what they stand for (`short_forms` in portal.json).
pub type ShortForms = std::collections::BTreeMap<String, String>;

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tok {
    /// Its folded form, as a number of the reader that read it.
    pub(crate) term: u32,
    /// How it is spelled ([`viet_text::Token::marks`]).
    pub(crate) marks: u8,
    /// Its bytes in the text; the tokens of a short form share those of the form.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether a line was broken before it: then it stands beside nothing.
    pub(crate) new_line: bool,
    /// Whether it is a function word.
    pub(crate) function: bool,
    /// Whether a short form was written out to it.
    pub(crate) written_out: bool,
}

/// Reads texts; remembers every term it has met.
pub(crate) struct Reader {
    numbers: FxHashMap<Box<str>, u32>,
    terms: Vec<Term>,
    /// By the term that a form begins with, the longest first.
    forms: FxHashMap<u32, Vec<Form>>,
}

/// A folded token.
struct Term {
    folded: Box<str>,
    /// Its number in the inventory of Vietnamese syllables.
    syllable: Option<u16>,
    /// By marks the spellings that are function words, and whether also where no marks were typed. Here and not in a
    /// map, like the next: every token of every text asks.
    functions: Vec<(u8, bool)>,
    /// Whether a form begins with it.
    begins_form: bool,
}

struct Form {
    /// Terms to meet, with the marks they must have; `None` for letters that are no syllable ("GDĐT"), which
    /// people write with and without the bar of Đ.
    pattern: Vec<(u32, Option<u8>)>,
    /// `None` for a long form, which stays as it is, so that nothing inside it is written out.
    stands_for: Option<Vec<(u32, u8)>>,
}

impl Reader {
    pub(crate) fn new(own: &ShortForms) -> Self {
        let mut reader =
            Self { numbers: FxHashMap::default(), terms: Vec::new(), forms: FxHashMap::default() };
        for word in FUNCTION_WORDS.split_whitespace() {
            for tok in reader.plain(word) {
                reader.terms[tok.term as usize].functions.push((tok.marks, false));
            }
        }
        for word in ALSO_WITHOUT_MARKS.split_whitespace() {
            for tok in reader.plain(word) {
                if reader.function(tok.term, tok.marks).is_none() {
                    reader.terms[tok.term as usize].functions.push((tok.marks, true));
                }
            }
        }
        let known = SHORT_FORMS.iter().map(|&(short, long)| (short, long));
        for (short, long) in own.iter().map(|(short, long)| (short.as_str(), long.as_str())).chain(known) {
            let (short, long) = (reader.plain(short), reader.plain(long));
            let stands_for = long.iter().map(|tok| (tok.term, tok.marks)).collect();
            reader.add_form(&long, None);
            reader.add_form(&short, Some(stands_for));
        }
        reader
    }

    fn add_form(&mut self, toks: &[Tok], stands_for: Option<Vec<(u32, u8)>>) {
        let Some(first) = toks.first() else { return };
        let pattern: Vec<_> =
            toks.iter().map(|tok| (tok.term, self.syllable(tok.term).map(|_| tok.marks))).collect();
        self.terms[first.term as usize].begins_form = true;
        let forms = self.forms.entry(first.term).or_default();
        // The first that claims a form keeps it: a department's own come before everybody's.
        if forms.iter().all(|form| form.pattern != pattern) {
            forms.push(Form { pattern, stands_for });
            forms.sort_by_key(|form| std::cmp::Reverse(form.pattern.len()));
        }
    }

    pub(crate) fn folded(&self, term: u32) -> &str {
        self.terms.get(term as usize).map_or("", |term| &term.folded)
    }

    /// The number of a term in the inventory of syllables.
    pub(crate) fn syllable(&self, term: u32) -> Option<u16> {
        self.terms.get(term as usize)?.syllable
    }

    /// Whether a token is a function word also where no mark in the whole query was typed.
    pub(crate) fn is_function_without_marks(&self, tok: &Tok) -> bool {
        self.function(tok.term, tok.marks) == Some(true)
    }

    /// Whether a spelling is a function word: by itself, or only where no mark was typed.
    fn function(&self, term: u32, marks: u8) -> Option<bool> {
        let functions = &self.terms.get(term as usize)?.functions;
        functions.iter().find(|(known, _)| *known == marks).map(|(_, without_marks)| *without_marks)
    }

    fn number(&mut self, folded: &str) -> u32 {
        if let Some(&number) = self.numbers.get(folded) {
            return number;
        }
        let number = self.terms.len() as u32;
        self.terms.push(Term {
            folded: folded.into(),
            syllable: viet_text::syllable_number(folded),
            functions: Vec::new(),
            begins_form: false,
        });
        self.numbers.insert(folded.into(), number);
        number
    }

    /// The tokens without short forms.
    fn plain(&mut self, text: &str) -> Vec<Tok> {
        let mut toks = Vec::new();
        self.plain_into(text, &mut toks);
        toks
    }

    fn plain_into(&mut self, text: &str, toks: &mut Vec<Tok>) {
        viet_text::tokens(text, |token| {
            let term = self.number(plain_number(token.folded));
            toks.push(Tok {
                term,
                marks: token.marks,
                start: token.start as u32,
                end: token.end as u32,
                new_line: token.new_line,
                function: self.function(term, token.marks) == Some(false),
                written_out: false,
            });
        });
    }

    /// The tokens of a text, short forms written out. Texts over 4 GB are none.
    pub(crate) fn read(&mut self, text: &str) -> Vec<Tok> {
        let plain = self.plain(text);
        let mut toks = Vec::with_capacity(plain.len() + 8);
        let mut at = 0;
        while let Some(tok) = plain.get(at) {
            let begins = self.terms.get(tok.term as usize).is_some_and(|term| term.begins_form);
            let form = begins.then(|| self.forms.get(&tok.term)).flatten().and_then(|forms| {
                forms.iter().find(|form| {
                    plain.len() - at >= form.pattern.len()
                        && form.pattern.iter().zip(&plain[at..]).enumerate().all(
                            |(i, (&(term, marks), tok))| {
                                tok.term == term
                                    && marks.is_none_or(|marks| marks == tok.marks)
                                    && (i == 0 || !tok.new_line)
                            },
                        )
                })
            });
            match form {
                None => {
                    toks.push(*tok);
                    at += 1;
                }
                Some(Form { pattern, stands_for: None }) => {
                    toks.extend_from_slice(&plain[at..at + pattern.len()]);
                    at += pattern.len();
                }
                Some(Form { pattern, stands_for: Some(long) }) => {
                    let end = plain[at + pattern.len() - 1].end;
                    toks.extend(long.iter().enumerate().map(|(i, &(term, marks))| Tok {
                        term,
                        marks,
                        start: tok.start,
                        end,
                        new_line: tok.new_line && i == 0,
                        function: self.function(term, marks) == Some(false),
                        written_out: true,
                    }));
                    at += pattern.len();
                }
            }
        }
        toks
    }
}

/// A number without zeros before it: 11/09/2021 is 11/9/2021.
fn plain_number(folded: &str) -> &str {
    if !folded.bytes().all(|b| b.is_ascii_digit()) {
        return folded;
    }
    match folded.trim_start_matches('0') {
        "" => "0",
        number => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let mut reader = Reader::new(&ShortForms::from([("Sở".into(), "Sở Giáo dục và Đào tạo".into())]));
        reader.read(text).iter().map(|tok| reader.folded(tok.term).to_owned()).collect()
    }

    #[test]
    fn all_ways_to_write_a_short_form_are_the_long_one() {
        let long = read("giáo dục và đào tạo");
        assert_eq!(long.join(" "), "giao duc va dao tao");
        for short in ["GDĐT", "GD&ĐT", "GD-ĐT", "GD – ĐT", "GD và ĐT", "gd&đt", "GDDT", "Giáo dục và Đào tạo"]
        {
            assert_eq!(read(short), long, "{short}");
        }
        assert_eq!(read("THPT"), read("Trung học phổ thông"));
        assert_eq!(read("UBND"), read("uỷ ban nhân dân"));
    }

    #[test]
    fn a_department_has_its_own_and_its_long_form_is_not_written_out_again() {
        assert_eq!(read("Sở"), read("Sở Giáo dục và Đào tạo"));
        assert_eq!(read("Sở GDĐT").join(" "), "so giao duc va dao tao giao duc va dao tao");
        assert_eq!(read("số").join(" "), "so");
    }

    #[test]
    fn dates_with_and_without_zeros_are_the_same() {
        assert_eq!(read("11/09/2021"), read("11/9/2021"));
        assert_eq!(read("00 000").join(" "), "0 0");
    }

    #[test]
    fn the_tokens_of_a_short_form_share_its_place() {
        let mut reader = Reader::new(&ShortForms::new());
        let toks = reader.read("Sở GD&ĐT họp");
        let places: Vec<_> = toks.iter().map(|tok| (tok.start, tok.end)).collect();
        assert_eq!(places[1..6], [(5, 11); 5]);
        assert!(toks[1].written_out && !toks[0].written_out);
        assert_eq!(toks.iter().filter(|tok| tok.function).count(), 1);
    }
}
