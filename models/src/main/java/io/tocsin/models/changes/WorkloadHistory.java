// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.changes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a workload to tell its changes by.
 *
 * @param since when it was first heard of, event time in ms since the epoch
 * @param seen when it was last heard of
 * @param images of its containers, those seen last at the end
 * @param rollout its last change of what is wanted; null when there was none yet
 * @param restarted when a restart was last told; 0 for never
 */
public record WorkloadHistory(
    long since, long seen, List<SeenImage> images, @Nullable Change rollout, long restarted) {

  /**
   * An image of a container.
   *
   * @param image the container and its image
   * @param time when it was last seen, event time in ms since the epoch
   */
  public record SeenImage(String image, long time) {}

  public WorkloadHistory {
    images = List.copyOf(images);
  }

  /** Of a workload that is heard of for the first time. */
  public static WorkloadHistory beginning(long time) {
    return new WorkloadHistory(time, time, List.of(), null, 0);
  }
}
