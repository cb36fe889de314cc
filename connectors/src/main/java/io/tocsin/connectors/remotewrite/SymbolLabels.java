// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import io.tocsin.models.telemetry.GroupLabel;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.Arrays;

/**
 * Adds up the labels of 2.0 series, which are pairs of references into the symbols. What a pair
 * adds to the hashes is worked out when it is first seen and kept with the symbol of the value, for
 * the name that it was last the value of: nearly always its only one.
 */
final class SymbolLabels {
  private static final int STRIDE = 4;
  private static final int HASH = 1;
  private static final int CHECK = 2;
  private static final int GROUP = 3;
  private static final int NONE = -1;

  private final LabelRules rules;
  private final Verdict verdict;
  private final WireReader wire = new WireReader();
  private byte[] body = new byte[0];
  private Symbols symbols = new Symbols();
  private int known;

  /** Per value: its name's reference + 1 and above it the name's role; hash, check and group. */
  private long[] pairs = new long[64 * STRIDE];

  /** Per name: its hash, 0 while that is not known. */
  private long[] nameHash = new long[64];

  /** Per name: the reference + 1 of a name that it is known to come after. */
  private int[] follows = new int[64];

  // Of the series at hand.
  private int count;
  private int pendingName;
  private int nameBefore;
  private boolean sorted;
  private long roles;
  private long hash;
  private long check;
  private long group;

  SymbolLabels(LabelRules rules, Verdict verdict) {
    this.rules = rules;
    this.verdict = verdict;
  }

  void beginBody(byte[] newBody, Symbols newSymbols) {
    body = newBody;
    symbols = newSymbols;
    known = symbols.count();
    if (known > nameHash.length) {
      int size = Math.max(known, 2 * nameHash.length);
      pairs = new long[size * STRIDE];
      nameHash = new long[size];
      follows = new int[size];
      return;
    }
    Arrays.fill(pairs, 0, known * STRIDE, 0);
    Arrays.fill(nameHash, 0, known, 0);
    Arrays.fill(follows, 0, known, 0);
  }

  void beginSeries() {
    count = 0;
    pendingName = NONE;
    nameBefore = NONE;
    sorted = true;
    roles = 0;
    hash = 0;
    check = 0;
    group = 0;
  }

  /** Reads packed references. */
  boolean refs(int from, int to) {
    int at = from;
    while (at < to) {
      at = pendingName == NONE ? knownPairs(at, to) : at;
      if (at < to) {
        wire.over(body, at, to);
        int ref = (int) wire.varint();
        if (wire.bad || !ref(ref)) {
          return wire.bad ? verdict.malformed() : false;
        }
        at = wire.at;
      }
    }
    return true;
  }

  /**
   * Adds up pairs of short references that are known labels, which nearly all are, in local
   * variables; returns where it met anything else, or the end.
   */
  private int knownPairs(int from, int to) {
    byte[] bytes = body;
    long[] table = pairs;
    int[] order = follows;
    int symbolCount = known;
    int before = nameBefore;
    long hashes = 0;
    long checks = 0;
    long groups = 0;
    long seen = 0;
    int labels = 0;
    boolean rising = sorted;
    int at = from;
    while (to - at >= 2) {
      int next = at;
      int name = bytes[next++];
      if (name < 0) {
        name = (name & 0x7F) | bytes[next++] << 7;
      }
      int value = next < to ? bytes[next++] : NONE;
      if (value < 0) {
        value = next < to ? (value & 0x7F) | bytes[next++] << 7 : NONE;
      }
      int pair = value * STRIDE;
      if ((name | value) < 0 || value >= symbolCount || (int) table[pair] != name + 1) {
        break;
      }
      seen |= table[pair];
      hashes += table[pair + HASH];
      checks += table[pair + CHECK];
      groups += table[pair + GROUP];
      labels++;
      rising = rising && (before < 0 || order[name] == before + 1 || rises(before, name));
      before = name;
      at = next;
    }
    nameBefore = before;
    hash += hashes;
    check += checks;
    group += groups;
    roles |= seen;
    count += labels;
    sorted = rising;
    return at;
  }

  boolean ref(int ref) {
    if (ref < 0 || ref >= known) {
      return verdict.reject(Reason.SYMBOLS, "it refers to a symbol that is not there");
    }
    if (pendingName == NONE) {
      pendingName = ref;
      return true;
    }
    int name = pendingName;
    pendingName = NONE;
    return label(name, ref);
  }

  private boolean label(int name, int value) {
    int pair = value * STRIDE;
    if ((int) pairs[pair] != name + 1 && !learn(name, value)) {
      return false;
    }
    hash += pairs[pair + HASH];
    check += pairs[pair + CHECK];
    group += pairs[pair + GROUP];
    roles |= pairs[pair];
    count++;
    sorted = sorted && (nameBefore < 0 || rises(nameBefore, name));
    nameBefore = name;
    return true;
  }

  private boolean learn(int name, int value) {
    int nameAt = symbols.at(name);
    int nameLength = symbols.length(name);
    int valueAt = symbols.at(value);
    int valueLength = symbols.length(value);
    if (!rules.sizes(nameLength, valueLength)) {
      return false;
    }
    if (nameHash[name] == 0) {
      nameHash[name] = SeriesHash.ofName(body, nameAt, nameLength);
    }
    long ofName = nameHash[name];
    int role = GroupLabel.role(ofName);
    long ofValue = SeriesHash.ofValue(body, valueAt, valueLength);
    long label = SeriesHash.label(ofName, ofValue);
    int pair = value * STRIDE;
    pairs[pair] = (long) role << 32 | (name + 1);
    pairs[pair + HASH] = label;
    pairs[pair + CHECK] = SeriesHash.labelCheck(ofName, ofValue);
    pairs[pair + GROUP] = GroupLabel.ofGroup(role, ofName, label, body, valueAt, valueLength);
    return true;
  }

  /** Whether a name comes after another one, which is remembered. */
  private boolean rises(int before, int name) {
    boolean rises =
        Words.compare(
                body,
                symbols.at(before),
                symbols.length(before),
                symbols.at(name),
                symbols.length(name))
            < 0;
    if (rises) {
      follows[name] = before + 1;
    }
    return rises;
  }

  /** Gives the series its hashes when its labels are complete. */
  boolean identify(int series, DecodedBody into) {
    if (pendingName != NONE) {
      return verdict.reject(Reason.SYMBOLS, "its number of label references is odd");
    }
    if (!rules.complete(count, (roles >>> 32 & GroupLabel.METRIC) != 0)) {
      return false;
    }
    into.identify(
        series, SeriesHash.finish(hash), SeriesHash.check(check), SeriesHash.finish(group));
    return sorted || rules.distinct(series, into);
  }
}
