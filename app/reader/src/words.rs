//! What the app says, in the language of the book where there is a translation.

use std::cell::Cell;

use book::phrases::{Language, Phrase, fill};

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// Sets the language for everything said from now on.
pub fn set_language(tag: &str) {
    LANGUAGE.set(Language::of_tag(tag));
}

/// The language in use.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// The text of `phrase`.
pub fn say(phrase: Phrase) -> &'static str {
    book::phrases::say(language(), phrase)
}

/// The text of `phrase` with `value` in its gap.
pub fn say_with(phrase: Phrase, value: &str) -> String {
    fill(say(phrase), value)
}
