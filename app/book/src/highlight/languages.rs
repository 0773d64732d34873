//! The languages: their names, their words and their quotes.

use super::cursor::Cursor;
use super::rules::{
    ASSEMBLY, AT, ATTRIBUTES, BACKSLASH, CAPITAL_CALLS, CAPITALS, COLON_KEY, DELIMITED, DOLLAR, EQUALS_KEY,
    FOLD, LIFETIMES, LISP, PREPROCESSOR, QUOTED_DIGITS, Quote, REGEX, Rules, SECTIONS, STYLES, YAML,
};
use super::{code, lines, markup, shell};

/// How a language is read.
pub(super) enum Lexer {
    /// By the common lexer with this table.
    Code(&'static Rules),
    /// By a lexer of its own.
    Own(fn(&mut Cursor)),
}

impl Lexer {
    /// Reads a listing to its end.
    pub(super) fn run(&self, cursor: &mut Cursor) {
        match self {
            Self::Code(rules) => code::code(cursor, rules),
            Self::Own(lexer) => lexer(cursor),
        }
    }
}

/// The lexer for a language's name or alias.
pub(super) fn find(language: &str) -> Option<Lexer> {
    let name = language.trim().split([',', ' ', '\t', '{']).next()?.to_ascii_lowercase();
    Some(Lexer::Code(match name.as_str() {
        "rust" | "rs" => &RUST,
        "cairo" => &CAIRO,
        "toml" => &TOML,
        "ini" | "cfg" | "conf" | "properties" | "dosini" => &INI,
        "c" | "h" => &C,
        "cpp" | "c++" | "cc" | "cxx" | "hpp" | "hh" | "cuda" | "cu" | "objc" | "opencl" | "metal"
        | "glsl" | "hlsl" => &CPP,
        "python" | "py" | "py3" | "python3" | "pycon" | "starlark" => &PYTHON,
        "javascript" | "js" | "jsx" | "mjs" | "cjs" => &JAVASCRIPT,
        "typescript" | "ts" | "tsx" | "mts" => &TYPESCRIPT,
        "json" | "jsonc" | "json5" | "jsonl" | "webmanifest" => &JSON,
        "yaml" | "yml" => &YAML_RULES,
        "css" | "scss" | "less" => &CSS,
        "sql" | "sqlite" | "postgresql" | "mysql" => &SQL,
        "go" | "golang" => &GO,
        "java" => &JAVA,
        "kotlin" | "kt" | "kts" => &KOTLIN,
        "swift" => &SWIFT,
        "csharp" | "cs" | "c#" => &CSHARP,
        "zig" => &ZIG,
        "lua" => &LUA,
        "ruby" | "rb" => &RUBY,
        "makefile" | "make" | "mk" => &MAKEFILE,
        "dockerfile" | "docker" | "containerfile" => &DOCKERFILE,
        "protobuf" | "proto" => &PROTOBUF,
        "wgsl" => &WGSL,
        "wat" | "wast" | "wasm" => &WAT,
        "scheme" | "lisp" | "clojure" | "clj" | "racket" | "elisp" | "scm" => &SCHEME,
        "asm" | "x86asm" | "nasm" | "armasm" | "assembly" | "s" | "gas" | "llvm" | "ptx" => &ASM,
        "haskell" | "hs" => &HASKELL,
        "julia" | "jl" => &JULIA,
        "latex" | "tex" => &LATEX,
        _ => return own(&name),
    }))
}

fn own(name: &str) -> Option<Lexer> {
    Some(Lexer::Own(match name {
        "bash" | "sh" | "shell" | "zsh" | "fish" | "ksh" => shell::script,
        "console" | "terminal" | "shell-session" | "shellsession" | "sh-session" | "session" => {
            shell::session
        }
        "html" | "xml" | "svg" | "xhtml" | "vue" | "svelte" | "hbs" | "handlebars" | "rss" | "plist" => {
            markup::markup
        }
        "diff" | "patch" => lines::diff,
        "markdown" | "md" | "mdx" => lines::markdown,
        _ => return None,
    }))
}

const fn quote(mark: &'static str) -> Quote {
    Quote { open: mark, close: mark, escapes: true, lines: false, code: None }
}

const fn block(mark: &'static str) -> Quote {
    Quote { lines: true, ..quote(mark) }
}

const fn raw(mark: &'static str) -> Quote {
    Quote { escapes: false, ..quote(mark) }
}

const fn with_code(quote: Quote, open: &'static str, close: u8, letter: u8) -> Quote {
    Quote { code: Some((open, close, letter)), ..quote }
}

const SLASHES: &[&str] = &["//"];
const HASH: &[&str] = &["#"];
const STARS: &[(&str, &str)] = &[("/*", "*/")];
const BOTH: &[Quote] = &[quote("\""), quote("'")];
const DOUBLE: &[Quote] = &[quote("\"")];

/// C's comments and quotes; most tables begin with these.
const BASE: Rules = Rules {
    line: SLASHES,
    block: STARS,
    nested: false,
    quotes: BOTH,
    prefixes: "",
    keywords: "",
    types: "",
    literals: "",
    name: "",
    flags: 0,
};

/// Lines of keys and values.
const KEYED: Rules = Rules {
    line: HASH,
    block: &[],
    literals: "true false null inf nan yes no on off True False",
    name: "-.",
    ..BASE
};

static RUST: Rules = Rules {
    nested: true,
    quotes: &[block("\"")],
    prefixes: "b r br c cr",
    keywords: "as async await break const continue crate dyn else enum extern fn for gen if impl in let loop match \
               mod move mut pub ref return self static struct super trait try type union unsafe use where while \
               yield macro_rules",
    types: "bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 f128",
    literals: "true false",
    flags: LIFETIMES | ATTRIBUTES | CAPITALS,
    ..BASE
};

static CAIRO: Rules = Rules {
    quotes: &[block("\""), quote("'")],
    keywords: "as assert break const continue else enum extern fn for hint if impl implicits in let loop macro match \
               mod mut nopanic of pub ref return self static struct super trait type use where while",
    types: "bool felt252 bytes31 u8 u16 u32 u64 u96 u128 u256 u512 usize i8 i16 i32 i64 i128",
    literals: "true false",
    flags: ATTRIBUTES | CAPITALS,
    ..BASE
};

static TOML: Rules = Rules {
    quotes: &[block("\"\"\""), MULTILINE_RAW, quote("\""), raw("'")],
    flags: EQUALS_KEY | SECTIONS,
    ..KEYED
};

const MULTILINE_RAW: Quote = Quote { lines: true, ..raw("'''") };

static INI: Rules = Rules { line: &["#", ";"], flags: EQUALS_KEY | SECTIONS, ..KEYED };

static YAML_RULES: Rules = Rules { quotes: &[block("\""), block("'")], flags: COLON_KEY | YAML, ..KEYED };

static JSON: Rules = Rules { literals: "true false null NaN Infinity", flags: COLON_KEY, ..BASE };

const C_WORDS: &str = "auto break case const continue default do else enum extern for goto if inline register \
                       restrict return sizeof static struct switch typedef union volatile while alignas alignof \
                       constexpr thread_local static_assert typeof";
const C_TYPES: &str = "bool char double float int long short signed unsigned void size_t ssize_t ptrdiff_t intptr_t \
                       uintptr_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t wchar_t FILE";

static C: Rules = Rules {
    prefixes: "L u U u8",
    keywords: C_WORDS,
    types: C_TYPES,
    literals: "true false NULL nullptr",
    flags: PREPROCESSOR | QUOTED_DIGITS,
    ..BASE
};

static CPP: Rules = Rules {
    prefixes: "L u U u8 R LR uR UR u8R",
    keywords: "auto break case const continue default do else enum extern for goto if inline register restrict return \
               sizeof static struct switch typedef union volatile while alignas alignof constexpr thread_local \
               static_assert typeof catch class concept consteval constinit co_await co_return co_yield decltype \
               delete explicit export final friend mutable namespace new noexcept operator override private \
               protected public requires template this throw try typeid typename using virtual const_cast \
               static_cast reinterpret_cast dynamic_cast __global__ __device__ __host__ __shared__ kernel uniform \
               in out",
    types: "bool char double float int long short signed unsigned void size_t ssize_t ptrdiff_t intptr_t uintptr_t \
            int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t wchar_t string vector map set half \
            float2 float3 float4 vec2 vec3 vec4 mat3 mat4 dim3 unique_ptr shared_ptr optional span string_view",
    literals: "true false NULL nullptr threadIdx blockIdx blockDim gridDim",
    flags: PREPROCESSOR | QUOTED_DIGITS | DELIMITED,
    ..BASE
};

const F: u8 = b'f';

static PYTHON: Rules = Rules {
    line: HASH,
    block: &[],
    quotes: &[
        with_code(block("\"\"\""), "{", b'}', F),
        with_code(block("'''"), "{", b'}', F),
        with_code(quote("\""), "{", b'}', F),
        with_code(quote("'"), "{", b'}', F),
    ],
    prefixes: "r b f u rb br fr rf R B F U Rb bR BR RB Fr fR FR",
    keywords: "and as assert async await break case class continue def del elif else except finally for from global \
               if import in is lambda match nonlocal not or pass raise return try while with yield",
    types: "bool bytes bytearray complex dict float frozenset int list object set str tuple type",
    literals: "True False None self cls NotImplemented Ellipsis __name__",
    flags: AT | CAPITALS,
    ..BASE
};

const JS_QUOTES: &[Quote] = &[quote("\""), quote("'"), with_code(block("`"), "${", b'}', 0)];

pub(super) static JAVASCRIPT: Rules = Rules {
    quotes: JS_QUOTES,
    keywords: "async await break case catch class const continue debugger default delete do else export extends \
               finally for from function get if import in instanceof let new of return set static super switch this \
               throw try typeof var void while with yield",
    literals: "true false null undefined NaN Infinity globalThis",
    name: "$",
    flags: REGEX | CAPITALS | AT,
    ..BASE
};

static TYPESCRIPT: Rules = Rules {
    quotes: JS_QUOTES,
    keywords: "abstract any as asserts async await break case catch class const constructor continue debugger declare \
               default delete do else enum export extends finally for from function get if implements import in \
               infer instanceof interface is keyof let module namespace new of override private protected public \
               readonly return satisfies set static super switch this throw try type typeof var void while with \
               yield",
    types: "boolean bigint never number object string symbol unknown",
    literals: "true false null undefined NaN Infinity globalThis",
    name: "$",
    flags: REGEX | CAPITALS | AT,
    ..BASE
};

pub(super) static CSS: Rules =
    Rules { keywords: "and not only from to", name: "-", flags: STYLES | AT | COLON_KEY, ..BASE };

static SQL: Rules = Rules {
    line: &["--"],
    quotes: &[Quote { lines: true, ..raw("'") }, raw("\""), raw("`")],
    keywords: "add all alter and as asc begin between by cascade case check column commit constraint create cross \
               database default delete desc distinct drop else end except exists explain foreign from full group \
               having if ilike in index inner insert intersect into is join key left like limit not offset on or \
               order outer over partition primary references returning right rollback row rows select set table \
               then to transaction trigger union unique update using values view when where window with",
    types: "bigint blob bool boolean bytea char date datetime decimal double float int integer interval json jsonb \
            numeric real serial smallint text time timestamp uuid varchar",
    literals: "true false null",
    flags: FOLD,
    ..BASE
};

static GO: Rules = Rules {
    quotes: &[quote("\""), quote("'"), Quote { lines: true, ..raw("`") }],
    keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map \
               package range return select struct switch type var",
    types: "any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint \
            uint8 uint16 uint32 uint64 uintptr",
    literals: "true false nil iota",
    flags: CAPITAL_CALLS,
    ..BASE
};

static JAVA: Rules = Rules {
    quotes: &[block("\"\"\""), quote("\""), quote("'")],
    keywords: "abstract assert break case catch class const continue default do else enum extends final finally for \
               goto if implements import instanceof interface native new non-sealed package permits private \
               protected public record return sealed static strictfp super switch synchronized this throw throws \
               transient try var volatile while yield",
    types: "boolean byte char double float int long short void",
    literals: "true false null",
    flags: AT | CAPITALS,
    ..BASE
};

static KOTLIN: Rules = Rules {
    nested: true,
    quotes: &[
        with_code(Quote { escapes: false, ..block("\"\"\"") }, "${", b'}', 0),
        with_code(quote("\""), "${", b'}', 0),
        quote("'"),
    ],
    keywords: "abstract actual annotation as break by catch class companion const constructor continue crossinline \
               data do else enum expect external final finally for fun get if import in infix init inline inner \
               interface internal is lateinit noinline object open operator out override package private protected \
               public reified return sealed set super suspend tailrec this throw try typealias val var vararg when \
               where while",
    literals: "true false null it",
    flags: AT | CAPITALS,
    ..BASE
};

static SWIFT: Rules = Rules {
    nested: true,
    quotes: &[with_code(block("\"\"\""), "\\(", b')', 0), with_code(quote("\""), "\\(", b')', 0)],
    keywords: "actor any as associatedtype async await break case catch class continue convenience default defer \
               deinit do else enum extension fallthrough fileprivate final for func get guard if import in indirect \
               infix init inout internal is lazy let mutating nonisolated open operator override precedencegroup \
               private protocol public repeat required rethrows return self set some static struct subscript super \
               switch throw throws try typealias unowned var weak where while",
    literals: "true false nil",
    flags: AT | CAPITALS,
    ..BASE
};

static CSHARP: Rules = Rules {
    quotes: &[
        Quote { open: "@\"", close: "\"", escapes: false, lines: true, code: None },
        with_code(Quote { open: "$\"", ..quote("\"") }, "{", b'}', 0),
        quote("\""),
        quote("'"),
    ],
    keywords: "abstract as async await base break case catch checked class const continue default delegate do else \
               enum event explicit extern finally fixed for foreach get goto if implicit in init interface internal \
               is lock namespace new operator out override params partial private protected public readonly record \
               ref return sealed set sizeof stackalloc static struct switch this throw try typeof unchecked unsafe \
               using var virtual void volatile when where while with yield",
    types: "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong \
            ushort",
    literals: "true false null",
    flags: CAPITALS | PREPROCESSOR,
    ..BASE
};

static ZIG: Rules = Rules {
    block: &[],
    keywords: "addrspace align allowzero and anyframe anytype asm async await break callconv catch comptime const \
               continue defer else enum errdefer error export extern fn for if inline noalias noinline nosuspend \
               opaque or orelse packed pub resume return struct suspend switch test threadlocal try union \
               unreachable usingnamespace var volatile while",
    types: "bool void anyerror type u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 f128 comptime_int \
            comptime_float noreturn",
    literals: "true false null undefined",
    flags: AT | CAPITALS,
    ..BASE
};

static LUA: Rules = Rules {
    line: &["--"],
    block: &[("--[[", "]]"), ("--[=[", "]=]")],
    quotes: &[
        quote("\""),
        quote("'"),
        Quote { open: "[[", close: "]]", escapes: false, lines: true, code: None },
    ],
    keywords: "and break do else elseif end for function goto if in local not or repeat return then until while",
    literals: "true false nil self",
    ..BASE
};

static RUBY: Rules = Rules {
    line: HASH,
    block: &[("=begin", "=end")],
    quotes: &[with_code(block("\""), "#{", b'}', 0), quote("'"), with_code(quote("`"), "#{", b'}', 0)],
    keywords: "alias and begin break case class def defined? do else elsif end ensure extend for if in include module \
               next not or private protected public raise redo require require_relative rescue retry return self \
               super then undef unless until when while yield attr_reader attr_writer attr_accessor",
    literals: "true false nil",
    name: "?",
    flags: CAPITALS | AT | DOLLAR,
    ..BASE
};

static MAKEFILE: Rules = Rules {
    line: HASH,
    block: &[],
    keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override private undefine unexport vpath",
    name: "-.",
    flags: DOLLAR | COLON_KEY,
    ..BASE
};

static DOCKERFILE: Rules = Rules {
    line: HASH,
    block: &[],
    keywords: "FROM AS RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL \
               HEALTHCHECK SHELL",
    name: "-./:",
    flags: DOLLAR | EQUALS_KEY,
    ..BASE
};

static PROTOBUF: Rules = Rules {
    keywords: "enum extend extensions group import map message oneof option optional package public repeated required \
               reserved returns rpc service stream syntax to weak",
    types: "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64",
    literals: "true false max",
    flags: CAPITALS,
    ..BASE
};

static WGSL: Rules = Rules {
    nested: true,
    quotes: &[],
    keywords: "alias break case const const_assert continue continuing default diagnostic discard else enable fn for \
               if let loop override requires return struct switch var while",
    types: "array atomic bool f16 f32 i32 u32 mat2x2 mat3x3 mat4x4 ptr sampler texture_2d vec2 vec3 vec4 vec2f vec3f \
            vec4f vec2u vec3u vec4u vec2i vec3i vec4i mat2x2f mat3x3f mat4x4f",
    literals: "true false function private read read_write storage uniform workgroup write",
    flags: AT | CAPITALS,
    ..BASE
};

static WAT: Rules = Rules {
    line: &[";;"],
    block: &[("(;", ";)")],
    nested: true,
    quotes: DOUBLE,
    keywords: "module func param result local global memory table elem data type import export start mut block loop \
               if then else end offset item declare",
    types: "i32 i64 f32 f64 v128 funcref externref anyref",
    name: ".$",
    flags: LISP | DOLLAR,
    ..BASE
};

static SCHEME: Rules = Rules {
    line: &[";"],
    block: &[("#|", "|#")],
    nested: true,
    quotes: &[block("\"")],
    keywords: "and begin case cond cons def define define-syntax defmacro defn defun do else fn if lambda let let* \
               letrec loop ns or quote require set! setq syntax-rules unless when",
    literals: "nil true false t #t #f",
    name: "-!?*+/<>=:.",
    flags: LISP,
    ..BASE
};

static ASM: Rules = Rules {
    line: &[";", "//", "# "],
    quotes: DOUBLE,
    literals: "eax ebx ecx edx esi edi esp ebp rax rbx rcx rdx rsi rdi rsp rbp r8 r9 r10 r11 r12 r13 r14 r15 rip",
    types: "byte word dword qword ptr i1 i8 i16 i32 i64 float double void",
    name: ".$@",
    flags: ASSEMBLY,
    ..BASE
};

static HASKELL: Rules = Rules {
    line: &["--"],
    block: &[("{-", "-}")],
    nested: true,
    quotes: DOUBLE,
    keywords: "case class data default deriving do else family forall foreign if import in infix infixl infixr \
               instance let module newtype of qualified then type where as hiding",
    name: "'",
    flags: CAPITALS,
    ..BASE
};

static JULIA: Rules = Rules {
    line: HASH,
    block: &[("#=", "=#")],
    nested: true,
    quotes: &[with_code(block("\"\"\""), "$(", b')', 0), with_code(quote("\""), "$(", b')', 0)],
    keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for function \
               global if import in isa let local macro module mutable primitive quote return struct try type using \
               where while",
    literals: "true false nothing missing Inf NaN",
    name: "!",
    flags: AT | CAPITALS,
    ..BASE
};

static LATEX: Rules = Rules { line: &["%"], block: &[], quotes: &[], flags: BACKSLASH, ..BASE };
