// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.EntityNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where something is wrong that others may suffer from: a symptom, however weak, or strong evidence
 * that something has risen; and whose calls go wrong. Much in a cluster deviates weakly at any
 * time, so weak evidence is none.
 */
final class Trouble {
  private final Map<String, List<Entity>> byName = new HashMap<>();
  private final Map<String, List<CallEdge>> callsByCaller = new HashMap<>();

  /** Everywhere in a book, as far as it began, or became strong, since a time. */
  static Trouble of(IncidentBook book, long since) {
    Trouble trouble = new Trouble();
    book.pool().values().forEach(each -> trouble.add(each, since));
    book.open().forEach(open -> open.members().forEach(each -> trouble.add(each, since)));
    return trouble;
  }

  private void add(Deviation deviation, long since) {
    boolean telling = deviation.symptom() || deviation.strong();
    if (telling && !deviation.over() && !deviation.isFall() && deviation.fresh() >= since) {
      Entity entity = deviation.last().entity();
      for (String name : EntityNames.of(entity)) {
        byName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(entity);
      }
      addCall(deviation);
    }
  }

  private void addCall(Deviation deviation) {
    if (!deviation.strong()) {
      return;
    }
    Departure departure = deviation.departure();
    Entity callee = departure.peer();
    if (callee != null && !callee.equals(Entity.NONE)) {
      CallEdge call = new CallEdge(departure.entity(), callee);
      for (String name : EntityNames.of(call.caller())) {
        callsByCaller.computeIfAbsent(name, any -> new ArrayList<>(1)).add(call);
      }
    }
  }

  /** The calls by somebody that clearly go wrong, as far as calls are measured. */
  List<CallEdge> callsOf(Entity caller) {
    List<CallEdge> calls = new ArrayList<>();
    for (String name : EntityNames.of(caller)) {
      for (CallEdge each : callsByCaller.getOrDefault(name, List.of())) {
        if (EntityNames.fit(each.caller(), caller)) {
          calls.add(each);
        }
      }
    }
    return calls;
  }

  boolean isNone() {
    return byName.isEmpty();
  }

  boolean at(Entity entity) {
    for (String name : EntityNames.of(entity)) {
      for (Entity each : byName.getOrDefault(name, List.of())) {
        if (EntityNames.fit(each, entity)) {
          return true;
        }
      }
    }
    return false;
  }
}
