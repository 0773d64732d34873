//! Units and their prefixes: how many of one unit another is.

/// SI and binary prefixes that answers use, and their factors.
const PREFIXES: [(&str, f64); 18] = [
    ("n", 1e-9),
    ("u", 1e-6),
    ("m", 1e-3),
    ("c", 1e-2),
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
    ("E", 1e18),
    ("p", 1e-12),
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("", 1.0),
];

/// How many `wanted` one `given` is, where `others` lists units and what each is worth; `None` where that is not
/// known. No unit at all is the wanted one.
pub fn factor(given: &str, wanted: &str, others: &[(String, f64)]) -> Option<f64> {
    let given = tidy(given);
    if given.is_empty() || given == tidy(wanted) {
        return Some(1.0);
    }
    let direct = |unit: &str| ratio(&given, &tidy(unit));
    direct(wanted).or_else(|| others.iter().find_map(|(unit, worth)| Some(direct(unit)? * worth)))
}

/// How many `to` one `from` is, when both are one unit with different prefixes.
fn ratio(from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    let split = |unit: &str| {
        let unit = unit.to_owned();
        PREFIXES
            .iter()
            .filter_map(move |(prefix, factor)| Some((unit.strip_prefix(prefix)?.to_owned(), *factor)))
    };
    split(from)
        .filter(|(base, _)| !base.is_empty())
        .find_map(|(base, above)| Some((above, split(to).find(|(other, _)| *other == base)?.1)))
        .map(|(above, below)| above / below)
}

/// A unit without the ways of writing that say the same.
fn tidy(unit: &str) -> String {
    let mut out = String::with_capacity(unit.len());
    for letter in unit.trim_end_matches('.').chars() {
        match letter {
            'µ' | 'μ' => out.push('u'),
            '²' => out.push('2'),
            '³' => out.push('3'),
            '·' | '⋅' | '*' => out.push('.'),
            '^' | '$' | '\\' | '{' | '}' | '`' => {}
            letter if letter.is_whitespace() => {}
            letter => out.push(letter),
        }
    }
    // People write the plural of words, not of symbols.
    let is_word = out.chars().count() > 3 && out.chars().all(|letter| letter.is_ascii_lowercase());
    match out.strip_suffix('s') {
        Some(single) if is_word => single.to_owned(),
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(given: &str, wanted: &str) -> Option<f64> {
        factor(given, wanted, &[])
    }

    #[test]
    fn prefixes_are_understood() {
        for (given, wanted, worth) in [
            ("", "ms", 1.0),
            ("s", "ms", 1000.0),
            ("µs", "ms", 0.001),
            ("us", "μs", 1.0),
            ("MB/s", "GB/s", 0.001),
            ("KiB", "B", 1024.0),
            ("kB", "KB", 1.0),
            ("mm", "m", 0.001),
            ("W h", "kWh", 0.001),
            ("bytes", "byte", 1.0),
            ("m^2", "m²", 1.0),
        ] {
            let found = plain(given, wanted).unwrap();
            assert!((found / worth - 1.0).abs() < 1e-12, "{given} in {wanted}: {found}");
        }
    }

    #[test]
    fn other_units_are_not() {
        for (given, wanted) in [("s", "B"), ("min", "m"), ("GB", "GB/s"), ("b", "B"), ("m", "k")] {
            assert_eq!(plain(given, wanted), None, "{given} in {wanted}");
        }
    }

    #[test]
    fn authors_name_more() {
        let others = [("min".to_owned(), 60.0), ("bit".to_owned(), 0.125)];
        assert_eq!(factor("min", "s", &others), Some(60.0));
        assert_eq!(factor("kbits", "s", &others), Some(125.0));
    }
}
