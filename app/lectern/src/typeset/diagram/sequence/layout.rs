//! Gives everything in a sequence diagram its place.
//!
//! First the columns: far enough apart for the boxes and for what stands between them. Then the steps from
//! top to bottom, each as high as its text; frames grow around what they hold.

use super::text::{Block, LINE};
use super::{Diagram, Frame, Message, Side, Step};

/// Around the whole.
const MARGIN: f32 = 12.0;
/// Least width of a participant's box, and what it has beside its text.
const BOX: f32 = 88.0;
const BOX_PADDING: f32 = 16.0;
/// Between two boxes.
const GAP: f32 = 24.0;
/// Beside the text of a message.
const MESSAGE_PADDING: f32 = 20.0;
/// How far a message to oneself goes out.
pub(super) const LOOP: f32 = 36.0;
/// Between two steps.
const STEP: f32 = 14.0;
/// Half of the width of an activation.
pub(super) const ACTIVE: f32 = 5.0;
const NOTE_PADDING: f32 = 10.0;
/// From a frame to what it holds.
const FRAME: f32 = 12.0;
/// Height of the place for a frame's name.
const FRAME_HEAD: f32 = 26.0;
/// Height of a stick figure.
pub(super) const FIGURE: f32 = 46.0;
/// Height of a group's or diagram's title.
const TITLE: f32 = 28.0;

/// Everything with its place.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) columns: Vec<Column>,
    pub(super) groups: Vec<Area>,
    pub(super) frames: Vec<FrameArea>,
    pub(super) activations: Vec<Area>,
    pub(super) messages: Vec<Arrow>,
    pub(super) notes: Vec<(Area, Block)>,
    /// Where participants end early.
    pub(super) crosses: Vec<(f32, f32)>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) label: Block,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Top of its box.
    pub(super) top: f32,
    /// Where its line ends.
    pub(super) bottom: f32,
    /// It ends before the others, without a second box.
    pub(super) ends_early: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

#[derive(Debug)]
pub(super) struct FrameArea {
    pub(super) area: Area,
    pub(super) frame: Frame,
    pub(super) label: Block,
    /// Where further parts begin, with their labels.
    pub(super) parts: Vec<(f32, Block)>,
}

/// A message: number of the step, text, start, end; the same height at both unless it is to oneself.
#[derive(Debug)]
pub(super) struct Arrow {
    pub(super) step: usize,
    pub(super) text: Block,
    pub(super) from: f32,
    pub(super) to: f32,
    /// Height of its line.
    pub(super) y: f32,
}

/// Places everything.
pub(super) fn layout(diagram: &Diagram) -> Layout {
    let mut placer = Placer::new(diagram);
    for (number, step) in diagram.steps.iter().enumerate() {
        placer.step(number, step);
    }
    placer.finish(diagram)
}

struct Placer {
    layout: Layout,
    y: f32,
    /// For each column: the tops of its open activations.
    active: Vec<Vec<f32>>,
    /// Open frames, innermost last.
    open: Vec<FrameArea>,
    /// Participants that appear with the next message to them, or end with the next one.
    appearing: Vec<usize>,
    ending: Vec<usize>,
}

impl Placer {
    fn new(diagram: &Diagram) -> Self {
        let mut columns = columns(diagram);
        let mut y = MARGIN;
        if diagram.title.is_some() {
            y += TITLE;
        }
        if diagram.boxes.iter().any(|group| !group.label.is_empty()) {
            y += TITLE;
        } else if !diagram.boxes.is_empty() {
            y += FRAME / 2.0;
        }
        let height = columns.iter().map(|column| column.height).fold(0.0, f32::max);
        for column in &mut columns {
            // Boxes of different heights stand on one line.
            column.top = y + height - column.height;
        }
        let active = vec![Vec::new(); columns.len()];
        let layout = Layout { columns, ..Layout::default() };
        Self {
            layout,
            y: y + height + STEP,
            active,
            open: Vec::new(),
            appearing: Vec::new(),
            ending: Vec::new(),
        }
    }

    fn step(&mut self, number: usize, step: &Step) {
        match step {
            Step::Message(message) => self.message(number, message),
            Step::Note { text, from, to, side } => self.note(text, *from, *to, *side),
            Step::Activate(who) => {
                let top = self.layout.messages.last().map_or(self.y, |arrow| arrow.y);
                self.active[*who].push(top);
            }
            Step::Deactivate(who) => self.deactivate(*who),
            Step::Create(who) => self.appearing.push(*who),
            Step::Destroy(who) => self.ending.push(*who),
            Step::Open { frame, label } => {
                let head = matches!(frame, Frame::Named(_));
                let label = Block::new(&if label.is_empty() { String::new() } else { format!("[{label}]") });
                let top = self.y;
                self.y += if head { FRAME_HEAD.max(label.height() + 8.0) } else { FRAME };
                let area = Area { left: f32::INFINITY, right: f32::NEG_INFINITY, top, bottom: top };
                self.open.push(FrameArea { area, frame: frame.clone(), label, parts: Vec::new() });
            }
            Step::Part { label } => {
                let label = Block::new(&if label.is_empty() { String::new() } else { format!("[{label}]") });
                let y = self.y;
                self.y += (label.height() + 8.0).max(STEP);
                if let Some(frame) = self.open.last_mut() {
                    frame.parts.push((y, label));
                }
            }
            Step::Close => self.close(),
        }
    }

