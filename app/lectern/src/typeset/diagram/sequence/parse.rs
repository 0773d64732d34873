//! Reads the statements of a sequence diagram.

use super::{Diagram, Frame, Group, Head, Message, Participant, Side, Step};
use crate::typeset::diagram::{Failure, colour};

/// Arrows by what is written, with line and head. Longer ones first, and those with `>` before the others,
/// which may occur inside a name.
const ARROWS: &[(&str, bool, Head, bool)] = &[
    ("<<-->>", true, Head::Arrow, true),
    ("<<->>", false, Head::Arrow, true),
    ("-->>", true, Head::Arrow, false),
    ("->>", false, Head::Arrow, false),
    ("-->", true, Head::Nothing, false),
    ("->", false, Head::Nothing, false),
    ("--x", true, Head::Cross, false),
    ("--)", true, Head::Open, false),
    ("-x", false, Head::Cross, false),
    ("-)", false, Head::Open, false),
];

/// Statements that say nothing a picture shows.
const IGNORED: &[&str] = &["link", "links", "properties", "details", "accTitle", "accDescr"];

/// Reads a diagram; `None` if it is not a sequence diagram.
pub(super) fn parse(source: &str) -> Option<Result<Diagram, Failure>> {
    let mut parser = Parser::default();
    let mut lines = source.lines().enumerate().peekable();
    if lines.peek().is_some_and(|(_, line)| line.trim() == "---") {
        lines.next();
        for (_, line) in lines.by_ref().take_while(|(_, line)| line.trim() != "---") {
            if let Some(title) = line.trim().strip_prefix("title:") {
                parser.diagram.title = Some(title.trim().to_owned());
            }
        }
    }
    let is_blank = |line: &str| line.trim().is_empty() || line.trim().starts_with("%%");
    let (_, first) = lines.find(|(_, line)| !is_blank(line))?;
    let rest = first.trim().strip_prefix("sequenceDiagram")?;
    if !rest.is_empty() && !rest.starts_with([';', ' ']) {
        return None;
    }
    let lines = std::iter::once((0, rest)).chain(lines).filter(|(_, line)| !is_blank(line));
    for (number, line) in lines {
        for statement in statements(line) {
            if let Err(message) = parser.statement(statement) {
                return Some(Err(Failure::new(number, message)));
            }
        }
    }
    let last = source.lines().count().saturating_sub(1);
    Some(parser.finish().map_err(|message| Failure::new(last, message)))
}

/// The statements of a line, which `;` separates unless it ends an entity such as `#35;` or `&lt;`.
fn statements(line: &str) -> impl Iterator<Item = &str> {
    let mut entity = false;
    line.split(move |letter: char| {
        match letter {
            '#' | '&' => entity = true,
            ';' if entity => {
                entity = false;
                return false;
            }
            _ if !letter.is_ascii_alphanumeric() => entity = false,
            _ => {}
        }
        letter == ';'
    })
    .map(str::trim)
    .filter(|statement| !statement.is_empty())
}

#[derive(Default)]
struct Parser {
    diagram: Diagram,
    /// What `end` would close, innermost last.
    open: Vec<Open>,
    /// Number of the next message and the step between two, when messages are numbered.
    numbers: Option<(u32, u32)>,
}

