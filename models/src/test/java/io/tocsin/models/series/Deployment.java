// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The pods of a workload and what they measure, scrape by scrape: load with the rhythm of a day,
 * rare errors, latency, memory that fills slowly after a start, and the burst of CPU at a start.
 */
final class Deployment {
  static final long STEP = 30_000;
  private static final double DAY = 86_400_000;
  private static final double BURST_MILLIS = 110_000;
  private static final double FILL_MILLIS = 1_200_000;

  /** What is wrong with a pod. */
  enum Fault {
    NONE,
    ERRORS,
    SLOW
  }

  private final Shard shard;
  private final String namespace;
  private final Random random;
  private final List<Pod> pods = new ArrayList<>();
  private int revision;
  private int made;

  Deployment(Shard shard, String namespace, long seed) {
    this.shard = shard;
    this.namespace = namespace;
    this.random = new Random(seed);
  }

  final class Pod {
    final String name;
    final long started;
    Fault fault = Fault.NONE;
    private final double weight = 0.9 + 0.2 * random.nextDouble();
    private final double[] counted = new double[7];
    private final Shard.Series cpu;
    private final Shard.Series requests;
    private final Shard.Series errors;
    private final Shard.Series errorRatio;
    private final Shard.Series memory;
    private final Shard.Series threads;
    private final Shard.Series[] buckets;

    Pod(long started) {
      this.started = started;
      name = "shop-" + letters(revision, 9) + "-" + letters(made++, 5);
      cpu = series("container_cpu_usage_seconds_total", "image", "shop:" + revision);
      requests = series("http_requests_total", "code", "200");
      errors = series("http_requests_total", "code", "500");
      errorRatio = series("error_ratio", "instance", "10.0.0." + made + ":80");
      memory = series("container_memory_working_set_bytes", "uid", "u-" + made);
      threads = series("jvm_threads_current", "node", "node-" + made % 5);
      buckets =
          new Shard.Series[] {
            series("request_seconds_bucket", "le", "0.1"),
            series("request_seconds_bucket", "le", "0.25"),
            series("request_seconds_bucket", "le", "0.5"),
            series("request_seconds_bucket", "le", "5"),
            series("request_seconds_bucket", "le", "+Inf")
          };
    }

    private Shard.Series series(String metric, String label, String value) {
      return shard.series(Labels.NAME, metric, "namespace", namespace, "pod", name, label, value);
    }

    private void scrape(long time) {
      double seconds = STEP / 1000.0;
      double age = time - started;
      double ready = Math.min(1, age / 60_000);
      double load = weight * 40 * (1.2 + Math.sin(2 * Math.PI * time / DAY)) * ready;
      double served = count(load * seconds);
      double failed = count(served * (fault == Fault.ERRORS ? 0.3 : 0.001));
      double burst = age < BURST_MILLIS ? 8 : 1;
      cpu.sample(time, counted[0] += seconds * burst * noisy(0.02 + load / 300, 0.05));
      requests.sample(time, counted[1] += served - failed);
      errors.sample(time, counted[2] += failed);
      errorRatio.sample(time, served == 0 ? 0 : failed / served);
      memory.sample(time, noisy(8e8 - 5e8 * Math.exp(-age / FILL_MILLIS), 0.004));
      threads.sample(time, 40 + random.nextInt(4));
      double slow = fault == Fault.SLOW ? 0.3 : 0.01;
      double[] parts = {0.7 - slow, 0.25, 0.04, slow, 0};
      double all = 0;
      for (int i = 0; i < buckets.length; i++) {
        if (i < 4) {
          counted[3 + i] += count(served * parts[i]);
          all = i == 0 ? counted[3] : all + counted[3 + i];
        }
        buckets[i].sample(time, all);
      }
    }

    private void end(long time) {
      for (Shard.Series series :
          new Shard.Series[] {cpu, requests, errors, errorRatio, memory, threads}) {
        series.stale(time);
      }
      for (Shard.Series series : buckets) {
        series.stale(time);
      }
    }
  }

  /** Letters of which Kubernetes makes its suffixes. */
  private static String letters(int number, int length) {
    StringBuilder text = new StringBuilder();
    int left = number * 7919 + 17;
    for (int i = 0; i < length; i++) {
      text.append("bcdfghjklmnpqrstvwxz".charAt(Math.floorMod(left, 20)));
      left = left / 20 + 31 * i;
    }
    return text.toString();
  }

  private double noisy(double mean, double part) {
    return mean * (1 + part * random.nextGaussian());
  }

  /** Poisson by its normal approximation, and of few by chance. */
  private double count(double mean) {
    if (mean > 30) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    int count = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  List<Pod> pods() {
    return pods;
  }

  Pod start(long time) {
    Pod pod = new Pod(time);
    pods.add(pod);
    return pod;
  }

  /** What is started from now on is of a new revision. */
  void release() {
    revision++;
  }

  void stop(Pod pod, long time) {
    pod.end(time);
    pods.remove(pod);
  }

  void scrape(long time) {
    for (Pod pod : pods) {
      pod.scrape(time);
    }
  }
}
