// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.SeriesHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of an incident from a sample to a person, as a trace of OpenTelemetry: a span {@code
 * sample} from the first deviating sample to the first finding, below it {@code finding} until
 * there was enough for an incident, below it {@code incident} until it was told or over, and below
 * that {@code sent} for each place that took it. All times but that of taking are event time.
 *
 * <p>The ids follow from the incident's id, so whoever tells a part of the trace, however often,
 * tells the same trace.
 */
public final class IncidentTrace {
  /** The spans, each with the one that it hangs below. */
  private enum Step {
    SAMPLE(null),
    FINDING(SAMPLE),
    INCIDENT(FINDING),
    SENT(INCIDENT);

    private final @Nullable Step parent;

    Step(@Nullable Step parent) {
      this.parent = parent;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Resource resource;

  /**
   * A mapping for one process.
   *
   * @param who attributes of the process, such as {@code service.name}
   */
  public IncidentTrace(Map<String, String> who) {
    resource = Attributes.resource(who);
  }

  /**
   * That somebody took the message of an incident.
   *
   * @param sink who: a chat channel, or an Alertmanager
   * @param time when, ms since the epoch
   */
  public record Acceptance(String sink, long time) {}

  /**
   * How an incident began.
   *
   * @param opened its first record
   * @param first the first record of the earliest finding that it was opened for, or null when that
   *     is not known
   */
  public record Opening(Incident opened, @Nullable Finding first) {
    /** When the first finding was there; never after the incident, which follows from it. */
    private long found() {
      long found = first == null ? opened.opened() : first.arrival();
      return Math.max(onset(), Math.min(found, opened.opened()));
    }

    /** The oldest sample that it was opened for. */
    private long onset() {
      long oldest =
          opened.symptoms().stream().mapToLong(Evidence::onset).min().orElse(opened.onset());
      return Math.min(oldest, opened.opened());
    }
  }

  /**
   * The whole trace.
   *
   * @param end when it was told or over, ms since the epoch
   * @param accepted who took it
   */
  public byte[] whole(Opening opening, long end, List<Acceptance> accepted) {
    Incident incident = opening.opened();
    List<Span> spans = new ArrayList<>();
    spans.add(
        span(incident, Step.SAMPLE, opening.onset(), opening.found())
            .addAllAttributes(ofSample(opening))
            .build());
    spans.add(
        span(incident, Step.FINDING, opening.found(), incident.opened())
            .addAllAttributes(ofFinding(opening.first()))
            .build());
    spans.add(
        span(incident, Step.INCIDENT, incident.opened(), Math.max(end, incident.opened()))
            .addAllAttributes(ofIncident(incident))
            .build());
    accepted.forEach(each -> spans.add(sentSpan(incident, each)));
    return request(spans);
  }

  /** What is added to a trace that somebody has told, or will. */
  public byte[] sent(Incident incident, Acceptance acceptance) {
    return request(List.of(sentSpan(incident, acceptance)));
  }

  private static Span sentSpan(Incident incident, Acceptance acceptance) {
    long taken = Math.max(acceptance.time(), incident.opened());
    return span(incident, Step.SENT, incident.opened(), taken)
        .setSpanId(spanId(incident, Step.SENT.word() + '/' + acceptance.sink()))
        .setKind(SpanKind.SPAN_KIND_PRODUCER)
        .addAttributes(Attributes.of("tocsin.sink", acceptance.sink()))
        .build();
  }

  private static Span.Builder span(Incident incident, Step step, long begin, long end) {
    Step parent = step.parent;
    return Span.newBuilder()
        .setTraceId(traceId(incident))
        .setSpanId(spanId(incident, step.word()))
        .setParentSpanId(parent == null ? ByteString.EMPTY : spanId(incident, parent.word()))
        .setName(step.word())
        .setKind(SpanKind.SPAN_KIND_INTERNAL)
        .setStartTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(begin))
        .setEndTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(end))
        .addAttributes(Attributes.of("tocsin.incident", incident.id()));
  }

  private static ByteString traceId(Incident incident) {
    return spanId(incident, "trace").concat(spanId(incident, "trace of"));
  }

  private static ByteString spanId(Incident incident, String what) {
    long hash = SeriesHash.ofText(what + '/' + incident.id());
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(hash).flip());
  }

  private static List<KeyValue> ofSample(Opening opening) {
    Finding first = opening.first();
    Stream<String> series =
        first == null
            ? opening.opened().symptoms().stream().limit(1).map(each -> each.labels().toString())
            : Stream.of(first.labels().toString());
    return series.map(each -> Attributes.of("tocsin.series", each)).toList();
  }

  private static List<KeyValue> ofFinding(@Nullable Finding first) {
    List<KeyValue> attributes = new ArrayList<>();
    if (first != null) {
      attributes.add(Attributes.of("tocsin.finding", first.id()));
      attributes.add(Attributes.of("tocsin.detector", first.detector()));
      attributes.add(Attributes.of("tocsin.score", first.score()));
      attributes.add(Attributes.of("tocsin.observed", first.observed()));
      attributes.add(Attributes.of("tocsin.expected", first.expected()));
      LogEvidence log = first.log();
      if (log != null && !log.trace().isEmpty()) {
        attributes.add(Attributes.of("tocsin.log_trace_id", log.trace()));
      }
    }
    return attributes;
  }

  private static List<KeyValue> ofIncident(Incident incident) {
    Map<String, String> values = new LinkedHashMap<>();
    Entity entity = incident.entity();
    values.put("tocsin.title", incident.title());
    values.put("tocsin.severity", incident.severity().label());
    values.put("tocsin.cluster", entity.cluster());
    values.put("tocsin.namespace", entity.namespace());
    values.put("tocsin.service", entity.service());
    incident.suspects().stream()
        .findFirst()
        .map(Suspect::entity)
        .ifPresent(cause -> values.put("tocsin.cause", cause.subject()));
    values.values().removeIf(String::isEmpty);
    return Attributes.of(values);
  }

  private byte[] request(List<Span> spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource)
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
        .build()
        .toByteArray();
  }
}
