// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.findings.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The findings under way that count, by id, with when each was last told. */
final class PassedFindings {
  private static final long ENTRY_BYTES = 100;

  private final TreeMap<Long, Long> told = new TreeMap<>();

  PassedFindings copy() {
    PassedFindings copy = new PassedFindings();
    copy.told.putAll(told);
    return copy;
  }

  boolean isEmpty() {
    return told.isEmpty();
  }

  /** Roughly the bytes of memory that this takes. */
  long bytes() {
    return ENTRY_BYTES * told.size();
  }

  boolean contains(Finding finding) {
    return told.containsKey(id(finding));
  }

  void add(Finding finding) {
    told.merge(id(finding), finding.arrival(), Math::max);
  }

  void remove(Finding finding) {
    told.remove(id(finding));
  }

  /** When the one was told that was not told for longest, or MAX_VALUE. */
  long earliest() {
    return told.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  /** Forgets what was not told for so long that its end is not to be expected any more. */
  void forgetBefore(long time) {
    told.values().removeIf(last -> last < time);
  }

  private static long id(Finding finding) {
    return HexFormat.fromHexDigitsToLong(finding.id());
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(told.size());
    for (Map.Entry<Long, Long> each : told.entrySet()) {
      out.writeLong(each.getKey());
      out.writeLong(each.getValue());
    }
  }

  static PassedFindings readFrom(DataInput in) throws IOException {
    PassedFindings findings = new PassedFindings();
    for (int left = in.readInt(); left > 0; left--) {
      long id = in.readLong();
      findings.told.put(id, in.readLong());
    }
    return findings;
  }
}
