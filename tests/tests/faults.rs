//! What disks and people do to a running server and to its data, on the real programs: nothing that was acknowledged
//! is lost, whoever asks is told, and the office gets going again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use aufruf_client::CommandKey;
use aufruf_protocol::latest::{IssuedTicket, PROBLEM_JSON, Problem};
use aufruf_tests::office::{OfficeDocument, PATIENCE, TestOffice};
use aufruf_tests::raw_http::{Answer, ask, bearer};
use aufruf_tests::wait::until;

/// From the moment at which there is room again.
const GOES_ON_WITHIN: Duration = Duration::from_secs(10);

/// One question, and whatever is answered: nobody repeats anything.
async fn takes_a_ticket(office: &mut TestOffice, key: &str) -> anyhow::Result<Answer> {
    let (address, token) = office.bare_kiosk()?;
    let headers = [bearer(&token), format!("Idempotency-Key: {key}")];
    let wish = r#"{"services":["anything"],"language":"de"}"#;
    ask(address, "POST /api/v1/tickets", &headers, wish).await
}

async fn number_of(office: &mut TestOffice, key: &str) -> anyhow::Result<String> {
    let answer = takes_a_ticket(office, key).await?;
    ensure!(answer.status == 201, "{answer:?}");
    Ok(answer.read::<IssuedTicket>()?.number)
}

/// The disk takes nothing more, and nobody is told anything else; there is room, and the office goes on.
async fn nothing_is_lost_meanwhile(
    office: &mut TestOffice,
    fills: impl AsyncFn(&mut TestOffice) -> anyhow::Result<()>,
    has_room: impl AsyncFn(&mut TestOffice) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut numbers = Vec::new();
    for key in ["a", "b", "c"] {
        numbers.push(number_of(office, key).await?);
    }
    fills(office).await?;
    for key in ["d", "e", "f"] {
        let refused = takes_a_ticket(office, key).await?;
        ensure!(refused.status == 503, "{refused:?}");
        ensure!(refused.head.contains(PROBLEM_JSON), "{refused:?}");
        let problem: Problem = refused.read()?;
        ensure!(problem.code == "store_unavailable", "{problem:?}");
        ensure!(problem.detail.contains("disk"), "{problem:?}");
    }
    office.must_run()?;
    has_room(office).await?;
    let number = until("the office goes on by itself", GOES_ON_WITHIN, async || {
        let answer = takes_a_ticket(office, "d").await?;
        ensure!([201, 503].contains(&answer.status), "{answer:?}");
        Ok((answer.status == 201).then(|| answer.read::<IssuedTicket>()))
    })
    .await??
    .number;
    numbers.push(number);
    // The same keys: what was acknowledged is there once, and what was refused is not.
    for (key, number) in ["a", "b", "c", "d"].iter().zip(&numbers) {
        ensure!(number_of(office, key).await? == *number);
    }
    are_waiting(office, &numbers).await?;
    office.server().is_killed().await?;
    office.server().starts_again().await?;
    are_waiting(office, &numbers).await
}

/// Exactly these, as panels are told.
async fn are_waiting(office: &TestOffice, numbers: &[String]) -> anyhow::Result<()> {
    let told = office.new_observer()?;
    let found = told
        .sees("everybody who was acknowledged", |view| {
            let rows = view.tickets.iter().map(|row| row.number.clone());
            let mut found: Vec<_> = rows.collect();
            found.sort();
            (found.len() >= numbers.len()).then_some(found)
        })
        .await?;
    ensure!(found == numbers, "{found:?}");
    Ok(())
}

fn bytes_of(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |found| found.len())
}

/// The log and the database may not grow any more.
async fn fills_up(office: &mut TestOffice) -> anyhow::Result<()> {
    let data = office.server().data_dir().to_owned();
    let log = bytes_of(&data.join("aufruf.db-wal"));
    office.server().program().may_write(Some(log))
}

/// No file can be written, wherever in it.
async fn turns_read_only(office: &mut TestOffice) -> anyhow::Result<()> {
    office.server().program().may_write(Some(0))
}

async fn is_itself_again(office: &mut TestOffice) -> anyhow::Result<()> {
    office.server().program().may_write(None)
}

