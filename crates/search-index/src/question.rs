//! A query's words as search wants them: what must occur, what stands beside what, what must not.
//!
//! Not here: which lists answer it (`plan`), how well a document fits (`merit`).

use crate::{
    ShortForms,
    reading::{Reader, Tok},
};
use viet_text::syllable_number;

/// A query's words, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Question {
    /// Each folded token once, in the order of the query.
    pub(crate) terms: Vec<Asked>,
    /// Neighbours among them that make a pair, in the order of the query.
    pub(crate) pairs: Vec<AskedPair>,
    /// Word sequences in quotes.
    pub(crate) phrases: Vec<Phrase>,
    /// What must not occur: `-từ`, `-"cụm từ"`.
    pub(crate) excluded: Vec<Phrase>,
    /// Whether any mark was typed. Then a syllable without marks was meant without, too: who types "cao đẳng" means
    /// no "cạo".
    pub(crate) marked: bool,
    /// Whether anything was typed at all, if only a question mark.
    pub(crate) typed: bool,
}

/// A folded token that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) folded: String,
    /// Its number among Vietnamese syllables.
    pub(crate) syllable: Option<u16>,
    /// The spellings it was typed in; empty where any will do.
    pub(crate) marks: Vec<u8>,
    /// Its first place among all tokens of the query.
    pub(crate) at: usize,
    /// Whether it only joins others: then it need not occur, and only helps to rank.
    pub(crate) function: bool,
}

/// Two terms that stand beside each other in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedPair {
    /// Positions in [`Question::terms`].
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// Their spelling, as `first << 8 | second`; `None` where any will do.
    pub(crate) marks: Option<u16>,
    /// Whether it stands in quotes, and so is a word whatever the archive says.
    pub(crate) quoted: bool,
    /// Whether a function word is in it: such pairs are known from titles alone, and only help to rank.
    pub(crate) function: bool,
}

/// Tokens that have to follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) tokens: Vec<Spelled>,
}

/// A token of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) folded: String,
    /// Its spelling, where a mark of the phrase was typed.
    pub(crate) marks: Option<u8>,
    pub(crate) function: bool,
}

/// A piece of the words: in quotes or not, wanted or not.
struct Piece<'a> {
    text: &'a str,
    quoted: bool,
    excluded: bool,
}

/// Cuts at quotes of all kinds, and takes `-` for "not" where it stands before a word and behind none.
fn pieces(words: &str) -> Vec<Piece<'_>> {
    let is_quote = |c: char| viet_text::fold_char(c) == Some('"');
    let is_minus = |c: char| viet_text::fold_char(c) == Some('-');
    let mut pieces = Vec::new();
    let mut rest = words;
    let mut after_space = true;
    while let Some(first) = rest.chars().next() {
        let tail = &rest[first.len_utf8()..];
        let minus =
            after_space && is_minus(first) && tail.starts_with(|c: char| c.is_alphanumeric() || is_quote(c));
        let inner = if minus { tail } else { rest };
        if let Some(quote) = inner.chars().next().filter(|&c| is_quote(c)) {
            let inside = &inner[quote.len_utf8()..];
            let (text, behind) = match inside.char_indices().find(|&(_, c)| is_quote(c)) {
                Some((end, closing)) => (&inside[..end], &inside[end + closing.len_utf8()..]),
                // A quote that is never closed is a slip: what follows are plain words.
                None => {
                    pieces.push(Piece { text: inside, quoted: false, excluded: false });
                    return pieces;
                }
            };
            pieces.push(Piece { text, quoted: true, excluded: minus });
            rest = behind;
            after_space = true;
        } else {
            // Up to the next space if it is excluded, else up to the next piece of another kind.
            let mut before = ' ';
            let end = inner.char_indices().find(|&(at, c)| {
                let ends = if minus {
                    c.is_whitespace()
                } else {
                    is_quote(c)
                        || (at > 0
                            && is_minus(c)
                            && before.is_whitespace()
                            && inner[at + c.len_utf8()..]
                                .starts_with(|c: char| c.is_alphanumeric() || is_quote(c)))
                };
                before = c;
                ends
            });
            let end = end.map_or(inner.len(), |(at, _)| at);
            pieces.push(Piece { text: &inner[..end], quoted: false, excluded: minus });
            after_space = inner[..end].ends_with(char::is_whitespace) || minus;
            rest = &inner[end..];
        }
    }
    pieces
}

impl Question {
    /// Reads the words of a query.
    pub(crate) fn of(words: &str, own: &ShortForms) -> Self {
        Self::read(words, &mut Reader::new(own))
    }