#[derive(PartialEq)]
enum Open {
    Frame(&'static str),
    Group,
}

impl Parser {
    fn statement(&mut self, text: &str) -> Result<(), String> {
        let (word, rest) =
            text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim()));
        match word {
            "participant" | "actor" => {
                self.declare(rest, word == "actor")?;
            }
            "create" => {
                let (kind, rest) = rest.split_once(' ').ok_or("`create` needs a participant")?;
                let number = self.declare(rest.trim(), kind == "actor")?;
                self.diagram.steps.push(Step::Create(number));
            }
            "destroy" => {
                let number = self.participant(rest)?;
                self.diagram.steps.push(Step::Destroy(number));
            }
            "activate" | "deactivate" => {
                let number = self.participant(rest)?;
                self.diagram.steps.push(if word == "activate" {
                    Step::Activate(number)
                } else {
                    Step::Deactivate(number)
                });
            }
            "autonumber" => self.autonumber(rest)?,
            "title" => self.diagram.title = Some(plain(rest)),
            _ if text.starts_with("title:") => self.diagram.title = Some(plain(&text[6..])),
            "box" => self.group(rest),
            "loop" | "alt" | "opt" | "par" | "par_over" | "critical" | "break" | "rect" => {
                self.frame(word, rest)
            }
            "else" | "and" | "option" => self.part(word, rest)?,
            "end" => self.end()?,
            _ if word.eq_ignore_ascii_case("note") => self.note(rest)?,
            _ if IGNORED.contains(&word.trim_end_matches(':')) => {}
            _ => self.message(text)?,
        }
        Ok(())
    }

    fn finish(self) -> Result<Diagram, String> {
        match self.open.last() {
            Some(Open::Group) => Err("a `box` has no `end`".to_owned()),
            Some(Open::Frame(word)) => Err(format!("a `{word}` has no `end`")),
            None if self.diagram.participants.is_empty() => Err("nobody takes part".to_owned()),
            None => Ok(self.diagram),
        }
    }

    /// `A`, `A as Label`, `A@{ … } as Label`.
    fn declare(&mut self, text: &str, is_actor: bool) -> Result<usize, String> {
        let (id, label) = text.split_once(" as ").map_or((text, None), |(id, label)| (id, Some(label)));
        let (id, kind) = id.split_once("@{").unwrap_or((id, ""));
        let number = self.participant(id)?;
        let participant = &mut self.diagram.participants[number];
        participant.is_actor = is_actor || kind.contains("actor");
        if let Some(label) = label {
            participant.label = plain(label);
        }
        Ok(number)
    }

    /// The number of a participant, who takes part from now on at the latest.
    fn participant(&mut self, id: &str) -> Result<usize, String> {
        let id = id.trim();
        if id.is_empty() {
            return Err("a participant is missing".to_owned());
        }
        let participants = &mut self.diagram.participants;
        let number = participants.iter().position(|participant| participant.id == id).unwrap_or_else(|| {
            participants.push(Participant { id: id.to_owned(), label: plain(id), is_actor: false });
            participants.len() - 1
        });
        if self.open.contains(&Open::Group)
            && let Some(group) = self.diagram.boxes.last_mut()
        {
            group.members = match group.members {
                None => Some((number, number)),
                Some((first, last)) => Some((first.min(number), last.max(number))),
            };
        }
        Ok(number)
    }

    fn autonumber(&mut self, rest: &str) -> Result<(), String> {
        if rest == "off" {
            self.numbers = None;
            return Ok(());
        }
        let mut numbers = rest.split_whitespace().map(str::parse::<u32>);
        let mut next = |usual| numbers.next().unwrap_or(Ok(usual));
        self.numbers = Some((
            next(1).map_err(|_| "`autonumber` takes whole numbers")?,
            next(1).map_err(|_| "`autonumber` takes whole numbers")?,
        ));
        Ok(())
    }

    /// `box Colour Label`, both optional.
    fn group(&mut self, rest: &str) {
        let end = if rest.starts_with("rgb") || rest.starts_with("hsl") {
            rest.find(')').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find(' ').unwrap_or(rest.len())
        };
        let (first, label) = rest.split_at(end);
        let is_colour = first == "transparent" || colour::both(first).is_some();
        let (colour, label) = if is_colour { (Some(first.to_owned()), label) } else { (None, rest) };
        let colour = colour.filter(|colour| colour != "transparent");
        self.diagram.boxes.push(Group { label: plain(label), colour, members: None });
        self.open.push(Open::Group);
    }

    fn frame(&mut self, word: &str, label: &str) {
        let (name, frame) = match word {
            "loop" => ("loop", Frame::Named("loop")),
            "alt" => ("alt", Frame::Named("alt")),
            "opt" => ("opt", Frame::Named("opt")),
            "critical" => ("critical", Frame::Named("critical")),
            "break" => ("break", Frame::Named("break")),
            "rect" => ("rect", Frame::Coloured(label.to_owned())),
            _ => ("par", Frame::Named("par")),
        };
        let label = if name == "rect" { String::new() } else { plain(label) };
        self.open.push(Open::Frame(name));
        self.diagram.steps.push(Step::Open { frame, label });
    }

    fn part(&mut self, word: &str, label: &str) -> Result<(), String> {
        let frame = match word {
            "else" => "alt",
            "and" => "par",
            _ => "critical",
        };
        if self.open.last() != Some(&Open::Frame(frame)) {
            return Err(format!("`{word}` stands in no `{frame}`"));
        }
        self.diagram.steps.push(Step::Part { label: plain(label) });
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        match self.open.pop() {
            Some(Open::Frame(_)) => self.diagram.steps.push(Step::Close),
            Some(Open::Group) => {}
            None => return Err("`end` closes nothing".to_owned()),
        }
        Ok(())
    }

    /// `left of A: …`, `right of A: …`, `over A,B: …`.
    fn note(&mut self, rest: &str) -> Result<(), String> {
        let (place, text) = rest.split_once(':').ok_or("a note needs `:` and a text")?;
        let sides = [("left of ", Side::Left), ("right of ", Side::Right), ("over ", Side::Over)];
        let (side, who) = sides
            .iter()
            .find_map(|(word, side)| {
                let found = place.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
                found.then(|| (*side, &place[word.len()..]))
            })
            .ok_or("a note stands `left of`, `right of` or `over` somebody")?;
        let (from, to) = who.split_once(',').unwrap_or((who, who));
        let (from, to) = (self.participant(from)?, self.participant(to)?);
        self.diagram.steps.push(Step::Note { text: plain(text), from: from.min(to), to: from.max(to), side });
        Ok(())
    }

    /// `A->>+B: text`.
    fn message(&mut self, text: &str) -> Result<(), String> {
        let (who, said) = text.split_once(':').unwrap_or((text, ""));
        let unknown = || format!("`{text}` is not understood");
        let (at, &(arrow, dashed, head, both_ways)) = find_arrow(who).ok_or_else(unknown)?;
        let (from, to) = (&who[..at], who[at + arrow.len()..].trim());
        let (activates, to) = to.strip_prefix('+').map_or((false, to), |to| (true, to));
        let (deactivates, to) = to.strip_prefix('-').map_or((false, to), |to| (true, to));
        let (from, to) = (self.participant(from)?, self.participant(to)?);
        let number = self.numbers.map(|(number, step)| {
            self.numbers = Some((number.saturating_add(step), step));
            number
        });
        let steps = &mut self.diagram.steps;
        steps.push(Step::Message(Message { from, to, text: plain(said), dashed, head, both_ways, number }));
        if activates {
            steps.push(Step::Activate(to));
        }
        if deactivates {
            steps.push(Step::Deactivate(from));
        }
        Ok(())
    }
}

