//! Quizzes in the text: folded to one line until wanted, marked at once, remembered.

mod answers;
mod form;

use std::rc::Rc;

use book::markdown::Page;
use book::navigation::escape;
use book::phrases::Phrase;
use book::quiz::{Graded, Kind, Mark, Question, Quiz, Remark, Showing, grade, title};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use crate::app::{App, current};
use crate::dom;
use crate::library::Loaded;
use crate::words::{language, say};

/// The quiz that an element shows.
fn quiz_of<'a>(loaded: &'a Loaded, element: &Element) -> Option<&'a Quiz> {
    let path = element.get_attribute("data-quiz")?;
    loaded.made().quizzes.iter().find(|(other, _)| *other == path).map(|(_, quiz)| quiz)
}

/// Fills the quizzes below `root` with forms; answers given before are there again.
pub fn fill_in(app: &App, loaded: &Loaded, address: &str, elements: &[HtmlElement]) {
    let page = Page { address, language: language() };
    let showing = Showing { page: &page, options: &app.library.contents.options, maker: loaded.made() };
    for element in elements {
        let Some(quiz) = quiz_of(loaded, element) else { continue };
        let details = element.query_selector("details.quiz").ok().flatten();
        let is_open = details.is_some_and(|details| details.has_attribute("open"));
        let title = title(quiz.questions.len(), language());
        let mut html =
            String::from(if is_open { "<details class=\"quiz\" open>" } else { "<details class=\"quiz\">" });
        html.push_str("<summary>");
        escape(&title, &mut html);
        html.push_str("</summary><div class=\"quiz-body\">");
        let seed = answers::seed();
        for (index, (shared, question)) in quiz.asked().enumerate() {
            if let Some(shared) = shared {
                html.push_str(&showing.text(shared));
            }
            html.push_str(&form::html(question, index, seed, &showing));
        }
        html.push_str("</div></details>");
        element.set_inner_html(&html);
        for form in dom::all(element, "form.question") {
            let Some(question) = question_of(quiz, &form) else { continue };
            if let Some(answer) = answers::given(app, &question.id) {
                answers::put(&form, question, &answer);
                show(&form, question, &grade(question, &answer), &showing);
            }
        }
    }
}

/// Fills the quizzes of the page that came, once its pack is here.
pub fn adopt(app: &Rc<App>) {
    let elements = dom::main_element().map(|main| dom::all(&main, "lectern-quiz")).unwrap_or_default();
    if elements.is_empty() {
        return;
    }
    let (app, address) = (Rc::clone(app), app.address());
    spawn_local(async move {
        if let Ok(Some(loaded)) = app.library.chapter(&address).await {
            fill_in(&app, &loaded, &address, &elements);
        }
    });
}

fn question_of<'a>(quiz: &'a Quiz, form: &Element) -> Option<&'a Question> {
    quiz.questions.get(form.get_attribute("data-index")?.parse::<usize>().ok()?)
}

/// Answers what happens in any quiz, present and to come.
pub fn attach() {
    dom::on(&dom::document(), "submit", |event: Event| {
        if let Some(form) = dom::closest(&event, "form.question") {
            event.prevent_default();
            with_question(form, |app, form, question, showing| {
                let answer = answers::read(form, question);
                let graded = grade(question, &answer);
                if graded.remark != Remark::Empty {
                    answers::keep(app, &question.id, &answer);
                }
                show(form, question, &graded, showing);
            });
        }
    });
    dom::on(&dom::document(), "click", |event: MouseEvent| {
        let Some(button) = dom::closest(&event, "form.question [data-act]") else { return };
        let Some(form) = dom::closest(&event, "form.question") else { return };
        match button.get_attribute("data-act").as_deref() {
            Some("hint") => with_question(form, hint),
            Some(act) => answers::shift(&button, act == "up"),
            None => {}
        }
    });
    dom::on(&dom::document(), "keydown", |event: KeyboardEvent| {
        let number = event.key().parse::<usize>().ok().filter(|number| (1..=9).contains(number));
        let is_writing = dom::closest(&event, ".text").is_some();
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_writing {
            return;
        }
        let (Some(number), Some(form)) = (number, dom::closest(&event, "form.question")) else { return };
        if let Some(field) = dom::all(&form, ".options input").get(number - 1) {
            event.prevent_default();
            field.click();
            let _ = field.focus();
        }
    });
}

