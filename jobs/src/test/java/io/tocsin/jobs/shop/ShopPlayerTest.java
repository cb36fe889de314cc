// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ShopPlayerTest {
  private static final long START = 1_762_956_000_000L;

  private final Map<String, Integer> bodies = new ConcurrentHashMap<>();
  private final AtomicInteger toRefuse = new AtomicInteger();
  private volatile int refusal;
  private HttpServer gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.setExecutor(Executors.newFixedThreadPool(2));
    gateway.createContext(
        "/api/v1/write",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean refuse = toRefuse.getAndDecrement() > 0;
          if (!refuse) {
            assertThat(exchange.getRequestHeaders().getFirst(RemoteWriteHeaders.CONTENT_ENCODING))
                .isEqualTo("snappy");
            bodies.merge(exchange.getRequestHeaders().getFirst("X-Tocsin-Sender"), 1, Integer::sum);
          }
          exchange.sendResponseHeaders(refuse ? refusal : 204, -1);
          exchange.close();
        });
    gateway.start();
  }

  @AfterEach
  void stopGateway() {
    gateway.stop(0);
  }

  private ShopPlayer player() {
    URI uri = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    return new ShopPlayer(
        new Shop(1, START),
        new PlayerSettings(
            uri,
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofSeconds(15),
            1,
            true,
            null),
        LogSender.NOBODY);
  }

  @Test
  void historyIsCoarseAtFirstAndThenAsFineAsWhatIsLive() throws Exception {
    List<Long> steps = Collections.synchronizedList(new ArrayList<>());
    try (ShopPlayer player = player()) {
      player.playHistory(START + 3_600_000, steps::add);

      assertThat(player.time()).isEqualTo(START + 3_600_000);
    }
    assertThat(steps).hasSize(50 / 5 + 10 * 4).isSorted();
    assertThat(bodies).containsOnlyKeys("shop-1", "shop-2");
  }

  @Test
  void aGatewayThatIsBusyIsAskedAgain() throws Exception {
    refusal = 503;
    toRefuse.set(3);
    try (ShopPlayer player = player()) {
      player.playHistory(START + 600_000, time -> {});
    }
    assertThat(bodies.values().stream().mapToInt(Integer::intValue).sum()).isPositive();
  }

  @Test
  void aGatewayThatRefusesEndsThePlay() throws Exception {
    refusal = 400;
    toRefuse.set(Integer.MAX_VALUE);
    try (ShopPlayer player = player()) {
      assertThatThrownBy(() -> player.playHistory(START + 3_600_000, time -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("The gateway refused the samples with 400");
    }
  }
}
