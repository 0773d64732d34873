//! Numbers as people write them.
//!
//! ```text
//! number   = sign? magnitude (("e" | "E") exponent | "×" "10" ("^" exponent | superscripts))? rest
//! magnitude = digits with "," or " " between groups of three, "_" anywhere, and "." or "," before a fraction
//!           | integer "/" integer
//! ```

/// The number that `text` begins with, and what follows it, trimmed: its unit. `None`: it begins with no number.
pub fn parse(text: &str) -> Option<(f64, &str)> {
    let text = text.trim().trim_start_matches(['~', '≈', '=']).trim_start();
    let (negative, text) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = magnitude_end(text);
    let (digits, mut rest) = text.split_at(end);
    let (mut value, mut power) = magnitude(digits)?;
    if let Some((divisor, after)) = divisor(rest) {
        value /= divisor;
        rest = after;
    }
    if let Some((exponent, after)) = exponent(rest) {
        power += exponent;
        rest = after;
    }
    value = scale(value, power);
    Some((if negative { -value } else { value }, rest.trim()))
}

/// Where the digits end, with separators between them.
fn magnitude_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9') => at += 1,
            // Only between digits, or before a fraction that begins with its point.
            Some(b'.' | b',') if is_digit(at + 1) => at += 1,
            Some(b'_') if at > 0 && is_digit(at + 1) => at += 1,
            Some(b' ') if at > 0 && is_group(bytes, at + 1) => at += 1,
            // A thin or no-break space between groups.
            Some(_) if at > 0 && starts_thin(text, at) && is_group(bytes, at + thin_length(text, at)) => {
                at += thin_length(text, at);
            }
            _ => return at,
        }
    }
}

fn starts_thin(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(['\u{a0}', '\u{202f}', '\u{2009}']))
}

fn thin_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

/// Whether exactly three digits stand at `at`.
fn is_group(bytes: &[u8], at: usize) -> bool {
    let count = bytes.iter().skip(at).take(4).take_while(|byte| byte.is_ascii_digit()).count();
    count == 3
}

/// Value and power of ten of digits with separators.
fn magnitude(text: &str) -> Option<(f64, i32)> {
    let comma_is_point = !text.contains('.')
        && text.matches(',').count() == 1
        && text
            .split_once(',')
            .is_some_and(|(whole, part)| part.len() != 3 || whole == "0" || whole.is_empty());
    let mut value = 0.0;
    let (mut power, mut seen, mut after_point) = (0, false, false);
    for letter in text.chars() {
        match letter {
            '0'..='9' => {
                value = value * 10.0 + f64::from(letter as u32 - '0' as u32);
                seen = true;
                power -= i32::from(after_point);
            }
            '.' if after_point => return None,
            '.' => after_point = true,
            ',' if comma_is_point => after_point = true,
            _ => {}
        }
    }
    seen.then_some((value, power))
}

/// `/ integer`, not of a unit such as `/s`.
fn divisor(text: &str) -> Option<(f64, &str)> {
    let rest = text.trim_start().strip_prefix('/')?.trim_start();
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (value, _) = magnitude(&rest[..end])?;
    (value != 0.0).then_some((value, &rest[end..]))
}

/// A power of ten.
fn exponent(text: &str) -> Option<(i32, &str)> {
    if let Some(rest) = text.strip_prefix(['e', 'E']) {
        return integer(rest);
    }
    let rest = text.trim_start().strip_prefix(['×', '*', 'x', '·', '⋅'])?.trim_start();
    let rest = rest.strip_prefix("10")?;
    if let Some(rest) = rest.strip_prefix('^').or_else(|| rest.strip_prefix("**")) {
        let (value, after) = integer(rest.trim_start_matches(['{', '(']))?;
        return Some((value, after.trim_start_matches(['}', ')'])));
    }
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let (negative, rest) = rest.strip_prefix('⁻').map_or((false, rest), |rest| (true, rest));
    let digits: Vec<i32> = rest
        .chars()
        .map_while(|letter| RAISED.chars().position(|raised| raised == letter))
        .map(|d| d as i32)
        .collect();
    let end = rest.char_indices().nth(digits.len()).map_or(rest.len(), |(at, _)| at);
    let value = digits.iter().take(4).fold(0, |value, digit| value * 10 + digit);
    (!digits.is_empty()).then_some((if negative { -value } else { value }, &rest[end..]))
}

fn integer(text: &str) -> Option<(i32, &str)> {
    let (negative, rest) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 {
        return None;
    }
    // More digits than these are beyond any number.
    let value = rest.bytes().take(end.min(4)).fold(0, |value, digit| value * 10 + i32::from(digit - b'0'));
    Some((if negative { -value } else { value }, &rest[end..]))
}

/// `value` · 10^`power`. Powers up to 22 are exact, so that short decimals come out as the compiler reads them.
pub fn scale(mut value: f64, power: i32) -> f64 {
    let mut left = power.unsigned_abs().min(700);
    while left > 0 && value != 0.0 {
        let step = left.min(22);
        let factor = (0..step).fold(1.0_f64, |factor, _| factor * 10.0);
        value = if power < 0 { value / factor } else { value * factor };
        left -= step;
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value, rest) in [
            ("17.18", 17.18, ""),
            (" −3 °C", -3.0, "°C"),
            ("+.5ms", 0.5, "ms"),
            ("1,024", 1024.0, ""),
            ("1 024 B", 1024.0, "B"),
            ("1\u{202f}000\u{202f}000", 1e6, ""),
            ("1_000", 1000.0, ""),
            ("3,25", 3.25, ""),
            ("0,125", 0.125, ""),
            ("1,234.5", 1234.5, ""),
            ("2e-3 s", 0.002, "s"),
            ("6.02 × 10^23", 6.02e23, ""),
            ("3×10⁻⁸m", 3e-8, "m"),
            ("1.5*10**3", 1500.0, ""),
            ("1/4", 0.25, ""),
            ("3.35 TB/s", 3.35, "TB/s"),
            ("12 /s", 12.0, "/s"),
            ("≈ 5 %", 5.0, "%"),
            ("5 exa", 5.0, "exa"),
            ("2.", 2.0, "."),
            ("12 34", 12.0, "34"),
            ("1/0", 1.0, "/0"),
        ] {
            assert_eq!(parse(text), Some((value, rest)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", "x5", ".", ",", "1.2.3", "e5", "µs"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn short_decimals_are_exact(whole in 0_u32..1_000_000, part in 0_u32..10_000) {
            let text = format!("{whole}.{part:04}");
            prop_assert_eq!(parse(&text), Some((text.parse().unwrap(), "")));
        }

        #[test]
        fn any_text_is_read(text in "[-+−0-9.,_ eE×10^/⁻²\u{a0}µ]{0,20}|\\PC{0,20}") {
            if let Some((value, _)) = parse(&text) {
                prop_assert!(!value.is_nan());
            }
        }
    }
}
