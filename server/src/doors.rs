//! The sockets on which the office listens, and everybody who comes in by them: no more at once than there is room
//! for, none who says nothing, and a clear refusal for the rest.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;
use tracing::{debug, warn};

/// LIMIT: whoever does not say what they want by then is sent away.
const SAYS_WITHIN: Duration = Duration::from_secs(15);
/// LIMIT: connections, where the system gives enough files.
const CONNECTIONS: usize = 10_000;
/// Files that the database, logs and backups need beside the connections.
const FILES_KEPT: u64 = 200;
/// No file is left for another connection: those that end make room.
const BREATH: Duration = Duration::from_millis(100);
const REFUSAL: &str = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\
    \"code\":\"too_many_connections\",\"detail\":\"Too many connections. Try again in a minute.\"}";

/// Whether a request came in encrypted; in its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    Plain,
    Tls,
}

/// One socket that is listened on.
pub struct Door {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door")
            .field("listener", &self.listener)
            .finish_non_exhaustive()
    }
}

/// Everybody who is in, by where they come from. Cheap to clone; all clones count the same.
#[derive(Debug, Clone)]
pub struct Crowd {
    most: usize,
    inside: Arc<Mutex<Inside>>,
}

#[derive(Debug, Default)]
struct Inside {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// One who is in, until it is dropped.
#[derive(Debug)]
pub struct Place {
    crowd: Crowd,
    from: IpAddr,
}

impl Crowd {
    /// As many as there are files for, after asking the system for all that it gives.
    pub fn as_the_system_allows() -> Self {
        let files = all_files();
        let room = usize::try_from(files.saturating_sub(FILES_KEPT)).unwrap_or(CONNECTIONS);
        let crowd = Self::of(room.clamp(16, CONNECTIONS));
        if crowd.most < CONNECTIONS {
            warn!(
                "the system gives {files} files, so at most {} connections are taken; raise LimitNOFILE",
                crowd.most
            );
        }
        crowd
    }

    fn of(most: usize) -> Self {
        Self {
            most,
            inside: Arc::default(),
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets one in. LIMIT: half of all places for one address, so that nobody alone keeps others out; programs on
    /// this box share one address, and so do people behind a proxy on it.
    fn admits(&self, from: IpAddr) -> Option<Place> {
        let from = network(from);
        let mut inside = self.inside();
        let its = inside.of.get(&from).copied().unwrap_or_default();
        let is_full = inside.all >= self.most || (!from.is_loopback() && its >= self.most / 2);
        if is_full {
            return None;
        }
        inside.all += 1;
        inside.of.insert(from, its + 1);
        Some(Place {
            crowd: self.clone(),
            from,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.crowd.inside();
        inside.all -= 1;
        if let Some(its) = inside.of.get_mut(&self.from) {
            *its -= 1;
            if *its == 0 {
                inside.of.remove(&self.from);
            }
        }
    }
}

/// By whom limits count: an IPv4 address, or the network that one household or office has of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => {
            let s = v6.segments();
            Ipv6Addr::new(s[0], s[1], s[2], s[3], 0, 0, 0, 0).into()
        }
        other => other,
    }
}

impl Door {
    /// Listens on `address`.
    ///
    /// # Errors
    /// When another program has it, or the box does not.
    pub async fn open(address: SocketAddr, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self { listener, tls })
    }

    /// Where it really listens.
    ///
    /// # Errors
    /// When the socket is gone.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves everybody who comes, until `stopping`; then lets those finish who are in.
    pub async fn serve(self, router: Router, crowd: Crowd, stopping: CancellationToken) {
        let inside = TaskTracker::new();
        loop {
            let came = tokio::select! {
                () = stopping.cancelled() => break,
                came = self.listener.accept() => came,
            };
            let (stream, peer) = match came {
                Ok(came) => came,
                Err(fault) if is_its_own(&fault) => continue,
                Err(fault) => {
                    warn!("nobody can come in: {fault}");
                    sleep(BREATH).await;
                    continue;
                }
            };
            let Some(place) = crowd.admits(peer.ip()) else {
                debug!(%peer, "turned away: there are too many connections");
                self.turn_away(&stream);
                continue;
            };
            let caller = Caller {
                peer,
                place: Arc::new(place),
            };
            let visit = visit(
                stream,
                caller,
                self.tls.clone(),
                router.clone(),
                stopping.clone(),
            );
            inside.spawn(visit);
        }
        inside.close();
        inside.wait().await;
    }

