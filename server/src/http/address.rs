//! Where a request comes from: for limits, and for the log of changes.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::doors::network;

/// Where a request comes from; empty where nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

impl Address {
    /// By whom limits count: for IPv6 the network, of which one household has billions of addresses.
    pub(crate) fn network(&self) -> String {
        let ip = self.0.parse::<IpAddr>();
        ip.map_or_else(|_| self.0.clone(), |ip| network(ip).to_string())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = address.map(|ConnectInfo(address)| address.ip().to_string());
        Ok(Self(address.unwrap_or_default()))
    }
}
