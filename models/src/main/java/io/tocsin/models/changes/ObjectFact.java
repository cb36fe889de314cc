// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.changes;

import io.tocsin.models.telemetry.Entity;

/**
 * Something that kube-state-metrics has shown of a workload: a number of one of its objects that is
 * another than before, or the image of one of its containers.
 *
 * @param kind what of
 * @param workload whose, without the running copy
 * @param detail the container and its image, or the container that was restarted; else empty
 * @param before the number before; of an image 0
 * @param after the number now; of an image 0
 * @param time of the sample, or of an image when it was told of, event time in ms since the epoch
 */
public record ObjectFact(
    Kind kind, Entity workload, String detail, double before, double after, long time) {

  /** What can be shown. */
  public enum Kind {
    /** Nothing of this kind. */
    NONE,
    /** The generation of its object, which rises with each change of what is wanted. */
    GENERATION,
    /** How many copies are wanted. */
    REPLICAS,
    /** How often a container was restarted. */
    RESTARTS,
    /** The image of a container. */
    IMAGE;

    /** What the values of a metric show. */
    public static Kind of(String metric) {
      return switch (metric) {
        case "kube_deployment_metadata_generation",
            "kube_statefulset_metadata_generation",
            "kube_daemonset_metadata_generation" ->
            GENERATION;
        case "kube_deployment_spec_replicas", "kube_statefulset_replicas" -> REPLICAS;
        case "kube_pod_container_status_restarts_total" -> RESTARTS;
        default -> NONE;
      };
    }
  }

  /** The metric whose labels show a container's image. */
  public static final String IMAGES = "kube_pod_container_info";

  public ObjectFact {
    workload = workload.withoutInstance();
  }
}
