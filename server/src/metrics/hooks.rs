//! Messages to IT, by hook and by whether they went out.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

const SENT: &str = "sent";
const FAILED: &str = "failed";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    hook: &'static str,
    outcome: &'static str,
}

/// All tries of one office. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct HookCounts(Family<Labels, Counter>);

impl HookCounts {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let tries: Family<Labels, Counter> = Family::default();
        // The first failure is a change from nought, and no new series.
        for hook in ["webhook", "mail"] {
            for outcome in [SENT, FAILED] {
                let _at_nought = tries.get_or_create(&Labels { hook, outcome });
            }
        }
        registry.register(
            "hook_messages",
            "Tries to tell IT by a hook, by whether the message went out",
            tries.clone(),
        );
        Self(tries)
    }

    /// A message was tried once.
    pub(crate) fn tried(&self, hook: &'static str, is_sent: bool) {
        let outcome = if is_sent { SENT } else { FAILED };
        self.0.get_or_create(&Labels { hook, outcome }).inc();
    }
}
