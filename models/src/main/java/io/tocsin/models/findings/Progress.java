// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import io.tocsin.models.telemetry.Entity;
import java.util.List;

/**
 * Says that a job has sent all its findings up to a time, and what it watched until then. It
 * follows those findings in the same partition, so a reader that acts on progress alone sees the
 * same in every run, however the input was interleaved.
 *
 * @param source the job that says so: {@code metrics} or {@code logs}
 * @param time event time, ms since the epoch
 * @param watched entities first seen, or seen again, since the last record that listed any
 */
public record Progress(String source, long time, List<Entity> watched) {
  public Progress {
    watched = List.copyOf(watched);
  }
}
