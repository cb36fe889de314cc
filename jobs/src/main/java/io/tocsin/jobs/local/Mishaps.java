// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.shop.ChangeNotice;
import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.FaultKind;
import io.tocsin.jobs.shop.ShopPlayer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends faults of the shop that is played; of deploys it tells the gateway. */
final class Mishaps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mishaps.class);

  private final ShopPlayer player;
  private final URI gateway;
  private final AtomicInteger deploys = new AtomicInteger();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mishaps");
            thread.setDaemon(true);
            return thread;
          });

  Mishaps(ShopPlayer player, URI gateway) {
    this.player = player;
    this.gateway = gateway;
  }

  /** Lets a fault begin now. */
  Fault begin(FaultChoice choice) {
    Fault fault = choice.from(player.time());
    player.add(fault);
    tellDeploy(fault, "2.%d.0".formatted(deploys.incrementAndGet()), fault.from());
    return fault;
  }

  /** Lets it end now. */
  void end(Fault fault) {
    long now = player.time();
    player.end(fault, now);
    tellDeploy(fault, "1.9.4", now);
  }

  /** Lets it end later. */
  void endAfter(Fault fault, Duration time) {
    var unused = clock.schedule(() -> end(fault), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tellDeploy(Fault fault, String version, long time) {
    if (fault.kind() == FaultKind.BAD_DEPLOY) {
      try {
        ChangeNotice.deploy(gateway, fault.service(), version, time);
      } catch (IOException e) {
        LOG.warn("the gateway was not told of a deploy", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
