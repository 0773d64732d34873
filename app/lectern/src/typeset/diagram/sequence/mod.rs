//! Mermaid's sequence diagrams: who says what to whom, from top to bottom.
//!
//! [`parse`] reads the statements, [`layout`] gives everything its place, [`paint`] writes SVG.

mod layout;
mod paint;
mod parse;
mod text;

use super::Failure;

/// The SVG of a sequence diagram, or why it cannot be drawn; `None` for any other kind of diagram.
pub(super) fn draw(source: &str) -> Option<Result<String, Failure>> {
    let diagram = match parse::parse(source)? {
        Ok(diagram) => diagram,
        Err(failure) => return Some(Err(failure)),
    };
    Some(Ok(paint::paint(&diagram, &layout::layout(&diagram))))
}

/// A diagram as it was written.
#[derive(Debug, Default, PartialEq)]
struct Diagram {
    title: Option<String>,
    /// From left to right.
    participants: Vec<Participant>,
    /// Groups of neighbours.
    boxes: Vec<Group>,
    /// From top to bottom.
    steps: Vec<Step>,
}

#[derive(Debug, Default, PartialEq)]
struct Participant {
    id: String,
    label: String,
    /// Drawn as a figure instead of a box.
    is_actor: bool,
}

#[derive(Debug, PartialEq)]
struct Group {
    label: String,
    colour: Option<String>,
    /// Numbers of its first and last participant.
    members: Option<(usize, usize)>,
}

#[derive(Debug, PartialEq)]
enum Step {
    Message(Message),
    Note {
        text: String,
        from: usize,
        to: usize,
        side: Side,
    },
    Activate(usize),
    Deactivate(usize),
    /// The participant appears with the next message to it.
    Create(usize),
    /// The participant ends with the next message from or to it.
    Destroy(usize),
    Open {
        frame: Frame,
        label: String,
    },
    /// The next part of a frame: `else`, `and`, `option`.
    Part {
        label: String,
    },
    Close,
}

#[derive(Debug, PartialEq)]
struct Message {
    from: usize,
    to: usize,
    text: String,
    dashed: bool,
    head: Head,
    /// Has a head at its start too.
    both_ways: bool,
    number: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Head {
    Nothing,
    Arrow,
    Cross,
    /// An open head: sent without waiting for an answer.
    Open,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
    Over,
}

#[derive(Debug, Clone, PartialEq)]
enum Frame {
    /// Named by its keyword.
    Named(&'static str),
    /// Only a background in a colour.
    Coloured(String),
}

#[cfg(test)]
mod tests;
