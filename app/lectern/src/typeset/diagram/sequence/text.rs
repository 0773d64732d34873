//! How much room text takes, near enough for any sans-serif face.

/// Size of all text but the title, in pixels.
pub(super) const SIZE: f32 = 14.0;
/// From one line to the next.
pub(super) const LINE: f32 = 18.0;
/// Letters after which a line is broken at a space.
const LONGEST: usize = 44;

/// Lines of a text, and the width of the longest.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Block {
    pub(super) lines: Vec<String>,
    pub(super) width: f32,
}

impl Block {
    pub(super) fn new(text: &str) -> Self {
        let lines: Vec<String> =
            if text.is_empty() { Vec::new() } else { text.lines().flat_map(broken).collect() };
        let width = lines.iter().map(|line| width(line)).fold(0.0, f32::max);
        Self { lines, width }
    }

    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * LINE
    }
}

/// A line in lines that are not too long.
fn broken(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in line.split(' ') {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > LONGEST {
            lines.push(String::new());
            length = 0;
        }
        if let Some(last) = lines.last_mut() {
            if length > 0 {
                last.push(' ');
            }
            last.push_str(word);
        }
        length += letters + 1;
    }
    lines
}

/// Width of a line in pixels.
fn width(line: &str) -> f32 {
    line.chars().map(|letter| SIZE * share(letter)).sum()
}

/// Width of a letter as a share of the size, rather too much than too little.
fn share(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 0.31,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.7,
        _ if letter.is_ascii() => 0.6,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3ffff}' => 1.05,
        _ => 0.66,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        let block = Block::new("one two\nthree");
        assert_eq!(block.lines, ["one two", "three"]);
        let long = Block::new(&"word ".repeat(20));
        assert!(long.lines.len() > 1 && long.lines.iter().all(|line| line.len() <= LONGEST + 5), "{long:?}");
        assert_eq!(Block::new("").lines.len(), 0);
        assert_eq!(Block::new(&"x".repeat(100)).lines.len(), 1);
    }

    #[test]
    fn wide_letters_take_more_room() {
        assert!(width("illi") < width("mmmm"));
        assert!(width("漢字") > width("ab"));
        assert!(width("é") > 0.0);
    }
}
