// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.Arrays;

/**
 * By scored row, hashes of what the series is about, of the running copy, and of what the series is
 * called there whichever copy runs. It follows from the labels, and is kept so that these are not
 * read again for each sample.
 */
final class SeriesPlaces {
  private static final int ENTITY = 0;
  private static final int COPY = 1;
  private static final int KEY = 2;
  private static final int FIELDS = 3;

  /** The entity's hash is 0 where a row is not known. */
  private long[] hashes = new long[0];

  /** Whether a copy may have the same hashes: they are cloned before a change. */
  private boolean shared;

  SeriesPlaces copy() {
    SeriesPlaces copy = new SeriesPlaces();
    copy.hashes = hashes;
    copy.shared = true;
    shared = true;
    return copy;
  }

  boolean known(int row) {
    return row * FIELDS < hashes.length && entity(row) != 0;
  }

  void set(int row, Labels labels, SeriesPolicies policies) {
    own();
    int from = row * FIELDS;
    if (from >= hashes.length) {
      hashes = Arrays.copyOf(hashes, FIELDS * Math.max(16, row + row / 2 + 1));
    }
    Entity entity = policies.entityOf(labels);
    Entity lasting = entity.withoutInstance();
    boolean isCopy = !entity.instance().isEmpty() && lasting.instance().isEmpty();
    hashes[from + ENTITY] = lasting.hash();
    hashes[from + COPY] = isCopy ? entity.hash() : 0;
    hashes[from + KEY] = SeriesHash.siblingsOf(labels);
  }

  void forget(int row) {
    if (known(row)) {
      own();
      hashes[row * FIELDS] = 0;
    }
  }

  private void own() {
    if (shared) {
      hashes = hashes.clone();
      shared = false;
    }
  }

  long entity(int row) {
    return hashes[row * FIELDS + ENTITY];
  }

  /** 0 where the series is not about one of several copies. */
  long copy(int row) {
    return hashes[row * FIELDS + COPY];
  }

  long key(int row) {
    return hashes[row * FIELDS + KEY];
  }
}
