//! Entity tags: whether the client has these very bytes already.

use sha2::{Digest, Sha256};

/// A strong entity tag for `bytes`, with its quotes: the first half of their SHA-256.
pub fn entity_tag(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// Whether `If-None-Match: text` names `tag`: there is nothing new to send. Weak tags match too, since a proxy
/// may have weakened ours.
pub fn none_match_names(text: &str, tag: &str) -> bool {
    text.split(',')
        .map(str::trim)
        .any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

/// Whether `If-Range: text` names `tag`: the part asked for belongs to bytes that the client has. A weak tag or a
/// date does not: neither says that the bytes are the same.
pub fn if_range_names(text: &str, tag: &str) -> bool {
    text.trim() == tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_the_bytes() {
        assert_eq!(entity_tag(b"abc"), "\"ba7816bf8f01cfea414140de5dae2223\"");
        assert_ne!(entity_tag(b"abc"), entity_tag(b"abd"));
    }

    #[test]
    fn none_match_takes_lists_weak_tags_and_the_star() {
        let tag = "\"abc\"";
        for text in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*", " \"abc\" ,\"y\""] {
            assert!(none_match_names(text, tag), "{text}");
        }
        for text in ["", "abc", "\"ab\"", "\"abcd\"", "w/\"abc\""] {
            assert!(!none_match_names(text, tag), "{text}");
        }
    }

    #[test]
    fn if_range_takes_only_the_strong_tag() {
        assert!(if_range_names("\"abc\"", "\"abc\""));
        assert!(!if_range_names("W/\"abc\"", "\"abc\""));
        assert!(!if_range_names("Tue, 24 Nov 2026 04:00:00 GMT", "\"abc\""));
    }
}
