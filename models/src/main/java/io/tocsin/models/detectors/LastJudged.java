// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * Which value was judged last. Mostly it is learned next, and what was reckoned to judge it need
 * not be reckoned again.
 */
final class LastJudged {
  private final Row state = new Row();
  private boolean withProfile;
  private long time;
  private double value;
  private boolean known;
  private boolean changed;

  void set(Row judged, @Nullable Row profile, long at, double what) {
    state.moveTo(judged);
    withProfile = profile != null;
    time = at;
    value = what;
    known = true;
    changed = false;
  }

  /** From now on there is none. */
  void forget() {
    known = false;
  }

  /** What the judgement followed from has changed. */
  void change() {
    changed = true;
  }

  /** Whether what was reckoned still holds. */
  boolean holds() {
    return !changed;
  }

  /** Whether it is this one. */
  boolean is(Row judged, @Nullable Row profile, long at, double what) {
    return known
        && state.isAt(judged)
        && withProfile == (profile != null)
        && time == at
        && value == what;
  }
}
