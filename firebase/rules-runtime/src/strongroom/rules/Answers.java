package strongroom.rules;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is said to firebase-tools: one line each. */
final class Answers {
  static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final PrintStream out;

  Answers(OutputStream out) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  synchronized void say(JsonObject line) {
    out.println(GSON.toJson(line));
    out.flush();
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
