// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.jobs.shop.Pod.PodOrigin;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated shop: what a Prometheus that scrapes all of it at once would have sent.
 *
 * <p>The same seed, times and faults give the same values. Counters grow from step to step, so time
 * must not go backwards. Not safe for use by several threads.
 */
public final class Shop {
  private final long seed;
  private final Demand demand;
  private final Schedule schedule;
  private final Dice dice = new Dice();
  private final List<Deployment> deployments = new ArrayList<>();
  private final NodeMeter[] nodes = new NodeMeter[Topology.NODES];
  private final SeriesGroup kubernetes =
      new SeriesGroup("namespace", Topology.NAMESPACE, "job", "kube-state-metrics");
  private final QueueMeter queue = new QueueMeter();
  private final ServiceGraph graph = new ServiceGraph();
  private final List<Series> ended = new ArrayList<>();
  private final Dice chanceOfLines = new Dice();
  private long time;

  /**
   * A shop as it stands at a time, before its first step.
   *
   * @param seed of everything that looks like chance
   * @param time event time in ms since the epoch
   */
  public Shop(long seed, long time) {
    this.seed = seed;
    this.time = time;
    demand = new Demand(seed);
    schedule = new Schedule(seed);
    for (Service service : Topology.services()) {
      deployments.add(new Deployment(service, kubernetes));
    }
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new NodeMeter(Pod.nodeName(i), Dice.mix(seed + i));
    }
  }

  /** A service's pods and how far its rollouts and restarts have come. */
  private static final class Deployment {
    final Service service;
    final DeploymentMeter meter;
    final Pod[] pods;
    final int[] generations;
    final int[] restarts;

    Deployment(Service service, SeriesGroup kubernetes) {
      this.service = service;
      meter = new DeploymentMeter(service, kubernetes);
      pods = new Pod[service.pods()];
      generations = new int[service.pods()];
      restarts = new int[service.pods()];
    }
  }

  /** Takes the values of the series. */
  @FunctionalInterface
  interface Sink {
    void accept(Series series);
  }

  /**
   * Moves on to a later time.
   *
   * @param faults all that have been, are, or are known to come
   */
  public void advance(long to, List<Fault> faults) {
    if (to <= time) {
      throw new IllegalArgumentException("the shop's time only goes forward");
    }
    Step step = new Step(to, (to - time) / 1000.0, faults, demand.at(to));
    ended.clear();
    for (Deployment deployment : deployments) {
      replacePods(deployment, step);
      measurePods(deployment, step);
    }
    for (int i = 0; i < nodes.length; i++) {
      dice.seed(seed, -1 - i, to);
      nodes[i].measure(step, dice);
    }
    dice.seed(seed, Long.MIN_VALUE, to);
    queue.measure(step, dice);
    dice.seed(seed, Long.MAX_VALUE, to);
    graph.measure(step, dice);
    time = to;
  }

  private void measurePods(Deployment deployment, Step step) {
    Service service = deployment.service;
    Condition condition = Condition.of(service, step);
    for (Pod pod : deployment.pods) {
      dice.seed(seed, pod.key(), step.time());
      double rate = condition.rate() * pod.weight() / service.pods();
      pod.measure(new Moment(step, service, condition, rate, pod.age(step.time()), dice));
      nodes[pod.node()].carry(pod.cores(), service.memory());
    }
  }

  private void replacePods(Deployment deployment, Step step) {
    int replaced = 0;
    for (int i = 0; i < deployment.pods.length; i++) {
      int generation = schedule.generation(deployment.service, i, step);
      int restarts = schedule.restarts(deployment.service, i, step);
      Pod pod = deployment.pods[i];
      boolean rollout = pod != null && generation != deployment.generations[i];
      replaced += rollout ? 1 : 0;
      if (pod == null || (rollout && !deployment.service.stateful())) {
        if (pod != null) {
          end(pod);
        }
        deployment.pods[i] = new Pod(deployment.service, i, generation, new PodOrigin(seed, time));
      } else if (rollout) {
        pod.replace(time);
      } else if (restarts != deployment.restarts[i]) {
        pod.restart(time);
      }
      deployment.generations[i] = generation;
      deployment.restarts[i] = restarts;
    }
    deployment.meter.measure(replaced, deployment.generations[0]);
  }

  private void end(Pod pod) {
    for (Series series : pod.series()) {
      series.value = Series.STALE;
      ended.add(series);
    }
  }

  /**
   * Writes what its pods log in a step that ends where it stands.
   *
   * @param seconds the length of the step
   */
  public void log(double seconds, List<Fault> faults, LogSender sender) {
    ShopLog log = new ShopLog(sender);
    Step step = new Step(time, seconds, faults, demand.at(time));
    for (Deployment deployment : deployments) {
      Service service = deployment.service;
      Condition condition = Condition.of(service, step);
      for (Pod pod : deployment.pods) {
        chanceOfLines.seed(seed, pod.key() + 1, time);
        double rate = condition.rate() * pod.weight() / service.pods();
        log.add(
            new Moment(step, service, condition, rate, pod.age(time), chanceOfLines),
            pod,
            chanceOfLines);
      }
    }
    log.send();
  }

  /** Where it stands, event time in ms since the epoch. */
  public long time() {
    return time;
  }

  /** Gives all series with their values, those that have just ended as stale. */
  void forEach(Sink sink) {
    for (Series series : ended) {
      sink.accept(series);
    }
    for (Deployment deployment : deployments) {
      for (Pod pod : deployment.pods) {
        pod.series().forEach(sink::accept);
      }
    }
    for (NodeMeter node : nodes) {
      node.group().all().forEach(sink::accept);
    }
    kubernetes.all().forEach(sink::accept);
    queue.group().all().forEach(sink::accept);
    graph.group().all().forEach(sink::accept);
  }
}
