//! Marks in texts that change around and under them.

use proptest::prelude::*;

use super::*;

const TEXT: &str = "Quantization maps real numbers to a small set of integers. The scale says how far apart two \
    neighbouring integers are, and the zero point which integer stands for zero. With one scale for each output \
    channel, a layer of large and small filters keeps its accuracy. With one scale for the whole tensor it often does not.";

fn select(text: &str, quote: &str) -> Selector {
    let start = text[..text.find(quote).unwrap()].chars().count() as u32;
    describe(text, start, start + quote.chars().count() as u32)
}

fn part(text: &str, found: Found) -> String {
    text.chars().skip(found.start as usize).take((found.end - found.start) as usize).collect()
}

fn found_after(quote: &str, from: &str, to: &str) -> Option<(How, String)> {
    let edited = TEXT.replacen(from, to, 1);
    assert!(from == to || edited != TEXT);
    find(&edited, &select(TEXT, quote)).map(|found| (found.how, part(&edited, found)))
}

#[test]
fn selectors_hold_quote_context_and_position() {
    let selector = select(TEXT, "The scale");
    assert_eq!((selector.exact.as_str(), selector.start, selector.end), ("The scale", 59, 68));
    assert_eq!(selector.prefix, "ers to a small set of integers. ");
    assert_eq!(selector.suffix, " says how far apart two neighbou");
}

#[test]
fn text_that_moved_is_found() {
    let found =
        found_after("zero point", "Quantization", "A new sentence stands here. And one more. Quantization");
    assert_eq!(found, Some((How::Exact, "zero point".into())));
}

#[test]
fn of_two_places_the_one_in_its_surroundings() {
    let second = TEXT.rfind("With one scale").unwrap() as u32;
    let selector = describe(TEXT, second, second + 14);
    let edited = format!("{} {TEXT}", &TEXT[..200]);
    let found = find(&edited, &selector).unwrap();
    assert_eq!(edited.rfind("With one scale"), Some(found.start as usize));
}

#[test]
fn white_space_does_not_matter() {
    let edited = TEXT.replace(' ', "\n   ");
    let found = find(&edited, &select(TEXT, "zero point which integer")).unwrap();
    assert_eq!(
        (found.how, part(&edited, found)),
        (How::Exact, "zero\n   point\n   which\n   integer".into())
    );
}

#[test]
fn a_reworded_quote_is_found_between_its_neighbours() {
    let found = found_after("keeps its accuracy", "keeps its accuracy", "keeps much of its accuracy");
    assert_eq!(found, Some((How::Context, "keeps much of its accuracy".into())));
}

#[test]
fn small_changes_inside_and_around_are_seen_through() {
    let edited = TEXT
        .replace("says how far apart two neighbouring", "tells how far apart two neighboring")
        .replace("are, and", "lie; and");
    let found = find(&edited, &select(TEXT, "how far apart two neighbouring integers are")).unwrap();
    assert_eq!(found.how, How::Fuzzy);
    assert!(part(&edited, found).starts_with("how far apart two neighboring integers"));
}

#[test]
fn what_has_gone_is_not_found() {
    assert_eq!(found_after("keeps its accuracy", "keeps its accuracy", "is slow"), None);
    assert_eq!(found_after("two", "two neighbouring", "the"), None);
    assert_eq!(find("", &select(TEXT, "zero")), None);
    assert_eq!(find(TEXT, &Selector::default()), None);
}

#[test]
fn a_short_word_needs_its_surroundings() {
    let selector = select(TEXT, "one");
    let elsewhere = "We went one by one into another room, and none of us knew the one who spoke.";
    assert_eq!(find(elsewhere, &selector), None);
}

#[test]
fn long_passages_are_found_by_their_ends() {
    let long: String = (0..200).map(|word| format!("word{word} ")).collect();
    let passage = &long[100..1_100];
    let edited = long.replace("word70 ", "something quite different ").replace("word20 ", "w20 ");
    let found = find(&edited, &select(&long, passage)).unwrap();
    let found = part(&edited, found);
    assert!(
        found.starts_with(&passage[..8])
            && found.trim().ends_with(passage.trim().rsplit(' ').next().unwrap())
    );
}

#[test]
fn units_of_javascript() {
    let text = "a😀b";
    assert_eq!((0..=3).map(|at| to_utf16(text, at)).collect::<Vec<_>>(), [0, 1, 3, 4]);
    assert_eq!((0..=4).map(|at| from_utf16(text, at)).collect::<Vec<_>>(), [0, 1, 1, 2, 3]);
}

/// Words that are told apart, and repeated.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "scale", "zero", "tensor", "a", "of", "Größe", "量化", "the", "rounds", "int8",
    ]);
    prop::collection::vec(word, 1..60).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn in_the_same_text_it_is_where_it_was(text in any_text(), from in 0.0..1.0f64, length in 1u32..80) {
        let count = text.chars().count() as u32;
        let start = (f64::from(count) * from) as u32;
        let selector = describe(&text, start, start + length);
        prop_assume!(!selector.exact.trim().is_empty());
        let found = find(&text, &selector).unwrap();
        prop_assert_eq!(found.how, How::Exact);
        prop_assert_eq!(part(&text, found), selector.exact.trim());
        // A text may repeat itself with all its surroundings; then the nearest is taken, which is the one.
        let trimmed = selector.exact.chars().take_while(|letter| letter.is_whitespace()).count() as u32;
        prop_assert_eq!(found.start, selector.start + trimmed);
    }

    #[test]
    fn edits_elsewhere_do_not_move_the_quote(
        before in any_text(), behind in any_text(), added in any_text(), quote in "[a-z]{6}( [a-z]{2,9}){3,6}",
    ) {
        let old = format!("{before} {quote} {behind}");
        let new = format!("{added} {before} {quote} {behind} {added}");
        let found = find(&new, &select(&old, &quote)).unwrap();
        prop_assert_eq!(part(&new, found), quote);
    }

    /// One letter in ten replaced: the quote is still found, and where it is.
    #[test]
    fn a_tenth_of_the_letters_may_change(
        before in any_text(), behind in any_text(), quote in "[a-z]{6}( [a-z]{2,9}){4,8}", phase in 1usize..10,
    ) {
        let old = format!("{before} {quote} {behind}");
        let changed: String =
            quote.chars().enumerate().map(|(at, letter)| if at % 10 == phase { '#' } else { letter }).collect();
        let new = format!("{before} {changed} {behind}");
        let found = find(&new, &select(&old, &quote)).unwrap();
        let start = before.chars().count() + 1;
        let distance = (found.start as usize).abs_diff(start) + (found.end as usize).abs_diff(start + quote.chars().count());
        prop_assert!(distance <= 4, "{:?} in {:?}", part(&new, found), new);
    }

    #[test]
    fn no_input_makes_it_fail(text: String, exact: String, prefix: String, suffix: String, start: u32, end: u32) {
        let letters = text.chars().count() as u32;
        let _ = describe(&text, start, end);
        if let Some(found) = find(&text, &Selector { exact, prefix, suffix, start, end }) {
            prop_assert!(found.start < found.end && found.end <= letters);
        }
    }
}
