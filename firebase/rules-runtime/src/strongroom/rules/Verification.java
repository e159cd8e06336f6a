package strongroom.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.firebase.rules.runtime.common.EvaluationResult;
import com.google.firebase.rules.runtime.common.EvaluationRestrictions;
import com.google.firebase.rules.runtime.evaluators.AuthRuleEvaluator.RuleContext;
import com.google.firebase.rules.runtime.impl.DefaultEvaluator;
import com.google.firebase.rules.runtime.v1.ExpressionValue;
import com.google.firebase.rules.runtime.v1.RulesetAst;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One request, held against the rules. */
final class Verification {
  private Verification() {}

  static CompletableFuture<Verdict> of(Rulesets rulesets, JsonObject context, Lookups lookups) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    try {
      RulesetAst ruleset = rulesets.named(context.get("rulesetName").getAsString());
      DefaultEvaluator evaluator =
          new DefaultEvaluator(ruleset, ImmutableList.of(), EvaluationRestrictions.builder().build());
      ListenableFuture<EvaluationResult> evaluated = evaluator.evaluate(asked(context, lookups));
      evaluated.addListener(() -> verdict.complete(read(evaluated)), MoreExecutors.directExecutor());
    } catch (Exception e) {
      verdict.completeExceptionally(e);
    }
    return verdict;
  }

  private static RuleContext asked(JsonObject context, Lookups lookups) throws InvalidProtocolBufferException {
    RuleContext.Builder asked =
        RuleContext.builder()
            .service(context.get("service").getAsString())
            .method(context.get("method").getAsString())
            .path(Values.segments(context.get("path").getAsString()))
            .supplyFunction(FirestoreFunction.get(lookups))
            .supplyFunction(FirestoreFunction.exists(lookups));
    for (Map.Entry<String, JsonElement> variable : context.getAsJsonObject("variables").entrySet()) {
      ExpressionValue.Builder value = ExpressionValue.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(Answers.GSON.toJson(variable.getValue()), value);
      asked.supplyVariable(variable.getKey(), value.build());
    }
    return asked.build();
  }

  /** Rules that cannot be evaluated permit nothing. */
  private static Verdict read(ListenableFuture<EvaluationResult> evaluated) {
    try {
      return new Verdict(Futures.getDone(evaluated).permit(), null);
    } catch (ExecutionException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Verdict(false, String.valueOf(cause.getMessage()));
    }
  }
}
