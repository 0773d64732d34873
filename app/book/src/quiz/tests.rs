//! Whole quizzes: read, marked and put into books.

use proptest::prelude::*;

use super::*;

/// The one question that `toml` holds; nothing may be wrong with it.
fn one(toml: &str) -> Question {
    let read = read(&format!("[[questions]]\n{toml}"), "q.toml");
    assert_eq!(read.diagnostics, []);
    read.quiz.questions[0].clone()
}

fn chosen(chosen: &[u32]) -> Answer {
    Answer { chosen: chosen.to_vec(), texts: Vec::new() }
}

fn written(texts: &[&str]) -> Answer {
    Answer { chosen: Vec::new(), texts: texts.iter().map(|text| (*text).to_owned()).collect() }
}

fn is_right(question: &Question, answer: &Answer) -> bool {
    grade(question, answer).correct
}

const CHOICE: &str = r#"
type = "MultipleChoice"
prompt.prompt = "Which?"
answer.answer = "b"
answer.feedback = "Yes."
prompt.distractors = ["a", "c"]
prompt.feedback = ["No a.", "No c."]
"#;

#[test]
fn a_choice_is_marked_option_by_option() {
    let question = one(CHOICE);
    let texts: Vec<_> = question.options.iter().map(|option| option.text.as_str()).collect();
    assert_eq!(texts, ["b", "a", "c"]);
    let right = grade(&question, &chosen(&[0]));
    assert!(right.correct);
    assert_eq!(
        (right.marks, right.feedback),
        (vec![Mark::Right, Mark::Left, Mark::Left], vec!["Yes.".to_owned()])
    );
    let wrong = grade(&question, &chosen(&[2]));
    assert_eq!(wrong.marks, [Mark::Missed, Mark::Left, Mark::Wrong]);
    assert_eq!((wrong.feedback, wrong.expected), (vec!["No c.".to_owned()], vec!["b".to_owned()]));
    assert!(!is_right(&question, &chosen(&[0, 1])));
    assert_eq!(grade(&question, &chosen(&[])).remark, Remark::Empty);
    assert!(!is_right(&question, &chosen(&[9])));
}

#[test]
fn several_answers_must_all_be_chosen() {
    let question = one(
        "type = \"MultipleChoice\"\nprompt.prompt = \"p\"\nanswer.answer = [\"a\", \"b\"]\nprompt.distractors = [\"c\"]\n",
    );
    assert!(question.several);
    assert!(is_right(&question, &chosen(&[1, 0])));
    let partly = grade(&question, &chosen(&[0]));
    assert_eq!((partly.correct, partly.remark), (false, Remark::Partly));
    assert_eq!(partly.marks, [Mark::Right, Mark::Missed, Mark::Left]);
    assert!(!is_right(&question, &chosen(&[0, 1, 2])));
}

#[test]
fn authors_may_fix_the_order() {
    let options = |more: &str| {
        let question = one(&format!("{CHOICE}{more}"));
        let texts = question.options.iter().map(|option| option.text.clone()).collect::<String>();
        (texts, question.fixed)
    };
    assert_eq!(options(""), ("bac".into(), false));
    assert_eq!(options("prompt.answerIndex = 2"), ("acb".into(), true));
    assert_eq!(options("prompt.sortAnswers = true"), ("abc".into(), true));
    let numbers = one(
        "type = \"MultipleChoice\"\nprompt.prompt = \"p\"\nanswer.answer = \"10\"\nprompt.distractors = [\"9\", \"`100`\"]\nprompt.sortAnswers = true",
    );
    let texts: Vec<_> = numbers.options.iter().map(|option| option.text.as_str()).collect();
    assert_eq!(texts, ["9", "10", "`100`"]);
}

#[test]
fn short_answers_forgive_how_they_are_written() {
    let question = one(
        "type = \"ShortAnswer\"\nprompt.prompt = \"p\"\nanswer.answer = \"scarb execute\"\nanswer.alternatives = [\"run it\"]\n\
         answer.mistakes = [{ answer = \"scarb run\", feedback = \"Old.\" }]",
    );
    for right in ["scarb execute", " `Scarb  execute`. ", "Run it"] {
        assert!(is_right(&question, &written(&[right])), "{right}");
    }
    assert!(!is_right(&question, &written(&["scarbexecute"])));
    assert_eq!(grade(&question, &written(&["SCARB RUN"])).feedback, ["Old."]);
    let code = one(
        "type = \"ShortAnswer\"\nprompt.prompt = \"p\"\nprompt.response = \"code\"\nanswer.answer = \"let X = 1;\"",
    );
    assert!(is_right(&code, &written(&["let  X = 1;\n"])) && !is_right(&code, &written(&["let x = 1;"])));
    assert!(
        one(
            "type = \"ShortAnswer\"\nprompt.prompt = \"p\"\nprompt.response = \"long\"\nanswer.answer = \"x\""
        )
        .is_marked_by_reader()
    );
}

