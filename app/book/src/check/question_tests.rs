//! Checks of questions, in a book in memory.

use crate::memory::Memory;

const CHAPTER: &str = "# A\n\n- <a id=\"lo-count\"></a>Count.\n- <a id=\"lo-weigh\"></a>Weigh.\n\n\
                       ## One {#one}\n\nAn int8 weight “takes” one\nbyte.\n\n### Below\n\nMore here.\n\n## Two\n\nOther things.\n";

/// What is wrong with a book whose section `one` has the bank `quiz`: line and code of each finding, with its help.
fn check(quiz: &str) -> Vec<(u32, String, String)> {
    let files = Memory::from([
        ("book.toml", "[preprocessor.lectern]\nquizzes = \"q\"\n"),
        ("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n- [G](glossary.md)\n"),
        ("src/a.md", CHAPTER),
        ("src/b.md", "# B\n\nNow [recall](glossary.md#recall) and a [byte](glossary.md#byte).\n"),
        ("src/glossary.md", "# Glossary\n\nRecall\n: Share found.\n\nByte\n: Eight bits.\n"),
        ("q/a/one.toml", quiz),
    ]);
    super::tests::check_files(&files).into_iter().map(|d| (d.line, d.code.into_owned(), d.help)).collect()
}

fn codes(quiz: &str) -> Vec<(u32, String)> {
    check(quiz).into_iter().map(|(line, code, _)| (line, code)).collect()
}

fn truth(number: usize, truth: bool) -> String {
    format!("[[questions]]\ntype = \"TrueFalse\"\nprompt.prompt = \"{number}\"\nanswer.answer = {truth}\n")
}

#[test]
fn a_source_must_stand_in_its_section() {
    let with = |source: &str| check(&format!("{}source = \"{source}\"\n", truth(1, true)));
    assert_eq!(with("weight 'takes' one byte."), []);
    assert_eq!(with("More here"), []);
    let (line, code, help) = &with("Other things.")[0];
    assert_eq!(
        (*line, code.as_str(), help.as_str()),
        (1, "quiz-source", "it stands in section `two`: move the question there")
    );
    assert_eq!(with("Gone.")[0].1, "quiz-source");
}

#[test]
fn options_must_differ() {
    let twice = "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"P\"\nanswer.answer = \"a\"\n\
                 prompt.distractors = [\"a\", \"b\"]\n";
    assert_eq!(codes(twice), [(1, "quiz-same-option".to_owned())]);
}

#[test]
fn ids_belong_to_one_question() {
    let text = format!("{}id = \"x\"\n{}id = \"x\"\n", truth(1, true), truth(2, false));
    assert_eq!(codes(&text), [(6, "quiz-duplicate-id".to_owned())]);
}

#[test]
fn objectives_exist_and_are_asked() {
    let with = |objective: &str| check(&format!("{}objective = \"{objective}\"\n", truth(1, true)));
    let found = with("lo-count");
    assert_eq!((found.len(), found[0].0, found[0].1.as_str()), (1, 4, "objective-unasked"));
    let found = with("lo-cuont");
    assert_eq!(
        (found.len(), found[0].1.as_str(), found[0].2.as_str()),
        (3, "quiz-objective", "did you mean `lo-count`?")
    );
}

#[test]
fn terms_are_introduced_before_they_are_asked() {
    let ask = |words: &str| codes(&truth(1, true).replace("\"1\"", &format!("\"{words}\"")));
    assert_eq!(ask("Is Recall high?"), [(1, "quiz-term".to_owned())]);
    assert_eq!(ask("Is it recalled?"), []);
    // The section itself says it.
    assert_eq!(ask("How many bytes?"), []);
}

#[test]
fn statements_are_balanced() {
    let text = |true_ones: usize| (0..5).map(|number| truth(number, number < true_ones)).collect::<String>();
    for (true_ones, fits) in [(0, false), (1, false), (2, true), (3, true), (4, false)] {
        assert_eq!(codes(&text(true_ones)).is_empty(), fits, "{true_ones}");
    }
    assert_eq!(codes(&text(5))[0].1, "quiz-balance");
    assert_eq!(codes(&(0..4).map(|number| truth(number, true)).collect::<String>()), []);
}

/// Ten choices, of which in `long` the right option is the longest.
fn choices(long: usize, more: &str) -> String {
    let one = |number: usize| {
        let right = if number < long { "much longer" } else { "short" };
        format!(
            "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"{number}\"\nanswer.answer = \"{right}\"\n\
             prompt.distractors = [\"middling\", \"b\"]\n{more}"
        )
    };
    (0..10).map(one).collect()
}

#[test]
fn the_right_option_is_not_usually_the_longest() {
    assert_eq!(codes(&choices(3, "")), []);
    assert_eq!(codes(&choices(4, "")), [(1, "quiz-longest".to_owned())]);
}

#[test]
fn the_right_option_is_not_usually_in_one_place() {
    assert_eq!(codes(&choices(0, "prompt.answerIndex = 1\n")), [(1, "quiz-letters".to_owned())]);
    let half = choices(0, "prompt.answerIndex = 1\n").replacen("answerIndex = 1", "answerIndex = 0", 5);
    assert_eq!(codes(&half), []);
}
