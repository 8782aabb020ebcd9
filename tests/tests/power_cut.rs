//! The server is killed under load, in the short form; the large one runs in `soak`.

use aufruf_tests::soak::{KillRounds, kill_rounds};

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_command_survives_kill_9_under_load_and_was_done_once()
-> anyhow::Result<()> {
    let survived = kill_rounds(KillRounds {
        rounds: 8,
        seed: 1,
        issuers: 8,
    })
    .await?;
    assert!(
        survived.issued > 0,
        "no ticket was acknowledged: the rounds showed nothing"
    );
    assert!(
        survived.served > 0,
        "no visit was served: the rounds showed nothing of clerks"
    );
    Ok(())
}
