// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What Kubernetes tells of a service's Deployment or StatefulSet. */
final class DeploymentMeter {
  private final Series available;
  private final Series generation;
  private final Service service;

  DeploymentMeter(Service service, SeriesGroup shop) {
    this.service = service;
    if (service.stateful()) {
      SeriesGroup group = shop.with("statefulset", service.name());
      group.add("kube_statefulset_replicas").value = service.pods();
      available = group.add("kube_statefulset_status_replicas_ready");
      generation = group.add("kube_statefulset_metadata_generation");
    } else {
      SeriesGroup group = shop.with("deployment", service.name());
      group.add("kube_deployment_spec_replicas").value = service.pods();
      available = group.add("kube_deployment_status_replicas_available");
      generation = group.add("kube_deployment_metadata_generation");
    }
  }

  /** Tells how many pods were just replaced, and the rollouts so far. */
  void measure(int replaced, int rollouts) {
    available.value = service.pods() - Math.min(replaced, 1);
    generation.value = rollouts + 1;
  }
}
