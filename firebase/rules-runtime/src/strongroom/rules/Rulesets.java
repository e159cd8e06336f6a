package strongroom.rules;

import com.google.firebase.rules.lang.CompileResult;
import com.google.firebase.rules.lang.FirebaseRulesProtoCompiler;
import com.google.firebase.rules.lang.common.FirebaseRulesLangOptions;
import com.google.firebase.rules.runtime.v1.RulesetAst;
import com.google.firebase.rules.v1.File;
import com.google.firebase.rules.v1.Issue;
import com.google.firebase.rules.v1.Source;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rules that were loaded, compiled, by the names firebase-tools gave them. */
final class Rulesets {
  private final Map<String, RulesetAst> byName = new ConcurrentHashMap<>();

  RulesetAst named(String name) {
    RulesetAst ruleset = byName.get(name);
    if (ruleset == null) {
      throw new IllegalStateException("There are no rules named " + name + ".");
    }
    return ruleset;
  }

  /** Compiles rules and keeps them; the answer holds what the compiler has to say. */
  JsonObject load(long id, JsonObject context) {
    try {
      CompileResult compiled = compile(context.getAsJsonObject("source"));
      JsonObject answer = Answers.ok(id);
      for (Issue issue : compiled.getIssues()) {
        boolean isError = issue.getSeverity().name().equals("ERROR");
        answer.getAsJsonArray(isError ? "errors" : "warnings").add(Answers.GSON.toJson(told(issue)));
      }
      if (!compiled.hasCompilationError()) {
        byName.put(context.get("rulesetName").getAsString(), compiled.getRulesetAst());
        answer.add("result", version(compiled.getRulesetAst()));
      }
      return answer;
    } catch (Exception e) {
      return Answers.failed(id, e.toString());
    }
  }

  private static CompileResult compile(JsonObject source) throws Exception {
    Source.Builder files = Source.newBuilder();
    for (JsonElement element : source.getAsJsonArray("files")) {
      JsonObject file = element.getAsJsonObject();
      files.addFiles(
          File.newBuilder().setName(file.get("name").getAsString()).setContent(file.get("content").getAsString()));
    }
    FirebaseRulesLangOptions options =
        FirebaseRulesLangOptions.builder().allowTernaryOperator(true).allowCrossServiceRules(true).build();
    return FirebaseRulesProtoCompiler.createStandalone(options).compile(files.build());
  }

  private static JsonObject version(RulesetAst ruleset) {
    JsonObject result = new JsonObject();
    result.addProperty("rulesVersion", ruleset.getVersion() == RulesetAst.Version.VERSION_2 ? 2 : 1);
    return result;
  }

  /** An issue under the names firebase-tools reads. */
  private static JsonObject told(Issue issue) {
    JsonObject position = new JsonObject();
    position.addProperty("fileName_", issue.getSourcePosition().getFileName());
    position.addProperty("line_", issue.getSourcePosition().getLine());
    position.addProperty("column_", issue.getSourcePosition().getColumn());
    JsonObject told = new JsonObject();
    told.add("sourcePosition_", position);
    told.addProperty("description_", issue.getDescription());
    told.addProperty("severity", issue.getSeverity().name());
    return told;
  }
}
