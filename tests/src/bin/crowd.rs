//! Many screens that only listen, for `bench`, which tells it what to do.

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    aufruf_tests::bench::listen().await
}
