// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What a machine's exporter tells. */
final class NodeMeter {
  private static final int CPUS = 4;
  private static final double GB = 1 << 30;
  private static final double MEMORY = 16 * GB;
  private static final double DISK = 200 * GB;
  private static final long SLOW = 3_600_000;

  private final long key;
  private final SeriesGroup group;
  private final Series[] user = new Series[CPUS];
  private final Series[] system = new Series[CPUS];
  private final Series[] waiting = new Series[CPUS];
  private final Series[] idle = new Series[CPUS];
  private final Series load;
  private final Series available;
  private final Series disk;
  private final Series received;
  private final Series sent;
  private final Series free;
  private double cores;
  private double memory;

  NodeMeter(String node, long key) {
    this.key = key;
    group = new SeriesGroup("node", node, "job", "node");
    for (int i = 0; i < CPUS; i++) {
      SeriesGroup cpu = group.with("cpu", Integer.toString(i));
      user[i] = cpu.add("node_cpu_seconds_total", "mode", "user");
      system[i] = cpu.add("node_cpu_seconds_total", "mode", "system");
      waiting[i] = cpu.add("node_cpu_seconds_total", "mode", "iowait");
      idle[i] = cpu.add("node_cpu_seconds_total", "mode", "idle");
    }
    load = group.add("node_load1");
    available = group.add("node_memory_MemAvailable_bytes");
    group.add("node_memory_MemTotal_bytes").value = MEMORY;
    disk = group.add("node_disk_io_time_seconds_total", "device", "sda");
    received = group.add("node_network_receive_bytes_total", "device", "eth0");
    sent = group.add("node_network_transmit_bytes_total", "device", "eth0");
    free = group.add("node_filesystem_avail_bytes", "mountpoint", "/");
    group.add("node_filesystem_size_bytes", "mountpoint", "/").value = DISK;
  }

  SeriesGroup group() {
    return group;
  }

  /** Adds the load of a pod that runs here, for the next measurement. */
  void carry(double podCores, double podMemory) {
    cores += podCores;
    memory += podMemory;
  }

  /** Measures a step with the load it carried. */
  void measure(Step step, Dice dice) {
    double seconds = step.seconds();
    for (int i = 0; i < CPUS; i++) {
      double busy = Math.min(0.98, Math.max(0, (cores / CPUS) * (1 + 0.05 * dice.normal()) + 0.03));
      double io = Math.min(1 - busy, 0.006 * (1 + 0.3 * dice.normal()));
      user[i].value += 0.8 * busy * seconds;
      system[i].value += 0.2 * busy * seconds;
      waiting[i].value += io * seconds;
      idle[i].value += (1 - busy - io) * seconds;
    }
    load.value = Math.max(0, (cores + 0.3) * (1 + 0.08 * dice.normal()));
    available.value = Math.rint(MEMORY - 2 * GB - memory * (1 + 0.002 * dice.normal()));
    disk.value += seconds * 0.02 * (1 + 0.1 * dice.normal());
    received.value += Math.rint(seconds * cores * 90_000 * (1 + 0.05 * dice.normal()));
    sent.value += Math.rint(seconds * cores * 250_000 * (1 + 0.05 * dice.normal()));
    // Logs fill it for a day and a half, then are taken away.
    double filled = Math.floorMod(step.time() + (key & 0xffff) * 1000, 36 * SLOW) / (36.0 * SLOW);
    free.value = Math.rint(DISK * (0.62 - 0.05 * filled));
    cores = 0;
    memory = 0;
  }
}
