//! What each language's listings are split into.

use super::*;
use proptest::prelude::*;

/// The coloured pieces as `class text`, one a line, plain text left out.
fn coloured(language: &str, code: &str) -> String {
    let tokens = tokens(language, code).unwrap_or_else(|| panic!("{language} is unknown"));
    assert_eq!(tokens.iter().map(|(_, piece)| *piece).collect::<String>(), code);
    let pieces = tokens.iter().filter_map(|(class, piece)| Some(format!("{} {piece}", &class.css()?[2..])));
    pieces.collect::<Vec<_>>().join("|")
}

macro_rules! listings {
    ($($name:ident: $language:literal, $code:expr => $expected:expr;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(coloured($language, $code), $expected);
        }
    )*};
}

listings! {
    rust_function: "rust", "pub fn add(x: u32) -> Vec<T> { println!(\"{}\\\"\", x) } // done"
        => "k pub|k fn|f add|t u32|t Vec|t T|f println!|s \"{}\\\"\"|c // done";
    rust_comments_nest: "rust", "/* a /* b */ c */ x" => "c /* a /* b */ c */";
    rust_comment_without_end: "rust", "/* a /* b */ c x" => "c /* a /* b */ c x";
    rust_raw_strings: "rs", "r#\"a \" b\"# + br\"\\\" + r#type" => "s r#\"a \" b\"#|s br\"\\\"";
    rust_characters: "rust", "'a' 'static b'\\'' '\\u{41}' <'a, 'é'>"
        => "s 'a'|m 'static|s b'\\''|s '\\u{41}'|m 'a|s 'é'";
    rust_numbers: "rust", "0x_ff_u8 1.5e-3f32 1..=2 1.max(2) t.0"
        => "n 0x_ff_u8|n 1.5e-3f32|n 1|n 2|n 1|f max|n 2|n 0";
    rust_attributes: "rust", "#![allow(a)]\n#[doc = \"a ] b\"]\nstruct S;" => "m #![allow(a)]|m #[doc = \"a ] b\"]|k struct|t S";
    rust_constants: "rust", "const MAX: bool = true; x.await; x != y; f::<u8>()"
        => "k const|l MAX|t bool|l true|k await|f f|t u8";
    cairo: "cairo", "#[starknet::contract]\nfn f(ref self: felt252) -> u256 { 'short string' }"
        => "m #[starknet::contract]|k fn|f f|k ref|k self|t felt252|t u256|s 'short string'";
    toml: "toml", "# c\n[a.\"b\"]\nkey-1.x = \"v\" # d\non = [\n  [1, 2],\n]\nat = 1979-05-27T07:32:00Z"
        => "c # c|m [a.\"b\"]|p key-1.x|s \"v\"|c # d|p on|n 1|n 2|p at|n 1979-05-27T07:32:00Z";
    toml_long_strings: "toml", "a = '''\nx'y\n'''\nb = 'c:\\'" => "p a|s '''\nx'y\n'''|p b|s 'c:\\'";
    c_preprocessor: "c", "#include <stdio.h>\n# define N 10'000\nint main(void) { return 'x'; }"
        => "m #include <stdio.h>|m # define|n 10'000|t int|f main|t void|k return|s 'x'";
    cpp_raw_string: "c++", "auto s = R\"x(a )\" b)x\"; L\"w\"" => "k auto|s R\"x(a )\" b)x\"|s L\"w\"";
    python: "py", "@dec.a\ndef f(self, x: int = 1_0j):\n    return rb'a\\'' # c"
        => "m @dec.a|k def|f f|l self|t int|n 1_0j|k return|s rb'a\\''|c # c";
    python_strings: "python", "f\"a {x!r} {{b}} {d['k']}\" \"{y}\" \"\"\"a\n\"b\"\n\"\"\""
        => "s f\"a |l {|l }|s  {{b}} |l {|s 'k'|l }|s \"|s \"{y}\"|s \"\"\"a\n\"b\"\n\"\"\"";
    python_string_without_end: "python", "x = 'abc\ny = f\"{z\nif" => "s 'abc|s f\"|l {|k if";
    javascript: "js", "const a = `x ${f({b: 'c'})} y`; a / b / /[/]x\\//g.test(s)"
        => "k const|s `x |l ${|f f|s 'c'|l }|s  y`|s /[/]x\\//g|f test";
    typescript: "ts", "interface A { b?: string; c: Array<number> }" => "k interface|t A|t string|t Array|t number";
    json: "json", "{\"a\": [1.5e3, true, \"b\"]}" => "p \"a\"|n 1.5e3|l true|s \"b\"";
    yaml: "yaml", "# c\na key: don't # d\n- b: \"x: y\"\n- 'p: q'\nurl: http://a/#b\n&x c: *x\non: true"
        => "c # c|p a key|c # d|p b|s \"x: y\"|s 'p: q'|p url|p &x c|m *x|p on|l true";
    shell_script: "sh", "# c\nif [ -n \"$A\" ]; then\n  RUST_LOG=debug cargo run --release | grep -v 'x' > f\nfi"
        => "c # c|k if|l -n|s \"$A\"|k then|p RUST_LOG|f cargo|l --release|f grep|l -v|s 'x'|k fi";
    shell_variables: "bash", "echo ${HOME}/$x $(date +%s) $?" => "f echo|l ${HOME}|l $x|f date|l $?";
    shell_session: "console", "$ ls -l \\\n    a\nisn't it\n# note\n$ pwd"
        => "m $|f ls|l -l|c # note|m $|f pwd";
    shell_user_prompt: "shell", "me@box:~/x$ ls\nout" => "m me@box:~/x$|f ls";
    html: "html", "<!DOCTYPE html><a href=\"x\" b=c>&amp; & </a><!-- - -->{{> p}}"
        => "m <!DOCTYPE html>|p a|m href|s \"x\"|m b|s c|l &amp;|p a|c <!-- - -->|m {{> p}}";
    html_embedded: "html", "<style>p { color: red }</style><script>let a = '<';</script><b>"
        => "p style|p color|p style|p script|k let|s '<'|p script|p b";
    css: "css", "@media (x) { a:hover, #id { margin: -1.5em 10%; color: #fff !important } }"
        => "m @media|l #id|p margin|n 1.5em|n 10%|p color|l #fff|m !important";
    sql: "sql", "SELECT count(*) FROM t WHERE a = 'it''s' -- c" => "k SELECT|f count|k FROM|k WHERE|s 'it''s'|c -- c";
    go: "go", "func (r *T) Name() string { return fmt.Sprint(`a\\`) }"
        => "k func|f Name|t string|k return|f Sprint|s `a\\`";
    java: "java", "@Override public int f() { return \"a\".length(); }"
        => "m @Override|k public|t int|f f|k return|s \"a\"|f length";
    kotlin: "kt", "fun f() = \"a ${b.c(\"d\")} e\" /* /* */ */" => "k fun|f f|s \"a |l ${|f c|s \"d\"|l }|s  e\"|c /* /* */ */";
    swift: "swift", "let a = \"b \\(c(1)) d\"" => "k let|s \"b |l \\(|f c|n 1|l )|s  d\"";
    csharp: "c#", "var a = $\"b {c}\" + @\"d\\\";" => "k var|s $\"b |l {|l }|s \"|s @\"d\\\"";
    zig: "zig", "const std = @import(\"std\");" => "k const|m @import|s \"std\"";
    lua: "lua", "local x = 1 --[[ a\nb ]] -- c" => "k local|n 1|c --[[ a\nb ]]|c -- c";
    ruby: "rb", "def f\n  \"a #{b} c\" # d\nend" => "k def|f f|s \"a |l #{|l }|s  c\"|c # d|k end";
    makefile: "make", "all: $(OBJ)\n\tcc -o $@ # c" => "p all|l $(OBJ)|c # c";
    dockerfile: "dockerfile", "FROM rust:1 AS b\nENV A=1\nRUN echo $A" => "k FROM|k AS|k ENV|p A|n 1|k RUN|l $A";
    protobuf: "proto", "message A { repeated int32 b = 1; }" => "k message|t A|k repeated|t int32|n 1";
    diff: "diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z" => "m --- a|m +++ b|m @@ -1 +1 @@|d -x|a +y";
    wgsl: "wgsl", "@compute fn main() -> vec4<f32> {}" => "m @compute|k fn|f main|t vec4|t f32";
    wat: "wat", "(func $f (param i32) (i32.add (local.get 0))) ;; c" => "k func|l $f|k param|t i32|f i32.add|f local.get|n 0|c ;; c";
    scheme: "scheme", "(define (f x) (+ x 1)) ; c" => "k define|f f|f +|n 1|c ; c";
    assembly: "asm", "main:\n  mov rax, 0x1 ; c\n.text" => "f main|k mov|l rax|n 0x1|c ; c|m .text";
    haskell: "hs", "f :: Int -> Int -- c\nf x' = case x' of {- {- -} -}" => "t Int|t Int|c -- c|k case|k of|c {- {- -} -}";
    julia: "jl", "function f(x) \"a $(x) b\" end #= #= =# =#" => "k function|f f|s \"a |l $(|l )|s  b\"|k end|c #= #= =# =#";
    latex: "tex", "\\frac{a}{b} % c" => "l \\frac|c % c";
    ini: "ini", "; c\n[s]\na = b" => "c ; c|m [s]|p a";
    markdown: "md", "# T\n- a `b` {{#include x}}\n1. [l](u) **s**\n```rust\n# x\n```\n> q"
        => "k # T|l -|s `b`|m {{#include x}}|l 1.|l [l]|s (u)|k **s**|m ```rust|s # x|m ```|c > q";
}

