// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;

/** Codec of the findings topic, in which two types of record alternate; fingerprints tell them. */
final class FindingsCodec implements RecordCodec<FindingsRecord> {
  private final SingleObjectCodec<Finding> findings =
      new SingleObjectCodec<>("Finding", FindingMapping::row, FindingMapping::finding);
  private final SingleObjectCodec<Progress> progress =
      new SingleObjectCodec<>("Progress", FindingMapping::row, FindingMapping::progress);

  @Override
  public byte[] encode(FindingsRecord value) {
    Finding finding = value.finding();
    Progress mark = value.progress();
    if (finding != null) {
      return findings.encode(finding);
    }
    if (mark != null) {
      return progress.encode(mark);
    }
    throw new IllegalArgumentException("a findings record holds a finding or a progress");
  }

  @Override
  public FindingsRecord decode(byte[] bytes) throws UnreadableRecordException {
    return progress.recognises(bytes)
        ? FindingsRecord.of(progress.decode(bytes))
        : FindingsRecord.of(findings.decode(bytes));
  }
}
