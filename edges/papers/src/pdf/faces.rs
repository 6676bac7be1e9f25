//! The faces that the binary carries, which of them has a character, and shaping with it.

use std::sync::OnceLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Script, ShapePlan, UnicodeBuffer, script};

const LATIN: &[u8] = include_bytes!("../../fonts/periplus-latin.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/periplus-latin-bold.ttf");
const CJK: &[u8] = include_bytes!("../../fonts/periplus-cjk.otf");
const ARABIC: &[u8] = include_bytes!("../../fonts/periplus-arabic.ttf");

#[cfg(test)]
pub(super) const ALL: [(&str, &[u8]); 4] = [
    ("periplus-latin.ttf", LATIN),
    ("periplus-latin-bold.ttf", BOLD),
    ("periplus-cjk.otf", CJK),
    ("periplus-arabic.ttf", ARABIC),
];

/// The faces in the order in which they are asked for a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    Latin,
    Bold,
    Cjk,
    Arabic,
}

/// A face ready to shape and to embed.
struct Loaded {
    shaper: rustybuzz::Face<'static>,
    plan: ShapePlan,
    direction: Direction,
    script: Script,
    font: Font,
}

/// All faces. Read once for the whole process.
pub(super) struct Faces([Loaded; 4]);

fn load(data: &'static [u8], direction: Direction, script: Script) -> Option<Loaded> {
    let shaper = rustybuzz::Face::from_slice(data, 0)?;
    let plan = ShapePlan::new(&shaper, direction, Some(script), None, &[]);
    Some(Loaded { shaper, plan, direction, script, font: Font::new(data.into(), 0)? })
}

impl Faces {
    /// `None` when a face of the binary cannot be read, which a test rules out.
    pub(super) fn get() -> Option<&'static Self> {
        static FACES: OnceLock<Option<Faces>> = OnceLock::new();
        FACES.get_or_init(Self::load).as_ref()
    }

    fn load() -> Option<Self> {
        Some(Self([
            load(LATIN, Direction::LeftToRight, script::LATIN)?,
            load(BOLD, Direction::LeftToRight, script::LATIN)?,
            load(CJK, Direction::LeftToRight, script::HAN)?,
            load(ARABIC, Direction::RightToLeft, script::ARABIC)?,
        ]))
    }

    fn of(&self, face: Face) -> &Loaded {
        &self.0[face as usize]
    }

    fn has(&self, face: Face, letter: char) -> bool {
        self.of(face).shaper.glyph_index(letter).is_some_and(|it| it.0 != 0)
    }

    /// The face that a character is set in; `None` when no face has it.
    pub(super) fn for_letter(&self, letter: char, bold: bool) -> Option<Face> {
        let latin = if bold { Face::Bold } else { Face::Latin };
        [latin, Face::Cjk, Face::Arabic].into_iter().find(|it| self.has(*it, letter))
    }

    pub(super) fn font(&self, face: Face) -> Font {
        self.of(face).font.clone()
    }

    /// Glyphs in the order in which they are drawn, with advances in parts of the size; and the width of all.
    pub(super) fn shape(&self, face: Face, text: &str) -> (Vec<KrillaGlyph>, f32) {
        let loaded = self.of(face);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(loaded.direction);
        buffer.set_script(loaded.script);
        let shaped = rustybuzz::shape_with_plan(&loaded.shaper, &loaded.plan, buffer);
        let scale = 1.0 / loaded.shaper.units_per_em() as f32;
        let infos = shaped.glyph_infos();
        // Where each cluster of the text ends: at the next greater start.
        let mut starts: Vec<usize> = infos.iter().map(|it| it.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut width = 0.0;
        let glyphs = infos.iter().zip(shaped.glyph_positions()).map(|(info, at)| {
            let start = info.cluster as usize;
            let next = starts.partition_point(|it| *it <= start);
            let end = starts.get(next).copied().unwrap_or(text.len());
            let advance = at.x_advance as f32 * scale;
            width += advance;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                at.x_offset as f32 * scale,
                at.y_offset as f32 * scale,
                0.0,
                start..end,
                None,
            )
        });
        (glyphs.collect(), width)
    }
}

/// Characters that are not drawn and need no face.
pub(super) fn is_silent(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}')
        || letter.is_control()
}
