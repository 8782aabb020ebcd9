//! One of our programs as a real process: started, killed, stopped, started again.
//!
//! All it says goes to one log file, over all its lives. A program dies with its [`Program`].

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// How a program is started: kept, so that it can be started again in the same way.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// For people, in messages.
    pub name: String,
    pub binary: PathBuf,
    pub arguments: Vec<OsString>,
    pub environment: Vec<(String, OsString)>,
    pub log: PathBuf,
}

/// A running process.
#[derive(Debug)]
pub struct Program {
    recipe: Recipe,
    child: Child,
}

impl Recipe {
    /// A recipe without arguments, which logs into `<folder>/<name>.log`.
    pub fn new(name: &str, binary: PathBuf, log_folder: &Path) -> Self {
        Self {
            name: name.to_owned(),
            binary,
            arguments: Vec::new(),
            environment: Vec::new(),
            log: log_folder.join(format!("{name}.log")),
        }
    }

    #[must_use]
    pub fn with(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    #[must_use]
    pub fn with_environment(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// A write beyond the largest file that it may have is an error for it, as on a disk that is full, and not its
    /// end.
    #[must_use]
    pub fn on_a_disk_that_can_fill(mut self) -> Self {
        let shell = ["-c", "trap '' XFSZ; exec \"$@\"", "sh"].map(OsString::from);
        let binary = std::mem::replace(&mut self.binary, PathBuf::from("sh"));
        let behind = std::mem::take(&mut self.arguments);
        self.arguments = shell
            .into_iter()
            .chain([binary.into()])
            .chain(behind)
            .collect();
        self
    }

    /// The command, its output appended to the log.
    pub(crate) fn command(&self) -> anyhow::Result<Command> {
        let log = self.open_log()?;
        let mut command = Command::new(&self.binary);
        command
            .args(&self.arguments)
            .env("NO_COLOR", "1")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log.try_clone().context("sharing the log file")?)
            .stderr(log)
            .kill_on_drop(true);
        Ok(command)
    }

    /// Starts it and lets it run.
    pub fn start(self) -> anyhow::Result<Program> {
        let child = self
            .command()?
            .spawn()
            .with_context(|| format!("starting {} ({})", self.name, self.binary.display()))?;
        Ok(Program {
            recipe: self,
            child,
        })
    }

    /// Runs it to its end, which must be a good one.
    pub async fn run(self, deadline: Duration) -> anyhow::Result<()> {
        let mut program = self.start()?;
        let status = timeout(deadline, program.child.wait())
            .await
            .with_context(|| format!("{} did not end", program.recipe.name))??;
        if !status.success() {
            bail!(
                "{} ended with {status}:\n{}",
                program.recipe.name,
                program.log()
            );
        }
        Ok(())
    }

    fn open_log(&self) -> anyhow::Result<File> {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.log)
            .with_context(|| format!("opening {}", self.log.display()))
    }
}

impl Program {
    pub fn name(&self) -> &str {
        &self.recipe.name
    }

    /// The process id; none once it has ended and was waited for.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// What it said so far, in all its lives.
    pub fn log(&self) -> String {
        match std::fs::read(&self.recipe.log) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(err) => format!("(no log: {err})"),
        }
    }

    /// An error that tells its last words, if it is not running any more.
    pub fn must_run(&mut self) -> anyhow::Result<()> {
        match self.child.try_wait().context("looking after a process")? {
            None => Ok(()),
            Some(status) => {
                bail!(
                    "{} has ended with {status}:\n{}",
                    self.recipe.name,
                    last_lines(&self.log())
                )
            }
        }
    }

    /// `kill -9`, and waits until the kernel has buried it.
    pub async fn is_killed(&mut self) -> anyhow::Result<()> {
        self.child
            .kill()
            .await
            .with_context(|| format!("killing {}", self.recipe.name))
    }

    /// Starts it again as it was started before.
    pub fn starts_again(&mut self) -> anyhow::Result<()> {
        self.child = self.recipe.clone().start()?.child;
        Ok(())
    }

    /// Holds it still (SIGSTOP): its connections stay open and nothing comes out of them.
    pub fn freezes(&self) -> anyhow::Result<()> {
        self.signal(Signal::STOP)
    }

    /// Lets it go on after [`Program::freezes`].
    pub fn thaws(&self) -> anyhow::Result<()> {
        self.signal(Signal::CONT)
    }

    /// Asks it to stop (SIGTERM) and waits for a good end.
    pub async fn stops(&mut self, deadline: Duration) -> anyhow::Result<ExitStatus> {
        self.signal(Signal::TERM)?;
        let waited = timeout(deadline, self.child.wait()).await;
        Ok(waited.with_context(|| format!("{} did not stop when asked", self.recipe.name))??)
    }

    /// From now on no file may be longer than so many bytes; with none, any file.
    pub fn may_write(&self, bytes: Option<u64>) -> anyhow::Result<()> {
        let pid = self.process().context("it has ended")?;
        let limit = Rlimit {
            current: bytes,
            maximum: None,
        };
        prlimit(Some(pid), Resource::Fsize, limit).context("setting a limit of a process")?;
        Ok(())
    }

    fn process(&self) -> Option<Pid> {
        Pid::from_raw(i32::try_from(self.child.id()?).ok()?)
    }

    /// Sends a signal; one that has ended needs none.
    fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        match self.process() {
            Some(pid) => kill_process(pid, signal)
                .with_context(|| format!("sending a signal to {}", self.recipe.name)),
            None => Ok(()),
        }
    }
}

/// The end of a log, for a message.
pub(crate) fn last_lines(log: &str) -> String {
    const KEPT: usize = 60;
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(KEPT)..].join("\n")
}
