// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.EntityNames;
import io.tocsin.models.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts findings together that belong to one problem, and takes problems apart that are two. */
final class Gathering {
  private final IncidentSettings settings;
  private final Opening opening;
  private final IncidentReport report;
  private final long window;

  Gathering(IncidentSettings settings, IncidentReport report) {
    this.settings = settings;
    this.report = report;
    this.opening = new Opening(settings);
    this.window = settings.window().toMillis();
  }

  /** Puts findings that may be news into the open incidents that they belong to most closely. */
  void join(Surroundings surroundings, Set<String> touched) {
    IncidentBook book = surroundings.book();
    book.open().forEach(each -> each.renew(surroundings.topology()));
    if (book.open().isEmpty() || touched.isEmpty()) {
      return;
    }
    Trouble trouble = trouble(surroundings);
    for (String id : touched) {
      Deviation deviation = book.pool().get(id);
      OpenIncident incident = deviation == null ? null : closest(book, deviation, trouble);
      if (deviation != null && incident != null) {
        join(book, incident, deviation);
      }
    }
  }

  /** As far back as anything that is under way, but for what has long become usual. */
  private Trouble trouble(Surroundings surroundings) {
    long since = surroundings.time();
    for (OpenIncident each : surroundings.book().open()) {
      since = Math.min(since, each.told().onset());
    }
    return Trouble.of(surroundings.book(), since - window);
  }

  private @Nullable OpenIncident closest(IncidentBook book, Deviation deviation, Trouble trouble) {
    OpenIncident closest = null;
    Tie best = null;
    for (OpenIncident each : book.open()) {
      Tie tie = each.tie(deviation, trouble, window);
      if (tie != null && (best == null || isCloser(each, tie, closest, best))) {
        closest = each;
        best = tie;
      }
    }
    return closest;
  }

  /** Of those that it is tied to as closely it belongs to the one opened first. */
  private static boolean isCloser(
      OpenIncident one, Tie tie, @Nullable OpenIncident other, Tie best) {
    int order = Tie.CLOSEST_FIRST.compare(tie, best);
    return order < 0
        || (order == 0 && other != null && one.told().opened() < other.told().opened());
  }

  private void join(IncidentBook book, OpenIncident incident, Deviation deviation) {
    Deviation left = incident.join(deviation, settings.limits().members());
    if (!deviation.equals(left)) {
      book.pool().remove(deviation.id());
    }
    if (left != null && !deviation.equals(left)) {
      book.forget(left);
    }
  }

  /** Opens incidents of what belongs to none. */
  void open(Surroundings surroundings, Set<String> touched, List<Incident> transitions) {
    IncidentBook book = surroundings.book();
    while (book.open().size() < settings.limits().open()) {
      Deviation opener = opening.next(surroundings, touched);
      if (opener == null) {
        return;
      }
      Trouble trouble = trouble(surroundings);
      OpenIncident known = closest(book, opener, trouble);
      if (known != null) {
        join(book, known, opener);
        if (book.pool().remove(opener.id()) != null) {
          // That one has as many as it may have, and all weigh more.
          book.forget(opener);
        }
        continue;
      }
      OpenIncident incident = report.blank(opener, surroundings, "");
      incident.renew(surroundings.topology());
      List<Deviation> related = new ArrayList<>(book.pool().values());
      related.removeIf(each -> incident.tie(each, trouble, window) == null);
      related.sort(Deviation.DISPENSABLE_FIRST.reversed());
      related.remove(opener);
      related.add(0, opener);
      for (Deviation each : related) {
        join(book, incident, each);
      }
      transitions.add(report.opened(incident, surroundings));
      book.open(incident);
    }
  }

  /**
   * Makes incidents of their own of those with whom a problem lies that has nothing to do with that
   * of the incident they are in: there is no way of calls between them, nothing on which both
   * depend deviates, and both have been there for a while.
   */
  void split(Surroundings surroundings, List<Incident> transitions) {
    IncidentBook book = surroundings.book();
    if (surroundings.topology().size() == 0) {
      return;
    }
    Trouble trouble = trouble(surroundings);
    for (OpenIncident incident : List.copyOf(book.open())) {
      incident.renew(surroundings.topology());
      Entity stranger = stranger(incident, trouble, surroundings);
      if (stranger != null && book.open().size() < settings.limits().open()) {
        OpenIncident part = part(incident, stranger, surroundings);
        transitions.add(report.opened(part, surroundings));
        book.open(part);
        transitions.add(report.split(incident, part, surroundings));
      }
    }
  }

