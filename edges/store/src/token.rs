//! Random tokens, their hashes, and passwords.

use std::fmt::Write as _;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Each costs 19 MiB and some 20 ms of a core: a crowd at the door must not take the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// NIST SP 800-63B-4: at least 15 characters where it is the only factor, no rules of composition; a limit keeps
/// hashing bounded.
pub const PASSWORD_SHORTEST: usize = 12;
pub const PASSWORD_LONGEST: usize = 256;

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::Io {
        what: "draw random bytes from the system".to_owned(),
        source: std::io::Error::other(error.to_string()),
    })?;
    Ok(bytes)
}

/// 256 random bits in hexadecimal.
pub(crate) fn token() -> Result<String> {
    Ok(hex(&random::<32>()?))
}

/// A session's or API key's token is random enough that a plain hash keeps it.
pub(crate) fn token_hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

pub(crate) fn check_password(password: &str) -> Result<()> {
    let length = password.chars().count();
    if !(PASSWORD_SHORTEST..=PASSWORD_LONGEST).contains(&length) {
        let why =
            format!("it has {length} characters; from {PASSWORD_SHORTEST} to {PASSWORD_LONGEST} are taken");
        return Err(Error::invalid("password", why));
    }
    Ok(())
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _permit = AT_ONCE.acquire().await.map_err(|error| Error::unreadable("password gate", error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::unreadable("password work", error))
}

pub(crate) async fn hash_password(password: &str) -> Result<String> {
    check_password(password)?;
    let password = password.to_owned();
    aside(move || hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(|error| Error::invalid("password", error.to_string()))
}

/// Takes as long for a person who is not there as for one who is.
pub(crate) async fn password_fits(password: &str, hash: Option<String>) -> Result<bool> {
    if password.len() > PASSWORD_LONGEST * 4 {
        return Ok(false);
    }
    let password = password.to_owned();
    aside(move || {
        let Some(hash) = hash else {
            let _ = hasher().hash_password(password.as_bytes());
            return false;
        };
        PasswordHash::new(&hash)
            .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}
