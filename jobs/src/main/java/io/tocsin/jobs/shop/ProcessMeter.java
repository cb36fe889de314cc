// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What a pod's process tells of its runtime: a JVM's heap and collections, or Go's. */
final class ProcessMeter implements Meter {
  private final Series heap;
  private final Series collections;
  private final Series collecting;
  private final Series threads;
  private final Series files;
  private final Series cpu;
  private final Series start;
  private final boolean java;

  ProcessMeter(Service service, SeriesGroup pod) {
    java = service.java();
    if (java) {
      SeriesGroup area = pod.with("area", "heap");
      heap = area.add("jvm_memory_used_bytes");
      area.add("jvm_memory_max_bytes").value = heapLimit(service);
      SeriesGroup collector = pod.with("gc", "G1 Young Generation");
      collections = collector.add("jvm_gc_collection_seconds_count");
      collecting = collector.add("jvm_gc_collection_seconds_sum");
      threads = pod.add("jvm_threads_current");
    } else {
      heap = pod.add("go_memstats_heap_alloc_bytes");
      collections = pod.add("go_gc_duration_seconds_count");
      collecting = pod.add("go_gc_duration_seconds_sum");
      threads = pod.add("go_goroutines");
    }
    files = pod.add("process_open_fds");
    cpu = pod.add("process_cpu_seconds_total");
    start = pod.add("process_start_time_seconds");
  }

  private static double heapLimit(Service service) {
    return 1.4 * service.memory();
  }

  @Override
  public void measure(Moment now) {
    double leak = now.condition().own().leak();
    double limit = heapLimit(now.service());
    double live = limit * (0.25 + 0.72 * leak);
    heap.value = Math.rint(live + (limit - live) * 0.6 * now.dice().uniform());
    // The less is free, the more often it is collected, and the longer that takes.
    double pressure = Math.min(30, 1 / Math.max(0.03, 1 - leak));
    double runs = now.count((0.05 + 0.004 * now.rate()) * pressure);
    collections.value += runs;
    collecting.value += now.noisy(runs * (java ? 0.012 : 0.0008) * pressure, 0.2);
    double open = now.rate() * now.condition().latency();
    threads.value = Math.rint(now.noisy((java ? 48 : 22) + open, 0.03));
    files.value = Math.rint(now.noisy(60 + open, 0.03));
    double work = now.rate() * now.service().cpu() * now.condition().own().cpu();
    cpu.value += now.noisy((0.015 + work) * now.seconds(), 0.04);
    start.value = Math.rint(now.time() / 1000.0 - now.age());
  }

  @Override
  public void restart() {
    collections.value = 0;
    collecting.value = 0;
    cpu.value = 0;
  }
}
