//! How well a document fits the words: one number, the same wherever the document lies.
//!
//! Everything counts once, at its best place, so a long text gains nothing by repeating itself. Not here:
//! the day of the article; it decides between equals (`answer`).

use crate::{Document, wanted::Wanted};

/// Where a syllable can stand, best first.
const PLACES: usize = 4;
/// What a syllable is worth in the title, lead, body and tags.
const ALONE: [u64; PLACES] = [6, 3, 2, 1];
/// What two neighbours of the query are worth where they are neighbours in the text, besides their own
/// worth. The least is more than two syllables gain by standing apart in the title instead of together
/// elsewhere (2 · (6 − 1) = 10): together anywhere is better than apart anywhere.
const TOGETHER: [u64; PLACES] = [30, 24, 20, 16];
/// What the marks that were typed multiply a worth by: more than all places differ, so that the same marks
/// come first, and a sum over the syllables, so that one wrong mark in a long query spoils little.
const SAME_MARKS: u64 = 100;

/// The merit of a document, or `None` when some syllable asked for does not occur in it.
pub(crate) fn merit(wanted: &Wanted, document: &Document) -> Option<u64> {
    let mut alone = vec![0; wanted.syllables()];
    let mut together = vec![0; wanted.pairs()];
    let Document { headline, tags, text, .. } = document;
    let texts = [(0, &headline.title), (1, &headline.summary), (2, text)];
    for (place, text) in texts.into_iter().chain(tags.iter().map(|tag| (3, tag))) {
        let mut same_marks_before = false;
        for found in wanted.occurrences(text) {
            let factor = |same_marks| if same_marks { SAME_MARKS } else { 1 };
            raise(&mut alone[found.syllable], ALONE[place] * factor(found.same_marks));
            if let Some(pair) = found.pair {
                raise(&mut together[pair], TOGETHER[place] * factor(found.same_marks && same_marks_before));
            }
            same_marks_before = found.same_marks;
        }
    }
    alone.iter().all(|&worth| worth > 0).then(|| alone.iter().chain(&together).sum())
}

fn raise(worth: &mut u64, to: u64) {
    *worth = to.max(*worth);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::samples::document;

    /// Asserts that the documents (title, lead, body) are ranked in the order they are written here.
    fn assert_ranked(words: &str, rows: &[(&str, &str, &str)]) {
        let wanted = Wanted::of(words);
        let merits: Vec<_> = rows
            .iter()
            .map(|(title, lead, body)| {
                merit(&wanted, &document(1, title, lead, body)).expect("it has the words")
            })
            .collect();
        assert!(merits.is_sorted_by(|a, b| a > b), "{words}: {merits:?}");
    }

    #[test]
    fn title_counts_over_lead_over_body() {
        assert_ranked(
            "tuyển sinh",
            &[("Tuyển sinh", "", ""), ("", "Tuyển sinh", ""), ("", "", "Tuyển sinh")],
        );
        assert_ranked("sở", &[("Sở", "", ""), ("", "Sở", ""), ("", "", "Sở")]);
    }

    #[test]
    fn together_in_the_body_is_better_than_apart_in_the_title() {
        assert_ranked(
            "hoi nghi",
            &[
                ("Hội nghị", "", ""),
                ("", "", "hội nghị"),
                ("Nghị viện mở hội", "", ""),
                ("", "", "nhà nghỉ, cơ hội"),
            ],
        );
        assert_ranked(
            "hội nghị trực tuyến",
            &[
                ("", "", "hội nghị trực tuyến"),
                ("", "", "hội nghị, tuyến đường trực"),
                ("Nghị hội tuyến trực", "", ""),
            ],
        );
    }

    #[test]
    fn the_marks_as_typed_come_first() {
        assert_ranked("hội nghị", &[("", "", "Nghị hội"), ("Hỏi nghỉ", "", "")]);
        assert_ranked("hoà bình", &[("", "", "hòa bình"), ("", "", "bình hoà"), ("Hoa binh", "", "")]);
        let wanted = Wanted::of("hoa binh");
        let plain = |title| merit(&wanted, &document(1, title, "", ""));
        assert_eq!(plain("Hoà bình"), plain("Hoa binh"));
    }

    #[test]
    fn one_wrong_mark_in_a_long_query_spoils_little() {
        assert_ranked(
            "giáo dục mâm non tư thục",
            &[("", "", "giáo dục mầm non tư thục"), ("", "", "tư mâm, giáo thục, non dục")],
        );
    }

    #[test]
    fn a_document_without_one_of_the_syllables_is_none() {
        assert_eq!(merit(&Wanted::of("giáo dục"), &document(1, "Giáo viên", "", "dụ c")), None);
        assert_eq!(merit(&Wanted::of(""), &document(1, "", "", "")), Some(0));
    }
}
