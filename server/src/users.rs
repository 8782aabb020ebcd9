//! People who sign in: what they may do, how their password or PIN is kept, and how long guessing takes.

mod guesses;

use std::sync::Arc;

use argon2::password_hash::SaltString;
use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use aufruf_store::{Access, By, SessionRow, StoreError, UserRow};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::auth::token_sha256;
use crate::ids::{fresh_token, random};
use guesses::Guesses;

/// A session ends after this long without use, and after so long in any case.
pub const IDLE: SignedDuration = SignedDuration::from_mins(60);
pub const WORKING_DAY: SignedDuration = SignedDuration::from_hours(12);
/// The use of a session is written down when it is this old.
const WRITTEN_DOWN: SignedDuration = SignedDuration::from_secs(60);
/// The hash of 32 random bytes that were thrown away: nobody's secret.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$BixKs2mo7P4bvCEcno5YoA$GhYreggsoRslKQOLU0JfWNs/DwleQPv+GWBkvqZWBeU";
/// LIMIT: secrets that are hashed at the same time; each takes 19 MiB for a moment.
const HASHED_AT_ONCE: usize = 2;
/// LIMIT: characters of a secret. A PIN has 6 digits at least, and an admin knows more than a PIN.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 6..=128;
const ADMIN_CHARS: usize = 10;
/// LIMIT: characters of a user's id and name.
pub(crate) const NAME_CHARS: usize = 64;

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum UserRole {
    /// Works at a counter.
    Clerk,
    /// Also looks after the day.
    TeamLead,
    /// Also lets devices and users in.
    Admin,
}

impl UserRole {
    /// The word that the database and the wire have.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::TeamLead => "team_lead",
            Self::Admin => "admin",
        }
    }

    pub fn named(word: &str) -> Option<Self> {
        [Self::Clerk, Self::TeamLead, Self::Admin]
            .into_iter()
            .find(|role| role.name() == word)
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: String,
    pub name: String,
    pub role: UserRole,
}

/// A user who is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    pub id: String,
    pub name: String,
    pub role: UserRole,
}

/// A session that has just begun. Not for a log: it has the token.
#[derive(Clone)]
pub struct Begun {
    /// What proves it; told once and kept by nobody but the one who signed in.
    pub token: String,
    pub user: User,
    pub ends_at: Timestamp,
}

impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Begun")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Why nobody is signed in.
#[derive(Debug)]
pub enum SignInFault {
    /// Which of both is wrong is not told.
    Wrong,
    /// Too many wrong ones: no other one is looked at before then.
    Locked {
        until: Timestamp,
    },
    Store(StoreError),
}

impl From<StoreError> for SignInFault {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

/// Signs people in and out. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Users {
    access: Access,
    hashing: Arc<Semaphore>,
    guesses: Arc<Guesses>,
}

impl Users {
    pub fn new(access: Access) -> Self {
        Self {
            access,
            hashing: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
            guesses: Arc::default(),
        }
    }

    /// Begins a session for whoever knows the secret. How long it takes does not tell whether there is such
    /// a user.
    ///
    /// # Errors
    /// [`SignInFault`].
    pub async fn sign_in(
        &self,
        id: &str,
        secret: &str,
        address: String,
        now: Timestamp,
    ) -> Result<Begun, SignInFault> {
        // What nobody can have is not kept and not hashed.
        if id.len() > NAME_CHARS || secret.chars().count() > *SECRET_CHARS.end() {
            return Err(SignInFault::Wrong);
        }
        let _turn = self.hashing.acquire().await;
        let guesses = Arc::clone(&self.guesses);
        let (access, id, secret) = (self.access.clone(), id.to_owned(), secret.to_owned());
        let work = move || {
            let by = By {
                name: id,
                address,
                at: now,
            };
            if let Some(until) = guesses.locked(&by.name, &by.address, now) {
                return Err(SignInFault::Locked { until });
            }
            let done = sign_in(&access, &by, &secret);
            match &done {
                Ok(_) => guesses.succeeded(&by.name, &by.address, now),
                Err(SignInFault::Wrong) => guesses.failed(&by.name, &by.address, now),
                Err(SignInFault::Locked { .. } | SignInFault::Store(_)) => {}
            }
            done
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or(Err(SignInFault::Wrong))
    }

    /// Who has this session, as long as it lasts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn with_session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<User>, StoreError> {
        let (access, hash) = (self.access.clone(), token_sha256(token));
        let work = move || {
            let Some((session, user)) = access.session(&hash)? else {
                return Ok(None);
            };
            if !lasts(&session, now) {
                return Ok(None);
            }
            if now.duration_since(session.used) >= WRITTEN_DOWN {
                access.session_used(&hash, now)?;
            }
            Ok(user_of(&user))
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Ok(None))
    }
}

fn lasts(session: &SessionRow, now: Timestamp) -> bool {
    // What began in the future began before the clock was set back: nobody knows how long ago.
    let within = |at: Timestamp, most| {
        let since = now.duration_since(at);
        !since.is_negative() && since < most
    };
    within(session.used, IDLE) && within(session.begun, WORKING_DAY)
}

fn user_of(row: &UserRow) -> Option<User> {
    Some(User {
        id: row.id.clone(),
        name: row.name.clone(),
        role: UserRole::named(&row.role)?,
    })
}

