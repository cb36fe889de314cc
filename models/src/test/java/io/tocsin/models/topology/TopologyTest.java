// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Entity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final long NOON = 1_780_000_000_000L;

  private final Topology topology =
      new Topology(new TopologySettings(Duration.ofHours(3), 100, 10));

  @Test
  void callersAndCalleesAreToldByDirection() {
    learn("frontend", "checkout");
    learn("checkout", "payments");

    assertThat(topology.callees(service("checkout"))).containsExactly(service("payments"));
    assertThat(topology.callers(service("checkout"))).containsExactly(service("frontend"));
    assertThat(topology.calls(service("frontend"), service("checkout"))).isTrue();
    assertThat(topology.calls(service("checkout"), service("frontend"))).isFalse();
  }

  @Test
  void callsAreKnownByOtherNamesWhereTheirEndsHaveSuch() {
    learn("frontend", "pg");
    learn("frontend", "checkout");

    Topology renamed =
        topology.renamed(each -> each.equals(service("pg")) ? service("orders") : each);
    assertThat(renamed.calls(service("frontend"), service("orders"))).isTrue();
    assertThat(renamed.knows(service("pg"))).isFalse();
    assertThat(renamed.size()).isEqualTo(2);
    assertThat(topology.renamed(each -> each)).isSameAs(topology);
  }

  @Test
  void aPathIsFoundInEitherDirectionAndTellsWhoDepends() {
    learn("frontend", "checkout");
    learn("checkout", "payments");
    List<CallEdge> way = List.of(edge("frontend", "checkout"), edge("checkout", "payments"));

    assertThat(topology.path(service("frontend"), service("payments"), 3)).isEqualTo(way);
    assertThat(topology.path(service("payments"), service("frontend"), 3)).isEqualTo(way);
    assertThat(topology.path(service("frontend"), service("payments"), 1)).isEmpty();
  }

  @Test
  void servicesWithACommonCallerHaveNoPath() {
    learn("frontend", "cart");
    learn("frontend", "checkout");

    assertThat(topology.path(service("cart"), service("checkout"), 5)).isEmpty();
    assertThat(topology.knows(service("cart"))).isTrue();
    assertThat(topology.knows(service("search"))).isFalse();
  }

  @Test
  void theShortestWayIsTakenAndCyclesEnd() {
    learn("a", "b");
    learn("b", "c");
    learn("c", "a");
    learn("c", "d");
    learn("a", "c");

    assertThat(topology.path(service("a"), service("d"), 9))
        .containsExactly(edge("a", "c"), edge("c", "d"));
    assertThat(topology.path(service("a"), service("nowhere"), 1_000)).isEmpty();
  }

  @Test
  void aCallToItselfAndOneWithoutNamesAreNotKept() {
    Entity node = new Entity("", "", "", "", "node-1", "");

    assertThat(topology.learn(edge("a", "a"), NOON)).isEqualTo(EdgeFate.SELF);
    assertThat(topology.learn(new CallEdge(node, service("a")), NOON)).isEqualTo(EdgeFate.NAMELESS);
    assertThat(topology.size()).isZero();
  }

  @Test
  void anEndWithoutNamespaceIsFoundInAnyAndAWorkloadByItsName() {
    topology.learn(edge("checkout", "payments"), NOON);
    Entity checkout = new Entity("eu", "shop", "checkout", "", "", "checkout-1");
    Entity payments = new Entity("eu", "shop", "payments-v2", "payments", "", "");

    assertThat(topology.calls(checkout, payments)).isTrue();
    assertThat(topology.path(payments, checkout, 1)).hasSize(1);
  }

  @Test
  void equalNamesInOtherNamespacesAreOthers() {
    Entity here = new Entity("", "shop", "", "redis", "", "");
    Entity there = new Entity("", "blog", "", "redis", "", "");
    topology.learn(new CallEdge(service("cart"), here), NOON);

    assertThat(topology.knows(here)).isTrue();
    assertThat(topology.knows(there)).isFalse();
  }

  @Test
  void anEdgeThatIsToldOfNoMoreIsForgotten() {
    long hour = Duration.ofHours(1).toMillis();
    topology.learn(edge("a", "b"), NOON);
    topology.learn(edge("b", "c"), NOON);
    assertThat(topology.learn(edge("a", "b"), NOON + 2 * hour)).isEqualTo(EdgeFate.SEEN);
    assertThat(topology.learn(edge("a", "b"), NOON + hour)).isEqualTo(EdgeFate.SEEN);

    assertThat(topology.expire(NOON + 4 * hour)).isEqualTo(1);
    assertThat(topology.knows(service("a"))).isTrue();
    assertThat(topology.knows(service("c"))).isFalse();
  }

  @Test
  void aFloodDisplacesItsOwnEdgesOnly() {
    learn("frontend", "checkout");
    for (int i = 0; i < 10; i++) {
      assertThat(topology.learn(edge("scraper", "peer-" + i), NOON + i)).isEqualTo(EdgeFate.NEW);
    }
    for (int i = 10; i < 10_000; i++) {
      assertThat(topology.learn(edge("scraper", "peer-" + i), NOON + i))
          .isEqualTo(EdgeFate.DISPLACING);
    }

    assertThat(topology.size()).isEqualTo(11);
    assertThat(topology.knows(service("frontend"))).isTrue();
    assertThat(topology.callees(service("scraper"))).contains(service("peer-9999"));
    assertThat(topology.learn(edge("scraper", "peer-0"), NOON)).isEqualTo(EdgeFate.OLD);
  }

  @Test
  void noMoreEdgesAreKeptThanMayBe() {
    for (int i = 0; i < 1_000; i++) {
      topology.learn(edge("from-" + i, "to-" + i), NOON + i);
    }

    assertThat(topology.size()).isEqualTo(100);
    assertThat(topology.knows(service("from-899"))).isFalse();
    assertThat(topology.knows(service("from-900"))).isTrue();
  }

  @Test
  void whatIsStoredIsWhatIsKnownInWhateverOrderItWasLearned() {
    List<CallEdge> edges = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      edges.add(edge("s" + random.nextInt(12), "s" + random.nextInt(12)));
    }
    edges.forEach(edge -> topology.learn(edge, NOON));
    Topology other = new Topology(new TopologySettings(Duration.ofHours(3), 100, 10));
    Collections.shuffle(edges, random);
    edges.forEach(edge -> other.learn(edge, NOON));

    assertThat(other.pages()).isEqualTo(topology.pages());
    assertThat(Topology.of(other.pages(), TopologySettings.DEFAULTS).pages())
        .isEqualTo(topology.pages());
    assertThat(topology.path(service("s0"), service("s1"), 12))
        .isEqualTo(other.path(service("s0"), service("s1"), 12));
  }

  private void learn(String caller, String callee) {
    assertThat(topology.learn(edge(caller, callee), NOON)).isEqualTo(EdgeFate.NEW);
  }

  private static CallEdge edge(String caller, String callee) {
    return new CallEdge(service(caller), service(callee));
  }

  private static Entity service(String name) {
    return new Entity("", "", "", name, "", "");
  }
}
