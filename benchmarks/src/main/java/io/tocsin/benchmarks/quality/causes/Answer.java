// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a failure; lists have the most probable first.
 *
 * @param services names
 * @param metrics {@code service/metric}
 * @param change id of the change that is to blame; empty when none is, null when it is not asked
 * @param standingOut those of the services that a user would be told
 * @param confidence how probable it is said to be that the first service is right, from 0 to 1; NaN
 *     when that is not said
 */
record Answer(
    List<String> services,
    List<String> metrics,
    @Nullable String change,
    List<String> standingOut,
    double confidence) {
  /** Of somebody who was not asked. */
  static final Answer NONE = new Answer(List.of(), List.of(), null, List.of());

  /** Of somebody who does not say how sure that is. */
  Answer(
      List<String> services,
      List<String> metrics,
      @Nullable String change,
      List<String> standingOut) {
    this(services, metrics, change, standingOut, Double.NaN);
  }

  Answer {
    services = List.copyOf(services);
    metrics = List.copyOf(metrics);
    standingOut = List.copyOf(standingOut);
  }

  /** Whether a user would be told a name. */
  boolean named() {
    return !standingOut.isEmpty();
  }
}
