//! A quiz for readers without scripts: every question as text, its answer folded away.

use super::order::display_order;
use super::question::{Kind, Question, Quiz};
use super::show::{Showing, title};
use crate::markdown::{Maker, Page};
use crate::phrases::{Phrase, fill, say};
use crate::wire::RenderOptions;

/// The inside of the element of `quiz` on `page`.
pub fn fallback(quiz: &Quiz, page: &Page<'_>, options: &RenderOptions, maker: &dyn Maker) -> String {
    let showing = Showing { page, options, maker };
    let title = title(quiz.questions.len(), page.language);
    let mut html = format!("<details class=\"quiz\">\n<summary>{title}</summary>\n");
    for (shared, question) in quiz.asked() {
        if let Some(shared) = shared {
            html.push_str(&showing.text(shared));
        }
        html.push_str("<div class=\"quiz-question\">\n");
        write_question(question, &showing, &mut html);
        html.push_str("</div>\n");
    }
    html.push_str("</details>\n");
    html
}

fn write_question(question: &Question, showing: &Showing<'_>, html: &mut String) {
    html.push_str(&showing.prompt(question));
    let language = showing.page.language;
    if question.kind == Kind::Tracing {
        html.push_str(&format!("<p>{}</p>\n", say(language, Phrase::QuizTracing)));
    }
    if question.is_chosen() {
        // Nobody is known to shuffle for: all see the order of reader 0.
        let order = display_order(question, 0);
        write_list(order.iter().map(|index| showing.option(question, *index)), html);
    }
    html.push_str(&format!("<details>\n<summary>{}</summary>\n", say(language, Phrase::QuizAnswer)));
    write_answer(question, showing, html);
    html.push_str(&showing.text(&question.context));
    html.push_str("</details>\n");
}

fn write_list(items: impl Iterator<Item = String>, html: &mut String) {
    html.push_str("<ol>\n");
    for item in items {
        html.push_str(&format!("<li>{}</li>\n", item.trim_end()));
    }
    html.push_str("</ol>\n");
}

fn write_answer(question: &Question, showing: &Showing<'_>, html: &mut String) {
    let language = showing.page.language;
    let mut paragraph = |text: String| html.push_str(&format!("<p>{text}</p>\n"));
    match question.kind {
        Kind::MultipleChoice | Kind::TrueFalse => {
            for index in question.right_options() {
                let text = showing.option(question, index);
                html.push_str(&if text.starts_with('<') { text } else { format!("<p>{text}</p>\n") });
            }
        }
        Kind::Ordering => {
            write_list((0..question.options.len()).map(|index| showing.option(question, index)), html);
        }
        Kind::Tracing if question.compiles => {
            paragraph(say(language, Phrase::QuizPrints).to_owned());
            html.push_str(&format!("<pre><code>{}</code></pre>\n", escaped(question.best(0))));
        }
        Kind::Tracing if question.line > 0 => {
            paragraph(fill(say(language, Phrase::QuizErrorLine), &question.line.to_string()));
        }
        Kind::Tracing => paragraph(say(language, Phrase::QuizNoCompile).to_owned()),
        Kind::Numeric => paragraph(escaped(format!("{} {}", question.best(0), question.unit).trim())),
        Kind::ShortAnswer | Kind::FillIn => {
            let best: Vec<String> = (0..question.gaps.len())
                .map(|gap| format!("<code>{}</code>", escaped(question.best(gap))))
                .collect();
            paragraph(best.join(", "));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
