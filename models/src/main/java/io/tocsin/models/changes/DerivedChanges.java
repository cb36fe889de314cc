// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.changes;

import io.tocsin.models.changes.WorkloadHistory.SeenImage;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.SeriesHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells changes of a workload from what kube-state-metrics shows of it. A change is told as soon as
 * anything of it is seen, and again with the same id when more is: first that something was rolled
 * out, then which image, or that it was only scaled. Ids follow from what was seen, so the same
 * input gives the same changes. Titles hold names and Kubernetes' own words only, so that they need
 * no translation; what was done is the kind.
 */
public final class DerivedChanges {
  /** How long a workload is only learned: its pods of the past days are all told of at once. */
  private static final long LEARNING = Duration.ofMinutes(10).toMillis();

  /** What is seen of one scrape is no further apart, whichever way it comes. */
  private static final long TOGETHER = Duration.ofMinutes(1).toMillis();

  /** New pods, which show the new image, come no later after a rollout has begun. */
  private static final long ROLLING = Duration.ofMinutes(15).toMillis();

  /** Images are told of every hour; what was not seen for so long is not in use. */
  private static final long IN_USE = Duration.ofHours(2).toMillis();

  private static final long BETWEEN_RESTARTS = Duration.ofMinutes(10).toMillis();
  private static final int MOST_IMAGES = 20;
  private static final String DIGEST = "sha256:";

  private DerivedChanges() {}

  /**
   * What follows from a fact.
   *
   * @param change to be told, or told again with more; null for none
   */
  public record Step(WorkloadHistory history, @Nullable Change change) {}

  /** Takes a fact in; facts come roughly in the order of their times. */
  public static Step take(WorkloadHistory history, ObjectFact fact) {
    WorkloadHistory now = heard(history, fact.time());
    return switch (fact.kind()) {
      case GENERATION -> generation(now, fact);
      case REPLICAS -> replicas(now, fact);
      case RESTARTS -> restarts(now, fact);
      case IMAGE -> image(now, fact);
      case NONE -> new Step(now, null);
    };
  }

  private static WorkloadHistory heard(WorkloadHistory history, long time) {
    return new WorkloadHistory(
        Math.min(history.since(), time),
        Math.max(history.seen(), time),
        history.images(),
        history.rollout(),
        history.restarted());
  }

  private static Step generation(WorkloadHistory history, ObjectFact fact) {
    if (fact.after() <= fact.before() || isRecent(history, fact.time(), TOGETHER)) {
      return new Step(history, null);
    }
    String number = String.format(Locale.ROOT, "%.0f", fact.after());
    Entity workload = fact.workload();
    return rollout(
        history,
        change(
            id(workload, "generation", number),
            fact,
            Change.ROLLOUT,
            new Text(workload.subject() + ", generation " + number, "")));
  }

  private static Step replicas(WorkloadHistory history, ObjectFact fact) {
    String title =
        String.format(
            Locale.ROOT,
            "%s, replicas %.0f → %.0f",
            fact.workload().subject(),
            fact.before(),
            fact.after());
    Change last = history.rollout();
    if (last != null && isRecent(history, fact.time(), TOGETHER)) {
      return last.version().isEmpty()
          ? rollout(history, told(last, Change.SCALING, new Text(title, "")))
          : new Step(history, null);
    }
    String id = id(fact.workload(), "replicas", title + fact.time());
    return rollout(history, change(id, fact, Change.SCALING, new Text(title, "")));
  }

  private static Step restarts(WorkloadHistory history, ObjectFact fact) {
    if (fact.after() <= fact.before()
        || (history.restarted() != 0 && fact.time() - history.restarted() < BETWEEN_RESTARTS)) {
      return new Step(history, null);
    }
    Text text = new Text(fact.workload().subject() + ", container " + fact.detail(), "");
    String id = id(fact.workload(), "restart", fact.detail() + fact.time());
    WorkloadHistory next =
        new WorkloadHistory(
            history.since(), history.seen(), history.images(), history.rollout(), fact.time());
    return new Step(next, change(id, fact, Change.RESTART, text));
  }

  private static Step image(WorkloadHistory history, ObjectFact fact) {
    boolean known = false;
    List<SeenImage> images = new ArrayList<>();
    for (SeenImage each : history.images()) {
      if (isSame(each.image(), fact.detail())) {
        known |= fact.time() - each.time() <= IN_USE;
      } else {
        images.add(each);
      }
    }
    images.add(new SeenImage(fact.detail(), fact.time()));
    int first = Math.max(0, images.size() - MOST_IMAGES);
    WorkloadHistory next =
        new WorkloadHistory(
            history.since(),
            history.seen(),
            images.subList(first, images.size()),
            history.rollout(),
            history.restarted());
    return known || fact.time() - history.since() < LEARNING
        ? new Step(next, null)
        : newImage(next, fact);
  }

  /**
   * Whether both name what a container runs. A runtime names it by its registry as well, or by a
   * digest alone, and that is what is known from before kube-state-metrics told what was deployed.
   */
  private static boolean isSame(String before, String now) {
    int name = now.indexOf('=') + 1;
    return before.equals(now)
        || (before.startsWith(now.substring(0, name))
            && !now.startsWith(DIGEST, name)
            && (before.startsWith(DIGEST, name) || before.endsWith("/" + now.substring(name))));
  }

  private static Step newImage(WorkloadHistory history, ObjectFact fact) {
    String image = fact.detail().substring(fact.detail().indexOf('=') + 1);
    String name = image.substring(image.lastIndexOf('/') + 1);
    int digest = name.indexOf('@');
    if (name.lastIndexOf(':', digest) >= 0) {
      name = name.substring(0, digest);
    }
    int tag = Math.max(name.lastIndexOf('@'), name.lastIndexOf(':'));
    String version = tag < 0 ? "" : name.substring(tag + 1);
    Text text = new Text(fact.workload().subject() + ", image " + name, version);
    Change last = history.rollout();
    if (last != null && isRecent(history, fact.time(), ROLLING)) {
      return last.version().isEmpty()
          ? rollout(history, told(last, Change.ROLLOUT, text))
          : new Step(history, null);
    }
    String id = id(fact.workload(), "image", fact.detail() + fact.time());
    return rollout(history, change(id, fact, Change.ROLLOUT, text));
  }

  private static boolean isRecent(WorkloadHistory history, long time, long within) {
    Change last = history.rollout();
    return last != null && Math.abs(time - last.time()) <= within;
  }

  private static Step rollout(WorkloadHistory history, Change change) {
    return new Step(
        new WorkloadHistory(
            history.since(), history.seen(), history.images(), change, history.restarted()),
        change);
  }

  /** What is said of a change. */
  private record Text(String title, String version) {}

  private static Change change(String id, ObjectFact fact, String kind, Text text) {
    return new Change(
        id,
        fact.time(),
        kind,
        fact.workload(),
        text.title(),
        text.version(),
        Change.KUBERNETES,
        "");
  }

  private static Change told(Change before, String kind, Text text) {
    return new Change(
        before.id(),
        before.time(),
        kind,
        before.entity(),
        text.title(),
        text.version(),
        before.author(),
        before.link());
  }

  private static String id(Entity workload, String what, String which) {
    return SeriesHash.hex(
        SeriesHash.ofText("kubernetes/" + what + "/" + workload.parts() + "/" + which));
  }
}
