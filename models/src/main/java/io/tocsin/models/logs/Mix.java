// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What part of a service's lines each pattern has, in the last minute beside the long run: a deploy
 * that changes what is logged changes many a little. The distance is the total variation of the two
 * distributions.
 */
final class Mix {
  /** Of the mean absolute deviation of a binomial share from its own, halved. */
  private static final double HALF = 2 * Math.PI;

  private final ServiceLogs service;
  private final double recent;
  private final double usual;

  Mix(ServiceLogs service) {
    this.service = service;
    recent = service.logs.values().stream().mapToInt(PatternLogs::recent).sum();
    usual = service.logs.values().stream().mapToDouble(each -> each.usual).sum();
  }

  /** How many lines it knows of the last minute. */
  double lines() {
    return recent;
  }

  /**
   * From about 0, no farther than chance makes of so few lines, to 1, nothing in common. It may be
   * a little less than 0: chance has two sides, and what is cut off at one has no usual size.
   */
  double distance() {
    double distance = 0;
    for (PatternLogs each : service.logs.values()) {
      double share = usual > 0 ? each.usual / usual : 0;
      distance += Math.abs(gain(each)) / 2 - Math.sqrt(share * (1 - share) / (HALF * recent));
    }
    return distance;
  }

  /** The pattern whose part has changed most; null while there is none. */
  @Nullable PatternLogs changedMost() {
    return service.logs.values().stream()
        .max(
            Comparator.comparingDouble((PatternLogs each) -> Math.abs(gain(each)))
                .thenComparing(each -> each.id))
        .orElse(null);
  }

  private double gain(PatternLogs pattern) {
    return recent > 0 && usual > 0 ? pattern.recent() / recent - pattern.usual / usual : 0;
  }
}
