//! An entry of a bibliography in words: how it is cited and how it is listed.

use biblatex::{Chunk, ChunksExt, Entry, Person};

use crate::wire::MathSyntax;

/// Authors that a list names before it says “et al.”.
const MOST_AUTHORS: usize = 8;

/// A work, worded in markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Key in the bibliography file.
    pub key: String,
    /// Names as a citation gives them, e.g. `Jacob et al.`.
    pub names: String,
    /// Year, or `n.d.`.
    pub year: String,
    /// What comes before the year in the list.
    pub authors: String,
    /// What comes after it.
    pub rest: String,
    /// Lower-case text by which works are sorted.
    pub sort: String,
}

impl Work {
    /// Words `entry`; formulas in its title are written as `math` says.
    pub fn new(entry: &Entry, math: MathSyntax) -> Self {
        let people = people(entry);
        let title = marked(entry, "title", math);
        let corporate =
            ["organization", "institution", "publisher"].into_iter().find_map(|key| plain(entry, key));
        let names = match people.as_slice() {
            [] => corporate.clone().map_or_else(|| title.clone(), |name| escape(&name)),
            [one] => escape(&family(one)),
            [first, others] if is_others(others) => format!("{} et al.", escape(&family(first))),
            [one, two] => format!("{} \\& {}", escape(&family(one)), escape(&family(two))),
            [first, ..] => format!("{} et al.", escape(&family(first))),
        };
        let authors = if people.is_empty() { names.clone() } else { list(&people) };
        let year = year(entry);
        let sort = format!("{authors} {year} {title}").to_lowercase();
        let rest = rest(entry, &title, &names, math);
        Self { key: entry.key.clone(), names, year, authors, rest, sort }
    }

    /// The work's id on the page that lists it.
    pub fn id(&self) -> String {
        id_of(&self.key)
    }
}

/// `key` with all that an id or a link would have to escape replaced.
pub fn id_of(key: &str) -> String {
    key.chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':') { c } else { '-' })
        .collect()
}

/// Those who made the work: authors, or else editors.
fn people(entry: &Entry) -> Vec<Person> {
    let authors = entry.author().unwrap_or_default();
    if !authors.is_empty() {
        return authors;
    }
    entry.editors().unwrap_or_default().into_iter().flat_map(|(people, _)| people).collect()
}

/// A person's family name with what belongs before it, e.g. `van der Maaten`.
fn family(person: &Person) -> String {
    if person.prefix.is_empty() { person.name.clone() } else { format!("{} {}", person.prefix, person.name) }
}

/// Whether this is `and others`, which comes out as a person of that name.
fn is_others(person: &Person) -> bool {
    person.name == "others" && person.given_name.is_empty()
}

