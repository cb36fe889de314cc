// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.telemetry.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class ShopTest {
  /** A Wednesday, 14:00 UTC. */
  private static final long START = 1_762_956_000_000L;

  private static final long STEP = 15_000;
  private static final long STALE_BITS = 0x7ff0000000000002L;

  @Test
  void theSameSeedGivesTheSameValues() {
    assertThat(bits(play(7, 50))).isEqualTo(bits(play(7, 50)));
    assertThat(bits(play(7, 50))).isNotEqualTo(bits(play(8, 50)));
  }

  @Test
  void twoThousandSeriesAndSomeAreAllDifferent() {
    Set<Labels> labels = new HashSet<>();
    int[] count = {0};

    play(1, 1)
        .forEach(
            series -> {
              labels.add(series.labels);
              count[0]++;
            });

    assertThat(labels).hasSize(count[0]).hasSizeBetween(2_000, 2_600);
    assertThat(labels).extracting(one -> one.get("namespace")).contains("shop");
  }

  @Test
  void countersOnlyFallWhenTheirProcessBeginsAnew() {
    Shop shop = new Shop(3, START);
    Map<Labels, Double> last = new HashMap<>();
    Map<String, Long> falls = new TreeMap<>();
    for (int i = 1; i <= 670; i++) {
      shop.advance(START + i * 1_800_000L, List.of());
      shop.forEach(
          series -> {
            if (isCounter(series.labels.metric())) {
              Double before = last.put(series.labels, series.value);
              if (before != null && series.value < before) {
                falls.merge(series.labels.get("pod"), 1L, Long::sum);
              }
            }
          });
    }
    // Two weeks in which each container dies about once: all its counters fall together.
    assertThat(falls).hasSizeBetween(20, 80);
    assertThat(falls.values()).allMatch(count -> count > 4);
  }

  private static boolean isCounter(String metric) {
    return metric.endsWith("_total") || metric.endsWith("_count") || metric.endsWith("_bucket");
  }

  @Test
  void bucketsGrowWithTheirBoundAndEndAtTheCount() {
    Map<String, TreeMap<Double, Double>> buckets = new HashMap<>();
    Map<String, Double> counts = new HashMap<>();
    Map<String, Double> requests = new HashMap<>();

    play(2, 40)
        .forEach(
            series -> {
              String pod = series.labels.get("pod");
              switch (series.labels.metric()) {
                case "http_request_duration_seconds_bucket" ->
                    buckets
                        .computeIfAbsent(pod, any -> new TreeMap<>())
                        .put(bound(series.labels.get("le")), series.value);
                case "http_request_duration_seconds_count" -> counts.put(pod, series.value);
                case "http_requests_total" -> requests.merge(pod, series.value, Double::sum);
                default -> {}
              }
            });

    assertThat(buckets).hasSizeGreaterThan(25);
    buckets.forEach(
        (pod, bounds) -> {
          assertThat(List.copyOf(bounds.values())).isSorted();
          assertThat(bounds.lastEntry().getValue())
              .isEqualTo(counts.get(pod))
              .isEqualTo(requests.get(pod));
        });
  }

  private static double bound(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  @Test
  void aRolloutEndsThePodsSeriesWithAStaleMarker() {
    Shop shop = play(5, 10);
    Fault deploy = new Fault("ads", FaultKind.BAD_DEPLOY, shop.time() + 1, Long.MAX_VALUE);

    shop.advance(shop.time() + STEP, List.of(deploy));

    Set<String> ended = new HashSet<>();
    Set<String> live = new HashSet<>();
    shop.forEach(
        series -> {
          boolean stale = Double.doubleToRawLongBits(series.value) == STALE_BITS;
          // Of a pod, or of the ReplicaSet that owns it.
          (stale ? ended : live).add(series.labels.get("pod") + series.labels.get("replicaset"));
        });
    String replicaSet = "ads-[a-z0-9]{9}";
    String pod = replicaSet + "-[a-z0-9]{5}";
    assertThat(ended).hasSize(4).allMatch(each -> each.matches(replicaSet + "|" + pod));
    assertThat(live).doesNotContainAnyElementsOf(ended);
    assertThat(live).filteredOn(each -> each.matches(pod)).hasSize(3);
    assertThat(live).filteredOn(each -> each.matches(replicaSet)).hasSize(1);
  }

  @Test
  void podsOfAStatefulSetKeepTheirNamesInARollout() {
    Shop shop = play(5, 10);
    Set<String> before = podsOfPayments(shop);
    Fault deploy = new Fault("payments", FaultKind.BAD_DEPLOY, shop.time() + 1, Long.MAX_VALUE);

    shop.advance(shop.time() + STEP, List.of(deploy));

    assertThat(podsOfPayments(shop))
        .isEqualTo(before)
        .containsExactlyInAnyOrder("payments-0", "payments-1", "payments-2");
    shop.forEach(
        series -> assertThat(Double.doubleToRawLongBits(series.value)).isNotEqualTo(STALE_BITS));
  }

  private static Set<String> podsOfPayments(Shop shop) {
    Set<String> pods = new HashSet<>();
    shop.forEach(series -> pods.add(series.labels.get("pod")));
    pods.removeIf(pod -> !pod.startsWith("payments-"));
    return pods;
  }

  @Test
  void nightsAreQuieterThanEveningsAndWeekEndsBusier() {
    Demand demand = new Demand(1);
    long day = 24 * 3_600_000L;
    long midnight = START - 14 * 3_600_000L;

    assertThat(demand.at(midnight + 19 * 3_600_000L))
        .isGreaterThan(2 * demand.at(midnight + 5 * 3_600_000L));
    assertThat(demand.at(START + 3 * day)).isGreaterThan(1.1 * demand.at(START + 2 * day));
  }

  @Test
  void timeDoesNotGoBackwards() {
    Shop shop = play(1, 1);

    assertThatThrownBy(() -> shop.advance(shop.time(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBadDeployIsFeltByThoseWhoCallTheServiceButLess() {
    double payments = errors("payments", FaultKind.BAD_DEPLOY, "payments");
    double checkout = errors("payments", FaultKind.BAD_DEPLOY, "checkout");
    double frontend = errors("payments", FaultKind.BAD_DEPLOY, "frontend");

    assertThat(payments).isBetween(0.25, 0.45);
    assertThat(checkout).isBetween(0.2, payments);
    assertThat(frontend).isBetween(0.015, 0.3 * checkout);
    assertThat(errors("payments", FaultKind.BAD_DEPLOY, "catalog")).isLessThan(0.005);
  }

  @Test
  void callersFeelAFaultLater() {
    Fault fault = new Fault("payments", FaultKind.BAD_DEPLOY, START, Long.MAX_VALUE);
    Step atOnce = new Step(START + 2_000, 1, List.of(fault), 400);

    assertThat(Condition.errors(Topology.service("payments"), atOnce)).isGreaterThan(0.02);
    assertThat(Condition.errors(Topology.service("checkout"), atOnce)).isLessThan(0.002);
  }

  @Test
  void everyFaultMovesWhatItIsAbout() {
    assertThat(rise("catalog", FaultKind.SLOW_DATABASE, "hikaricp_connections_pending", "catalog"))
        .isGreaterThan(5);
    assertThat(
            rise(
                "catalog", FaultKind.SLOW_DATABASE, "http_request_duration_seconds_sum", "catalog"))
        .isGreaterThan(4);
    assertThat(rise("cart", FaultKind.CPU_HOG, "container_cpu_cfs_throttled_periods_total", "cart"))
        .isGreaterThan(20);
    assertThat(rise("cart", FaultKind.CPU_HOG, "container_cpu_usage_seconds_total", "cart"))
        .isGreaterThan(3);
    assertThat(rise("ads", FaultKind.MEMORY_LEAK, "container_memory_working_set_bytes", "ads"))
        .isBetween(1.6, 2.0);
    assertThat(rise("ads", FaultKind.MEMORY_LEAK, "jvm_gc_collection_seconds_sum", "ads"))
        .isGreaterThan(10);
    assertThat(
            rise(
                "currency",
                FaultKind.NETWORK_DELAY,
                "http_client_request_duration_seconds_sum",
                "frontend"))
        .isGreaterThan(3);
    assertThat(
            rise(
                "currency",
                FaultKind.NETWORK_DELAY,
                "http_request_duration_seconds_sum",
                "currency"))
        .isBetween(0.8, 1.2);
    assertThat(
            rise(
                "orders-worker", FaultKind.QUEUE_STALL, "kafka_consumergroup_lag", "orders-worker"))
        .isGreaterThan(50);
  }

  @Test
  void aFaultOfOneServiceLeavesTheChanceOfOthersAlone() {
    Fault fault = new Fault("ads", FaultKind.CPU_HOG, START, Long.MAX_VALUE);
    Predicate<Series> ofEmail = series -> series.labels.get("service").equals("email");

    assertThat(bits(play(4, 30, List.of(fault)), ofEmail))
        .isNotEmpty()
        .isEqualTo(bits(play(4, 30), ofEmail));
  }

  @Test
  void whenAFaultHasEndedAllIsAsBefore() {
    Fault fault = new Fault("payments", FaultKind.SLOW_DATABASE, START, START + 60_000);
    Step after = new Step(START + 120_000, 1, List.of(fault), 400);
    Step never = new Step(START + 120_000, 1, List.of(), 400);

    for (Service service : Topology.services()) {
      assertThat(Condition.of(service, after)).isEqualTo(Condition.of(service, never));
    }
  }

  private static double errors(String service, FaultKind kind, String of) {
    Fault fault = new Fault(service, kind, START, Long.MAX_VALUE);
    Step step = new Step(START + 120_000, 15, List.of(fault), 400);
    return Condition.errors(Topology.service(of), step);
  }

  /** By how much a metric of a service grows faster, or is higher, with a fault than without. */
  private static double rise(String service, FaultKind kind, String metric, String of) {
    Fault fault = new Fault(service, kind, START, Long.MAX_VALUE);
    Predicate<Series> about =
        series ->
            series.labels.metric().equals(metric)
                && (series.labels.get("service")
                        + series.labels.get("container")
                        + series.labels.get("consumergroup"))
                    .equals(of)
                && (kind != FaultKind.NETWORK_DELAY
                    || series.labels.get("target").isEmpty()
                    || series.labels.get("target").equals(service));
    return sum(play(6, 40, List.of(fault)), about) / (sum(play(6, 40), about) + 0.1);
  }

  private static double sum(Shop shop, Predicate<Series> which) {
    double[] sum = {0};
    shop.forEach(series -> sum[0] += which.test(series) ? series.value : 0);
    return sum[0];
  }

  private static Map<Labels, Long> bits(Shop shop) {
    return bits(shop, any -> true);
  }

  private static Map<Labels, Long> bits(Shop shop, Predicate<Series> which) {
    Map<Labels, Long> bits = new HashMap<>();
    shop.forEach(
        series -> {
          if (which.test(series)) {
            bits.put(series.labels, Double.doubleToRawLongBits(series.value));
          }
        });
    return bits;
  }

  private static Shop play(long seed, int steps) {
    return play(seed, steps, List.of());
  }

  private static Shop play(long seed, int steps, List<Fault> faults) {
    Shop shop = new Shop(seed, START);
    for (int i = 1; i <= steps; i++) {
      shop.advance(START + i * STEP, faults);
    }
    return shop;
  }
}
