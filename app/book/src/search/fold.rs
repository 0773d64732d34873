//! Letters as search compares them: lower case, without accents, full-width forms narrowed.

/// Base letters of U+00C0 to U+024F, in order; `?` keeps the letter, digits stand for [`PAIRS`].
const LATIN: &str = "aaaaaa0ceeeeiiii?nooooo?ouuuuy?1aaaaaa0ceeeeiiii?nooooo?ouuuuy?yaaaaaaccccccccddddeeeeeeee\
                     eegggggggghhhhiiiiiiiiii??jjkk?llllllllllnnnnnnn??oooooo22rrrrrrssssssssttttttuuuuuuuuuuuu\
                     wwyyyzzzzzzsb???????????????????????????????oo?????????????uu????????????????????????????a\
                     aiioouuuuuuuuuu?aaaa00??ggkkoooo??j???gg??nnaa00ooaaaaeeeeiiiioooorrrruuuusstt??hh??????aa\
                     eeooooooooyy???????????????b????????????";

/// Base letters of U+1E00 to U+1EFF, in order.
const ADDITIONAL: &str = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprr\
                          rrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasss1?aaaaaaaaaaaaaaaaaaaa\
                          aaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

/// Letters that become two: æ, ß, œ.
const PAIRS: [&str; 3] = ["ae", "ss", "oe"];

/// Appends `letter` as search compares it; combining accents add nothing.
pub(super) fn fold(letter: char, out: &mut String) {
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
        return;
    }
    let letter = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{0300}'..='\u{036f}' => return,
        _ => letter,
    };
    for letter in letter.to_lowercase() {
        let base = match letter {
            '\u{c0}'..='\u{24f}' => base(LATIN, letter as usize - 0xc0),
            '\u{1e00}'..='\u{1eff}' => base(ADDITIONAL, letter as usize - 0x1e00),
            '\u{0300}'..='\u{036f}' => continue,
            'ά' => "α",
            'έ' => "ε",
            'ή' => "η",
            'ί' | 'ϊ' | 'ΐ' => "ι",
            'ό' => "ο",
            'ύ' | 'ϋ' | 'ΰ' => "υ",
            'ώ' => "ω",
            'ς' => "σ",
            'ё' => "е",
            _ => "?",
        };
        if base == "?" { out.push(letter) } else { out.push_str(base) }
    }
}

fn base(table: &'static str, at: usize) -> &'static str {
    match table.as_bytes().get(at) {
        Some(digit @ b'0'..=b'2') => PAIRS[usize::from(digit - b'0')],
        Some(_) => &table[at..=at],
        None => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|letter| fold(letter, &mut out));
        out
    }

    #[test]
    fn accents_and_case_go() {
        assert_eq!(folded("Crème Brûlée"), "creme brulee");
        assert_eq!(folded("Žluťoučký kůň"), "zlutoucky kun");
        assert_eq!(folded("Đường ẤP ỹ"), "duong ap y");
        assert_eq!(folded("Łódź œuvre Straße ÆØÅ"), "lodz oeuvre strasse aeoa");
        assert_eq!(folded("ŠĐČĆŽ ğış Ōmu ŵŷ"), "sdccz gis omu wy");
        assert_eq!(folded("Όμηρος ёж"), "ομηροσ еж");
        assert_eq!(folded("e\u{301}ＡＢＣ１"), "eabc1");
    }

    /// Every letter of the tables has an entry: the tables have the length of their ranges.
    #[test]
    fn tables_are_complete() {
        assert_eq!(LATIN.len(), 0x250 - 0xc0);
        assert_eq!(ADDITIONAL.len(), 0x1f00 - 0x1e00);
    }

    #[test]
    fn every_character_folds_to_something_lower() {
        for letter in '\0'..=char::MAX {
            let once = folded(&letter.to_string());
            assert_eq!(folded(&once), once, "{letter:?}");
        }
    }
}
