// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.connectors.logs.SeverityWords;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.incidents.Baseline;
import io.tocsin.models.incidents.Departure;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Excursion;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.incidents.Inquiry;
import io.tocsin.models.incidents.Inquiry.Felt;
import io.tocsin.models.incidents.Subjects;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.incidents.SuspectOrder;
import io.tocsin.models.incidents.SuspectRanking;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ranking that is shipped, asked with what the series of a failure say. */
final class ShippedRanker implements Ranker {
  /** What is noticed may have begun this long before; what counts as usual ends there. */
  private static final long NOTICED_AFTER = 120_000;

  private static final long MINUTE = 60_000;

  private final SuspectRanking ranking = new SuspectRanking(IncidentSettings.DEFAULTS);
  private final Set<Source> sources;

  /** What may be asked; figures are told without each. */
  enum Source {
    METRICS,
    LOGS,
    EDGES,
    CHANGES
  }

  /** Asks with all there is. */
  ShippedRanker() {
    this(EnumSet.allOf(Source.class));
  }

  private ShippedRanker(Set<Source> sources) {
    this.sources = sources;
  }

  /** The same without one source. */
  static ShippedRanker without(Source source) {
    return new ShippedRanker(EnumSet.complementOf(EnumSet.of(source)));
  }

  @Override
  public String name() {
    return "tocsin";
  }

  @Override
  public Answer rank(FailureCase failure, Moment moment) {
    return rank(failure, departures(failure, moment), moment.now());
  }

  /** Asks again and again; what was told before is kept in mind, as the incidents job does. */
  List<Answer> follow(FailureCase failure, List<Moment> moments) {
    List<Answer> answers = new ArrayList<>();
    List<Suspect> told = List.of();
    for (Moment each : moments) {
      List<Suspect> suspects =
          SuspectOrder.settled(told, suspects(failure, departures(failure, each), each.now()));
      told = ranking.standingOut(suspects);
      answers.add(answer(suspects));
    }
    return answers;
  }

  /** Asks with given departures. */
  Answer rank(FailureCase failure, List<Departure> departures, long now) {
    return answer(suspects(failure, departures, now));
  }

  private List<Suspect> suspects(FailureCase failure, List<Departure> departures, long now) {
    return ranking.rank(inquiry(failure, departures, now), new Subjects());
  }

  private Answer answer(List<Suspect> suspects) {
    Set<String> metrics = new LinkedHashSet<>();
    for (Suspect each : suspects) {
      each.evidence().stream()
          .filter(evidence -> evidence.kind() == Evidence.Kind.METRIC)
          .forEach(of -> metrics.add(each.entity().subject() + "/" + of.labels().metric()));
    }
    List<Suspect> named = ranking.standingOut(suspects);
    double confidence = suspects.isEmpty() ? Double.NaN : suspects.get(0).confidence();
    return new Answer(
        names(suspects), List.copyOf(metrics), blamed(named), names(named), confidence);
  }

  private static List<String> names(List<Suspect> suspects) {
    return suspects.stream().map(each -> each.entity().subject()).toList();
  }

  /** The id of the change that is to blame; empty when none is. */
  private String blamed(List<Suspect> named) {
    Evidence blamed = ranking.blamed(named);
    return blamed == null ? "" : blamed.finding();
  }

  /** How far each series has left its usual. */
  private List<Departure> departures(FailureCase failure, Moment moment) {
    long usual = moment.exact() ? moment.since() : moment.since() - NOTICED_AFTER;
    List<Departure> departures = new ArrayList<>();
    for (CaseSeries each : failure.series()) {
      if (sources.contains(source(each))) {
        Departure departure = departure(each, failure.from(), usual, moment.now());
        if (departure != null) {
          departures.add(departure);
        }
      }
    }
    return departures;
  }