    fn message(&mut self, number: usize, message: &Message) {
        let text = Block::new(&message.text);
        let (from, to) = (self.layout.columns[message.from].x, self.layout.columns[message.to].x);
        let y = self.y + text.height() + 6.0;
        self.y = y + STEP;
        if message.from == message.to {
            self.y += LOOP / 2.0 + 4.0;
            let out = from + self.edge(message.from);
            self.cover(from - ACTIVE, out + LOOP.max(text.width + 8.0));
            self.layout.messages.push(Arrow { step: number, text, from: out, to: out, y });
            return;
        }
        let right = if to > from { 1.0 } else { -1.0 };
        let mut end = to - right * self.edge(message.to);
        if let Some(at) = self.appearing.iter().position(|who| *who == message.to) {
            self.appearing.remove(at);
            let column = &mut self.layout.columns[message.to];
            column.top = y - column.height / 2.0;
            end = to - right * column.width / 2.0;
            self.y = self.y.max(column.top + column.height + STEP);
        }
        let start = from + right * self.edge(message.from);
        self.cover(from.min(to), from.max(to));
        self.layout.messages.push(Arrow { step: number, text, from: start, to: end, y });
        if let Some(at) = self.ending.iter().position(|who| [message.from, message.to].contains(who)) {
            let who = self.ending.remove(at);
            let column = &mut self.layout.columns[who];
            column.bottom = y;
            column.ends_early = true;
            self.layout.crosses.push((column.x, y));
            self.y += 6.0;
        }
    }

    /// How far a message stays from the line of a column: activations stand in between.
    fn edge(&self, column: usize) -> f32 {
        match self.active[column].len() {
            0 => 0.0,
            depth => ACTIVE * depth as f32,
        }
    }

    fn note(&mut self, text: &str, from: usize, to: usize, side: Side) {
        let text = Block::new(text);
        let width = text.width + 2.0 * NOTE_PADDING;
        let (first, last) = (self.layout.columns[from].x, self.layout.columns[to].x);
        let (left, right) = match side {
            Side::Left => (first - width - 10.0, first - 10.0),
            Side::Right => (first + 10.0, first + width + 10.0),
            Side::Over => {
                let wide = width.max(last - first + 2.0 * GAP);
                let middle = (first + last) / 2.0;
                (middle - wide / 2.0, middle + wide / 2.0)
            }
        };
        let bottom = self.y + text.height().max(LINE) + NOTE_PADDING;
        self.cover(left, right);
        self.layout.notes.push((Area { left, right, top: self.y, bottom }, text));
        self.y = bottom + STEP;
    }

    fn deactivate(&mut self, who: usize) {
        if let Some(top) = self.active[who].pop() {
            let bottom = self.layout.messages.last().map_or(self.y, |arrow| arrow.y).max(top + 8.0);
            let x = self.layout.columns[who].x + ACTIVE * self.active[who].len() as f32;
            self.layout.activations.push(Area { left: x - ACTIVE, right: x + ACTIVE, top, bottom });
        }
    }

    /// Makes the open frames reach from `left` to `right`.
    fn cover(&mut self, left: f32, right: f32) {
        for (depth, frame) in self.open.iter_mut().rev().enumerate() {
            let padding = FRAME * (depth + 1) as f32;
            frame.area.left = frame.area.left.min(left - padding);
            frame.area.right = frame.area.right.max(right + padding);
        }
    }

    fn close(&mut self) {
        let Some(mut frame) = self.open.pop() else { return };
        if frame.area.left > frame.area.right {
            // It holds nothing: it stands across all.
            let columns = &self.layout.columns;
            frame.area.left = columns.first().map_or(0.0, |column| column.x) - FRAME;
            frame.area.right = columns.last().map_or(0.0, |column| column.x) + FRAME;
        }
        let labels = frame.parts.iter().map(|(_, label)| label.width + 16.0);
        let head = if matches!(frame.frame, Frame::Named(_)) { 70.0 } else { 0.0 };
        let wide = labels.fold(frame.label.width + head, f32::max);
        frame.area.right = frame.area.right.max(frame.area.left + wide);
        self.cover(frame.area.left + FRAME, frame.area.right - FRAME);
        frame.area.bottom = self.y;
        self.y += STEP;
        self.layout.frames.push(frame);
    }

