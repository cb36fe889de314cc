// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;

/**
 * The few metrics of an entity that are looked at together: symptoms first, else by a hash, so that
 * the choice is the same in every run. Each has a slot in the row with its last deviation.
 */
final class KeyMetrics {
  static final int MOST = Covariances.MOST;

  private static final int HASH = 0;
  private static final int TIME = 8;
  private static final int DEVIATION = 16;
  private static final int COUNT = 20;
  private static final int ROLE = 24;
  private static final int SLOT_BYTES = 28;
  static final int ROW_BYTES = MOST * SLOT_BYTES;

  /** A metric whose place may be taken: it has been silent for so long. */
  private static final long GONE_MILLIS = 6 * 3_600_000L;

  /** A metric of an entity that is sampled more rarely than each tick keeps its last value. */
  private static final long CURRENT_MILLIS = 300_000;

  /** While none has been learned for longer than this, a better one takes another's place. */
  private static final int SETTLED = 60;

  private static final int NONE = -1;

  private KeyMetrics() {}

  static long hash(Row state, int slot) {
    return state.getLong(slot * SLOT_BYTES + HASH);
  }

  static boolean used(Row state, int slot) {
    return hash(state, slot) != 0;
  }

  /** A bit for each metric that has a slot, by the lowest bits of its hash. */
  static long bits(Row state) {
    long bits = 0;
    for (int slot = 0; slot < MOST; slot++) {
      bits |= used(state, slot) ? 1L << hash(state, slot) : 0;
    }
    return bits;
  }

  static int find(Row state, long hash) {
    for (int slot = 0; slot < MOST; slot++) {
      if (hash(state, slot) == hash) {
        return slot;
      }
    }
    return NONE;
  }

  static Role role(Row state, int slot) {
    return RoleCode.role(state.getByte(slot * SLOT_BYTES + ROLE));
  }

  /** The deviation in this tick, or, of a metric sampled more rarely, its last one. */
  static double deviation(Row state, int slot) {
    return state.getFloat(slot * SLOT_BYTES + DEVIATION);
  }

  static int count(Row state, int slot) {
    return state.getInt(slot * SLOT_BYTES + COUNT);
  }

  static void counted(Row state, int slot) {
    state.setInt(slot * SLOT_BYTES + COUNT, Math.min(1_000_000, count(state, slot) + 1));
  }

  /** Whether a slot has a value that still says something at a time. */
  static boolean current(Row state, int slot, long time, double interval) {
    double patience = Math.max(CURRENT_MILLIS, 2 * interval);
    return used(state, slot) && time - state.getLong(slot * SLOT_BYTES + TIME) <= patience;
  }

  static void set(Row state, int slot, long time, double deviation) {
    state.setLong(slot * SLOT_BYTES + TIME, time);
    state.setFloat(slot * SLOT_BYTES + DEVIATION, deviation);
  }

  /** The slot that a metric which has none may take, or -1. */
  static int offer(Row state, long hash, Role role, long time) {
    int worst = NONE;
    int oldest = 0;
    for (int slot = 0; slot < MOST; slot++) {
      if (!used(state, slot) || time - state.getLong(slot * SLOT_BYTES + TIME) > GONE_MILLIS) {
        return slot;
      }
      oldest = Math.max(oldest, count(state, slot));
      if (worst == NONE
          || better(role(state, worst), hash(state, worst), role(state, slot), hash(state, slot))) {
        worst = slot;
      }
    }
    boolean better = better(role, hash, role(state, worst), hash(state, worst));
    return better && oldest < SETTLED ? worst : NONE;
  }

  private static boolean better(Role role, long hash, Role otherRole, long otherHash) {
    return role == otherRole ? hash < otherHash : role == Role.SYMPTOM;
  }

  /** Gives a slot to a metric of which nothing is known yet. */
  static void take(Row state, int slot, long hash, Role role) {
    state.setLong(slot * SLOT_BYTES + HASH, hash);
    state.setLong(slot * SLOT_BYTES + TIME, 0);
    state.setFloat(slot * SLOT_BYTES + DEVIATION, 0);
    state.setInt(slot * SLOT_BYTES + COUNT, 0);
    state.setByte(slot * SLOT_BYTES + ROLE, RoleCode.of(role));
  }
}
