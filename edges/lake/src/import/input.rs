//! From a path or bytes to the one plain file that is meant: zstd, gzip, zip and tar are opened, with bounds.

use std::io::{Cursor, Read};
use std::path::{Component, Path};

use domain::ContentHash;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::error::LakeError;

/// The largest plain file that is imported. The largest official file known (a full year of BACI) is some 300 MB.
pub const MAX_PLAIN_BYTES: u64 = 512 << 20;
/// A file may not unpack to more than this many times its own size: tables reach 60, a bomb reaches 1,000 and more.
pub const MAX_RATIO: u64 = 300;
/// Below this size the ratio is not looked at: a small file of zeros is harmless.
pub const RATIO_FREE_BYTES: u64 = 32 << 20;
/// The largest window a zstd frame may ask for (`zstd --long=27`).
const MAX_WINDOW_BYTES: u64 = 128 << 20;
/// Archives within archives are opened this deep (`x.csv.zip.zst`), no deeper.
const MAX_LAYERS: usize = 3;
/// An archive with more members than this is not an official publication of one table.
const MAX_MEMBERS: usize = 10_000;

/// A file as it was given: its name (for messages and for guessing) and its bytes, plain.
#[derive(Clone, Debug)]
pub struct Input {
    /// File name without folders, compression suffixes taken off: `eurofxref-hist.csv`.
    pub name: String,
    /// Name as given: `eurofxref-hist.zip`.
    pub given: String,
    /// SHA-256 of the file as given, before it was unpacked.
    pub sha256: ContentHash,
    /// What is in it, plain.
    pub bytes: Vec<u8>,
}

impl Input {
    /// Reads and unpacks a file.
    pub fn open(path: &Path) -> Result<Self, LakeError> {
        let fault = |source| LakeError::Read { path: path.to_owned(), source };
        let mut file = std::fs::File::open(path).map_err(fault)?;
        let mut bytes = Vec::new();
        (&mut file).take(MAX_PLAIN_BYTES + 1).read_to_end(&mut bytes).map_err(fault)?;
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |it| it.to_string_lossy().into());
        if bytes.len() as u64 > MAX_PLAIN_BYTES {
            return Err(too_large(&name, MAX_PLAIN_BYTES, "the file itself is larger"));
        }
        Self::new(&name, bytes)
    }

    /// Unpacks `bytes` by what they are, not by what the name says.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, LakeError> {
        let sha256 = ContentHash::of(&bytes);
        let given = name.to_owned();
        if bytes.is_empty() {
            return Err(LakeError::Empty { file: given });
        }
        let (name, bytes) = unpack(name, bytes)?;
        if bytes.is_empty() {
            return Err(LakeError::Empty { file: format!("{given} (unpacked)") });
        }
        Ok(Self { name, given, sha256, bytes })
    }

    /// The first bytes, for guessing.
    pub fn head(&self, bytes: usize) -> &[u8] {
        &self.bytes[..self.bytes.len().min(bytes)]
    }

    /// Whether this is a workbook (xlsx, xlsm or legacy xls).
    pub fn is_workbook(&self) -> bool {
        is_xlsx(&self.bytes) || self.bytes.starts_with(OLE2)
    }

    /// Whether this is a Parquet file.
    pub fn is_parquet(&self) -> bool {
        self.bytes.starts_with(b"PAR1")
    }

    /// Whether this is a tar archive, which is left packed for importers that want several members.
    pub fn is_tar(&self) -> bool {
        is_tar(&self.bytes)
    }
}

const OLE2: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

fn unpack(name: &str, bytes: Vec<u8>) -> Result<(String, Vec<u8>), LakeError> {
    let (mut name, mut bytes) = (name.to_owned(), bytes);
    for _ in 0..MAX_LAYERS {
        if bytes.starts_with(ZSTD) {
            bytes = unzstd(&name, &bytes)?;
            name = without_suffix(&name, &[".zst", ".zstd"]);
        } else if bytes.starts_with(&[0x1F, 0x8B]) {
            let limit = plain_limit(bytes.len());
            bytes = read_bounded(&name, MultiGzDecoder::new(bytes.as_slice()), limit)?;
            name = without_suffix(&name, &[".gz"]);
        } else if is_zip(&bytes) && !is_xlsx(&bytes) {
            (name, bytes) = single_member(&name, &bytes)?;
        } else {
            break;
        }
    }
    Ok((name, bytes))
}

fn without_suffix(name: &str, suffixes: &[&str]) -> String {
    suffixes.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name).to_owned()
}

fn too_large(file: &str, limit: u64, why: &str) -> LakeError {
    LakeError::TooLarge { file: file.to_owned(), limit, why: why.to_owned() }
}

/// How far a packed file of this size may unpack.
fn plain_limit(packed_bytes: usize) -> u64 {
    (packed_bytes as u64).saturating_mul(MAX_RATIO).clamp(RATIO_FREE_BYTES, MAX_PLAIN_BYTES)
}

/// Reads to the end, but not past `limit`.
fn read_bounded(file: &str, reader: impl Read, limit: u64) -> Result<Vec<u8>, LakeError> {
    let mut bytes = Vec::new();
    let done = reader.take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        let why = if limit == MAX_PLAIN_BYTES {
            "the largest that is imported".to_owned()
        } else {
            format!("{MAX_RATIO} times its packed size")
        };
        return Err(too_large(file, limit, &why));
    }
    done.map_err(|error| LakeError::Truncated {
        file: file.to_owned(),
        why: error.to_string(),
        bytes: bytes.len() as u64,
    })?;
    Ok(bytes)
}

