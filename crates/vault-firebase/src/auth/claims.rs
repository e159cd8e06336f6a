//! An ID token's claims about the user. The token came from Google's server over TLS and is only read here, so its
//! signature is not checked; the rules, which decide by it, do check it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use vault_core::model::{TeamId, UserId};

/// A user's role in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `admin`
    Admin,
    /// `member`
    Member,
}

impl Role {
    /// The wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// Reads the wire form; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Admin, Self::Member].into_iter().find(|role| role.as_str() == text)
    }
}

/// The claims of an ID token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) user: UserId,
    /// The team whose vault is open. A user without a team is a team of one.
    pub(super) team: TeamId,
    pub(super) role: Role,
    pub(super) display_name: String,
    pub(super) email: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    sub: String,
    team_id: Option<String>,
    role: Option<String>,
    name: Option<String>,
    email: Option<String>,
}

impl Claims {
    /// Reads the second part of a token; `None` if it is not a user's.
    pub(super) fn of(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let payload = parts.nth(1)?;
        parts.next()?;
        let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        let Wire { sub, team_id, role, name, email } = serde_json::from_slice(&bytes).ok()?;
        let user = UserId::new(sub).ok()?;
        let alone = team_id.is_none();
        let team = TeamId::new(team_id.unwrap_or_else(|| user.as_str().to_owned())).ok()?;
        let role = role.as_deref().and_then(Role::parse).unwrap_or(if alone { Role::Admin } else { Role::Member });
        let email = email.unwrap_or_default();
        let display_name = [name.unwrap_or_default(), email.clone()].into_iter().find(|name| !name.trim().is_empty());
        Some(Self { display_name: display_name.unwrap_or_else(|| user.to_string()), user, team, role, email })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(payload: &serde_json::Value) -> String {
        format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(payload.to_string()))
    }

    #[test]
    fn a_user_without_a_team_is_a_team_of_one() {
        let alone = Claims::of(&token(&serde_json::json!({"sub": "u1", "email": "ann@firm.example"}))).expect("claims");
        assert_eq!(
            (alone.team.as_str(), alone.role, alone.display_name.as_str()),
            ("u1", Role::Admin, "ann@firm.example")
        );
        let claims = serde_json::json!({"sub": "u1", "teamId": "t1", "role": "member", "name": "Ann"});
        let member = Claims::of(&token(&claims)).expect("claims");
        assert_eq!((member.team.as_str(), member.role, member.display_name.as_str()), ("t1", Role::Member, "Ann"));
    }

    #[test]
    fn an_unknown_role_has_the_fewest_rights() {
        let claims = serde_json::json!({"sub": "u1", "teamId": "t1", "role": "owner"});
        assert_eq!(Claims::of(&token(&claims)).expect("claims").role, Role::Member);
        let hostile = serde_json::json!({"sub": "u1", "teamId": "../t2"});
        assert_eq!(Claims::of(&token(&hostile)), None);
    }

    proptest! {
        #[test]
        fn no_token_makes_the_parser_panic(text in ".{0,60}", payload in ".{0,60}") {
            let _ = Claims::of(&text);
            let _ = Claims::of(&format!("a.{}.c", URL_SAFE_NO_PAD.encode(payload)));
        }
    }
}
