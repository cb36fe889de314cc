// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.jobs.shop.Service.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shop's services and who calls whom. */
public final class Topology {
  /** Where all of them run. */
  public static final String NAMESPACE = "shop";

  /** Where customers come in. */
  static final String ENTRANCE = "frontend";

  /** Takes its work from the queue that {@link #PRODUCER} fills. */
  static final String WORKER = "orders-worker";

  static final String PRODUCER = "checkout";
  static final int NODES = 4;

  private static final double MB = 1 << 20;
  private static final boolean JAVA = true;
  private static final boolean GO = false;
  private static final boolean DB = true;
  private static final boolean NO_DB = false;

  private static final List<Service> SERVICES =
      List.of(
          new Service(
              "frontend",
              4,
              GO,
              NO_DB,
              0.012,
              0.0030,
              180 * MB,
              List.of(
                  new Call("catalog", 0.9),
                  new Call("currency", 0.7),
                  new Call("ads", 0.6),
                  new Call("recommendation", 0.5),
                  new Call("cart", 0.4),
                  new Call("checkout", 0.12))),
          new Service(
              "catalog", 4, JAVA, DB, 0.018, 0.0035, 420 * MB, List.of(new Call("inventory", 0.3))),
          new Service("cart", 3, JAVA, DB, 0.009, 0.0025, 380 * MB, List.of()),
          new Service(
              PRODUCER,
              3,
              JAVA,
              DB,
              0.035,
              0.0080,
              460 * MB,
              List.of(
                  new Call("cart", 1),
                  new Call("currency", 1),
                  new Call("inventory", 1),
                  new Call("payments", 1),
                  new Call("shipping", 1),
                  new Call("email", 1))),
          new Service("payments", 3, JAVA, DB, 0.060, 0.0060, 440 * MB, List.of()),
          new Service("shipping", 2, GO, NO_DB, 0.022, 0.0030, 120 * MB, List.of()),
          new Service("currency", 2, GO, NO_DB, 0.003, 0.0006, 90 * MB, List.of()),
          new Service("email", 2, GO, NO_DB, 0.030, 0.0020, 110 * MB, List.of()),
          new Service(
              "recommendation",
              3,
              JAVA,
              NO_DB,
              0.025,
              0.0060,
              520 * MB,
              List.of(new Call("catalog", 1))),
          new Service("ads", 3, JAVA, NO_DB, 0.008, 0.0020, 340 * MB, List.of()),
          new Service("inventory", 3, JAVA, DB, 0.011, 0.0020, 400 * MB, List.of()),
          new Service(
              WORKER, 3, JAVA, NO_DB, 0.045, 0.0070, 360 * MB, List.of(new Call("inventory", 1))));

  private static final Map<String, Service> BY_NAME =
      SERVICES.stream().collect(Collectors.toMap(Service::name, Function.identity()));

  private Topology() {}

  /** All services, the entrance first. */
  public static List<Service> services() {
    return SERVICES;
  }

  /** The service with this name. */
  public static Optional<Service> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static Service service(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("the shop has no service " + name));
  }

  /** Whether one service needs the other, directly or through others; the queue counts as well. */
  public static boolean related(String one, String other) {
    return one.equals(other) || needs(one, other) || needs(other, one);
  }

  private static boolean needs(String service, String other) {
    if (service.equals(PRODUCER) && (other.equals(WORKER) || needs(WORKER, other))) {
      return true;
    }
    return service(service).calls().stream()
        .anyMatch(call -> call.callee().equals(other) || needs(call.callee(), other));
  }

  /** Who sends most requests to a service. */
  public static Optional<String> mainCallerOf(String service) {
    return SERVICES.stream()
        .filter(caller -> caller.calls().stream().anyMatch(call -> call.callee().equals(service)))
        .map(Service::name)
        .findFirst();
  }

  /** Requests to a service for each request of a customer; messages for the worker. */
  static double share(String service) {
    if (service.equals(ENTRANCE)) {
      return 1;
    }
    if (service.equals(WORKER)) {
      return share(PRODUCER);
    }
    double share = 0;
    for (Service caller : SERVICES) {
      for (Call call : caller.calls()) {
        share += call.callee().equals(service) ? share(caller.name()) * call.ratio() : 0;
      }
    }
    return share;
  }
}
