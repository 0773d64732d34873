//! A chapter's markdown as the paragraphs, lists, tables and listings that questions can be about.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::sentence::{Mark, Piece, Sentence, cut};
use crate::markdown::parser_options;
use crate::path;
use crate::wire::{MathSyntax, RenderOptions};

/// What a question can be about.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph, or a paragraph of an item.
    Text(Vec<Sentence>),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A listing.
    Code(Code),
}

/// A list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct List {
    /// Its items are numbered.
    pub numbered: bool,
    /// The sentence that leads to it, if the paragraph right before it ends with a colon.
    pub lead: Option<Sentence>,
    /// Its items; one that is more than a paragraph is empty.
    pub items: Vec<Vec<Sentence>>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Markdown of its head.
    pub head: Vec<String>,
    /// Its rows: each cell as markdown and as plain text.
    pub rows: Vec<Vec<(String, String)>>,
}

/// A listing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Code {
    /// First word of its info string.
    pub language: String,
    /// Its text.
    pub text: String,
    /// The listing right after it, when that shows plain text.
    pub output: Option<String>,
}

/// A piece of the document: an event of its own, or all between a start and its end.
struct Node<'a> {
    event: Event<'a>,
    offset: usize,
    inside: Vec<Node<'a>>,
}

/// The blocks of `markdown`, each with the byte where it begins. What is folded away (answers, mostly) and what
/// stands in figures and footnotes is left out.
pub fn blocks(markdown: &str, options: &RenderOptions) -> Vec<(usize, Block)> {
    let mut extensions = parser_options(options);
    // A question quotes what the author wrote.
    extensions.remove(Options::ENABLE_SMART_PUNCTUATION);
    extensions.set(Options::ENABLE_MATH, options.math == MathSyntax::Dollar);
    let mut events = Parser::new_ext(markdown, extensions).into_offset_iter();
    let nodes = tree(&mut events);
    let mut reader = Reader { out: Vec::new(), hidden: 0, mathjax: options.math == MathSyntax::Mathjax };
    reader.nodes(&nodes);
    reader.out
}

fn tree<'a>(events: &mut pulldown_cmark::OffsetIter<'a>) -> Vec<Node<'a>> {
    let mut open: Vec<Node<'a>> = Vec::new();
    let mut top = Vec::new();
    for (event, range) in events {
        let node = match event {
            Event::Start(_) => {
                open.push(Node { event, offset: range.start, inside: Vec::new() });
                continue;
            }
            Event::End(_) => match open.pop() {
                Some(node) => node,
                None => continue,
            },
            event => Node { event, offset: range.start, inside: Vec::new() },
        };
        open.last_mut().map_or(&mut top, |around| &mut around.inside).push(node);
    }
    top
}

struct Reader {
    out: Vec<(usize, Block)>,
    /// `<details>` and the like that are open.
    hidden: i32,
    mathjax: bool,
}

impl Reader {
    fn push(&mut self, offset: usize, block: Block) {
        let is_empty = matches!(&block, Block::Text(sentences) if sentences.is_empty());
        if self.hidden <= 0 && !is_empty {
            self.out.push((offset, block));
        }
    }

    fn html(&mut self, html: &str) {
        let html = html.to_ascii_lowercase();
        let count = |part: &str| html.matches(part).count() as i32;
        for name in ["details", "figure", "svg", "lectern-quiz"] {
            self.hidden += count(&format!("<{name}")) - count(&format!("</{name}"));
        }
    }

