// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.rules.Glob;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * Which patterns' counts are told, for graphs: of each service the errors, then what was news, then
 * the most frequent ones.
 *
 * @param services only of these, by the names that {@code ./tocsin patterns} lists; empty for all
 * @param severities only of these; empty for all
 * @param most of each service
 * @param ids these in any case, 16 hexadecimal digits each; those merged into another mean that
 */
public record CountedPatterns(
    List<Glob> services, List<Severity> severities, int most, List<String> ids)
    implements Serializable {

  /** What is shipped. */
  public static final CountedPatterns DEFAULTS =
      new CountedPatterns(List.of(), List.of(), 20, List.of());

  /** No pattern at all. */
  public static final CountedPatterns NONE =
      new CountedPatterns(List.of(), List.of(), 0, List.of());

  private static final int ID_DIGITS = 16;

  public CountedPatterns {
    services = List.copyOf(services);
    severities = List.copyOf(severities);
    ids = List.copyOf(ids);
    if (most < 0) {
      throw new IllegalArgumentException("most must be zero or greater");
    }
    for (String id : ids) {
      if (!id.matches("[0-9a-f]{" + ID_DIGITS + "}")) {
        throw new IllegalArgumentException(
            "ids must be as ./tocsin patterns lists them, 16 hexadecimal digits each, not " + id);
      }
    }
  }

  /** Whether patterns of a service are told that {@link #ids} does not name. */
  boolean matches(Entity service) {
    return services.isEmpty()
        || services.stream().anyMatch(glob -> glob.matches(service.subject()));
  }

  boolean matches(Severity level) {
    return severities.isEmpty() || severities.contains(level);
  }
}
