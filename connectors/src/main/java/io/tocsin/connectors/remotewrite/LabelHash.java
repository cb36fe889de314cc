// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.SeriesHash;

/** What one label adds to the hashes of its series. */
final class LabelHash {
  private static final long NAME = Words.ofText("__name__");
  private static final long QUANTILE = Words.ofText("quantile");

  /** What part a label plays, seen from its name. */
  static final int PLAIN = 0;

  static final int METRIC = 1;
  static final int BUCKET = 2;

  private LabelHash() {}

  static int role(byte[] body, int at, int length) {
    if (length == 8) {
      long word = Words.longAt(body, at);
      return word == NAME ? METRIC : word == QUANTILE ? BUCKET : PLAIN;
    }
    return length == 2 && body[at] == 'l' && body[at + 1] == 'e' ? BUCKET : PLAIN;
  }

  /** The label's part of the group: nothing of buckets, and of a metric's name its family. */
  static long group(int role, long nameHash, long label, byte[] body, int value, int length) {
    if (role == PLAIN) {
      return label;
    }
    if (role == BUCKET) {
      return 0;
    }
    int family = SeriesHash.familyLength(body, value, length);
    return family == length
        ? label
        : SeriesHash.label(nameHash, SeriesHash.ofValue(body, value, family));
  }
}
