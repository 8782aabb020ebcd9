//! `aufruf-server users …`: who signs in.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, bail};
use aufruf_server::users::{NewUser, UserRole, hashed, secret_fault};
use aufruf_store::{By, UserRow};
use clap::Subcommand;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::devices_cli::{ConfigArg, by};

#[derive(Debug, Subcommand)]
pub(crate) enum UsersCommand {
    /// Show all users.
    List(ConfigArg),
    /// Add a user, or put one in the place of the one with this id. Asks for the password or PIN.
    Add {
        /// What the user types to sign in.
        id: String,
        /// The name that people know.
        #[arg(long)]
        name: String,
        #[arg(long)]
        role: UserRole,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Set a user's password or PIN anew; signs out everywhere and ends a lock.
    Reset {
        id: String,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// End all sessions of a user.
    SignOut {
        id: String,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Remove a user. The last admin stays.
    Remove {
        id: String,
        /// Also the last admin: then only this command lets another one in.
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        config: ConfigArg,
    },
}

pub(crate) fn run(command: UsersCommand) -> anyhow::Result<()> {
    match command {
        UsersCommand::List(config) => list(&config.access()?.users()?),
        UsersCommand::Add {
            id,
            name,
            role,
            config,
        } => add(&NewUser { id, name, role }, &config)?,
        UsersCommand::Reset { id, config } => reset(&id, &config)?,
        UsersCommand::SignOut { id, config } => {
            let ended = config.access()?.sign_out_everywhere(&id, &by())?;
            println!("{id} is signed out of {ended} sessions.");
        }
        UsersCommand::Remove { id, force, config } => {
            let access = config.access()?;
            if !force && is_last_admin(&id, &access.users()?) {
                bail!(
                    "{id} is the last admin who can sign in: add another one first, or remove this one with --force"
                );
            }
            if !access.remove_user(&id, &by())? {
                bail!("there is no user {id}; see `aufruf-server users list`");
            }
            println!("{id} cannot sign in any more.");
        }
    }
    Ok(())
}

/// Whether no other admin could sign in.
fn is_last_admin(id: &str, users: &[UserRow]) -> bool {
    let is_admin = |row: &&UserRow| row.role == UserRole::Admin.name();
    let mut admins = users.iter().filter(is_admin);
    let is_one = admins.clone().any(|row| row.id == id);
    is_one && !admins.any(|row| row.id != id && row.secret.is_some())
}

fn list(users: &[UserRow]) {
    if users.is_empty() {
        println!(
            "Nobody can sign in yet: begin with `aufruf-server users add ID --name NAME --role admin`."
        );
    }
    for user in users {
        let state = match (&user.secret, user.locked_until) {
            (None, _) => "; has no password: reset it",
            (Some(_), Some(_)) => "; was locked for guessing",
            (Some(_), None) => "",
        };
        let (id, name, role) = (&user.id, &user.name, &user.role);
        println!(
            "{id}: {name}, {role}, added by {} at {}{state}",
            user.by, user.since
        );
    }
}

fn add(user: &NewUser, config: &ConfigArg) -> anyhow::Result<()> {
    let access = config.access()?;
    let secret = secret()?;
    if let Some(fault) = user.fault(&secret) {
        bail!(fault);
    }
    let by: By = by();
    access.put_user(&user.to_row(&secret, &by), &by)?;
    println!("{} can sign in as {}.", user.id, user.role.name());
    Ok(())
}

fn reset(id: &str, config: &ConfigArg) -> anyhow::Result<()> {
    let access = config.access()?;
    let known = access.user(id)?;
    let role = known.and_then(|row| UserRole::named(&row.role));
    let role =
        role.with_context(|| format!("there is no user {id}; see `aufruf-server users list`"))?;
    let secret = secret()?;
    if let Some(fault) = secret_fault(&secret, role) {
        bail!(fault);
    }
    access.set_secret(id, &hashed(&secret), &by())?;
    println!("{id} signs in with the new password from now on.");
    Ok(())
}

/// Asks twice where somebody types; takes one line of a script.
fn secret() -> anyhow::Result<String> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let first = typed("Password or PIN: ")?;
    if first != typed("Once more: ")? {
        bail!("the two are not alike; nothing was changed");
    }
    Ok(first)
}

/// What is typed is not shown.
fn typed(prompt: &str) -> anyhow::Result<String> {
    eprint!("{prompt}");
    io::stderr()
        .flush()
        .context("cannot write to the terminal")?;
    let stdin = io::stdin();
    let before = tcgetattr(&stdin).context("cannot ask the terminal")?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&stdin, OptionalActions::Flush, &hidden).context("cannot hide what is typed")?;
    let typed = line();
    let shown = tcsetattr(&stdin, OptionalActions::Now, &before);
    eprintln!();
    shown.context("cannot show what is typed again; close this terminal")?;
    typed
}

fn line() -> anyhow::Result<String> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
