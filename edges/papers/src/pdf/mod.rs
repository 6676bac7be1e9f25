//! The dossier as a PDF: A4, tagged, the same bytes for the same answer, with faces of its own.

use std::collections::BTreeSet;

use domain::deal::{Assessment, Deals};

use desk::fault::{Exit, Fault};
use desk::words::Words;

use crate::block::{Block, Tone, blocks};
use crate::paper::Paper;

mod draw;
mod faces;
mod figures;
mod lay;
mod table;
mod text;

use faces::Faces;

/// Headings, links and bars.
const ACCENT: [u8; 3] = [0x14, 0x4b, 0x5e];
/// Codes named in the note about characters without a face.
const CODES_SHOWN: usize = 12;

/// The answer, or one plan of it.
///
/// # Errors
/// PRP-2202 when the writer refuses the document.
pub fn answer(deals: &Deals, only: Option<&Assessment>, words: &Words) -> Result<Vec<u8>, Fault> {
    of_paper(&Paper::of(deals, only, words), words)
}

/// A paper that is made already.
///
/// # Errors
/// PRP-2202 when the writer refuses the document.
pub fn of_paper(paper: &Paper, words: &Words) -> Result<Vec<u8>, Fault> {
    let failed = |why: &str| Fault::ours(Exit::Internal, 2202, &[("why", why)]);
    let faces = Faces::get().ok_or_else(|| failed("a face of this program cannot be read"))?;
    let mut all = blocks(paper, words);
    all.extend(note_on_faces(&all, faces, words));
    let laid = lay::lay(&all, paper, words, faces);
    let about = draw::About {
        title: paper.title.clone(),
        language: paper.lang,
        rtl: paper.rtl,
        as_of: paper.as_of,
        id: paper.dossier.clone(),
        subject: format!("{}: {}. {}", words.get("papers-kind"), paper.dossier, paper.footer),
    };
    draw::write(&laid, &about, faces).map_err(|it| failed(&format!("{it:?}")))
}

/// The faces that the binary carries, by name.
#[cfg(test)]
pub(crate) fn faces() -> [(&'static str, &'static [u8]); 4] {
    faces::ALL
}

/// Characters that are shown by their codes are a finding of the paper itself.
fn note_on_faces(all: &[Block], faces: &Faces, words: &Words) -> Option<Block> {
    let mut missing = BTreeSet::new();
    crate::block::each_text(all, &mut |it| {
        text::covered(faces, it, &mut missing);
    });
    if missing.is_empty() {
        return None;
    }
    let mut codes: Vec<String> =
        missing.iter().take(CODES_SHOWN).map(|it| format!("U+{:04X}", u32::from(*it))).collect();
    if missing.len() > CODES_SHOWN {
        codes.push("…".to_owned());
    }
    let args = [("count", missing.len().to_string()), ("codes", codes.join(" "))];
    let said = words.with("papers-no-face", &[(args[0].0, &args[0].1), (args[1].0, &args[1].1)]);
    let text = format!("PRP-2201{}{said}. {}", words.get("colon"), words.get("papers-no-face-hint"));
    Some(Block::Text { tone: Tone::Warn, spans: vec![crate::block::Span::plain(text)] })
}
