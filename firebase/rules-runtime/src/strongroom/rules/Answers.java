package strongroom.rules;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is said to firebase-tools: one line each, and never two at once. */
final class Answers {
  /**
   * firebase-tools takes whatever it reads at one time for one answer, and drops it if it is two: both askers would wait
   * forever. A pause makes that rare; what is said again makes up for it.
   */
  private static final long PAUSE_NANOS = 5_000_000;

  /** When a verdict is said again: one that was heard already changes nothing. */
  private static final long[] AGAIN_MILLIS = {1_000, 4_000};

  /** When a question is asked again. Seldom: each is answered, and firebase-tools gives up when it has too much to say. */
  private static final long ASKED_AGAIN_MILLIS = 3_000;

  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

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

  /** Says something to which there is no answer, more than once. */
  void sayForSure(JsonObject line) {
    say(line);
    for (long millis : AGAIN_MILLIS) {
      later.schedule(() -> say(line), millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Says something again every now and then, until what is returned is cancelled. */
  Future<?> sayUntilHeard(JsonObject line) {
    say(line);
    return later.scheduleWithFixedDelay(
        () -> say(line), ASKED_AGAIN_MILLIS, ASKED_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
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
