//! Who the device is: a token from its file, or one that it made for itself and keeps.
//!
//! ```text
//! token ──a month old──▶ token and next ──the server took next──▶ next becomes token
//!                              └──refused──▶ token alone
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tracing::{error, info};

use crate::Token;
use crate::durable::{self, DurableError};

const TOKEN: &str = "token";
const NEXT: &str = "token-next";
/// The authority for which the token's hash was told: to no other one is it ever told or shown.
const TOLD_TO: &str = "token-told-to";
/// The server has let this token in.
const ACCEPTED: &str = "token-accepted";
/// A token serves so long; then the device goes over to another one by itself.
const SERVES: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A server that takes no new token is asked again a day later.
const TRIED_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// The device's tokens.
#[derive(Debug)]
pub(super) struct Identity {
    /// Where it keeps its own; none where its file has one.
    folder: Option<PathBuf>,
    tokens: Mutex<Tokens>,
}

#[derive(Debug)]
struct Tokens {
    token: Token,
    next: Option<Next>,
    /// When the token was made.
    since: Timestamp,
    /// When the server was told of a next one last.
    renewed_at: Option<Timestamp>,
}

/// The token that comes after.
#[derive(Debug)]
struct Next {
    token: Token,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The server is being told.
    Asked,
    /// The server waits for its first use.
    Agreed,
}

impl Identity {
    /// By the token of the device's file.
    pub(super) fn given(token: Token) -> Self {
        let tokens = Tokens {
            token,
            next: None,
            since: Timestamp::MAX,
            renewed_at: None,
        };
        Self {
            folder: None,
            tokens: Mutex::new(tokens),
        }
    }

