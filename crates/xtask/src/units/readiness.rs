//! A unit must be able to say that it is ready. `systemd-analyze verify` does not look at this.
//!
//! `PAMName=` opens a login session, and every child of the main process belongs to that session's
//! scope. With `NotifyAccess=all` what a child says is then taken as the scope's word and not the
//! unit's, so the unit stays "activating" for ever (systemd.exec(5), `PAMName=`).

/// Why the unit would never be ready; none when it can be.
pub(super) fn fault(unit: &str) -> Option<&'static str> {
    let logs_in = last_value(unit, "PAMName").is_some_and(|name| !name.is_empty());
    let all_may_speak = last_value(unit, "NotifyAccess") == Some("all");
    (logs_in && all_may_speak).then_some(
        "PAMName= together with NotifyAccess=all: children notify for their session and never for the unit; \
         use Type=simple, or let the main process notify",
    )
}

/// What a setting is in the end: of several assignments the last one counts.
fn last_value<'a>(unit: &'a str, setting: &str) -> Option<&'a str> {
    let assignments = unit.lines().filter_map(|line| line.split_once('='));
    assignments
        .filter(|(name, _)| name.trim() == setting)
        .map(|(_, value)| value.trim())
        .next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_logs_in_and_lets_all_children_notify_is_refused() {
        let seat = "[Service]\nType=notify\nNotifyAccess = all\nPAMName=login\n";
        assert!(fault(seat).is_some());
    }

    #[test]
    fn either_of_the_two_alone_is_fine_and_so_is_one_that_is_taken_back() {
        assert_eq!(fault("[Service]\nType=simple\nPAMName=login\n"), None);
        assert_eq!(fault("[Service]\nType=notify\nNotifyAccess=all\n"), None);
        let taken_back = "[Service]\nNotifyAccess=all\nPAMName=login\nPAMName=\n";
        assert_eq!(fault(taken_back), None);
        let told = "[Service]\n# NotifyAccess=all\nPAMName=login\n";
        assert_eq!(fault(told), None);
    }
}
