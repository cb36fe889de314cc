// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures of the first symptom of incidents, for programs that cannot run a page's script. Safe
 * for several threads.
 */
public final class SymptomPictures {
  private static final Logger LOG = LoggerFactory.getLogger(SymptomPictures.class);
  private static final int MOST_KEPT = 64;

  /** Whoever shows pictures waits for them; without its past the symptom is still seen. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Knowledge knowledge;
  private final InstantSource clock;
  private final Painter painter;
  private final Duration patience;
  private final Map<String, Drawn> kept = new LinkedHashMap<>(16, 0.75f, true);
  private boolean failed;

  /**
   * Pictures of what is known.
   *
   * @param patience how long the past is waited for
   */
  SymptomPictures(Knowledge knowledge, InstantSource clock, Painter painter, Duration patience) {
    this.knowledge = knowledge;
    this.clock = clock;
    this.painter = painter;
    this.patience = patience;
  }

  /** Draws a symptom as a PNG. */
  interface Painter {
    ByteBuffer png(Evidence symptom, List<Trail.Point> points) throws IOException;
  }

  private record Drawn(List<Trail.Point> points, ByteBuffer png) {}

  /**
   * The picture of an incident, when its past has been read, or for as long as that takes some
   * seconds without; empty when the incident is not known, has no values or cannot be drawn.
   */
  public CompletableFuture<Optional<Picture>> of(String incident) {
    return knowledge
        .stories()
        .find(incident)
        .map(story -> of(story.last()))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private CompletableFuture<Optional<Picture>> of(Incident incident) {
    return knowledge
        .histories()
        .wanted(incident, clock.millis())
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(read -> drawn(incident));
  }

  private Optional<Picture> drawn(Incident incident) {
    for (Evidence symptom : incident.symptoms()) {
      List<Trail.Point> points = knowledge.points(symptom, incident);
      if (points.size() >= EvidenceView.LEAST_POINTS) {
        String path =
            "/incidents/" + incident.id() + "/symptom.png?revision=" + incident.revision();
        return drawn(incident.id(), symptom, points).map(png -> new Picture(path, png));
      }
    }
    return Optional.empty();
  }

  private synchronized Optional<ByteBuffer> drawn(
      String incident, Evidence symptom, List<Trail.Point> points) {
    Drawn before = kept.get(incident);
    if (before != null && before.points().equals(points)) {
      return Optional.of(before.png());
    }
    try {
      ByteBuffer png = painter.png(symptom, points);
      kept.put(incident, new Drawn(points, png));
      if (kept.size() > MOST_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
      return Optional.of(png);
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      // Java reports missing fonts and libraries in all of these ways.
      fail(e);
      return Optional.empty();
    }
  }

  private void fail(Throwable why) {
    if (!failed) {
      LOG.warn(
          "no picture can be drawn, all are left out; if the reason is a font, install fontconfig and one",
          why);
    }
    failed = true;
  }
}
