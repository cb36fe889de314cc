// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Bodies like those of a Prometheus that scrapes a Kubernetes cluster: series in the order of their
 * targets and families, about seven labels each, one sample per series, every fourth value 0.
 */
public final class RealisticBodies {
  private static final String[] SERVICES = {
    "cart", "checkout", "catalogue", "payment", "shipping", "search", "frontend", "mail"
  };
  private static final String[] PATHS = {
    "/", "/api/v1/items", "/api/v1/items/{id}", "/api/v1/cart", "/healthz", "/api/v1/orders"
  };
  private static final String[] BOUNDS = {
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"
  };

  private final Random random;
  private final List<Labels> series = new ArrayList<>();

  private RealisticBodies(long seed) {
    random = new Random(seed);
  }

  /** The label sets of this many series, in the order in which they are scraped. */
  public static List<Labels> series(int count, long seed) {
    RealisticBodies bodies = new RealisticBodies(seed);
    while (bodies.series.size() < count) {
      bodies.target();
    }
    return List.copyOf(bodies.series.subList(0, count));
  }

  /** The same series in an order that has nothing to do with how they are scraped. */
  static List<Labels> shuffled(List<Labels> series, long seed) {
    List<Labels> shuffled = new ArrayList<>(series);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /** An uncompressed body with one sample of each series. */
  public static byte[] body(List<Labels> series, Protocol protocol, long seed) {
    Random random = new Random(seed);
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    long time = 1_700_000_000_000L;
    for (Labels labels : series) {
      double value =
          random.nextInt(4) == 0
              ? 0
              : random.nextInt(3) == 0 ? random.nextInt(10_000) : random.nextDouble();
      encoder.sample(RemoteWriteEncoder.encodeLabels(labels), time + random.nextInt(15_000), value);
    }
    return encoder.finishPlain();
  }

  private void target() {
    String service = SERVICES[random.nextInt(SERVICES.length)];
    String pod =
        service
            + "-"
            + Integer.toHexString(random.nextInt())
            + "-"
            + Integer.toString(random.nextInt(1 << 24), 36);
    String instance = "10.42." + random.nextInt(256) + "." + random.nextInt(256) + ":8080";
    String[] target = {
      "instance", instance, "job", "shop/" + service, "namespace", "shop", "pod", pod
    };
    for (String path : PATHS) {
      for (String code : new String[] {"200", "404", "500"}) {
        add(target, "http_requests_total", "code", code, "method", "GET", "path", path);
      }
      for (String bound : BOUNDS) {
        add(
            target,
            "http_request_duration_seconds_bucket",
            "le",
            bound,
            "method",
            "GET",
            "path",
            path);
      }
      add(target, "http_request_duration_seconds_sum", "method", "GET", "path", path);
      add(target, "http_request_duration_seconds_count", "method", "GET", "path", path);
    }
    for (String name :
        new String[] {
          "container_cpu_usage_seconds_total",
          "container_memory_working_set_bytes",
          "container_network_receive_bytes_total"
        }) {
      add(
          target,
          name,
          "container",
          service,
          "image",
          "registry.example/shop/" + service + ":1.4.2",
          "node",
          "node-" + random.nextInt(20));
    }
    for (String area : new String[] {"heap", "nonheap"}) {
      add(target, "jvm_memory_bytes_used", "area", area);
      add(target, "jvm_memory_bytes_committed", "area", area);
    }
    for (String state :
        new String[] {"RUNNABLE", "BLOCKED", "WAITING", "TIMED_WAITING", "NEW", "TERMINATED"}) {
      add(target, "jvm_threads_state", "state", state);
    }
    add(target, "process_cpu_seconds_total");
    add(target, "process_resident_memory_bytes");
    add(target, "up");
  }

  private void add(String[] target, String name, String... more) {
    String[] pairs = new String[target.length + more.length + 2];
    System.arraycopy(target, 0, pairs, 0, target.length);
    System.arraycopy(more, 0, pairs, target.length, more.length);
    pairs[pairs.length - 2] = Labels.NAME;
    pairs[pairs.length - 1] = name;
    series.add(Labels.of(pairs));
  }
}
