// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ranking asked by hand, with calls. */
class InquiryTest {
  private static final long ONSET = 1_772_359_200_000L;
  private static final long SECOND = 1_000;

  private final SuspectRanking ranking = new SuspectRanking(IncidentSettings.DEFAULTS);
  private final Topology topology = new Topology(TopologySettings.DEFAULTS);
  private final List<Departure> departures = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  private static Entity service(String name) {
    return new Entity("", "shop", "", name, "", "");
  }

  private InquiryTest calls(String caller, String... callees) {
    for (String callee : callees) {
      topology.learn(new CallEdge(service(caller), service(callee)), ONSET);
    }
    return this;
  }

  private InquiryTest departs(
      String entity, @Nullable String peer, String metric, double severity, long second) {
    boolean symptom = metric.equals("latency");
    Evidence evidence =
        new Evidence(
            metric.startsWith("lines") ? Evidence.Kind.LOG : Evidence.Kind.METRIC,
            entity + peer + metric,
            Labels.of(Labels.NAME, metric),
            "",
            Direction.UP,
            ONSET + second * SECOND,
            severity,
            severity,
            0,
            0,
            null);
    departures.add(
        new Departure(
            service(entity),
            peer == null ? null : service(peer),
            metric,
            evidence,
            severity,
            15 * SECOND,
            symptom));
    return this;
  }

  private InquiryTest departs(String entity, String metric, double severity) {
    return departs(entity, null, metric, severity, 0);
  }

  private void logs(String entity, String line, double severity) {
    LogEvidence log = new LogEvidence("", line, "error", List.of(line), "", null);
    Evidence evidence =
        new Evidence(
            Evidence.Kind.LOG,
            line,
            Labels.of(Labels.NAME, "lines"),
            "",
            Direction.UP,
            ONSET,
            severity,
            severity,
            0,
            0,
            log);
    departures.add(
        new Departure(service(entity), null, "lines", evidence, severity, 15 * SECOND, false));
  }

  private InquiryTest changed(String entity, long second) {
    return changed("deploy", entity, second);
  }

  private InquiryTest switched(String entity, long second) {
    return changed("flag", entity, second);
  }

  private InquiryTest changed(String kind, String entity, long second) {
    changes.add(
        new Change(
            entity + second, ONSET + second * SECOND, kind, service(entity), entity, "", "", ""));
    return this;
  }

  private List<Suspect> ranked() {
    return ranking.rank(
        new Inquiry(Inquiry.Felt.UNKNOWN, departures, topology, changes), new Subjects());
  }

  private List<String> names() {
    return ranked().stream().map(each -> each.entity().subject()).toList();
  }

  private List<String> blamed() {
    return ranked().get(0).evidence().stream()
        .filter(each -> each.kind() == Evidence.Kind.CHANGE)
        .map(Evidence::finding)
        .toList();
  }

  @Test
  void aSlowCalleeExplainsItsCallers() {
    calls("frontend", "checkout").calls("checkout", "payments");
    departs("frontend", "latency", 40).departs("checkout", "latency", 35);
    departs("payments", "latency", 30);
    assertThat(names()).first().isEqualTo("payments");
  }

  @Test
  void aCalleeThatFollowsMuchLaterExplainsNothing() {
    calls("checkout", "payments");
    departs("checkout", "latency", 40).departs("payments", null, "latency", 30, 600);
    assertThat(names()).first().isEqualTo("checkout");
  }

  @Test
  void whatAServiceDoesItselfIsNotExplainedByItsCallees() {
    calls("checkout", "payments");
    departs("checkout", "cpu", 40).departs("checkout", "latency", 20);
    departs("payments", "latency", 20);
    assertThat(names()).first().isEqualTo("checkout");
  }

  @Test
  void whomAllCallersFindSlowHasASlowNetwork() {
    calls("frontend", "cart", "payments", "mail").calls("checkout", "payments", "mail");
    departs("frontend", "payments", "latency", 30, 0);
    departs("checkout", "payments", "latency", 30, 0);
    assertThat(names()).first().isEqualTo("payments");
  }

