//! The key under which a command is sent, so that sending it twice does it once.

use std::fmt::Write as _;

/// An idempotency key. Make one for each press of a button and keep it for every repeat of that press.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CommandKey(String);

impl CommandKey {
    /// A key nobody has used: 128 random bits in hexadecimal.
    ///
    /// Panics if the operating system gives no randomness, without which no key would be safe.
    pub fn fresh() -> Self {
        let mut bits = [0_u8; 16];
        getrandom::fill(&mut bits).expect("the operating system gives random bytes");
        Self(bits.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String cannot fail");
            text
        }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_presses_have_two_keys_of_32_digits() {
        let (first, second) = (CommandKey::fresh(), CommandKey::fresh());
        assert_ne!(first, second);
        assert_eq!(first.as_str().len(), 32);
        assert!(first.as_str().bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
