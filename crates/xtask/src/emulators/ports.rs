//! Where the emulators listen, all on 127.0.0.1.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};

/// The ports of one suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    /// Auth.
    pub(crate) auth: u16,
    /// Firestore, over gRPC and HTTP.
    pub(crate) firestore: u16,
    /// Storage.
    pub(crate) storage: u16,
    /// The identity provider that stands in for Google's sign-in page.
    pub(crate) identity_provider: u16,
    /// What the suite itself listens on: its hub, its log, and Firestore's web socket.
    pub(super) inner: [u16; 3],
}

impl Ports {
    /// Those that everybody expects.
    pub(crate) const fn usual() -> Self {
        Self { auth: 9099, firestore: 8080, storage: 9199, identity_provider: 9098, inner: [4400, 4500, 9150] }
    }

    /// Some that nobody listens on now.
    ///
    /// # Errors
    /// When there are none.
    pub(crate) fn free() -> Result<Self> {
        // All are held until the last is found, so that none is given twice.
        let mut held = Vec::new();
        let mut next = || -> Result<u16> {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("there is no free port")?;
            let port = listener.local_addr()?.port();
            held.push(listener);
            Ok(port)
        };
        Ok(Self {
            auth: next()?,
            firestore: next()?,
            storage: next()?,
            identity_provider: next()?,
            inner: [next()?, next()?, next()?],
        })
    }

    pub(super) fn all(&self) -> [u16; 7] {
        let [hub, log, socket] = self.inner;
        [self.auth, self.firestore, self.storage, self.identity_provider, hub, log, socket]
    }

    /// The ports on which somebody listens already.
    pub(super) fn taken(&self) -> Vec<u16> {
        let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
        self.all().into_iter().filter(|port| !free(port)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn free_ports_are_seven_and_free() {
        let ports = Ports::free().expect("ports");
        assert_eq!(BTreeSet::from(ports.all()).len(), 7);
        assert_eq!(ports.taken(), Vec::<u16>::new());
    }

    #[test]
    fn a_port_somebody_listens_on_is_told() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("listener");
        let ports = Ports { storage: listener.local_addr().expect("address").port(), ..Ports::free().expect("ports") };
        assert_eq!(ports.taken(), [ports.storage]);
    }
}
