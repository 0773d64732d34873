//! A question as a form: HTML in, so that a page that is translated or read aloud stays what it is.

use book::navigation::escape;
use book::phrases::{Phrase, fill};
use book::quiz::{Kind, Question, Response, Showing, display_order};

use crate::words::say;

/// The form of the question numbered `index` in its quiz, its options in the order for the reader whom `seed` stands for.
pub fn html(question: &Question, index: usize, seed: u64, showing: &Showing<'_>) -> String {
    let mut out =
        format!("<form class=\"question\" data-index=\"{index}\" novalidate><div class=\"prompt\">");
    let mut prompt = showing.prompt(question);
    if question.kind == Kind::FillIn {
        prompt = with_gaps(&prompt);
    }
    out.push_str(&prompt);
    out.push_str("</div>");
    match question.kind {
        Kind::MultipleChoice | Kind::TrueFalse => choices(question, index, seed, showing, &mut out),
        Kind::Ordering => ordering(question, seed, showing, &mut out),
        Kind::Tracing => {
            let name = format!("q{index}");
            out.push_str("<ol class=\"options\">");
            for (value, phrase) in [("0", Phrase::QuizCompiles), ("1", Phrase::QuizCompilesNot)] {
                option(&name, value, "radio", &text(say(phrase)), &mut out);
            }
            out.push_str("</ol>");
            written(Phrase::QuizWritten, true, "", &mut out);
        }
        Kind::ShortAnswer => {
            written(Phrase::QuizYourAnswer, question.response != Response::Short, "", &mut out);
        }
        Kind::Numeric => written(Phrase::QuizYourAnswer, false, &question.unit, &mut out),
        Kind::FillIn => {}
    }
    out.push_str("<p class=\"actions\"><button type=\"submit\">");
    escape(say(Phrase::QuizCheck), &mut out);
    out.push_str("</button>");
    if !question.hints.is_empty() {
        out.push_str("<button type=\"button\" class=\"quiet\" data-act=\"hint\">");
        escape(say(Phrase::QuizHint), &mut out);
        out.push_str("</button>");
    }
    out.push_str(
        "</p><div class=\"hints\" role=\"status\"></div><div class=\"result\" role=\"status\"></div></form>",
    );
    out
}

fn text(plain: &str) -> String {
    let mut out = String::new();
    escape(plain, &mut out);
    out
}

/// A rendered text without the paragraph around it, where it is one paragraph.
fn inline(html: &str) -> &str {
    let html = html.trim();
    match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inside) if !inside.contains("<p>") => inside,
        _ => html,
    }
}

fn choices(question: &Question, index: usize, seed: u64, showing: &Showing<'_>, out: &mut String) {
    let kind = if question.several { "checkbox" } else { "radio" };
    if question.several {
        out.push_str("<p class=\"quiz-note\">");
        escape(say(Phrase::QuizSeveral), out);
        out.push_str("</p>");
    }
    out.push_str("<ol class=\"options\">");
    for at in display_order(question, seed) {
        let label = showing.option(question, at);
        option(&format!("q{index}"), &at.to_string(), kind, inline(&label), out);
    }
    out.push_str("</ol>");
}

fn option(name: &str, value: &str, kind: &str, label: &str, out: &mut String) {
    out.push_str(&format!(
        "<li data-option=\"{value}\"><label><input type=\"{kind}\" name=\"{name}\" value=\"{value}\"><span>{label}</span></label></li>"
    ));
}

fn ordering(question: &Question, seed: u64, showing: &Showing<'_>, out: &mut String) {
    out.push_str("<ol class=\"options ordering\">");
    for at in display_order(question, seed) {
        out.push_str(&format!("<li data-option=\"{at}\"><span>"));
        out.push_str(inline(&showing.option(question, at)));
        out.push_str("</span><span class=\"movers\">");
        for (act, phrase, sign) in [("up", Phrase::QuizUp, "↑"), ("down", Phrase::QuizDown, "↓")] {
            out.push_str(&format!(
                "<button type=\"button\" data-act=\"{act}\" aria-label=\"{}\">{sign}</button>",
                text(say(phrase))
            ));
        }
        out.push_str("</span></li>");
    }
    out.push_str("</ol>");
}

fn written(label: Phrase, several_lines: bool, unit: &str, out: &mut String) {
    out.push_str("<p class=\"written\"><label><span>");
    escape(say(label), out);
    out.push_str("</span>");
    out.push_str(if several_lines {
        "<textarea class=\"text\" rows=\"3\" spellcheck=\"false\"></textarea>"
    } else {
        "<input class=\"text\" type=\"text\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\">"
    });
    out.push_str("</label>");
    if !unit.is_empty() {
        out.push_str("<span class=\"unit\">");
        escape(unit, out);
        out.push_str("</span>");
    }
    out.push_str("</p>");
}

/// The gaps of a prompt as fields to write in.
fn with_gaps(prompt: &str) -> String {
    let mut parts = prompt.split("<span class=\"gap\">____</span>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        let label = fill(say(Phrase::QuizGap), &(index + 1).to_string());
        out.push_str(&format!(
            "<input class=\"text gap\" type=\"text\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" aria-label=\"{}\">",
            text(&label)
        ));
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use book::markdown::Page;
    use book::quiz::Choice;
    use book::wire::RenderOptions;

    use super::*;

    fn form(question: &Question) -> String {
        let (page, options) = (Page::default(), RenderOptions::default());
        html(question, 2, 7, &Showing { page: &page, options: &options, maker: &() })
    }

    #[test]
    fn every_option_is_a_field_with_its_own_value() {
        let options =
            ["**a**", "b < c"].map(|text| Choice { text: text.to_owned(), ..Choice::default() }).to_vec();
        let question = Question { options, several: true, ..Question::default() };
        let html = form(&question);
        assert_eq!(html.matches("type=\"checkbox\" name=\"q2\"").count(), 2);
        assert!(html.contains("value=\"0\"><span><strong>a</strong></span>") && html.contains("b &lt; c"));
    }

    #[test]
    fn gaps_are_fields_in_the_sentence() {
        let question =
            Question { kind: Kind::FillIn, prompt: "A ___ and a ___.".to_owned(), ..Question::default() };
        assert_eq!(form(&question).matches("class=\"text gap\"").count(), 2);
    }
}
