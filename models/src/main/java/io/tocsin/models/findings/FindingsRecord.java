// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import org.jspecify.annotations.Nullable;

/** One record of the findings topic: a finding, or a mark of progress. Exactly one is present. */
public record FindingsRecord(@Nullable Finding finding, @Nullable Progress progress) {
  public FindingsRecord {
    if ((finding == null) == (progress == null)) {
      throw new IllegalArgumentException("a findings record holds a finding or a progress");
    }
  }

  public static FindingsRecord of(Finding finding) {
    return new FindingsRecord(finding, null);
  }

  public static FindingsRecord of(Progress progress) {
    return new FindingsRecord(null, progress);
  }

  /** Event time of what it holds, ms since the epoch. */
  public long time() {
    return finding != null ? finding.arrival() : progress != null ? progress.time() : 0;
  }
}
