//! Every word that the page shell and the reader say, in one place so that it can be translated.
//!
//! A language is one `match`; the compiler names what a new one still lacks. Texts with a number or a name in
//! them have a `{}` where it goes, filled by [`fill`].

/// Languages the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
}

impl Language {
    /// The interface language for a book's BCP 47 tag; English where there is no translation.
    pub fn of_tag(_tag: &str) -> Self {
        Self::English
    }
}

macro_rules! phrases {
    ($($name:ident => $english:literal,)+) => {
        /// Something the interface says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Phrase { $(#[doc = $english] $name,)+ }

        /// The text of `phrase` in `language`.
        pub fn say(language: Language, phrase: Phrase) -> &'static str {
            match language {
                Language::English => match phrase { $(Phrase::$name => $english,)+ },
            }
        }

        /// All phrases, for tests and translators.
        pub const ALL: &[Phrase] = &[$(Phrase::$name,)+];
    };
}

phrases! {
    SkipToText => "Skip to the text",
    Contents => "Contents",
    ShowContents => "Show or hide the contents",
    OnThisPage => "On this page",
    Previous => "Previous",
    Next => "Next",
    Search => "Search",
    SearchHint => "Search the book",
    SearchEmpty => "Type to search the whole book. Arrow keys choose, Enter opens, Escape closes.",
    SearchBuilding => "Reading the book, {} % …",
    SearchNothing => "Nothing found for “{}”.",
    SearchCount => "{} results",
    SearchSoFar => "{} results so far",
    SearchFailed => "Some chapters could not be read, so they are not searched: {}",
    Settings => "Reading settings",
    Theme => "Theme",
    ThemeAuto => "Like the system",
    ThemeLight => "Light",
    ThemeSepia => "Sepia",
    ThemeDark => "Dark",
    ThemeContrast => "High contrast",
    TextSize => "Text size",
    Smaller => "Smaller",
    Larger => "Larger",
    LineWidth => "Line width",
    Narrow => "Narrow",
    Medium => "Medium",
    Wide => "Wide",
    Typeface => "Typeface",
    Serif => "Serif",
    Sans => "Sans",
    System => "System",
    Reset => "Back to the defaults",
    Close => "Close",
    Fold => "Fold {}",
    Unfold => "Unfold {}",
    Draft => "not written yet",
    ReadMark => "read",
    MinutesToRead => "{} min read",
    EditPage => "Edit this page",
    Repository => "Source repository",
    WholeBook => "Whole book on one page",
    Resume => "You were at “{}”.",
    ResumeGo => "Continue there",
    Dismiss => "Dismiss",
    CopyCode => "Copy code",
    Copied => "Copied",
    CopyFailed => "The browser did not allow copying",
    ShowHidden => "Show hidden lines",
    HideHidden => "Hide hidden lines",
    ZoomFigure => "Enlarge the figure",
    FigureHint => "Enlarged figure; Escape closes",
    MissingTitle => "This chapter is not here",
    MissingText => "The book has no page at “{}”. It may have been renamed or removed.",
    MissingHelp => "Choose a chapter from the contents, or search for what it said.",
    LoadFailed => "This chapter could not be loaded: {}",
    LoadFailedHelp => "What you were reading is still here. Check the connection and try again.",
    TryAgain => "Try again",
    StorageBlocked => "This browser does not let the book store anything, so your place and settings last only until this tab closes.",
    StorageFull => "This browser's storage is full, so your place and settings are no longer saved. Freeing some space helps.",
    StorageDamaged => "Stored settings could not be read and were set aside; the defaults are used.",
    StorageNewer => "Settings stored by a newer version of this book are left untouched; the defaults are used.",
    FirstPage => "Start of the book",
    LastPage => "End of the book",
    Footnote => "Footnote",
    Definition => "Definition",
    Preview => "Preview",
    AllChapters => "All chapters",
    Print => "Print this chapter",
    Redirected => "This page has moved to {}.",
    NewEdition => "A new edition of this book is there.",
    Reload => "Load it",
    LoadingChapter => "Loading the chapter …",
    TaskDone => "Done",
    TaskOpen => "To do",
    BackToText => "Back to the text",
    MissingQuiz => "⚠ Missing quiz: {}",
    QuizOne => "Check yourself: one question",
    QuizCount => "Check yourself: {} questions",
    QuizAnswer => "Answer",
    QuizCheck => "Check",
    QuizHint => "Hint",
    QuizRight => "Right.",
    QuizWrong => "Not right.",
    QuizPartly => "Partly right.",
    QuizExpected => "The answer",
    QuizEmpty => "Nothing is answered yet.",
    QuizNotANumber => "This is not a number.",
    QuizUnit => "The unit does not fit the question.",
    QuizPowerOfTen => "The digits are right, the power of ten is not.",
    QuizSeveral => "Choose all that are right.",
    QuizYourAnswer => "Your answer",
    QuizGap => "Missing word {}",
    QuizCompiles => "It compiles",
    QuizCompilesNot => "It does not compile",
    QuizWritten => "What it prints, or the line that is at fault",
    QuizUp => "Move up",
    QuizDown => "Move down",
    QuizCompare => "Compare: did you have it?",
    QuizTrue => "True",
    QuizFalse => "False",
    QuizTracing => "Does this program compile, and what does it print?",
    QuizPrints => "It compiles and prints:",
    QuizNoCompile => "It does not compile.",
    QuizErrorLine => "It does not compile, because of line {}.",
    MissingInclude => "⚠ Missing include: {}",
    MissingChapter => "This chapter has no text yet: there is no file “{}”.",
    AlertNote => "Note",
    AlertTip => "Tip",
    AlertImportant => "Important",
    AlertWarning => "Warning",
    AlertCaution => "Caution",
}

/// `text` with its `{}` replaced by `value`.
pub fn fill(text: &str, value: &str) -> String {
    text.replacen("{}", value, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_says_something_and_has_at_most_one_gap() {
        for phrase in ALL {
            let text = say(Language::English, *phrase);
            assert!(!text.trim().is_empty(), "{phrase:?} is empty");
            assert!(text.matches("{}").count() <= 1, "{phrase:?} has several gaps");
        }
    }

    #[test]
    fn filling_takes_the_value_literally() {
        assert_eq!(fill("a {} b", "{}"), "a {} b");
    }
}
