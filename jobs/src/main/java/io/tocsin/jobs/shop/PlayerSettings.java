// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.net.URI;
import java.time.Duration;

/**
 * How the shop is played.
 *
 * @param gateway where the samples go
 * @param coarseStep between two samples of a series in the older part of the history
 * @param recent the newer part of the history, which has the step of what is live
 * @param liveStep between two samples of a series from then on
 * @param speed how much faster than the clock live time passes until it has caught up with it
 */
public record PlayerSettings(
    URI gateway, Duration coarseStep, Duration recent, Duration liveStep, double speed) {
  public PlayerSettings {
    if (coarseStep.toMillis() < 1 || liveStep.toMillis() < 1 || !(speed >= 1)) {
      throw new IllegalArgumentException("steps must be positive and speed at least 1");
    }
  }
}
