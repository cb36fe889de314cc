// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Counters of services with the same load, scrape by scrape: as text from which Prometheus makes
 * its blocks, then as bodies of remote write, with the labels that this Prometheus adds.
 */
final class Storefront {
  static final long STEP_MILLIS = 15_000;
  static final String CLUSTER = "eu";

  private static final double REQUESTS = 1500;
  private static final List<String> CODES = List.of("200", "500");

  private final List<String> services;
  private final Random random = new Random(3);
  private final Map<String, double[]> totals = new TreeMap<>();
  private long time;

  /** One before its first scrape, which is a step after a time in ms since the epoch. */
  Storefront(long time, List<String> services) {
    this.time = time;
    this.services = List.copyOf(services);
    services.forEach(service -> totals.put(service, new double[CODES.size()]));
  }

  /** Time of the last scrape, ms since the epoch. */
  long time() {
    return time;
  }

  /**
   * Scrapes until a time, in the format of OpenMetrics.
   *
   * @param brokenFrom number of the first scrape of a fault of all services
   * @param brokenUntil number of the scrape after its last
   */
  String history(long until, int brokenFrom, int brokenUntil) {
    Map<String, StringBuilder> series = new TreeMap<>();
    for (int scrape = 0; time + STEP_MILLIS <= until; scrape++) {
      advance(scrape >= brokenFrom && scrape < brokenUntil);
      totals.forEach(
          (service, total) -> {
            for (int code = 0; code < total.length; code++) {
              String name =
                  "http_requests_total{namespace=\"shop\",service=\"%s\",code=\"%s\"}"
                      .formatted(service, CODES.get(code));
              String line =
                  String.format(Locale.ROOT, "%s %.0f %.3f%n", name, total[code], time / 1e3);
              series.computeIfAbsent(name, any -> new StringBuilder()).append(line);
            }
          });
    }
    return "# TYPE http_requests counter\n" + String.join("", series.values()) + "# EOF\n";
  }

  /** The next scrape as a body of remote write. */
  byte[] live(boolean broken) {
    advance(broken);
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    totals.forEach(
        (service, total) -> {
          for (int code = 0; code < total.length; code++) {
            Labels labels =
                Labels.of(
                    Labels.NAME,
                    "http_requests_total",
                    "namespace",
                    "shop",
                    "service",
                    service,
                    "code",
                    CODES.get(code),
                    "cluster",
                    CLUSTER);
            encoder.sample(RemoteWriteEncoder.encodeLabels(labels), time, total[code]);
          }
        });
    return encoder.finish();
  }

  private void advance(boolean broken) {
    time += STEP_MILLIS;
    for (String service : new ArrayList<>(services)) {
      double requests = Math.rint(REQUESTS + 60 * random.nextGaussian());
      double errors = broken ? Math.rint(0.4 * requests) : 0;
      totals.get(service)[0] += requests - errors;
      totals.get(service)[1] += errors;
    }
  }
}
