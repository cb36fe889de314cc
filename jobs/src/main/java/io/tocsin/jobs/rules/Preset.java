// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import java.util.Locale;

/** Rules that come with Tocsin, one file for each exporter or convention. */
public enum Preset {
  /** Before those that speak of every histogram: its latencies are in milliseconds. */
  LINKERD,
  HTTP_RED,
  KUBE_STATE_METRICS,
  CADVISOR,
  NODE_EXPORTER,
  JVM,
  KAFKA,
  PROMETHEUS,
  /** Units and names that mean the same everywhere; always asked last. */
  GENERAL;

  String resource() {
    return "/presets/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml";
  }
}
