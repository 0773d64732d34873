//! Files with TeX macros for all formulas of a book, as mdbook-katex reads them.

use std::collections::BTreeMap;

/// Reads `\name:definition` lines; empty lines and lines without a name are left out. A later definition
/// of a name replaces an earlier one.
pub fn parse(text: &str) -> BTreeMap<String, String> {
    let line = |line: &str| {
        let (name, definition) = line.trim().split_once(':')?;
        (name.len() > 1 && name.starts_with('\\')).then(|| (name.to_owned(), definition.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macro_a_line() {
        let macros = parse("\\R:\\mathbb{R}\n\n  \\set:\\{ #1 : #2 \\}\nnonsense\n\\:x\n\\R:R");
        let macros: Vec<_> = macros.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(macros, [("\\R", "R"), ("\\set", "\\{ #1 : #2 \\}")]);
    }
}
