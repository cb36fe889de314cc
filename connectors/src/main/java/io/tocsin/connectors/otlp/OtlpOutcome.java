// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tocsin.connectors.http.HttpPoster.Reply;
import io.tocsin.connectors.otlp.OtlpExporter.Signal;

/** What became of a request, as far as it decides what to do next. */
public enum OtlpOutcome {
  /** The collector has it. */
  SENT,
  /** The collector has taken a part and refused the rest; it must not be sent again. */
  PARTIAL,
  /** Nobody answers, or the collector asks to wait; the same again later. */
  UNAVAILABLE,
  /** It will never be taken. */
  REFUSED;

  /** The meaning of an answer, by the specification of OTLP over HTTP. */
  static OtlpOutcome of(Signal signal, Reply reply) {
    return switch (reply.status()) {
      case 0, 429, 502, 503, 504 -> UNAVAILABLE;
      case 200, 202, 204 -> refusedOf(signal, reply.body()) > 0 ? PARTIAL : SENT;
      default -> REFUSED;
    };
  }

  private static long refusedOf(Signal signal, byte[] body) {
    try {
      return switch (signal) {
        case METRICS ->
            ExportMetricsServiceResponse.parseFrom(body)
                .getPartialSuccess()
                .getRejectedDataPoints();
        case TRACES ->
            ExportTraceServiceResponse.parseFrom(body).getPartialSuccess().getRejectedSpans();
      };
    } catch (InvalidProtocolBufferException e) {
      // Some answer with a text; a 200 means what it says.
      return 0;
    }
  }
}
