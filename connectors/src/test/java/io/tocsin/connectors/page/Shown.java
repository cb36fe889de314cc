// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Member;
import io.tocsin.models.incidents.News;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.incidents.Verdicts;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallEdge;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the page is shown with in tests: a shop whose payments fail after a deploy. */
public final class Shown {
  public static final long ONSET = 1_790_000_000_000L;
  public static final String ID = "01da53efc0baf72e";

  private Shown() {}

  static Entity service(String name) {
    return new Entity("", "shop", "", name, "", "");
  }

  public static Incident incident(String id, Transition transition, int revision, String title) {
    boolean over = transition == Transition.RESOLVED;
    return new Incident(
        id,
        transition,
        revision,
        ONSET + 30_000L * revision,
        ONSET,
        ONSET + 20_000,
        over ? ONSET + 600_000 : 0,
        Severity.CRITICAL,
        service("checkout"),
        title,
        List.of(errors("http_requests_total", "symptom")),
        List.of(
            new Suspect(
                service("payments"),
                8.5,
                0.93,
                ONSET - 15_000,
                List.of(deploy(), errors("http_requests_total", "cause"), lines("card refused")),
                List.of(new CallEdge(service("checkout"), service("payments"))),
                Verdicts.NONE),
            new Suspect(
                service("inventory"),
                1.5,
                0.05,
                ONSET + 15_000,
                List.of(errors("queue_length", "weak")))),
        List.of(
            new Cleared(
                service("frontend"),
                "deviates less than payments",
                Cleared.Why.DEVIATES_LESS,
                service("payments"),
                0)),
        List.of(change("https://ci.example/2.1.0")),
        14,
        new Grouping(
            "",
            List.of(
                new Member(service("checkout"), Member.Reason.ORIGIN, List.of(), ONSET, 6),
                new Member(
                    service("payments"),
                    Member.Reason.CALLEE,
                    List.of(new CallEdge(service("checkout"), service("payments"))),
                    ONSET - 15_000,
                    8)),
            revision == 1
                ? List.of()
                : List.of(new News(News.Kind.AFFECTED, service("checkout"), "2")),
            1,
            10,
            1,
            "",
            Entity.NONE,
            0));
  }

  public static Incident incident(String id, Transition transition, int revision) {
    return incident(
        id,
        transition,
        revision,
        "payments: http_requests_total{code=\"500\"} is 7.53 /s, expected 0.023 /s");
  }

  /** The same incident, with this service before the other suspects. */
  public static Incident blaming(Incident incident, String service) {
    Suspect first = new Suspect(service(service), 9, 0.8, ONSET, List.of());
    List<Suspect> suspects = Stream.concat(Stream.of(first), incident.suspects().stream()).toList();
    return next(incident, suspects, incident.grouping());
  }

  /**
   * The same incident, once a part of another, one too many of its day, of which people have said
   * that it was noise and that its suspect was the cause.
   */
  public static Incident judged(Incident incident, String parent) {
    Suspect first = incident.suspects().get(0);
    Suspect known =
        new Suspect(
            first.entity(),
            first.score(),
            first.confidence(),
            first.onset(),
            first.evidence(),
            first.path(),
            new Verdicts(2, 1));
    Grouping grouping = incident.grouping();
    return next(
        incident,
        List.of(known),
        new Grouping(
            parent,
            grouping.members(),
            List.of(new News(News.Kind.CHANGE, service("payments"), "payments 2.1.0")),
            11,
            10,
            1.5,
            "http_requests_total",
            service("payments"),
            3));
  }

  private static Incident next(Incident incident, List<Suspect> suspects, Grouping grouping) {
    return new Incident(
        incident.id(),
        incident.transition(),
        incident.revision() + 1,
        incident.time(),
        incident.onset(),
        incident.opened(),
        incident.closed(),
        incident.severity(),
        incident.entity(),
        incident.title(),
        incident.symptoms(),
        suspects,
        incident.cleared(),
        incident.changes(),
        incident.findings(),
        grouping);
  }

