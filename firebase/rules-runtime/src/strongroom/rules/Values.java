package strongroom.rules;

import com.google.firebase.rules.runtime.utils.ExpressionValueUtils;
import com.google.firebase.rules.runtime.v1.ExpressionListValue;
import com.google.firebase.rules.runtime.v1.ExpressionMapValue;
import com.google.firebase.rules.runtime.v1.ExpressionPathValue;
import com.google.firebase.rules.runtime.v1.ExpressionValue;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.google.type.LatLng;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Firestore's documents, as its REST interface writes them, in the form in which rules see them. */
final class Values {
  private Values() {}

  /** What `firestore.get` gives: `data`, `id` and `__name__`. */
  static ExpressionValue resource(JsonObject document) {
    String name = document.get("name").getAsString();
    Map<String, ExpressionValue> parts = new HashMap<>();
    parts.put("data", map(document.get("fields")));
    parts.put("id", text(name.substring(name.lastIndexOf('/') + 1)));
    parts.put("__name__", path(name));
    return map(parts);
  }

  /** A path by its segments. */
  static ExpressionPathValue segments(String path) {
    ExpressionPathValue.Builder segments = ExpressionPathValue.newBuilder();
    for (String segment : path.split("/")) {
      if (!segment.isEmpty()) {
        segments.addSegments(ExpressionValueUtils.simpleSegment(segment));
      }
    }
    return segments.build();
  }

  /** `projects/P/databases/D/documents/…` as rules write it: from `databases` on. */
  private static ExpressionValue path(String name) {
    String inRules = name.substring(Math.max(name.indexOf("/databases/"), 0));
    return ExpressionValue.newBuilder().setPathValue(segments(inRules)).build();
  }

  private static ExpressionValue text(String text) {
    return ExpressionValue.newBuilder().setStringValue(text).build();
  }

  private static ExpressionValue map(Map<String, ExpressionValue> fields) {
    return ExpressionValue.newBuilder().setMapValue(ExpressionMapValue.newBuilder().putAllFields(fields)).build();
  }

  private static ExpressionValue map(JsonElement fields) {
    Map<String, ExpressionValue> values = new HashMap<>();
    if (fields != null && fields.isJsonObject()) {
      fields.getAsJsonObject().asMap().forEach((name, value) -> values.put(name, value(value.getAsJsonObject())));
    }
    return map(values);
  }

  private static ExpressionValue list(JsonObject array) {
    ExpressionListValue.Builder list = ExpressionListValue.newBuilder();
    if (array.has("values")) {
      array.getAsJsonArray("values").forEach(item -> list.addValues(value(item.getAsJsonObject())));
    }
    return ExpressionValue.newBuilder().setListValue(list).build();
  }

  private static ExpressionValue value(JsonObject typed) {
    Map.Entry<String, JsonElement> entry = typed.entrySet().iterator().next();
    JsonElement content = entry.getValue();
    ExpressionValue.Builder value = ExpressionValue.newBuilder();
    return switch (entry.getKey()) {
      case "nullValue" -> ExpressionValueUtils.NULL;
      case "booleanValue" -> value.setBoolValue(content.getAsBoolean()).build();
      case "integerValue" -> value.setIntValue(Long.parseLong(content.getAsString())).build();
      case "doubleValue" -> value.setFloatValue(content.getAsDouble()).build();
      case "timestampValue" -> time(content.getAsString());
      case "stringValue" -> text(content.getAsString());
      case "bytesValue" ->
          value.setBytesValue(ByteString.copyFrom(Base64.getDecoder().decode(content.getAsString()))).build();
      case "referenceValue" -> path(content.getAsString());
      case "geoPointValue" -> value.setLatlngValue(place(content.getAsJsonObject())).build();
      case "mapValue" -> map(content.getAsJsonObject().get("fields"));
      case "arrayValue" -> list(content.getAsJsonObject());
      default -> throw new IllegalArgumentException("Firestore has no value of the kind " + entry.getKey() + ".");
    };
  }

  private static ExpressionValue time(String text) {
    try {
      return ExpressionValue.newBuilder().setTimestampValue(Timestamps.parse(text)).build();
    } catch (ParseException e) {
      throw new IllegalArgumentException("Firestore tells a time that is none: " + text, e);
    }
  }

  private static LatLng place(JsonObject point) {
    LatLng.Builder place = LatLng.newBuilder();
    if (point.has("latitude")) {
      place.setLatitude(point.get("latitude").getAsDouble());
    }
    if (point.has("longitude")) {
      place.setLongitude(point.get("longitude").getAsDouble());
    }
    return place.build();
  }
}
