//! Questions made from books in memory.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::load::Book;
use crate::memory::Memory;
use crate::quiz::stands_in;

const CHAPTER: &str = "# Machines

The [roofline](glossary.md#roofline) is drawn before anything is measured. A [kernel](glossary.md#kernel) is a small \
program that a device runs for every element of an array.

## Words

The `mut` keyword makes a binding changeable for the rest of its block. The `pub` keyword shows an item to every other \
module. The `use` keyword brings a path into the present scope of names. The `fn` keyword begins the declaration of a \
callable item.

A *launch* cannot be started by the device that runs it.

## Kinds

| kind | stored as | read by |
|---|---|---|
| row | pages | scanning |
| column | chunks | selecting |
| graph | edges | walking |
| text | postings | searching |

- **Latency**: how long a single request takes from end to end
- **Throughput**: how many requests are done in a unit of time
- **Jitter**: how much the durations vary from one to the next

The process has these steps:

1. Read the file.
2. Cut it into words.
3. Count the words.

## Run

```python
print(sum(range(4)))
```

```text
6
```

## Empty

It is so. This is why we like it! See [here](x.md).

### Exercises

The `mut` keyword makes a binding changeable for the rest of its block.
";

fn material_of(chapter: &str) -> Material {
    let glossary = "# Glossary\n\nRoofline\n: The highest rate that a machine allows for a given intensity of work.\n\n\
                    Kernel\n: A program that runs once for each element of data on a device.\n\n\
                    Batch\n: Several inputs that pass through a model together.\n\n\
                    Cache\n: Memory near the processor that keeps what was used last.\n\n\
                    Token\n: A piece of text that a language model reads as one symbol.\n";
    let files = Memory::from([
        ("src/SUMMARY.md", "- [A](a.md)\n- [G](glossary.md)\n"),
        ("src/a.md", chapter),
        ("src/glossary.md", glossary),
    ]);
    Material::new(&Book::load(&files))
}

fn all(anchor: &str) -> Generated {
    generate(&material_of(CHAPTER), "a.md", anchor, 50, 1).unwrap()
}

fn prompts(made: &Generated) -> Vec<&str> {
    made.quiz.questions.iter().map(|question| question.prompt.as_str()).collect()
}

fn right(question: &Question) -> Vec<&str> {
    question.options.iter().filter(|option| option.correct).map(|option| option.text.as_str()).collect()
}

#[test]
fn a_term_is_asked_by_its_definition() {
    let made = all("machines");
    let question =
        made.quiz.questions.iter().find(|question| question.prompt.contains("highest rate")).unwrap();
    assert_eq!(
        question.prompt,
        "Which term means this?\n\n> The highest rate that a machine allows for a given intensity of work."
    );
    assert_eq!(right(question), ["roofline"]);
    let texts: BTreeSet<_> = question.options.iter().map(|option| option.text.as_str()).collect();
    assert!(
        texts.iter().all(|text| ["roofline", "kernel", "batch", "cache", "token"].contains(text)),
        "{texts:?}"
    );
    assert_eq!(question.source, "The roofline is drawn before anything is measured.");
}

#[test]
fn a_word_is_left_out_of_its_sentence() {
    let made = all("words");
    let question = made.quiz.questions.iter().find(|question| right(question) == ["`mut`"]).unwrap();
    assert_eq!(
        question.prompt,
        "What belongs in the gap?\n\n> The \\_\\_\\_\\_\\_ keyword makes a binding changeable for the rest of its block."
    );
    let texts: BTreeSet<_> = question.options.iter().map(|option| option.text.as_str()).collect();
    assert_eq!(texts, BTreeSet::from(["`mut`", "`pub`", "`use`", "`fn`"]));
}

#[test]
fn a_statement_is_turned_round() {
    let made = all("words");
    let found: Vec<_> =
        made.quiz.questions.iter().filter(|question| question.kind == Kind::TrueFalse).collect();
    assert_eq!(found.len(), 1, "once true or once false, not both");
    let truth = found[0].options[0].correct;
    assert_eq!(found[0].prompt.contains("cannot be"), truth);
    assert_eq!(found[0].source, "A launch cannot be started by the device that runs it.");
}

#[test]
fn tables_and_lists_are_asked() {
    let made = all("kinds");
    let prompts = prompts(&made);
    assert!(prompts.iter().any(|prompt| prompt.starts_with("What does the table give as **")), "{prompts:?}");
    let described =
        made.quiz.questions.iter().find(|question| question.prompt.contains("a single request")).unwrap();
    assert_eq!(right(described), ["Latency"]);
    let steps = made.quiz.questions.iter().find(|question| question.kind == Kind::Ordering).unwrap();
    assert_eq!(steps.prompt, "The process has these steps. Put the steps in order.");
    assert_eq!(right(steps), ["Read the file.", "Cut it into words.", "Count the words."]);
}

#[test]
fn a_short_program_is_traced() {
    let made = all("run");
    let question = &made.quiz.questions[0];
    assert_eq!((question.kind, question.best(0), question.language.as_str()), (Kind::Tracing, "6", "python"));
}

#[test]
fn nothing_good_is_no_question() {
    let made = all("empty");
    assert_eq!((made.quiz.questions.len(), made.asked), (0, 0));
    assert!(generate(&material_of(CHAPTER), "a.md", "nowhere", 5, 1).is_none());
    assert!(generate(&material_of(CHAPTER), "b.md", "empty", 5, 1).is_none());
}

#[test]
fn a_seed_names_its_questions() {
    let material = material_of(CHAPTER);
    let make = |seed| generate(&material, "a.md", "machines", 3, seed).unwrap();
    assert_eq!(make(1), make(1));
    let different: BTreeSet<String> = (0..10).map(|seed| format!("{:?}", make(seed).quiz)).collect();
    assert!(different.len() > 1);
    assert_eq!(make(1).quiz.questions.len(), 3);
}

#[test]
fn few_questions_are_spread_over_the_section() {
    let made = generate(&material_of(CHAPTER), "a.md", "machines", 6, 3).unwrap();
    assert_eq!((made.quiz.questions.len(), made.asked), (6, 6));
    assert!(made.candidates > 6 && made.blocks > 6);
}

#[test]
fn every_question_is_sound() {
    let material = material_of(CHAPTER);
    let part = material.part("a.md", "machines").unwrap();
    for seed in 0..20 {
        let made = generate(&material, "a.md", "machines", 50, seed).unwrap();
        for question in &made.quiz.questions {
            assert_eq!(flaws(question, &part.text), [], "{question:?}");
            assert!(stands_in(&question.source, &part.text) && !question.id.is_empty());
            assert!(!question.prompt.contains("Exercises"));
        }
    }
}

proptest! {
    #[test]
    fn any_chapter_is_looked_through(pieces in prop::collection::vec(prop::sample::select(vec![
        "# A\n\n", "## B\n\n", "The `x` cannot be ", "*term* is a thing that holds.\n\n", "- **a**: b c d e f\n", "1. ", "\n\n",
        "[k](glossary.md#kernel) ", "is never faster than `y`. ", "|a|b|\n|-|-|\n|1|2|\n", "```python\nprint(1)\n```\n",
        "```text\n1\n```\n", "<details>\n", "</details>\n\n", "$x$", "12 % ", "é…", "> ", "steps:\n\n", "`", "(", "A ", "[^n]",
    ]), 0..40)) {
        let text: String = pieces.concat();
        let material = material_of(&text);
        let sections: Vec<(String, String)> =
            material.sections().map(|(page, anchor)| (page.to_owned(), anchor.to_owned())).collect();
        for (page, anchor) in sections {
            generate(&material, &page, &anchor, 9, 1);
        }
    }
}