    fn nodes(&mut self, nodes: &[Node<'_>]) {
        for node in nodes {
            match &node.event {
                Event::Start(Tag::Paragraph) => {
                    let sentences = self.sentences(&node.inside);
                    self.push(node.offset, Block::Text(sentences));
                }
                Event::Start(Tag::List(first)) => self.list(node, first.is_some()),
                Event::Start(Tag::Table(_)) => self.table(node),
                Event::Start(Tag::CodeBlock(kind)) => self.code(node, kind),
                Event::Start(Tag::BlockQuote(_) | Tag::HtmlBlock) => self.nodes(&node.inside),
                Event::Html(html) | Event::InlineHtml(html) => self.html(html),
                _ => {}
            }
        }
    }

    fn sentences(&mut self, nodes: &[Node<'_>]) -> Vec<Sentence> {
        cut(self.pieces(nodes))
    }

    fn pieces(&mut self, nodes: &[Node<'_>]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.add_pieces(nodes, Mark::Text, "", &mut pieces);
        if self.mathjax {
            // Its delimiters are text to the parser.
            for piece in
                pieces.iter_mut().filter(|piece| piece.text.contains("\\(") || piece.text.contains("$$"))
            {
                piece.mark = Mark::Math;
            }
        }
        pieces
    }

    fn add_pieces(&mut self, nodes: &[Node<'_>], mark: Mark, entry: &str, pieces: &mut Vec<Piece>) {
        for node in nodes {
            let (mark, text) = match &node.event {
                Event::Text(text) => (mark, text.to_string()),
                Event::Code(text) => {
                    (if mark == Mark::Citation { mark } else { Mark::Code }, text.to_string())
                }
                Event::InlineMath(text) => (Mark::Math, format!("${text}$")),
                Event::DisplayMath(text) => (Mark::Math, format!("$${text}$$")),
                Event::SoftBreak | Event::HardBreak => (mark, " ".to_owned()),
                Event::InlineHtml(html) => {
                    self.html(html);
                    continue;
                }
                Event::Start(Tag::Emphasis | Tag::Strong) => {
                    let inner = if mark == Mark::Text { Mark::Stressed } else { mark };
                    self.add_pieces(&node.inside, inner, entry, pieces);
                    continue;
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let (inner, entry) = link_mark(mark, dest_url);
                    self.add_pieces(&node.inside, inner, &entry, pieces);
                    continue;
                }
                Event::Start(_) => {
                    self.add_pieces(&node.inside, mark, entry, pieces);
                    continue;
                }
                _ => continue,
            };
            match pieces.last_mut() {
                Some(last)
                    if last.mark == mark
                        && last.entry == entry
                        && !matches!(mark, Mark::Code | Mark::Math) =>
                {
                    last.text.push_str(&text);
                }
                _ => pieces.push(Piece { mark, text, entry: entry.to_owned() }),
            }
        }
    }

    fn list(&mut self, node: &Node<'_>, numbered: bool) {
        let lead = match self.out.last() {
            Some((_, Block::Text(sentences))) => {
                sentences.last().filter(|sentence| sentence.plain().ends_with(':')).cloned()
            }
            _ => None,
        };
        let at = self.out.len();
        let mut list = List { numbered, lead, items: Vec::new() };
        for item in &node.inside {
            let before = self.out.len();
            let hidden = self.hidden;
            self.item(&item.inside, item.offset);
            let only = match &self.out[before..] {
                [(_, Block::Text(sentences))] if self.hidden == hidden => sentences.clone(),
                _ => Vec::new(),
            };
            list.items.push(only);
        }
        if self.hidden <= 0 {
            self.out.insert(at, (node.offset, Block::List(list)));
        }
    }

    /// The inside of an item: text that stands there without a paragraph is one.
    fn item(&mut self, nodes: &[Node<'_>], offset: usize) {
        let is_inline = |node: &Node<'_>| match &node.event {
            Event::Start(tag) => {
                matches!(
                    tag,
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
                )
            }
            Event::Html(_) | Event::Rule => false,
            _ => true,
        };
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            let inline = rest.iter().take_while(|node| is_inline(node)).count();
            if inline > 0 {
                let sentences = self.sentences(&rest[..inline]);
                self.push(offset, Block::Text(sentences));
                rest = &rest[inline..];
            } else {
                self.nodes(std::slice::from_ref(first));
                rest = &rest[1..];
            }
        }
    }

    fn table(&mut self, node: &Node<'_>) {
        let mut table = Table::default();
        for row in &node.inside {
            let cells: Vec<(String, String)> = row
                .inside
                .iter()
                .map(|cell| {
                    let sentence = Sentence { pieces: self.pieces(&cell.inside) };
                    (sentence.markdown(), sentence.plain())
                })
                .collect();
            if matches!(row.event, Event::Start(Tag::TableHead)) {
                table.head = cells.into_iter().map(|(markdown, _)| markdown).collect();
            } else {
                table.rows.push(cells);
            }
        }
        self.push(node.offset, Block::Table(table));
    }

    fn code(&mut self, node: &Node<'_>, kind: &CodeBlockKind<'_>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let language = info.split([',', ' ', '{']).next().unwrap_or_default().to_owned();
        let texts = node.inside.iter().filter_map(|inner| match &inner.event {
            Event::Text(text) => Some(text.as_ref()),
            _ => None,
        });
        let text: String = texts.collect();
        let is_output = matches!(language.as_str(), "text" | "console" | "output" | "txt");
        match self.out.last_mut() {
            Some((_, Block::Code(before))) if is_output && self.hidden <= 0 => before.output = Some(text),
            _ => self.push(node.offset, Block::Code(Code { language, text, output: None })),
        }
    }
}

fn link_mark(around: Mark, target: &str) -> (Mark, String) {
    let (file, fragment) = path::split_link(target);
    let file = file.rsplit('/').next().unwrap_or_default().to_lowercase();
    if file.starts_with("glossary.") {
        return (Mark::Term, fragment.unwrap_or_default().to_owned());
    }
    let cites = file.starts_with("bibliography.") || fragment.is_some_and(|id| id.starts_with("ref-"));
    (if cites { Mark::Citation } else { around }, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(markdown: &str) -> Vec<String> {
        let plain =
            |sentences: &[Sentence]| sentences.iter().map(Sentence::plain).collect::<Vec<_>>().join("|");
        let found = blocks(markdown, &RenderOptions::default());
        let shape = |block: &Block| match block {
            Block::Text(sentences) => plain(sentences),
            Block::List(list) => {
                let items: Vec<_> = list.items.iter().map(|item| plain(item)).collect();
                let lead = list.lead.as_ref().map(Sentence::plain).unwrap_or_default();
                format!("{}{lead}[{}]", if list.numbered { "#" } else { "" }, items.join(";"))
            }
            Block::Table(table) => format!("{}/{}", table.head.join(","), table.rows.len()),
            Block::Code(code) => format!("{} {:?} {:?}", code.language, code.text, code.output),
        };
        found.iter().map(|(_, block)| shape(block)).collect()
    }

    #[test]
    fn a_chapter_is_cut_into_blocks() {
        assert_eq!(
            shapes(
                "# H\n\nOne. Two:\n\n1. a `b`\n2. c\n\n   d\n\n- e\n- f\n  - g\n\n> h\n\n|x|y|\n|-|-|\n|1|2|\n"
            ),
            ["One.|Two:", "#Two:[a b;]", "a b", "c", "d", "[e;]", "e", "f", "[g]", "g", "h", "x,y/1"]
        );
    }

    #[test]
    fn outputs_belong_to_their_program() {
        assert_eq!(
            shapes("```py\np\n```\n\n```text\n1\n```\n\nx\n\n```text\n2\n```\n"),
            ["py \"p\\n\" Some(\"1\\n\")", "x", "text \"2\\n\" None"]
        );
    }

    #[test]
    fn answers_and_figures_are_left_out() {
        assert_eq!(
            shapes("a\n\n<details>\n\nb\n\n</details>\n\n<figure>\nc\n</figure>\n\nd[^n]\n\n[^n]: e\n"),
            ["a", "d"]
        );
    }
}
