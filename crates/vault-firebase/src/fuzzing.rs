//! Parsers of external input, as targets of `cargo xtask fuzz`: each accepts any bytes, and panics if an invariant is
//! broken. The ordinary tests also run the inputs in `fuzz/corpus` and `fuzz/found`.

pub use crate::blobs::fuzzed::reply as upload_reply;
pub use crate::connection::fuzzed::any as connection;
pub use crate::oauth::fuzzed::request as oauth_callback;
pub use crate::records::fuzzed::document as firestore_document;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Runs all stored inputs of a target.
    fn replay(target: &str, throw: fn(&[u8])) {
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
        let folders = [fuzz.join("corpus").join(target), fuzz.join("found").join(target)];
        let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
        let inputs: Vec<Vec<u8>> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
        assert!(inputs.len() > 5, "no inputs for {target}");
        for input in inputs {
            throw(&input);
        }
    }

    #[test]
    fn any_upload_reply_is_parsed_without_panic() {
        replay("upload_reply", upload_reply);
    }

    #[test]
    fn any_loopback_request_is_parsed_without_panic() {
        replay("oauth_callback", oauth_callback);
    }

    #[test]
    fn any_connection_file_is_parsed_without_panic() {
        replay("connection", connection);
    }

    #[test]
    fn any_document_is_parsed_without_panic() {
        replay("firestore_document", firestore_document);
    }
}
