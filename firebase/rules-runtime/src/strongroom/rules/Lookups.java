package strongroom.rules;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The Firestore documents that one request looks up, asked of firebase-tools. Its answers carry the id of the request and
 * no path: one document is asked for at a time.
 */
final class Lookups {
  /** As many as Cloud Storage allows a request; the same document twice counts once. */
  private static final int LIMIT = 2;

  private record Lookup(String path, SettableFuture<JsonObject> answer) {}

  private final long id;
  private final Answers answers;
  private final ArrayDeque<Lookup> queue = new ArrayDeque<>();
  private final Map<String, Lookup> known = new HashMap<>();

  Lookups(long id, Answers answers) {
    this.id = id;
    this.answers = answers;
  }

  /** What firebase-tools answers for a path: `status` is "ok" if there is such a document, `result` the document. */
  synchronized ListenableFuture<JsonObject> fetch(String path) {
    Lookup lookup = known.get(path);
    if (lookup != null) {
      return lookup.answer;
    }
    if (known.size() == LIMIT) {
      return Futures.immediateFailedFuture(
          new IllegalStateException("More than " + LIMIT + " documents are looked up in Firestore."));
    }
    lookup = new Lookup(path, SettableFuture.create());
    known.put(path, lookup);
    queue.add(lookup);
    if (queue.size() == 1) {
      ask(lookup);
    }
    return lookup.answer;
  }

  /** Takes the answer to the document asked for, and asks for the next. */
  void answered(JsonObject answer) {
    Lookup done;
    synchronized (this) {
      done = queue.remove();
      if (!queue.isEmpty()) {
        ask(queue.peek());
      }
    }
    // Outside the lock: whoever waits goes on evaluating here, and may look up more.
    done.answer.set(answer);
  }

  private void ask(Lookup lookup) {
    JsonObject context = new JsonObject();
    context.addProperty("path", lookup.path);
    JsonObject question = new JsonObject();
    question.addProperty("server_request_id", id);
    question.addProperty("action", "fetch_firestore_document");
    question.add("context", context);
    answers.say(question);
  }
}
