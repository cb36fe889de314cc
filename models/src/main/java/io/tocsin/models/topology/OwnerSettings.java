// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many links of Kubernetes' objects are kept, and for how long. A pod has two, each ReplicaSet
 * and Job one.
 *
 * @param retention how long a link is believed after it was last told of; they are told of every
 *     hour
 * @param links how many are kept, most; the oldest of the cluster that has most go first
 * @param linksPerCluster how many of one cluster
 */
public record OwnerSettings(Duration retention, int links, int linksPerCluster)
    implements Serializable {
  /** What is shipped. */
  public static final OwnerSettings DEFAULTS =
      new OwnerSettings(Duration.ofHours(6), 100_000, 50_000);

  public OwnerSettings {
    if (retention.toMillis() <= 0 || links < 1 || linksPerCluster < 1) {
      throw new IllegalArgumentException(
          "owners: retention must be longer than zero, links and linksPerCluster at least 1");
    }
  }
}
