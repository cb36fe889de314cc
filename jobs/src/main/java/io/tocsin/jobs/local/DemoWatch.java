// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches from outside what the jobs make of the shop: how far they are, and the incidents. */
final class DemoWatch {
  private final AtomicLong scored = new AtomicLong();
  private final List<Incident> transitions = new ArrayList<>();
  private final Cards cards;
  private volatile boolean shows;

  DemoWatch(LocalRun run, Resources resources, Console console) {
    cards = new Cards(console);
    String servers = run.bootstrapServers();
    resources.add(new TopicReader<>(servers, Topic.FINDINGS, Codecs.FINDINGS, this::read));
    resources.add(new TopicReader<>(servers, Topic.INCIDENTS, Codecs.INCIDENTS, this::read));
  }

  private void read(FindingsRecord record) {
    Progress progress = record.progress();
    if (progress != null && progress.source().equals("metrics")) {
      scored.set(progress.time());
    }
  }

  private void read(Incident incident) {
    synchronized (transitions) {
      transitions.add(incident);
    }
    if (shows) {
      cards.show(incident);
    }
  }

  /** From now on, incidents are printed. */
  void show() {
    shows = true;
  }

  /** Up to when the metrics job has scored, event time in ms since the epoch. */
  long scored() {
    return scored.get();
  }

  /** The first transition that fits, or null. */
  @Nullable Incident first(Predicate<Incident> which) {
    synchronized (transitions) {
      return transitions.stream().filter(which).findFirst().orElse(null);
    }
  }

  /** How many incidents were opened within a time, event time in ms since the epoch. */
  long opened(long from, long until) {
    synchronized (transitions) {
      return transitions.stream()
          .filter(one -> one.transition() == Incident.Transition.OPENED)
          .filter(one -> one.opened() >= from && one.opened() < until)
          .count();
    }
  }
}
