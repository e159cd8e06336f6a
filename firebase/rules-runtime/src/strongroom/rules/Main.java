package strongroom.rules;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks what firebase-tools expects of its Storage rules runtime: a JSON object a line, questions on standard input,
 * answers on standard output.
 *
 * <pre>
 * → {"id": 0, "action": "load_ruleset", "context": {"rulesetName": "0", "source": {"files": [{"name", "content"}]}}}
 * ← {"id": 0, "status": "ok", "errors": [], "warnings": [], "result": {"rulesVersion": 2}}
 * → {"id": 1, "action": "verify", "context": {"rulesetName": "0", "service", "path", "method", "variables"}}
 * ← {"server_request_id": 1, "action": "fetch_firestore_document", "context": {"path"}}
 * → {"id": 1, "status": "ok", "result": {"name", "fields"}}
 * ← {"id": 1, "status": "ok", "errors": [], "warnings": [], "result": {"permit": true}}
 * </pre>
 */
public final class Main {
  private final Answers answers = new Answers(System.out);
  private final Rulesets rulesets = new Rulesets();
  private final Map<Long, Lookups> waiting = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Main() {}

  public static void main(String[] args) throws IOException {
    Main main = new Main();
    // Libraries that print would break the protocol.
    System.setOut(System.err);
    main.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    // firebase-tools is gone: what is still being evaluated has nobody to tell.
    System.exit(0);
  }

  private void serve(BufferedReader questions) throws IOException {
    // firebase-tools waits for this sign of life.
    answers.say(Answers.ok(-1));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      if (!line.isBlank()) {
        hear(JsonParser.parseString(line).getAsJsonObject());
      }
    }
  }

  private void hear(JsonObject question) {
    long id = question.get("id").getAsLong();
    if (!question.has("action")) {
      Lookups lookups = waiting.get(id);
      if (lookups != null) {
        threads.execute(() -> lookups.answered(question));
      }
      return;
    }
    JsonObject context = question.getAsJsonObject("context");
    switch (question.get("action").getAsString()) {
      // In order: the questions that follow name these rules.
      case "load_ruleset" -> answers.say(rulesets.load(id, context));
      case "verify" -> threads.execute(() -> verify(id, context));
      default -> answers.say(Answers.failed(id, "unknown action " + question.get("action")));
    }
  }

  private void verify(long id, JsonObject context) {
    Lookups lookups = new Lookups(id, answers);
    waiting.put(id, lookups);
    Verification.of(rulesets, context, lookups)
        .whenComplete(
            (verdict, failure) -> {
              waiting.remove(id);
              answers.say(failure == null ? verdict.answer(id) : Answers.failed(id, failure.toString()));
            });
  }
}