  /** The first with whom a problem lies that has nothing to do with where the incident began. */
  private @Nullable Entity stranger(
      OpenIncident incident, Trouble trouble, Surroundings surroundings) {
    List<Entity> established = new ArrayList<>();
    for (Entity root : incident.kinship().roots().roots()) {
      if (surroundings.topology().knows(root) && opener(incident, root, surroundings) != null) {
        established.add(root);
      }
    }
    if (established.size() < 2) {
      return null;
    }
    Entity first = home(incident, established);
    Kinship home = kinship(incident, first, surroundings.topology());
    for (Entity root : established) {
      if (!EntityNames.fit(root, first)
          && incident.members().stream()
              .filter(each -> EntityNames.fit(each.last().entity(), root))
              .allMatch(each -> home.tie(each, trouble) == null)) {
        return root;
      }
    }
    return null;
  }

  /** The one of them that opened the incident, or else began first. */
  private static Entity home(OpenIncident incident, List<Entity> established) {
    Entity origin = incident.opener().last().entity();
    return established.stream()
        .filter(each -> EntityNames.fit(each, origin))
        .findFirst()
        .orElse(established.get(0));
  }

  private static Kinship kinship(OpenIncident incident, Entity root, Topology topology) {
    List<Deviation> own =
        incident.members().stream()
            .filter(each -> each.strong() && EntityNames.fit(each.last().entity(), root))
            .toList();
    return new Kinship(root, own, new Roots(List.of(root), List.of(root)), topology);
  }

  /** What could have opened an incident of somebody's own, and has been there for a while. */
  private @Nullable Deviation opener(
      OpenIncident incident, Entity root, Surroundings surroundings) {
    long since = surroundings.time() - settings.splitAfter().toMillis();
    return incident.members().stream()
        .filter(each -> EntityNames.fit(each.last().entity(), root))
        .filter(each -> !each.over() && opening.opensAlone(each) && each.strongSince() <= since)
        .filter(each -> Opening.passes(each, surroundings))
        .min(Deviation.OPENING_ORDER)
        .orElse(null);
  }

  /** Moves what belongs to a stranger, and not to those who stay, into an incident of its own. */
  private OpenIncident part(OpenIncident incident, Entity stranger, Surroundings surroundings) {
    Deviation opener = opener(incident, stranger, surroundings);
    if (opener == null) {
      throw new IllegalStateException("a stranger has a finding that could open an incident");
    }
    List<Entity> staying = new ArrayList<>(incident.kinship().roots().roots());
    staying.removeIf(each -> EntityNames.fit(each, stranger));
    Kinship strange = kinship(incident, stranger, surroundings.topology());
    Kinship rest =
        new Kinship(
            incident.opener().last().entity(),
            List.of(),
            new Roots(staying, staying),
            surroundings.topology());
    OpenIncident part = report.blank(opener, surroundings, incident.id());
    part.renew(surroundings.topology());
    Set<Deviation> moving = new HashSet<>();
    for (Deviation each : incident.members()) {
      Entity entity = each.last().entity();
      boolean its = EntityNames.fit(entity, stranger);
      if (!each.id().equals(incident.opener().id())
          && (its || (isTied(strange, entity) && !isTied(rest, entity)))) {
        moving.add(each);
      }
    }
    incident.members().stream()
        .filter(moving::contains)
        .toList()
        .forEach(each -> move(each, incident, part));
    return part;
  }

  /** By calls or otherwise closely; that both are in a namespace says nothing here. */
  private static boolean isTied(Kinship kinship, Entity entity) {
    Tie tie = kinship.tie(entity);
    return tie != null && tie.reason() != Member.Reason.NAMESPACE;
  }

  private void move(Deviation member, OpenIncident from, OpenIncident to) {
    from.release(member);
    to.join(member, settings.limits().members());
  }
}
