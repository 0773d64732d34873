//! Highlights, notes and cards that a reader makes in the text.

use crate::day::Moment;
use crate::event::{MarkChange, NewMark};
use crate::id::EventId;
use crate::json::{quote, write_number, write_text};

/// Where a mark is: W3C Web Annotation's `TextQuoteSelector` (`exact`, `prefix`, `suffix`) together with its
/// `TextPositionSelector` (`start`, `end`), of the page's text. [`crate::anchor`] makes and finds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    /// The text marked.
    pub exact: String,
    /// The text just before it.
    pub prefix: String,
    /// The text just behind it.
    pub suffix: String,
    /// Its first character, counted in Unicode characters of the page's text.
    pub start: u32,
    /// The character behind its last one.
    pub end: u32,
}

/// A mark as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its name.
    pub id: EventId,
    /// Page address.
    pub page: String,
    /// Where on the page.
    pub at: Selector,
    /// Name of a colour; empty for the usual one.
    pub colour: String,
    /// What the reader wrote; may be empty.
    pub note: String,
    /// The question on the front of the card; empty for a mark that is no card.
    pub front: String,
    /// When it was made.
    pub made: Moment,
    /// When it was last changed.
    pub changed: Moment,
}

impl Mark {
    /// The name of its card in the review.
    #[must_use]
    pub fn card(&self) -> String {
        card_of(self.id)
    }

    /// The mark as a W3C Web Annotation (JSON-LD) of the page at `source`, an absolute address.
    #[must_use]
    pub fn to_annotation(&self, source: &str) -> String {
        let mut json = String::from("{\"@context\":\"http://www.w3.org/ns/anno.jsonld\"");
        write_text(&mut json, "type", "Annotation");
        write_text(&mut json, "motivation", if self.note.is_empty() { "highlighting" } else { "commenting" });
        if !self.note.is_empty() {
            json.push_str(",\"body\":{\"type\":\"TextualBody\"");
            write_text(&mut json, "value", &self.note);
            json.push('}');
        }
        json.push_str(",\"target\":{\"source\":");
        quote(&mut json, source);
        json.push_str(",\"selector\":[{\"type\":\"TextQuoteSelector\"");
        write_text(&mut json, "exact", &self.at.exact);
        write_text(&mut json, "prefix", &self.at.prefix);
        write_text(&mut json, "suffix", &self.at.suffix);
        json.push_str("},{\"type\":\"TextPositionSelector\",\"start\":");
        json.push_str(&self.at.start.to_string());
        write_number(&mut json, "end", i64::from(self.at.end));
        json.push_str("}]}}");
        json
    }
}

/// The name of the card of a mark.
#[must_use]
pub fn card_of(mark: EventId) -> String {
    format!("mark:{mark}")
}

/// The mark whose card has that name.
#[must_use]
pub fn of_card(name: &str) -> Option<EventId> {
    EventId::parse(name.strip_prefix("mark:")?)
}

pub(crate) fn add(marks: &mut Vec<Mark>, id: EventId, new: &NewMark, moment: Moment) {
    let NewMark { page, at, colour, note, front } = new.clone();
    let place = marks.partition_point(|mark| mark.id < id);
    marks.insert(place, Mark { id, page, at, colour, note, front, made: moment, changed: moment });
}

pub(crate) fn edit(marks: &mut [Mark], id: EventId, change: &MarkChange, moment: Moment) {
    let Ok(place) = marks.binary_search_by_key(&id, |mark| mark.id) else { return };
    let mark = &mut marks[place];
    for (field, value) in
        [(&mut mark.note, &change.note), (&mut mark.colour, &change.colour), (&mut mark.front, &change.front)]
    {
        if let Some(value) = value {
            field.clone_from(value);
        }
    }
    mark.changed = moment;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_marks_are_told_from_questions() {
        let id = EventId { device: 0x9f, counter: 3 };
        assert_eq!(card_of(id), "mark:9f.3");
        assert_eq!(of_card("mark:9f.3"), Some(id));
        assert_eq!(of_card("9f.3"), None);
    }

    #[test]
    fn annotations_are_json_with_both_selectors() {
        let moment = Moment { at: 0, offset: 0 };
        let at = Selector {
            exact: "\"int8\"".into(),
            prefix: "an ".into(),
            suffix: String::new(),
            start: 0,
            end: 6,
        };
        let mut marks = Vec::new();
        let new = NewMark { page: "a.html".into(), at, note: "why?".into(), ..NewMark::default() };
        add(&mut marks, EventId { device: 1, counter: 1 }, &new, moment);
        let json: serde_json::Value =
            serde_json::from_str(&marks[0].to_annotation("https://x.example/a.html")).unwrap();
        assert_eq!(json["motivation"], "commenting");
        assert_eq!(json["body"]["value"], "why?");
        assert_eq!(json["target"]["selector"][0]["exact"], "\"int8\"");
        assert_eq!(json["target"]["selector"][1]["start"], 0);
        assert_eq!(json["target"]["selector"][1]["end"], 6);
    }
}
