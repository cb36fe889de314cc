// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Suspect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One incident as it is shown.
 *
 * @param parts those that were a part of it
 * @param now wall clock, ms since the epoch, for how long it has lasted
 */
record IncidentView(
    Story story,
    List<EvidenceView> symptoms,
    List<SuspectView> suspects,
    List<Moment> timeline,
    List<Incident> parts,
    Links links,
    long now) {

  static IncidentView of(Story story, Knowledge knowledge, Links links, long now) {
    Incident incident = story.last();
    List<SuspectView> suspects = new ArrayList<>();
    for (Suspect suspect : incident.suspects()) {
      suspects.add(
          new SuspectView(
              suspects.size() + 1,
              suspect,
              suspect.evidence().stream()
                  .map(each -> EvidenceView.of(each, incident, knowledge))
                  .toList()));
    }
    return new IncidentView(
        story,
        incident.symptoms().stream()
            .map(each -> EvidenceView.of(each, incident, knowledge))
            .toList(),
        suspects,
        timeline(story),
        knowledge.stories().partsOf(incident.id()),
        links,
        now);
  }

  Incident incident() {
    return story.last();
  }

  long end() {
    return story.over() ? incident().closed() : now;
  }

  private static List<Moment> timeline(Story story) {
    List<Moment> moments = new ArrayList<>(story.moments());
    for (Change change : story.last().changes()) {
      moments.add(new Moment(change.time(), "change", Wording.named(change)));
    }
    for (Suspect suspect : story.last().suspects()) {
      moments.add(
          new Moment(
              suspect.onset(),
              "suspect",
              Wording.subject(suspect.entity()) + " begins to deviate"));
    }
    moments.sort(Comparator.comparingLong(Moment::time));
    return moments;
  }
}
