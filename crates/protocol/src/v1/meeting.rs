//! How a device and its server find and know each other before the device is let in: by what the network is told,
//! and by a code that both make of the token and of the authority that the device saw.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};

/// What the server announces itself as (DNS-SD, RFC 6763).
pub const SERVICE_TYPE: &str = "_aufruf._tcp.local.";
/// SHA-256 of the authority, beside the announcement.
pub const AUTHORITY_KEY: &str = "authority";
/// The office's name, beside the announcement.
pub const OFFICE_KEY: &str = "office";
/// The name in every certificate of an office's own authority: devices know the server by it wherever it stands.
pub const SERVER_NAME: &str = "server.aufruf.internal";

/// Letters and digits of which none is taken for another (Crockford's base 32).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_SIGNS: usize = 8;
/// Memory in KiB and rounds (OWASP's least for Argon2id): 40 bits are few, so each try has to cost.
const MEMORY_KIB: u32 = 19_456;
const ROUNDS: u32 = 2;
/// Where there is no authority: the line does not leave the box.
const NO_AUTHORITY: &str = "this box alone";

/// What a device shows and somebody approves, such as `7KQM-2XRT`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PairingCode([u8; CODE_SIGNS]);

impl PairingCode {
    /// The code of this token (its hash, as hex) at a server that showed this authority (its hash, as hex; none
    /// on a line that does not leave the box) and gave this salt. Somebody in between who shows another authority
    /// gets another code: to find a salt by which it is the same he would have to try some 2^40 of them, at some
    /// ten milliseconds each, within the quarter of an hour for which the server's own salt holds.
    #[must_use]
    pub fn of(token_sha256: &str, authority_sha256: Option<&str>, salt: &str) -> Self {
        let token = token_sha256.to_ascii_lowercase();
        let authority = authority_sha256.map_or(NO_AUTHORITY.to_owned(), str::to_ascii_lowercase);
        let authority = format!("{salt}:{authority}");
        let params = Params::new(MEMORY_KIB, ROUNDS, 1, Some(CODE_SIGNS)).expect("sound figures");
        let mut bytes = [0; CODE_SIGNS];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(token.as_bytes(), authority.as_bytes(), &mut bytes)
            .expect("lengths that Argon2 takes");
        Self(bytes.map(|byte| SIGNS[usize::from(byte % 32)]))
    }
}

impl fmt::Display for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.iter().enumerate() {
            if place == CODE_SIGNS / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*sign))?;
        }
        Ok(())
    }
}

impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn who_stands_in_between_gets_another_code() {
        let (token, authority) = ("ab".repeat(32), "cd".repeat(32));
        let of = |token: &str, authority: Option<&str>| PairingCode::of(token, authority, SALT);
        let code = of(&token, Some(&authority));
        assert_eq!(code, of(&token.to_uppercase(), Some(&authority)));
        assert_ne!(code, of(&token, Some(&"ce".repeat(32))));
        assert_ne!(code, of(&token, None));
        let later = PairingCode::of(&token, Some(&authority), &SALT.replace('0', "1"));
        assert_ne!(code, later, "nothing can be reckoned in advance");
        assert_ne!(code, of(&"ac".repeat(32), Some(&authority)));
    }

    #[test]
    fn a_code_is_two_halves_of_plain_letters_and_stays_the_same_for_ever() {
        let code = PairingCode::of(&"00".repeat(32), None, SALT).to_string();
        assert_eq!(code, "8GE0-CHXW");
    }
}
