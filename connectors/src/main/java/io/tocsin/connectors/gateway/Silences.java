// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.alertmanager.SilenceClient;
import io.tocsin.models.incidents.Feedback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Silences alerts: at the first Alertmanager that takes it, for replicas tell each other. */
final class Silences {
  private final List<SilenceClient> clients;

  Silences(List<AlertmanagerAddress> addresses) {
    clients = addresses.stream().map(SilenceClient::new).toList();
  }

  /** Whether there is an Alertmanager. */
  boolean possible() {
    return !clients.isEmpty();
  }

  /**
   * Silences the alert of an incident.
   *
   * @return the silence's id, or the reason why there is none
   */
  SilenceClient.Answer silence(Feedback muted, Duration length) throws InterruptedException {
    SilenceClient.Answer answer = SilenceClient.Answer.refused("no Alertmanager is configured");
    Instant now = Instant.now();
    for (SilenceClient each : clients) {
      answer =
          each.post(
              new SilenceClient.Silence(
                  "incident",
                  muted.incident(),
                  now,
                  now.plus(length),
                  muted.author().isEmpty() ? "Tocsin" : muted.author(),
                  muted.comment().isEmpty() ? "muted by feedback" : muted.comment()));
      if (answer.silenced()) {
        return answer;
      }
    }
    return answer;
  }
}
