package strongroom.rules;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.firebase.rules.runtime.common.AsyncRuntimeFunction;
import com.google.firebase.rules.runtime.common.EvaluationException;
import com.google.firebase.rules.runtime.utils.ExpressionValueUtils;
import com.google.firebase.rules.runtime.utils.PathUtils;
import com.google.firebase.rules.runtime.v1.ExecutionRequest;
import com.google.firebase.rules.runtime.v1.ExecutionResponse;
import com.google.firebase.rules.runtime.v1.ExpressionValue;
import com.google.gson.JsonObject;

/** `firestore.get(path)` and `firestore.exists(path)`, as rules call them. */
final class FirestoreFunction implements AsyncRuntimeFunction {
  /** Makes the value of the function from what firebase-tools answered; null if the rules ask for what isn't there. */
  private interface Reading {
    ExpressionValue of(boolean isThere, JsonObject answer);
  }

  private final String name;
  private final Lookups lookups;
  private final Reading reading;

  private FirestoreFunction(String name, Lookups lookups, Reading reading) {
    this.name = name;
    this.lookups = lookups;
    this.reading = reading;
  }

  static FirestoreFunction get(Lookups lookups) {
    return new FirestoreFunction(
        "firestore.get",
        lookups,
        (isThere, answer) -> isThere ? Values.resource(answer.getAsJsonObject("result")) : null);
  }

  static FirestoreFunction exists(Lookups lookups) {
    return new FirestoreFunction(
        "firestore.exists", lookups, (isThere, answer) -> ExpressionValueUtils.createValue(isThere));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ListenableFuture<ExecutionResponse> execute(ExecutionRequest request) {
    String path = PathUtils.toBoundString(request.getArguments(0).getPathValue());
    return Futures.transformAsync(
        lookups.fetch(path),
        answer -> {
          boolean isThere = answer.has("status") && answer.get("status").getAsString().equals("ok");
          ExpressionValue value = reading.of(isThere, answer);
          return value == null
              ? Futures.immediateFailedFuture(
                  new EvaluationException(request.getSourcePosition(), "There is no document " + path + "."))
              : Futures.immediateFuture(ExpressionValueUtils.createResponse(value));
        },
        MoreExecutors.directExecutor());
  }
}
