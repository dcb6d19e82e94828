//! The piece of a text that shows why it was found.

use crate::{
    Document,
    wanted::{Occurrence, Wanted},
};
use std::ops::Range;

/// Characters of a snippet: two to three lines on a screen, four on a telephone.
pub(crate) const LENGTH: usize = 200;
/// Most characters from the first to the last word that a snippet is chosen for; the rest is for what
/// stands around them.
const SPAN: usize = 150;
/// What a pair of neighbours is worth against a syllable alone, as in `merit`.
const PAIR: usize = 10;
/// What the marks that were typed multiply a worth by, as in `merit`.
const SAME_MARKS: usize = 100;

/// A text and the places in it that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) marks: Vec<Range<usize>>,
}

/// The marks of a title: where the syllables stand, with the marks as typed if any stand so.
pub(crate) fn marks(wanted: &mut Wanted, text: &str) -> Vec<Range<usize>> {
    best_spelled(wanted, text).into_iter().map(|o| o.range).collect()
}

/// The snippet of a document: from the lead when the words stand there as well as anywhere in the body,
/// else from the body; the opening of either when they stand only elsewhere.
pub(crate) fn snippet(wanted: &mut Wanted, document: &Document) -> Marked {
    let (syllables, pairs) = wanted.findable();
    let most = SAME_MARKS * (syllables + PAIR * pairs);
    let mut candidate = |text| {
        let found = best_spelled(wanted, text);
        let (worth, window) = best_window(wanted, text, &found);
        (worth, text, found, window)
    };
    let lead = candidate(document.headline.summary.as_str());
    if lead.0 == most && !lead.1.trim().is_empty() {
        // No place in the body can be better, so its thousand words need not be read.
        return cut(lead.1, &lead.2, lead.3);
    }
    let body = candidate(document.text.as_str());
    let lead_is_better = if lead.1.trim().is_empty() { body.1.trim().is_empty() } else { lead.0 >= body.0 };
    let (_, text, found, window) = if lead_is_better { lead } else { body };
    cut(text, &found, window)
}

/// Leaves out a syllable's places with other marks than typed where it also stands with the typed ones:
/// who asks for "hội nghị" does not want every "hỏi" marked beside it.
fn best_spelled(wanted: &mut Wanted, text: &str) -> Vec<Occurrence> {
    let mut found = wanted.occurrences(text);
    let mut same_marks = vec![false; wanted.syllables()];
    for o in &found {
        same_marks[o.syllable] |= o.same_marks;
    }
    found.retain(|o| o.same_marks || !same_marks[o.syllable]);
    found
}

/// The stretch of at most [`SPAN`] characters with the most of what was asked for, the first among equals,
/// and its worth. Empty at the start of the text when nothing stands in it.
fn best_window(wanted: &Wanted, text: &str, found: &[Occurrence]) -> (usize, Range<usize>) {
    // Where each place starts and ends, counted in characters.
    let (mut chars, mut at) = (0, 0);
    let spans: Vec<_> = found
        .iter()
        .map(|o| {
            chars += text[at..o.range.start].chars().count();
            let start = chars;
            chars += text[o.range.clone()].chars().count();
            at = o.range.end;
            start..chars
        })
        .collect();
    let mut best = (0, 0..0);
    for first in 0..found.len() {
        let mut alone = vec![0; wanted.syllables()];
        let mut together = vec![0; wanted.pairs()];
        for last in first..found.len() {
            if last > first && spans[last].end - spans[first].start > SPAN {
                break;
            }
            let o = &found[last];
            let worth = if o.same_marks { SAME_MARKS } else { 1 };
            alone[o.syllable] = worth.max(alone[o.syllable]);
            if let Some(pair) = o.pair.filter(|_| last > first) {
                together[pair] = (PAIR * worth).max(together[pair]);
            }
            let worth = alone.iter().chain(&together).sum();
            if worth > best.0 {
                best = (worth, found[first].range.start..o.range.end);
            }
        }
    }
    best
}