    /// By the device's own token, made now where it has none.
    pub(super) fn kept_in(folder: &Path) -> Result<Self, DurableError> {
        let token = match kept(&folder.join(TOKEN))? {
            Some(token) => token,
            None => make(&folder.join(TOKEN))?,
        };
        let next = kept(&folder.join(NEXT))?.map(|token| Next {
            token,
            stage: Stage::Agreed,
        });
        let tokens = Tokens {
            token,
            next,
            since: made_at(&folder.join(TOKEN)),
            renewed_at: None,
        };
        Ok(Self {
            folder: Some(folder.to_owned()),
            tokens: Mutex::new(tokens),
        })
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the device can be paired.
    pub(super) fn is_own(&self) -> bool {
        self.folder.is_some()
    }

    pub(super) fn token(&self) -> Token {
        self.tokens().token.clone()
    }

    /// What a new line shows.
    pub(super) fn newest(&self) -> Token {
        let tokens = self.tokens();
        match &tokens.next {
            Some(next) if next.stage == Stage::Agreed => next.token.clone(),
            _ => tokens.token.clone(),
        }
    }

    /// The newest one was refused; true where there is an older one to try.
    pub(super) fn falls_back(&self) -> bool {
        let dropped = self.tokens().next.take();
        if let (Some(folder), Some(_)) = (&self.folder, &dropped) {
            told(durable::remove(&folder.join(NEXT)), "dropping a token");
        }
        dropped.is_some()
    }

    /// Before the token's hash is told: whoever shows another authority than the first one is told of another
    /// token. So a code that somebody approved never lets anybody in but by the server that it was made for.
    pub(super) fn is_told_to(&self, authority: &str) {
        let Some(folder) = &self.folder else { return };
        let path = folder.join(TOLD_TO);
        let told_to = durable::read(&path).ok().flatten();
        if told_to.as_deref() == Some(authority.as_bytes()) {
            return;
        }
        if told_to.is_some() {
            self.begins_anew();
        }
        told(
            durable::write(&path, authority.as_bytes()),
            "keeping whom a token was told to",
        );
    }

    /// The token is not known any more. One that was let in before was revoked: the device never asks with it again.
    /// True where it has another one now.
    pub(super) fn is_refused(&self) -> bool {
        let Some(folder) = &self.folder else {
            return false;
        };
        let was_accepted = folder.join(ACCEPTED).exists();
        if was_accepted {
            self.begins_anew();
        }
        was_accepted
    }

    /// The newest one was taken: it is the only one now.
    pub(super) fn accepted(&self) {
        let mut tokens = self.tokens();
        let Some(folder) = &self.folder else { return };
        let mark = folder.join(ACCEPTED);
        if !mark.exists() {
            told(durable::write(&mark, b""), "marking a token");
        }
        if !matches!(&tokens.next, Some(next) if next.stage == Stage::Agreed) {
            return;
        }
        let moved = fs::rename(folder.join(NEXT), folder.join(TOKEN));
        if let Err(fault) = moved {
            // The server knows only the new one by now: it stays the next one, here and on disk.
            return error!("the new token cannot take its place: {fault}");
        }
        if let Some(next) = tokens.next.take() {
            tokens.token = next.token;
            tokens.since = made_at(&folder.join(TOKEN));
            info!("the device has a new token");
        }
    }

    /// Drops the token, which another device has: the next one is nobody's.
    pub(super) fn begins_anew(&self) {
        let Some(folder) = &self.folder else { return };
        for of_the_old_one in [ACCEPTED, TOLD_TO, NEXT] {
            told(
                durable::remove(&folder.join(of_the_old_one)),
                "forgetting a token",
            );
        }
        match make(&folder.join(TOKEN)) {
            Ok(token) => {
                let mut tokens = self.tokens();
                tokens.token = token;
                tokens.next = None;
            }
            Err(fault) => error!("no new token can be kept: {fault}"),
        }
    }

    /// True once, when the token is old: then the server has to be told of the next one.
    pub(super) fn begins_renewal(&self, now: Timestamp) -> bool {
        let Some(folder) = &self.folder else {
            return false;
        };
        let mut tokens = self.tokens();
        let waits = |at: Timestamp| now.duration_since(at) < TRIED_EVERY;
        let is_fresh = now.duration_since(tokens.since) < SERVES;
        if tokens.next.is_some() || is_fresh || tokens.renewed_at.is_some_and(waits) {
            return false;
        }
        tokens.renewed_at = Some(now);
        match make(&folder.join(NEXT)) {
            Ok(token) => {
                let stage = Stage::Asked;
                tokens.next = Some(Next { token, stage });
                true
            }
            Err(fault) => {
                error!("no new token can be kept: {fault}");
                false
            }
        }
    }

    /// The hash of the next token, which the server has to know.
    pub(super) fn next_sha256(&self) -> Option<String> {
        let tokens = self.tokens();
        tokens.next.as_ref().map(|next| sha256(next.token.secret()))
    }

    /// The server knows the next token.
    pub(super) fn renewal_agreed(&self) {
        if let Some(next) = &mut self.tokens().next {
            next.stage = Stage::Agreed;
        }
    }

    /// The hash by which the server knows the token.
    pub(super) fn token_sha256(&self) -> String {
        sha256(self.tokens().token.secret())
    }
}

pub(super) fn sha256(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

fn kept(path: &Path) -> Result<Option<Token>, DurableError> {
    let kept = durable::read(path)?;
    // What cannot be a token is as good as none: the device is paired anew.
    Ok(kept.and_then(|bytes| Token::parse(std::str::from_utf8(&bytes).ok()?).ok()))
}

/// A token of 256 random bits, which nobody else on the box can read.
fn make(path: &Path) -> Result<Token, DurableError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the kernel gives random bytes once it has booted");
    let token = Token::parse(&hex(&bytes)).expect("hex digits are a token");
    durable::write_secret(path, token.secret().as_bytes())?;
    Ok(token)
}

/// When the file was written; never, where nobody can say: then the token is not renewed.
fn made_at(path: &Path) -> Timestamp {
    let modified = fs::metadata(path).and_then(|found| found.modified());
    let modified = modified.ok().and_then(|at| Timestamp::try_from(at).ok());
    modified.unwrap_or(Timestamp::MAX)
}

fn told(done: Result<(), DurableError>, doing: &str) {
    if let Err(fault) = done {
        error!("{doing}: {fault}");
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn later(than: Timestamp) -> Timestamp {
        than + SignedDuration::from_hours(31 * 24)
    }

    #[test]
    fn a_device_keeps_the_token_that_it_made_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Identity::kept_in(folder.path()).expect("a token").token();
        let again = Identity::kept_in(folder.path()).expect("a token").token();
        assert!(first == again && first.secret().len() == 64);
        let file = fs::metadata(folder.path().join(TOKEN)).expect("it is there");
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_server_that_takes_no_new_token_is_not_asked_again_before_a_day_is_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = Identity::kept_in(folder.path()).expect("a token");
        let at = later(made_at(&folder.path().join(TOKEN)));
        assert!(identity.begins_renewal(at));
        identity.falls_back();
        assert!(!identity.begins_renewal(at + SignedDuration::from_hours(23)));
        assert!(identity.begins_renewal(at + SignedDuration::from_hours(24)));
    }

    #[test]
    fn an_old_token_gives_way_to_the_next_one_once_the_server_has_taken_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = Identity::kept_in(folder.path()).expect("a token");
        let (old, made) = (identity.token(), made_at(&folder.path().join(TOKEN)));
        assert!(!identity.begins_renewal(made), "it is fresh");
        assert!(identity.begins_renewal(later(made)));
        assert!(!identity.begins_renewal(later(made)), "it has begun");
        assert!(identity.newest() == old, "the server does not know it yet");
        identity.renewal_agreed();
        // A crash here changes nothing.
        let identity = Identity::kept_in(folder.path()).expect("both tokens");
        let new = identity.newest();
        assert!(new != old && identity.token() == old);
        identity.accepted();
        assert!(identity.token() == new && identity.newest() == new);
        let after = Identity::kept_in(folder.path()).expect("a token");
        assert!(after.token() == new && !after.falls_back());
    }

    #[test]
    fn where_the_next_token_is_refused_the_old_one_serves_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = Identity::kept_in(folder.path()).expect("a token");
        let old = identity.token();
        assert!(identity.begins_renewal(later(made_at(&folder.path().join(TOKEN)))));
        identity.renewal_agreed();
        assert!(identity.falls_back(), "there is an older one");
        assert!(identity.newest() == old && !identity.falls_back());
        assert!(!folder.path().join(NEXT).exists());
    }

    #[test]
    fn a_token_is_told_to_one_authority_and_a_revoked_one_never_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = Identity::kept_in(folder.path()).expect("a token");
        let first = identity.token();
        identity.is_told_to("ours");
        // Also after a restart.
        let identity = Identity::kept_in(folder.path()).expect("a token");
        identity.is_told_to("ours");
        assert!(identity.token() == first);
        identity.is_told_to("somebody else's");
        let second = identity.token();
        assert!(second != first);
        assert!(
            !identity.is_refused() && identity.token() == second,
            "never let in"
        );
        identity.accepted();
        assert!(identity.is_refused() && identity.token() != second);
        let third = Identity::kept_in(folder.path()).expect("a token").token();
        assert!(third == identity.token() && !identity.is_refused());
    }

    #[test]
    fn a_token_of_the_devices_file_is_never_renewed() {
        let identity = Identity::given(Token::parse("t").expect("a token"));
        assert!(!identity.begins_renewal(Timestamp::MAX) && !identity.is_own());
    }
}
