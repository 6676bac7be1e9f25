//! Secrets at rest: XChaCha20-Poly1305 under a key from a file that only its owner may read, or from the environment.

use std::fmt;
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

use crate::error::{Error, Result};
use crate::token;

pub const KEY_VARIABLE: &str = "PERIPLUS_SECRET_KEY";
pub(crate) const KEY_FILE: &str = "secret.key";
const NONCE: usize = 24;
const FORM: u8 = 1;

#[derive(Clone)]
pub(crate) struct Key([u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let bytes = token::unhex(text.trim()).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| Error::Key("it is not 64 hexadecimal digits".to_owned()))
    }

    /// Made at the first start, readable by its owner alone.
    pub(crate) fn from_file(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => return Self::parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => {
                return Err(Error::Io { what: format!("read the key file {}", path.display()), source });
            }
        }
        match create(path) {
            Ok(key) => Ok(key),
            // Another process of ours was faster.
            Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::AlreadyExists => {
                let text = std::fs::read_to_string(path).map_err(|source| Error::Io {
                    what: format!("read the key file {}", path.display()),
                    source,
                })?;
                Self::parse(&text)
            }
            Err(error) => Err(error),
        }
    }

    /// Tells two keys apart and gives neither away.
    pub(crate) fn fingerprint(&self) -> String {
        token::sha256_hex(&[b"periplus key ".as_slice(), &self.0].concat())[..16].to_owned()
    }

    pub(crate) fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = token::random::<NONCE>()?;
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() })
            .map_err(|_| Error::Key("sealing failed".to_owned()))?;
        Ok([&[FORM], nonce.as_slice(), &sealed].concat())
    }

    /// `place` must be where it was sealed for: a sealed value copied elsewhere does not open.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let wrong = || Error::Key(format!("`{place}` was sealed with another key, or was changed"));
        let Some((&FORM, rest)) = sealed.split_first() else { return Err(wrong()) };
        let Some((nonce, sealed)) = rest.split_first_chunk::<NONCE>() else { return Err(wrong()) };
        self.cipher()
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place.as_bytes() })
            .map_err(|_| wrong())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// Written beside and linked into place, so that no process ever reads half a key.
fn create(path: &Path) -> Result<Key> {
    use std::io::Write as _;
    let fail = |source| Error::Io { what: format!("create the key file {}", path.display()), source };
    let key = Key(token::random()?);
    let beside = path.with_extension(format!("{}.new", &token::token()?[..12]));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(fail)?;
    let written = writeln!(file, "{}", token::hex(&key.0)).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| std::fs::hard_link(&beside, path));
    let _ = std::fs::remove_file(&beside);
    linked.map_err(fail)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_where_and_with_what_it_was_sealed() {
        let key = Key([7; 32]);
        let sealed = key.seal("a/token", b"hush").unwrap();
        assert_eq!(key.open("a/token", &sealed).unwrap(), b"hush");
        assert!(key.open("b/token", &sealed).is_err());
        assert!(Key([8; 32]).open("a/token", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 1;
            assert!(key.open("a/token", &bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_for_its_owner_alone() {
        let path = std::env::temp_dir().join(format!("periplus-key-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let first = Key::from_file(&path).unwrap();
        assert_eq!(Key::from_file(&path).unwrap().fingerprint(), first.fingerprint());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "short").unwrap();
        assert!(Key::from_file(&path).is_err());
        std::fs::remove_file(&path).unwrap();
    }
}