#[test]
fn a_trace_asks_for_output_or_a_line() {
    let runs = one(
        "type = \"Tracing\"\nprompt.program = \"p()\\nq()\\n\"\nanswer.doesCompile = true\nanswer.stdout = \"1\\n2\\n\"",
    );
    let say = |chosen: u32, text: &str| Answer { chosen: vec![chosen], texts: vec![text.to_owned()] };
    assert!(is_right(&runs, &say(0, "1\n2")));
    assert!(!is_right(&runs, &say(0, "1 2")) && !is_right(&runs, &say(1, "1\n2")));
    let fails = one(
        "type = \"Tracing\"\nprompt.program = \"p()\\nq()\"\nanswer.doesCompile = false\nanswer.lineNumber = 2",
    );
    assert!(is_right(&fails, &say(1, "2")) && is_right(&fails, &say(1, "")));
    assert!(!is_right(&fails, &say(1, "1")) && !is_right(&fails, &say(0, "2")));
    assert_eq!(grade(&fails, &say(1, "1")).expected, ["2"]);
    let silent = one("type = \"Tracing\"\nprompt.program = \"p()\"\nanswer.doesCompile = true");
    assert!(is_right(&silent, &say(0, "")) && !is_right(&silent, &Answer::default()));
}

#[test]
fn a_program_may_stand_in_the_prompt() {
    for prompt in ["fn f() {}", "```rust\nfn f() {}\n```"] {
        let text = format!(
            "[[questions]]\ntype = \"Tracing\"\nprompt.prompt = \"\"\"\n{prompt}\n\"\"\"\nanswer.doesCompile = false"
        );
        let read = read(&text, "q.toml");
        assert_eq!((read.diagnostics.len(), read.diagnostics[0].code.as_ref()), (1, "quiz-spelling"));
        let question = &read.quiz.questions[0];
        assert_eq!((question.program.as_str(), question.prompt.as_str()), ("fn f() {}", ""));
    }
}

#[test]
fn numbers_have_units_and_tolerance() {
    let question = one(
        "type = \"Numeric\"\nprompt.prompt = \"p\"\nanswer.answer = 17.18\nanswer.unit = \"GB/s\"\nanswer.tolerance = \"1 %\"\n\
         answer.units = { \"TB/min\" = 16.667 }",
    );
    for right in ["17.18", "17.3 GB/s", "17100 MB/s", "1.03 TB/min", "1,718e-2 GB/s"] {
        assert!(is_right(&question, &written(&[right])), "{right}");
    }
    let remark = |text: &str| grade(&question, &written(&[text])).remark;
    assert_eq!(remark("fast"), Remark::NotANumber);
    assert_eq!(remark("17.18 GB"), Remark::Unit);
    assert_eq!(remark("17.18 MB/s"), Remark::PowerOfTen);
    assert_eq!(remark("20"), Remark::None);
    assert_eq!(grade(&question, &written(&["20"])).expected, ["17.18 GB/s"]);
}

#[test]
fn a_number_is_as_exact_as_it_is_written() {
    let with =
        |answer: &str| one(&format!("type = \"Numeric\"\nprompt.prompt = \"p\"\nanswer.answer = {answer}"));
    assert!((with("2.50").tolerance - 0.005).abs() < 1e-12);
    assert!((with("1.5e3").tolerance - 50.0).abs() < 1e-9);
    assert_eq!(with("4096").tolerance, 0.0);
    let text = with("\"4,096 B\"");
    assert_eq!((text.value, text.unit.as_str(), text.best(0)), (4096.0, "B", "4,096"));
    assert!(is_right(&text, &written(&["4 KiB"])));
    let wide = one("type = \"Numeric\"\nprompt.prompt = \"p\"\nanswer = { answer = -10, relative = 0.1 }");
    assert!(is_right(&wide, &written(&["-10.9"])) && !is_right(&wide, &written(&["-11.1"])));
}

