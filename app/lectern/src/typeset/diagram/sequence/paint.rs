//! Writes a sequence diagram as SVG, in the variables of the page's theme.

use std::fmt::Write;

use super::layout::{Area, Arrow, FIGURE, FrameArea, LOOP, Layout};
use super::text::{Block, LINE, SIZE};
use super::{Diagram, Frame, Head, Message, Step};

/// Writes the whole diagram.
pub(super) fn paint(diagram: &Diagram, layout: &Layout) -> String {
    let mut svg = Svg(String::new());
    let (width, height) = (layout.width.ceil(), layout.height.ceil());
    svg.raw(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-size=\"{SIZE}\">"
    ));
    markers(&mut svg);
    for (group, area) in diagram.boxes.iter().zip(&layout.groups) {
        if area.right > area.left {
            let fill = group.colour.as_deref().unwrap_or("var(--panel)");
            svg.rect(area, 6.0, fill, "var(--rule)");
            svg.bold((area.left + area.right) / 2.0, area.top + 20.0, &group.label);
        }
    }
    if let Some(title) = &diagram.title {
        svg.raw(&format!(
            "<text x=\"{:.1}\" y=\"30\" text-anchor=\"middle\" font-size=\"17\" font-weight=\"600\" fill=\"var(--ink)\">",
            width / 2.0
        ));
        svg.escaped(title);
        svg.raw("</text>");
    }
    layout.frames.iter().for_each(|frame| background(&mut svg, frame));
    lifelines(&mut svg, layout);
    for area in &layout.activations {
        svg.rect(area, 0.0, "var(--accent-soft)", "var(--muted)");
    }
    layout.frames.iter().for_each(|frame| outline(&mut svg, frame));
    for arrow in &layout.messages {
        if let Step::Message(message) = &diagram.steps[arrow.step] {
            self::message(&mut svg, arrow, message);
        }
    }
    for (area, text) in &layout.notes {
        svg.rect(area, 2.0, "var(--mark)", "var(--muted)");
        let top = (area.top + area.bottom - text.height()) / 2.0;
        svg.block((area.left + area.right) / 2.0, top, text);
    }
    participants(&mut svg, diagram, layout);
    for (x, y) in &layout.crosses {
        cross(&mut svg, *x, *y);
    }
    svg.raw("</svg>");
    svg.0
}

struct Svg(String);

