//! The changes that a new connection to an already known firm would make.

use super::Connection;

/// A setting of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// The firm's name for itself.
    Name,
    /// The project's API key.
    ApiKey,
    /// Where documents are stored.
    Bucket,
    /// The identity provider.
    Provider,
    /// Where users sign in.
    Issuer,
    /// Strongroom's client id with the provider.
    Client,
    /// The client secret that some providers require.
    ClientSecret,
    /// Emulators on this computer instead of Google's servers.
    Emulators,
}

impl Fact {
    /// The label shown to the user.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Firm",
            Self::ApiKey => "API key",
            Self::Bucket => "Documents are stored in",
            Self::Provider => "Sign-in provider",
            Self::Issuer => "You sign in at",
            Self::Client => "Client id",
            Self::ClientSecret => "Client secret",
            Self::Emulators => "Emulators",
        }
    }
}

/// A setting that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The setting.
    pub fact: Fact,
    /// The previous connection's value; empty for none.
    pub before: String,
    /// The new connection's value; empty for none.
    pub now: String,
}

impl Connection {
    /// What differs from another connection of the same firm. Accepting any change but the name requires a new sign-in.
    pub fn changed_from(&self, before: &Self) -> Vec<Changed> {
        let (before, now) = (before.by_fact(), self.by_fact());
        let pairs = before.into_iter().zip(now).filter(|((_, before), (_, now))| before != now);
        pairs.map(|((fact, before), (_, now))| Changed { fact, before, now }).collect()
    }

    /// Whether a session that was begun over another connection is valid for this one.
    pub fn is_same_but_for_its_name(&self, other: &Self) -> bool {
        self.fingerprint() == other.fingerprint()
    }

    /// Project and partition are not listed: they identify the firm.
    fn by_fact(&self) -> [(Fact, String); 8] {
        let Self { name, project: _, api_key, bucket, provider, partition: _, emulators } = self;
        let emulators = emulators.map(|at| format!("{}, {}, {}", at.auth, at.firestore, at.storage));
        [
            (Fact::Name, name.clone()),
            (Fact::ApiKey, api_key.clone()),
            (Fact::Bucket, bucket.clone()),
            (Fact::Provider, provider.id.clone()),
            (Fact::Issuer, provider.issuer.to_string()),
            (Fact::Client, provider.client_id.clone()),
            (Fact::ClientSecret, provider.client_secret.clone().unwrap_or_default()),
            (Fact::Emulators, emulators.unwrap_or_default()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes one setting of a connection.
    type Change = fn(&mut Connection);

    fn connection() -> Connection {
        let file =
            br#"{"projectId": "acme-law", "apiKey": "k", "bucket": "acme", "clientId": "c", "providerId": "oidc.x",
            "issuer": "https://login.example.com"}"#;
        Connection::from_file(file).expect("a connection")
    }

    #[test]
    fn any_difference_is_shown_and_ends_the_session() {
        let before = connection();
        assert_eq!(before.changed_from(&before), []);
        let mut named = before.clone();
        named.name = "Acme & Sons".to_owned();
        assert!(named.is_same_but_for_its_name(&before));
        assert_eq!(named.changed_from(&before)[0].fact, Fact::Name);
        let facts: [(Fact, Change); 7] = [
            (Fact::ApiKey, |c| c.api_key.push('x')),
            (Fact::Bucket, |c| c.bucket.push('x')),
            (Fact::Provider, |c| c.provider.id.push('x')),
            (Fact::Issuer, |c| c.provider.issuer.set_path("/other")),
            (Fact::Client, |c| c.provider.client_id.push('x')),
            (Fact::ClientSecret, |c| c.provider.client_secret = Some("x".to_owned())),
            (Fact::Emulators, |c| {
                let at = ([127, 0, 0, 1], 1).into();
                c.emulators = Some(crate::Emulators { auth: at, firestore: at, storage: at });
            }),
        ];
        for (fact, by) in facts {
            let mut changed = before.clone();
            by(&mut changed);
            assert_eq!(changed.changed_from(&before).iter().map(|one| one.fact).collect::<Vec<_>>(), [fact]);
            assert!(!changed.is_same_but_for_its_name(&before), "{fact:?}");
        }
    }
}