#[test]
fn unknown_languages_write_nothing() {
    let mut out = String::new();
    for language in ["", "text", "plaintext", "klingon", ","] {
        assert!(!highlight(language, "fn", &mut out), "{language}");
    }
    assert!(out.is_empty());
}

#[test]
fn names_are_read_leniently() {
    for language in ["Rust", "rust,ignore", "rust ignore", "rust{.x}", " rs"] {
        assert!(tokens(language, "fn").is_some(), "{language}");
    }
}

#[test]
fn html_is_escaped_inside_and_outside_spans() {
    let mut out = String::new();
    assert!(highlight("rust", "a < \"<&>\"", &mut out));
    assert_eq!(out, "a &lt; <span class=\"h-s\">&quot;&lt;&amp;&gt;&quot;</span>");
}

/// Marks that never close: each language reads them once or gives up soon, or this would take minutes.
#[test]
fn hostile_listings_end() {
    for language in LANGUAGES {
        for piece in ["#[", "/[", "`${", "{{", "<a ", "\"\\", "${", "'", "[", "a:", "(", "/*", "R\"(", "r#\""]
        {
            let code = piece.repeat(5_000);
            let tokens = tokens(language, &code).unwrap();
            assert_eq!(tokens.iter().map(|(_, piece)| piece.len()).sum::<usize>(), code.len());
        }
    }
}

