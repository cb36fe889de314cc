// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteClient;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import io.tocsin.jobs.local.Trial;
import io.tocsin.jobs.shop.ChangeNotice;
import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays cases to the gateway: each second's samples in a body of their own, so that they arrive
 * when they were measured, and changes when they were made. Lines are not played, and left out of
 * the ranking by findings that this is held against.
 */
final class CasePlayer {
  private static final long SECOND = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Trial trial;
  private final RemoteWriteClient gateway;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);

  CasePlayer(Trial trial) {
    this.trial = trial;
    gateway =
        new RemoteWriteClient(
            trial.gateway().resolve("/api/v1/write"),
            new Secret(""),
            Map.of(RemoteWriteHeaders.SENDER, "cases", RemoteWriteHeaders.REPLAY, "true"),
            PATIENCE);
  }

  /** A series and how far it has been played. */
  private static final class Part {
    private final CaseSeries series;
    private final byte[] labels;
    private final int end;
    private int next;

    Part(CaseSeries series, PlayedCase played) {
      this.series = series;
      labels = RemoteWriteEncoder.encodeLabels(CaseLabels.of(series, played.place()));
      next = series.from(played.failure().from());
      end = series.from(played.failure().until());
    }

    /** When its next sample was measured; {@link Long#MAX_VALUE} after the last. */
    long due() {
      return next < end ? series.times()[next] : Long.MAX_VALUE;
    }
  }

  /** Plays a case, and then lets time go on until nothing more comes of it. */
  void play(PlayedCase played) throws IOException, InterruptedException {
    List<Part> parts = new ArrayList<>();
    for (CaseSeries each : played.failure().series()) {
      if (each.signal() != CaseSeries.Signal.LOG) {
        parts.add(new Part(each, played));
      }
    }
    List<Change> changes = new ArrayList<>(played.failure().changes());
    changes.sort(Comparator.comparingLong(Change::time));
    long second = first(parts);
    while (second != Long.MAX_VALUE) {
      tell(changes, second + SECOND, played);
      for (Part each : parts) {
        add(each, second + SECOND, played.shift());
      }
      gateway.post(encoder.finish());
      trial.follow(second + played.shift());
      second = first(parts);
    }
    tell(changes, played.failure().until(), played);
    letPass(played);
  }

  /** The second of the next sample. */
  private static long first(List<Part> parts) {
    long first = parts.stream().mapToLong(Part::due).min().orElse(Long.MAX_VALUE);
    return first == Long.MAX_VALUE ? first : Math.floorDiv(first, SECOND) * SECOND;
  }

  private void add(Part part, long until, long shift) {
    while (part.due() < until) {
      encoder.sample(part.labels, part.due() + shift, part.series.values()[part.next]);
      part.next++;
    }
  }

  /** Tells and takes away the changes before a time. */
  private void tell(List<Change> changes, long until, PlayedCase played)
      throws IOException, InterruptedException {
    while (!changes.isEmpty() && changes.get(0).time() < until) {
      ChangeNotice.post(trial.gateway(), json(changes.remove(0), played));
    }
  }

  private static String json(Change change, PlayedCase played) throws JsonProcessingException {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("id", played.place() + "/" + change.id());
    fields.put("time", change.time() + played.shift());
    fields.put("kind", change.kind());
    fields.put("cluster", played.place());
    fields.put("namespace", played.place());
    fields.put("workload", change.entity().workload());
    fields.put("service", change.entity().service());
    fields.put("node", change.entity().node());
    fields.put("title", change.title());
    fields.put("version", change.version());
    fields.put("author", change.author());
    fields.values().removeIf(""::equals);
    return JSON.writeValueAsString(fields);
  }

  /** One sample of what belongs to no case: time is told by samples alone. */
  private void letPass(PlayedCase played) throws IOException, InterruptedException {
    byte[] clock = RemoteWriteEncoder.encodeLabels(Labels.of(Labels.NAME, "case_over"));
    encoder.sample(clock, played.over(), 0);
    gateway.post(encoder.finish());
    trial.follow(played.over());
  }
}
