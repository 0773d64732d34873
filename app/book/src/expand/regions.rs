//! Which parts of a page's markdown are running text, and which are code, comments, links or HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::wire::{MathSyntax, RenderOptions};

/// Parts of a markdown text that are not running text, each list in order.
#[derive(Debug, Default)]
pub struct Regions {
    code: Vec<Range<usize>>,
    comments: Vec<Range<usize>>,
    others: Vec<Range<usize>>,
}

impl Regions {
    /// Finds them in `markdown`, read as the renderer will read it.
    pub fn of(markdown: &str, options: &RenderOptions) -> Self {
        let mut regions = Self::default();
        // Links may contain images: the outermost of these is one region.
        let mut depth = 0_u32;
        let mut html_end = 0;
        for (event, range) in Parser::new_ext(markdown, extensions(options)).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => regions.code.push(range),
                Event::InlineMath(_) | Event::DisplayMath(_) if depth == 0 => regions.others.push(range),
                Event::Html(_) | Event::InlineHtml(_) => {
                    // A comment goes on through as many lines as it takes to close it.
                    let opens = markdown[range.clone()].trim_start().starts_with("<!--");
                    let goes_on = range.start == html_end
                        && regions.comments.last().is_some_and(|last| {
                            last.end == range.start && !markdown[last.clone()].trim_end().ends_with("-->")
                        });
                    html_end = range.end;
                    match regions.comments.last_mut() {
                        Some(last) if goes_on => last.end = range.end,
                        _ if opens => regions.comments.push(range.clone()),
                        _ => {}
                    }
                    if depth == 0 {
                        regions.others.push(range);
                    }
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    if depth == 0 {
                        regions.others.push(range);
                    }
                    depth += 1;
                }
                Event::End(TagEnd::Link | TagEnd::Image) => depth -= 1,
                _ => {}
            }
        }
        regions
    }

    /// Whether the byte at `offset` is in a code block or a code span.
    pub fn is_code(&self, offset: usize) -> bool {
        contains(&self.code, offset)
    }

    /// Whether the byte at `offset` is in an HTML comment, which nobody sees.
    pub fn is_comment(&self, offset: usize) -> bool {
        contains(&self.comments, offset)
    }

    /// Whether the byte at `offset` is part of the running text.
    pub fn is_text(&self, offset: usize) -> bool {
        !contains(&self.code, offset) && !contains(&self.others, offset)
    }
}

fn contains(ranges: &[Range<usize>], offset: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= offset);
    after > 0 && offset < ranges[after - 1].end
}

fn extensions(options: &RenderOptions) -> Options {
    let mut extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    extensions.set(Options::ENABLE_DEFINITION_LIST, options.definition_lists);
    extensions.set(Options::ENABLE_GFM, options.admonitions);
    extensions.set(Options::ENABLE_MATH, options.math == MathSyntax::Dollar);
    extensions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of `markdown` that lie in code (c), comments (!), running text (t) or elsewhere (.).
    fn letters(markdown: &str) -> String {
        let regions =
            Regions::of(markdown, &RenderOptions { math: MathSyntax::Dollar, ..Default::default() });
        markdown
            .char_indices()
            .filter(|(_, character)| character.is_alphabetic())
            .map(|(at, _)| match () {
                () if regions.is_code(at) => 'c',
                () if regions.is_comment(at) => '!',
                () if regions.is_text(at) => 't',
                () => '.',
            })
            .collect()
    }

    #[test]
    fn everything_is_told_apart() {
        assert_eq!(letters("a `b` $c$ d\n\n```\ne\n```\n\n    f\n"), "tc.tcc");
        assert_eq!(letters("a <!-- b\nc --> d\n\n<!--\ne\n\nf\n-->\n\ng"), "t!!t!!t");
        assert_eq!(letters("<p>b</p>\n\n[c ![d](e) <b>h</b> i](f) g"), "...........t");
    }
}
