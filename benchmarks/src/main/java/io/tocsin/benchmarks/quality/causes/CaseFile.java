// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import io.tocsin.connectors.config.Suggestion;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the plain layout's {@code case.json} says. Nothing in it is passed over: a truth that is not
 * understood would make a failure a time at which nothing failed.
 */
final class CaseFile {
  private static final String TIME = "time";
  private static final String UNTIL = "until";
  private static final String KIND = "kind";
  private static final String SERVICES = "services";
  private static final String METRICS = "metrics";
  private static final String CHANGE = "change";
  private static final String SYMPTOM = "symptom";
  private static final List<String> FIELDS =
      List.of(TIME, UNTIL, KIND, SERVICES, METRICS, CHANGE, SYMPTOM);

  private final JsonNode json;

  /** Checks the names of all fields. */
  CaseFile(JsonNode json) throws BadLineException {
    if (!json.isObject()) {
      throw new BadLineException("holds no JSON object");
    }
    known(json, FIELDS, "");
    this.json = json;
  }

  private static void known(JsonNode object, List<String> fields, String of)
      throws BadLineException {
    Iterator<String> names = object.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw new BadLineException(
            "%s\"%s\" is unknown%s".formatted(of, name, Suggestion.forWord(name, fields)));
      }
    }
  }

  long time() throws BadLineException {
    if (!json.has(TIME)) {
      throw new BadLineException("there is no \"time\"");
    }
    return Timestamps.parse(json.path(TIME).asText());
  }

  /** The end of what is looked at; else as given. */
  long until(long unlessGiven) throws BadLineException {
    if (!json.has(UNTIL)) {
      return unlessGiven;
    }
    long until = Timestamps.parse(json.path(UNTIL).asText());
    if (until <= time()) {
      throw new BadLineException("\"until\" is not after \"time\"");
    }
    return until;
  }

  String kind() throws BadLineException {
    return json.has(KIND) ? text(json, KIND) : "failure";
  }

  FailureCase.@Nullable Symptom symptom(String system) throws BadLineException {
    if (!json.has(SYMPTOM)) {
      return null;
    }
    JsonNode symptom = json.path(SYMPTOM);
    known(symptom, List.of("service", "metric"), "\"symptom\": ");
    return new FailureCase.Symptom(
        Reading.service(system, text(symptom, "service")), text(symptom, "metric"));
  }

  /** {@link FailureCase.Truth#NOTHING} when there is neither a service nor a change. */
  FailureCase.Truth truth() throws BadLineException {
    Set<String> services = texts(SERVICES);
    Set<String> metrics = texts(METRICS);
    if (services.isEmpty() && !metrics.isEmpty()) {
      throw new BadLineException("\"metrics\" are those of \"services\", which there are none of");
    }
    return new FailureCase.Truth(services, metrics, json.has(CHANGE) ? text(json, CHANGE) : null);
  }

  private Set<String> texts(String field) throws BadLineException {
    Set<String> texts = new HashSet<>();
    if (json.has(field)) {
      JsonNode list = json.path(field);
      boolean all = list.isArray();
      for (JsonNode each : list) {
        all &= each.isTextual() && !each.asText().isBlank();
        texts.add(each.asText());
      }
      if (!all) {
        throw new BadLineException("\"" + field + "\" is not a list of names");
      }
    }
    return texts;
  }

  private static String text(JsonNode object, String field) throws BadLineException {
    if (!object.path(field).isTextual()) {
      throw new BadLineException("\"" + field + "\" is not a text");
    }
    return object.path(field).asText();
  }
}
