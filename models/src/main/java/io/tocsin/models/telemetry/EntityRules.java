// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import io.tocsin.models.telemetry.EntityReader.Found;
import io.tocsin.models.telemetry.EntityReader.Part;
import java.util.List;
import java.util.Set;

/**
 * Tells what a series is about from its labels.
 *
 * <p>As a rule that is the scraped target. The series of kube-state-metrics, cAdvisor,
 * node_exporter, service meshes, proxies and consumer-lag exporters are about something else: the
 * labelled pod, machine or service, never the exporter.
 */
public final class EntityRules {
  /** Labels with the name of an owner that was itself made by an owner. */
  private static final Set<String> HASHED = Set.of("replicaset", "job_name", "owner_name");

  private final EntityReader general;
  private final List<View> views;
  private final View machines;

  private record View(EntityView view, EntityReader reader) {
    static View of(EntityView view) {
      return new View(view, new EntityReader(view.labels(), true));
    }

    boolean fits(String metric) {
      for (String beginning : view.metrics()) {
        if (metric.startsWith(beginning)) {
          return true;
        }
      }
      return false;
    }
  }

  public EntityRules(EntityLabels labels) {
    general = new EntityReader(labels, false);
    machines = View.of(EntityView.machines(labels.cluster()));
    views = EntityView.others(labels.cluster()).stream().map(View::of).toList();
  }

  /** What the series is about. */
  public Entity of(Labels series) {
    String metric = series.metric();
    if (!isRecorded(metric) && !metric.startsWith(EntityView.OF_THE_EXPORTER)) {
      for (View view : views) {
        if (view.fits(metric)) {
          return subject(view, series);
        }
      }
      if (machines.fits(metric) || isMachineJob(series.get("job"))) {
        return subject(machines, series);
      }
    }
    return target(series);
  }

  /** The names of recording rules have colons; their labels are what they were summed by. */
  private static boolean isRecorded(String metric) {
    return metric.indexOf(':') >= 0 && !metric.endsWith(NamingRules.P95);
  }

  private static boolean isMachineJob(String job) {
    return EntityView.MACHINE_JOBS.contains(job.substring(job.lastIndexOf('/') + 1));
  }

  private static Entity subject(View view, Labels series) {
    Found found = view.reader().read(series);
    Entity entity = entity(found);
    return view.view().podsOnly() && found.get(Part.POD).isEmpty()
        ? new Entity(entity.cluster(), "", "", entity.service(), entity.node(), entity.instance())
        : entity;
  }

  /** The target itself; its job is the service where nothing else names it. */
  private Entity target(Labels series) {
    Found found = general.read(series);
    Entity entity = entity(found);
    String job = series.get("job");
    if (job.isEmpty() || !entity.service().isEmpty() || !entity.workload().isEmpty()) {
      return entity;
    }
    // OpenTelemetry writes namespace/name.
    int slash = entity.namespace().isEmpty() ? job.lastIndexOf('/') : -1;
    return new Entity(
        entity.cluster(),
        slash > 0 ? job.substring(0, slash) : entity.namespace(),
        "",
        job.substring(slash + 1),
        entity.node(),
        entity.instance());
  }

  private static Entity entity(Found found) {
    String pod = found.get(Part.POD);
    String node = found.get(Part.NODE);
    if (found.labelOf(Part.NODE).equals("instance")) {
      node = host(node);
    }
    return new Entity(
        found.get(Part.CLUSTER),
        found.get(Part.NAMESPACE),
        workload(found, pod, node),
        found.get(Part.SERVICE),
        node,
        pod.isEmpty() ? found.get(Part.INSTANCE) : pod);
  }

  private static String workload(Found found, String pod, String node) {
    String named = found.get(Part.WORKLOAD);
    if (named.isEmpty()) {
      return pod.isEmpty() ? "" : PodName.owner(pod, node);
    }
    return HASHED.contains(found.labelOf(Part.WORKLOAD)) ? PodName.withoutHash(named) : named;
  }

  /** The host of {@code host:port}, {@code [v6]:port} or a host alone. */
  private static String host(String instance) {
    if (instance.startsWith("[")) {
      int bracket = instance.indexOf(']');
      return bracket < 0 ? instance : instance.substring(1, bracket);
    }
    int colon = instance.indexOf(':');
    return colon >= 0 && colon == instance.lastIndexOf(':')
        ? instance.substring(0, colon)
        : instance;
  }
}