  private Inquiry inquiry(FailureCase failure, List<Departure> departures, long now) {
    Topology topology = new Topology(TopologySettings.DEFAULTS);
    if (sources.contains(Source.EDGES)) {
      failure.calls().forEach(call -> topology.learn(call, now));
    }
    FailureCase.Symptom symptom = failure.symptom();
    return new Inquiry(
        felt(symptom),
        departures,
        topology,
        sources.contains(Source.CHANGES)
            ? failure.changes().stream().filter(c -> c.time() <= now).toList()
            : List.of());
  }

  private static Felt felt(FailureCase.@Nullable Symptom symptom) {
    if (symptom == null || !SampleRows.feels(symptom.metric())) {
      return Felt.UNKNOWN;
    }
    return SampleRows.isTime(symptom.metric()) ? Felt.DELAY : Felt.FAILURE;
  }

  /** What there is of a failure. */
  static Set<Source> sources(FailureCase failure) {
    Set<Source> sources = EnumSet.noneOf(Source.class);
    failure.series().forEach(each -> sources.add(source(each)));
    if (!failure.calls().isEmpty()) {
      sources.add(Source.EDGES);
    }
    if (!failure.changes().isEmpty()) {
      sources.add(Source.CHANGES);
    }
    return sources;
  }

  private static Source source(CaseSeries series) {
    return switch (series.signal()) {
      case METRIC -> Source.METRICS;
      case LOG -> Source.LOGS;
      case EDGE -> Source.EDGES;
    };
  }

  /** How far a series has left its usual; null when there is nothing to tell it by. */
  static @Nullable Departure departure(CaseSeries series, long from, long usual, long now) {
    int begin = series.from(from);
    int middle = series.from(usual);
    int end = series.from(now);
    if (middle == end) {
      return null;
    }
    boolean counted = series.signal() == CaseSeries.Signal.LOG;
    double[] before = Arrays.copyOfRange(series.values(), begin, middle);
    Baseline baseline = Baseline.of(before, counted);
    Excursion excursion =
        counted
            ? Excursion.of(counts(series, begin, middle, end))
            : Excursion.of(
                baseline, new Excursion.Stretch(series.times(), series.values(), middle, end));
    if (excursion.severity() == 0) {
      return null;
    }
    String metric = CauseBaselines.family(series.metric());
    Evidence evidence =
        new Evidence(
            counted ? Evidence.Kind.LOG : Evidence.Kind.METRIC,
            id(series),
            Labels.of(Labels.NAME, metric),
            SampleRows.unit(metric),
            excursion.direction(),
            excursion.onset(),
            excursion.severity(),
            excursion.observed(),
            baseline.median(),
            0,
            counted ? lines(series.metric()) : null);
    return new Departure(
        series.entity(),
        series.peer(),
        metric,
        evidence,
        excursion.severity(),
        interval(series, begin, middle),
        series.symptom());
  }

  private static LogEvidence lines(String metric) {
    String line = metric.substring(metric.indexOf(':') + 1);
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    Severity severity = SeverityWords.in(text, 0, text.length);
    String level = severity == Severity.UNKNOWN ? "" : severity.name().toLowerCase(Locale.ROOT);
    return new LogEvidence("", "", level, List.of(line), "", null);
  }

  private static Excursion.Counts counts(CaseSeries series, int begin, int middle, int end) {
    return new Excursion.Counts(
        Arrays.copyOfRange(series.times(), begin, end),
        Arrays.copyOfRange(series.values(), begin, end),
        Arrays.copyOfRange(series.loads(), begin, end),
        middle - begin);
  }

  /** A text that no other series of its failure has. */
  static String id(CaseSeries series) {
    Entity peer = series.peer();
    long ends = series.entity().hash() + (peer == null ? 0 : 31 * peer.hash());
    return SeriesHash.hex(ends ^ SeriesHash.ofText(series.metric()));
  }

  private static long interval(CaseSeries series, int begin, int middle) {
    return middle - begin < 2
        ? MINUTE
        : (series.times()[middle - 1] - series.times()[begin]) / (middle - begin - 1);
  }
}
