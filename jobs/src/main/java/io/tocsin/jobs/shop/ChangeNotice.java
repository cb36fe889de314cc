// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells the gateway of what was changed, as a delivery pipeline would. */
public final class ChangeNotice {
  private ChangeNotice() {}

  /**
   * Posts a deploy of a service.
   *
   * @param time when it took effect, event time in ms since the epoch
   * @throws IOException when the gateway does not take it
   */
  public static void deploy(URI gateway, String service, String version, long time)
      throws IOException, InterruptedException {
    String body =
        """
        {"kind": "deploy", "time": %d, "namespace": "%s", "service": "%s", "version": "%s",
         "title": "Deploy %s %s", "author": "the shop's pipeline"}
        """
            .formatted(time, Topology.NAMESPACE, service, version, service, version);
    post(gateway, body);
  }

  /**
   * Posts changes.
   *
   * @param body a change or an array of them, in the JSON that the gateway takes
   * @throws IOException when the gateway does not take it
   */
  public static void post(URI gateway, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/api/v1/changes"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "The gateway refused a change with %d: %s"
              .formatted(response.statusCode(), response.body().strip()));
    }
  }
}
