// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many edges are kept, and for how long.
 *
 * @param retention how long an edge is believed after it was last told of
 * @param edges how many are kept, most; the oldest go first
 * @param edgesPerService how many may begin, or end, at one service, so that labels that name
 *     something else each time displace only each other
 */
public record TopologySettings(Duration retention, int edges, int edgesPerService)
    implements Serializable {
  /** What is shipped. */
  public static final TopologySettings DEFAULTS =
      new TopologySettings(Duration.ofDays(1), 20_000, 500);

  public TopologySettings {
    if (retention.toMillis() <= 0 || edges < 1 || edgesPerService < 1) {
      throw new IllegalArgumentException(
          "topology: retention must be longer than zero, edges and edgesPerService at least 1");
    }
  }
}
