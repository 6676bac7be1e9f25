//! The signature of a call: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`, so that whoever receives it can tell who sent it and when.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

pub const HEADER: &str = "periplus-signature";

/// The value of the header.
pub fn signature(secret: &str, at: i64, body: &[u8]) -> String {
    format!("t={at},v1={}", hex(&code(secret, at, body).finalize().into_bytes()))
}

fn code(secret: &str, at: i64, body: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length.
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&[0; 64].into()));
    mac.update(at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac pps_test`.
    const KNOWN: &str = "7cdda8c450423d888990f8cbec2b1ba6c20a779f1e8f18f7f590e19bea51ff8f";

    #[test]
    fn the_signature_is_that_of_other_programs() {
        assert_eq!(signature("pps_test", 1_700_000_000, br#"{"a":1}"#), format!("t=1700000000,v1={KNOWN}"));
    }

    #[test]
    fn another_time_secret_or_body_is_another_signature() {
        let one = signature("s", 1, b"x");
        for other in [signature("s", 2, b"x"), signature("t", 1, b"x"), signature("s", 1, b"y")] {
            assert_ne!(one, other);
        }
    }
}
