//! Listening, until told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use variorum_newsroom::Options;

use crate::door::{Access, Public};
use crate::ops::Meters;
use crate::work::{Board, start};
use crate::{State, app_metered, listen};

/// Why a server does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// An address that others can reach.
    #[error(
        "{0} can be reached from other machines, and nobody could log in: there is no admin yet\n  hint: make one with \
         `variorum users add NAME --role admin`, or listen at 127.0.0.1"
    )]
    Open(SocketAddr),
    /// One must log in, and nobody can.
    #[error("one must log in, and there is no admin yet\n  hint: make one with `variorum users add NAME --role admin`")]
    NoAdmin,
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] variorum_store::Error),
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
    /// Who may come in.
    pub access: Access,
    /// Where it tells its figures without asking who wants them; none where only admins are told.
    pub metrics: Option<SocketAddr>,
}

/// Serves at an address until the process is told to stop, with the desk at work beside it. `ready` is called with the
/// address once it answers.
pub fn run(state: State, setup: Setup, ready: impl FnOnce(SocketAddr)) -> Result<(), RunError> {
    let Setup { listen, desk, access, metrics } = setup;
    let access = told(access, listen);
    checked(&state, &access, listen)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(64).build()?;
    let served = runtime.block_on(async {
        let listener = listener(listen).await?;
        let figures = match metrics {
            Some(at) => Some(self::listener(at).await?),
            None => None,
        };
        ready(listener.local_addr()?);
        let board = Board::default();
        let working = start(state.clone(), desk, board.clone());
        let served = serve(listener, figures, state, board, access).await;
        // The desk is left in order also where serving failed.
        let left = tokio::task::spawn_blocking(move || working.stop()).await;
        left.map_err(std::io::Error::other)?;
        served
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn listener(at: SocketAddr) -> Result<TcpListener, RunError> {
    TcpListener::bind(at).await.map_err(|reason| RunError::Taken { at, reason })
}

/// Whoever can be reached by others asks who comes, whatever was said.
fn told(access: Access, listen: SocketAddr) -> Access {
    let is_seen = access.public.as_ref().is_some_and(|public| !public.is_this_machine());
    Access { logins: access.logins || !listen.ip().is_loopback() || is_seen, listen: Some(listen.ip()), ..access }
}

/// A server that asks who comes must know somebody, and feeds name the address by which others see it.
fn checked(state: &State, access: &Access, listen: SocketAddr) -> Result<(), RunError> {
    if access.logins && state.store.read(|view| view.admins())? == 0 {
        return Err(if listen.ip().is_loopback() { RunError::NoAdmin } else { RunError::Open(listen) });
    }
    if let Some(origin) = access.public.as_ref().map(Public::origin)
        && state.store.read(|view| view.setting("address"))?.as_deref() != Some(&origin)
    {
        state.store.write(move |writing| writing.put_setting("address", &origin))?;
    }
    Ok(())
}

async fn serve(
    listener: TcpListener,
    figures: Option<TcpListener>,
    state: State,
    board: Board,
    access: Access,
) -> Result<(), RunError> {
    let (tell, told) = tokio::sync::watch::channel(false);
    let until = |mut told: tokio::sync::watch::Receiver<bool>| async move {
        // A sender that is gone means the same.
        let _ = told.wait_for(|stop| *stop).await;
    };
    let meters = Meters::new(&state);
    let app = app_metered(state.clone(), board.clone(), access.clone(), meters.clone());
    let pages = listen::serve(listener, app, &access, until(told.clone()));
    let figures = async {
        if let Some(listener) = figures {
            let app = crate::ops::alone(state, board, meters);
            listen::serve(listener, app, &Access { trusted: Vec::new(), ..access.clone() }, until(told.clone())).await;
        }
    };
    let mut serving = std::pin::pin!(async { tokio::join!(pages, figures) });
    tokio::select! {
        _ = &mut serving => return Ok(()),
        stopped = told_to_stop() => stopped?,
    }
    tracing::info!("told to stop");
    let _ = tell.send(true);
    serving.await;
    Ok(())
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
    use super::{Access, RunError, Setup, run};
    use crate::pages::tests::newsroom;

    fn setup(address: &str) -> Setup {
        Setup { listen: address.parse().unwrap(), desk: Default::default(), access: Access::default(), metrics: None }
    }

    #[test]
    fn other_machines_are_not_served_while_nobody_can_log_in() {
        for address in ["0.0.0.0:0", "192.168.0.4:8417", "[::]:0"] {
            let refused = run(newsroom().state(), setup(address), |_| panic!("it listens"));
            let error = refused.unwrap_err();
            assert!(
                matches!(error, RunError::Open(_)) && error.to_string().contains("variorum users add"),
                "{address}"
            );
        }
        for access in [
            Access { logins: true, ..Access::default() },
            Access { public: Some("https://news.example".parse().unwrap()), ..Access::default() },
        ] {
            let refused = run(newsroom().state(), Setup { access, ..setup("127.0.0.1:0") }, |_| panic!("it listens"));
            assert!(matches!(refused, Err(RunError::NoAdmin)));
        }
    }
}
