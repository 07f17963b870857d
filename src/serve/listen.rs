//! Where to listen.

use super::Told;
use crate::diagnostic::Error;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};

/// Ports that are tried after the one that was asked for.
const TRIED: u16 = 50;

/// Listens on `host` at `port`, or at the next one that is free.
///
/// # Errors
/// [`Error::Usage`] where there is no such host or no port to be had.
pub(super) fn bind(host: &str, port: u16, tell: &(dyn Fn(Told) + Sync)) -> Result<TcpListener, Error> {
    let name = host.trim_matches(['[', ']']);
    let unknown = |why: String| {
        Error::usage(format!("cannot listen on `{host}`: {why}"), "name this machine, as in `--host 127.0.0.1`")
    };
    let addresses: Vec<SocketAddr> =
        (name, port).to_socket_addrs().map_err(|error| unknown(error.to_string()))?.collect();
    let mut address = *addresses.first().ok_or_else(|| unknown("it has no address".to_owned()))?;
    for next in port..=port.saturating_add(TRIED) {
        address.set_port(next);
        match TcpListener::bind(address) {
            Ok(listener) => {
                listener.set_nonblocking(true).map_err(|error| unknown(error.to_string()))?;
                return Ok(listener);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                if next == port {
                    tell(Told::PortTaken(port));
                }
            }
            Err(error) => return Err(unknown(error.to_string())),
        }
    }
    let message = format!("the ports from {port} to {} are all taken", port.saturating_add(TRIED));
    Err(Error::usage(message, "name another one with --port, or 0 for any"))
}

/// The address of the front page.
pub(super) fn url(listener: &TcpListener, host: &str, base_path: &str) -> String {
    let port = listener.local_addr().map_or(0, |address| address.port());
    let host = match host.trim_matches(['[', ']']) {
        // These mean every address of the machine and are none themselves.
        "0.0.0.0" | "::" => "localhost".to_owned(),
        host if host.contains(':') => format!("[{host}]"),
        host => host.to_owned(),
    };
    format!("http://{host}:{port}{base_path}/")
}
