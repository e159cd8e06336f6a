//! A firm in the emulators, and computers of its users.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tempfile::TempDir;
use vault_core::ports::SystemClock;
use vault_firebase::Proof;
use vault_firm::{Connection, Firms, Session};
use vault_home::Home;
use vault_keychain::SealedFile;
use vault_testing::proxy::Proxy;

/// The passphrase that seals the sessions here.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple";

/// The addresses of the emulators, as `cargo xtask` sets them.
pub(crate) fn env_var(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("there is no {name}: start the emulators with `cargo xtask emulators`"))
}

fn at(name: &str) -> SocketAddr {
    env_var(name).parse().expect("an address")
}

/// A user's computer, behind a network that can fail.
pub(crate) struct Computer {
    pub(crate) folder: TempDir,
    proxies: [Proxy; 3],
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Two users of a new firm, each at their own computer; the first is its administrator.
pub(crate) async fn two() -> (Computer, Computer) {
    vault_firebase::prepare_tls();
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos();
    let team = format!("cli-{since}-{}", fastrand(since));
    let proof = |name: &str| {
        let sub = format!("{name}-{team}");
        let vouched =
            json!({ "sub": sub, "email": format!("{sub}@firm.example"), "email_verified": true, "name": name });
        Proof { id_token: vouched.to_string(), nonce: None }
    };
    let (ann, ben) = (proof("ann"), proof("ben"));
    let mut members = serde_json::Map::new();
    for (proof, role) in [(&ann, "admin"), (&ben, "member")] {
        let user = account(&http, &team, &proof.id_token, role).await;
        let member = json!({ "mapValue": { "fields": { "role": text(role), "email": text("x@firm.example") } } });
        members.insert(user, member);
    }
    let members = json!({ "mapValue": { "fields": members } });
    write(&http, &format!("teams/{team}"), &json!({ "name": text("Firm"), "members": members })).await;
    let none = json!({ "nullValue": null });
    let general = json!({
        "title": text("General"), "description": text(""), "clientId": none, "matterNumber": text(""),
        "status": text("active"), "priority": text("medium"), "assignedTo": { "arrayValue": {} },
        "openedDate": none, "dueDate": none, "openTo": text(&team),
    });
    write(&http, &format!("teams/{team}/matters/general"), &general).await;
    (Computer::of(&ann).await, Computer::of(&ben).await)
}

/// Makes these users the only members of a team, as its administrator does.
pub(crate) async fn only_members(team: &str, users: &[&str]) {
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let member = |user: &&str| {
        let fields = json!({ "role": text("admin"), "email": text("x@firm.example") });
        ((*user).to_owned(), json!({ "mapValue": { "fields": fields } }))
    };
    let members: serde_json::Map<String, Value> = users.iter().map(member).collect();
    let team_fields = json!({ "name": text("Firm"), "members": { "mapValue": { "fields": members } } });
    write(&http, &format!("teams/{team}"), &team_fields).await;
}

/// Tests of one process sometimes begin at the same instant.
fn fastrand(since: u128) -> u64 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one(since) % 1_000_000
}

fn text(value: &str) -> Value {
    json!({ "stringValue": value })
}

async fn account(http: &reqwest::Client, team: &str, id_token: &str, role: &str) -> String {
    let toolkit = format!("http://{}/identitytoolkit.googleapis.com/v1", at("FIREBASE_AUTH_EMULATOR_HOST"));
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("id_token", id_token)
        .append_pair("providerId", "google.com")
        .finish();
    let body = json!({ "postBody": form, "requestUri": "http://localhost", "returnSecureToken": true });
    let answer = post(http, &format!("{toolkit}/accounts:signInWithIdp?key=any"), &body).await;
    let user = answer["localId"].as_str().expect("an account").to_owned();
    let claims = json!({ "teamId": team, "role": role }).to_string();
    let update = json!({ "localId": user, "customAttributes": claims });
    post(http, &format!("{toolkit}/projects/{}/accounts:update", env_var("GCLOUD_PROJECT")), &update).await;
    user
}

async fn write(http: &reqwest::Client, path: &str, fields: &Value) {
    let root = format!("projects/{}/databases/(default)/documents", env_var("GCLOUD_PROJECT"));
    let write = json!({
        "update": { "name": format!("{root}/{path}"), "fields": fields },
        "updateTransforms": [{ "fieldPath": "updatedAt", "setToServerValue": "REQUEST_TIME" }],
    });
    let url = format!("http://{}/v1/{root}:commit", at("FIRESTORE_EMULATOR_HOST"));
    post(http, &url, &json!({ "writes": [write] })).await;
}

