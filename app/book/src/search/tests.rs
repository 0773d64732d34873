//! What readers type and what they should find.

use super::*;
use proptest::prelude::*;

fn section(page: &str, anchor: &str, title: &str, text: &str) -> Document {
    Document {
        page: page.to_owned(),
        source: page.replace(".html", ".md"),
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        ..Document::default()
    }
}

fn index(language: &str, documents: impl IntoIterator<Item = Document>) -> Index {
    let mut index = Index::new(language);
    documents.into_iter().for_each(|document| index.add(document));
    index
}

fn book() -> Index {
    index(
        "en",
        [
            section(
                "own.html",
                "",
                "Ownership",
                "Every value has one owner. When the owner goes out of scope, the value is dropped.",
            ),
            section(
                "own.html",
                "borrow",
                "Borrowing",
                "A reference lets you look at a value without owning it. References never dangle.",
            ),
            section(
                "own.html",
                "life",
                "Lifetimes",
                "The compiler checks that no reference outlives the value it points at.",
            ),
            section(
                "vec.html",
                "",
                "Vectors",
                "A vector stores many values side by side. Vec::with_capacity reserves room before pushing.",
            ),
            section(
                "vec.html",
                "grow",
                "Growing",
                "When the capacity is used up, the buffer is reallocated and every value moves.",
            ),
            section(
                "err.html",
                "",
                "Errors",
                "A function that may fail returns a Result. read_line returns the number of bytes.",
            ),
            section(
                "err.html",
                "panic",
                "Panics",
                "A panic unwinds the stack and drops every value on its way.",
            ),
            section("café.html", "", "Naïve façades", "Crème brûlée costs 3.50 in the café."),
        ],
    )
}

/// Anchors or, where there is none, titles of what a query finds, best first.
fn found(index: &Index, query: &str) -> Vec<String> {
    let name = |hit: Hit| {
        let document = index.document(hit.document).unwrap();
        if document.anchor.is_empty() { document.title.clone() } else { document.anchor.clone() }
    };
    index.search(query, 10).into_iter().map(name).collect()
}

fn first(index: &Index, query: &str) -> String {
    found(index, query).into_iter().next().unwrap_or_default()
}

/// Pieces with the marked ones in brackets.
fn marked(pieces: &[(String, bool)]) -> String {
    pieces.iter().map(|(text, hit)| if *hit { format!("[{text}]") } else { text.clone() }).collect()
}

#[test]
fn titles_come_first() {
    let book = book();
    assert_eq!(first(&book, "ownership"), "Ownership");
    assert_eq!(first(&book, "lifetimes"), "life");
    assert_eq!(first(&book, "Lifetime"), "life");
}

#[test]
fn an_unfinished_last_word_finds_what_it_may_become() {
    let book = book();
    for typed in ["va", "ow", "owners", "lifet", "capac", "returns the numb"] {
        assert!(!found(&book, typed).is_empty(), "{typed}");
    }
    assert_eq!(first(&book, "lifet"), "life");
    // A space says that the word is finished.
    assert!(found(&book, "lifet ").is_empty());
}

#[test]
fn misspelt_words_find_what_was_meant_but_later() {
    let book = book();
    for slip in ["ownershp", "onwership", "ownerrship", "ownersihp"] {
        assert_eq!(first(&book, slip), "Ownership", "{slip}");
    }
    let right = book.search("capacity", 1);
    let slip = book.search("capacitty", 1);
    assert_eq!(right[0].document, slip[0].document);
    assert!(right[0].score > slip[0].score);
    assert!(found(&book, "xyzzy").is_empty());
}

#[test]
fn identifiers_are_found_whole_in_parts_and_in_the_other_spelling() {
    let book = book();
    for query in ["read_line", "readLine", "read line", "readline"] {
        assert_eq!(first(&book, query), "Errors", "{query}");
    }
    assert_eq!(first(&book, "Vec::with_capacity"), "Vectors");
}

#[test]
fn accents_and_case_do_not_matter() {
    let book = book();
    for query in ["naive", "FAÇADES", "creme brulee", "CAFÉ", "cafe\u{301}"] {
        assert_eq!(first(&book, query), "Naïve façades", "{query}");
    }
}

