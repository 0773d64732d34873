//! Chapters made by chance out of pieces of markdown, the same in every run.

/// Pieces that begin a line. Raw HTML in them is whole: what we make of broken HTML differs on purpose.
const BLOCKS: &[&str] = &[
    "# ",
    "## ",
    "### ",
    "- ",
    "  - ",
    "    ",
    "1. ",
    "3) ",
    "> ",
    "> > ",
    ": ",
    "- [ ] ",
    "- [x] ",
    "---\n",
    "===\n",
    "```rust\n",
    "```\n",
    "```text,a\n",
    "~~~\n",
    "| a | b |\n|---|:-:|\n| ",
    "[^n]: ",
    "[^m]: ",
    "[r]: t.md \"T\"\n",
    "> [!NOTE]\n> ",
    "<div>\n*raw*\n</div>\n",
    "<div class=\"a\">\n\n*inside*\n\n</div>\n\n",
    "<!-- c -->\n",
    "<details>\n<summary>s</summary>\n\n- x\n\n</details>\n\n",
    "Term\n: ",
    "\n",
];

/// Pieces inside a line.
const WORDS: &[&str] = &[
    "word",
    " ",
    " ",
    " ",
    "two words",
    "*",
    "**",
    "_",
    "`",
    "``",
    "~~",
    "[",
    "](t.md)",
    "](a/b.md#c \"t\")",
    "![",
    "](i.png)",
    "[r]",
    "[^n]",
    "[^m]",
    "<kbd>k</kbd>",
    "<q title='a'>*q*</q>",
    "<br>",
    "<a href=\"x.md#y\">in</a>",
    "<img src=\"a.md\">",
    "&amp;",
    "&lt;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "--",
    "...",
    "\\",
    "\\*",
    "|",
    "#",
    "{#own}",
    "{.c}",
    "https://e.org",
    "<https://e.org/a.md>",
    "é",
    "中文",
    "🦀",
    "# hidden",
    "$x$",
    ":",
    "\n",
    "\n",
    "  \n",
    "\\\n",
    "\t",
];

/// Pieces of HTML that no browser and no author should write.
const BROKEN: &[&str] = &[
    "<b>",
    "</b>",
    "<i class=\"",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "\n<div>\n",
    "\n</div>\n",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul><li>",
    "<a href=x>",
    "</a>",
    "<b/>",
    "<svg>",
    "<path>",
    "</svg>",
    "<math>",
    "<script>",
    "\n<script>\n",
    "<style>",
    "<textarea>",
    "\n<textarea>\n",
    "<title>",
    "<xmp>",
    "\n<iframe>\n",
    "<select>",
    "\n<select>\n",
    "<option>",
    "<plaintext>",
    "<!--",
    "-->",
    "<!doctype html>",
    "<?",
    "<html>",
    "</html>",
    "<body>",
    "</body>",
    "<head>",
    "<form>",
    "<button>",
    "<h1>",
    "</h2>",
    "<details>",
    "<summary>",
    "<noscript>",
    "</main>",
    "<main>",
    "<frameset>",
    "<br>",
    "</br>",
    "<image>",
    "<ruby><rt>",
    "<![CDATA[",
    "<caption>",
    "<col>",
    "<center>",
    "<pre>",
    "\n<pre>\n",
    "<code>",
    "<object>",
];

/// Chapters with broken HTML, which all end with a heading of their own.
pub fn broken_chapters(count: u64) -> Vec<String> {
    // A fence that is not closed takes in the rest of a chapter, as it should.
    let no_fence = |piece: &&&str| !piece.contains(['`', '~']);
    let mix =
        |pieces: &[&'static str]| pieces.iter().filter(no_fence).chain(BROKEN).copied().collect::<Vec<_>>();
    let (blocks, words) = (mix(BLOCKS), mix(WORDS));
    (1..=count).map(|seed| chapter(seed, &blocks, &words) + "\n\n## The end\n").collect()
}

/// A chapter for each of `count` seeds.
pub fn chapters(count: u64) -> Vec<String> {
    (1..=count).map(|seed| chapter(seed, BLOCKS, WORDS)).collect()
}

fn chapter(seed: u64, blocks: &[&str], words: &[&str]) -> String {
    let mut chance = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        // Xorshift: every run has to meet the same chapters.
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        (chance % below as u64) as usize
    };
    let mut text = String::new();
    for _ in 0..1 + next(8) {
        for _ in 0..next(3) {
            text.push_str(blocks[next(blocks.len())]);
        }
        for _ in 0..next(12) {
            text.push_str(words[next(words.len())]);
        }
        text.push_str(["\n", "\n\n", ""][next(3)]);
    }
    text
}
