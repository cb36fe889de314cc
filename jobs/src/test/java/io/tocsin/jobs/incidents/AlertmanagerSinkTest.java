// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.alertmanager.AlertmanagerDispatcher;
import io.tocsin.connectors.alertmanager.DispatchListener;
import io.tocsin.models.incidents.Alert;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.eventtime.Watermark;
import org.junit.jupiter.api.Test;

class AlertmanagerSinkTest {
  @Test
  void alertsAreSentAndTheWatchdogOnceTimeGoesOn() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v2/alerts",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          bodies.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    IncidentsSettings settings = IncidentsSettings.DEFAULTS;
    try (AlertmanagerDispatcher dispatcher =
        new AlertmanagerDispatcher(
            List.of(AlertmanagerAddress.of(url)),
            settings.dispatch(),
            new DispatchListener() {},
            Clock.systemUTC())) {
      AlertmanagerSink.Writer writer =
          new AlertmanagerSink.Writer(settings, dispatcher, Clock.systemUTC());
      writer.write(new Alert("a", Map.of("alertname", "A"), Map.of(), 1, 0), null);
      await().until(() -> bodies.size() == 1);
      assertThat(bodies.get(0)).doesNotContain("TocsinWatchdog");
      writer.writeWatermark(new Watermark(1));
      await().until(() -> bodies.size() == 2);
      assertThat(bodies.get(1)).contains("TocsinWatchdog");
    } finally {
      server.stop(0);
    }
  }
}
