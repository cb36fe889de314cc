// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.causes.Ranker.Moment;
import io.tocsin.benchmarks.quality.measures.Calibration;
import io.tocsin.benchmarks.quality.measures.CauseAccuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how well somebody names the causes of a corpus, at the time of the failure, a minute
 * late, and when our own detector noticed it.
 */
final class CauseRun {
  private static final long LATE = 60_000;

  private final FailureCorpus corpus;
  private final Map<FailureCase, Detection.Watched> detected = new HashMap<>();

  CauseRun(FailureCorpus corpus) {
    this.corpus = corpus;
  }

  /** Has the detector watch all failures, which takes longest; before it, none was detected. */
  void detect(Runnable progress) {
    for (FailureCase each : corpus.failures()) {
      if (corpus.timed()) {
        detected.put(each, Detection.of(each));
      }
      progress.run();
    }
  }

  /** When somebody is asked. */
  enum Mode {
    INJECTED(""),
    LATE60("late60."),
    DETECTED("detected.");

    private final String prefix;

    Mode(String prefix) {
      this.prefix = prefix;
    }
  }

  /** The part of the failures that the detector noticed, and how long that took. */
  void detection(BiConsumer<String, Double> figures) {
    List<Double> seconds = new ArrayList<>();
    detected.forEach(
        (failure, watched) -> {
          if (watched.time() != Detection.NEVER) {
            seconds.add((watched.time() - failure.time()) / 1000.0);
          }
        });
    if (!detected.isEmpty()) {
      figures.accept("detected.share", (double) seconds.size() / detected.size());
      figures.accept("detected.median_seconds", median(seconds));
    }
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  /** Asks about every failure in every way. */
  void accuracy(Ranker ranker, BiConsumer<String, Double> figures) {
    for (Mode mode : corpus.timed() ? Mode.values() : new Mode[] {Mode.INJECTED}) {
      accuracy(ranker, mode, figures);
    }
  }

  /** Asks about every failure in one way. */
  void accuracy(Ranker ranker, Mode mode, BiConsumer<String, Double> figures) {
    Map<String, CauseAccuracy> kinds = new LinkedHashMap<>();
    CauseAccuracy services = new CauseAccuracy();
    CauseAccuracy metrics = new CauseAccuracy();
    for (FailureCase each : corpus.failures()) {
      Moment moment = moment(each, mode);
      Answer answer = moment == null ? Answer.NONE : ranker.rank(each, moment);
      Set<String> truth = each.truth().services();
      if (!truth.isEmpty()) {
        services.add(answer.services(), truth);
        kinds
            .computeIfAbsent(each.kind(), any -> new CauseAccuracy())
            .add(answer.services(), truth);
      }
      if (!each.truth().metrics().isEmpty()) {
        metrics.add(answer.metrics(), metrics(each));
      }
    }
    tell(mode.prefix + "service.", services, figures);
    tell(mode.prefix + "metric.", metrics, figures);
    if (kinds.size() > 1) {
      kinds.forEach((kind, of) -> tell(kind + "." + mode.prefix + "service.", of, figures));
    }
  }

  private long found(FailureCase failure) {
    Detection.Watched watched = detected.get(failure);
    return watched == null ? Detection.NEVER : watched.time();
  }

  /** Asks about every failure with what the findings of the detector say, as the job does. */
  void findings(ShippedRanker ranker, BiConsumer<String, Double> figures) {
    CauseAccuracy services = new CauseAccuracy();
    Map<String, CauseAccuracy> kinds = new LinkedHashMap<>();
    for (FailureCase each : known()) {
      List<String> ranked = byFindings(ranker, each).services();
      services.add(ranked, each.truth().services());
      kinds
          .computeIfAbsent(each.kind(), any -> new CauseAccuracy())
          .add(ranked, each.truth().services());
    }
    if (corpus.timed()) {
      tell("findings.service.", services, figures);
      if (kinds.size() > 1) {
        kinds.forEach((kind, of) -> tell(kind + ".findings.service.", of, figures));
      }
    }
  }

  /** Those of which it is known which service caused them. */
  private List<FailureCase> known() {
    return corpus.failures().stream().filter(each -> !each.truth().services().isEmpty()).toList();
  }

  private Answer byFindings(ShippedRanker ranker, FailureCase failure) {
    Detection.Watched watched = detected.get(failure);
    return watched == null
        ? Answer.NONE
        : ranker.rank(failure, watched.departures(), failure.until());
  }

  /** Whether it is as often right as it says, at the injection. */
  Calibration confidence(ShippedRanker ranker) {
    return confidence(each -> ranker.rank(each, new Moment(each.time(), true, each.until())));
  }

  /** Whether it is as often right as it says, by what the findings of the detector say. */
  Calibration findingsConfidence(ShippedRanker ranker) {
    return confidence(each -> byFindings(ranker, each));
  }

  /** Of failures for which nobody is listed nothing was told. */
  private Calibration confidence(Function<FailureCase, Answer> asked) {
    Calibration calibration = new Calibration();
    for (FailureCase each : known()) {
      Answer answer = asked.apply(each);
      if (!answer.services().isEmpty()) {
        boolean right = each.truth().services().contains(answer.services().get(0));
        calibration.add(answer.confidence(), right);
      }
    }
    return calibration;
  }

  private @Nullable Moment moment(FailureCase failure, Mode mode) {
    long found = found(failure);
    return switch (mode) {
      case INJECTED -> new Moment(failure.time(), true, failure.until());
      case LATE60 -> new Moment(failure.time() + LATE, false, failure.until());
      case DETECTED -> found == Detection.NEVER ? null : new Moment(found, false, failure.until());
    };
  }

  private static Set<String> metrics(FailureCase failure) {
    Set<String> names = new HashSet<>();
    for (String service : failure.truth().services()) {
      failure.truth().metrics().forEach(metric -> names.add(service + "/" + metric));
    }
    return names;
  }

  private static void tell(
      String prefix, CauseAccuracy accuracy, BiConsumer<String, Double> figures) {
    if (accuracy.failures() > 0) {
      for (int k : new int[] {1, 3, 5}) {
        figures.accept(prefix + "ac" + k, accuracy.at(k));
      }
      figures.accept(prefix + "avg5", accuracy.average());
      figures.accept(prefix + "failures", (double) accuracy.failures());
    }
  }

  /** The part of the normal windows about which nothing is named; nothing without any. */
  void specificity(Ranker ranker, BiConsumer<String, Double> figures) {
    Map<String, int[]> quiet = new LinkedHashMap<>();
    for (FailureCase each : corpus.normal()) {
      boolean named = ranker.rank(each, new Moment(each.time(), true, each.until())).named();
      for (String kind : List.of("", each.kind() + ".")) {
        int[] counts = quiet.computeIfAbsent(kind, any -> new int[2]);
        counts[0] += named ? 0 : 1;
        counts[1]++;
      }
    }
    // One kind would only say the same as all.
    quiet.forEach(
        (kind, counts) -> {
          if (kind.isEmpty() || quiet.size() > 2) {
            figures.accept(kind + "specificity", (double) counts[0] / counts[1]);
          }
        });
  }

  /** How many changes are blamed rightly, wrongly, and not at all where one was to blame. */
  void changes(Ranker ranker, BiConsumer<String, Double> figures) {
    int right = 0;
    int wrong = 0;
    int asked = 0;
    for (FailureCase each : corpus.failures()) {
      String truth = each.truth().change();
      if (truth != null) {
        Moment moment = new Moment(each.time(), true, each.until());
        String blamed = ranker.rank(each, moment).change();
        asked++;
        right += truth.equals(blamed) ? 1 : 0;
        wrong += blamed != null && !blamed.isEmpty() && !truth.equals(blamed) ? 1 : 0;
      }
    }
    if (asked > 0) {
      figures.accept("change.right", (double) right);
      figures.accept("change.wrong", (double) wrong);
      figures.accept("change.failures", (double) asked);
    }
  }

  /**
   * How long it takes to a list: from the incident's opening to the first, in seconds of computing,
   * and until its first three, and those of them that a user would be told, stay as they are, in
   * intervals of the samples; that of the first three also in seconds in which these come.
   */
  void patience(ShippedRanker ranker, BiConsumer<String, Double> figures) {
    List<Double> first = new ArrayList<>();
    List<Double> intervals = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> named = new ArrayList<>();
    for (FailureCase each : corpus.failures()) {
      long found = found(each);
      if (found != Detection.NEVER) {
        long began = System.nanoTime();
        ranker.rank(each, new Moment(found, false, found + 1));
        first.add((System.nanoTime() - began) / 1e9);
        List<Answer> lists = lists(ranker, each, found);
        double stable = stable(lists, Answer::services);
        intervals.add(stable);
        seconds.add(stable * interval(each) / 1000.0);
        named.add(stable(lists, Answer::standingOut));
      }
    }
    figures.accept("first_list_seconds", median(first));
    figures.accept("stable_intervals", median(intervals));
    figures.accept("stable_seconds", median(seconds));
    figures.accept("named_stable_intervals", median(named));
  }

  /** More intervals are not looked at. */
  private static final int STEPS = 20;

  /** What is said in each interval from the alarm on, and at the end. */
  private static List<Answer> lists(ShippedRanker ranker, FailureCase failure, long found) {
    long interval = interval(failure);
    int most = (int) ((failure.until() - found) / interval) + 1;
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < Math.min(most, STEPS); i++) {
      moments.add(new Moment(found, false, found + 1 + i * interval));
    }
    moments.add(new Moment(found, false, failure.until()));
    return ranker.follow(failure, moments);
  }

  /** After how many intervals the first three of what is looked at are those of the end. */
  private static double stable(List<Answer> lists, Function<Answer, List<String>> looked) {
    int stable = lists.size() - 1;
    List<String> last = firstThree(looked.apply(lists.get(stable)));
    while (stable > 0 && firstThree(looked.apply(lists.get(stable - 1))).equals(last)) {
      stable--;
    }
    return stable;
  }

  private static List<String> firstThree(List<String> all) {
    return all.subList(0, Math.min(3, all.size()));
  }

  /** The usual one: days that were moved leave gaps. */
  private static long interval(FailureCase failure) {
    for (CaseSeries each : failure.series()) {
      int count = each.times().length;
      if (each.signal() == CaseSeries.Signal.METRIC && count > 1) {
        long[] times = each.times();
        long[] gaps = IntStream.range(1, count).mapToLong(i -> times[i] - times[i - 1]).toArray();
        Arrays.sort(gaps);
        return gaps[gaps.length / 2];
      }
    }
    return LATE;
  }
}
