//! Runs of "(1) … (2) … (3) …" inside a sentence, the habit of official prose.
//!
//! Not here: how they are shown; the text itself stays as it is.

/// Fewest points that are worth a list.
const FEWEST: usize = 3;

/// The points of the first run in a text that counts from (1) on and has at least three, without their numbers and
/// without the comma, semicolon or "và" between them. The last one ends with its sentence.
pub fn enumeration(text: &str) -> Option<Vec<&str>> {
    let first = text.find("(1)")?;
    let mut points = Vec::new();
    let mut rest = &text[first + "(1)".len()..];
    for number in 2.. {
        let next = format!("({number})");
        let Some(at) = rest.find(&next) else { break };
        points.push(rest[..at].trim());
        rest = &rest[at + next.len()..];
    }
    // What stands behind the last point belongs to it only up to the end of its sentence.
    let sentence = viet_text::sentences(rest).first().map_or(rest, |first| &rest[..first.end]);
    points.push(sentence.trim());
    let points: Vec<_> = points.into_iter().map(without_joint).collect();
    (points.len() >= FEWEST && points.iter().all(|point| !point.is_empty())).then_some(points)
}

fn without_joint(point: &str) -> &str {
    let joint = |point: &str| point.trim_end_matches([' ', ',', ';', '.']).len();
    let cut = &point[..joint(point)];
    match cut.strip_suffix(" và") {
        Some(before) => &before[..joint(before)],
        None => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_has_points_or_none(text in "[(123) ăồ;,.\nvà]{0,80}") {
            if let Some(points) = enumeration(&text) {
                prop_assert!(points.len() >= FEWEST && points.iter().all(|point| text.contains(point)));
            }
        }

        #[test]
        fn points_that_are_joined_are_found_again(points in prop::collection::vec("[a-zăồ]{1,9}( [a-zăồ]{1,9}){0,3}", 3..12)) {
            prop_assume!(points.iter().all(|point| !point.ends_with(" và") && point != "và"));
            let joined: Vec<_> = points.iter().enumerate().map(|(i, point)| format!("({}) {point}", i + 1)).collect();
            let text = format!("Sở yêu cầu: {}. Các đơn vị thực hiện.", joined.join("; "));
            prop_assert_eq!(enumeration(&text), Some(points.iter().map(String::as_str).collect()));
        }
    }

    #[test]
    fn runs_of_official_prose_are_lists() {
        let text = "Hội nghị yêu cầu (1) rà soát đội ngũ; (2) bảo đảm cơ sở vật chất và (3) tăng cường truyền thông. \
                    Thời hạn: 30/9.";
        let points = ["rà soát đội ngũ", "bảo đảm cơ sở vật chất", "tăng cường truyền thông"];
        assert_eq!(enumeration(text).as_deref(), Some(&points[..]));
    }

    #[test]
    fn two_points_and_numbers_out_of_order_are_none() {
        assert_eq!(enumeration("(1) một, (2) hai"), None);
        assert_eq!(enumeration("Theo (2) và (3) và (1)"), None);
        assert_eq!(enumeration("(1) (2) (3)"), None);
        assert_eq!(enumeration(""), None);
    }
}
