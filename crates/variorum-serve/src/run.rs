//! Listening, until told to stop.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use variorum_newsroom::Options;

use crate::work::{Board, start};
use crate::{State, app_at};

/// Whoever still reads when the server is told to stop has this long.
const LAST_CALL: Duration = Duration::from_secs(5);

/// Why a server does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// An address that others can reach.
    #[error(
        "{0} can be reached from other machines, and there are no logins yet\n  hint: listen at 127.0.0.1 or [::1]; for others, \
         put a server with logins in front of it, or make a static site"
    )]
    Open(SocketAddr),
    /// The address cannot be listened at.
    #[error("cannot listen at {at}: {reason}\n  hint: another server may be there; give another port with --listen")]
    Taken {
        /// The address.
        at: SocketAddr,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The system refuses threads, signals or connections.
    #[error("the server cannot run: {0}")]
    System(#[from] std::io::Error),
}

/// How a server answers.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Where it listens.
    pub listen: SocketAddr,
    /// How its desk works.
    pub desk: Options,
}

/// Serves at an address until the process is told to stop, with the desk at work beside it. `ready` is called with the
/// address once it answers.
pub fn run(state: State, setup: Setup, ready: impl FnOnce(SocketAddr)) -> Result<(), RunError> {
    let Setup { listen, desk } = setup;
    if !listen.ip().is_loopback() {
        return Err(RunError::Open(listen));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(64).build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(|reason| RunError::Taken { at: listen, reason })?;
        ready(listener.local_addr()?);
        let board = Board::default();
        let working = start(state.clone(), desk, board.clone());
        let served = serve(listener, state, board).await;
        // The desk is left in order also where serving failed.
        let left = tokio::task::spawn_blocking(move || working.stop()).await;
        left.map_err(std::io::Error::other)?;
        served
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn serve(listener: TcpListener, state: State, board: Board) -> Result<(), RunError> {
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, app_at(state, board)).with_graceful_shutdown(async {
        // A sender that is gone means the same.
        let _ = told.await;
    });
    let mut server = std::pin::pin!(server.into_future());
    tokio::select! {
        served = &mut server => return Ok(served?),
        stopped = told_to_stop() => stopped?,
    }
    // The server may have ended on its own.
    let _ = tell.send(());
    tokio::select! {
        served = &mut server => Ok(served?),
        () = tokio::time::sleep(LAST_CALL) => Ok(()),
    }
}

#[cfg(unix)]
async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = end.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use super::{RunError, Setup, run};
    use crate::pages::tests::newsroom;

    fn setup(address: &str) -> Setup {
        Setup { listen: address.parse().unwrap(), desk: Default::default() }
    }

    #[test]
    fn other_machines_are_not_served() {
        for address in ["0.0.0.0:0", "192.168.0.4:8417", "[::]:0"] {
            let refused = run(newsroom().state(), setup(address), |_| panic!("it listens"));
            assert!(matches!(refused, Err(RunError::Open(_))), "{address}");
        }
    }
}
