// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what somebody says of an incident from JSON. */
final class FeedbackReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FIELDS =
      Set.of("kind", "suspect", "author", "comment", "duration");
  private static final int MOST_CHARACTERS = 1_000;
  private static final Duration USUAL_SILENCE = Duration.ofHours(2);
  private static final Duration LONGEST_SILENCE = Duration.ofDays(7);

  /**
   * What was read.
   *
   * @param problem what is wrong with it, in one sentence; null when nothing is
   * @param silence of an incident that is to be muted, for how long
   */
  record Result(@Nullable Feedback feedback, Duration silence, @Nullable String problem) {
    static Result wrong(String problem) {
      return new Result(null, Duration.ZERO, problem);
    }
  }

  private FeedbackReader() {}

  /** Reads a body that is about this incident. */
  static Result read(byte[] body, Incident incident) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Result.wrong("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return Result.wrong("the body cannot be read");
    }
    if (json == null || !json.isObject()) {
      return Result.wrong("the body must be a JSON object such as {\"kind\": \"noise\"}");
    }
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      return Result.wrong(
          "there is no field "
              + String.join(", ", unknown)
              + "; there are "
              + new TreeSet<>(FIELDS));
    }
    return read(json, incident);
  }

  private static Result read(JsonNode json, Incident incident) {
    for (String field : FIELDS) {
      JsonNode value = json.get(field);
      if (value != null && (!value.isTextual() || value.textValue().length() > MOST_CHARACTERS)) {
        return Result.wrong(
            field + " must be a text of at most " + MOST_CHARACTERS + " characters");
      }
    }
    return switch (text(json, "kind")) {
      case "confirmed" -> ofSuspect(json, incident, Feedback.Kind.CONFIRMED);
      case "wrong" -> ofSuspect(json, incident, Feedback.Kind.WRONG);
      case "noise" ->
          new Result(
              feedback(json, incident, Feedback.Kind.NOISE, incident.entity()),
              Duration.ZERO,
              null);
      case "mute" -> mute(json, incident);
      default -> Result.wrong("kind must be confirmed, wrong, noise or mute");
    };
  }

  private static Result ofSuspect(JsonNode json, Incident incident, Feedback.Kind kind) {
    String named = text(json, "suspect");
    for (Suspect each : incident.suspects()) {
      if (named.isEmpty() || each.entity().subject().equals(named)) {
        return new Result(feedback(json, incident, kind, each.entity()), Duration.ZERO, null);
      }
    }
    if (named.isEmpty()) {
      return Result.wrong("the incident has no suspect; name what the cause was with suspect");
    }
    // The cause may be something that was not suspected: in the incident's namespace, by its name.
    Entity felt = incident.entity();
    Entity other = new Entity(felt.cluster(), felt.namespace(), "", named, "", "");
    return new Result(feedback(json, incident, kind, other), Duration.ZERO, null);
  }

  private static Result mute(JsonNode json, Incident incident) {
    String given = text(json, "duration");
    try {
      Duration silence = given.isEmpty() ? USUAL_SILENCE : duration(given);
      if (silence.compareTo(LONGEST_SILENCE) > 0 || silence.toMillis() <= 0) {
        return Result.wrong("duration must be longer than zero and at most 7d");
      }
      return new Result(
          feedback(json, incident, Feedback.Kind.MUTED, incident.entity()), silence, null);
    } catch (DateTimeParseException | ArithmeticException e) {
      return Result.wrong("duration must be like 30m, 2h or 1d");
    }
  }

  private static Duration duration(String given) {
    String upper = given.strip().toUpperCase(Locale.ROOT);
    return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
  }

  private static Feedback feedback(
      JsonNode json, Incident incident, Feedback.Kind kind, Entity entity) {
    return new Feedback(
        incident.id(),
        kind,
        entity,
        kind == Feedback.Kind.NOISE ? symptom(incident) : "",
        incident.time(),
        text(json, "author"),
        text(json, "comment"));
  }

  /** The family of the metric that opened it; where that is not known, of the one told first. */
  private static String symptom(Incident incident) {
    String opener = incident.grouping().openedBy();
    List<Evidence> symptoms = incident.symptoms();
    return opener.isEmpty() && !symptoms.isEmpty() ? symptoms.get(0).family() : opener;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value == null ? "" : value.textValue();
  }
}
