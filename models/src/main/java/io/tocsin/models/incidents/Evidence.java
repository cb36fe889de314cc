// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import org.jspecify.annotations.Nullable;

/**
 * One reason to suspect something, as data; the card and the messages make their sentences from it.
 *
 * @param kind where it comes from
 * @param finding id of the finding, or of the change
 * @param labels the series; for a change its name and version
 * @param unit unit of the values, or empty
 * @param direction to which side it deviates
 * @param onset when it began, ms since the epoch
 * @param score 1.0 is the boundary
 * @param observed the value at its most unusual
 * @param expected the value expected then
 * @param seen how many findings of about this size the series had before, as far as it is known
 * @param log what log lines show, when it comes from them; else null
 */
public record Evidence(
    Kind kind,
    String finding,
    Labels labels,
    String unit,
    Direction direction,
    long onset,
    double score,
    double observed,
    double expected,
    int seen,
    @Nullable LogEvidence log) {

  /** Where evidence comes from. */
  public enum Kind {
    METRIC,
    LOG,
    CHANGE
  }

  /** The metric's family: what differs only in derivation or part of a histogram is one metric. */
  public String family() {
    return family(labels);
  }

  static String family(Labels series) {
    String name = series.metric();
    int derivation = name.indexOf(':');
    return SeriesHash.familyOf(derivation > 0 ? name.substring(0, derivation) : name);
  }
}
