// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a label adds to the group of its series, from which the shard follows, and to the hash that
 * it shares with its siblings. Both leave out what names a running copy, so that a pod's series
 * meet those of the pod's predecessors and peers in one shard. Fixed for ever, as {@link
 * SeriesHash} is.
 *
 * <p>Of a pod's name its owner's is kept ({@link PodName}), so that not all pods of a namespace
 * fall into one group. What else names a copy, the machine that it happens to run on, or the build
 * that it runs is left out. A label named {@code id} or {@code name} says many things; it is left
 * out where its value is a container's: these hold a path of Kubernetes' control groups, or an id
 * of 64 hexadecimal digits.
 */
public final class GroupLabel {
  // Parts that labels play; one bit each, so that those of a series may be gathered.

  /** Says something of its own. */
  private static final int PLAIN = 0;

  /** The metric's name. */
  public static final int METRIC = 1;

  private static final int PART = 2;
  private static final int COPY = 4;
  private static final int POD = 8;
  private static final int CONTAINER = 16;

  private static final List<String> COPIES =
      List.of(
          "instance",
          "exported_instance",
          "service_instance_id",
          "uid",
          "pod_uid",
          "k8s_pod_uid",
          "pod_ip",
          "k8s_pod_ip",
          "container_id",
          "node",
          "exported_node",
          "kubernetes_node",
          "kubernetes_io_hostname",
          "k8s_node_name",
          "node_name",
          "nodename",
          "hostname",
          "host_name",
          "image",
          "image_id",
          "image_spec",
          "pod_template_hash",
          "controller_revision_hash",
          "app_kubernetes_io_version",
          "service_version",
          "helm_sh_chart");

  private static final List<String> PODS =
      List.of(
          "pod",
          "exported_pod",
          "pod_name",
          "kubernetes_pod_name",
          "k8s_pod_name",
          "container_label_io_kubernetes_pod_name");

  private static final List<String> CONTAINERS = List.of("id", "name");

  private static final byte[] CONTROL_GROUP = "/kubepods".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OF_KUBELET = "k8s_".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_DIGITS = 64;

  /** Open addressing by the hash of the name; far more slots than names. */
  private static final int SLOTS = 256;

  private static final long[] NAMES = new long[SLOTS];
  private static final byte[] ROLES = new byte[SLOTS];

  static {
    enter(List.of(Labels.NAME), METRIC);
    enter(List.of("le", "quantile"), PART);
    enter(COPIES, COPY);
    enter(PODS, POD);
    enter(CONTAINERS, CONTAINER);
  }

  private GroupLabel() {}

  private static void enter(List<String> names, int role) {
    for (String name : names) {
      long hash = SeriesHash.name(name);
      int slot = (int) hash & SLOTS - 1;
      while (NAMES[slot] != 0) {
        slot = slot + 1 & SLOTS - 1;
      }
      NAMES[slot] = hash;
      ROLES[slot] = (byte) role;
    }
  }

  /** What part a label plays, seen from {@link SeriesHash#ofName} of its name. */
  public static int role(long nameHash) {
    int slot = (int) nameHash & SLOTS - 1;
    while (NAMES[slot] != 0) {
      if (NAMES[slot] == nameHash) {
        return ROLES[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return PLAIN;
  }

  /**
   * The label's part of the group: nothing of what names a part or a copy, of a metric's name its
   * family.
   *
   * @param label {@link SeriesHash#label} of name and value
   * @param at where the value begins
   */
  public static long ofGroup(
      int role, long nameHash, long label, byte[] bytes, int at, int length) {
    return switch (role) {
      case PLAIN -> label;
      case PART -> 0;
      case METRIC ->
          cut(nameHash, label, bytes, at, length, SeriesHash.familyLength(bytes, at, length));
      default -> ofSiblings(role, nameHash, label, bytes, at, length);
    };
  }

  /** The label's part of what siblings share: nothing of what names a copy. */
  static long ofSiblings(int role, long nameHash, long label, byte[] bytes, int at, int length) {
    return switch (role) {
      case COPY -> 0;
      case POD -> cut(nameHash, label, bytes, at, length, PodName.ownerLength(bytes, at, length));
      case CONTAINER -> isContainer(bytes, at, length) ? 0 : label;
      default -> label;
    };
  }

  private static long cut(long nameHash, long label, byte[] bytes, int at, int length, int kept) {
    return kept == length ? label : SeriesHash.label(nameHash, SeriesHash.ofValue(bytes, at, kept));
  }

  private static boolean isContainer(byte[] bytes, int at, int length) {
    return startsWith(bytes, at, length, CONTROL_GROUP)
        || startsWith(bytes, at, length, OF_KUBELET)
        || hasId(bytes, at, length);
  }

  private static boolean startsWith(byte[] bytes, int at, int length, byte[] beginning) {
    if (length < beginning.length) {
      return false;
    }
    for (int i = 0; i < beginning.length; i++) {
      if (bytes[at + i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasId(byte[] bytes, int at, int length) {
    int digits = 0;
    for (int i = at; i < at + length && digits < ID_DIGITS; i++) {
      boolean digit = (bytes[i] >= '0' && bytes[i] <= '9') || (bytes[i] >= 'a' && bytes[i] <= 'f');
      digits = digit ? digits + 1 : 0;
    }
    return digits == ID_DIGITS;
  }
}
