// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.nio.charset.StandardCharsets;

/** Names that Kubernetes' controllers give, and what they were given them for. */
public final class PodName {
  private static final int RANDOM_LENGTH = 5;
  private static final int ORDINAL_LENGTH = 3;

  /** The letters and digits of which Kubernetes makes its random and hash suffixes. */
  private static final boolean[] SAFE = new boolean[128];

  static {
    for (char letter : "bcdfghjklmnpqrstvwxz2456789".toCharArray()) {
      SAFE[letter] = true;
    }
  }

  private PodName() {}

  /**
   * The name of the pod's owner: without the suffixes of a Deployment's ({@code
   * shop-5d4f8c7b9-x2x4z}), a DaemonSet's or Job's ({@code shop-x2x4z}), a CronJob's ({@code
   * shop-28374650-x2x4z}) or a StatefulSet's pod ({@code shop-0}), or of the node's name that a
   * static pod carries.
   */
  public static String owner(String pod, String node) {
    if (!node.isEmpty() && pod.endsWith("-" + node)) {
      return pod.substring(0, pod.length() - node.length() - 1);
    }
    byte[] bytes = pod.getBytes(StandardCharsets.UTF_8);
    return text(bytes, ownerLength(bytes, 0, bytes.length));
  }

  /** The name without a ReplicaSet's hash or a CronJob's time at its end. */
  public static String withoutHash(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return text(bytes, lengthWithoutHash(bytes, 0, bytes.length));
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** How many bytes of a pod's name name its owner. */
  static int ownerLength(byte[] bytes, int from, int length) {
    int end = from + length;
    int dash = lastDash(bytes, from, end);
    if (dash <= from) {
      return length;
    }
    if (end - dash - 1 == RANDOM_LENGTH && isSafe(bytes, dash + 1, end)) {
      return lengthWithoutHash(bytes, from, dash - from);
    }
    return end - dash - 1 <= ORDINAL_LENGTH && isDigits(bytes, dash + 1, end)
        ? dash - from
        : length;
  }

  private static int lengthWithoutHash(byte[] bytes, int from, int length) {
    int end = from + length;
    int dash = lastDash(bytes, from, end);
    int suffix = end - dash - 1;
    boolean hash = suffix >= 6 && suffix <= 10 && isSafe(bytes, dash + 1, end);
    boolean number = suffix >= 8 && suffix <= 10 && isDigits(bytes, dash + 1, end);
    return dash > from && (hash || number) ? dash - from : length;
  }

  /** Where the last dash is; before the beginning where there is none. */
  private static int lastDash(byte[] bytes, int from, int end) {
    int dash = end - 1;
    while (dash >= from && bytes[dash] != '-') {
      dash--;
    }
    return dash;
  }

  private static boolean isSafe(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || !SAFE[bytes[i]]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigits(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return from < to;
  }
}
