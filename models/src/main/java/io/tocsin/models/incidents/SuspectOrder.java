// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps suspects that are close from taking turns: who was told before another stays before it
 * until the other is clearly more likely.
 */
public final class SuspectOrder {
  /** Who leads by this much of the probability is clearly more likely. */
  private static final double LEAD = 0.1;

  /** So is who is this many times as likely. */
  private static final double TIMES = 2;

  private SuspectOrder() {}

  /**
   * Suspects in the order in which they are to be told.
   *
   * @param told those that were told last, in the order in which they were
   * @param now those that there are now, the most probable first
   */
  public static List<Suspect> settled(List<Suspect> told, List<Suspect> now) {
    Map<Subject, Integer> places = new HashMap<>();
    told.forEach(each -> places.putIfAbsent(Subject.of(each.entity()), places.size()));
    List<Suspect> order = new ArrayList<>(now);
    order.sort(
        Comparator.comparingInt(
            each -> places.getOrDefault(Subject.of(each.entity()), told.size())));
    for (int i = 1; i < order.size(); i++) {
      for (int at = i; at > 0 && isClearlyBefore(order.get(at), order.get(at - 1)); at--) {
        Collections.swap(order, at, at - 1);
      }
    }
    return order;
  }

  private static boolean isClearlyBefore(Suspect one, Suspect other) {
    return one.confidence() >= other.confidence() + LEAD
        || one.confidence() > TIMES * other.confidence();
  }
}
