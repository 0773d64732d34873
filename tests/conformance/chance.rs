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

/// A chapter for each of `count` seeds.
pub fn chapters(count: u64) -> Vec<String> {
    (1..=count).map(chapter).collect()
}

fn chapter(seed: u64) -> String {
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
            text.push_str(BLOCKS[next(BLOCKS.len())]);
        }
        for _ in 0..next(12) {
            text.push_str(WORDS[next(WORDS.len())]);
        }
        text.push_str(["\n", "\n\n", ""][next(3)]);
    }
    text
}