/// Calls `work` with the question that `form` asks.
fn with_question(
    form: HtmlElement,
    work: impl FnOnce(&App, &HtmlElement, &Question, &Showing<'_>) + 'static,
) {
    let (Some(app), Ok(Some(element))) = (current(), form.closest("lectern-quiz")) else { return };
    spawn_local(async move {
        let address = app.address();
        let Ok(Some(loaded)) = app.library.chapter(&address).await else { return };
        let Some(question) = quiz_of(&loaded, &element).and_then(|quiz| question_of(quiz, &form)) else {
            return;
        };
        let page = Page { address: &address, language: language() };
        let showing = Showing { page: &page, options: &app.library.contents.options, maker: loaded.made() };
        work(&app, &form, question, &showing);
    });
}

/// Shows the next hint.
fn hint(_: &App, form: &HtmlElement, question: &Question, showing: &Showing<'_>) {
    let Ok(Some(hints)) = form.query_selector(".hints") else { return };
    let shown = hints.child_element_count() as usize;
    if let Some(hint) = question.hints.get(shown) {
        let _ = hints
            .insert_adjacent_html("beforeend", &format!("<div class=\"hint\">{}</div>", showing.text(hint)));
    }
    if shown + 1 >= question.hints.len()
        && let Ok(Some(button)) = form.query_selector("[data-act=hint]")
    {
        let _ = button.set_attribute("disabled", "");
    }
}

/// Shows what an answer came to.
fn show(form: &HtmlElement, question: &Question, graded: &Graded, showing: &Showing<'_>) {
    let Ok(Some(result)) = form.query_selector(".result") else { return };
    mark_options(form, question, graded);
    let phrase = match graded.remark {
        Remark::Empty => Phrase::QuizEmpty,
        _ if graded.correct => Phrase::QuizRight,
        Remark::NotANumber => Phrase::QuizNotANumber,
        Remark::Unit => Phrase::QuizUnit,
        Remark::PowerOfTen => Phrase::QuizPowerOfTen,
        Remark::Partly => Phrase::QuizPartly,
        _ if question.is_marked_by_reader() => Phrase::QuizCompare,
        _ => Phrase::QuizWrong,
    };
    let mut html = String::from("<p class=\"verdict\">");
    escape(say(phrase), &mut html);
    html.push_str("</p>");
    if graded.remark != Remark::Empty {
        for feedback in &graded.feedback {
            html.push_str(&showing.text(feedback));
        }
        explain(question, graded, showing, &mut html);
    }
    let is_known = !question.is_marked_by_reader() && graded.remark != Remark::Empty;
    let state = if !is_known {
        "open"
    } else if graded.correct {
        "right"
    } else {
        "wrong"
    };
    let _ = form.set_attribute("data-state", state);
    result.set_inner_html(&html);
}

/// The right answer, where the form does not show it already, and the author's explanation.
fn explain(question: &Question, graded: &Graded, showing: &Showing<'_>, html: &mut String) {
    if !graded.correct
        && !matches!(question.kind, Kind::MultipleChoice | Kind::TrueFalse)
        && !graded.expected.is_empty()
    {
        html.push_str("<details><summary>");
        escape(say(Phrase::QuizExpected), html);
        html.push_str("</summary>");
        let is_ordering = question.kind == Kind::Ordering;
        html.push_str(if is_ordering { "<ol>" } else { "<p>" });
        for (index, expected) in graded.expected.iter().enumerate() {
            if is_ordering {
                html.push_str("<li>");
                html.push_str(&showing.text(expected));
                html.push_str("</li>");
            } else {
                html.push_str(if index > 0 { ", <code>" } else { "<code>" });
                escape(expected, html);
                html.push_str("</code>");
            }
        }
        html.push_str(if is_ordering { "</ol></details>" } else { "</p></details>" });
    }
    if !question.context.is_empty() {
        html.push_str(&showing.text(&question.context));
    }
}

/// Marks each option, position or gap.
fn mark_options(form: &HtmlElement, question: &Question, graded: &Graded) {
    let is_option = matches!(question.kind, Kind::MultipleChoice | Kind::TrueFalse);
    let places = match question.kind {
        Kind::FillIn => dom::all(form, ".gap"),
        Kind::MultipleChoice | Kind::TrueFalse | Kind::Ordering => dom::all(form, ".options > li"),
        _ => return,
    };
    for (at, place) in places.iter().enumerate() {
        let index = if is_option { answers::option_of(place).unwrap_or(0) as usize } else { at };
        let mark =
            graded.marks.get(index).filter(|_| graded.remark != Remark::Empty).map_or(
                "",
                |mark| match mark {
                    Mark::Right => "right",
                    Mark::Wrong => "wrong",
                    Mark::Missed => "missed",
                    Mark::Left => "",
                },
            );
        let _ = place.set_attribute("data-mark", mark);
    }
}
