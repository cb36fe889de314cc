// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Gathers the lines of all pods of a step and sends them in the order of their times. */
final class ShopLog {
  /** How long a shipper takes, in ms. */
  private static final long SHIPPING = 400;

  private final LogSender sender;
  private final List<Written> written = new ArrayList<>();

  private record Written(String pod, String json, long time) {}

  ShopLog(LogSender sender) {
    this.sender = sender;
  }

  /** Takes what a pod writes within a step. */
  void add(Moment now, Pod pod, Dice dice) {
    String service = now.service().name();
    long begin = now.time() - Math.round(1000 * now.seconds());
    PodLog.Lines lines =
        (at, error, text) -> {
          long time = begin + (long) (at * 1000 * now.seconds());
          written.add(new Written(pod.name(), json(service, pod, time, error, text), time));
        };
    new PodLog(now, dice, lines).write();
  }

  /** As Fluent Bit's Kafka output writes it. */
  private static String json(String service, Pod pod, long time, boolean error, String text) {
    return String.format(
        Locale.ROOT,
        "{\"@timestamp\":%d.%03d,\"stream\":\"%s\",\"log\":\"%s\",\"kubernetes\":{"
            + "\"namespace_name\":\"%s\",\"pod_name\":\"%s\",\"container_name\":\"%s\","
            + "\"host\":\"%s\",\"labels\":{\"app\":\"%s\"}}}",
        time / 1000,
        time % 1000,
        error ? "stderr" : "stdout",
        text.replace("\n", "\\n").replace("\t", "\\t"),
        Topology.NAMESPACE,
        pod.name(),
        service,
        Pod.nodeName(pod.node()),
        service);
  }

  /** Sends what was written. */
  void send() {
    written.sort(Comparator.comparingLong(Written::time).thenComparing(Written::pod));
    written.forEach(each -> sender.send(each.pod(), each.json(), each.time() + SHIPPING));
    written.clear();
  }
}
