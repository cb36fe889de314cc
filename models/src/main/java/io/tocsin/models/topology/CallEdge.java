// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One service calls another. Its ends are services or workloads, without the running copy; either
 * may name no namespace or cluster, where whoever told of the call did not know.
 *
 * @param caller who depends
 * @param callee on whom
 */
public record CallEdge(Entity caller, Entity callee) {
  /** Any fixed order. */
  public static final Comparator<CallEdge> ORDER =
      Comparator.comparing(CallEdge::caller, Entity.ORDER)
          .thenComparing(CallEdge::callee, Entity.ORDER);

  public CallEdge {
    caller = caller.withoutInstance();
    callee = callee.withoutInstance();
  }

  /** Why it says nothing of who depends on whom; null when it does. */
  public @Nullable EdgeFate refusal() {
    if (EntityNames.of(caller).isEmpty() || EntityNames.of(callee).isEmpty()) {
      return EdgeFate.NAMELESS;
    }
    return toItself() ? EdgeFate.SELF : null;
  }

  /** Whether a service calls itself, under whatever names. */
  public boolean toItself() {
    return EntityNames.fit(caller, callee);
  }

  /** A text that no other edge has. */
  public String key() {
    return String.join("/", caller.parts()) + " > " + String.join("/", callee.parts());
  }

  /** The edge in words: {@code checkout calls payments}. */
  public String text() {
    return caller.subject() + " calls " + callee.subject();
  }
}