    fn finish(mut self, diagram: &Diagram) -> Layout {
        for who in 0..self.active.len() {
            while !self.active[who].is_empty() {
                self.deactivate(who);
            }
        }
        let mut layout = self.layout;
        let mut height = 0f32;
        for column in &mut layout.columns {
            if !column.ends_early {
                column.bottom = self.y;
                height = height.max(column.height);
            }
        }
        let top = layout.columns.iter().map(|column| column.top).fold(f32::INFINITY, f32::min);
        layout.height = self.y + height + MARGIN;
        for group in &diagram.boxes {
            if let Some((first, last)) = group.members {
                let left = layout.columns[first].x - layout.columns[first].width / 2.0 - 8.0;
                let right = layout.columns[last].x + layout.columns[last].width / 2.0 + 8.0;
                let title = if group.label.is_empty() { FRAME / 2.0 } else { TITLE };
                layout.groups.push(Area {
                    left,
                    right,
                    top: top - title,
                    bottom: layout.height - MARGIN / 2.0,
                });
            } else {
                layout.groups.push(Area::default());
            }
        }
        // Outer frames were closed last and are painted first.
        layout.frames.reverse();
        fit(&mut layout);
        let title = diagram.title.as_deref().map_or(0.0, |title| Block::new(title).width * 1.3);
        layout.width = layout.width.max(title + 2.0 * MARGIN);
        layout
    }
}

/// Moves everything so that nothing is left of the margin, and sets the width.
fn fit(layout: &mut Layout) {
    let mut left = f32::INFINITY;
    let mut right = f32::NEG_INFINITY;
    let mut see = |from: f32, to: f32| {
        left = left.min(from);
        right = right.max(to);
    };
    layout
        .columns
        .iter()
        .for_each(|column| see(column.x - column.width / 2.0, column.x + column.width / 2.0));
    layout.notes.iter().for_each(|(area, _)| see(area.left, area.right));
    layout.frames.iter().for_each(|frame| see(frame.area.left, frame.area.right));
    layout.groups.iter().filter(|area| area.right > area.left).for_each(|area| see(area.left, area.right));
    for arrow in &layout.messages {
        if arrow.from == arrow.to {
            see(arrow.from, arrow.from + LOOP.max(arrow.text.width + 8.0));
        } else {
            let middle = (arrow.from + arrow.to) / 2.0;
            see(middle - arrow.text.width / 2.0, middle + arrow.text.width / 2.0);
        }
    }
    let shift = MARGIN - left;
    layout.width = right - left + 2.0 * MARGIN;
    let areas = layout
        .notes
        .iter_mut()
        .map(|(area, _)| area)
        .chain(layout.frames.iter_mut().map(|frame| &mut frame.area))
        .chain(layout.groups.iter_mut())
        .chain(layout.activations.iter_mut());
    for area in areas {
        area.left += shift;
        area.right += shift;
    }
    layout.columns.iter_mut().for_each(|column| column.x += shift);
    layout.crosses.iter_mut().for_each(|(x, _)| *x += shift);
    for arrow in &mut layout.messages {
        arrow.from += shift;
        arrow.to += shift;
    }
}

/// The columns with their widths and places from left to right.
fn columns(diagram: &Diagram) -> Vec<Column> {
    let mut columns: Vec<Column> = diagram
        .participants
        .iter()
        .map(|participant| {
            let label = Block::new(&participant.label);
            let width = (label.width + 2.0 * BOX_PADDING).max(BOX);
            let height = label.height().max(LINE) + if participant.is_actor { FIGURE } else { BOX_PADDING };
            Column { label, width, height, ..Column::default() }
        })
        .collect();
    for at in 1..columns.len() {
        let beside = columns[at - 1].x + (columns[at - 1].width + columns[at].width) / 2.0 + GAP;
        let needed = diagram.steps.iter().filter_map(|step| room(step, at, &columns)).fold(beside, f32::max);
        columns[at].x = needed;
    }
    columns
}

/// Where column `at` must be at least, because of a step between it and columns before it.
fn room(step: &Step, at: usize, columns: &[Column]) -> Option<f32> {
    match step {
        Step::Message(message) if message.from == message.to => {
            let width = LOOP.max(Block::new(&message.text).width + 8.0) + GAP;
            (message.from + 1 == at).then(|| columns[message.from].x + width)
        }
        Step::Message(message) => {
            let (first, last) = (message.from.min(message.to), message.from.max(message.to));
            let number = if message.number.is_some() { 20.0 } else { 0.0 };
            let width = Block::new(&message.text).width + 2.0 * MESSAGE_PADDING + number;
            (last == at).then(|| columns[first].x + width)
        }
        Step::Note { text, from, to, side } => {
            let width = Block::new(text).width + 2.0 * NOTE_PADDING;
            match side {
                Side::Right => (from + 1 == at).then(|| columns[*from].x + width + GAP),
                Side::Left => (*from == at).then(|| columns[at - 1].x + width + GAP),
                Side::Over => (from < to && *to == at).then(|| columns[*from].x + width - 2.0 * GAP),
            }
        }
        _ => None,
    }
}
