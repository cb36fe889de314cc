// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.models.incidents.Alert;
import java.net.URI;
import java.time.Duration;

/** Hears what becomes of alerts, to count it; called from several threads. */
public interface DispatchListener {
  /** A request has been made. */
  default void sent(URI alertmanager, Outcome outcome, int alerts, Duration took) {}

  /** An alert was refused by itself, and is not sent again as it is. */
  default void rejected(URI alertmanager, Alert alert, String answer) {}

  /** An alert was given up because too many wait. */
  default void overflowed(URI alertmanager, Alert alert) {}
}
