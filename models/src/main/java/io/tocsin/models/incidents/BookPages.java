// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.List;
import java.util.Map;

/**
 * What an {@link IncidentBook} holds, to be stored.
 *
 * @param time up to when it has been kept, event time in ms since the epoch
 * @param pool findings that belong to no incident
 * @param open incidents that last
 * @param resolved incidents that are over but may still have to be told
 * @param watched when each entity was last named as watched
 * @param past ids of findings that are held no more, with the arrival of their last record: what of
 *     it comes again is no news
 * @param openedOfDay how many incidents were opened on the last day on which there were any
 */
public record BookPages(
    long time,
    List<Deviation> pool,
    List<IncidentFile> open,
    List<Told> resolved,
    Map<Entity, Long> watched,
    Map<String, Long> past,
    OpenedOfDay openedOfDay) {
  public BookPages {
    pool = List.copyOf(pool);
    open = List.copyOf(open);
    resolved = List.copyOf(resolved);
    watched = Map.copyOf(watched);
    past = Map.copyOf(past);
  }
}