  @Test
  void whoFindsAllCalleesSlowHasASlowNetworkToo() {
    calls("frontend", "cart", "payments").calls("mail", "cart").calls("billing", "payments");
    calls("gateway", "frontend");
    departs("frontend", "cart", "latency", 30, 0);
    departs("frontend", "payments", "latency", 30, 0);
    departs("gateway", "frontend", "latency", 30, 0);
    assertThat(names()).first().isEqualTo("frontend");
  }

  @Test
  void cyclesAndCallsToItselfEnd() {
    calls("a", "a", "b").calls("b", "c").calls("c", "a");
    departs("a", "latency", 10).departs("b", "latency", 10).departs("c", "latency", 10);
    assertThat(names()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void whatManyDoIsNoClue() {
    for (int i = 0; i < 20; i++) {
      departs("service-" + i, "network", 30);
    }
    departs("quiet", "cpu", 15);
    assertThat(names()).first().isEqualTo("quiet");
  }

  @Test
  void aChangeThatCameAfterTheOnsetIsNotBlamed() {
    departs("cart", "cpu", 30).changed("cart", -300).changed("cart", 60);
    assertThat(blamed()).containsExactly("cart-300");
  }

  @Test
  void norOneThatCameAfterSomethingElseHadBegun() {
    departs("cart", null, "cpu", 30, 0).departs("cart", null, "memory", 30, -240);
    changed("cart", -120).changed("cart", -300);
    assertThat(blamed()).containsExactly("cart-300");
  }

  @Test
  void aChangeLongBeforeOrElsewhereIsNotBlamed() {
    departs("cart", "cpu", 30).changed("cart", -3 * 3600).changed("mail", -60);
    assertThat(blamed()).isEmpty();
  }

  @Test
  void aChangeOfADependencyIsBlamed() {
    calls("checkout", "payments");
    departs("checkout", "latency", 30).changed("payments", -60);
    assertThat(blamed()).containsExactly("payments-60");
  }

  private @Nullable String toBlame() {
    Evidence blamed = ranking.blamed(ranking.standingOut(ranked()));
    return blamed == null ? null : blamed.finding();
  }

  @Test
  void theOnlyChangeThatCanBeIsToBlame() {
    departs("cart", "cpu", 30).changed("cart", -300);
    assertThat(toBlame()).isEqualTo("cart-300");
  }

  @Test
  void ofTwoThatCanBeNeitherIs() {
    departs("cart", "cpu", 30).changed("cart", -300).changed("cart", -60);
    assertThat(toBlame()).isNull();
  }

  @Test
  void aDeployGoesBeforeASwitch() {
    departs("cart", "cpu", 30).changed("cart", -300).switched("cart", -60);
    assertThat(toBlame()).isEqualTo("cart-300");
  }

  @Test
  void aSwitchAloneIsToBlame() {
    departs("cart", "cpu", 30).switched("cart", -60);
    assertThat(toBlame()).isEqualTo("cart-60");
  }

  @Test
  void linesThatSpeakOfSomebodyElseClearAllChanges() {
    departs("cart", "cpu", 30).changed("cart", -300);
    logs("cart", "GET https://rates.example.com returned 503", 30);
    assertThat(toBlame()).isNull();
  }

  @Test
  void otherLinesDoNot() {
    departs("cart", "cpu", 30).changed("cart", -300);
    logs("cart", "out of memory", 30);
    assertThat(toBlame()).isEqualTo("cart-300");
  }

  @Test
  void nobodyIsNamedForATremor() {
    departs("cart", "cpu", 2.5).departs("mail", "latency", 2);
    assertThat(ranking.standingOut(ranked())).isEmpty();
  }

  @Test
  void withoutAnythingThereIsNobody() {
    assertThat(ranked()).isEmpty();
  }
}
