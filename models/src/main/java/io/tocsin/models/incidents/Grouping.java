// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.List;

/**
 * What an incident is made of, and what it is made in.
 *
 * @param parent id of the incident that it was a part of, until they turned out to have nothing to
 *     do with each other; empty for none
 * @param members who takes part in it, and why; the closest first
 * @param news what has changed since it was told last
 * @param ofDay the how manieth incident of its cluster it is, on the day on which it was opened, in
 *     UTC; 0 when that is not known
 * @param dayBudget how many a day are wanted, most; 0 when that is not known
 * @param bar how far the symptom that opened it must deviate for that, 1.0 being the boundary; more
 *     where people have said that it was noise
 * @param openedBy the family of that symptom's metric; empty when it is not known
 * @param strongest of whom the first symptom is, which the title tells
 * @param affected how many services or workloads have symptoms; 0 when it was opened without any
 */
public record Grouping(
    String parent,
    List<Member> members,
    List<News> news,
    int ofDay,
    int dayBudget,
    double bar,
    String openedBy,
    Entity strongest,
    int affected) {
  /** Of an incident about which no more is known. */
  public static final Grouping NONE =
      new Grouping("", List.of(), List.of(), 0, 0, 1, "", Entity.NONE, 0);

  public Grouping {
    members = List.copyOf(members);
    news = List.copyOf(news);
  }

  Grouping withNews(List<News> all) {
    return new Grouping(parent, members, all, ofDay, dayBudget, bar, openedBy, strongest, affected);
  }

  /** Whether there are more incidents that day than are wanted. */
  public boolean overBudget() {
    return dayBudget > 0 && ofDay > dayBudget;
  }
}
