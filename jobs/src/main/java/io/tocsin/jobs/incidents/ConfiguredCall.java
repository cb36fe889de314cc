// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.config.Default;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.io.Serializable;

/**
 * A call between services that no metric tells of.
 *
 * @param caller the service, or workload, that depends
 * @param callee the one on which it depends
 * @param callerNamespace its namespace, or empty for any
 * @param calleeNamespace its namespace, or empty for any
 */
public record ConfiguredCall(
    String caller,
    String callee,
    @Default("") String callerNamespace,
    @Default("") String calleeNamespace)
    implements Serializable {
  public ConfiguredCall {
    if (caller.isEmpty() || callee.isEmpty()) {
      throw new IllegalArgumentException("a call needs a caller and a callee");
    }
    if (edge(caller, callerNamespace, callee, calleeNamespace).toItself()) {
      throw new IllegalArgumentException(
          "a call of " + caller + " to itself says nothing: name another callee, or leave it out");
    }
  }

  CallEdge edge() {
    return edge(caller, callerNamespace, callee, calleeNamespace);
  }

  private static CallEdge edge(
      String caller, String callerNamespace, String callee, String calleeNamespace) {
    return new CallEdge(
        new Entity("", callerNamespace, "", caller, "", ""),
        new Entity("", calleeNamespace, "", callee, "", ""));
  }
}
