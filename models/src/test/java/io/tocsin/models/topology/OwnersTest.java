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

class OwnersTest {
  private static final long NOON = 1_780_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final Owners owners = new Owners(new OwnerSettings(Duration.ofHours(6), 100, 10));

  @Test
  void aPodBelongsToWhatOwnsItsOwner() {
    owns("Deployment", "checkout", "ReplicaSet", "blue-5d4f8c7b9");
    owns("ReplicaSet", "blue-5d4f8c7b9", "Pod", "blue-5d4f8c7b9-x2x4z");
    owns("CronJob", "report", "Job", "nightly");
    owns("Job", "nightly", "Pod", "nightly-x2x4z");
    owns("Rollout", "search", "ReplicaSet", "find-6b5f8c7b9");
    owns("ReplicaSet", "find-6b5f8c7b9", "Pod", "find-6b5f8c7b9-x2x4z");
    owns("StatefulSet", "db", "Pod", "db-0");

    assertThat(workloadOf(pod("blue", "blue-5d4f8c7b9-x2x4z"))).isEqualTo("checkout");
    assertThat(workloadOf(pod("nightly", "nightly-x2x4z"))).isEqualTo("report");
    assertThat(workloadOf(pod("find", "find-6b5f8c7b9-x2x4z"))).isEqualTo("search");
    assertThat(workloadOf(pod("db", "db-0"))).isEqualTo("db");
  }

  @Test
  void anOwnerOfWhichNothingIsKnownYetIsTakenByItsOwnName() {
    owns("ReplicaSet", "a-name-that-was-cut-5d4f8c7b9", "Pod", "a-name-that-wasx2x4z");

    assertThat(workloadOf(pod("a-name-that-wasx2x4z", "a-name-that-wasx2x4z")))
        .isEqualTo("a-name-that-was-cut");
  }

  @Test
  void aPodWithoutAnOwnerIsItself() {
    owners.learn(new ObjectLink(podObject("debug-0"), "", "", NOON));

    assertThat(workloadOf(pod("debug", "debug-0"))).isEqualTo("debug-0");
  }

  @Test
  void aPodOfTheKubeletIsNoWorkloadOfItsNode() {
    owns("Node", "node-1", "Pod", "etcd-node-1");

    assertThat(owners.resolve(pod("etcd-node", "etcd-node-1")))
        .isEqualTo(new Entity("eu", "shop", "etcd", "", "node-1", "etcd-node-1"));
  }

  @Test
  void ofTwoToldAtTheSameTimeTheSameOneHoldsInWhateverOrder() {
    runs("db-0", "node-1", NOON);
    runs("db-0", "node-2", NOON);
    runs("db-1", "node-2", NOON);
    runs("db-1", "node-1", NOON);
    assertThat(owners.resolve(pod("db", "db-0")).node()).isEqualTo("node-2");
    assertThat(owners.resolve(pod("db", "db-1")).node()).isEqualTo("node-2");
  }

  @Test
  void aPodIsOnItsNodeAndOnTheNewOneOnceItHasMoved() {
    runs("db-0", "node-1", NOON);
    assertThat(owners.resolve(pod("db", "db-0")).node()).isEqualTo("node-1");

    assertThat(runs("db-0", "node-2", NOON + 1)).isEqualTo(LinkFate.MOVED);
    assertThat(runs("db-0", "node-1", NOON)).isEqualTo(LinkFate.OLD);
    assertThat(owners.resolve(pod("db", "db-0")).node()).isEqualTo("node-2");
  }

  @Test
  void aLabelThatNamesTheNodeIsBelieved() {
    runs("db-0", "node-1", NOON);
    Entity labelled = new Entity("eu", "shop", "db", "", "node-9", "db-0");

    assertThat(owners.resolve(labelled)).isEqualTo(labelled);
  }

  @Test
  void whatIsSaidOfTheWorkloadThatNamesSuggestIsSaidOfTheTrueOne() {
    owns("Cluster", "orders", "Pod", "pg-1");
    owns("Cluster", "orders", "Pod", "pg-2");

    assertThat(workloadOf(new Entity("eu", "shop", "pg", "", "", ""))).isEqualTo("orders");
    assertThat(workloadOf(new Entity("eu", "other", "pg", "", "", ""))).isEqualTo("pg");
    assertThat(workloadOf(new Entity("us", "shop", "pg", "", "", ""))).isEqualTo("pg");
  }

  @Test
  void aSuggestedWorkloadThatMayBeSeveralStaysWhatItIs() {
    owns("Cluster", "orders", "Pod", "pg-1");
    owns("Cluster", "users", "Pod", "pg-2");
    assertThat(workloadOf(new Entity("eu", "shop", "pg", "", "", ""))).isEqualTo("pg");

    owners.learn(new ObjectLink(podObject("web-0"), "", "", NOON));
    assertThat(workloadOf(new Entity("eu", "shop", "web", "", "", ""))).isEqualTo("web-0");
    owns("Deployment", "web", "ReplicaSet", "web-5d4f8c7b9");
    assertThat(workloadOf(new Entity("eu", "shop", "web", "", "", ""))).isEqualTo("web");
  }

