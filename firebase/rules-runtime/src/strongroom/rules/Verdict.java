package strongroom.rules;

import com.google.gson.JsonObject;

/** Whether the rules permit a request; `warning` says why not, where they could not be evaluated to the end. */
record Verdict(boolean permit, String warning) {
  JsonObject answer(long id) {
    JsonObject answer = Answers.ok(id);
    if (warning != null) {
      answer.getAsJsonArray("warnings").add(warning);
    }
    JsonObject result = new JsonObject();
    result.addProperty("permit", permit);
    answer.add("result", result);
    return answer;
  }
}
