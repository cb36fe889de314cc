// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong with a service of the shop. */
public enum FaultKind {
  BAD_DEPLOY(15, "a deploy whose code fails on a third of the requests, until it is rolled back"),
  SLOW_DATABASE(20, "its database answers ten times more slowly"),
  MEMORY_LEAK(150, "its memory fills until it only collects garbage, then it is restarted"),
  CPU_HOG(15, "something in its pods eats the CPU up to the limit"),
  NETWORK_DELAY(10, "the network between its main caller and it is slow"),
  QUEUE_STALL(10, "it all but stops reading its queue"),
  LOG_ERRORS(15, "it loses its audit entries, of which only its log tells");

  private final int rampSeconds;
  private final String description;

  FaultKind(int rampSeconds, String description) {
    this.rampSeconds = rampSeconds;
    this.description = description;
  }

  /** How people write it: {@code bad-deploy}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens, in one clause. */
  public String description() {
    return description;
  }

  /** Seconds from its start to its full force. */
  int rampSeconds() {
    return rampSeconds;
  }

  /** The kind that people write so. */
  public static Optional<FaultKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findAny();
  }

  /** Whether it can happen to a service: only what has a database can have a slow one. */
  public boolean canHappenTo(Service service) {
    return switch (this) {
      case BAD_DEPLOY, MEMORY_LEAK, CPU_HOG, LOG_ERRORS -> true;
      case SLOW_DATABASE -> service.database();
      case NETWORK_DELAY -> Topology.mainCallerOf(service.name()).isPresent();
      case QUEUE_STALL -> service.readsQueue();
    };
  }
}
