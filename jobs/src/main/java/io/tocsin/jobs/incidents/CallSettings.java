// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

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
  }
}
