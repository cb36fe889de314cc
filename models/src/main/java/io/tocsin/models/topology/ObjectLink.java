// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import java.util.Comparator;

/**
 * What Kubernetes tells of one of its objects: which other controls it, or on which node it runs.
 *
 * @param object whose link it is; a pod may have one to an owner and one to a node
 * @param targetKind of the owner, or {@code Node}; empty where nobody owns the object
 * @param targetName of the owner, which is of the same namespace, or of the node; empty with the
 *     kind
 * @param time when it was told of, event time in ms since the epoch
 */
public record ObjectLink(KubeObject object, String targetKind, String targetName, long time) {
  /** Apart from the cluster; names differ most, and many are told of at once. */
  static final Comparator<ObjectLink> OLDEST_FIRST =
      Comparator.comparingLong(ObjectLink::time)
          .thenComparing(link -> link.object().name())
          .thenComparing(link -> link.object().namespace())
          .thenComparing(link -> link.object().kind())
          .thenComparing(ObjectLink::toNode);

  /**
   * Whether it leads to a node. The kubelet's own pods are owned by their node: that is where they
   * run, and no workload.
   */
  public boolean toNode() {
    return targetKind.equals(KubeObject.NODE);
  }

  /** Whether it says that the object has no owner. */
  public boolean ownerless() {
    return targetKind.isEmpty() && targetName.isEmpty();
  }

  /** Whether both ends are named, or only the object and that nobody owns it. */
  boolean named() {
    return !object.name().isEmpty()
        && !object.namespace().isEmpty()
        && targetKind.isEmpty() == targetName.isEmpty();
  }

  /** To whom it leads. */
  KubeObject target() {
    return new KubeObject(object.cluster(), object.namespace(), targetKind, targetName);
  }

  /** Whether both say the same, if not at the same time. */
  boolean isLike(ObjectLink other) {
    return targetKind.equals(other.targetKind) && targetName.equals(other.targetName);
  }

  /** A text that only links of the same object of the same sort have: the newest holds. */
  public String key() {
    return String.join(
        "/",
        object.cluster(),
        object.namespace(),
        object.kind(),
        object.name(),
        toNode() ? "node" : "owner");
  }
}
