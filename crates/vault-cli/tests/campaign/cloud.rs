//! The content of the cloud, read past the rules and without any of Strongroom's code.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::firm::Emulators;

/// The matter that everything is filed to.
const MATTER: &str = "general";

/// A firm's documents, and its objects where those are in the emulator.
pub(crate) struct Cloud {
    http: reqwest::Client,
    emulators: Emulators,
    team: String,
    bucket: String,
}

/// A document: its fields, and when it was made (in microseconds).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    pub(crate) fields: Value,
    pub(crate) made: i64,
}

/// Documents by id.
pub(crate) type Documents = BTreeMap<String, Document>;

impl Document {
    pub(crate) fn text(&self, field: &str) -> &str {
        self.fields[field]["stringValue"].as_str().unwrap_or_else(|| panic!("no {field} in {:?}", self.fields))
    }

    pub(crate) fn number(&self, field: &str) -> i64 {
        let text = self.fields[field]["integerValue"].as_str();
        text.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {field} in {:?}", self.fields))
    }

    /// A name with its exact bytes, if it has any.
    pub(crate) fn name(&self, field: &str, exact: &str) -> Vec<u8> {
        match self.fields[exact]["bytesValue"].as_str() {
            Some(bytes) => STANDARD.decode(bytes).expect("base64"),
            None => self.text(field).as_bytes().to_vec(),
        }
    }
}

impl Cloud {
    pub(crate) fn new(emulators: &Emulators, team: String) -> Self {
        vault_firebase::prepare_tls();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { http, emulators: emulators.clone(), team, bucket: String::new() }
    }

    pub(crate) fn keep_in(&mut self, bucket: &str) {
        bucket.clone_into(&mut self.bucket);
    }

    /// Makes an account and a team of it, as the firm's administrator does; returns the account's id.
    pub(crate) async fn take_in(&self, id_token: &str) -> String {
        let toolkit = format!("http://{}/identitytoolkit.googleapis.com/v1", self.emulators.auth);
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("id_token", id_token)
            .append_pair("providerId", "google.com")
            .finish();
        let body = json!({ "postBody": form, "requestUri": "http://localhost", "returnSecureToken": true });
        let answer = self.post(&format!("{toolkit}/accounts:signInWithIdp?key=any"), &body).await;
        let user = answer["localId"].as_str().expect("an account").to_owned();
        let claims = json!({ "teamId": self.team, "role": "admin" }).to_string();
        let update = json!({ "localId": user, "customAttributes": claims });
        self.post(&format!("{toolkit}/projects/{}/accounts:update", self.emulators.project), &update).await;
        let text = |text: &str| json!({ "stringValue": text });
        let map = |fields: Value| json!({ "mapValue": { "fields": fields } });
        let member = json!({ user.clone(): map(json!({ "role": text("admin"), "email": text("ann@firm.example") })) });
        self.write(&format!("teams/{}", self.team), &json!({ "name": text("Firm"), "members": map(member) })).await;
        self.put_general("active").await;
        user
    }

    /// Writes the matter that everything is filed to: open, or closed.
    pub(crate) async fn put_general(&self, status: &str) {
        let (text, none) = (|text: &str| json!({ "stringValue": text }), json!({ "nullValue": null }));
        let general = json!({
            "title": text("General"), "description": text(""), "clientId": none, "matterNumber": text(""),
            "status": text(status), "priority": text("medium"), "assignedTo": { "arrayValue": {} },
            "openedDate": none, "dueDate": none, "openTo": text(&self.team),
        });
        self.write(&format!("teams/{}/matters/{MATTER}", self.team), &general).await;
    }

    async fn write(&self, path: &str, fields: &Value) {
        let root = format!("projects/{}/databases/(default)/documents", self.emulators.project);
        let write = json!({
            "update": { "name": format!("{root}/{path}"), "fields": fields },
            "updateTransforms": [{ "fieldPath": "updatedAt", "setToServerValue": "REQUEST_TIME" }],
        });
        let url = format!("http://{}/v1/{root}:commit", self.emulators.firestore);
        self.post(&url, &json!({ "writes": [write] })).await;
    }

    async fn post(&self, url: &str, body: &Value) -> Value {
        let answer = loop {
            let answer = self.http.post(url).bearer_auth("owner").json(body).send().await.expect("an emulator");
            // Another writer holds the document just now.
            if answer.status().as_u16() != 409 {
                break answer;
            }
        };
        let status = answer.status();
        let answer: Value = answer.json().await.unwrap_or_default();
        assert!(status.is_success(), "{url}: {status} {answer}");
        answer
    }

    /// The documents of the matter in one of its collections.
    pub(crate) async fn documents(&self, collection: &str) -> Documents {
        let url = format!(
            "http://{}/v1/projects/{}/databases/(default)/documents/teams/{}/matters/{MATTER}/{collection}",
            self.emulators.firestore, self.emulators.project, self.team
        );
        let (mut documents, mut next) = (Documents::new(), String::new());
        loop {
            let query = [("pageSize", "300"), ("pageToken", &next)];
            let sent = self.http.get(&url).query(&query).bearer_auth("owner").send().await;
            let page: Value = sent.expect("the emulator").json().await.expect("a page");
            let read = page["documents"].as_array().into_iter().flatten();
            documents.extend(read.map(|document| (id(document), read_one(document))));
            match page["nextPageToken"].as_str() {
                Some(token) => token.clone_into(&mut next),
                None => return documents,
            }
        }
    }

    /// SHA-256 and size of an object in the emulator; none if it does not exist.
    pub(crate) async fn object(&self, path: &str) -> Option<(String, u64)> {
        let mut url =
            url::Url::parse(&format!("http://{}/v0/b/{}/o", self.emulators.storage, self.bucket)).expect("url");
        url.path_segments_mut().expect("segments").push(path);
        url.set_query(Some("alt=media"));
        let answer = self.http.get(url).bearer_auth("owner").send().await.expect("the emulator");
        if !answer.status().is_success() {
            return None;
        }
        let bytes = answer.bytes().await.expect("content");
        Some((hex::encode(Sha256::digest(&bytes)), bytes.len() as u64))
    }
}

fn id(document: &Value) -> String {
    document["name"].as_str().and_then(|name| name.rsplit('/').next()).expect("a name").to_owned()
}

fn read_one(document: &Value) -> Document {
    let made = document["createTime"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    Document { fields: document["fields"].clone(), made: made.expect("a time").as_microsecond() }
}
