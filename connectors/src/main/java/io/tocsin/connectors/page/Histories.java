// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.telemetry.SeriesHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the series of the incidents that somebody looks at were, before and since. It is read when
 * it is asked for, one incident after another, and is there at the reader's next look.
 */
final class Histories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Histories.class);
  private static final long BEFORE_MILLIS = Duration.ofMinutes(15).toMillis();
  private static final long AFTER_MILLIS = Duration.ofMinutes(45).toMillis();
  private static final long FRESH_MILLIS = Duration.ofSeconds(45).toMillis();
  private static final int MOST_INCIDENTS = 50;
  private static final int MOST_WAITING = 8;

  private final Reader reader;
  private final Map<String, Read> known = new LinkedHashMap<>(16, 0.75f, true);
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread made = new Thread(task, "page-histories");
            made.setDaemon(true);
            return made;
          });

  Histories(Reader reader) {
    this.reader = reader;
  }

  /** Reads the values of series between two times, by the hashes of the series. */
  interface Reader {
    Map<Long, List<Trail.Point>> read(List<Evidence> wanted, long from, long to);
  }

  /**
   * What is known of an incident.
   *
   * @param asked when it was asked for, ms since the epoch
   * @param done is complete when it has been read, or could not be
   */
  private record Read(
      long asked, long to, Map<Long, List<Trail.Point>> values, CompletableFuture<Void> done) {}

  /** The values of a series of the incident, as far as they have been read. */
  List<Trail.Point> of(Incident incident, Evidence evidence) {
    Read read;
    synchronized (this) {
      read = known.get(incident.id());
    }
    return read == null
        ? List.of()
        : read.values().getOrDefault(SeriesHash.of(evidence.labels()), List.of());
  }

  /** Has what is missing read, in the background. */
  void want(Incident incident, long now) {
    asked(incident, now);
  }

  /** The same; complete when nothing more comes of it for now. */
  CompletableFuture<Void> wanted(Incident incident, long now) {
    return asked(incident, now).done().copy();
  }

  private synchronized Read asked(Incident incident, long now) {
    long end = incident.closed() == 0 ? now : incident.closed() + BEFORE_MILLIS / 3;
    long to = Math.min(end, incident.onset() + AFTER_MILLIS);
    Read before = known.get(incident.id());
    if (before != null && (now - before.asked() < FRESH_MILLIS || before.to() >= to)) {
      return before;
    }
    Read asked =
        new Read(
            now, to, before == null ? Map.of() : before.values(), new CompletableFuture<Void>());
    try {
      thread.execute(() -> read(incident, asked));
    } catch (RejectedExecutionException e) {
      LOG.debug("too many incidents are looked at; {} has to wait", incident.id());
      return new Read(now, to, Map.of(), CompletableFuture.completedFuture(null));
    }
    known.put(incident.id(), asked);
    if (known.size() > MOST_INCIDENTS) {
      known.remove(known.keySet().iterator().next());
    }
    return asked;
  }

  private void read(Incident incident, Read asked) {
    try {
      Map<Long, List<Trail.Point>> values =
          reader.read(metrics(incident), incident.onset() - BEFORE_MILLIS, asked.to());
      synchronized (this) {
        known.put(
            incident.id(),
            new Read(asked.asked(), asked.to(), new HashMap<>(values), asked.done()));
      }
    } catch (RuntimeException e) {
      // The page goes on without; at the next look it is tried again.
      LOG.warn("the metrics around incident {} cannot be read", incident.id(), e);
    } finally {
      asked.done().complete(null);
    }
  }

  private static List<Evidence> metrics(Incident incident) {
    List<Evidence> metrics = new ArrayList<>(incident.symptoms());
    incident.suspects().forEach(suspect -> metrics.addAll(suspect.evidence()));
    metrics.removeIf(each -> each.kind() != Evidence.Kind.METRIC);
    return metrics;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
