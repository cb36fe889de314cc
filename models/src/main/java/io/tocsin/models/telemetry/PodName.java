// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

/** Names that Kubernetes' controllers give, and what they were given them for. */
final class PodName {
  /** The letters and digits of which Kubernetes makes its random and hash suffixes. */
  private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

  private static final int RANDOM_LENGTH = 5;

  private PodName() {}

  /**
   * The name of the pod's owner: without the suffixes of a Deployment's ({@code
   * shop-5d4f8c7b9-x2x4z}), a DaemonSet's or Job's ({@code shop-x2x4z}), a CronJob's ({@code
   * shop-28374650-x2x4z}) or a StatefulSet's pod ({@code shop-0}), or of the node's name that a
   * static pod carries.
   */
  static String owner(String pod, String node) {
    if (!node.isEmpty() && pod.endsWith("-" + node)) {
      return pod.substring(0, pod.length() - node.length() - 1);
    }
    int dash = pod.lastIndexOf('-');
    if (dash <= 0) {
      return pod;
    }
    if (pod.length() - dash - 1 == RANDOM_LENGTH && isSafe(pod, dash + 1, pod.length())) {
      return withoutHash(pod.substring(0, dash));
    }
    return pod.length() - dash <= 4 && isDigits(pod, dash + 1, pod.length())
        ? pod.substring(0, dash)
        : pod;
  }

  /** The name without a ReplicaSet's hash or a CronJob's time at its end. */
  static String withoutHash(String name) {
    int dash = name.lastIndexOf('-');
    int length = name.length() - dash - 1;
    boolean hash = length >= 6 && length <= 10 && isSafe(name, dash + 1, name.length());
    boolean number = length >= 8 && length <= 10 && isDigits(name, dash + 1, name.length());
    return dash > 0 && (hash || number) ? name.substring(0, dash) : name;
  }

  private static boolean isSafe(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (SAFE.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }
}