type Arrow = (&'static str, bool, Head, bool);

/// The first arrow with `>`, else the first of the others; the longest of those at one place.
fn find_arrow(text: &str) -> Option<(usize, &'static Arrow)> {
    let first = |pointed: bool| {
        ARROWS
            .iter()
            .filter(|(arrow, ..)| arrow.ends_with('>') == pointed)
            .filter_map(|arrow| Some((text.find(arrow.0)?, arrow)))
            // Of arrows that end at one place the longest begins first.
            .min_by_key(|(at, (arrow, ..))| (*at, std::cmp::Reverse(arrow.len())))
    };
    first(true).or_else(|| first(false))
}

/// Text as it is shown: line breaks as such, entities and quotes resolved, wrapping hints gone.
fn plain(text: &str) -> String {
    let text = text.trim();
    let text = ["wrap:", "nowrap:", ":wrap:", ":nowrap:"]
        .iter()
        .find_map(|hint| text.strip_prefix(hint))
        .unwrap_or(text);
    let mut out = String::new();
    let mut rest = text.trim();
    while let Some(at) = rest.find(['<', '#', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(end) = ["<br/>", "<br>", "<br />", "<BR>"].iter().find_map(|tag| rest.strip_prefix(tag)) {
            out.push('\n');
            rest = end.trim_start();
        } else if let Some((letter, end)) = entity(rest) {
            out.push(letter);
            rest = end;
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    let quoted = out.len() > 1 && out.starts_with('"') && out.ends_with('"');
    if quoted { out[1..out.len() - 1].to_owned() } else { out }
}

/// `#35;`, `#quot;` or `&amp;` at the start of `text`.
fn entity(text: &str) -> Option<(char, &str)> {
    let (name, rest) = text[1..].split_once(';').filter(|(name, _)| name.len() < 10)?;
    let letter = match name.trim_start_matches('#') {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{a0}',
        "semi" => ';',
        "colon" => ':',
        "hash" => '#',
        "infin" => '∞',
        number => char::from_u32(number.parse().ok()?).filter(|letter| !letter.is_control())?,
    };
    Some((letter, rest))
}
