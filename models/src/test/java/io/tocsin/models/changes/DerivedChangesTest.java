// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.changes.ObjectFact.Kind;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedChangesTest {
  private static final long NOON = 1_780_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final Entity PAYMENTS = new Entity("", "shop", "payments", "", "", "payments-0");

  private WorkloadHistory history = WorkloadHistory.beginning(NOON - 24 * 60 * MINUTE);
  private final List<Change> changes = new ArrayList<>();

  @Test
  void aHigherGenerationIsARollout() {
    take(Kind.GENERATION, "", 6, 7, NOON);
    assertThat(changes).hasSize(1);
    Change change = changes.get(0);
    assertThat(change.title()).isEqualTo("payments, generation 7");
    assertThat(change.kind()).isEqualTo(Change.ROLLOUT);
    assertThat(change.time()).isEqualTo(NOON);
    assertThat(change.derived()).isTrue();
    assertThat(change.entity().instance()).isEmpty();
  }

  @Test
  void theImageThatFollowsIsTheSameChangeWithItsVersion() {
    take(Kind.GENERATION, "", 6, 7, NOON);
    take(Kind.IMAGE, "app=registry:5000/shop/payments:2.1.0", 0, 0, NOON + 2 * MINUTE);
    take(Kind.IMAGE, "app=registry:5000/shop/payments:2.1.0", 0, 0, NOON + 3 * MINUTE);
    assertThat(changes).extracting(Change::id).containsOnly(changes.get(0).id());
    assertThat(changes).hasSize(2);
    assertThat(changes.get(1).version()).isEqualTo("2.1.0");
    assertThat(changes.get(1).title()).isEqualTo("payments, image payments:2.1.0");
    assertThat(changes.get(1).time()).isEqualTo(NOON);
  }

  @Test
  void aNewImageAloneIsARolloutAndAnOldOneIsNone() {
    take(Kind.IMAGE, "app=payments:2.0", 0, 0, NOON - 90 * MINUTE);
    changes.clear();
    take(Kind.IMAGE, "app=payments:2.0", 0, 0, NOON - 30 * MINUTE);
    assertThat(changes).isEmpty();
    take(Kind.IMAGE, "app=payments:2.1", 0, 0, NOON);
    assertThat(changes).extracting(Change::version).containsExactly("2.1");
  }

  @Test
  void anotherNameOfWhatRunsIsNoRollout() {
    take(Kind.IMAGE, "app=docker.io/library/payments:2.0", 0, 0, NOON - 60 * MINUTE);
    take(Kind.IMAGE, "proxy=sha256:0a1b", 0, 0, NOON - 60 * MINUTE);
    changes.clear();
    take(Kind.IMAGE, "app=payments:2.0", 0, 0, NOON);
    take(Kind.IMAGE, "proxy=envoy:1.30", 0, 0, NOON);
    assertThat(changes).isEmpty();
    take(Kind.IMAGE, "proxy=envoy:1.31", 0, 0, NOON + MINUTE);
    assertThat(changes).extracting(Change::title).containsExactly("payments, image envoy:1.31");
  }

  @Test
  void aDigestIsTheVersionOnlyWhereThereIsNoTag() {
    take(Kind.IMAGE, "app=shop/payments:2.1@sha256:0a1b", 0, 0, NOON);
    take(Kind.IMAGE, "app=shop/payments@sha256:0a1b", 0, 0, NOON + 60 * MINUTE);
    take(Kind.IMAGE, "app=sha256:0a1b", 0, 0, NOON + 120 * MINUTE);
    take(Kind.IMAGE, "app=sha256:2c3d", 0, 0, NOON + 180 * MINUTE);
    assertThat(changes).extracting(Change::version).containsExactly("2.1", "0a1b", "0a1b", "2c3d");
    assertThat(changes.get(0).title()).isEqualTo("payments, image payments:2.1");
  }

  @Test
  void whatRunsWhenAWorkloadIsFirstSeenIsNoChange() {
    history = WorkloadHistory.beginning(NOON);
    take(Kind.IMAGE, "app=payments:2.0", 0, 0, NOON);
    take(Kind.IMAGE, "app=payments:2.1", 0, 0, NOON + MINUTE);
    assertThat(changes).isEmpty();
  }

  @Test
  void scalingIsNoRolloutInWhateverOrderItIsSeen() {
    take(Kind.GENERATION, "", 6, 7, NOON);
    take(Kind.REPLICAS, "", 3, 5, NOON);
    assertThat(changes).extracting(Change::id).containsOnly(changes.get(0).id());
    assertThat(changes.get(1).kind()).isEqualTo(Change.SCALING);
    assertThat(changes.get(1).title()).isEqualTo("payments, replicas 3 → 5");
    take(Kind.REPLICAS, "", 5, 3, NOON + 60 * MINUTE);
    take(Kind.GENERATION, "", 7, 8, NOON + 60 * MINUTE);
    assertThat(changes).hasSize(3);
    assertThat(changes.get(2).kind()).isEqualTo(Change.SCALING);
  }

  @Test
  void aCrashLoopIsToldNowAndThen() {
    for (int i = 0; i < 60; i++) {
      take(Kind.RESTARTS, "app", i, i + 1, NOON + i * MINUTE);
    }
    assertThat(changes).hasSize(6);
    assertThat(changes.get(0).kind()).isEqualTo(Change.RESTART);
    assertThat(changes.get(0).title()).isEqualTo("payments, container app");
  }

  @Test
  void whatFallsIsNoChange() {
    take(Kind.GENERATION, "", 7, 1, NOON);
    take(Kind.RESTARTS, "app", 7, 0, NOON);
    assertThat(changes).isEmpty();
  }

  @Test
  void theSameFactsGiveTheSameIds() {
    take(Kind.GENERATION, "", 6, 7, NOON);
    take(Kind.RESTARTS, "app", 6, 7, NOON + MINUTE);
    List<Change> first = List.copyOf(changes);
    changes.clear();
    history = WorkloadHistory.beginning(NOON - 24 * 60 * MINUTE);
    take(Kind.GENERATION, "", 6, 7, NOON);
    take(Kind.RESTARTS, "app", 6, 7, NOON + MINUTE);
    assertThat(changes).isEqualTo(first);
  }

  @Test
  void imagesWithoutEndAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      take(Kind.IMAGE, "app=payments:" + i, 0, 0, NOON + i);
    }
    assertThat(history.images()).hasSize(20);
  }

  private void take(Kind kind, String detail, double before, double after, long time) {
    DerivedChanges.Step step =
        DerivedChanges.take(history, new ObjectFact(kind, PAYMENTS, detail, before, after, time));
    history = step.history();
    if (step.change() != null) {
      changes.add(step.change());
    }
  }
}