    /// As far as the line takes it at once: whoever is turned away must not cost anything.
    fn turn_away(&self, stream: &TcpStream) {
        if self.tls.is_none() {
            let length = REFUSAL.len();
            let answer = format!(
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n\
                 Retry-After: 60\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{REFUSAL}"
            );
            // Whether it arrives changes nothing.
            let _ = stream.try_write(answer.as_bytes());
        }
    }
}

/// The caller hung up before we answered: nobody else's trouble.
fn is_its_own(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

/// Somebody who came in.
struct Caller {
    peer: SocketAddr,
    /// Goes along with each request: a push channel is held long after the last one.
    place: Arc<Place>,
}

async fn visit(
    stream: TcpStream,
    caller: Caller,
    tls: Option<TlsAcceptor>,
    router: Router,
    stopping: CancellationToken,
) {
    let peer = caller.peer;
    // A call must not wait for more bytes to come.
    if let Err(fault) = stream.set_nodelay(true) {
        debug!(%peer, "a connection stays slow: {fault}");
    }
    let Some(tls) = tls else {
        return Box::pin(speak(stream, (caller, Via::Plain), router, stopping)).await;
    };
    // In boxes of their own: whoever is welcomed unencrypted does not pay for what TLS needs.
    match Box::pin(timeout(SAYS_WITHIN, tls.accept(stream))).await {
        Ok(Ok(stream)) => Box::pin(speak(stream, (caller, Via::Tls), router, stopping)).await,
        Ok(Err(fault)) => debug!(%peer, "no TLS: {fault}"),
        Err(_) => debug!(%peer, "said nothing in time"),
    }
}

/// One request after the other, or a push channel.
async fn speak<S>(
    stream: S,
    (Caller { peer, place }, via): (Caller, Via),
    router: Router,
    stopping: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(via);
        request.extensions_mut().insert(Arc::clone(&place));
        router.clone().oneshot(request.map(Body::new))
    });
    let speech = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SAYS_WITHIN)
        .serve_connection(TokioIo::new(stream), answer)
        .with_upgrades();
    tokio::pin!(speech);
    let ended = tokio::select! {
        ended = speech.as_mut() => ended,
        () = stopping.cancelled() => {
            speech.as_mut().graceful_shutdown();
            speech.await
        }
    };
    if let Err(fault) = ended {
        debug!(%peer, "a connection ended early: {fault}");
    }
}

/// All files that this program may have open, after asking for as many as it can get.
fn all_files() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let given = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: given.maximum,
        maximum: given.maximum,
    };
    let files = match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => given.maximum,
        Err(_) => given.current,
    };
    files.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn nobody_alone_takes_all_places_and_who_leaves_makes_room() {
        let crowd = Crowd::of(8);
        let mut flood: Vec<_> = (0..100)
            .filter_map(|_| crowd.admits(ip("10.0.0.7")))
            .collect();
        assert_eq!(flood.len(), 4);
        let others: Vec<_> = (0..100)
            .filter_map(|_| crowd.admits(ip("10.0.0.8")))
            .collect();
        assert_eq!(others.len(), 4);
        assert!(
            crowd.admits(ip("10.0.0.9")).is_none(),
            "all places are taken"
        );
        flood.pop();
        assert!(crowd.admits(ip("10.0.0.9")).is_some());
        drop((flood, others));
        assert!(crowd.inside().of.is_empty());
    }

    #[test]
    fn one_network_of_ipv6_is_one_neighbour_and_this_box_has_no_limit_of_its_own() {
        let crowd = Crowd::of(8);
        let home: Vec<_> = (1..100)
            .filter_map(|last| crowd.admits(ip(&format!("2001:db8:1:2::{last:x}"))))
            .collect();
        assert_eq!(home.len(), 4);
        let mapped = ip("::ffff:127.0.0.1");
        let own: Vec<_> = (0..100).filter_map(|_| crowd.admits(mapped)).collect();
        assert_eq!(own.len(), 4, "as many as there are places left");
    }

    fn hello() -> Router {
        Router::new().route("/", axum::routing::get(|| async { "hello" }))
    }

    async fn answer_of(line: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> String {
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).await.expect("an answer");
        String::from_utf8(answer).expect("text")
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_told_so_and_comes_in_when_one_leaves() {
        let door = Door::open((std::net::Ipv4Addr::LOCALHOST, 0).into(), None).await;
        let door = door.expect("a port");
        let address = door.address().expect("its address");
        let (crowd, stopping) = (Crowd::of(2), CancellationToken::new());
        let serving = tokio::spawn(door.serve(hello(), crowd.clone(), stopping.clone()));
        let first = TcpStream::connect(address).await.expect("a line");
        let second = TcpStream::connect(address).await.expect("a line");
        let mut third = TcpStream::connect(address).await.expect("a line");
        let refused = answer_of(&mut third).await;
        assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
        assert!(refused.ends_with(REFUSAL), "{refused}");
        drop(first);
        loop {
            let mut next = TcpStream::connect(address).await.expect("a line");
            let asked = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
            // One that is turned away may be closed before it has asked.
            let _ = next.write_all(asked).await;
            let mut answer = Vec::new();
            let _ = next.read_to_end(&mut answer).await;
            if answer.ends_with(b"hello") {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(second);
        stopping.cancel();
        serving.await.expect("all are gone");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_says_nothing_is_sent_away() {
        let (mut ours, theirs) = tokio::io::duplex(1024);
        let caller = Caller {
            peer: (std::net::Ipv4Addr::LOCALHOST, 1).into(),
            place: Arc::new(Crowd::of(2).admits(ip("10.0.0.7")).expect("room")),
        };
        let speech = speak(
            theirs,
            (caller, Via::Plain),
            hello(),
            CancellationToken::new(),
        );
        let began = tokio::time::Instant::now();
        tokio::spawn(speech);
        ours.write_all(b"GET / HT").await.expect("a line");
        let told = answer_of(&mut ours).await;
        assert!(
            told.is_empty() || told.starts_with("HTTP/1.1 408"),
            "{told}"
        );
        assert!(began.elapsed() <= SAYS_WITHIN + Duration::from_secs(1));
    }
}
