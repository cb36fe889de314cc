// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.topics.TopicFollower;
import io.tocsin.models.incidents.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The incidents as last told: all that last, and of those that are over the latest. Only so many
 * are kept; those that are over go first. Safe for several threads.
 */
final class IncidentIndex implements TopicFollower.Taker<Incident> {
  static final int MOST = 10_000;

  private final int most;

  /** By id, those told of last at the end. */
  private final LinkedHashMap<String, Incident> incidents = new LinkedHashMap<>();

  private boolean complete;

  private volatile Consumer<Incident> listener = incident -> {};

  IncidentIndex() {
    this(MOST);
  }

  IncidentIndex(int most) {
    this.most = most;
  }

  /** Has every transition told to somebody too, once it is found here. */
  void tell(Consumer<Incident> to) {
    listener = to;
  }

  /** Takes note of a transition. */
  @Override
  public void take(Incident incident) {
    if (put(incident)) {
      listener.accept(incident);
    }
  }

  /** Says whether it is news. */
  private synchronized boolean put(Incident incident) {
    Incident known = incidents.remove(incident.id());
    boolean newer = known == null || incident.revision() >= known.revision();
    incidents.put(incident.id(), newer ? incident : known);
    if (incidents.size() > most) {
      evict();
    }
    return newer;
  }

  /** One that is over, and was not told of for longest; if none is over, whichever was not. */
  private void evict() {
    Iterator<Incident> oldest = incidents.values().iterator();
    while (oldest.hasNext()) {
      if (isOver(oldest.next())) {
        oldest.remove();
        return;
      }
    }
    String first = incidents.keySet().iterator().next();
    incidents.remove(first);
  }

  @Override
  public synchronized void caughtUp() {
    complete = true;
  }

  /** Whether one that is not found is not there. */
  synchronized boolean isComplete() {
    return complete;
  }

  /** As it was told last; null when it is not known. */
  synchronized @Nullable Incident find(String id) {
    return incidents.get(id);
  }

  /** All that are kept, the one that began last first. */
  synchronized Collection<Incident> all() {
    List<Incident> all = new ArrayList<>(incidents.values());
    all.sort(Comparator.comparingLong(Incident::onset).reversed().thenComparing(Incident::id));
    return all;
  }

  static boolean isOver(Incident incident) {
    return incident.transition() == Incident.Transition.RESOLVED;
  }
}
