// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.models.telemetry.Labels;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RemoteWriteSenderTest {
  private static final Labels LABELS = Labels.of(Map.of("__name__", "up"));

  @Test
  void whatIsTooOldForTheReceiverIsDroppedAndTheRestIsSent() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    URI uri = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort());
    try (RemoteWriteSender sender = new RemoteWriteSender(uri, "", 10, Duration.ofHours(1))) {
      long now = System.currentTimeMillis();
      sender.offer(LABELS, now - Duration.ofHours(2).toMillis(), 1);
      sender.offer(LABELS, now, 1);

      await().until(() -> sender.sent() == 1);
      assertThat(sender.dropped()).isEqualTo(1);
    } finally {
      receiver.stop(0);
    }
  }
}
