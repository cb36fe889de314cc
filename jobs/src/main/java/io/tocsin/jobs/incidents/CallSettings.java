// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.io.Serializable;
import java.util.List;

/**
 * What the job knows of calls between services.
 *
 * @param topology how many are kept, and for how long
 * @param calls those that are configured, and hold for ever
 */
public record CallSettings(TopologySettings topology, List<ConfiguredCall> calls)
    implements Serializable {
  /** What is shipped. */
  public static final CallSettings DEFAULTS =
      new CallSettings(TopologySettings.DEFAULTS, List.of());

  public CallSettings {
    calls = List.copyOf(calls);
    configured(topology, calls);
  }

  /** The calls that are configured. */
  Topology configured() {
    return configured(topology, calls);
  }

  private static Topology configured(TopologySettings limits, List<ConfiguredCall> calls) {
    Topology known = new Topology(limits);
    for (ConfiguredCall each : calls) {
      EdgeFate fate = known.learn(each.edge(), Long.MAX_VALUE);
      if (fate == EdgeFate.DISPLACING || fate == EdgeFate.OLD) {
        throw new IllegalArgumentException(
            "calls: \""
                + each.edge().text()
                + "\" is one too many: raise topology.edges or topology.edgesPerService");
      }
    }
    return known;
  }
}