/// All frames of a zstd file (`pzstd` writes several).
fn unzstd(file: &str, packed: &[u8]) -> Result<Vec<u8>, LakeError> {
    let limit = plain_limit(packed.len());
    let mut rest = packed;
    let mut plain = Vec::new();
    while !rest.is_empty() {
        let cut = |why: String, bytes| LakeError::Truncated { file: file.to_owned(), why, bytes };
        let mut decoder = StreamingDecoder::new_with_max_window_size(&mut rest, MAX_WINDOW_BYTES)
            .map_err(|error| cut(error.to_string(), plain.len() as u64))?;
        let frame = read_bounded(file, &mut decoder, limit - plain.len() as u64)?;
        drop(decoder);
        plain.extend_from_slice(&frame);
    }
    Ok(plain)
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A workbook is a zip whose first members are the parts of an office document.
fn is_xlsx(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    is_zip(bytes)
        && (contains(head, b"[Content_Types].xml")
            || contains(head, b"xl/")
            || contains(head, b"_rels/.rels"))
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|it| it == needle)
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar".as_slice())
}

/// One file of an archive.
#[derive(Clone, Debug)]
pub struct Member {
    /// Path inside the archive, with forward slashes.
    pub path: String,
    pub bytes: Vec<u8>,
}

fn single_member(file: &str, bytes: &[u8]) -> Result<(String, Vec<u8>), LakeError> {
    let mut members = zip_members(file, bytes)?;
    // Publishers add notes beside the table; one data file among them is still unambiguous.
    if members.len() > 1 {
        let is_note = |it: &Member| {
            let lower = it.path.to_lowercase();
            let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
            matches!(ending, "pdf" | "md")
                || (ending == "txt" && stem.contains("readme"))
                || stem.starts_with("metadata_")
        };
        let data = members.iter().filter(|it| !is_note(it)).count();
        if data == 1 {
            members.retain(|it| !is_note(it));
        }
    }
    match members.len() {
        1 => {
            let member = members.swap_remove(0);
            let name = member.path.rsplit('/').next().unwrap_or(&member.path).to_owned();
            Ok((name, member.bytes))
        }
        0 => Err(LakeError::Empty { file: format!("{file} (the archive holds no file)") }),
        count => Err(LakeError::ManyMembers {
            file: file.to_owned(),
            count,
            members: members.iter().take(5).map(|it| it.path.as_str()).collect::<Vec<_>>().join(", "),
        }),
    }
}

/// The files of a zip archive, in its order. Refuses paths that lead out of the archive and sizes out of bounds.
pub fn zip_members(file: &str, bytes: &[u8]) -> Result<Vec<Member>, LakeError> {
    let cut = |error: zip::result::ZipError| LakeError::Truncated {
        file: file.to_owned(),
        why: error.to_string(),
        bytes: bytes.len() as u64,
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(cut)?;
    if archive.len() > MAX_MEMBERS {
        return Err(too_large(file, MAX_PLAIN_BYTES, &format!("{} members", archive.len())));
    }
    let limit = plain_limit(bytes.len());
    let mut left = limit;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(cut)?;
        let path = entry.name().map_err(cut)?.into_owned();
        check_path(file, &path)?;
        if entry.is_dir() || path.starts_with("__MACOSX/") {
            continue;
        }
        if entry.is_symlink() {
            return Err(LakeError::UnsafePath { file: file.to_owned(), member: path });
        }
        let stated = entry.size();
        let plain = read_bounded(file, entry, left)?;
        if plain.len() as u64 != stated {
            return Err(LakeError::Truncated {
                file: file.to_owned(),
                why: format!("member {path} should hold {stated} bytes"),
                bytes: plain.len() as u64,
            });
        }
        left -= plain.len() as u64;
        members.push(Member { path, bytes: plain });
    }
    Ok(members)
}

/// The regular files of a tar archive, in its order, with the same refusals as [`zip_members`].
pub fn tar_members(file: &str, bytes: &[u8]) -> Result<Vec<Member>, LakeError> {
    let cut = |error: &std::io::Error| LakeError::Truncated {
        file: file.to_owned(),
        why: error.to_string(),
        bytes: bytes.len() as u64,
    };
    let mut archive = tar::Archive::new(bytes);
    let mut members = Vec::new();
    for entry in archive.entries().map_err(|error| cut(&error))? {
        let mut entry = entry.map_err(|error| cut(&error))?;
        let path = entry.path().map_err(|error| cut(&error))?.to_string_lossy().replace('\\', "/");
        check_path(file, &path)?;
        let kind = entry.header().entry_type();
        if kind.is_symlink() || kind.is_hard_link() {
            return Err(LakeError::UnsafePath { file: file.to_owned(), member: path });
        }
        if !kind.is_file() {
            continue;
        }
        if members.len() == MAX_MEMBERS {
            return Err(too_large(file, MAX_PLAIN_BYTES, "too many members"));
        }
        let stated = entry.size();
        let mut plain = Vec::new();
        entry.read_to_end(&mut plain).map_err(|error| cut(&error))?;
        if plain.len() as u64 != stated {
            return Err(LakeError::Truncated {
                file: file.to_owned(),
                why: format!("member {path} should hold {stated} bytes"),
                bytes: plain.len() as u64,
            });
        }
        members.push(Member { path, bytes: plain });
    }
    Ok(members)
}

fn check_path(file: &str, path: &str) -> Result<(), LakeError> {
    let slashed = path.replace('\\', "/");
    let inside =
        Path::new(&slashed).components().all(|it| matches!(it, Component::Normal(_) | Component::CurDir));
    let has_drive = slashed.as_bytes().get(1) == Some(&b':');
    if inside && !has_drive && !path.contains('\0') {
        return Ok(());
    }
    Err(LakeError::UnsafePath { file: file.to_owned(), member: path.to_owned() })
}
