//! Tells the network where the office is (mDNS, RFC 6762 and 6763), so that devices find it without an address and
//! follow it to another one. What is told proves nothing: devices believe the pinned authority alone.

use std::net::SocketAddr;

use aufruf_protocol::latest::{AUTHORITY_KEY, OFFICE_KEY, SERVICE_TYPE};
use mdns_sd::{ServiceDaemon, ServiceInfo};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::tls::host_name;

/// LIMIT: bytes of a label in a name of the network (RFC 1035).
const LABEL: usize = 63;

/// Tells it until `stopping`. A network that takes none of this costs nothing but a line in the log.
pub async fn announce(
    door: SocketAddr,
    office: String,
    authority: String,
    stopping: CancellationToken,
) {
    let (daemon, name) = match begin(door, &office, &authority) {
        Ok(begun) => begun,
        Err(fault) => {
            return warn!(
                "the network is not told where the office is: {fault}; give devices a fixed address"
            );
        }
    };
    info!("the network is told that {name} is here");
    stopping.cancelled().await;
    // The good-bye goes out before the thread ends.
    if let Ok(gone) = daemon.unregister(&name) {
        let _ = gone.recv_async().await;
    }
    let _ = daemon.shutdown();
}

fn begin(
    door: SocketAddr,
    office: &str,
    authority: &str,
) -> Result<(ServiceDaemon, String), mdns_sd::Error> {
    let daemon = ServiceDaemon::new()?;
    let host = host_name().unwrap_or_else(|| "aufruf".to_owned());
    // Two offices on one network differ by their authority, two boxes by their name.
    let short: String = authority.chars().take(8).collect();
    let mut name = format!("{host}-{short}");
    name.truncate(LABEL);
    let about = [(AUTHORITY_KEY, authority), (OFFICE_KEY, office)];
    let address = match door.ip() {
        ip if ip.is_unspecified() => String::new(),
        ip => ip.to_string(),
    };
    let info = ServiceInfo::new(
        SERVICE_TYPE,
        &name,
        &format!("{host}.local."),
        address.as_str(),
        door.port(),
        &about[..],
    )?;
    let info = if address.is_empty() {
        info.enable_addr_auto()
    } else {
        info
    };
    let name = info.get_fullname().to_owned();
    daemon.register(info)?;
    Ok((daemon, name))
}
