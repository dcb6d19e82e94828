//! Percent-encoding and `application/x-www-form-urlencoded`, as browsers send it from a form with
//! `method="get"`. Not here: what the keys mean (`query`).

/// The pairs of a query string in order, decoded. Bytes that are no UTF-8 become U+FFFD, a stray `%` stays.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key, true), decode(value, true))
    })
}

/// A path with its escapes resolved.
pub(crate) fn decode_path(path: &str) -> String {
    decode(path, false)
}

fn decode(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        bytes.push(match (first, tail) {
            (b'+', _) if plus_is_space => b' ',
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            (byte, _) => *byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|n| u8::try_from(n).ok())
}

/// A value as browsers write it: letters and digits of ASCII and `*-._` as they are, a space as `+`.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            byte => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

/// Pairs as a query string.
pub(crate) fn print(pairs: &[(&'static str, String)]) -> String {
    let pair = |(key, value): &(&str, String)| [*key, "=", &encode(value)].concat();
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_are_read_as_browsers_send_them() {
        let read: Vec<_> = pairs("q=gi%C3%A1o+d%E1%BB%A5c&&muc=a&muc=b&tu=&x").collect();
        let expected = [("q", "giáo dục"), ("muc", "a"), ("muc", "b"), ("tu", ""), ("x", "")];
        assert_eq!(read, expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }

    #[test]
    fn broken_escapes_do_no_harm() {
        assert_eq!(decode("100%", true), "100%");
        assert_eq!(decode("%zz%4", true), "%zz%4");
        assert_eq!(decode("%FF%C3%A1", true), "\u{fffd}á");
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text in "\\PC*") {
            prop_assert_eq!(decode(&encode(&text), true), text);
        }
    }
}