/// Cuts [`LENGTH`] characters around a window of a text at word boundaries, with … where something is
/// missing, and newlines as spaces.
fn cut(text: &str, found: &[Occurrence], window: Range<usize>) -> Marked {
    let (before, after) = (&text[..window.start], &text[window.end..]);
    let room = LENGTH.saturating_sub(text[window.clone()].chars().count());
    // A third of the room goes before the window, for what follows a word explains more than what led to
    // it; more where the text ends soon.
    let left_over = room - after.chars().take(room).count();
    let start = before.char_indices().rev().take(left_over.max(room / 3)).last();
    let start = start.map_or(window.start, |(at, _)| at);
    let start = match before[start..].rfind('\n') {
        _ if start == 0 => 0,
        // A line that begins near is a good beginning, if there is enough of it.
        Some(line) if left_over <= room / 3 => start + line + 1,
        _ if before[..start].ends_with(char::is_whitespace) => start,
        _ => before[start..].find(char::is_whitespace).map_or(window.start, |space| start + space),
    };
    let room = LENGTH.saturating_sub(text[start..window.end].chars().count());
    let end = after.char_indices().nth(room).map_or(after.len(), |(at, _)| at);
    let end = match after[..end].rfind(char::is_whitespace) {
        _ if end == after.len() || after[end..].starts_with(char::is_whitespace) => end,
        Some(space) => space,
        // One endless word: at its last marked syllable, or anywhere.
        None if window.is_empty() => end,
        None => 0,
    };
    let end = window.end + end;
    let piece = text[start..end].trim();
    let start = start + (text[start..end].len() - text[start..end].trim_start().len());
    let end = start + piece.len();
    let mut cut = String::with_capacity(piece.len() + 8);
    if !text[..start].trim().is_empty() {
        cut.push('…');
    }
    let shift = cut.len();
    // Every space that breaks a line is one byte, so places keep their distance.
    cut.extend(piece.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }));
    if !text[end..].trim().is_empty() {
        cut.push('…');
    }
    let inside = found.iter().filter(|o| start <= o.range.start && o.range.end <= end);
    let marks = inside.map(|o| o.range.start - start + shift..o.range.end - start + shift).collect();
    Marked { text: cut, marks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ShortForms, samples::document};

    fn shown(words: &str, lead: &str, body: &str) -> (String, Vec<String>) {
        let snippet = snippet(&mut Wanted::of(words, &ShortForms::new()), &document(1, "", lead, body));
        let marks = snippet.marks.iter().map(|range| snippet.text[range.clone()].to_owned()).collect();
        (snippet.text, marks)
    }

    #[test]
    fn a_short_lead_is_shown_whole_and_marked() {
        let (text, marks) = shown("giao duc", "Ngành Giáo dục họp.", "Giáo viên.");
        assert_eq!((text.as_str(), marks), ("Ngành Giáo dục họp.", vec!["Giáo".into(), "dục".into()]));
    }

    #[test]
    fn a_long_text_is_cut_around_the_best_place_at_word_boundaries() {
        let body = format!(
            "{}cơ hội và nhà nghỉ. {}Hội nghị\ntrực tuyến. {}",
            "a bc ".repeat(60),
            "đè nén ".repeat(60),
            "xa ".repeat(90)
        );
        let (text, marks) = shown("hoi nghi", "Một lead khác.", &body);
        assert!(text.starts_with('…') && text.ends_with('…'), "{text}");
        assert!(text.contains("Hội nghị trực tuyến."), "{text}");
        assert_eq!(marks, ["Hội", "nghị"]);
        let length = text.chars().count();
        assert!((LENGTH - 15..=LENGTH + 2).contains(&length), "{length}");
        let words = text
            .trim_matches('…')
            .split(' ')
            .all(|w| ["đè", "nén", "Hội", "nghị", "trực", "tuyến.", "xa"].contains(&w));
        assert!(words, "{text}");
    }

    #[test]
    fn a_snippet_begins_with_the_line_where_one_begins_near() {
        let body = format!("{}\nĐiều 1. Khen thưởng. {}", "xa ".repeat(90), "tập thể ".repeat(40));
        assert!(shown("khen thuong", "", &body).0.starts_with("…Điều 1. Khen thưởng. tập"));
    }

    #[test]
    fn the_end_of_a_text_is_shown_with_more_of_what_led_to_it() {
        let body = format!("{}xa\nhội nghị.", "xa ".repeat(90));
        let text = shown("hoi nghi", "", &body).0;
        assert!(text.ends_with("xa hội nghị.") && text.chars().count() > LENGTH - 5, "{text}");
        assert_eq!(shown("hai", "", "Một.\nHai.").0, "Một. Hai.");
    }

    #[test]
    fn without_words_or_with_words_elsewhere_the_opening_is_shown() {
        assert_eq!(shown("", "Lead.", "Body."), ("Lead.".into(), vec![]));
        assert_eq!(shown("khác", " ", " Body\nhai. "), ("Body hai.".into(), vec![]));
        assert_eq!(shown("khác", "", ""), (String::new(), vec![]));
        assert_eq!(shown("", "", &"dài ".repeat(100)).0.chars().count(), LENGTH);
        assert_eq!(shown("", "", &"x".repeat(300)).0, format!("{}…", "x".repeat(LENGTH)));
    }

    #[test]
    fn other_marks_are_not_marked_beside_the_typed_ones() {
        assert_eq!(shown("hội nghị", "hỏi hội nghị nghỉ", "").1, ["hội", "nghị"]);
        assert_eq!(shown("hội nghị", "hỏi nghỉ", "").1, ["hỏi", "nghỉ"]);
    }

    #[test]
    fn a_word_inside_an_endless_one_is_kept() {
        let body = format!("{}/học/{}", "x".repeat(300), "y".repeat(300));
        assert_eq!(shown("hoc", "", &body), ("…học…".into(), vec!["học".into()]));
    }
}
