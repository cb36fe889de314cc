// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.connectors.config.Suggestion;
import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.SeriesHash;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads changes from JSON: one object, or an array of them. Finds every problem, not the first. */
final class ChangeReader {
  private static final int MAX_CHANGES = 1_000;
  private static final int MAX_TEXT = 1_000;

  /** Milliseconds before this are seconds by mistake: in seconds it is the year 5138. */
  private static final long EARLIEST_MILLIS = 100_000_000_000L;

  private static final long LATEST_MILLIS = 100 * EARLIEST_MILLIS;

  /** By how much a clock may be ahead; what lies further in the future is a mistake. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "time",
          "kind",
          "cluster",
          "namespace",
          "workload",
          "service",
          "node",
          "title",
          "version",
          "author",
          "link");

  private static final List<String> PLACES =
      List.of("cluster", "namespace", "workload", "service", "node");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final InstantSource clock;

  ChangeReader(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What is wrong with a field.
   *
   * @param path which one, as in {@code [1].time}; empty for the whole body
   * @param sentence what is wrong, and what to do
   */
  record Problem(String path, String sentence) {}

  /** The changes of a body; of no use when there is a problem. */
  record Result(List<Change> changes, List<Problem> problems) {}

  Result read(byte[] body) {
    Result result = new Result(new ArrayList<>(), new ArrayList<>());
    try {
      JsonNode root = JSON.readTree(body);
      if (root.isMissingNode()) {
        result.problems.add(new Problem("", "is empty; send a change or an array of them"));
      } else if (root.isArray()) {
        readArray(root, result);
      } else {
        readOne(root, "", result);
      }
    } catch (JsonProcessingException e) {
      result.problems.add(new Problem("", whatIsWrong(e) + place(e.getLocation())));
    } catch (IOException e) {
      result.problems.add(new Problem("", "is not UTF-8 text; send it as such"));
    }
    return result;
  }

  private static String whatIsWrong(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "is not JSON: it ends too early";
    }
    if (e instanceof StreamConstraintsException) {
      return "is nested too deeply, or a part of it is too long";
    }
    if (e instanceof MismatchedInputException) {
      return "goes on where its JSON is over";
    }
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
        ? "has an object with the same field twice"
        : "is not JSON: something else belongs here";
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private void readArray(JsonNode array, Result result) {
    if (array.size() > MAX_CHANGES) {
      String sentence = "has " + array.size() + " changes; send " + MAX_CHANGES + " at most";
      result.problems.add(new Problem("", sentence));
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      readOne(array.get(i), "[" + i + "]", result);
    }
  }

  private void readOne(JsonNode node, String path, Result result) {
    if (!node.isObject()) {
      result.problems.add(new Problem(path, "must be an object with the fields of a change"));
      return;
    }
    Fields fields = new Fields(node, path, result.problems);
    fields.reportUnknown();
    Change change =
        new Change(
            fields.text("id"),
            time(fields),
            fields.required("kind"),
            entity(fields),
            fields.required("title"),
            fields.text("version"),
            fields.text("author"),
            link(fields));
    result.changes.add(change.id().isEmpty() ? withId(change) : change);
  }

  /** Something must be named: a change to nothing in particular explains no incident. */
  private static Entity entity(Fields fields) {
    if (PLACES.stream().noneMatch(fields.node::hasNonNull)) {
      fields.problems.add(
          new Problem(
              fields.path,
              "does not say what was changed; give at least one of " + String.join(", ", PLACES)));
    }
    return new Entity(
        fields.text("cluster"),
        fields.text("namespace"),
        fields.text("workload"),
        fields.text("service"),
        fields.text("node"),
        "");
  }

  private long time(Fields fields) {
    JsonNode time = fields.node.get("time");
    if (time == null || time.isNull()) {
      return clock.millis();
    }
    if (time.isIntegralNumber() && time.canConvertToLong()) {
      return millis(time.longValue(), fields);
    }
    if (time.isTextual()) {
      try {
        return millis(OffsetDateTime.parse(time.textValue()).toInstant().toEpochMilli(), fields);
      } catch (DateTimeParseException | ArithmeticException e) {
        fields.problem("time", "is not a time; write one such as " + Instant.EPOCH);
        return 0;
      }
    }
    fields.problem("time", "must be a text as in RFC 3339 or milliseconds since 1970");
    return 0;
  }

  private long millis(long millis, Fields fields) {
    if (millis < EARLIEST_MILLIS || millis > LATEST_MILLIS) {
      fields.problem("time", "is not between 1973 and 2286; give milliseconds, not seconds");
    } else if (millis - clock.millis() > AHEAD.toMillis()) {
      fields.problem(
          "time", "is more than an hour ahead; give the time of the change, with its zone");
    }
    return millis;
  }

  private static String link(Fields fields) {
    String link = fields.text("link");
    if (!link.isEmpty() && !isWebLink(link)) {
      fields.problem("link", "must be a URL that begins with http:// or https://");
    }
    return link;
  }

  private static boolean isWebLink(String link) {
    try {
      String scheme = new URI(link).getScheme();
      return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Change withId(Change change) {
    Entity entity = change.entity();
    String parts =
        String.join(
            "\0",
            Long.toString(change.time()),
            change.kind(),
            entity.cluster(),
            entity.namespace(),
            entity.workload(),
            entity.service(),
            entity.node(),
            change.title(),
            change.version(),
            change.author(),
            change.link());
    return new Change(
        SeriesHash.hex(SeriesHash.ofText(parts)),
        change.time(),
        change.kind(),
        entity,
        change.title(),
        change.version(),
        change.author(),
        change.link());
  }

  /** The fields of one change, with a place for what is wrong with them. */
  private record Fields(JsonNode node, String path, List<Problem> problems) {
    void problem(String field, String sentence) {
      problems.add(new Problem(path.isEmpty() ? field : path + "." + field, sentence));
    }

    void reportUnknown() {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (!FIELDS.contains(field.getKey())) {
          String name = field.getKey();
          String meant = Suggestion.forWord(name, FIELDS);
          problem(
              name.substring(0, Math.min(name.length(), 100)),
              "is not a field of a change"
                  + (meant.isEmpty()
                      ? "; they are " + String.join(", ", FIELDS.stream().sorted().toList())
                      : meant));
        }
      }
    }

    String required(String field) {
      String text = text(field);
      JsonNode value = node.get(field);
      if (text.isBlank() && (value == null || value.isNull() || value.isTextual())) {
        problem(field, "is missing");
      }
      return text;
    }

    String text(String field) {
      JsonNode value = node.get(field);
      if (value == null || value.isNull()) {
        return "";
      }
      if (!value.isTextual()) {
        problem(field, "must be a text");
        return "";
      }
      if (value.textValue().length() > MAX_TEXT) {
        problem(field, "is longer than " + MAX_TEXT + " characters; shorten it");
      }
      return value.textValue();
    }
  }
}
