//! Comparing what readers write with what was meant.

/// `text` as it is compared: white space is one space, quotes and dashes are plain, and for prose letters are
/// small and what stands around it (backticks, quotes, a full stop) does not count.
pub fn plain(text: &str, is_code: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for letter in word.chars() {
            match letter {
                '’' | '‘' => out.push('\''),
                '“' | '”' => out.push('"'),
                '–' | '—' | '−' | '\u{2011}' => out.push('-'),
                letter if is_code => out.push(letter),
                letter => out.extend(letter.to_lowercase()),
            }
        }
    }
    if is_code {
        return out;
    }
    let inner = out.trim_matches(['`', '"', '\'', ' ']).trim_end_matches(['.', '!', ' ']);
    // An answer may be nothing but a sign.
    if inner.is_empty() { out } else { inner.trim_matches(['`', '"', '\'']).to_owned() }
}

/// What a program prints: line ends and white space at the end of lines and of everything do not count.
pub fn printed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim_end().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_compared_by_its_words() {
        assert_eq!(plain("  `Scarb   execute`. ", false), "scarb execute");
        assert_eq!(plain("don’t – “X”", false), "don't - \"x");
        assert_eq!(plain("//", false), "//");
        assert_eq!(plain("...", false), "...");
        assert_eq!(plain("`", false), "`");
    }

    #[test]
    fn code_keeps_its_letters() {
        assert_eq!(plain("Let  X;\n", true), "Let X;");
        assert_ne!(plain("Self", true), plain("self", true));
    }

    #[test]
    fn prints_are_compared_by_their_lines() {
        assert_eq!(printed("a \r\nb\n\n"), printed("a\nb"));
        assert_ne!(printed("a\nb"), printed("a b"));
        assert_ne!(printed(" a"), printed("a"));
    }
}
