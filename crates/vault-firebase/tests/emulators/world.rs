//! A team in the emulators, made as the firm's own functions would make it, and users who sign in to it.

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;
use vault_core::model::{DeviceId, TeamId};
use vault_core::ports::{Identity as _, SystemClock};
use vault_firebase::{Connection, FirebaseRecords, MemorySecrets, Proof, Session};

/// The addresses of the emulators.
pub(crate) fn connection() -> Connection {
    let [auth, firestore, storage] = [
        ("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099"),
        ("FIRESTORE_EMULATOR_HOST", "127.0.0.1:8080"),
        ("FIREBASE_STORAGE_EMULATOR_HOST", "127.0.0.1:9199"),
    ]
    .map(|(name, usual)| std::env::var(name).unwrap_or_else(|_| usual.to_owned()).replace("localhost", "127.0.0.1"));
    let project = std::env::var("GCLOUD_PROJECT").unwrap_or_else(|_| "demo-strongroom".to_owned());
    let issuer = std::env::var("STRONGROOM_IDENTITY_PROVIDER").unwrap_or_else(|_| "127.0.0.1:9098".to_owned());
    let file = json!({
        "projectId": project, "apiKey": "any", "bucket": format!("{project}.appspot.com"), "clientId": "strongroom",
        "issuer": format!("http://{issuer}"),
        "authEmulator": auth, "firestoreEmulator": firestore, "storageEmulator": storage,
    });
    Connection::from_file(file.to_string().as_bytes()).expect("connection")
}

/// The operations of an administrator, and of the firm's functions, past the rules.
pub(crate) struct Administrator {
    http: reqwest::Client,
    project: String,
    auth: SocketAddr,
    firestore: SocketAddr,
    storage: SocketAddr,
    bucket: String,
}

/// A user of the firm.
pub(crate) struct TestUser {
    pub(crate) user: String,
    pub(crate) proof: Proof,
}

impl Administrator {
    pub(crate) fn new() -> Self {
        vault_firebase::prepare_tls();
        let connection = connection();
        let emulators = connection.emulators.expect("emulators");
        Self {
            http: reqwest::Client::new(),
            project: connection.project,
            auth: emulators.auth,
            firestore: emulators.firestore,
            storage: emulators.storage,
            bucket: connection.bucket,
        }
    }

    async fn post(&self, url: String, body: &Value) -> Value {
        loop {
            let sent = self.http.post(&url).bearer_auth("owner").json(body).send().await;
            let answer =
                sent.unwrap_or_else(|error| panic!("no emulator ({error}): start them with `cargo xtask emulators`"));
            let status = answer.status();
            let body: Value = answer.json().await.unwrap_or_default();
            // The emulator locks documents read in a transaction; a request that waits too long has to be tried again,
            // or fails.
            let again = body["error"]["status"] == "ABORTED" || status.as_u16() == 499;
            if !again {
                assert!(status.is_success(), "{url}: {status} {body}");
                return body;
            }
        }
    }

    fn toolkit(&self, method: &str) -> String {
        format!("http://{}/identitytoolkit.googleapis.com/v1/{method}", self.auth)
    }

    /// An account whose address Google verifies.
    pub(crate) async fn new_user(&self, name: &str) -> TestUser {
        let sub = Uuid::now_v7().to_string();
        let email = format!("{}.{sub}@firm.example", name.to_lowercase());
        let vouched = json!({ "sub": sub, "email": email, "email_verified": true, "name": name });
        let proof = Proof { id_token: vouched.to_string(), nonce: None };
        let body = json!({
            "postBody": url::form_urlencoded::Serializer::new(String::new())
                .append_pair("id_token", &proof.id_token).append_pair("providerId", "google.com").finish(),
            "requestUri": "http://localhost", "returnSecureToken": true,
        });
        let answer = self.post(format!("{}?key=any", self.toolkit("accounts:signInWithIdp")), &body).await;
        TestUser { user: answer["localId"].as_str().expect("localId").to_owned(), proof }
    }

    async fn update(&self, user: &str, change: Value) {
        let mut body = change;
        body["localId"] = user.into();
        self.post(self.toolkit(&format!("projects/{}/accounts:update", self.project)), &body).await;
    }

    pub(crate) async fn give_claims(&self, user: &str, team: &TeamId, role: &str) {
        let claims = json!({ "teamId": team.as_str(), "role": role }).to_string();
        self.update(user, json!({ "customAttributes": claims })).await;
    }

    pub(crate) async fn disable(&self, user: &str) {
        self.update(user, json!({ "disableUser": true })).await;
    }

    pub(crate) async fn delete_account(&self, user: &str) {
        let method = format!("projects/{}/accounts:delete", self.project);
        self.post(self.toolkit(&method), &json!({ "localId": user })).await;
    }

    /// Writes documents past the rules; each gets the server's time as `updatedAt`.
    pub(crate) async fn write(&self, documents: &[(String, Value)]) {
        let root = format!("projects/{}/databases/(default)/documents", self.project);
        let writes: Vec<Value> = documents
            .iter()
            .map(|(path, fields)| {
                json!({
                    "update": { "name": format!("{root}/{path}"), "fields": fields },
                    "updateTransforms": [{ "fieldPath": "updatedAt", "setToServerValue": "REQUEST_TIME" }],
                })
            })
            .collect();
        self.post(format!("http://{}/v1/{root}:commit", self.firestore), &json!({ "writes": writes })).await;
    }

