// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import io.tocsin.models.telemetry.GroupLabel;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.Arrays;

/**
 * Adds up the labels of 1.0 series, which are spelled out. Neighbours in a body share most of them,
 * so the labels of the series before are kept, by position, with their sums: runs of bytes that are
 * the same need neither validation nor hashing, and only what differs is taken out of the sums and
 * put in anew.
 */
final class SpelledLabels {
  static final int LABEL = 1 << 3 | WireReader.BYTES;
  static final int NAME = 1 << 3 | WireReader.BYTES;
  static final int VALUE = 2 << 3 | WireReader.BYTES;
  static final int LABEL_FIELDS = 0x6;

  /**
   * A label at one position of the series at hand, or of the one before while it is not reached.
   */
  private static final class Slot {
    /** Where the field begins, with its tag, and how many bytes it has. */
    int at;

    int size;
    int nameAt;
    int nameLength;
    int valueAt;
    int valueLength;
    int role;
    long nameHash;
    long hash;
    long check;
    long group;
  }

  private final LabelRules rules;
  private final Verdict verdict;
  private final WireReader wire = new WireReader();
  private final Slot[] slots;
  private byte[] body = new byte[0];

  /** How many slots have a name that stands in this body. */
  private int written;

  /** How many slots hold the labels of the series before, one after the other in the body. */
  private int before;

  // Of the series at hand.
  private int count;
  private boolean scattered;
  private boolean sorted;
  private boolean renamed;

  // Over the labels of the series at hand so far, and of the series before from there on.
  private int metrics;
  private long hash;
  private long check;
  private long group;

  SpelledLabels(RemoteWriteLimits limits, LabelRules rules, Verdict verdict) {
    this.rules = rules;
    this.verdict = verdict;
    slots = new Slot[limits.maxLabels()];
    Arrays.setAll(slots, i -> new Slot());
  }

  void beginBody(byte[] newBody) {
    body = newBody;
    written = 0;
    forget();
  }

  private void forget() {
    before = 0;
    metrics = 0;
    hash = 0;
    check = 0;
    group = 0;
  }

  /**
   * Reads the labels at the beginning of a series that are written as usual; returns where they
   * end, or -1 for a fault.
   */
  int beginSeries(int from, int end) {
    count = 0;
    scattered = false;
    sorted = true;
    renamed = false;
    int at = same(from, end);
    while (end - at > 1 && body[at] == LABEL) {
      int size = body[at + 1];
      if (size < 0 || size > end - at - 2) {
        return at;
      }
      if (!label(at, at + 2, size)) {
        return -1;
      }
      at = same(at + 2 + size, end);
    }
    return at;
  }

  /** Passes over the labels that are the same as in the series before. */
  private int same(int from, int end) {
    int i = count;
    if (i >= before) {
      return from;
    }
    Slot last = slots[before - 1];
    int other = slots[i].at;
    int length = Math.min(last.at + last.size - other, end - from);
    int same = Arrays.mismatch(body, from, from + length, body, other, other + length);
    int left = same < 0 ? length : same;
    int at = from;
    while (i < before && slots[i].size <= left) {
      Slot slot = slots[i];
      if (renamed) {
        renamed = false;
        sorted &= rises(slots[i - 1], slot);
      }
      left -= slot.size;
      slot.at = at;
      at += slot.size;
      i++;
    }
    count = i;
    return at;
  }

  /** Reads a label that stands apart from the labels at the series' beginning. */
  boolean scattered(int at, int from, int length) {
    scattered = true;
    return label(at, from, length);
  }

  /** Reads a label: the field at one place, its content at another. */
  boolean label(int at, int from, int length) {
    int i = count++;
    if (i == slots.length) {
      return rules.complete(count, true);
    }
    Slot slot = slots[i];
    if (i < before) {
      add(slot, -1);
    }
    boolean known = i < written;
    written = Math.max(written, count);
    int nameAt = slot.nameAt;
    int nameLength = slot.nameLength;
    if (!plain(from, length, slot) && !byField(from, length, slot)) {
      return false;
    }
    slot.at = at;
    slot.size = from + length - at;
    if (!rules.sizes(slot.nameLength, slot.valueLength)) {
      return false;
    }
    boolean sameName =
        known && nameLength == slot.nameLength && Words.same(body, nameAt, slot.nameAt, nameLength);
    if (!sameName) {
      slot.nameHash = SeriesHash.ofName(body, slot.nameAt, slot.nameLength);
      slot.role = GroupLabel.role(slot.nameHash);
    }
    order(i, sameName);
    work(slot);
    add(slot, 1);
    return true;
  }

  /** Compares a label with the one before, unless both have the names that they had before. */
  private void order(int i, boolean sameName) {
    if (i > 0 && (!sameName || renamed || i >= before)) {
      sorted &= rises(slots[i - 1], slots[i]);
    }
    renamed = !sameName;
  }

  private void work(Slot slot) {
    long value = SeriesHash.ofValue(body, slot.valueAt, slot.valueLength);
    slot.hash = SeriesHash.label(slot.nameHash, value);
    slot.check = SeriesHash.labelCheck(slot.nameHash, value);
    slot.group =
        GroupLabel.ofGroup(
            slot.role, slot.nameHash, slot.hash, body, slot.valueAt, slot.valueLength);
  }

  private void add(Slot slot, int sign) {
    hash += sign * slot.hash;
    check += sign * slot.check;
    group += sign * slot.group;
    metrics += slot.role == GroupLabel.METRIC ? sign : 0;
  }

  private boolean rises(Slot first, Slot second) {
    return Words.compare(body, first.nameAt, first.nameLength, second.nameAt, second.nameLength)
        < 0;
  }

  /**
   * Reads a label as all senders write it: name, then value, in ASCII, both shorter than 128 bytes,
   * as follows from the first bits of their lengths.
   */
  private boolean plain(int at, int length, Slot slot) {
    if (length < 4 || body[at] != NAME || !Words.ascii(body, at, length)) {
      return false;
    }
    int nameLength = body[at + 1];
    int value = at + 2 + nameLength;
    int end = at + length;
    if (end - value < 2 || body[value] != VALUE || body[value + 1] != end - value - 2) {
      return false;
    }
    slot.nameAt = at + 2;
    slot.nameLength = nameLength;
    slot.valueAt = value + 2;
    slot.valueLength = end - value - 2;
    return true;
  }

  private boolean byField(int at, int length, Slot slot) {
    wire.over(body, at, at + length);
    slot.nameLength = 0;
    slot.valueLength = 0;
    boolean utf8 = true;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag != NAME && tag != VALUE) {
        wire.skipUnknown(tag, LABEL_FIELDS);
        continue;
      }
      int size = wire.length();
      utf8 &= Words.utf8(body, wire.at, size);
      if (tag == NAME) {
        slot.nameAt = wire.at;
        slot.nameLength = size;
      } else {
        slot.valueAt = wire.at;
        slot.valueLength = size;
      }
      wire.at += size;
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    return utf8 || verdict.reject(Reason.UTF8, "a label is not UTF-8");
  }

  /** Gives the series its hashes when its labels are complete. */
  boolean identify(int series, DecodedBody into) {
    for (int i = count; i < before; i++) {
      add(slots[i], -1);
    }
    if (!rules.complete(count, metrics > 0)) {
      return false;
    }
    into.identify(
        series, SeriesHash.finish(hash), SeriesHash.check(check), SeriesHash.finish(group));
    before = count;
    if (sorted && !scattered) {
      return true;
    }
    forget();
    return sorted || rules.distinct(series, into);
  }
}