  static Change change(String link) {
    return new Change(
        "c1", ONSET - 15_000, "deploy", service("payments"), "payments 2.1.0", "2.1.0", "ci", link);
  }

  static Evidence errors(String metric, String finding) {
    return new Evidence(
        Evidence.Kind.METRIC,
        finding,
        Labels.of("__name__", metric, "code", "500", "service", "payments"),
        "/s",
        Direction.UP,
        ONSET,
        4.2,
        7.53,
        0.023,
        0,
        null);
  }

  static Evidence lines(String line) {
    return new Evidence(
        Evidence.Kind.LOG,
        "log",
        Labels.of("__name__", "log_lines:rate", "service", "payments"),
        "/s",
        Direction.UP,
        ONSET,
        3,
        5,
        0,
        0,
        new LogEvidence(
            "00000000000000aa",
            "card <*> refused",
            "error",
            List.of(line),
            "4bf92f3577b34da6a3ce929d0e0e4736",
            null));
  }

  private static Evidence deploy() {
    return new Evidence(
        Evidence.Kind.CHANGE,
        "c1",
        Labels.of("__name__", "payments 2.1.0", "kind", "deploy"),
        "",
        Direction.UP,
        ONSET - 15_000,
        1,
        Double.NaN,
        Double.NaN,
        0,
        null);
  }

  /** A value of a finding, some seconds after the onset. */
  static FindingsRecord value(String finding, int seconds, double observed) {
    return FindingsRecord.of(
        new Finding(
            finding,
            seconds == 0 ? Phase.STARTED : Phase.CONTINUES,
            ONSET + seconds * 1_000L,
            ONSET + seconds * 1_000L,
            ONSET,
            Labels.of("__name__", "http_requests_total", "service", "payments"),
            service("payments"),
            Role.SYMPTOM,
            "/s",
            "band",
            Direction.UP,
            4,
            4,
            observed,
            0.4,
            0.1,
            1.2,
            15_000,
            0,
            List.of(),
            null));
  }

  static LogPattern pattern(int number, String template) {
    return new LogPattern(
        String.format("%016x", number),
        service(number % 2 == 0 ? "payments" : "checkout"),
        template,
        number % 2 == 0 ? "error" : "info",
        100 + number,
        ONSET,
        ONSET + number * 1_000L,
        template.replace("<*>", "7711"),
        "");
  }

  /** Nothing yet. */
  static Knowledge nothing() {
    return nothing((wanted, from, to) -> Map.of());
  }

  private static Knowledge nothing(Histories.Reader past) {
    return new Knowledge(PageSettings.DEFAULTS, past);
  }

  /** All of it, for who is not of the page. */
  public static IncidentPages pages() {
    return new IncidentPages(PageSettings.DEFAULTS, shop(), InstantSource.system());
  }

  /** All of it, as if read from Kafka. */
  static Knowledge shop() {
    return shop((wanted, from, to) -> Map.of());
  }

  static Knowledge shop(Histories.Reader past) {
    Knowledge knowledge = nothing(past);
    knowledge.stories().take(incident(ID, Transition.OPENED, 1));
    knowledge.stories().take(incident(ID, Transition.UPDATED, 2));
    knowledge
        .stories()
        .take(incident("00000000000000ff", Transition.RESOLVED, 3, "cart: slower than usual"));
    for (int second = 0; second <= 300; second += 15) {
      knowledge.trails().take(value("symptom", second, second < 60 ? 1 + second / 15.0 : 7.5));
      knowledge.trails().take(value("cause", second, 6 + Math.sin(second / 40.0)));
    }
    for (int i = 0; i < 5; i++) {
      knowledge.patterns().take(pattern(i, "card <*> refused by bank " + i));
    }
    return knowledge;
  }
}
