// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.KafkaLogSender;
import io.tocsin.jobs.shop.PlayerSettings;
import io.tocsin.jobs.shop.Shop;
import io.tocsin.jobs.shop.ShopPlayer;
import io.tocsin.models.incidents.Incident;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The {@link Trial} of the shop, through all jobs. It has two weeks of history; what was changed,
 * and who calls whom, is told by its metrics alone.
 */
public final class ShopTrial {
  private static final Duration HISTORY = Duration.ofDays(14);
  private static final Duration COARSE_STEP = Duration.ofMinutes(5);
  private static final Duration RECENT = Duration.ofHours(4);
  private static final Duration LIVE_STEP = Duration.ofSeconds(15);

  private ShopTrial() {}

  /**
   * What is played.
   *
   * @param seed of the shop
   * @param from when it goes live, event time in ms since the epoch
   * @param until when it ends; a while after the last fault, so that all incidents have ended
   */
  public record Plan(long seed, long from, long until, List<Fault> faults) {
    public Plan {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Plays a plan.
   *
   * @param reached is told the event time that was played, from the beginning of the history on
   * @return all transitions of all incidents, in order
   * @throws LocalRunException when something of it does not work
   */
  public static List<Incident> play(Plan plan, LongConsumer reached) throws InterruptedException {
    return Trial.of(LocalSettings.demo(List.of(), null), trial -> play(plan, trial, reached));
  }

  private static void play(Plan plan, Trial trial, LongConsumer reached)
      throws IOException, InterruptedException {
    Shop shop = new Shop(plan.seed(), plan.from() - HISTORY.toMillis());
    PlayerSettings settings =
        new PlayerSettings(trial.gateway(), COARSE_STEP, RECENT, LIVE_STEP, 1, true, null);
    KafkaLogSender lines = new KafkaLogSender(trial.bootstrapServers());
    ShopPlayer player = trial.add(new ShopPlayer(shop, settings, lines));
    plan.faults().forEach(player::add);
    player.playHistory(plan.from(), reached);
    trial.follow(plan.from());
    player.playFast(
        plan.until(),
        time -> {
          reached.accept(time);
          trial.follow(time);
        });
    trial.follow(plan.until());
  }
}