async fn post(http: &reqwest::Client, url: &str, body: &Value) -> Value {
    let answer = http.post(url).bearer_auth("owner").json(body).send().await.expect("an emulator");
    let status = answer.status();
    let answer: Value = answer.json().await.unwrap_or_default();
    assert!(status.is_success(), "{url}: {status} {answer}");
    answer
}

impl Computer {
    /// A computer with a signed-in user; the session is sealed by the [`PASSPHRASE`].
    async fn of(proof: &Proof) -> Self {
        let proxies = [
            Proxy::to(at("FIREBASE_AUTH_EMULATOR_HOST")).await,
            Proxy::to(at("FIRESTORE_EMULATOR_HOST")).await,
            Proxy::to(at("FIREBASE_STORAGE_EMULATOR_HOST")).await,
        ];
        let [auth, firestore, storage] = proxies.each_ref().map(|proxy| proxy.address().to_string());
        let project = env_var("GCLOUD_PROJECT");
        let file = json!({
            "name": "Archer & Baker", "projectId": project, "apiKey": "any", "bucket": format!("{project}.appspot.com"),
            "clientId": "strongroom",
            "authEmulator": auth, "firestoreEmulator": firestore, "storageEmulator": storage,
        });
        let connection = Connection::from_file(file.to_string().as_bytes()).expect("a connection");
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::find(Some(&folder.path().join("home"))).expect("a home");
        home.make().expect("a home");
        let firms = Firms::of(&home);
        let firm = firms.connect(&connection).expect("connected");
        let secrets = Arc::new(SealedFile::at(home.folder().join("session.sealed"), PASSPHRASE.to_owned()));
        let device = firms.device().expect("a device");
        let session =
            Session::sign_in(&connection, proof, device, secrets, Arc::new(SystemClock)).await.expect("signed in");
        assert!(session.is_remembered().await);
        firms.activate(Some(&firm.id)).expect("activated");
        Self { folder, proxies }
    }

    pub(crate) fn cut(&self) {
        self.proxies.iter().for_each(Proxy::cut);
    }

    pub(crate) fn repair(&self) {
        self.proxies.iter().for_each(Proxy::repair);
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongroom"));
        command.args(args).current_dir(self.folder.path()).env("TZ", "UTC");
        command.env("STRONGROOM_HOME", self.folder.path().join("home")).env("STRONGROOM_PASSPHRASE", PASSPHRASE);
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere").stdin(std::process::Stdio::null());
        command
    }

    /// Runs the program; its proxies continue meanwhile.
    pub(crate) async fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.command(args);
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("it ran").expect("it ran");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().unwrap_or(-1);
        Ran { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Runs the program, which must end with 0.
    pub(crate) async fn well(&self, args: &[&str]) -> Ran {
        let ran = self.run(args).await;
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran
    }

    /// Runs the program with `--json`; returns how it ended, and its one document.
    pub(crate) async fn json(&self, args: &[&str]) -> (i32, Value) {
        let ran = self.run(&[args, &["--json"]].concat()).await;
        let document = serde_json::from_str(&ran.stdout);
        (ran.code, document.unwrap_or_else(|error| panic!("not one document ({error}): {ran:?}")))
    }

    /// As [`json`](Self::json), for a command that must succeed.
    pub(crate) async fn document(&self, args: &[&str]) -> Value {
        let (code, document) = self.json(args).await;
        assert_eq!(code, 0, "{args:?}: {document:#}");
        document
    }

    /// As [`json`](Self::json), for a command that must be refused with this code and message.
    pub(crate) async fn refused(&self, args: &[&str], exit: i32, code: &str, said: &str) -> String {
        let (ended, document) = self.json(args).await;
        let message = document["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!((ended, document["error"]["code"].as_str()), (exit, Some(code)), "{args:?}: {document:#}");
        assert!(message.contains(said), "“{message}” does not say “{said}”");
        message
    }

    /// The titles of the matters.
    pub(crate) async fn titles(&self) -> Vec<String> {
        let matters = self.document(&["matters"]).await;
        let titles = matters["matters"].as_array().expect("a list").iter();
        titles.map(|matter| matter["title"].as_str().expect("a title").to_owned()).collect()
    }

    /// A file to be filed.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, content).expect("a file");
        file
    }
}
