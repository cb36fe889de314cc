// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Tells from its labels whether a series of kube-state-metrics says who owns an object of
 * Kubernetes, or on which node a pod runs.
 */
public final class LinkRules {
  private static final String POD_OWNER = "kube_pod_owner";
  private static final String POD_INFO = "kube_pod_info";
  private static final String REPLICA_SET_OWNER = "kube_replicaset_owner";
  private static final String CONTROLLER_OWNER = "kube_replicationcontroller_owner";
  private static final String JOB_OWNER = "kube_job_owner";

  /** What older releases write for a label without a value. */
  private static final String NONE = "<none>";

  private final EntityRules entities;

  /**
   * @param entities of which cluster, namespace and pod a series is
   */
  public LinkRules(EntityRules entities) {
    this.entities = entities;
  }

  /** Whether the series of a metric may tell of links; to be asked before its labels are read. */
  public static boolean mayTell(String metric) {
    return switch (metric) {
      case POD_OWNER, POD_INFO, REPLICA_SET_OWNER, CONTROLLER_OWNER, JOB_OWNER -> true;
      default -> false;
    };
  }

  /**
   * What a series says; null when it does not tell: of a pod that is on no node yet, and of owners
   * that do not control.
   *
   * @param time when it was told of, event time in ms since the epoch
   */
  public @Nullable ObjectLink of(Labels series, long time) {
    Entity entity = entities.of(series);
    return switch (series.metric()) {
      case POD_INFO ->
          entity.node().isEmpty() || entity.node().equals(NONE)
              ? null
              : new ObjectLink(pod(entity), KubeObject.NODE, entity.node(), time);
      case POD_OWNER -> owned(pod(entity), series, time);
      case REPLICA_SET_OWNER ->
          owned(object(entity, KubeObject.REPLICA_SET, series.get("replicaset")), series, time);
      case CONTROLLER_OWNER ->
          owned(
              object(
                  entity, KubeObject.REPLICATION_CONTROLLER, series.get("replicationcontroller")),
              series,
              time);
      case JOB_OWNER -> owned(object(entity, KubeObject.JOB, series.get("job_name")), series, time);
      default -> null;
    };
  }

  private static KubeObject pod(Entity entity) {
    return KubeObject.pod(entity.cluster(), entity.namespace(), entity.instance());
  }

  private static KubeObject object(Entity entity, String kind, String name) {
    return new KubeObject(entity.cluster(), entity.namespace(), kind, name);
  }

  private static @Nullable ObjectLink owned(KubeObject object, Labels series, long time) {
    String kind = known(series.get("owner_kind"));
    String name = known(series.get("owner_name"));
    boolean owner = !kind.isEmpty() || !name.isEmpty();
    return owner && series.get("owner_is_controller").equals("false")
        ? null
        : new ObjectLink(object, kind, name, time);
  }

  private static String known(String value) {
    return value.equals(NONE) ? "" : value;
  }
}
