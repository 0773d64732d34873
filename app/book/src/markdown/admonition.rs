//! ```` ```admonish ```` fences, as mdbook-admonish reads them.
//!
//! ```text
//! fence  = "admonish" [ " " config ]
//! config = [ kind *( "." class ) ] *( [","] key "=" value ) | [ kind *( "." class ) ] string
//! value  = string | word        string = '"' … '"' with escapes | "'" … "'" as it is
//! ```

use std::iter::Peekable;
use std::str::Chars;

/// What the words after a fence say.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Admonition {
    /// The kind as styles know it, e.g. `warning` for `attention`.
    pub kind: &'static str,
    /// Markdown; empty for no title bar.
    pub title: String,
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub collapsible: bool,
    /// What could not be read.
    pub trouble: Option<String>,
}

/// Reads what follows a fence; `None` where the fence is no admonition.
pub(super) fn parse(info: &str) -> Option<Admonition> {
    let config = match info.trim_end().strip_prefix("admonish")? {
        "" => "",
        rest => rest.strip_prefix(' ')?,
    };
    let mut config = Config::read(config);
    let kind = kind(&config.kind);
    let title = config.title.take().unwrap_or_else(|| match (kind, config.kind.as_str()) {
        (None, _) => "Note".to_owned(),
        (_, "tldr") => "TL;DR".to_owned(),
        (_, "faq") => "FAQ".to_owned(),
        (_, name) => name[..1].to_ascii_uppercase() + &name[1..],
    });
    if kind.is_none() && !config.kind.is_empty() {
        config.trouble.get_or_insert(format!("there is no kind `{}`", config.kind));
    }
    Some(Admonition {
        kind: kind.unwrap_or("note"),
        title,
        id: config.id,
        classes: config.classes,
        collapsible: config.collapsible,
        trouble: config.trouble,
    })
}

/// The kind that a name stands for.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "note" => "note",
        "abstract" | "summary" | "tldr" => "abstract",
        "info" | "todo" => "info",
        "tip" | "hint" | "important" => "tip",
        "success" | "check" | "done" => "success",
        "question" | "help" | "faq" => "question",
        "warning" | "caution" | "attention" => "warning",
        "failure" | "fail" | "missing" => "failure",
        "danger" | "error" => "danger",
        "bug" => "bug",
        "example" => "example",
        "quote" | "cite" => "quote",
        _ => return None,
    })
}

#[derive(Default)]
struct Config {
    kind: String,
    title: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    collapsible: bool,
    trouble: Option<String>,
}

impl Config {
    fn read(text: &str) -> Self {
        let mut config = Self::default();
        let mut letters = text.chars().peekable();
        let mut first = true;
        loop {
            while letters.next_if(|letter| letter.is_whitespace() || *letter == ',').is_some() {}
            match letters.peek() {
                None => return config,
                Some('"' | '\'') => config.title = Some(string(&mut letters)),
                Some(_) => config.word(&mut letters, first),
            }
            first = false;
        }
    }

    /// A kind with its classes, or a key with its value.
    fn word(&mut self, letters: &mut Peekable<Chars<'_>>, first: bool) {
        let word = bare(letters);
        while letters.next_if(|letter| *letter == ' ').is_some() {}
        if letters.next_if_eq(&'=').is_none() {
            if first {
                let mut parts = word.split('.');
                self.kind = parts.next().unwrap_or_default().to_owned();
                self.classes.extend(parts.filter(|class| !class.is_empty()).map(str::to_owned));
            } else {
                self.trouble.get_or_insert(format!("`{word}` has no value"));
            }
            return;
        }
        while letters.next_if(|letter| *letter == ' ').is_some() {}
        let value = match letters.peek() {
            Some('"' | '\'') => string(letters),
            _ => bare(letters),
        };
        match word.as_str() {
            "type" => self.kind = value,
            "title" => self.title = Some(value),
            "id" => self.id = Some(value).filter(|id| !id.is_empty()),
            "class" => self.classes.extend(value.split_whitespace().map(str::to_owned)),
            "collapsible" => self.collapsible = value == "true",
            _ => {}
        }
    }
}

/// A word without quotes; at least one character, so that reading goes on.
fn bare(letters: &mut Peekable<Chars<'_>>) -> String {
    let mut word = String::from_iter(letters.next_if(|letter| *letter != '='));
    while let Some(letter) = letters.next_if(|letter| !letter.is_whitespace() && !matches!(letter, ',' | '='))
    {
        word.push(letter);
    }
    word
}

/// A string in the quotes that come next.
fn string(letters: &mut Peekable<Chars<'_>>) -> String {
    let quote = letters.next();
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        if Some(letter) == quote {
            break;
        }
        if letter != '\\' || quote == Some('\'') {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some(size @ ('u' | 'U')) => {
                let digits = if size == 'u' { 4 } else { 8 };
                let code: String = letters.by_ref().take(digits).collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            other => text.extend(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(info: &str) -> Admonition {
        parse(info).unwrap()
    }

    #[test]
    fn only_the_whole_word_is_an_admonition() {
        assert_eq!(parse("admonished"), None);
        assert_eq!(parse("rust"), None);
        assert_eq!(read("admonish").title, "Note");
    }

    #[test]
    fn aliases_keep_their_own_title() {
        let seen = read("admonish attention");
        assert_eq!((seen.kind, seen.title.as_str()), ("warning", "Attention"));
        assert_eq!(read("admonish tldr").title, "TL;DR");
        assert_eq!(read("admonish faq").kind, "question");
    }

    #[test]
    fn all_three_ways_to_write_the_settings() {
        let expected = Admonition {
            kind: "tip",
            title: "A \"b\" = é".to_owned(),
            id: Some("x".to_owned()),
            classes: vec!["c".to_owned(), "d".to_owned()],
            collapsible: true,
            trouble: None,
        };
        let second = r#"admonish hint title="A \"b\" = \u00e9" id="x" class="c d" collapsible=true"#;
        let third = r#"admonish title='A "b" = é', type="hint", id='x', class="c d", collapsible=true"#;
        assert_eq!(read(second), expected);
        assert_eq!(read(third), expected);
        let first = read(r#"admonish hint.c.d "Title""#);
        assert_eq!((first.kind, first.title.as_str(), first.classes), ("tip", "Title", expected.classes));
    }

    #[test]
    fn an_empty_title_means_none() {
        assert_eq!(read(r#"admonish warning title="""#).title, "");
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_kept() {
        let seen = read(r#"admonish oops title="T""#);
        assert_eq!((seen.kind, seen.title.as_str()), ("note", "T"));
        assert!(seen.trouble.unwrap().contains("oops"));
        assert!(read("admonish note what").trouble.is_some());
    }

    proptest! {
        #[test]
        fn anything_can_follow(config in "[a-z=,.\"'\\\\u ]{0,40}|.{0,40}") {
            let _ = parse(&format!("admonish {config}"));
        }
    }
}
