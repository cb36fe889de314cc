// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import static io.tocsin.connectors.alertmanager.Alerts.firing;
import static io.tocsin.connectors.alertmanager.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.alertmanager.FakeAlertmanager.Mood;
import io.tocsin.connectors.alertmanager.FakeAlertmanager.Received;
import io.tocsin.connectors.config.Secret;
import io.tocsin.models.incidents.Alert;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerDispatcherTest {
  private static final DispatchSettings SETTINGS =
      new DispatchSettings(
          Duration.ofMinutes(1),
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          1_000,
          256);

  private final SetClock clock = new SetClock();
  private final Counts counts = new Counts();
  private FakeAlertmanager one;
  private FakeAlertmanager two;
  private AlertmanagerDispatcher dispatcher;

  @BeforeEach
  void start() throws IOException {
    one = new FakeAlertmanager();
    two = new FakeAlertmanager();
    dispatcher = dispatcher(one.url(), two.url());
  }

  @AfterEach
  void stop() {
    dispatcher.close();
    one.close();
    two.close();
  }

  private AlertmanagerDispatcher dispatcher(String... urls) {
    List<AlertmanagerAddress> addresses = Arrays.stream(urls).map(AlertmanagerAddress::of).toList();
    return new AlertmanagerDispatcher(addresses, SETTINGS, counts, clock);
  }

  private void awaitNothingWaits() {
    await().until(() -> waiting(one) + waiting(two) == 0);
  }

  private int waiting(FakeAlertmanager alertmanager) {
    return dispatcher.waiting(URI.create(alertmanager.url()));
  }

  @Test
  void everyAlertmanagerGetsAChangeAtOnce() {
    dispatcher.offer(firing("a"));
    for (FakeAlertmanager each : List.of(one, two)) {
      await().until(() -> each.current().containsKey("a"));
      assertThat(each.current().get("a").endsAt())
          .isEqualTo(clock.instant().plus(Duration.ofMinutes(4)));
    }
    awaitNothingWaits();
    assertThat(counts.of(Outcome.DELIVERED)).isEqualTo(2);
  }

  @Test
  void whatFiresIsRepeatedWithALaterLease() {
    dispatcher.offer(firing("a"));
    for (int minute = 1; minute <= 3; minute++) {
      awaitNothingWaits();
      clock.advance(Duration.ofMinutes(1));
    }
    awaitNothingWaits();
    assertThat(one.received()).hasSize(4);
    assertThat(one.received()).extracting(Received::endsAt).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aResolvedAlertIsRepeatedWithItsOwnEnd() {
    long end = clock.millis() - 1_000;
    dispatcher.offer(firing("a"));
    awaitNothingWaits();
    dispatcher.offer(resolved("a", end));
    awaitNothingWaits();
    clock.advance(Duration.ofMinutes(1));
    awaitNothingWaits();
    assertThat(one.received()).hasSize(3);
    assertThat(one.received().subList(1, 3))
        .allSatisfy(each -> assertThat(each.endsAt().toEpochMilli()).isEqualTo(end));
  }

  @Test
  void oneThatIsDownDelaysNobodyAndGetsTheCurrentSetWhenItIsBack() throws IOException {
    int port = one.port();
    one.close();
    for (int i = 0; i < 200; i++) {
      dispatcher.offer(firing("a-" + i));
    }
    await().until(() -> two.current().size() == 200);
    for (int i = 0; i < 100; i++) {
      dispatcher.offer(resolved("a-" + i, clock.millis()));
    }
    await().until(() -> counts.of(Outcome.UNAVAILABLE) > 0);
    try (FakeAlertmanager back = new FakeAlertmanager(port)) {
      await()
          .until(
              () -> {
                clock.advance(Duration.ofMillis(100));
                return back.current().size() == 200;
              });
      assertThat(back.received()).hasSize(200);
      assertThat(back.current().values())
          .filteredOn(each -> !each.endsAt().isAfter(clock.instant()))
          .hasSize(100);
    }
  }

  @Test
  void oneThatHangsDelaysNobody() {
    one.mood(Mood.HANGING);
    for (int i = 0; i < 1_000; i++) {
      dispatcher.offer(firing("a-" + i));
    }
    await().until(() -> two.current().size() == 1_000);
    assertThat(one.received()).isEmpty();
    assertThat(waiting(one)).isEqualTo(1_000);
  }

  @Test
  void aHangingRequestIsGivenUpAndTriedAgain() {
    one.mood(Mood.HANGING);
    dispatcher.offer(firing("a"));
    await().until(() -> counts.of(Outcome.UNAVAILABLE) == 1);
    one.mood(Mood.WELL);
    recovers(one);
  }

  @Test
  void aFailureIsTriedAgain() {
    for (Mood mood : List.of(Mood.FAILING, Mood.LIMITING, Mood.DENYING)) {
      one.mood(mood);
      int before = one.requests();
      dispatcher.offer(firing("a", "while " + mood));
      await()
          .until(
              () -> {
                clock.advance(Duration.ofMillis(60));
                return one.requests() > before + 1;
              });
    }
    one.mood(Mood.WELL);
    recovers(one);
  }

  private void recovers(FakeAlertmanager alertmanager) {
    await()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(60));
              return alertmanager.current().containsKey("a");
            });
  }

  @Test
  void aPoisonedAlertIsRefusedOnceAndHoldsUpNoOther() {
    one.mood(Mood.HANGING);
    dispatcher.close();
    dispatcher = dispatcher(one.url());
    // The first request hangs, so that the others are in one batch after it.
    dispatcher.offer(firing("first"));
    await().until(() -> one.requests() == 1);
    for (int i = 0; i < 10; i++) {
      dispatcher.offer(firing("a-" + i));
    }
    dispatcher.offer(firing("poison"));
    one.mood(Mood.WELL);
    await()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(60));
              return one.current().size() == 11 && !counts.rejected.isEmpty();
            });
    assertThat(counts.rejected).containsExactly(firing("poison"));
    dispatcher.offer(firing("poison"));
    dispatcher.offer(firing("b"));
    await().until(() -> one.current().containsKey("b"));
    assertThat(counts.rejected).hasSize(1);
  }

  @Test
  void moreThanABatchGoesInSeveral() {
    one.mood(Mood.FAILING);
    for (int i = 0; i < 700; i++) {
      dispatcher.offer(firing("a-" + i));
    }
    one.mood(Mood.WELL);
    await()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(60));
              return one.current().size() == 700;
            });
    assertThat(one.received()).extracting(Received::batch).allMatch(size -> size <= 256);
  }

  @Test
  void credentialsAreSent() throws IOException {
    try (FakeAlertmanager alertmanager = new FakeAlertmanager();
        AlertmanagerDispatcher other =
            new AlertmanagerDispatcher(
                List.of(
                    new AlertmanagerAddress(
                        URI.create(alertmanager.url()), null, "jan", new Secret("pw"))),
                SETTINGS,
                counts,
                clock)) {
      other.offer(firing("a"));
      await().until(() -> !alertmanager.authorizations().isEmpty());
      assertThat(alertmanager.authorizations()).containsExactly("Basic amFuOnB3");
    }
  }

  @Test
  void tooManyAreCountedNotKept() {
    one.mood(Mood.HANGING);
    for (int i = 0; i < 1_010; i++) {
      dispatcher.offer(firing("a-" + i));
    }
    assertThat(counts.overflowed).hasValueGreaterThanOrEqualTo(10);
    assertThat(waiting(one)).isEqualTo(1_000);
  }

  private static final class Counts implements DispatchListener {
    private final Map<Outcome, AtomicInteger> sent = new ConcurrentHashMap<>();
    private final List<Alert> rejected = new CopyOnWriteArrayList<>();
    private final AtomicInteger overflowed = new AtomicInteger();

    int of(Outcome outcome) {
      return sent.computeIfAbsent(outcome, any -> new AtomicInteger()).get();
    }

    @Override
    public void sent(URI alertmanager, Outcome outcome, int alerts, Duration took) {
      sent.computeIfAbsent(outcome, any -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void rejected(URI alertmanager, Alert alert, String answer) {
      rejected.add(alert);
    }

    @Override
    public void overflowed(URI alertmanager, Alert alert) {
      overflowed.incrementAndGet();
    }
  }
}
