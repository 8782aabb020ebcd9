//! What the plan says is sold out: as it finds it, or whatever it might say.

use std::collections::BTreeSet;

use aufruf_engine::planning::Picture;
use aufruf_engine::{Command, ServiceKey};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

use crate::common::{TestOffice, skills};

#[derive(Debug, Clone)]
pub(super) enum Press {
    /// What it finds now.
    Finds,
    Says(Vec<&'static str>),
}

impl Press {
    pub(super) fn command(&self, office: &TestOffice) -> Command {
        let services: BTreeSet<ServiceKey> = match self {
            Self::Finds => {
                let now = office.engines_now();
                Picture::of(&office.state, now).plan(now).full
            }
            Self::Says(services) => skills(services),
        };
        Command::SellOut { services }
    }
}

pub(super) fn press() -> impl Strategy<Value = Press> {
    let some = vec!["id-card", "pick-up", "move", "birth", "death", "block"];
    let some = vec(proptest::sample::select(some), 0..3);
    prop_oneof![
        2 => Just(Press::Finds),
        1 => some.prop_map(Press::Says),
    ]
}
