// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.models.telemetry.Severity;
import org.junit.jupiter.api.Test;

final class OtlpDecoderTest {
  private static Read read(LogRecord... records) {
    return read(Resource.getDefaultInstance(), records);
  }

  private static Read read(Resource resource, LogRecord... records) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    var resourceLogs = request.addResourceLogsBuilder().setResource(resource);
    var scopeLogs = resourceLogs.addScopeLogsBuilder();
    for (LogRecord record : records) {
      scopeLogs.addLogRecords(record);
    }
    return Read.of(
        LogInputSettings.of("logs", LogFormat.OTLP_PROTO), request.build().toByteArray());
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static KeyValue entry(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
  }

  private static LogRecord.Builder record(String text) {
    return LogRecord.newBuilder().setBody(text(text));
  }

  @Test
  void withoutATimeTheObservedOneCounts() {
    LogRecord record = record("a").setObservedTimeUnixNano(Golden.TIME * 1_000_000).build();

    assertThat(read(record).line().time()).isEqualTo(Golden.TIME);
  }

  @Test
  void aRequestHoldsManyLines() {
    assertThat(read(record("a").build(), record("b").build()).texts()).containsExactly("a", "b");
  }

  @Test
  void aBodyThatIsAMapGivesItsMessageOrAllOfIt() {
    AnyValue with = map(entry("level", "warn"), entry("msg", "hello"));
    AnyValue without = map(entry("a", "1"), entry("b", "x"));

    assertThat(read(LogRecord.newBuilder().setBody(with).build()).line().text()).isEqualTo("hello");
    assertThat(read(LogRecord.newBuilder().setBody(without).build()).line().text())
        .isEqualTo("a=1 b=x");
  }

  private static AnyValue map(KeyValue... entries) {
    KeyValueList.Builder list = KeyValueList.newBuilder();
    for (KeyValue entry : entries) {
      list.addValues(entry);
    }
    return AnyValue.newBuilder().setKvlistValue(list).build();
  }

  @Test
  void withoutABodyTheExceptionOrTheEventIsTheText() {
    LogRecord thrown =
        LogRecord.newBuilder()
            .addAttributes(entry("exception.type", "IOException"))
            .addAttributes(entry("exception.message", "reset"))
            .build();
    LogRecord event = LogRecord.newBuilder().setEventName("session.start").build();

    assertThat(read(thrown, event).texts()).containsExactly("IOException: reset", "session.start");
  }

  @Test
  void severityTextCountsWhereThereIsNoNumber() {
    assertThat(read(record("a").setSeverityText("Warning").build()).line().severity())
        .isEqualTo(Severity.WARN);
  }

  @Test
  void aServiceThatNobodyNamedHasNoName() {
    Resource resource =
        Resource.newBuilder().addAttributes(entry("service.name", "unknown_service:java")).build();

    assertThat(read(resource, record("a").build()).line().source().service()).isEmpty();
  }

  @Test
  void otherMessagesAndOtherJsonAreSetAside() {
    byte[] other = {0x2A, 1, 0};
    assertThat(Read.of(LogInputSettings.of("logs", LogFormat.OTLP_PROTO), other).reasons())
        .containsExactly(LogRejection.MALFORMED_PROTOBUF);
    assertThat(Read.of(LogFormat.OTLP_JSON, "{\"a\":1}").reasons())
        .containsExactly(LogRejection.NO_MESSAGE);
    assertThat(Read.of(LogFormat.OTLP_JSON, "{\"resourceLogs\":[").reasons())
        .containsExactly(LogRejection.TRUNCATED_JSON);
    assertThat(Read.of(LogFormat.OTLP_JSON, "{}").flaws).containsExactly(LogRejection.EMPTY);
  }
}
