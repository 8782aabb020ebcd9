//! The API's description is committed; a change of it is a change of the contract.

use aufruf_server::router::description;

#[test]
fn the_committed_description_is_what_the_server_serves() {
    let served = description()
        .to_pretty_json()
        .expect("a description has a JSON form")
        + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &served).expect("the description can be written");
    }
    let committed = std::fs::read_to_string(path).expect("server/openapi.json is committed");
    assert!(
        served == committed,
        "the API changed: look at it, then run with UPDATE_OPENAPI=1"
    );
}