const LANGUAGES: &[&str] = &[
    "rust",
    "cairo",
    "toml",
    "ini",
    "c",
    "cpp",
    "python",
    "js",
    "ts",
    "json",
    "yaml",
    "css",
    "sql",
    "go",
    "java",
    "kotlin",
    "swift",
    "csharp",
    "zig",
    "lua",
    "ruby",
    "makefile",
    "dockerfile",
    "proto",
    "wgsl",
    "wat",
    "scheme",
    "asm",
    "haskell",
    "julia",
    "latex",
    "sh",
    "console",
    "html",
    "diff",
    "markdown",
];

fn unescape(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('>').unwrap() + 1..];
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Text made of what lexers trip over.
fn snippets() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "'",
        "`",
        "\\",
        "/*",
        "*/",
        "//",
        "#",
        "#[",
        "]",
        "{",
        "}",
        "${",
        "{{",
        "}}",
        "(",
        ")",
        "<",
        ">",
        "&",
        "\n",
        " ",
        "r#\"",
        "\"#",
        "f\"",
        "R\"x(",
        "é",
        "漢",
        "😀",
        "0x",
        "1e-",
        "..",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "$ ",
        "- ",
        ": ",
        "=",
        "@",
        "!",
        "--[[",
        "]]",
        "if",
        "T",
        "-",
        "+",
        "~~~",
        "```",
        "|",
        "\"\"\"",
        "\r\n",
        "\u{0}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn stripping_tags_gives_back_the_listing(code in prop_oneof![snippets(), any::<String>()], at in 0..LANGUAGES.len()) {
        let mut html = String::new();
        prop_assert!(highlight(LANGUAGES[at], &code, &mut html));
        prop_assert_eq!(unescape(&html), code);
    }
}
