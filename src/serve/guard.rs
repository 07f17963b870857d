//! Who may ask. A page elsewhere can make a browser send requests here, and by a name of its own that leads to this
//! machine (DNS rebinding) even read the answers; it cannot make the browser state another `Host` or `Origin` than it has.

use axum::http::{HeaderMap, Uri, header};
use std::net::IpAddr;

/// Whether the request comes from a page of this server or from none, and names this server.
///
/// # Errors
/// What is wrong, for the person who asked.
pub(super) fn check(uri: &Uri, headers: &HeaderMap, own: &str) -> Result<(), String> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| "the host is no name".to_owned())?,
        _ => return Err("the request does not say which host it asks".to_owned()),
    };
    for named in [Some(host), uri.authority().map(axum::http::uri::Authority::as_str)].into_iter().flatten() {
        if !is_own(named, own) {
            return Err(format!(
                "this server does not answer for `{named}`; if that is a name of this machine, start it with --host"
            ));
        }
    }
    match headers.get(header::ORIGIN) {
        Some(origin)
            if origin
                .to_str()
                .ok()
                .and_then(|origin| origin.split_once("://"))
                .is_none_or(|(_, from)| from != host) =>
        {
            Err("this server answers only its own pages".to_owned())
        }
        _ => Ok(()),
    }
}

/// Whether a host (with or without a port) is this server under a name that nobody else can give it: an address, a name
/// of the machine itself, or the one that the person gave.
fn is_own(host: &str, own: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok()
        || name == own.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::check;
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

    fn asked(uri: &str, lines: &[(&'static str, &'static str)]) -> bool {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let headers: HeaderMap = lines.iter().map(header).collect();
        check(&uri.parse::<Uri>().unwrap(), &headers, "desk.example").is_ok()
    }

    #[test]
    fn only_this_servers_own_names_are_answered() {
        let own = [
            "localhost:8000",
            "LOCALHOST",
            "127.0.0.1:8000",
            "[::1]:8000",
            "a.localhost",
            "desk.example:80",
            "192.168.1.7",
        ];
        for host in own {
            assert!(asked("/", &[("host", host)]), "{host}");
        }
        for host in
            ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::1"]
        {
            assert_eq!(asked("/", &[("host", host)]), host == "[::1", "{host}");
        }
        assert!(!asked("/", &[]));
        assert!(!asked("http://evil.example/", &[("host", "localhost")]));
    }

    #[test]
    fn pages_of_others_are_not_answered() {
        let from = |origin| asked("/", &[("host", "localhost:8000"), ("origin", origin)]);
        assert!(from("http://localhost:8000"));
        for origin in ["http://evil.example", "http://localhost:3000", "null", "http://localhost", ""] {
            assert!(!from(origin), "{origin}");
        }
    }
}
