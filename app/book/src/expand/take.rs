//! Taking part of a file: by line numbers or between anchor comments.

use super::directive::Part;
use super::traced::Traced;

/// What became of the part that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is there.
    Found,
    /// No line has the anchor.
    NoAnchor,
    /// The file ends, after so many lines, before the part begins.
    TooShort(usize),
}

/// The lines of `part`, joined; lines that hold anchors are left out where the part is named by one.
pub fn take(text: &str, file: &str, part: Part) -> (Traced, Taken) {
    collect(text, file, part, "")
}

/// The whole file with `# ` before each line outside `part`, which hides it.
pub fn take_rustdoc(text: &str, file: &str, part: Part) -> (Traced, Taken) {
    collect(text, file, part, "# ")
}

/// Lines outside `part` get `hide` before them, or are left out where that is empty.
fn collect(text: &str, file: &str, part: Part, hide: &str) -> (Traced, Taken) {
    let mut out = Traced::default();
    out.text.reserve(if hide.is_empty() { 0 } else { text.len() });
    let mut place = Place::new(part);
    for (number, line) in (1..).zip(text.lines()) {
        let side = place.next(line);
        if hide.is_empty() && place.was_inside && !place.is_inside {
            break;
        }
        if side == Side::Marker || (side == Side::Outside && hide.is_empty()) {
            continue;
        }
        if side == Side::Outside {
            out.push(hide, file, number);
        }
        out.push(line, file, number);
        out.push("\n", file, number);
    }
    out.remove_last_break();
    (out, place.outcome())
}

/// Which side of a part's border a line is on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
    /// A line with an anchor in it, which nobody sees.
    Marker,
}

/// The walk through a file's lines.
struct Place<'a> {
    part: Part<'a>,
    lines: usize,
    is_inside: bool,
    was_inside: bool,
}

impl<'a> Place<'a> {
    fn new(part: Part<'a>) -> Self {
        Self { part, lines: 0, is_inside: false, was_inside: false }
    }

    fn next(&mut self, line: &str) -> Side {
        let index = self.lines;
        self.lines += 1;
        let anchor = match self.part {
            Part::Lines(from, to) => {
                self.is_inside = index >= from && to.is_none_or(|to| index < to);
                self.was_inside |= self.is_inside;
                return if self.is_inside { Side::Inside } else { Side::Outside };
            }
            Part::Anchor(anchor) => anchor,
        };
        if self.is_inside {
            if let Some(name) = anchor_after(line, "ANCHOR_END:") {
                self.is_inside = name != anchor;
                return Side::Marker;
            }
            return if anchor_after(line, "ANCHOR:").is_some() { Side::Marker } else { Side::Inside };
        }
        if let Some(name) = anchor_after(line, "ANCHOR:") {
            self.is_inside = name == anchor;
            self.was_inside |= self.is_inside;
            return Side::Marker;
        }
        if anchor_after(line, "ANCHOR_END:").is_some() { Side::Marker } else { Side::Outside }
    }

    fn outcome(&self) -> Taken {
        match self.part {
            Part::Anchor(_) if !self.was_inside => Taken::NoAnchor,
            Part::Lines(from, _) if from > 0 && from >= self.lines => Taken::TooShort(self.lines),
            _ => Taken::Found,
        }
    }
}

/// The name behind the first `marker` in `line` that has one.
fn anchor_after<'a>(line: &'a str, marker: &str) -> Option<&'a str> {
    line.match_indices(marker).find_map(|(at, _)| {
        let rest = line[at + marker.len()..].trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

/// Names of all anchors that begin in `text`.
pub fn anchors(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| anchor_after(line, "ANCHOR:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "one\n// ANCHOR: a\ntwo\n// ANCHOR:  b\nthree\n//ANCHOR_END:b \n\n// ANCHOR_END: a\nfour\r\n";

    fn numbers(text: &Traced) -> Vec<u32> {
        (1..=text.origins.len()).map(|line| text.origins.at(line).1).collect()
    }

    #[test]
    fn lines_are_taken_by_number() {
        let text = "Lorem\nipsum\ndolor\nsit\namet\n";
        for (part, expected) in [
            (Part::Lines(1, Some(3)), "ipsum\ndolor"),
            (Part::Lines(3, None), "sit\namet"),
            (Part::Lines(0, Some(3)), "Lorem\nipsum\ndolor"),
            (Part::Lines(0, None), "Lorem\nipsum\ndolor\nsit\namet"),
            (Part::Lines(4, Some(3)), ""),
            (Part::Lines(0, Some(100)), "Lorem\nipsum\ndolor\nsit\namet"),
        ] {
            assert_eq!(
                (take(text, "", part).0.text.as_str(), take(text, "", part).1),
                (expected, Taken::Found)
            );
        }
        assert_eq!(take(text, "", Part::Lines(5, None)).1, Taken::TooShort(5));
        assert_eq!(take("", "", Part::Lines(0, None)).1, Taken::Found);
    }

    #[test]
    fn lines_between_anchors_are_taken_without_anchors() {
        let (taken, found) = take(TEXT, "x.rs", Part::Anchor("a"));
        assert_eq!((taken.text.as_str(), found), ("two\nthree\n", Taken::Found));
        assert_eq!(numbers(&taken), [3, 5]);
        assert_eq!(take(TEXT, "", Part::Anchor("b")).0.text, "three");
        let (taken, found) = take(TEXT, "", Part::Anchor("c"));
        assert_eq!((taken.text.as_str(), taken.origins.len(), found), ("", 0, Taken::NoAnchor));
    }

    #[test]
    fn rustdoc_includes_hide_the_rest() {
        let (taken, _) = take_rustdoc(TEXT, "x.rs", Part::Anchor("b"));
        assert_eq!(taken.text, "# one\n# two\nthree\n# \n# four");
        assert_eq!(numbers(&taken), [1, 3, 5, 7, 9]);
        assert_eq!(take_rustdoc("a\nb\nc", "", Part::Lines(1, Some(2))).0.text, "# a\nb\n# c");
        assert_eq!(take_rustdoc("a\n", "", Part::Lines(3, None)).0.text, "# a");
    }

    #[test]
    fn an_anchor_may_come_twice() {
        let text = "ANCHOR: x\na\nANCHOR_END: x\nb\nANCHOR: x\nc\nANCHOR_END: x\n";
        assert_eq!(take_rustdoc(text, "", Part::Anchor("x")).0.text, "a\n# b\nc");
        assert_eq!(take(text, "", Part::Anchor("x")).0.text, "a");
        assert_eq!(anchors(text).collect::<Vec<_>>(), ["x", "x"]);
    }
}
