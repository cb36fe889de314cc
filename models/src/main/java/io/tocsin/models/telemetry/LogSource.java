// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.nio.charset.StandardCharsets;

/**
 * Who wrote a log line. What the record does not name is the empty string.
 *
 * @param namespace the namespace
 * @param service the service as the record names it
 * @param pod the running copy
 * @param host the machine
 * @param hash of namespace and {@link #name}: what patterns are kept for, and what shards follow
 *     from; fixed for ever
 */
public record LogSource(String namespace, String service, String pod, String host, long hash) {
  private static final EntityRules RULES = new EntityRules(EntityLabels.DEFAULTS);

  /** A source of which nothing is known. */
  public static final LogSource NONE = of("", "", "", "");

  /** A source, with its hash. */
  public static LogSource of(String namespace, String service, String pod, String host) {
    return new LogSource(namespace, service, pod, host, hash(namespace, name(service, pod, host)));
  }

  /** The service, or the workload that the pod belongs to, or else the machine. */
  public String name() {
    return name(service, pod, host);
  }

  private static String name(String service, String pod, String host) {
    if (!service.isEmpty()) {
      return service;
    }
    return pod.isEmpty() ? host : PodName.owner(pod, host);
  }

  private static long hash(String namespace, String name) {
    return SeriesHash.finish(
        SeriesHash.label(SeriesHash.name("namespace"), value(namespace))
            + SeriesHash.label(SeriesHash.name("service"), value(name)));
  }

  private static long value(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return SeriesHash.ofValue(bytes, 0, bytes.length);
  }

  /** The labels that metrics of the same source have, so that findings of both meet. */
  public Labels labels() {
    return Labels.of("namespace", namespace, "service", service, "pod", pod, "node", host);
  }

  /** The entity that metrics of the same source are about. */
  public Entity entity() {
    return RULES.of(labels());
  }
}
