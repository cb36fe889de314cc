// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.incidents.Member.Reason;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says who takes part in an incident, and why. */
final class Membership {
  /** More are not listed. */
  private static final int MOST = 20;

  private static final Comparator<Member> CLOSEST_FIRST =
      Comparator.comparing(Member::reason)
          .thenComparing(member -> member.path().size())
          .thenComparingLong(Member::onset)
          .thenComparing(Member::entity, Entity.ORDER);

  private Membership() {}

  /** The closest first. */
  static List<Member> of(OpenIncident incident, Subjects subjects) {
    Map<String, List<Deviation>> bySubject = new TreeMap<>();
    for (Deviation each : incident.members()) {
      String subject = subjects.of(each.last().entity()).text();
      bySubject.computeIfAbsent(subject, any -> new ArrayList<>()).add(each);
    }
    String origin = subjects.of(incident.opener().last().entity()).text();
    List<Member> members = new ArrayList<>();
    bySubject.forEach(
        (subject, its) -> members.add(member(incident, its, subjects, subject.equals(origin))));
    members.sort(CLOSEST_FIRST);
    return members.size() > MOST ? List.copyOf(members.subList(0, MOST)) : members;
  }

  private static Member member(
      OpenIncident incident, List<Deviation> its, Subjects subjects, boolean origin) {
    Entity entity =
        its.stream()
            .map(each -> each.last().entity())
            .min(Subjects.MOST_TELLING_FIRST)
            .orElseThrow();
    Tie tie = origin ? Tie.of(Reason.ORIGIN) : tie(incident, its, entity);
    long onset = its.stream().mapToLong(Deviation::onset).min().orElseThrow();
    return new Member(
        subjects.whole(entity).withoutInstance(), tie.reason(), tie.path(), onset, its.size());
  }

  private static Tie tie(OpenIncident incident, List<Deviation> its, Entity entity) {
    Tie tie = incident.kinship().tie(entity);
    if (tie != null) {
      return tie;
    }
    boolean starved = its.stream().allMatch(Deviation::isFall);
    return Tie.of(starved ? Reason.STARVED : Reason.TIME);
  }
}
