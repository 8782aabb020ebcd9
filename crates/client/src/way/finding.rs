//! Looks where the office server is, by what the network is told (mDNS). Whoever answers is believed no more than
//! before: the certificate decides.

use std::net::IpAddr;
use std::time::Duration;

use aufruf_protocol::latest::{AUTHORITY_KEY, SERVICE_TYPE};
use mdns_sd::{ResolvedService, ScopedIp, ServiceDaemon, ServiceEvent};
use tokio::time::timeout;
use tracing::debug;

use crate::Address;

/// A server that is there has answered by then.
const PATIENCE: Duration = Duration::from_secs(3);

/// The server with this authority (its hash, as hex), or any where none is known yet.
pub(super) async fn find(authority_sha256: Option<&str>) -> Option<Address> {
    let daemon = match ServiceDaemon::new() {
        Ok(daemon) => daemon,
        Err(fault) => {
            debug!("the network cannot be asked: {fault}");
            return None;
        }
    };
    let found = timeout(PATIENCE, first_of(&daemon, authority_sha256)).await;
    if let Err(fault) = daemon.shutdown() {
        debug!("still asking the network: {fault}");
    }
    found.ok().flatten()
}

async fn first_of(daemon: &ServiceDaemon, authority_sha256: Option<&str>) -> Option<Address> {
    let told = daemon.browse(SERVICE_TYPE).ok()?;
    while let Ok(event) = told.recv_async().await {
        if let ServiceEvent::ServiceResolved(service) = event {
            let shown = service.txt_properties.get_property_val_str(AUTHORITY_KEY);
            let is_ours = authority_sha256.is_none_or(|ours| shown == Some(ours));
            if let Some(address) = address_of(&service).filter(|_| is_ours) {
                return Some(address);
            }
        }
    }
    None
}

/// An address that other boxes know too, and IPv4 first: it is what small networks have, and it needs no scope.
fn address_of(service: &ResolvedService) -> Option<Address> {
    let mut addresses: Vec<IpAddr> = service.addresses.iter().map(ScopedIp::to_ip_addr).collect();
    addresses.retain(|ip| !matches!(ip, IpAddr::V6(v6) if v6.is_unicast_link_local()));
    addresses.sort_unstable_by_key(|ip| (ip.is_loopback(), *ip));
    let host = match addresses.first()? {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("[{v6}]"),
    };
    Address::parse(&format!("https://{host}:{}", service.port)).ok()
}
