//! Events for the page: one channel, to the page that loaded last.

use parking_lot::Mutex;
use tauri::ipc::Channel;

use crate::views::WindowEvent;

/// The page as a receiver of events.
#[derive(Default)]
pub(crate) struct Page(Mutex<Listening>);

#[derive(Default)]
struct Listening {
    channel: Option<Channel<WindowEvent>>,
    /// Sent before there was a page.
    unheard: Vec<WindowEvent>,
}

impl Page {
    /// From now on this is the page. It receives the events that were kept for the first page.
    pub(crate) fn watch(&self, channel: Channel<WindowEvent>) {
        let mut listening = self.0.lock();
        for event in listening.unheard.drain(..) {
            let _ = channel.send(event);
        }
        listening.channel = Some(channel);
    }

    /// Whether there is, or was, a page to receive events.
    pub(crate) fn is_there(&self) -> bool {
        self.0.lock().channel.is_some()
    }

    /// Sends an event to the page, if there is one. A page that is gone receives nothing, and requests everything when
    /// it is back.
    pub(crate) fn tell(&self, event: WindowEvent) {
        let channel = self.0.lock().channel.clone();
        if let Some(channel) = channel {
            let _ = channel.send(event);
        }
    }

    /// Sends an event to the page, or to the first one that loads.
    pub(crate) fn tell_surely(&self, event: WindowEvent) {
        let mut listening = self.0.lock();
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
                hearing.lock().push(json);
            }
            Ok(())
        });
        (channel, heard)
    }

    #[test]
    fn only_the_page_that_loaded_last_gets_events() {
        let page = Page::default();
        page.tell(WindowEvent::DragLeft);
        let (first, heard_first) = listener();
        page.watch(first);
        page.tell(WindowEvent::Filed { matter: "general".into() });
        let (second, heard_second) = listener();
        page.watch(second);
        page.tell(WindowEvent::CloseAsked);
        assert_eq!(*heard_first.lock(), [r#"{"kind":"filed","matter":"general"}"#]);
        assert_eq!(*heard_second.lock(), [r#"{"kind":"closeAsked"}"#]);
    }

    #[test]
    fn an_important_event_waits_for_a_page() {
        let page = Page::default();
        page.tell_surely(WindowEvent::notice("Set aside."));
        let (channel, heard) = listener();
        page.watch(channel);
        let (again, heard_again) = listener();
        page.watch(again);
        assert_eq!(*heard.lock(), [r#"{"kind":"notice","message":"Set aside.","reasons":[]}"#]);
        assert!(heard_again.lock().is_empty());
    }
}
