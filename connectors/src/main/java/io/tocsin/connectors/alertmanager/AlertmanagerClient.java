// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.connectors.http.HttpPoster;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Posts bodies to one Alertmanager; whatever happens becomes an outcome. */
final class AlertmanagerClient {
  private final HttpPoster http;
  private final HttpRequest.Builder request;

  AlertmanagerClient(AlertmanagerAddress address, Duration timeout) {
    http = new HttpPoster(timeout);
    request =
        HttpRequest.newBuilder(address.alerts())
            .header("Content-Type", "application/json")
            .header("User-Agent", "tocsin");
    String authorization = address.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
  }

  /** What Alertmanager said, in a form for logs. */
  record Answer(Outcome outcome, String text) {}

  Answer post(byte[] body) throws InterruptedException {
    HttpPoster.Reply reply = http.post(request.copy(), body);
    return reply.answered()
        ? new Answer(Outcome.ofStatus(reply.status()), reply.status() + " " + reply.text())
        : new Answer(Outcome.UNAVAILABLE, reply.text());
  }
}
