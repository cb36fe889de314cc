// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import io.tocsin.models.telemetry.Entity;
import java.util.List;

/**
 * Says that a job has sent all its findings of what had arrived up to a time, and what it watched.
 * It follows those findings in the same partition, so a reader that acts on progress alone sees the
 * same in every run, however the input was interleaved.
 *
 * @param source the job that says so: {@code metrics} or {@code logs}
 * @param time up to which what arrived has been worked off, ms since the epoch
 * @param watched entities that were seen for the first time, and now and then all that are seen
 */
public record Progress(String source, long time, List<Entity> watched) {
  public Progress {
    watched = List.copyOf(watched);
  }
}
