//! Where the office server is: one address, from which the paths of commands and of the push channel follow.

use std::fmt;

use aufruf_protocol::latest::WS_PATH;
use reqwest::Url;

/// The address of the office server, such as `https://192.168.1.10:8443`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    base: Url,
    host: String,
    port: u16,
}

/// Why a text is no address of a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("`{address}` is not an address; write it like `https://192.168.1.10:8443`")]
    Unreadable { address: String },
    #[error("`{address}` does not begin with `https://` (or `http://`, on the server's own box)")]
    Scheme { address: String },
    #[error("`{address}` has a path, user or query; only host and port are wanted")]
    Surplus { address: String },
}

impl Address {
    /// Reads an address of the form `https://host[:port]` or `http://host[:port]`.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        let owned = || address.to_owned();
        let Ok(base) = Url::parse(address) else {
            return Err(AddressError::Unreadable { address: owned() });
        };
        if !matches!(base.scheme(), "http" | "https") {
            return Err(AddressError::Scheme { address: owned() });
        }
        let no_more = base.path() == "/" && base.query().is_none() && base.fragment().is_none();
        if !no_more || !base.username().is_empty() || base.password().is_some() {
            return Err(AddressError::Surplus { address: owned() });
        }
        let (Some(host), Some(port)) = (base.host_str(), base.port_or_known_default()) else {
            return Err(AddressError::Unreadable { address: owned() });
        };
        // The resolver wants an IPv6 address without the brackets that a URL needs.
        let host = host.trim_matches(['[', ']']).to_owned();
        Ok(Self { base, host, port })
    }

    /// Host and port, to connect to.
    pub(crate) fn host_port(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// The address of the push channel.
    pub(crate) fn push_url(&self) -> String {
        let http = self.base.join(WS_PATH).expect("the path is a constant");
        format!("ws{}", &http.as_str()["http".len()..])
    }

    /// Whether nobody on the way reads along.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// Whether the line does not leave this box.
    pub(crate) fn is_this_box(&self) -> bool {
        let ip = self.host.parse::<std::net::IpAddr>();
        ip.map_or(self.host == "localhost", |ip| {
            ip.to_canonical().is_loopback()
        })
    }

    /// Host without brackets, for the name in a certificate.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The address below the server's root; each segment is escaped as it needs.
    pub(crate) fn path(&self, segments: &[&str]) -> Url {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .expect("an http address has a path")
            .clear()
            .extend(segments);
        url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encrypted_address_has_an_encrypted_push_channel() {
        let address = Address::parse("https://10.0.0.5:8443").expect("an address");
        assert_eq!(address.push_url(), "wss://10.0.0.5:8443/api/v1/ws");
        assert_eq!(address.to_string(), "https://10.0.0.5:8443");
        assert!(address.is_encrypted() && !address.is_this_box());
        for here in [
            "http://127.0.0.1:80",
            "http://[::1]:80",
            "http://localhost:8080",
        ] {
            assert!(
                Address::parse(here).expect("an address").is_this_box(),
                "{here}"
            );
        }
    }

    #[test]
    fn commands_and_push_channel_follow_from_one_address() {
        let address = Address::parse("http://office.local:8080").expect("an address");
        assert_eq!(address.host_port(), ("office.local", 8080));
        assert_eq!(address.push_url(), "ws://office.local:8080/api/v1/ws");
        assert_eq!(
            address.path(&["counters", "a/b c"]).as_str(),
            "http://office.local:8080/counters/a%2Fb%20c"
        );
        let v6 = Address::parse("http://[::1]:80/").expect("an address");
        assert_eq!(v6.host_port(), ("::1", 80));
    }

    #[test]
    fn what_is_no_address_is_refused_with_its_reason() {
        let refusal = |text: &str| Address::parse(text).expect_err("no address").to_string();
        assert!(refusal("office:8080").contains("https://"));
        assert!(refusal("ftp://office").contains("does not begin with"));
        assert!(refusal("http://office/app").contains("has a path"));
        assert!(refusal("").contains("not an address"));
    }
}
