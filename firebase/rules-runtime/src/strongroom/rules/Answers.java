package strongroom.rules;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** What is said to firebase-tools: one line each, and never two at once. */
final class Answers {
  /**
   * firebase-tools takes whatever it reads at one time for one answer, and drops it if it is two: both askers would wait
   * forever.
   */
  private static final long PAUSE_NANOS = 3_000_000;

  static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final PrintStream out;

  Answers(OutputStream out) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  synchronized void say(JsonObject line) {
    out.println(GSON.toJson(line));
    out.flush();
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  static JsonObject ok(long id) {
    JsonObject answer = new JsonObject();
    answer.addProperty("id", id);
    answer.addProperty("status", "ok");
    answer.add("errors", new JsonArray());
    answer.add("warnings", new JsonArray());
    return answer;
  }

  static JsonObject failed(long id, String reason) {
    JsonObject answer = ok(id);
    answer.getAsJsonArray("errors").add(reason);
    return answer;
  }
}