    /// Reads them with a reader that will be needed again.
    pub(crate) fn read(words: &str, reader: &mut Reader) -> Self {
        let mut question = Self { typed: !words.trim().is_empty(), ..Self::default() };
        let read: Vec<(Piece<'_>, Vec<Tok>)> = pieces(words)
            .into_iter()
            .map(|piece| {
                let toks = reader.read(piece.text);
                (piece, toks)
            })
            .collect();
        let is_marked = |toks: &[Tok]| toks.iter().any(|tok| tok.marks > 0 && !tok.written_out);
        question.marked = read.iter().any(|(piece, toks)| !piece.excluded && is_marked(toks));
        let marked = question.marked;
        let functional =
            |reader: &Reader, tok: &Tok| tok.function || !marked && reader.is_function_without_marks(tok);
        let wanted = read.iter().filter(|(piece, _)| !piece.excluded);
        // Where all are function words, they are what is asked for.
        let has_content = wanted.flat_map(|(_, toks)| toks).any(|tok| !functional(reader, tok));
        let mut at_token = 0;
        for (piece, toks) in &read {
            let phrase = || Phrase {
                tokens: toks
                    .iter()
                    .map(|tok| Spelled {
                        folded: reader.folded(tok.term).to_owned(),
                        marks: (is_marked(toks) && !tok.written_out).then_some(tok.marks),
                        function: tok.function,
                    })
                    .collect(),
            };
            if piece.excluded {
                if !toks.is_empty() {
                    question.excluded.push(phrase());
                }
                continue;
            }
            let mut before: Option<(usize, &Tok)> = None;
            for tok in toks {
                at_token += 1;
                let function = has_content && functional(reader, tok);
                let at =
                    question.term(reader.folded(tok.term), tok.marks, marked && !tok.written_out, at_token);
                question.terms[at].function &= function;
                let numbered = |at: usize| question.terms[at].syllable.is_some();
                if let Some((first, first_tok)) = before.filter(|&(first, _)| numbered(first) && numbered(at))
                    && !tok.new_line
                {
                    let spelled = marked && !first_tok.written_out && !tok.written_out;
                    // By its spelling: where all are function words, they make no pairs all the same.
                    let function = functional(reader, first_tok) || functional(reader, tok);
                    let pair = AskedPair {
                        first,
                        second: at,
                        marks: spelled.then_some(u16::from(first_tok.marks) << 8 | u16::from(tok.marks)),
                        quoted: piece.quoted && !function,
                        function,
                    };
                    match question.pairs.iter_mut().find(|p| (p.first, p.second) == (first, at)) {
                        Some(known) => {
                            known.quoted |= pair.quoted;
                            known.function &= function;
                        }
                        None => question.pairs.push(pair),
                    }
                }
                before = Some((at, tok));
            }
            if piece.quoted && toks.len() > 1 {
                question.phrases.push(phrase());
            }
        }
        question
    }

    /// The position of a term, new or known.
    fn term(&mut self, folded: &str, marks: u8, spelled: bool, at_token: usize) -> usize {
        let at = self.terms.iter().position(|term| term.folded == folded).unwrap_or_else(|| {
            let syllable = syllable_number(folded);
            self.terms.push(Asked {
                folded: folded.to_owned(),
                syllable,
                marks: Vec::new(),
                at: at_token,
                function: true,
            });
            self.terms.len() - 1
        });
        if spelled && !self.terms[at].marks.contains(&marks) {
            self.terms[at].marks.push(marks);
        }
        at
    }

    /// The positions of the terms that must occur.
    pub(crate) fn content(&self) -> Vec<usize> {
        (0..self.terms.len()).filter(|&at| !self.terms[at].function).collect()
    }

    /// Whether nothing can fit: something was typed that has no letter or digit.
    pub(crate) fn is_unanswerable(&self) -> bool {
        self.typed && self.terms.is_empty() && self.excluded.is_empty()
    }

    /// The numbers of the two syllables of a pair.
    pub(crate) fn numbers(&self, pair: &AskedPair) -> (u16, u16) {
        let number = |at: usize| self.terms.get(at).and_then(|term| term.syllable).unwrap_or_default();
        (number(pair.first), number(pair.second))
    }
}

impl Phrase {
    /// Whether lists of pairs alone say where it stands: two syllables that make a pair.
    pub(crate) fn is_a_pair(&self) -> bool {
        self.tokens.len() == 2 && self.pair().is_some()
    }

    /// Whether a spelling of its key is that of the phrase, which counts where marks were typed.
    pub(crate) fn has_marks(&self, marks: u16) -> bool {
        let own = self.tokens.iter().map(|token| token.marks);
        own.flatten()
            .fold(None, |all, m| Some(all.unwrap_or(0) << 8 | u16::from(m)))
            .is_none_or(|own| own == marks)
    }

    /// The pair that it is.
    pub(crate) fn pair(&self) -> Option<(u16, u16)> {
        match self.tokens.as_slice() {
            [a, b] if !a.function && !b.function => {
                Some((syllable_number(&a.folded)?, syllable_number(&b.folded)?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Question {
        Question::of(words, &ShortForms::new())
    }

    fn terms(question: &Question) -> String {
        question.content().iter().map(|&t| question.terms[t].folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn quotes_and_minus_are_read_in_all_their_kinds() {
        for words in ["hội nghị -\"trực tuyến\" –covid “năm học”", "hội nghị “năm học” −covid -«trực tuyến»"]
        {
            let question = of(words);
            assert_eq!(terms(&question), "hoi nghi nam hoc", "{words}");
            assert_eq!(question.phrases.len(), 1);
            assert_eq!(question.excluded.len(), 2);
        }
        assert_eq!(terms(&of("2020-2021 \"mở")), "2020 2021 mo");
        assert!(of("học-sinh").excluded.is_empty());
        assert!(of("- học").excluded.is_empty());
        assert!(of("-").is_unanswerable() && of("?").is_unanswerable() && !of(" ").is_unanswerable());
    }

    #[test]
    fn function_words_are_left_out_unless_there_is_nothing_else() {
        assert_eq!(terms(&of("giáo dục và đào tạo")), "giao duc dao tao");
        assert_eq!(of("giáo dục và đào tạo").pairs.iter().filter(|pair| !pair.function).count(), 2);
        assert_eq!(terms(&of("giao duc va dao tao")), "giao duc dao tao");
        assert_eq!(terms(&of("không có gì")), "khong co gi");
        assert_eq!(terms(&of("và của")), "va cua");
        assert_eq!(terms(&of("cửa")), "cua");
    }

    #[test]
    fn a_short_form_asks_for_no_marks() {
        assert!(!of("so gddt").marked);
        assert!(of("sở gddt").marked);
        assert!(of("gddt").terms.iter().all(|term| term.marks.is_empty()));
    }
}