fn sign_in(access: &Access, by: &By, secret: &str) -> Result<Begun, SignInFault> {
    access.end_old_sessions(by.at - WORKING_DAY, by.at - IDLE)?;
    let found = access.user(&by.name)?;
    let kept = found.as_ref().and_then(|row| row.secret.as_deref());
    let is_right = verify(secret, kept);
    let Some(row) = found else {
        return Err(SignInFault::Wrong);
    };
    let Some(user) = user_of(&row).filter(|_| is_right) else {
        access.sign_in_failed(by)?;
        return Err(SignInFault::Wrong);
    };
    let token = fresh_token();
    let session = SessionRow {
        token_sha256: token_sha256(&token),
        user: user.id.clone(),
        address: by.address.clone(),
        begun: by.at,
        used: by.at,
    };
    // Meanwhile the secret may have been reset, or the user removed.
    if !access.sign_in(&session, row.secret.as_deref(), by)? {
        return Err(SignInFault::Wrong);
    }
    Ok(Begun {
        token,
        user,
        ends_at: by.at + WORKING_DAY,
    })
}

/// The hash under which a secret is kept: Argon2id with the parameters that RFC 9106 and OWASP give for little
/// memory (19 MiB, 2 passes), and a salt of its own.
pub fn hashed(secret: &str) -> String {
    let salt = SaltString::encode_b64(&random::<16>()).expect("16 bytes make a salt");
    let hash = Argon2::default().hash_password(secret.as_bytes(), &salt);
    hash.expect("a secret within its limits has a hash")
        .to_string()
}

/// Where there is nothing to compare with, as much is reckoned all the same.
fn verify(secret: &str, kept: Option<&str>) -> bool {
    let parsed = PasswordHash::new(kept.unwrap_or(NOBODYS));
    parsed.is_ok_and(|hash| {
        let verified = Argon2::default().verify_password(secret.as_bytes(), &hash);
        verified.is_ok()
    })
}

impl NewUser {
    /// What speaks against this user with this secret.
    pub fn fault(&self, secret: &str) -> Option<UserFault> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        if !(1..=NAME_CHARS).contains(&self.id.len()) || !self.id.chars().all(is_plain) {
            return Some(UserFault::Id);
        }
        let is_shown = !self.name.trim().is_empty() && !self.name.chars().any(char::is_control);
        if !is_shown || self.name.chars().count() > NAME_CHARS {
            return Some(UserFault::Name);
        }
        secret_fault(secret, self.role)
    }

    /// As the database keeps it.
    pub fn to_row(&self, secret: &str, by: &By) -> UserRow {
        UserRow {
            id: self.id.clone(),
            name: self.name.trim().to_owned(),
            role: self.role.name().to_owned(),
            secret: Some(hashed(secret)),
            failed: 0,
            locked_until: None,
            since: by.at,
            by: by.name.clone(),
        }
    }
}

/// What speaks against a user, or a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UserFault {
    #[error("a user's id has 1 to {NAME_CHARS} small letters, digits, dots and hyphens")]
    Id,
    #[error("a name has 1 to {NAME_CHARS} characters on one line")]
    Name,
    #[error("the password or PIN of a {} has {least} to {most} characters", .role.name())]
    Length {
        role: UserRole,
        least: usize,
        most: usize,
    },
    #[error("a password or PIN has more than one sign")]
    OneSign,
}

/// What speaks against this secret for such a user.
pub fn secret_fault(secret: &str, role: UserRole) -> Option<UserFault> {
    let (least, most) = (*SECRET_CHARS.start(), *SECRET_CHARS.end());
    let least = if role == UserRole::Admin {
        ADMIN_CHARS
    } else {
        least
    };
    let chars = secret.chars().count();
    let first = secret.chars().next();
    if chars < least || chars > most {
        return Some(UserFault::Length { role, least, most });
    }
    let is_one_sign = secret.chars().all(|c| Some(c) == first);
    is_one_sign.then_some(UserFault::OneSign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_again_and_another_one_is_not() {
        let kept = hashed("correct horse");
        assert!(!kept.contains("horse"));
        assert_ne!(kept, hashed("correct horse"), "each has its own salt");
        assert!(verify("correct horse", Some(&kept)));
        assert!(!verify("correct house", Some(&kept)));
        assert!(!verify("anything", None));
        assert!(PasswordHash::new(NOBODYS).is_ok(), "as much is reckoned");
    }

    #[test]
    fn a_pin_is_enough_for_a_clerk_and_not_for_an_admin() {
        assert_eq!(secret_fault("482915", UserRole::Clerk), None);
        assert!(secret_fault("48291", UserRole::Clerk).is_some());
        assert!(secret_fault("482915", UserRole::Admin).is_some());
        assert!(secret_fault("0000000000", UserRole::Admin).is_some());
        assert_eq!(secret_fault("mehr als eine PIN", UserRole::Admin), None);
        assert!(secret_fault(&"ab".repeat(65), UserRole::Clerk).is_some());
    }

    #[test]
    fn a_session_ends_by_itself() {
        let at =
            |time: &str| -> Timestamp { format!("2026-11-23T{time}:00Z").parse().expect("a time") };
        let session = |begun: &str, used: &str| SessionRow {
            token_sha256: String::new(),
            user: "ada".to_owned(),
            address: String::new(),
            begun: at(begun),
            used: at(used),
        };
        assert!(lasts(&session("07:00", "11:01"), at("12:00")));
        assert!(!lasts(&session("07:00", "11:00"), at("12:00")), "idle");
        let ahead = session("13:00", "13:00");
        assert!(!lasts(&ahead, at("12:00")), "begun in the future");
        assert!(
            !lasts(&session("07:00", "18:59"), at("19:00")),
            "a long day"
        );
    }
}
