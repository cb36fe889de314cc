// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What people have said of earlier incidents, and what follows from it: a symptom that was noise
 * must deviate further to open an incident again, and a suspect that was confirmed or dismissed is
 * more or less likely next time. Everything said fades by half with each half-life, and what
 * follows from however much of it is bounded.
 */
public final class Experience {
  private static final double DAY_MILLIS = 24 * 3_600_000.0;
  private static final double NOISE_HALF_LIFE = 14 * DAY_MILLIS;
  private static final double CAUSE_HALF_LIFE = 60 * DAY_MILLIS;

  /** By how much one word of noise raises the bar, when it is new. */
  private static final double NOISE_STEP = 0.5;

  private static final double HIGHEST_BAR = 4;

  /** The logarithm of the factor that one word about a suspect gives, when it is new. */
  private static final double CAUSE_STEP = Math.log(1.6);

  private static final double MOST_CAUSE = Math.log(4);

  private final Map<String, List<Long>> noise = new HashMap<>();
  private final Map<Subject, List<Feedback>> causes = new HashMap<>();

  private Experience() {}

  /** What follows from all that was said, in whatever order. */
  public static Experience of(Iterable<Feedback> all) {
    Experience experience = new Experience();
    for (Feedback each : all) {
      switch (each.kind()) {
        case NOISE ->
            experience
                .noise
                .computeIfAbsent(symptom(each.entity(), each.metric()), any -> new ArrayList<>())
                .add(each.time());
        case CONFIRMED, WRONG ->
            experience
                .causes
                .computeIfAbsent(Subject.of(each.entity()), any -> new ArrayList<>())
                .add(each);
        case MUTED -> {}
      }
    }
    return experience;
  }

  private static String symptom(Entity entity, String metric) {
    return Subject.of(entity).text() + "\n" + metric;
  }

  /**
   * How far a finding must deviate to open an incident: 1.0, or more where it was noise before.
   *
   * @param time event time, ms since the epoch
   */
  double bar(Deviation deviation, long time) {
    List<Long> said = noise.get(symptom(deviation.last().entity(), deviation.metric()));
    if (said == null) {
      return 1;
    }
    double sum = said.stream().mapToDouble(at -> faded(time - at, NOISE_HALF_LIFE)).sorted().sum();
    return Math.min(HIGHEST_BAR, 1 + NOISE_STEP * sum);
  }

  /**
   * By what the odds of a suspect are to be multiplied: 1 for one of whom nothing was said.
   *
   * @param time event time, ms since the epoch
   */
  public double factor(Entity suspect, long time) {
    double sum =
        causes.getOrDefault(Subject.of(suspect), List.of()).stream()
            .mapToDouble(
                said ->
                    (said.kind() == Feedback.Kind.CONFIRMED ? 1 : -1)
                        * faded(time - said.time(), CAUSE_HALF_LIFE))
            .sorted()
            .sum();
    return Math.exp(Math.max(-MOST_CAUSE, Math.min(MOST_CAUSE, CAUSE_STEP * sum)));
  }

  private Verdicts verdicts(Entity suspect) {
    List<Feedback> said = causes.getOrDefault(Subject.of(suspect), List.of());
    int confirmed =
        (int) said.stream().filter(each -> each.kind() == Feedback.Kind.CONFIRMED).count();
    return new Verdicts(confirmed, said.size() - confirmed);
  }

  private static double faded(long age, double halfLife) {
    return Math.pow(0.5, Math.max(0, age) / halfLife);
  }

  /** Suspects with their shares as experience has them; that it is none of them keeps its odds. */
  List<Suspect> weighed(List<Suspect> ranked, long time) {
    if (causes.isEmpty()) {
      return ranked;
    }
    double total = 1;
    for (Suspect each : ranked) {
      total += each.confidence() * (factor(each.entity(), time) - 1);
    }
    List<Suspect> weighed = new ArrayList<>();
    for (Suspect each : ranked) {
      double share = each.confidence() * factor(each.entity(), time) / total;
      weighed.add(each.weighed(share, verdicts(each.entity())));
    }
    weighed.sort(Comparator.comparingDouble(Suspect::confidence).reversed());
    return weighed;
  }
}
