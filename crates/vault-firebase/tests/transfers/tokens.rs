//! A server that signs users in and renews their tokens, as Identity Toolkit and Secure Token do.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use vault_core::model::TeamId;

#[derive(Default)]
struct State {
    issued: u64,
    disabled: bool,
}

/// It runs until it is dropped. Each token is different.
pub(crate) struct TokenServer {
    pub(crate) address: SocketAddr,
    team: TeamId,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl TokenServer {
    /// Starts a server for a member of this team.
    pub(crate) async fn start(team: TeamId) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<Mutex<State>>::default();
        let (of_team, of_state) = (team.clone(), Arc::clone(&state));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (team, state) = (of_team.clone(), Arc::clone(&of_state));
                tokio::spawn(async move { answer(stream, &team, &state).await.ok() });
            }
        });
        Self { address, team, state, task }
    }

    /// How many tokens were issued.
    pub(crate) fn issued(&self) -> u64 {
        self.state.lock().unwrap().issued
    }

    /// Disables the account, or enables it.
    pub(crate) fn disable(&self, disabled: bool) {
        self.state.lock().unwrap().disabled = disabled;
    }

    /// Returns a function that disables the account, for code that does not hold the server.
    pub(crate) fn disabling(&self) -> impl Fn() + Send + use<> {
        let state = Arc::clone(&self.state);
        move || state.lock().unwrap().disabled = true
    }

    /// The tokens with these numbers.
    pub(crate) fn tokens(&self, numbers: std::ops::Range<u64>) -> Vec<String> {
        numbers.map(|number| token(&self.team, number)).collect()
    }
}

impl Drop for TokenServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn token(team: &TeamId, number: u64) -> String {
    let claims = json!({ "sub": "ann", "teamId": team.as_str(), "role": "member", "name": "Ann", "number": number });
    format!("head.{}.{number}", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

async fn answer(mut stream: TcpStream, team: &TeamId, state: &Mutex<State>) -> std::io::Result<()> {
    let mut request = Vec::new();
    let whole = |request: &[u8]| {
        let text = String::from_utf8_lossy(request).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        (body.len() >= length.unwrap_or(0)).then_some(())
    };
    while whole(&request).is_none() {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    let (status, body) = {
        let mut state = state.lock().unwrap();
        if state.disabled {
            ("400 Bad Request", json!({ "error": { "code": 400, "message": "USER_DISABLED" } }))
        } else {
            let token = token(team, state.issued);
            state.issued += 1;
            let (id, refresh) = (json!(token), json!("refresh"));
            (
                "200 OK",
                json!({
                    "idToken": id, "refreshToken": refresh, "expiresIn": "3600",
                    "id_token": id, "refresh_token": refresh, "expires_in": "3600",
                }),
            )
        }
    };
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).await?;
    stream.shutdown().await
}
