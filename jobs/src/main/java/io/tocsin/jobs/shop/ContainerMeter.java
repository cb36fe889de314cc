// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What the container runtime and Kubernetes tell of a pod. */
final class ContainerMeter implements Meter {
  /** CPU limit of each pod, in cores. */
  static final double CPU_LIMIT = 2;

  private static final double PERIODS_PER_SECOND = 10;
  private static final long SLOW = 1_800_000;

  private final long key;
  private final Series cpu;
  private final Series periods;
  private final Series throttled;
  private final Series workingSet;
  private final Series rss;
  private final Series received;
  private final Series sent;
  private final Series dropped;
  private final Series written;
  private final Series restarts;
  private double cores;

  ContainerMeter(Service service, SeriesGroup pod, long key) {
    this.key = key;
    cpu = pod.add("container_cpu_usage_seconds_total");
    periods = pod.add("container_cpu_cfs_periods_total");
    throttled = pod.add("container_cpu_cfs_throttled_periods_total");
    workingSet = pod.add("container_memory_working_set_bytes");
    rss = pod.add("container_memory_rss");
    received = pod.add("container_network_receive_bytes_total");
    sent = pod.add("container_network_transmit_bytes_total");
    dropped = pod.add("container_network_transmit_packets_dropped_total");
    written = pod.add("container_fs_writes_bytes_total");
    restarts = pod.add("kube_pod_container_status_restarts_total");
    pod.add("kube_pod_status_ready", "condition", "true").value = 1;
    pod.add("kube_pod_container_resource_limits", "resource", "cpu", "unit", "core").value =
        CPU_LIMIT;
    pod.add("kube_pod_container_resource_limits", "resource", "memory", "unit", "byte").value =
        service.memoryLimit();
  }

  @Override
  public void measure(Moment now) {
    Impact own = now.condition().own();
    double work = now.rate() * (1 - own.stall()) * now.service().cpu() * own.cpu();
    cores = Math.min(CPU_LIMIT, now.noisy(0.02 + work + own.hog() * CPU_LIMIT, 0.04));
    cpu.value += cores * now.seconds();
    double all = PERIODS_PER_SECOND * now.seconds();
    periods.value += all;
    throttled.value += Math.min(all, now.dice().poisson(all * (0.002 + own.throttled())));
    measureMemory(now, own.leak());
    measureTraffic(now, own);
  }

  private void measureMemory(Moment now, double leak) {
    double usual = now.service().memory() * (1 + 0.06 * Dice.wander(key, now.time(), SLOW));
    double busy = 0.05 * now.service().memory() * now.step().demand() / Demand.MEAN;
    double free = Math.max(0, 0.97 * now.service().memoryLimit() - usual - busy);
    workingSet.value = Math.rint(now.noisy(usual + busy + leak * free, 0.004));
    rss.value = Math.rint(0.9 * workingSet.value);
  }

  private void measureTraffic(Moment now, Impact own) {
    double requests = now.rate() * now.seconds();
    received.value += Math.rint(now.noisy(900 * requests + 400 * now.seconds(), 0.05));
    sent.value += Math.rint(now.noisy(2_600 * requests + 700 * now.seconds(), 0.05));
    dropped.value += now.count(now.rate() * 4 * own.drops());
    written.value += Math.rint(now.noisy(180 * requests + 2_000 * now.seconds(), 0.1));
  }

  /** CPU that the pod used in the last step, in cores. */
  double cores() {
    return cores;
  }

  @Override
  public void restart() {
    for (Series counter :
        new Series[] {cpu, periods, throttled, received, sent, dropped, written}) {
      counter.value = 0;
    }
  }

  void countRestart() {
    restarts.value++;
  }
}
