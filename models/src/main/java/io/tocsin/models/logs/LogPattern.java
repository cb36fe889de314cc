// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.telemetry.Entity;

/**
 * A pattern of a service's log lines, as it is listed.
 *
 * @param id 16 hexadecimal digits; the same for as long as the pattern is known
 * @param entity whose lines they are
 * @param template the pattern with a mark in the place of each parameter
 * @param level the severity of its lines, such as {@code error}; empty when they tell none
 * @param count how many lines of it were seen
 * @param firstSeen time of the first of them, ms since the epoch
 * @param lastSeen time of the last of them, ms since the epoch
 * @param sample one of them, without secrets
 * @param mergedInto id of the pattern that it turned out to be; empty for one that stands
 */
public record LogPattern(
    String id,
    Entity entity,
    String template,
    String level,
    long count,
    long firstSeen,
    long lastSeen,
    String sample,
    String mergedInto) {

  /** What names it among the patterns of all services. */
  public String key() {
    return entity + "\n" + id;
  }
}
