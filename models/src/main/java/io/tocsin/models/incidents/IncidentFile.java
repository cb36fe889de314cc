// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.util.List;

/**
 * All that is kept of an open incident.
 *
 * @param opener the finding that opened it, as it was then
 * @param openedAs its severity then
 * @param members findings that belong to it
 * @param told its last transition
 * @param findings how many findings have joined, members or not any more
 * @param toldSubjects how many subjects with symptoms have been told
 * @param weighed when it was last considered whether there is something to tell
 * @param news whether anything has changed since
 */
public record IncidentFile(
    Deviation opener,
    Severity openedAs,
    List<Deviation> members,
    Incident told,
    int findings,
    int toldSubjects,
    long weighed,
    boolean news) {
  public IncidentFile {
    members = List.copyOf(members);
  }
}