  @Test
  void whatIsNotKnownStaysWhatItsLabelsSay() {
    owns("StatefulSet", "db", "Pod", "db-0");
    Entity stranger = pod("cart", "cart-5d4f8c7b9-x2x4z");
    Entity volume = new Entity("eu", "shop", "", "", "", "db-0");

    assertThat(owners.resolve(stranger)).isSameAs(stranger);
    assertThat(owners.resolve(volume)).isSameAs(volume);
    assertThat(owners.resolve(Entity.NONE)).isSameAs(Entity.NONE);
  }

  @Test
  void circlesOfOwnersAreNotTaken() {
    owns("Job", "b", "Job", "a");
    owns("Job", "c", "Job", "b");

    assertThat(owns("Job", "a", "Job", "c")).isEqualTo(LinkFate.CYCLIC);
    assertThat(owns("Job", "d", "Job", "d")).isEqualTo(LinkFate.CYCLIC);
    owns("Job", "a", "Pod", "a-x2x4z");
    assertThat(workloadOf(pod("a", "a-x2x4z"))).isEqualTo("c");
  }

  @Test
  void aCircleTooLongToBeNoticedEndsAndNamesNobody() {
    for (int i = 0; i < 9; i++) {
      owns("Job", "job-" + (i + 1) % 9, "Job", "job-" + i);
    }
    owns("Job", "job-0", "Pod", "work-x2x4z");

    assertThat(workloadOf(pod("work", "work-x2x4z"))).isEqualTo("work");
  }

  @Test
  void linksWithoutNamesAreNotKept() {
    assertThat(owns("ReplicaSet", "", "Pod", "a")).isEqualTo(LinkFate.NAMELESS);
    assertThat(owns("ReplicaSet", "b", "Pod", "")).isEqualTo(LinkFate.NAMELESS);
    assertThat(owners.size()).isZero();
  }

  @Test
  void whatIsToldOfNoMoreIsForgotten() {
    runs("db-0", "node-1", NOON);
    runs("db-1", "node-1", NOON + 2 * HOUR);

    assertThat(owners.expire(NOON + 7 * HOUR)).isEqualTo(1);
    assertThat(owners.resolve(pod("db", "db-0")).node()).isEmpty();
    assertThat(owners.resolve(pod("db", "db-1")).node()).isEqualTo("node-1");
    assertThat(owners.takeForgotten())
        .extracting(ObjectLink::key)
        .containsExactly("eu/shop/Pod/db-0/node");
    assertThat(owners.expire(Long.MIN_VALUE)).isZero();
  }

  @Test
  void aFloodOfPodsDisplacesTheOldestOfItsClusterOnly() {
    owners.learn(new ObjectLink(KubeObject.pod("us", "shop", "db-0"), "StatefulSet", "db", NOON));
    for (int i = 0; i < 30; i++) {
      LinkFate fate = runs("flood-" + i, "node-1", NOON + 10 + i);
      assertThat(fate).isEqualTo(i < 10 ? LinkFate.NEW : LinkFate.DISPLACING);
    }
    assertThat(runs("late-0", "node-1", NOON)).isEqualTo(LinkFate.OLD);
    assertThat(owners.size()).isEqualTo(11);
    assertThat(owners.takeForgotten()).hasSize(21);
    assertThat(owners.resolve(pod("flood", "flood-29")).node()).isEqualTo("node-1");
    assertThat(owners.resolve(pod("flood", "flood-0")).node()).isEmpty();
  }

  @Test
  void aFloodOfClustersIsBoundedAsWell() {
    for (int i = 0; i < 300; i++) {
      KubeObject pod = KubeObject.pod("cluster-" + i, "shop", "db-0");
      owners.learn(new ObjectLink(pod, KubeObject.NODE, "node-1", NOON + i));
    }
    assertThat(owners.size()).isEqualTo(100);
  }

  @Test
  void theOrderInWhichLinksAreToldDoesNotMatter() {
    List<ObjectLink> links = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      KubeObject set = new KubeObject("eu", "shop", "ReplicaSet", "set-" + i);
      links.add(new ObjectLink(set, "Deployment", "app-" + i % 2, NOON + i));
      links.add(new ObjectLink(podObject("pod-" + i), "ReplicaSet", "set-" + i, NOON));
      links.add(new ObjectLink(podObject("pod-0"), KubeObject.NODE, "node-" + i, NOON + i));
    }
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(links, new Random(seed));
      Owners shuffled = new Owners(OwnerSettings.DEFAULTS);
      links.forEach(shuffled::learn);
      assertThat(shuffled.resolve(pod("pod", "pod-0")))
          .isEqualTo(new Entity("eu", "shop", "app-0", "", "node-3", "pod-0"));
      assertThat(shuffled.resolve(pod("pod", "pod-3")).workload()).isEqualTo("app-1");
    }
  }

  private LinkFate owns(String ownerKind, String owner, String kind, String name) {
    KubeObject object = new KubeObject("eu", "shop", kind, name);
    return owners.learn(new ObjectLink(object, ownerKind, owner, NOON));
  }

  private LinkFate runs(String pod, String node, long time) {
    return owners.learn(new ObjectLink(podObject(pod), KubeObject.NODE, node, time));
  }

  private static KubeObject podObject(String name) {
    return KubeObject.pod("eu", "shop", name);
  }

  private static Entity pod(String suggested, String name) {
    return new Entity("eu", "shop", suggested, "", "", name);
  }

  private String workloadOf(Entity entity) {
    return owners.resolve(entity).workload();
  }
}
