//! What a short program prints, where the text shows that.

use super::super::question::{Kind, Question};
use super::Candidate;
use super::blocks::Code;
use super::material::Part;

/// Longest program to trace in one's head, in lines.
const MOST_LINES: usize = 22;

/// Adds a trace of `code` whose output stands right after it.
pub fn make(part: &Part, block: usize, code: &Code, out: &mut Vec<Candidate>) {
    let Some(output) = &code.output else { return };
    let output = output.trim_end();
    let lines = output.lines().count();
    let program: Vec<&str> = code.text.trim_end().lines().collect();
    let outside = [
        "time",
        "random",
        "perf_counter",
        "open(",
        "urllib",
        "sys.argv",
        "input(",
        "os.",
        "subprocess",
        "{{",
        "$ ",
    ];
    let fits = (1..=2).contains(&lines)
        && output.chars().count() <= 70
        && (1..=MOST_LINES).contains(&program.len())
        && ["python", "rust", "cairo", "javascript", "c"].contains(&code.language.as_str())
        && code.text.contains("print")
        && !outside.iter().any(|part| code.text.contains(part))
        && !output.contains("error");
    let source = output.lines().next().unwrap_or_default();
    if !fits || !part.text.contains(source) {
        return;
    }
    out.push(Candidate {
        question: Question {
            kind: Kind::Tracing,
            program: code.text.trim_end().to_owned(),
            language: code.language.clone(),
            compiles: true,
            gaps: vec![vec![output.to_owned()]],
            source: source.to_owned(),
            bloom: "apply".to_owned(),
            ..Question::default()
        },
        block,
        place: code.text.clone(),
        target: code.text.clone(),
        score: 36,
    });
}