/// `Jacob, B., Kligys, S. & Chen, B.`
fn list(people: &[Person]) -> String {
    let others = people.iter().any(is_others);
    let named: Vec<String> = people
        .iter()
        .filter(|person| !is_others(person))
        .map(|person| {
            let initials = initials(&person.given_name);
            let comma = if initials.is_empty() { "" } else { ", " };
            escape(&format!("{}{comma}{initials}", family(person)))
        })
        .collect();
    if others || named.len() > MOST_AUTHORS {
        let shown = if named.len() > MOST_AUTHORS { MOST_AUTHORS - 1 } else { named.len() };
        return format!("{} et al.", named[..shown].join(", "));
    }
    match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} \\& {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// `Jean-Paul Q` → `J.-P. Q.`
fn initials(given: &str) -> String {
    let initial = |part: &str| part.chars().next().map(|first| format!("{first}."));
    given
        .split_whitespace()
        .map(|name| name.split('-').filter_map(initial).collect::<Vec<_>>().join("-"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The four digits of the year, whichever field they are in.
fn year(entry: &Entry) -> String {
    let Some(text) = ["date", "year"].into_iter().find_map(|key| plain(entry, key)) else {
        return "n.d.".to_owned();
    };
    let digits = text.as_bytes().windows(4).position(|four| four.iter().all(u8::is_ascii_digit));
    digits.map_or_else(|| escape(&text), |at| text[at..at + 4].to_owned())
}

/// A field's text without markup; nothing where it is empty.
fn plain(entry: &Entry, key: &str) -> Option<String> {
    let text = entry.get(key)?.format_verbatim();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A field's text in markdown, with its formulas.
fn marked(entry: &Entry, key: &str, math: MathSyntax) -> String {
    let mut text = String::new();
    for chunk in entry.get(key).unwrap_or_default() {
        match (&chunk.v, math) {
            (Chunk::Math(tex), MathSyntax::Dollar) => text.push_str(&format!("${}$", tex.trim())),
            (Chunk::Math(tex), MathSyntax::Mathjax) => text.push_str(&format!("\\\\({}\\\\)", tex.trim())),
            (chunk, _) => text.push_str(&escape(chunk.get())),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title, where it was published, and how to find it.
fn rest(entry: &Entry, title: &str, names: &str, math: MathSyntax) -> String {
    let mut parts = Vec::new();
    if !title.is_empty() && title != names {
        let subtitle = marked(entry, "subtitle", math);
        let colon = if subtitle.is_empty() { "" } else { ": " };
        parts.push(format!("*{title}{colon}{subtitle}*"));
    }
    parts.extend(venue(entry, names));
    let mut text = parts.join(". ");
    if !text.is_empty() && !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    if let Some(link) = link(entry) {
        text.push(' ');
        text.push_str(&link);
    }
    text
}

/// Journal, volume and pages; book; publisher. Whoever stands for the author is not named again.
fn venue(entry: &Entry, names: &str) -> Vec<String> {
    let field = |key| plain(entry, key).map(|text| escape(&text));
    let pages = plain(entry, "pages").map(|pages| escape(&pages.replace("--", "–")));
    let mut parts = Vec::new();
    let journal = ["journaltitle", "journal"].into_iter().find_map(field);
    let book = field("booktitle");
    match (journal, book) {
        (Some(mut journal), _) => {
            if let Some(volume) = field("volume") {
                journal.push_str(&format!(" {volume}"));
            }
            if let Some(number) = field("number") {
                journal.push_str(&format!("({number})"));
            }
            parts.push(with(journal, pages));
        }
        (None, Some(book)) => parts.push(with(format!("In {book}"), pages)),
        (None, None) => parts.extend(field("edition").map(|edition| format!("Edition {edition}"))),
    }
    let publishers = ["publisher", "institution", "school", "organization", "howpublished"];
    if let Some(publisher) = publishers.into_iter().find_map(field).filter(|publisher| publisher != names) {
        // A web address in `howpublished` is better given as a link.
        if !publisher.contains("://") {
            parts.push(publisher);
        }
    }
    parts
}

fn with(text: String, pages: Option<String>) -> String {
    match pages {
        Some(pages) => format!("{text}, {pages}"),
        None => text,
    }
}

/// DOI, arXiv number or address.
fn link(entry: &Entry) -> Option<String> {
    if let Some(doi) = plain(entry, "doi") {
        let doi = doi.trim_start_matches("https://doi.org/").trim_start_matches("doi:").to_owned();
        return Some(format!("[doi:{}](<https://doi.org/{}>)", escape(&doi), target(&doi)));
    }
    let kind =
        ["eprinttype", "archiveprefix"].into_iter().find_map(|key| plain(entry, key)).unwrap_or_default();
    if let Some(number) = plain(entry, "eprint")
        && kind.eq_ignore_ascii_case("arxiv")
    {
        return Some(format!("[arXiv:{}](<https://arxiv.org/abs/{}>)", escape(&number), target(&number)));
    }
    let address = plain(entry, "url")
        .or_else(|| plain(entry, "howpublished").filter(|text| text.starts_with("http")))?;
    let shown = address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    Some(format!("[{}](<{}>)", escape(shown), target(&address)))
}

/// `text` for the inside of a link's angle brackets.
fn target(text: &str) -> String {
    text.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C").replace(char::is_whitespace, "%20")
}

/// `text` with everything escaped that markdown would take for markup.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => escaped.push(' '),
            c if c.is_ascii_punctuation() && !",.;:'()/?-".contains(c) => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