#[test]
fn a_quoted_phrase_must_occur() {
    let book = book();
    assert_eq!(found(&book, "\"out of scope\""), ["Ownership"]);
    assert_eq!(found(&book, "value “side by side”"), ["Vectors"]);
    // A phrase that is nowhere is read as words, and a lone mark as nothing.
    assert!(found(&book, "\"scope of out\"").contains(&"Ownership".to_owned()));
    assert_eq!(found(&book, "\"lifetimes"), ["life"]);
}

#[test]
fn a_question_needs_no_word_in_particular() {
    let book = book();
    assert_eq!(
        first(&book, "Who can tell me what happens to elements once there is no capacity left over?"),
        "grow"
    );
    assert_eq!(first(&book, "What is the stack's fate in a panic?"), "panic");
}

#[test]
fn like_words_find_each_other_and_are_not_marked() {
    let book = book();
    let hits = book.search("what if a function crashes", 3);
    assert!(hits.iter().any(|hit| book.document(hit.document).unwrap().anchor == "panic"));
    let panics = hits.iter().find(|hit| book.document(hit.document).unwrap().anchor == "panic").unwrap();
    assert_eq!(marked(&panics.title), "Panics");
}

#[test]
fn neighbouring_words_beat_scattered_ones() {
    let filler = "and so on until the paragraph ends, with more words in between than anyone needs, ";
    let book = index(
        "en",
        [
            section("a.html", "", "One", &format!("The memory is described. {filler} A model follows.")),
            section("b.html", "", "Two", &format!("The memory model is described. {filler} It follows.")),
        ],
    );
    assert_eq!(first(&book, "memory model"), "Two");
}

#[test]
fn words_that_hold_sentences_together_count_little() {
    let mut book = book();
    book.add(section(
        "a.html",
        "",
        "One",
        "What is it that you would do with this? It is what it is, and you do it.",
    ));
    book.add(section("b.html", "", "Two", "Quantization maps weights to integers."));
    assert_eq!(first(&book, "what is quantization and what do you do with it"), "Two");
    // Unless there is nothing else.
    assert_eq!(first(&book, "what is it"), "One");
}

#[test]
fn chinese_japanese_and_korean_need_no_spaces() {
    let chinese = index(
        "zh",
        [
            section("a.html", "", "所有权", "每个值都有一个所有者。当所有者离开作用域时，值将被丢弃。"),
            section("b.html", "", "生命周期", "编译器检查引用是否有效。"),
            section("c.html", "", "权利", "有一个权利。"),
        ],
    );
    assert_eq!(first(&chinese, "所有权"), "所有权");
    assert_eq!(first(&chinese, "生命"), "生命周期");
    assert_eq!(first(&chinese, "离开作用域"), "所有权");
    assert_eq!(first(&chinese, "编"), "生命周期");

    let japanese = index(
        "ja",
        [
            section("a.html", "", "所有権とは", "Rustの所有権システムはメモリを管理します。"),
            section("b.html", "", "ライフタイム", "参照が有効である期間です。"),
        ],
    );
    assert_eq!(first(&japanese, "メモリ"), "所有権とは");
    assert_eq!(first(&japanese, "ライフ"), "ライフタイム");
    assert_eq!(first(&japanese, "rust"), "所有権とは");

    let korean = index(
        "ko",
        [
            section("a.html", "", "소유권", "소유권은 메모리를 관리하는 규칙입니다."),
            section("b.html", "", "수명", "참조자의 수명을 검사합니다."),
        ],
    );
    // Without the particle that the text has.
    assert_eq!(first(&korean, "메모리"), "소유권");
    assert_eq!(first(&korean, "수명"), "수명");
    let hits = korean.search("메모리", 1);
    assert!(marked(&hits[0].snippet).contains("[메모리]를"), "{}", marked(&hits[0].snippet));
}

#[test]
fn other_languages_are_not_stemmed() {
    let german = index("de", [section("a.html", "", "Häuser", "Die Häuser stehen. Das Bauen dauert.")]);
    assert_eq!(first(&german, "haeuser hauser"), "Häuser");
    assert!(found(&german, "baute ").is_empty());
}

