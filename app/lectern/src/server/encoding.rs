//! `Accept-Encoding`: which compressed variants a client would rather have than the plain file.
//!
//! Grammar (RFC 9110, 12.5.3): `( coding [ ";" "q=" weight ] )` separated by commas, where `*` stands for every
//! coding not named and the weight, 0 to 1 with three decimals, defaults to 1; 0 means "not this one".

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

use crate::compress::Coding;

/// Weights in thousandths.
const FULL: u16 = 1000;

/// Compressed codings to try before the plain file, best first.
pub fn accepted(headers: &HeaderMap) -> Vec<Coding> {
    let lines: Vec<&str> =
        headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
    parse(&lines.join(","))
}

fn parse(text: &str) -> Vec<Coding> {
    let items: Vec<(&str, u16)> = text.split(',').filter_map(item).collect();
    let weight = |names: &[&str]| {
        let of = |wanted: &str| items.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        names.iter().find_map(|name| of(name)).or_else(|| of("*")).map(|(_, weight)| *weight)
    };
    // A client that does not mention the plain file takes it, if nothing else is to be had.
    let identity = weight(&["identity"]).unwrap_or(0);
    let mut codings: Vec<(u16, Coding)> = Coding::ALL
        .into_iter()
        .filter_map(|coding| {
            let names: &[&str] = match coding {
                Coding::Brotli => &["br"],
                Coding::Gzip => &["gzip", "x-gzip"],
            };
            Some((weight(names)?, coding))
        })
        .filter(|(weight, _)| *weight > 0 && *weight >= identity)
        .collect();
    // Stable: of equal weights, the coding that makes files smaller stays first.
    codings.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    codings.into_iter().map(|(_, coding)| coding).collect()
}

/// Name and weight of one item; `None` if there is no sense in it.
fn item(text: &str) -> Option<(&str, u16)> {
    let (name, parameter) = match text.split_once(';') {
        Some((name, parameter)) => (name.trim(), Some(parameter.trim())),
        None => (text.trim(), None),
    };
    let weight = match parameter {
        None => FULL,
        Some(parameter) => {
            thousandths(parameter.strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim())?
        }
    };
    (!name.is_empty()).then_some((name, weight))
}

/// `0.25` as 250.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(FULL),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use Coding::{Brotli, Gzip};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn browsers_get_brotli() {
        assert_eq!(parse("gzip, deflate, br, zstd"), [Brotli, Gzip]);
        assert_eq!(parse("gzip, deflate"), [Gzip]);
        assert_eq!(parse("GZIP"), [Gzip]);
        assert_eq!(parse("x-gzip"), [Gzip]);
        assert_eq!(parse("*"), [Brotli, Gzip]);
    }

    #[test]
    fn no_wish_means_the_plain_file() {
        for text in ["", "identity", "deflate", "br;q=0", "*;q=0", "br;q=0.000,gzip;q=0", ",,", ";q=1"] {
            assert_eq!(parse(text), [], "{text}");
        }
    }

    #[test]
    fn weights_order_the_codings() {
        assert_eq!(parse("br;q=0.5, gzip"), [Gzip, Brotli]);
        assert_eq!(parse("br;q=0.5, gzip;q=0.501"), [Gzip, Brotli]);
        assert_eq!(parse("br ; Q = 0.9 , gzip;q=0.8"), [Brotli, Gzip]);
        assert_eq!(parse("br;q=0, *"), [Gzip]);
        assert_eq!(parse("gzip, *;q=0"), [Gzip]);
        assert_eq!(parse("identity, br;q=0.9"), []);
        assert_eq!(parse("identity;q=0.5, br;q=0.5, gzip;q=0.4"), [Brotli]);
        assert_eq!(parse("identity;q=0, gzip;q=0.1"), [Gzip]);
    }

    #[test]
    fn nonsense_is_passed_over() {
        for weight in ["q=2", "q=1.5", "q=0.1234", "q=-1", "q=", "q", "q=0.x", "q=.5", "level=9"] {
            assert_eq!(parse(&format!("br;{weight}, gzip;q=0.1")), [Gzip], "{weight}");
        }
        assert_eq!(parse("br;q=1.000"), [Brotli]);
        assert_eq!(parse("br;q=1."), [Brotli]);
    }

    #[test]
    fn several_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, "gzip;q=0.5".parse().unwrap());
        headers.append(ACCEPT_ENCODING, "br".parse().unwrap());
        assert_eq!(accepted(&headers), [Brotli, Gzip]);
        assert_eq!(accepted(&HeaderMap::new()), []);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text: String) {
            prop_assert!(parse(&text).len() <= 2);
        }

        #[test]
        fn the_heavier_coding_comes_first(br in 1..=1000_u16, gzip in 1..=1000_u16) {
            let weight = |n: u16| format!("{}.{:03}", n / 1000, n % 1000);
            let first = parse(&format!("gzip;q={}, br;q={}", weight(gzip), weight(br)))[0];
            prop_assert_eq!(first, if gzip > br { Gzip } else { Brotli });
        }
    }
}
