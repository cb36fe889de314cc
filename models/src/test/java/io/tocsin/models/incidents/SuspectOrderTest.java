// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Entity;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectOrderTest {
  private static final List<Suspect> TOLD =
      List.of(suspect("cart", 0.4), suspect("mail", 0.3), suspect("shop", 0.06));

  private static Suspect suspect(String service, double share) {
    return new Suspect(new Entity("", "", "", service, "", ""), 1, share, 0, List.of());
  }

  private static List<String> settled(List<Suspect> told, Suspect... now) {
    return SuspectOrder.settled(told, List.of(now)).stream()
        .map(each -> each.entity().service())
        .toList();
  }

  @Test
  void withoutAnyToldTheMostProbableIsFirst() {
    assertThat(settled(List.of(), suspect("mail", 0.41), suspect("cart", 0.4)))
        .containsExactly("mail", "cart");
  }

  @Test
  void whoLeadsByLittleStaysWhereItWasTold() {
    assertThat(settled(TOLD, suspect("mail", 0.4), suspect("cart", 0.35), suspect("shop", 0.06)))
        .containsExactly("cart", "mail", "shop");
  }

  @Test
  void whoLeadsClearlyOvertakes() {
    assertThat(settled(TOLD, suspect("mail", 0.45), suspect("cart", 0.35), suspect("shop", 0.06)))
        .containsExactly("mail", "cart", "shop");
  }

  @Test
  void whoIsNewOvertakesOnlyThoseThatAreHalfAsLikely() {
    assertThat(
            settled(
                TOLD,
                suspect("cart", 0.5),
                suspect("mail", 0.1),
                suspect("new", 0.09),
                suspect("shop", 0.04)))
        .containsExactly("cart", "mail", "new", "shop");
  }

  @Test
  void whoIsNoSuspectAnyMoreHoldsNoPlace() {
    assertThat(settled(TOLD, suspect("shop", 0.4), suspect("mail", 0.35)))
        .containsExactly("mail", "shop");
  }
}
