//! From bytes to text, whatever the encoding; what was assumed or mended is reported.

use std::borrow::Cow;

use domain::{Finding, Severity};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::input::Input;
use crate::error::LakeError;

/// A text with more control characters than one in this many is a binary file with another name.
const ONE_CONTROL_IN: usize = 100;
/// Broken UTF-8 is read as UTF-8 when sound sequences outnumber the broken ones by this factor.
const SOUND_PER_BROKEN: usize = 20;

/// Decoded text with the name of its encoding and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    pub text: Cow<'a, str>,
    /// WHATWG name: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    pub findings: Vec<Finding>,
}

/// Decodes `input`; `encoding` (a WHATWG label) overrides what would be detected.
pub fn decode<'a>(input: &'a Input, encoding: Option<&str>) -> Result<Text<'a>, LakeError> {
    decode_bytes(&input.given, &input.bytes, encoding)
}

/// As [`decode`], for a member of an archive.
pub fn decode_bytes<'a>(file: &str, bytes: &'a [u8], encoding: Option<&str>) -> Result<Text<'a>, LakeError> {
    let chosen = match encoding {
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| LakeError::Encoding { given: label.to_owned() })?,
        None => detect(file, bytes)?,
    };
    let (text, encoding, broken) = chosen.decode(bytes);
    let mut findings = Vec::new();
    if encoding != UTF_8 {
        findings.push(
            Finding::new(1430, Severity::Note, format!("read as {}", encoding.name()))
                .hint("if names look wrong, give the encoding with --encoding"),
        );
    }
    if broken {
        let count = text.matches('\u{FFFD}').count();
        findings.push(
            Finding::new(
                1431,
                Severity::Caution,
                format!("{count} characters are not sound {} and show as \u{FFFD}", encoding.name()),
            )
            .hint("compare the rows that hold \u{FFFD} with the publisher's file"),
        );
    }
    let text = without_nul(file, text, &mut findings)?;
    if text.trim().is_empty() {
        return Err(LakeError::Empty { file: format!("{file} (blank)") });
    }
    Ok(Text { text, encoding: encoding.name(), findings })
}

/// Takes NUL characters out when they are few; a file full of them is not text.
fn without_nul<'a>(
    file: &str,
    text: Cow<'a, str>,
    findings: &mut Vec<Finding>,
) -> Result<Cow<'a, str>, LakeError> {
    let is_control = |it: u8| it < 32 && !matches!(it, b'\n' | b'\r' | b'\t' | 12);
    let controls = text.bytes().filter(|&it| is_control(it)).count();
    if controls > 0 && controls * ONE_CONTROL_IN > text.len() {
        let why = format!("{controls} of its {} bytes are control characters", text.len());
        return Err(LakeError::NotText { file: file.to_owned(), why });
    }
    let nuls = text.bytes().filter(|&it| it == 0).count();
    if nuls == 0 {
        return Ok(text);
    }
    findings.push(
        Finding::new(1432, Severity::Caution, format!("{nuls} NUL bytes were taken out"))
            .hint("a NUL in a text file is a sign of a damaged download"),
    );
    Ok(Cow::Owned(text.replace('\0', "")))
}

fn detect(file: &str, bytes: &[u8]) -> Result<&'static Encoding, LakeError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(wide) = wide_without_mark(bytes) {
        return Ok(wide);
    }
    for (magic, what) in [(&b"PAR1"[..], "a Parquet file"), (b"%PDF", "a PDF"), (b"\x7fELF", "a program")] {
        if bytes.starts_with(magic) {
            return Err(LakeError::NotText { file: file.to_owned(), why: format!("it is {what}") });
        }
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let (sound, broken) = utf8_sequences(bytes);
    if sound > broken * SOUND_PER_BROKEN {
        return Ok(UTF_8);
    }
    if looks_chinese(bytes) {
        return Ok(GB18030);
    }
    Ok(WINDOWS_1252)
}

/// UTF-16 without a mark: in a mostly Latin table every other byte is NUL.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let pairs = head.len() / 2;
    if pairs < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&it| it == 0).count();
    match (zeros(0) * 10 / pairs, zeros(1) * 10 / pairs) {
        (0, 7..) => Some(UTF_16LE),
        (7.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// How many multi-byte sequences are sound UTF-8 and how many bytes are not.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let mut sound = 0;
    let mut broken = 0;
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (sound, broken)
}

/// GB 18030 writes Chinese in pairs of bytes, so high bytes come in long even runs; Western text has single ones.
fn looks_chinese(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 20)];
    let high: usize = head.iter().filter(|it| **it >= 0x80).count();
    let lone = head.windows(3).filter(|it| it[0] < 0x80 && it[1] >= 0x80 && it[2] < 0x40).count();
    let (_, broken) = GB18030.decode_without_bom_handling(head);
    !broken && high >= 4 && lone * 50 < high && mean_run(head) >= 3
}

fn mean_run(bytes: &[u8]) -> usize {
    let high = bytes.iter().filter(|it| **it >= 0x80).count();
    let runs = bytes.windows(2).filter(|it| it[0] < 0x80 && it[1] >= 0x80).count();
    high.checked_div(runs).unwrap_or(0)
}