async fn on_a_disk_that_can_fill() -> anyhow::Result<TestOffice> {
    TestOffice::opens()
        .with_document(OfficeDocument::load())
        .on_a_disk_that_can_fill()
        .start()
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_grow_cost_nobody_a_ticket() -> anyhow::Result<()> {
    let mut office = on_a_disk_that_can_fill().await?;
    nothing_is_lost_meanwhile(&mut office, fills_up, is_itself_again).await?;
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_turns_read_only_costs_nobody_a_ticket() -> anyhow::Result<()> {
    let mut office = on_a_disk_that_can_fill().await?;
    nothing_is_lost_meanwhile(&mut office, turns_read_only, is_itself_again).await?;
    office.closes().await
}

/// A file system in memory of a few megabytes, gone with this value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where nobody may mount anything.
    fn mounted_at(folder: &Path) -> Option<Self> {
        fs::create_dir_all(folder).ok()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]);
        let done = mount.arg(folder).output().ok()?;
        done.status.success().then(|| Self(folder.to_owned()))
    }

    /// Until not a byte more goes in.
    fn is_filled(&self) {
        let mut rest = 1 << 20;
        let mut filler = Vec::new();
        while rest > 0 {
            filler.resize(filler.len() + rest, 0_u8);
            if fs::write(self.filler(), &filler).is_err() {
                filler.truncate(filler.len() - rest);
                rest /= 2;
            }
        }
        // What a write that failed has left stays: the disk is full.
        let _full = fs::write(self.filler(), vec![0_u8; filler.len() + 4096]);
    }

    fn is_emptied(&self) -> anyhow::Result<()> {
        fs::remove_file(self.filler()).context("making room")
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.0).output();
        if !unmounted.is_ok_and(|done| done.status.success()) {
            eprintln!("{} is still mounted", self.0.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_costs_nobody_a_ticket() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let Some(disk) = SmallDisk::mounted_at(&folder.path().join("disk")) else {
        println!("skipped: nobody may mount a file system here");
        return Ok(());
    };
    let mut office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .with_data_in(disk.0.join("data"))
        .start()
        .await?;
    let (fills, has_room) = (
        async |_: &mut TestOffice| {
            disk.is_filled();
            Ok(())
        },
        async |_: &mut TestOffice| disk.is_emptied(),
    );
    nothing_is_lost_meanwhile(&mut office, fills, has_room).await?;
    office.closes().await
}

#[track_caller]
fn told(done: &Output) -> String {
    String::from_utf8_lossy(&[&*done.stdout, &done.stderr].concat()).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_at_the_data_of_a_server_that_runs() -> anyhow::Result<()> {
    let mut office = with_backups().await?;
    number_of(&mut office, "a").await?;
    let made = office.server().calls(&["backup"])?;
    ensure!(made.status.success(), "{}", told(&made));
    for asked in [
        ["serve"].as_slice(),
        &["restore", "--latest"],
        &["day", "start", "--fresh", "--numbers-from", "50"],
    ] {
        let refused = office.server().calls(asked)?;
        ensure!(!refused.status.success(), "{asked:?}: {}", told(&refused));
        let said = told(&refused);
        ensure!(
            said.contains("another server uses the data folder"),
            "{asked:?}: {said}"
        );
    }
    number_of(&mut office, "b").await?;
    office.closes().await
}

/// With a folder for backups, which the server's own calls know.
async fn with_backups() -> anyhow::Result<TestOffice> {
    let office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .start()
        .await?;
    let (config, backups) = (
        office.folder().join("server.toml"),
        office.folder().join("backups"),
    );
    let file = fs::read_to_string(&config)?;
    fs::write(
        config,
        format!("{file}\n[backup]\nfolder = \"{}\"\n", backups.display()),
    )?;
    Ok(office)
}

/// Stops, damages the database, and is told what to do by a server that does not start.
async fn is_damaged(
    office: &mut TestOffice,
    damages: impl FnOnce(&mut Vec<u8>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    office.server().program().stops(PATIENCE).await?;
    let file = office.server().data_dir().join("aufruf.db");
    let mut bytes = fs::read(&file)?;
    damages(&mut bytes)?;
    fs::write(&file, bytes)?;
    let refused = office.server().calls(&["serve"])?;
    let said = told(&refused);
    ensure!(!refused.status.success(), "{said}");
    for words in ["aufruf.db", "damaged", "nothing was changed", "restore"] {
        ensure!(said.contains(words), "{words:?} is not in {said}");
    }
    Ok(())
}

/// Where the contents of a record of a ticket begin.
fn a_ticket_in(bytes: &[u8]) -> anyhow::Result<usize> {
    let payload = br#"{"event":"ticket_issued""#;
    let mut found = bytes.windows(payload.len());
    let at = found.position(|window| window == payload);
    Ok(at.context("no ticket in the journal")? + payload.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_page_that_the_disk_spoiled_the_office_goes_on_from_its_newest_backup()
-> anyhow::Result<()> {
    let mut office = with_backups().await?;
    let first = number_of(&mut office, "a").await?;
    let made = office.server().calls(&["backup"])?;
    ensure!(made.status.success(), "{}", told(&made));
    number_of(&mut office, "b").await?;
    let spoils = |bytes: &mut Vec<u8>| {
        let page = a_ticket_in(bytes)? / 4096 * 4096;
        bytes[page..page + 4096].fill(0xA5);
        Ok(())
    };
    is_damaged(&mut office, spoils).await?;
    let restored = office
        .server()
        .calls(&["restore", "--latest", "--numbers-from", "50"])?;
    ensure!(restored.status.success(), "{}", told(&restored));
    office.server().starts_again().await?;
    are_waiting(&office, &[first]).await?;
    // With the tokens that they have: nobody has to let a device in again.
    let taken = office
        .visitor()?
        .takes_under(&CommandKey::fresh(), "anything")
        .await;
    let number = taken?.number;
    ensure!(number == "A000050", "{number}");
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_record_that_is_not_what_was_written_a_fresh_day_begins_above_the_numbers_in_use()
-> anyhow::Result<()> {
    let mut office = with_backups().await?;
    for key in ["a", "b", "c"] {
        number_of(&mut office, key).await?;
    }
    let changes = |bytes: &mut Vec<u8>| {
        let at = a_ticket_in(bytes)?;
        let number = bytes[at..].iter().position(u8::is_ascii_digit);
        let number = at + number.context("a record without any figure")?;
        bytes[number] ^= 1;
        Ok(())
    };
    is_damaged(&mut office, changes).await?;
    let begun = office
        .server()
        .calls(&["day", "start", "--fresh", "--numbers-from", "500"])?;
    ensure!(begun.status.success(), "{}", told(&begun));
    office.server().starts_again().await?;
    let number = number_of(&mut office, "a").await?;
    ensure!(number == "A000500", "{number}");
    office.closes().await
}