impl Svg {
    fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // No control character may stand in XML.
                _ if letter.is_control() => {}
                _ => self.0.push(letter),
            }
        }
    }

    fn rect(&mut self, area: &Area, radius: f32, fill: &str, stroke: &str) {
        let (width, height) = (area.right - area.left, area.bottom - area.top);
        // Writing to a string cannot fail.
        let _ = write!(
            self.0,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\" fill=\"",
            area.left, area.top
        );
        self.escaped(fill);
        let _ = write!(self.0, "\" stroke=\"{stroke}\"/>");
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), more: &str) {
        let _ = write!(
            self.0,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" fill=\"none\" stroke=\"var(--muted)\" {more}/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// Lines of text centred at `x`, the first beginning at height `top`.
    fn block(&mut self, x: f32, top: f32, text: &Block) {
        for (number, line) in text.lines.iter().enumerate() {
            let y = top + LINE * (number as f32 + 1.0) - 5.0;
            let _ =
                write!(self.0, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" fill=\"var(--ink)\">");
            self.escaped(line);
            self.raw("</text>");
        }
    }

    fn bold(&mut self, x: f32, y: f32, text: &str) {
        let _ = write!(
            self.0,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-weight=\"600\" fill=\"var(--ink)\">"
        );
        self.escaped(text);
        self.raw("</text>");
    }
}

/// Heads of arrows; each turns with its line.
fn markers(svg: &mut Svg) {
    let head = |id: &str, shape: &str| {
        format!(
            "<marker id=\"{id}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">{shape}</marker>"
        )
    };
    svg.raw("<defs>");
    svg.raw(&head("arrow", "<path d=\"M0 1L10 5L0 9z\" fill=\"var(--muted)\"/>"));
    svg.raw(&head(
        "open",
        "<path d=\"M1 1L9 5L1 9\" fill=\"none\" stroke=\"var(--muted)\" stroke-width=\"1.5\"/>",
    ));
    svg.raw(&head(
        "cross",
        "<path d=\"M2 1L9 9M9 1L2 9\" fill=\"none\" stroke=\"var(--muted)\" stroke-width=\"1.8\"/>",
    ));
    svg.raw("</defs>");
}

fn lifelines(svg: &mut Svg, layout: &Layout) {
    for column in &layout.columns {
        let top = column.top + column.height;
        svg.line(
            (column.x, top),
            (column.x, column.bottom),
            "stroke-opacity=\"0.6\" stroke-dasharray=\"4 4\"",
        );
    }
}

fn participants(svg: &mut Svg, diagram: &Diagram, layout: &Layout) {
    for (participant, column) in diagram.participants.iter().zip(&layout.columns) {
        let tops = [Some(column.top), (!column.ends_early).then_some(column.bottom)];
        for top in tops.into_iter().flatten() {
            if participant.is_actor {
                figure(svg, column.x, top);
                svg.block(column.x, top + FIGURE, &column.label);
            } else {
                let half = column.width / 2.0;
                let area =
                    Area { left: column.x - half, right: column.x + half, top, bottom: top + column.height };
                svg.rect(&area, 5.0, "var(--raised)", "var(--muted)");
                svg.block(column.x, top + (column.height - column.label.height()) / 2.0, &column.label);
            }
        }
    }
}

fn figure(svg: &mut Svg, x: f32, top: f32) {
    let _ = write!(
        svg.0,
        "<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"8\" fill=\"var(--raised)\" stroke=\"var(--muted)\" stroke-width=\"1.5\"/>\
         <path d=\"M{x:.1} {:.1}v14M{:.1} {:.1}h26M{x:.1} {:.1}l-10 13M{x:.1} {:.1}l10 13\" fill=\"none\" \
         stroke=\"var(--muted)\" stroke-width=\"1.5\"/>",
        top + 9.0,
        top + 17.0,
        x - 13.0,
        top + 23.0,
        top + 31.0,
        top + 31.0,
    );
}

fn message(svg: &mut Svg, arrow: &Arrow, message: &Message) {
    let id = match message.head {
        Head::Nothing => "",
        Head::Arrow => "arrow",
        Head::Cross => "cross",
        Head::Open => "open",
    };
    let mut more = String::from("stroke-width=\"1.5\"");
    if message.dashed {
        more.push_str(" stroke-dasharray=\"5 4\"");
    }
    if !id.is_empty() {
        let _ = write!(more, " marker-end=\"url(#{id})\"");
        if message.both_ways {
            let _ = write!(more, " marker-start=\"url(#{id})\"");
        }
    }
    let top = arrow.y - arrow.text.height() - 4.0;
    if arrow.from == arrow.to {
        let (x, y) = (arrow.from, arrow.y);
        let far = x + LOOP;
        let low = y + LOOP / 2.0;
        let _ = write!(
            svg.0,
            "<path d=\"M{x:.1} {y:.1}H{:.1}Q{far:.1} {y:.1} {far:.1} {:.1}Q{far:.1} {low:.1} {:.1} {low:.1}H{:.1}\" fill=\"none\" \
             stroke=\"var(--muted)\" {more}/>",
            far - 9.0,
            y + 9.0,
            far - 9.0,
            x + 1.0,
        );
        svg.block(x + 6.0 + arrow.text.width / 2.0, top, &arrow.text);
    } else {
        svg.line((arrow.from, arrow.y), (arrow.to, arrow.y), &more);
        svg.block((arrow.from + arrow.to) / 2.0, top, &arrow.text);
    }
    if let Some(number) = message.number {
        let _ = write!(
            svg.0,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"9\" fill=\"var(--ink)\"/><text x=\"{x:.1}\" y=\"{:.1}\" \
             text-anchor=\"middle\" font-size=\"11\" fill=\"var(--paper)\">{number}</text>",
            arrow.y + 4.0,
            x = arrow.from,
            y = arrow.y,
        );
    }
}

fn background(svg: &mut Svg, frame: &FrameArea) {
    if let Frame::Coloured(colour) = &frame.frame {
        svg.rect(&frame.area, 4.0, if colour.is_empty() { "var(--panel)" } else { colour }, "none");
    }
}

fn outline(svg: &mut Svg, frame: &FrameArea) {
    let Frame::Named(name) = frame.frame else { return };
    let area = &frame.area;
    svg.rect(area, 3.0, "none", "var(--muted)");
    let tab = Block::new(name).width + 16.0;
    let _ = write!(
        svg.0,
        "<path d=\"M{:.1} {:.1}h{tab:.1}v12l-8 8h-{:.1}z\" fill=\"var(--panel)\" stroke=\"var(--muted)\"/>",
        area.left,
        area.top,
        tab - 8.0
    );
    svg.bold(area.left + tab / 2.0 - 2.0, area.top + 15.0, name);
    svg.block(area.left + tab + 8.0 + frame.label.width / 2.0, area.top + 2.0, &frame.label);
    for (y, label) in &frame.parts {
        svg.line((area.left, *y), (area.right, *y), "stroke-dasharray=\"4 3\"");
        svg.block(area.left + 8.0 + label.width / 2.0, y + 3.0, label);
    }
}

fn cross(svg: &mut Svg, x: f32, y: f32) {
    svg.line((x - 8.0, y - 8.0), (x + 8.0, y + 8.0), "stroke-width=\"2\"");
    svg.line((x - 8.0, y + 8.0), (x + 8.0, y - 8.0), "stroke-width=\"2\"");
}
