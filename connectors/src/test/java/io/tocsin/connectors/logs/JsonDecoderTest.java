// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.logs.Read.Line;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonDecoderTest {
  private static final String QUOTE = "\"";
  private static final String BACKSLASH = "\\";

  private static Read json(String record) {
    return Read.of(LogFormat.JSON, record);
  }

  @Test
  void escapesInTheMessageAreTakenOut() {
    String record =
        "{'msg':'a~tb ~'c~' ~~ ~/ ~u00e9 ~ud83d~ude00 ~ud83d!'}"
            .replace("'", QUOTE)
            .replace("~", BACKSLASH);

    assertThat(json(record).line().text()).isEqualTo("a\tb \"c\" \\ / é 😀 \uFFFD!");
  }

  @Test
  void theMostPreferredFieldIsTakenWhereverItStands() {
    assertThat(json("{\"log\":\"c\",\"msg\":\"b\",\"message\":\"a\"}").line().text())
        .isEqualTo("a");
    assertThat(json("{\"message\":\"a\",\"msg\":\"b\"}").line().text()).isEqualTo("a");
    assertThat(json("{\"message\":null,\"msg\":\"b\"}").line().text()).isEqualTo("b");
  }

  @Test
  void fieldsMayBeNestedOrDotted() {
    String nested =
        "{\"message\":\"m\",\"service\":{\"name\":\"shop\"},\"log\":{\"level\":\"warn\"}}";
    String dotted = "{\"message\":\"m\",\"service.name\":\"shop\",\"log.level\":\"warn\"}";

    for (String record : List.of(nested, dotted)) {
      Line line = Read.of(LogFormat.ECS, record).line();
      assertThat(line.source().service()).isEqualTo("shop");
      assertThat(line.severity()).isEqualTo(Severity.WARN);
    }
  }

  @Test
  void aConfiguredFieldReplacesWhatTheFormatHas() {
    LogFields fields =
        new LogFields(
            List.of("at"),
            List.of("body.text"),
            List.of(),
            List.of(),
            List.of("who"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    LogInputSettings settings =
        new LogInputSettings(
            "logs",
            LogFormat.JSON,
            fields,
            SeverityNumbers.SYSLOG,
            "shop",
            "other",
            "UTC",
            100,
            Duration.ofDays(1),
            Duration.ofMinutes(5));
    String record =
        "{\"at\":1763644670,\"message\":\"no\",\"body\":{\"text\":\"yes\"},\"who\":\"payments\",\"level\":3}";

    Line line = Read.of(settings, record).line();

    assertThat(line.text()).isEqualTo("yes");
    assertThat(line.time()).isEqualTo(1_763_644_670_000L);
    assertThat(line.severity()).isEqualTo(Severity.ERROR);
    assertThat(line.source().service()).isEqualTo("payments");
    assertThat(line.source().namespace()).isEqualTo("shop");
  }

  @Test
  void aRecordMayHoldManyObjectsAndABrokenOneCostsOnlyItsLine() {
    String record =
        "{\"msg\":\"a\"}\n{\"msg\":\"b\n{\"msg\":\"c\"} {\"msg\":\"d\"}\nno\n[{\"msg\":\"e\"}]";

    Read read = json(record);

    assertThat(read.texts()).containsExactly("a", "c", "d", "e");
    assertThat(read.reasons())
        .containsExactly(LogRejection.TRUNCATED_JSON, LogRejection.MALFORMED_JSON);
    assertThat(record.substring(read.rejected.get(0).from(), read.rejected.get(0).to()))
        .isEqualTo("{\"msg\":\"b\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"msg\":\"a\"",
        "{\"msg\":\"a",
        "{\"msg\":",
        "{\"msg",
        "{",
        "{\"x\":{\"y\":[1,2",
        "{\"msg\":\"a\\"
      })
  void whatEndsTooEarlyIsSetAside(String record) {
    Read read = json(record);

    assertThat(read.reasons()).containsExactly(LogRejection.TRUNCATED_JSON);
    assertThat(read.lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "\"msg\"", "{msg:1}", "{\"msg\" 1}", "{\"msg\":?}", "{\"a\":1 \"b\":2}"})
  void whatIsNoObjectIsSetAside(String record) {
    assertThat(json(record).reasons()).containsExactly(LogRejection.MALFORMED_JSON);
  }

  @Test
  void withoutAMessageThereIsNothingToRead() {
    assertThat(json("{\"level\":30}").reasons()).containsExactly(LogRejection.NO_MESSAGE);
  }

  @Test
  void anEmptyMessageIsPassedOver() {
    Read read = json("{\"msg\":\"  \\n\"}");

    assertThat(read.lines).isEmpty();
    assertThat(read.flaws).containsExactly(LogRejection.EMPTY);
  }

  @Test
  void aFieldOfTheWrongTypeIsAsIfItWereNotThere() {
    Read read =
        json("{\"msg\":\"a\",\"time\":{\"s\":1},\"level\":true,\"pod\":[\"p\"],\"traceId\":{}}");

    assertThat(read.line().severity()).isEqualTo(Severity.UNKNOWN);
    assertThat(read.line().source().pod()).isEmpty();
    assertThat(read.line().time()).isEqualTo(Read.KAFKA_TIME);
    assertThat(read.flaws).hasSize(4).containsOnly(LogRejection.WRONG_TYPE);
  }

  @Test
  void aMessageOfAnotherTypeIsTextAsItStands() {
    assertThat(json("{\"msg\":42}").line().text()).isEqualTo("42");
    assertThat(json("{\"msg\":[1, \"a\"]}").line().text()).isEqualTo("[1, \"a\"]");
  }

  @Test
  void aTimeThatCannotBeReadIsCountedAndKafkasIsUsed() {
    Read read = json("{\"msg\":\"a\",\"time\":\"yesterday\"}");

    assertThat(read.line().time()).isEqualTo(Read.KAFKA_TIME);
    assertThat(read.flaws).containsExactly(LogRejection.TIME);
  }

  @Test
  void badBytesAndNulAreReplacedAndCounted() {
    byte[] record = ("{\"msg\":\"a?b" + BACKSLASH + "u0000c\"}").getBytes(StandardCharsets.UTF_8);
    record[9] = (byte) 0xC3;

    Read read = Read.of(LogInputSettings.of("logs", LogFormat.JSON), record);

    assertThat(read.line().text()).isEqualTo("a\uFFFDb\uFFFDc");
    assertThat(read.flaws).containsExactly(LogRejection.NUL, LogRejection.INVALID_UTF8);
  }

  @Test
  void aMessageThatIsJsonItselfGivesItsOwn() {
    String inner =
        "{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"a"
            + " \\\\\\\"b\\\\\\\"\\\",\\\"trace_id\\\":\\\"t1\\\"}\\n";

    Line line = Read.of(LogFormat.FLUENT_BIT, "{\"log\":\"" + inner + "\"}").line();

    assertThat(line.text()).isEqualTo("a \"b\"");
    assertThat(line.severity()).isEqualTo(Severity.ERROR);
    assertThat(line.trace()).isEqualTo("t1");
  }

  @Test
  void aMessageThatIsOtherJsonStaysAsItIs() {
    assertThat(json("{\"msg\":\"{\\\"a\\\":1}\"}").line().text()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "30,INFO",
    "50,ERROR",
    "60,FATAL",
    "3,ERROR",
    "\"error\",ERROR",
    "\"4\",WARN",
    "9999,UNKNOWN"
  })
  void severitiesAreWordsOrNumbers(String level, Severity severity) {
    assertThat(json("{\"msg\":\"a\",\"level\":" + level + "}").line().severity())
        .isEqualTo(severity);
  }

  @Test
  void logfmtInAFieldIsKnownAsSuch() {
    assertThat(json("{\"msg\":\"level=warn msg=\\\"a b\\\" n=1\"}").line())
        .extracting(Line::format, Line::severity)
        .containsExactly(TextFormat.LOGFMT, Severity.WARN);
    assertThat(json("{\"msg\":\"a = b\"}").line().format()).isEqualTo(TextFormat.JSON);
  }

  @Test
  void linesOfOneContainerShareAStreamAndOthersDoNot() {
    String out = "{\"msg\":\"a\",\"pod\":\"p\",\"stream\":\"stdout\"}";
    String err = "{\"msg\":\"a\",\"pod\":\"p\",\"stream\":\"stderr\"}";

    List<Line> lines = json(out + err + out).lines;

    assertThat(lines.get(0).stream()).isEqualTo(lines.get(2).stream());
    assertThat(lines.get(0).stream()).isNotEqualTo(lines.get(1).stream());
    assertThat(lines.get(0).source()).isEqualTo(lines.get(1).source());
  }
}
