// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the shop is played.
 *
 * @param gateway where the samples go
 * @param coarseStep between two samples of a series in the older part of the history
 * @param recent the newer part of the history, which has the step of what is live
 * @param liveStep between two samples of a series from then on
 * @param speed how much faster than the clock live time passes until it has caught up with it
 * @param replay whether all is to be judged as if it had arrived when it happened; if not, the
 *     history is only learned from, and live is what arrives after it
 * @param mirror where live samples go as well, the remote-write URL of a Prometheus, or nothing
 */
public record PlayerSettings(
    URI gateway,
    Duration coarseStep,
    Duration recent,
    Duration liveStep,
    double speed,
    boolean replay,
    @Nullable URI mirror) {
  /** How much history there is. */
  public static final Duration HISTORY = Duration.ofDays(14);

  private static final Duration COARSE_STEP = Duration.ofMinutes(5);
  private static final Duration RECENT = Duration.ofHours(4);
  private static final Duration LIVE_STEP = Duration.ofSeconds(15);
  private static final int SPEED = 5;

  /** As it is played to people. */
  public static PlayerSettings of(URI gateway, boolean replay, @Nullable URI mirror) {
    return new PlayerSettings(gateway, COARSE_STEP, RECENT, LIVE_STEP, SPEED, replay, mirror);
  }

  public PlayerSettings {
    if (coarseStep.toMillis() < 1 || liveStep.toMillis() < 1 || !(speed >= 1)) {
      throw new IllegalArgumentException("steps must be positive and speed at least 1");
    }
  }
}
