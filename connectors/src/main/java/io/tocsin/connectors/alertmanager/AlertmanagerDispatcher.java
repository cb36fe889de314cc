// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.models.incidents.Alert;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * Sends alerts to every Alertmanager, each in its own thread, so that none delays another, nor
 * whoever offers alerts. A change is sent at once; what fires is sent again at intervals, as a
 * lease that has to be renewed by offering it again. After an outage the current state of each
 * alert is sent, not its history.
 */
public final class AlertmanagerDispatcher implements AutoCloseable {
  private final List<AlertmanagerLane> lanes;

  /** Starts the threads. */
  public AlertmanagerDispatcher(
      List<AlertmanagerAddress> alertmanagers,
      DispatchSettings settings,
      DispatchListener listener,
      Clock clock) {
    lanes =
        alertmanagers.stream()
            .map(address -> new AlertmanagerLane(address, settings, listener, clock))
            .toList();
    lanes.forEach(AlertmanagerLane::start);
  }

  /** Takes the latest state of an alert, firing or over; never blocks. */
  public void offer(Alert alert) {
    lanes.forEach(lane -> lane.offer(alert));
  }

  /** How many alerts wait to be sent to an Alertmanager. */
  public int waiting(URI alertmanager) {
    return lanes.stream()
        .filter(lane -> lane.url().equals(alertmanager))
        .mapToInt(AlertmanagerLane::waiting)
        .sum();
  }

  /** Stops sending; what has not been sent is not. */
  @Override
  public void close() {
    lanes.forEach(AlertmanagerLane::close);
  }
}
