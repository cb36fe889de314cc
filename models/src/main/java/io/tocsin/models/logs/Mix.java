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

  /** From 0, the same, to 1, nothing in common. */
  double distance() {
    return service.logs.values().stream().mapToDouble(each -> Math.abs(gain(each))).sum() / 2;
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