#[test]
fn items_are_put_in_order() {
    let question = one("type = \"Ordering\"\nprompt.prompt = \"p\"\nanswer.answer = [\"a\", \"b\", \"a\"]");
    assert!(is_right(&question, &chosen(&[0, 1, 2])));
    // Equal items may change places.
    assert!(is_right(&question, &chosen(&[2, 1, 0])));
    assert_eq!(grade(&question, &chosen(&[0, 2, 1])).marks, [Mark::Right, Mark::Wrong, Mark::Wrong]);
    assert!(!is_right(&question, &chosen(&[0, 1])));
}

#[test]
fn a_statement_is_true_or_false() {
    let question =
        one("type = \"TrueFalse\"\nprompt.prompt = \"p\"\nanswer.answer = false\nanswer.feedback = \"F\"");
    assert!(is_right(&question, &chosen(&[1])));
    assert_eq!(grade(&question, &chosen(&[0])).feedback, ["F"]);
    assert_eq!(display_order(&question, 5), [0, 1]);
}

#[test]
fn gaps_are_filled() {
    let question = one(
        "type = \"FillIn\"\nprompt.prompt = \"A ____ has ___ bits.\"\nanswer.answer = [\"byte\", [\"8\", \"eight\"]]",
    );
    assert_eq!(question.prompt, "A ___ has ___ bits.");
    assert!(is_right(&question, &written(&["Byte", "eight"])));
    assert_eq!(grade(&question, &written(&["byte", "7"])).marks, [Mark::Right, Mark::Wrong]);
    assert!(!is_right(&question, &written(&["byte"])));
    let single = one("type = \"FillIn\"\nprompt.prompt = \"A ___.\"\nanswer.answer = [\"byte\", \"octet\"]");
    assert!(is_right(&single, &written(&["octet"])));
}

#[test]
fn what_strays_is_read_and_said() {
    let text = r#"
title = "x"
[[questions]]
type = "multiple-choice"
Prompt.prompt = "Which?"
prompt-note = 1
answer = "b"
distractors = ["a"]
bloom = "Analyse"
difficulty = "hard"
hints = "one"
multipart = "none"
[[questions]]
prompt = "Bare?"
answer = "yes"
"#;
    let read = read(text, "q.toml");
    let found: Vec<_> = read.diagnostics.iter().map(|d| (d.line, d.code.as_ref())).collect();
    assert_eq!(
        found,
        [
            (5, "quiz-spelling"),
            (4, "quiz-spelling"),
            (12, "quiz-multipart"),
            (6, "quiz-key"),
            (13, "quiz-type"),
            (2, "quiz-key"),
        ]
    );
    assert_eq!(read.lines, [3, 13]);
    let first = &read.quiz.questions[0];
    assert_eq!((first.bloom.as_str(), first.difficulty, first.hints.len()), ("analyze", 5, 1));
    assert!(is_right(first, &chosen(&[0])));
    assert!(is_right(&read.quiz.questions[1], &written(&["Yes"])));
}

#[test]
fn what_cannot_be_asked_is_left_out() {
    for (toml, code) in [
        ("type = \"Essay\"", "quiz-type"),
        ("type = \"ShortAnswer\"\nprompt.prompt = \"p\"", "quiz-incomplete"),
        ("type = \"ShortAnswer\"\nanswer.answer = \"a\"", "quiz-incomplete"),
        ("type = \"MultipleChoice\"\nprompt.prompt = \"p\"\nanswer.answer = \"a\"", "quiz-incomplete"),
        ("type = \"MultipleChoice\"\nprompt.prompt = \"p\"\nprompt.distractors = [\"a\"]", "quiz-incomplete"),
        ("type = \"Tracing\"\nanswer.doesCompile = true", "quiz-incomplete"),
        ("type = \"Tracing\"\nprompt.program = \"x\"", "quiz-incomplete"),
        ("type = \"Numeric\"\nprompt.prompt = \"p\"\nanswer.answer = \"much\"", "quiz-incomplete"),
        ("type = \"Ordering\"\nprompt.prompt = \"p\"\nanswer.answer = [\"a\"]", "quiz-incomplete"),
        ("type = \"TrueFalse\"\nprompt.prompt = \"p\"\nanswer.answer = \"perhaps\"", "quiz-incomplete"),
        ("type = \"FillIn\"\nprompt.prompt = \"p\"\nanswer.answer = \"a\"", "quiz-incomplete"),
        ("type = \"FillIn\"\nprompt.prompt = \"___ ___\"\nanswer.answer = [\"a\"]", "quiz-incomplete"),
    ] {
        let read = read(&format!("\n[[questions]]\n{toml}\n"), "q.toml");
        assert_eq!(read.quiz.questions, [], "{toml}");
        let found: Vec<_> = read.diagnostics.iter().map(|d| d.code.as_ref()).collect();
        assert_eq!(found, [code], "{toml}");
    }
    assert_eq!(read("", "q.toml").diagnostics[0].code, "quiz-empty");
    let broken = read(
        "[[questions]]\ntype = \"TrueFalse\"\nprompt.prompt = \"p\"\nanswer.answer = true\nx = = 1\n",
        "q",
    );
    assert_eq!(broken.quiz.questions.len(), 1);
    assert_eq!((broken.diagnostics[0].code.as_ref(), broken.diagnostics[0].line), ("quiz-syntax", 5));
}

