//! Where two states differ, in words short enough to read.

use aufruf_engine::State;
use serde_json::Value;

/// The first difference, with the way to it; none if they are equal.
pub(super) fn between(was: &State, is: &State) -> Option<String> {
    if was == is {
        return None;
    }
    let [was, is] = [was, is].map(|state| serde_json::to_value(state).expect("JSON"));
    Some(between_values("", &was, &is).unwrap_or_else(|| "not to be seen in JSON".to_owned()))
}

fn between_values(way: &str, was: &Value, is: &Value) -> Option<String> {
    let (Some(left), Some(right)) = (was.as_object(), is.as_object()) else {
        return (was != is).then(|| format!("{way} was {was}, is {is}"));
    };
    let mut keys = left.keys().chain(right.keys());
    keys.find_map(|key| {
        let [was, is] = [left, right].map(|side| side.get(key).unwrap_or(&Value::Null));
        between_values(&format!("{way}/{key}"), was, is)
    })
}
