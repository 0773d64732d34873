//! What a table says in one of its cells.

use super::super::hash::Chance;
use super::super::question::{Choice, Question};
use super::Candidate;
use super::blocks::Table;
use super::options::WRONG;

/// Longest key or value, in letters.
const LONGEST: usize = 70;

/// Adds a question for each cell whose column has enough other values.
pub fn make(block: usize, table: &Table, chance: &mut Chance, out: &mut Vec<Candidate>) {
    let column = |index: usize| table.rows.iter().filter_map(move |row| row.get(index));
    let fits = |text: &str| {
        (1..=LONGEST).contains(&text.trim().chars().count()) && !matches!(text.trim(), "-" | "–" | "—")
    };
    if table.rows.len() < 3 || table.rows.len() > 30 {
        return;
    }
    for row in &table.rows {
        let Some((key, plain_key)) = row.first() else { continue };
        let unique = column(0).filter(|(_, other)| other == plain_key).count() == 1;
        let is_number = plain_key.chars().all(|letter| !letter.is_alphabetic());
        if !unique || !fits(plain_key) || is_number {
            continue;
        }
        for index in 1..row.len() {
            let (value, plain) = &row[index];
            let head = table.head.get(index).map_or("", String::as_str);
            if !fits(plain) || head.is_empty() || plain == plain_key {
                continue;
            }
            let mut others: Vec<&(String, String)> = Vec::new();
            for other in column(index) {
                let new = other.1 != *plain && !others.iter().any(|known| known.1 == other.1);
                if new && fits(&other.1) {
                    others.push(other);
                }
            }
            if others.len() + 1 < WRONG {
                continue;
            }
            chance.shuffle(&mut others);
            let wrong = others
                .into_iter()
                .take(WRONG)
                .map(|(text, _)| Choice { text: text.clone(), ..Choice::default() });
            let right = Choice { text: value.clone(), correct: true, ..Choice::default() };
            let source: Vec<&str> =
                row.iter().map(|(_, plain)| plain.trim()).filter(|text| !text.is_empty()).collect();
            let is_text = plain.starts_with(char::is_alphabetic)
                && plain.chars().filter(|letter| letter.is_alphabetic()).count() > 4;
            // Numbers in a table are there to be looked up.
            if !is_text && !value.starts_with('`') {
                continue;
            }
            out.push(Candidate {
                question: Question {
                    prompt: format!("What does the table give as **{head}** for **{key}**?"),
                    options: std::iter::once(right).chain(wrong).collect(),
                    source: source.join(" "),
                    bloom: "remember".to_owned(),
                    ..Question::default()
                },
                block,
                place: format!("{block} {plain_key}"),
                target: format!("{block} {head}"),
                score: 24,
            });
        }
    }
}
