//! Answers and dossiers are kept compressed; unpacking is bounded.

use std::io::Read as _;

use crate::error::{Error, Result};

/// An answer with its dossier is some megabytes; what unpacks to more than this was not written here.
const LARGEST: u64 = 256 * 1024 * 1024;
const LEVEL: i32 = 3;

pub(crate) fn pack(what: &'static str, bytes: &[u8]) -> Result<Vec<u8>> {
    if bytes.len() as u64 > LARGEST {
        return Err(Error::TooLarge { what, found: bytes.len() as u64, limit: LARGEST });
    }
    zstd::bulk::compress(bytes, LEVEL)
        .map_err(|source| Error::Io { what: format!("compress {what}"), source })
}

pub(crate) fn unpack(what: &'static str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    zstd::stream::Decoder::new(bytes)
        .and_then(|decoder| decoder.take(LARGEST + 1).read_to_end(&mut out))
        .map_err(|error| Error::unreadable(what, error))?;
    if out.len() as u64 > LARGEST {
        return Err(Error::unreadable(what, "it unpacks to more than the limit"));
    }
    Ok(out)
}