#[test]
fn questions_share_a_part() {
    let text = "[[questions]]\nmultipart = \"a\"\ntype = \"TrueFalse\"\nprompt.prompt = \"p\"\nanswer.answer = true\n\
                [multipart]\na = \"Shared.\"\n";
    let read = read(text, "q.toml");
    assert_eq!((read.quiz.questions[0].multipart.as_str(), read.diagnostics.len()), ("Shared.", 0));
}

#[test]
fn ids_follow_the_content() {
    let id = |toml: &str| one(toml).id;
    let base = id(CHOICE);
    assert_eq!(base.len(), 16);
    assert_eq!(base, id(&CHOICE.replace("\"a\", \"c\"", "\"a\", \"d\"")));
    assert_eq!(base, id(&CHOICE.replace("Which?", " Which? ")));
    assert_ne!(base, id(&CHOICE.replace("Which?", "What?")));
    assert_ne!(base, id(&CHOICE.replace("\"b\"", "\"x\"")));
    assert_eq!(id(&format!("id = \"own\"\n{CHOICE}")), "own");
    // Progress hangs on it: it must not change with versions of this program.
    assert_eq!(base, "f4f6bdfb8331166a");
}

#[test]
fn a_quiz_travels_as_json() {
    let text = format!(
        "[[questions]]\n{CHOICE}\n[[questions]]\ntype = \"Numeric\"\nprompt.prompt = \"p\"\nanswer.answer = 2.5"
    );
    let quiz = read(&text, "q.toml").quiz;
    let json = serde_json::to_string(&quiz).unwrap();
    assert_eq!(serde_json::from_str::<Quiz>(&json).unwrap(), quiz);
    assert!(json.contains("\"type\":\"MultipleChoice\""), "{json}");
    assert!(!json.contains("\"value\":0.0") && !json.contains("promptExplanation"), "{json}");
}

proptest! {
    #[test]
    fn any_file_is_read(text in "\\PC{0,200}") {
        read(&text, "q.toml");
    }

    #[test]
    fn any_table_is_read(lines in prop::collection::vec(prop::sample::select(vec![
        "[[questions]]", "[multipart]", "type = \"Numeric\"", "type = \"FillIn\"", "type = \"Tracing\"", "type = 1",
        "type = \"MultipleChoice\"", "type = \"Ordering\"", "type = \"TrueFalse\"", "prompt.prompt = \"a ___ `___`\"",
        "prompt.distractors = [1, \"a\", {text = \"b\"}, []]", "answer.answer = [[\"a\"], 2]", "answer.answer = 0x1f",
        "answer = true", "prompt.program = \"\"", "answer.lineNumber = -1", "answer.tolerance = \"x %\"", "prompt = [1]",
        "prompt.answerIndex = 99", "answer.units = [1, {}]", "answer.units = { a = 0, b = \"2\" }", "multipart = \"a\"",
        "answer.answer = 1e999", "hints = [[]]", "answer.mistakes = [1, {}]", "a = \"b\"", "questions = 3",
    ]), 0..14)) {
        let read = read(&lines.join("\n"), "q.toml");
        prop_assert_eq!(read.quiz.questions.len(), read.lines.len());
        for question in &read.quiz.questions {
            let count = question.options.len() as u32;
            for answer in [Answer::default(), written(&["1", "a"]), chosen(&[0]), chosen(&[count, 7])] {
                let graded = grade(question, &answer);
                prop_assert!(!graded.correct || graded.marks.iter().all(|mark| *mark != Mark::Wrong));
            }
            let page = crate::markdown::Page::default();
            fallback(&read.quiz, &page, &crate::wire::RenderOptions::default(), &());
        }
    }
}
