// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.connectors.otlp.IncidentTrace.Acceptance;
import io.tocsin.connectors.otlp.IncidentTracer.Place;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentTracerTest {
  private static final String ID = "0123456789abcdef";
  private static final Entity CHECKOUT = new Entity("", "shop", "", "checkout", "", "");
  private static final Labels SERIES = Labels.of(Labels.NAME, "latency_seconds:p95");
  private static final long ONSET = 1_700_000_000_000L;
  private static final long FOUND = ONSET + 15_000;
  private static final long OPENED = ONSET + 20_000;
  private static final long TAKEN = ONSET + 20_400;

  private final List<byte[]> requests = new ArrayList<>();
  private final List<FindingsRecord> known = new ArrayList<>();
  private long now = OPENED + 100;

  private IncidentTracer tracer(boolean awaited) {
    IncidentTracer tracer =
        new IncidentTracer(
            new IncidentTrace(Map.of("service.name", "tocsin-gateway")),
            requests::add,
            () -> Instant.ofEpochMilli(now),
            awaited);
    known.forEach(tracer.findings()::take);
    return tracer;
  }

  private static Place at(long offset) {
    return new Place(0, offset);
  }

  private static Evidence symptom(String finding, long onset) {
    return new Evidence(
        Evidence.Kind.METRIC, finding, SERIES, "seconds", Direction.UP, onset, 2, 2, 1, 0, null);
  }

  private static Incident incident(String id, Transition transition, long closed) {
    return new Incident(
        id,
        transition,
        1,
        OPENED,
        ONSET,
        OPENED,
        closed,
        Severity.CRITICAL,
        CHECKOUT,
        "checkout answers slowly",
        List.of(symptom("later", ONSET + 5_000), symptom("first", ONSET)),
        List.of(),
        List.of(),
        List.of(),
        2,
        Grouping.NONE);
  }

  private static Incident opened() {
    return incident(ID, Transition.OPENED, 0);
  }

  private static FindingsRecord finding(String id, long arrival) {
    return FindingsRecord.of(
        new Finding(
            id,
            Phase.STARTED,
            arrival - 200,
            arrival,
            ONSET,
            SERIES,
            CHECKOUT,
            Role.SYMPTOM,
            "seconds",
            "level",
            Direction.UP,
            1.5,
            1.5,
            2,
            1,
            0.9,
            1.1,
            15_000,
            0,
            List.of(),
            null));
  }

  /** All spans that were told, by their name. */
  private Map<String, List<Span>> spans() throws InvalidProtocolBufferException {
    Map<String, List<Span>> spans = new LinkedHashMap<>();
    for (byte[] request : requests) {
      ExportTraceServiceRequest.parseFrom(request)
          .getResourceSpans(0)
          .getScopeSpans(0)
          .getSpansList()
          .forEach(each -> spans.computeIfAbsent(each.getName(), n -> new ArrayList<>()).add(each));
    }
    return spans;
  }

  private static void assertLasts(Span span, long begin, long end) {
    assertThat(span.getStartTimeUnixNano()).isEqualTo(begin * 1_000_000);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(end * 1_000_000);
  }

  private static String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(each -> each.getKey().equals(name))
        .map(KeyValue::getValue)
        .findFirst()
        .orElseThrow()
        .getStringValue();
  }

  @Test
  void theWayFromTheSampleToWhoTookItIsOneTrace() throws Exception {
    known.add(finding("first", FOUND));
    known.add(finding("first", FOUND + 1_000));
    known.add(finding("later", FOUND + 2_000));
    IncidentTracer tracer = tracer(true);
    tracer.take(opened(), at(7));
    tracer.accepted(
        Map.of(
            ID,
            List.of(new Acceptance("am-0:9093", TAKEN), new Acceptance("am-1:9093", TAKEN + 50))));
    tracer.tellDue();

    assertThat(requests).hasSize(1);
    Span sample = spans().get("sample").get(0);
    Span finding = spans().get("finding").get(0);
    Span incident = spans().get("incident").get(0);
    List<Span> sent = spans().get("sent");
    assertThat(sample.getParentSpanId()).isEqualTo(ByteString.EMPTY);
    assertThat(finding.getParentSpanId()).isEqualTo(sample.getSpanId());
    assertThat(incident.getParentSpanId()).isEqualTo(finding.getSpanId());
    assertThat(sent).allMatch(each -> each.getParentSpanId().equals(incident.getSpanId()));
    assertThat(spans().values().stream().flatMap(List::stream).map(Span::getTraceId))
        .hasSize(5)
        .allMatch(id -> id.equals(sample.getTraceId()) && id.size() == 16);
    assertThat(spans().values().stream().flatMap(List::stream).map(Span::getSpanId))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.size() == 8);
    assertLasts(sample, ONSET, FOUND);
    assertLasts(finding, FOUND, OPENED);
    assertLasts(incident, OPENED, TAKEN);
    assertLasts(sent.get(0), OPENED, TAKEN);
    assertLasts(sent.get(1), OPENED, TAKEN + 50);
    assertThat(attribute(finding, "tocsin.finding")).isEqualTo("first");
    assertThat(attribute(incident, "tocsin.service")).isEqualTo("checkout");
    assertThat(attribute(sent.get(1), "tocsin.sink")).isEqualTo("am-1:9093");
  }

  @Test
  void itIsToldOnceHoweverOftenItIsTaken() {
    known.add(finding("first", FOUND));
    IncidentTracer tracer = tracer(true);
    tracer.take(opened(), at(7));
    Map<String, List<Acceptance>> taken = Map.of(ID, List.of(new Acceptance("am", TAKEN)));
    tracer.accepted(taken);
    tracer.tellDue();
    tracer.accepted(taken);
    tracer.take(incident(ID, Transition.UPDATED, 0), at(8));
    tracer.take(incident(ID, Transition.RESOLVED, OPENED + 90_000), at(9));
    tracer.tellDue();

    assertThat(requests).hasSize(1);
    assertThat(tracer.waits()).isFalse();
  }

  @Test
  void aFindingThatIsReadALittleLaterIsWaitedFor() throws Exception {
    IncidentTracer tracer = tracer(true);
    tracer.take(opened(), at(7));
    tracer.accepted(Map.of(ID, List.of(new Acceptance("am", TAKEN))));
    tracer.tellDue();
    assertThat(requests).isEmpty();

    tracer.findings().take(finding("first", FOUND));
    tracer.accepted(Map.of(ID, List.of(new Acceptance("am", TAKEN + 9_000))));
    tracer.tellDue();
    assertLasts(spans().get("finding").get(0), FOUND, OPENED);
    assertLasts(spans().get("sent").get(0), OPENED, TAKEN);
  }

  @Test
  void whatIsOverBeforeAnybodyTookItIsToldWithoutHim() throws Exception {
    IncidentTracer tracer = tracer(true);
    tracer.take(opened(), at(7));
    tracer.take(incident(ID, Transition.RESOLVED, OPENED + 90_000), at(9));

    assertThat(spans()).containsOnlyKeys("sample", "finding", "incident");
    assertLasts(spans().get("incident").get(0), OPENED, OPENED + 90_000);
    // Of a finding that is not known, it is known that it was there.
    assertLasts(spans().get("finding").get(0), OPENED, OPENED);
  }

  @Test
  void nobodyIsWaitedForForEver() {
    IncidentTracer tracer = tracer(true);
    tracer.take(opened(), at(7));
    now += IncidentTracer.PATIENCE.toMillis() - 1;
    tracer.tellDue();
    assertThat(requests).isEmpty();

    now++;
    tracer.tellDue();
    assertThat(requests).hasSize(1);
  }

  @Test
  void whereNobodyIsExpectedItIsToldAsSoonAsItsFindingsMustBeKnown() {
    IncidentTracer tracer = tracer(false);
    tracer.take(opened(), at(7));
    now += IncidentTracer.FINDINGS.toMillis();
    tracer.tellDue();

    assertThat(requests).hasSize(1);
  }

  @Test
  void aChannelThatTakesItLaterIsAddedToTheSameTrace() throws Exception {
    known.add(finding("first", FOUND));
    IncidentTracer tracer = tracer(true);
    tracer.take(opened(), at(7));
    tracer.accepted(opened(), new Acceptance("oncall", TAKEN));
    tracer.tellDue();
    IncidentTracer ofAnotherGateway = tracer(true);
    ofAnotherGateway.accepted(opened(), new Acceptance("team", TAKEN + 1_000));

    assertThat(requests).hasSize(2);
    Span incident = spans().get("incident").get(0);
    assertThat(spans().get("sent"))
        .hasSize(2)
        .allMatch(each -> each.getTraceId().equals(incident.getTraceId()))
        .allMatch(each -> each.getParentSpanId().equals(incident.getSpanId()));
  }

  @Test
  void afterARestartTheSameTraceIsToldAgain() {
    known.add(finding("first", FOUND));
    for (int run = 0; run < 2; run++) {
      IncidentTracer tracer = tracer(true);
      tracer.take(opened(), at(7));
      tracer.accepted(Map.of(ID, List.of(new Acceptance("am", TAKEN))));
      tracer.tellDue();
    }
    assertThat(requests.get(1)).isEqualTo(requests.get(0));
  }

  @Test
  void whatWaitsIsNotCommitted() {
    known.add(finding("first", FOUND));
    IncidentTracer tracer = tracer(true);
    assertThat(tracer.toldUpTo(at(7))).isEqualTo(at(7));
    tracer.take(opened(), at(7));
    tracer.take(incident("fedcba9876543210", Transition.OPENED, 0), at(9));
    assertThat(tracer.toldUpTo(at(12))).isEqualTo(at(7));
    assertThat(tracer.toldUpTo(new Place(1, 3))).isEqualTo(new Place(1, 3));

    tracer.accepted(Map.of(ID, List.of(new Acceptance("am", TAKEN))));
    tracer.tellDue();
    assertThat(tracer.toldUpTo(at(12))).isEqualTo(at(9));
    tracer.forget();
    assertThat(tracer.toldUpTo(at(12))).isEqualTo(at(12));
  }
}