    /// Puts bytes at a path of the bucket, or removes what is there.
    pub(crate) async fn put_object(&self, path: &str, bytes: Option<&[u8]>) {
        let mut url = url::Url::parse(&format!("http://{}/v0/b/{}/o", self.storage, self.bucket)).expect("url");
        let request = if let Some(bytes) = bytes {
            url.query_pairs_mut().append_pair("name", path);
            self.http.post(url).header("content-type", "application/octet-stream").body(bytes.to_vec())
        } else {
            url.path_segments_mut().expect("segments").push(path);
            self.http.delete(url)
        };
        let answer = request.bearer_auth("owner").send().await.expect("storage");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }

    /// A new team with these members, the first of them its administrator.
    pub(crate) async fn team(&self, members: &[&TestUser]) -> TeamId {
        let team = TeamId::new(format!("team-{}", Uuid::now_v7())).expect("id");
        let mut roles = serde_json::Map::new();
        let mut documents = Vec::new();
        for (at, member) in members.iter().enumerate() {
            let role = if at == 0 { "admin" } else { "member" };
            self.give_claims(&member.user, &team, role).await;
            roles.insert(member.user.clone(), map(&json!({ "role": text(role), "email": text("x@firm.example") })));
            let path = format!("teams/{team}/userInfo/{}", member.user);
            documents.push((path, json!({ "displayName": text("Ann") })));
        }
        let fields = json!({ "name": text("Firm"), "members": map(&Value::Object(roles)) });
        documents.push((format!("teams/{team}"), fields));
        documents.push((format!("teams/{team}/matters/general"), general(&team)));
        self.write(&documents).await;
        team
    }
}

/// A write of a firm's user outside Strongroom, as another program would make it.
pub(crate) struct Member {
    http: reqwest::Client,
    url: String,
    root: String,
    token: String,
}

/// How often a request to a busy emulator is tried; it waits for a lock each time.
const BUSY: usize = 20;

impl Member {
    pub(crate) async fn of(session: &Session) -> Self {
        let connection = connection();
        let root = format!("projects/{}/databases/(default)/documents", connection.project);
        let firestore = connection.emulators.expect("emulators").firestore;
        let token = session.token(false).await.expect("a token").expect("signed in");
        let url = format!("http://{firestore}/v1/{root}:commit");
        Self { http: reqwest::Client::new(), url, root, token: token.0 }
    }

    /// Writes a document, or these fields of one; returns whether the rules accepted it.
    pub(crate) async fn write(
        &self,
        path: &str,
        fields: &serde_json::Map<String, Value>,
        changed: Option<&[String]>,
        times: &[&str],
    ) -> bool {
        let transforms: Vec<Value> =
            times.iter().map(|time| json!({ "fieldPath": time, "setToServerValue": "REQUEST_TIME" })).collect();
        let mut write = json!({
            "update": { "name": format!("{}/{path}", self.root), "fields": fields },
            "updateTransforms": transforms,
        });
        if let Some(changed) = changed {
            write["updateMask"] = json!({ "fieldPaths": changed });
            write["currentDocument"] = json!({ "exists": true });
        }
        let body = json!({ "writes": [write] });
        for _ in 0..BUSY {
            let sent = self.http.post(&self.url).bearer_auth(&self.token).json(&body).send().await;
            let answer = sent.expect("an emulator");
            match answer.status().as_u16() {
                200 => return true,
                // Refused before any rule: a list in a list, a text too long for any document.
                400 | 403 => return false,
                // Other requests hold the lock of a document that the rules read: it is tried again.
                409 => {}
                other => panic!("{path}: {other} {} {body}", answer.text().await.unwrap_or_default()),
            }
        }
        panic!("{path}: locked {BUSY} times in a row");
    }
}

/// The matter that every team has.
fn general(team: &TeamId) -> Value {
    let nothing = json!({ "nullValue": null });
    json!({
        "title": text("General"), "description": text("Documents of the firm."), "clientId": nothing,
        "matterNumber": text(""), "status": text("active"), "priority": text("medium"),
        "assignedTo": { "arrayValue": {} }, "openedDate": nothing, "dueDate": nothing, "openTo": text(team.as_str()),
    })
}

pub(crate) fn text(value: &str) -> Value {
    json!({ "stringValue": value })
}

fn map(fields: &Value) -> Value {
    json!({ "mapValue": { "fields": fields } })
}

/// This computer, as it signs in.
pub(crate) fn device() -> DeviceId {
    DeviceId::new("test-computer").expect("id")
}

/// Signs a user in, and keeps the session for the next start.
pub(crate) async fn sign_in(user: &TestUser, secrets: &Arc<MemorySecrets>) -> Session {
    let session = Session::sign_in(&connection(), &user.proof, device(), secrets.clone(), Arc::new(SystemClock)).await;
    session.expect("signed in")
}

/// The documents of a team, as one of its users.
pub(crate) async fn records(session: &Arc<Session>) -> FirebaseRecords {
    FirebaseRecords::open(&connection(), session.clone()).await.expect("records")
}
