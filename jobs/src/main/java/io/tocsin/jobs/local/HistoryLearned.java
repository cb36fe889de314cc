// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.local.Console.Wait;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits until the metrics job has taken in history that was sent, and tells what it made of it. */
final class HistoryLearned {
  /** Flink gathers its metrics every ten seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Set<String> LEARNED = Set.of("scored", "tracked");

  /** Counted as scored or tracked as well. */
  private static final String RESET = "reset";

  private final HistoryCounts counts;
  private final @Nullable Map<String, Long> before;

  private HistoryLearned(HistoryCounts counts, @Nullable Map<String, Long> before) {
    this.counts = counts;
    this.before = before;
  }

  /** Notes what was learned before. */
  static HistoryLearned of(URI flink) throws InterruptedException {
    HistoryCounts counts = new HistoryCounts(flink);
    return new HistoryLearned(counts, read(counts));
  }

  /** What the counters say; null when there is nobody to ask. */
  private static @Nullable Map<String, Long> read(HistoryCounts counts)
      throws InterruptedException {
    try {
      Map<String, Long> read = counts.read();
      return read.isEmpty() ? null : read;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Waits until so many samples more are taken in, or nothing goes on, and says what came of it.
   */
  void await(long samples, Console console) throws InterruptedException {
    if (before == null) {
      console.say(
          "The metrics job counts what it makes of them: tocsin_history_samples_total, by fate.");
      return;
    }
    Wait wait = console.begin("The metrics job learns");
    Map<String, Long> made = since(before);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (taken(made) < samples && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      Map<String, Long> now = since(before);
      if (taken(now) > taken(made)) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      made = now;
      wait.progress(taken(made) / (double) samples, "learned");
    }
    wait.done(told(made, samples));
  }

  private Map<String, Long> since(Map<String, Long> earlier) throws InterruptedException {
    Map<String, Long> now = read(counts);
    Map<String, Long> made = new TreeMap<>();
    if (now != null) {
      now.forEach((fate, count) -> made.put(fate, count - earlier.getOrDefault(fate, 0L)));
      made.remove(RESET);
    }
    return made;
  }

  private static long taken(Map<String, Long> made) {
    return made.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String told(Map<String, Long> made, long samples) {
    long learned = LEARNED.stream().mapToLong(fate -> made.getOrDefault(fate, 0L)).sum();
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%,d samples are learned", learned));
    made.forEach(
        (fate, count) -> {
          if (count != 0 && !LEARNED.contains(fate)) {
            text.append(String.format(Locale.ROOT, ", %,d %s", count, meaning(fate)));
          }
        });
    long missing = samples - taken(made);
    if (missing > 0) {
      text.append(String.format(Locale.ROOT, "; of %,d the job has not told yet", missing));
    }
    return text.toString();
  }

  private static String meaning(String fate) {
    return switch (fate) {
      case "late" -> "are late, because their series had learned already";
      case "non_finite" -> "are no numbers";
      case "refused" -> "are refused, over the limit of series";
      default -> "are " + fate.replace('_', ' ');
    };
  }
}