#[test]
fn snippets_show_the_place_with_the_words_marked() {
    let filler = "Nothing of interest is said in this sentence. ".repeat(20);
    let text = format!("{filler}Here the tensor is  quantized\nto int8 weights. {filler}");
    let book = index("en", [section("a.html", "", "Models of tensors", &text)]);
    let hit = &book.search("tensors quantize int8", 1)[0];
    assert_eq!(marked(&hit.title), "Models of [tensors]");
    let snippet = marked(&hit.snippet);
    assert!(snippet.starts_with("… Here the [tensor] is [quantized] to [int8] weights."), "{snippet}");
    assert!(snippet.ends_with(" …"), "{snippet}");
    assert!(snippet.len() < 260, "{snippet}");
}

#[test]
fn a_snippet_comes_from_the_code_when_only_that_has_the_word() {
    let document = Document {
        code: "let x = frobnicate(1);".to_owned(),
        ..section("a.html", "", "Title", "Text about it.")
    };
    let book = index("en", [document]);
    assert_eq!(marked(&book.search("frobnicate", 1)[0].snippet), "let x = [frobnicate](1);");
    assert_eq!(marked(&book.search("title", 1)[0].snippet), "Text about it.");
}

#[test]
fn completions_are_marked_as_whole_words() {
    let book = book();
    assert!(marked(&book.search("realloc", 1)[0].snippet).contains("[reallocated]"));
}

#[test]
fn nothing_is_found_by_nothing() {
    let book = book();
    for query in ["", " ", "\n", "\"\"", "\"", "?!…", "🦀", "_", "''"] {
        assert!(book.search(query, 10).is_empty(), "{query:?}");
    }
    assert!(book.search("value", 0).is_empty());
    assert!(Index::new("en").search("value", 10).is_empty());
}

#[test]
fn hostile_queries_end() {
    let book = book();
    let _ = book.search(&"value ".repeat(10_000), 10);
    let _ = book.search(&"a".repeat(100_000), 10);
    let _ = book.search(&"\"".repeat(9_999), 10);
    let _ = book.search(&"所".repeat(10_000), 10);
    let _ = book.search(&(0..5_000).map(|number| format!("w{number} ")).collect::<String>(), 10);
}

#[test]
fn the_limit_holds_and_equal_documents_keep_their_order() {
    let copies = (0..20).map(|number| section("a.html", &format!("s{number:02}"), "Same", "the same words"));
    let book = index("en", copies);
    assert_eq!(found(&book, "words").len(), 10);
    assert_eq!(found(&book, "words")[..3], ["s00", "s01", "s02"]);
}

#[test]
fn a_section_may_be_added_after_a_search() {
    let mut book = book();
    assert!(found(&book, "quantization").is_empty());
    book.add(section("q.html", "", "Quantization", "Fewer bits."));
    assert_eq!(found(&book, "quantization"), ["Quantization"]);
    assert_eq!(book.len(), 9);
}

/// Text made of what tokenizers trip over.
fn anything() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "value", "Own", "owner", "_", "'", "’s", "::", "\"", "“", "é", "e\u{301}", "所有", "ー", "소", "İ",
        "ǅ", "ß", "😀", "\u{0}", " ", "\n", "A", "1", "-", "of", "the", "ﬁ", "Ａ",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..20).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn any_text_can_be_searched_for_anything(texts in prop::collection::vec(anything(), 1..5), query in anything(), english: bool) {
        let language = if english { "en" } else { "" };
        let documents = texts.iter().map(|text| Document { code: text.clone(), ..section("p.html", "a", text, text) });
        let index = index(language, documents);
        for hit in index.search(&query, 3) {
            prop_assert!(hit.score.is_finite() && hit.score > 0.0);
            let document = index.document(hit.document).unwrap();
            // Marking changes nothing but white space.
            let title: String = hit.title.iter().map(|(text, _)| text.as_str()).collect();
            prop_assert_eq!(title.split_whitespace().collect::<String>(), document.title.split_whitespace().collect::<String>());
        }
    }

    /// A word of the book, typed as it is, finds a section that has it.
    #[test]
    fn every_word_finds_its_section(word in "[a-z]{4,12}") {
        let text = format!("Some text with {word} in it.");
        let book = index("en", [section("a.html", "", "One", "Other text."), section("b.html", "", "Two", &text)]);
        prop_assert_eq!(first(&book, &format!("{word} ")), "Two");
    }
}
