// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a new row of {@link BandDetector} starts with. From siblings: all that the one seen longest
 * has learned, widened until it holds what the others do, with the weight of a few samples only.
 * From other series of the metric: how much they waver, as a part of their level.
 */
final class BandInheritance {
  private final BandSettings settings;
  private final Upbringing upbringing;

  BandInheritance(BandSettings settings, Upbringing upbringing) {
    this.settings = settings;
    this.upbringing = upbringing;
  }

  /** As {@link Detector#inherit} says. */
  void inherit(Row state, @Nullable Row profile, Relatives relatives, long time) {
    int eldest = eldest(relatives);
    if (eldest < 0) {
      return;
    }
    if (!relatives.siblings()) {
      inheritNoise(state, relatives);
      return;
    }
    relatives.move(eldest);
    state.copyFrom(relatives.state(), BandDetector.UPBRINGING);
    Row usual = relatives.profile();
    if (profile != null && usual != null) {
      profile.copyFrom(usual, HourProfile.BYTES);
    }
    state.setLong(BandDetector.BORN, time);
    state.setLong(BandDetector.LAST_TIME, time - relatives.interval());
    state.setInt(BandDetector.COUNT, BandDetector.WARM_UP_SAMPLES);
    state.setInt(BandDetector.HOUR_SAMPLES, 0);
    state.setFloat(BandDetector.REACHED, 0);
    for (int n = 0; n < relatives.size(); n++) {
      relatives.move(n);
      if (isKnown(relatives.state())) {
        join(state, relatives.state());
      }
    }
    upbringing.begin(
        state, state.getFloat(BandDetector.LOW), state.getFloat(BandDetector.HIGH), time);
  }

  /** The one that was seen most, of those that were seen enough; -1 when there is none. */
  private int eldest(Relatives relatives) {
    int eldest = -1;
    int most = 0;
    for (int n = 0; n < relatives.size(); n++) {
      relatives.move(n);
      Row state = relatives.state();
      if (isKnown(state) && state.getInt(BandDetector.COUNT) > most) {
        most = state.getInt(BandDetector.COUNT);
        eldest = n;
      }
    }
    return eldest;
  }

  /** Whether enough was seen of a series, or of those that it started from. */
  private boolean isKnown(Row state) {
    return state.getInt(BandDetector.COUNT) >= settings.recentSamples()
        || upbringing.hasSiblings(state);
  }

  /** Widens what a new series starts from, so that it holds what one more sibling does. */
  private void join(Row state, Row sibling) {
    double apart =
        Math.abs(state.getDouble(BandDetector.RECENT) - sibling.getDouble(BandDetector.RECENT));
    double spread = apart / settings.width();
    for (int field : new int[] {BandDetector.RECENT_ERROR, BandDetector.BASE_ERROR}) {
      double error = Math.max(state.getFloat(field), sibling.getFloat(field));
      state.setFloat(field, Math.max(error, spread));
    }
    upbringing.join(state, sibling);
    state.setFloat(
        BandDetector.TAIL,
        Math.max(state.getFloat(BandDetector.TAIL), sibling.getFloat(BandDetector.TAIL)));
    state.setFloat(
        BandDetector.LOW,
        Math.min(state.getFloat(BandDetector.LOW), sibling.getFloat(BandDetector.LOW)));
    state.setFloat(
        BandDetector.HIGH,
        Math.max(state.getFloat(BandDetector.HIGH), sibling.getFloat(BandDetector.HIGH)));
  }

  /** Of other workloads' series only their noise says something: a part of their level. */
  private void inheritNoise(Row state, Relatives relatives) {
    double most = 0;
    for (int n = 0; n < relatives.size(); n++) {
      relatives.move(n);
      Row other = relatives.state();
      double level = Math.abs(other.getDouble(BandDetector.BASE));
      if (isKnown(other) && level > 0) {
        most = Math.max(most, Math.min(1, other.getFloat(BandDetector.RECENT_ERROR) / level));
      }
    }
    state.setFloat(BandDetector.RECENT_ERROR, most);
    state.setFloat(BandDetector.BASE_ERROR, most);
  }
}
