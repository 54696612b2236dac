//! A query string -> the values of one of its parameters.

use percent_encoding::percent_decode_str;

/// The values of the parameter `name`, in order, decoded as a browser encodes
/// a form (`+` is a space). What does not decode as UTF-8 is shown as far as
/// it does.
pub fn values(query: &str, name: &str) -> Vec<String> {
    query
        .split('&')
        .filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key) == name).then(|| decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_as_a_form() {
        for (query, expected) in [
            ("", vec![]),
            ("district=nowa-huta", vec!["nowa-huta"]),
            ("district=a&x=y&district=b", vec!["a", "b"]),
            ("district=Nowa+Huta", vec!["Nowa Huta"]),
            ("district=Bie%C5%84czyce", vec!["Bieńczyce"]),
            ("%64istrict=a", vec!["a"]),
            ("district", vec![""]),
            ("district=%FF", vec!["\u{fffd}"]),
        ] {
            assert_eq!(values(query, "district"), expected, "{query}");
        }
    }
}
