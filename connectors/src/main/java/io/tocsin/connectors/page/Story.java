// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Incident;
import java.util.ArrayList;
import java.util.List;

/**
 * An incident as it stands, and how it came there as far as it was read: of one whose records Kafka
 * has compacted, only the last is known. Immutable.
 *
 * @param last its last record
 * @param moments what its records brought, the oldest first
 */
record Story(Incident last, List<Moment> moments) {
  /** An incident that changes every half minute for an hour has so many. */
  private static final int MOST_MOMENTS = 120;

  Story {
    moments = List.copyOf(moments);
  }

  static Story of(Incident first) {
    List<Moment> moments = new ArrayList<>();
    moments.add(new Moment(first.onset(), "onset", "The first symptom begins"));
    if (first.transition() != Incident.Transition.OPENED) {
      moments.add(new Moment(first.opened(), "opened", "The incident is opened"));
    }
    moments.add(moment(first));
    return new Story(first, moments);
  }

  /** This with one more record; one that is not newer than the last changes nothing. */
  Story with(Incident next) {
    if (next.revision() <= last.revision()) {
      return this;
    }
    List<Moment> more = new ArrayList<>(moments);
    if (more.size() < MOST_MOMENTS || next.transition() != Incident.Transition.UPDATED) {
      more.add(moment(next));
    }
    return new Story(next, more);
  }

  boolean over() {
    return last.transition() == Incident.Transition.RESOLVED;
  }

  private static Moment moment(Incident next) {
    return switch (next.transition()) {
      case OPENED ->
          new Moment(next.time(), "opened", "Opened as " + next.severity().label() + cause(next));
      case UPDATED -> new Moment(next.time(), "updated", news(next));
      case RESOLVED -> new Moment(next.closed(), "resolved", "Resolved");
    };
  }

  private static String news(Incident next) {
    return "Updated: "
        + (next.grouping().news().isEmpty() ? next.findings() + " findings" : Wording.news(next));
  }

  private static String cause(Incident incident) {
    return incident.suspects().isEmpty()
        ? ""
        : "; first suspect is " + incident.suspects().get(0).entity().subject();
  }
}
