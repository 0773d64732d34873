//! Colours that are right on light paper, and what they become on dark paper.

/// `light-dark(…)` of a fixed colour and the same hue at the opposite lightness; `None` for what is no
/// fixed colour (a variable, `none`, `currentColor`) and should stay as it is.
pub(super) fn both(colour: &str) -> Option<String> {
    let [red, green, blue, alpha] = parse(colour)?;
    let (hue, saturation, lightness) = to_hsl(red, green, blue);
    // Neither black nor white paper is wanted at the dark end.
    let dark = 1.0 - 0.86 * lightness;
    let saturation = saturation * if dark < 0.4 { 0.6 } else { 1.0 };
    let alpha = if alpha < 1.0 { format!(" / {alpha:.2}") } else { String::new() };
    let percent = |part: f32| (part * 100.0).round();
    let dark = format!("hsl({} {}% {}%{alpha})", hue.round(), percent(saturation), percent(dark));
    Some(format!("light-dark({}, {dark})", colour.trim()))
}

/// Red, green, blue and alpha from 0 to 1.
fn parse(colour: &str) -> Option<[f32; 4]> {
    let colour = colour.trim().to_ascii_lowercase();
    if let Some(digits) = colour.strip_prefix('#') {
        return hex(digits);
    }
    if let Some(inside) = colour.strip_suffix(')') {
        let (name, parts) = inside.split_once('(')?;
        let parts: Vec<f32> = parts
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(number)
            .collect::<Option<_>>()?;
        let &[a, b, c, ref rest @ ..] = parts.as_slice() else { return None };
        let alpha = rest.first().copied().unwrap_or(1.0);
        return match name {
            "rgb" | "rgba" => Some([a / 255.0, b / 255.0, c / 255.0, alpha]),
            "hsl" | "hsla" => {
                let [red, green, blue] = to_rgb(a, b, c);
                Some([red, green, blue, alpha])
            }
            _ => None,
        };
    }
    hex(NAMES.iter().find(|(name, _)| *name == colour)?.1)
}

/// A number, a percentage as a part of 1, or an angle in degrees.
fn number(text: &str) -> Option<f32> {
    match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0),
        None => text.trim_end_matches("deg").parse().ok(),
    }
    .filter(|number| number.is_finite())
}

fn hex(digits: &str) -> Option<[f32; 4]> {
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| match digits.len() {
        3 | 4 => u8::from_str_radix(digits.get(at..=at)?, 16).ok().map(|digit| digit * 17),
        6 | 8 => u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok(),
        _ => None,
    };
    let part = |at| part(at).map(|part| f32::from(part) / 255.0);
    Some([part(0)?, part(1)?, part(2)?, part(3).unwrap_or(1.0)])
}

/// Hue in degrees, saturation and lightness from 0 to 1.
fn to_hsl(red: f32, green: f32, blue: f32) -> (f32, f32, f32) {
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let lightness = (most + least) / 2.0;
    let span = most - least;
    if span <= f32::EPSILON {
        return (0.0, 0.0, lightness);
    }
    let saturation = span / (1.0 - (2.0 * lightness - 1.0).abs()).max(f32::EPSILON);
    let sixth = if most == red {
        (green - blue) / span
    } else if most == green {
        2.0 + (blue - red) / span
    } else {
        4.0 + (red - green) / span
    };
    ((sixth * 60.0).rem_euclid(360.0), saturation.min(1.0), lightness)
}

fn to_rgb(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|offset: f32| {
        let at = (offset + hue / 30.0).rem_euclid(12.0);
        lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0)
    })
}

/// Named colours that authors of diagrams use.
const NAMES: &[(&str, &str)] = &[
    ("aqua", "00ffff"),
    ("beige", "f5f5dc"),
    ("black", "000000"),
    ("blue", "0000ff"),
    ("brown", "a52a2a"),
    ("coral", "ff7f50"),
    ("cyan", "00ffff"),
    ("darkblue", "00008b"),
    ("darkgray", "a9a9a9"),
    ("darkgreen", "006400"),
    ("darkgrey", "a9a9a9"),
    ("darkorange", "ff8c00"),
    ("darkred", "8b0000"),
    ("gold", "ffd700"),
    ("gray", "808080"),
    ("green", "008000"),
    ("grey", "808080"),
    ("indigo", "4b0082"),
    ("ivory", "fffff0"),
    ("khaki", "f0e68c"),
    ("lavender", "e6e6fa"),
    ("lightblue", "add8e6"),
    ("lightcoral", "f08080"),
    ("lightcyan", "e0ffff"),
    ("lightgray", "d3d3d3"),
    ("lightgreen", "90ee90"),
    ("lightgrey", "d3d3d3"),
    ("lightpink", "ffb6c1"),
    ("lightyellow", "ffffe0"),
    ("lime", "00ff00"),
    ("magenta", "ff00ff"),
    ("maroon", "800000"),
    ("navy", "000080"),
    ("olive", "808000"),
    ("orange", "ffa500"),
    ("palegreen", "98fb98"),
    ("pink", "ffc0cb"),
    ("plum", "dda0dd"),
    ("purple", "800080"),
    ("red", "ff0000"),
    ("salmon", "fa8072"),
    ("silver", "c0c0c0"),
    ("skyblue", "87ceeb"),
    ("steelblue", "4682b4"),
    ("tan", "d2b48c"),
    ("teal", "008080"),
    ("tomato", "ff6347"),
    ("turquoise", "40e0d0"),
    ("violet", "ee82ee"),
    ("wheat", "f5deb3"),
    ("white", "ffffff"),
    ("yellow", "ffff00"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_becomes_dark_and_keeps_its_hue() {
        assert_eq!(both("#ffffff").unwrap(), "light-dark(#ffffff, hsl(0 0% 14%))");
        assert_eq!(both(" black").unwrap(), "light-dark(black, hsl(0 0% 100%))");
        assert_eq!(both("#F00").unwrap(), "light-dark(#F00, hsl(0 100% 57%))");
        assert_eq!(both("lightblue").unwrap(), "light-dark(lightblue, hsl(195 32% 32%))");
        assert_eq!(
            both("rgba(0, 0, 255, 0.5)").unwrap(),
            "light-dark(rgba(0, 0, 255, 0.5), hsl(240 100% 57% / 0.50))"
        );
        assert_eq!(both("hsl(120, 100%, 90%)").unwrap(), "light-dark(hsl(120, 100%, 90%), hsl(120 60% 23%))");
    }

    #[test]
    fn what_is_no_fixed_colour_stays() {
        for colour in [
            "",
            "none",
            "currentColor",
            "var(--ink)",
            "url(#a)",
            "#12",
            "#12345g",
            "rgb(1,2)",
            "rgb(a,b,c)",
            "#é1",
        ] {
            assert_eq!(both(colour), None, "{colour}");
        }
    }

    #[test]
    fn there_and_back() {
        for (red, green, blue) in [(0.1, 0.5, 0.9), (0.9, 0.2, 0.3), (0.4, 0.8, 0.1), (0.5, 0.5, 0.5)] {
            let (hue, saturation, lightness) = to_hsl(red, green, blue);
            let back = to_rgb(hue, saturation, lightness);
            for (there, back) in [red, green, blue].iter().zip(back) {
                assert!((there - back).abs() < 1e-4);
            }
        }
    }
}
