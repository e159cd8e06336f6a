//! What the page is told without asking: one channel, that of the page that loaded last.

use std::sync::{Mutex, PoisonError};

use tauri::ipc::Channel;

use crate::views::WindowEvent;

/// The page, as one that can be told.
#[derive(Default)]
pub(crate) struct Page(Mutex<Listening>);

#[derive(Default)]
struct Listening {
    channel: Option<Channel<WindowEvent>>,
    /// Said before there was a page to hear it.
    unheard: Vec<WindowEvent>,
}

impl Page {
    /// From now on this is the page. It is told what the first page is to know and none has heard.
    pub(crate) fn watch(&self, channel: Channel<WindowEvent>) {
        let mut listening = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for event in listening.unheard.drain(..) {
            let _ = channel.send(event);
        }
        listening.channel = Some(channel);
    }

    /// Whether there is, or was, a page that can be told.
    pub(crate) fn is_there(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).channel.is_some()
    }

    /// Tells the page, if there is one. A page that is gone hearing nothing, and asks for everything when it is back.
    pub(crate) fn tell(&self, event: WindowEvent) {
        let channel = self.0.lock().unwrap_or_else(PoisonError::into_inner).channel.clone();
        if let Some(channel) = channel {
            let _ = channel.send(event);
        }
    }

    /// Tells the page, or the first one that comes.
    pub(crate) fn tell_surely(&self, event: WindowEvent) {
        let mut listening = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &listening.channel {
            Some(channel) => drop(channel.send(event)),
            None => listening.unheard.push(event),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tauri::ipc::InvokeResponseBody;

    use super::*;

    fn listener() -> (Channel<WindowEvent>, Arc<Mutex<Vec<String>>>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hearing = Arc::clone(&heard);
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(json) = body {
                hearing.lock().unwrap().push(json);
            }
            Ok(())
        });
        (channel, heard)
    }

    #[test]
    fn only_the_page_that_loaded_last_is_told() {
        let page = Page::default();
        page.tell(WindowEvent::DragLeft);
        let (first, heard_first) = listener();
        page.watch(first);
        page.tell(WindowEvent::Filed { matter: "general".into() });
        let (second, heard_second) = listener();
        page.watch(second);
        page.tell(WindowEvent::CloseAsked);
        assert_eq!(*heard_first.lock().unwrap(), [r#"{"kind":"filed","matter":"general"}"#]);
        assert_eq!(*heard_second.lock().unwrap(), [r#"{"kind":"closeAsked"}"#]);
    }

    #[test]
    fn what_must_be_heard_waits_for_a_page() {
        let page = Page::default();
        page.tell_surely(WindowEvent::Notice { message: "Set aside.".into() });
        let (channel, heard) = listener();
        page.watch(channel);
        let (again, heard_again) = listener();
        page.watch(again);
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"notice","message":"Set aside."}"#]);
        assert!(heard_again.lock().unwrap().is_empty());
    }
}
