// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.alertmanager.DispatchSettings;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.models.incidents.AlertMaker;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.topology.OwnerSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Configuration of the incidents job.
 *
 * @param kafka where the topics are
 * @param incidents when findings become an incident
 * @param calls who calls whom, beside what metrics tell
 * @param owners how much is kept of who owns a pod and where it runs
 * @param alertmanagers every replica of every Alertmanager
 * @param resendInterval how often an alert that fires is sent to them again
 * @param watchdog whether to send an alert that fires as long as metrics are judged
 * @param externalUrl where people read about incidents, for links in alerts; empty for nowhere
 * @param checkpointInterval how often state is saved
 */
public record IncidentsSettings(
    KafkaSettings kafka,
    IncidentSettings incidents,
    CallSettings calls,
    OwnerSettings owners,
    List<AlertmanagerAddress> alertmanagers,
    Duration resendInterval,
    boolean watchdog,
    String externalUrl,
    Duration checkpointInterval)
    implements Serializable {

  /** What is shipped. */
  public static final IncidentsSettings DEFAULTS =
      new IncidentsSettings(
          new KafkaSettings(
              "localhost:9092", "tocsin-incidents", KafkaSettings.COMMITTED, Map.of()),
          IncidentSettings.DEFAULTS,
          CallSettings.DEFAULTS,
          OwnerSettings.DEFAULTS,
          List.of(),
          DispatchSettings.DEFAULTS.resendInterval(),
          true,
          "",
          Duration.ofSeconds(10));

  public IncidentsSettings {
    alertmanagers = List.copyOf(alertmanagers);
    externalUrl = externalUrl.replaceAll("/+$", "");
    if (resendInterval.toMillis() <= 0 || checkpointInterval.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "resendInterval and checkpointInterval must be longer than zero");
    }
    if (!externalUrl.isEmpty() && !externalUrl.matches("https?://.+")) {
      throw new IllegalArgumentException("externalUrl must begin with http:// or https://");
    }
  }

  DispatchSettings dispatch() {
    return DispatchSettings.DEFAULTS.withResendInterval(resendInterval);
  }

  AlertMaker alertMaker() {
    return new AlertMaker(externalUrl, incidents.language());
  }
}
