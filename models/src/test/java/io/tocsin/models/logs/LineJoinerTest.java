// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineJoinerTest {
  private static final LogSource SHOP = LogSource.of("shop", "payments", "payments-0", "node-1");
  private static final LineJoinSettings SETTINGS =
      new LineJoinSettings(Duration.ofSeconds(1), 256, 4);

  private final LineJoiner joiner = new LineJoiner(SETTINGS);
  private final List<String> texts = new ArrayList<>();
  private final List<Boolean> cuts = new ArrayList<>();
  private final List<Severity> severities = new ArrayList<>();
  private final JoinedLines out =
      line -> {
        texts.add(line.text());
        cuts.add(line.isCut());
        severities.add(line.severity());
      };

  private static LogLine line(long stream, long arrival, String text) {
    byte[] bytes = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
    return new LogLine()
        .setText(bytes, 2, bytes.length - 2)
        .setTime(arrival - 5)
        .setArrival(arrival)
        .setSource(SHOP, stream)
        .setTrace(bytes, 0, 0);
  }

  private void add(long stream, long arrival, String text) {
    joiner.add(line(stream, arrival, text), out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        12:00 ERROR cannot pay
        java.lang.IllegalStateException: closed
        \tat shop.Payments.pay(Payments.java:12)
        \t... 3 more
        Caused by: java.io.IOException: reset
        \tat shop.Bank.call(Bank.java:7)\
        """,
        """
        ERROR:shop:cannot pay
        Traceback (most recent call last):
          File "/srv/shop.py", line 12, in <module>
            pay()
        KeyError: 'card'
        During handling of the above exception, another exception occurred:
        Traceback (most recent call last):
          File "/srv/shop.py", line 14, in <module>
        shop.PaymentError: card\
        """,
        """
        panic: runtime error: index out of range [3]
        goroutine 1 [running]:
        main.(*Shop).pay(0xc000010000, 0x1)
        \t/srv/shop.go:12 +0x1d
        created by main.main
        \t/srv/shop.go:3 +0x25\
        """,
        """
        Unhandled exception. System.InvalidOperationException: closed
         ---> System.IO.IOException: reset
           at Shop.Bank.Call() in /srv/Bank.cs:line 7
           --- End of inner exception stack trace ---
           at Shop.Payments.Pay() in /srv/Payments.cs:line 12
        --- End of stack trace from previous location ---
           at Shop.Program.Main()\
        """,
        """
        TypeError: card is undefined
            at pay (/srv/shop.js:12:3)
            at Object.<anonymous> (/srv/shop.js:20:1)\
        """,
        """
        PHP Fatal error:  Uncaught Exception: closed in /srv/shop.php:3
        Stack trace:
        #0 /srv/shop.php(12): pay()
        #11 {main}
          thrown in /srv/shop.php on line 3\
        """
      })
  void aStackTraceIsOneLineAndWhatFollowsIsAnother(String trace) {
    LineJoiner roomy = new LineJoiner(new LineJoinSettings(Duration.ofSeconds(1), 4096, 4));
    long arrival = 1000;
    roomy.add(line(7, arrival, "before"), out);
    for (String each : trace.lines().toList()) {
      roomy.add(line(7, arrival++, each), out);
    }
    roomy.add(line(7, arrival, "after"), out);
    roomy.flush(out);

    assertThat(texts).containsExactly("before", trace, "after");
  }

  @Test
  void linesOfOtherStreamsComeBetween() {
    add(1, 1000, "first");
    add(2, 1000, "second");
    add(1, 1001, "\tat first");
    add(2, 1001, "\tat second");
    joiner.flush(out);

    assertThat(texts).containsExactlyInAnyOrder("first\n\tat first", "second\n\tat second");
  }

  @Test
  void aLineIsHandedOnWhenNothingHasComeForTheTimeLimit() {
    add(1, 1000, "alone");

    joiner.advance(1999, out);
    joiner.advance(2000, out);
    assertThat(texts).isEmpty();
    assertThat(joiner.nextEnd()).isEqualTo(2001);

    joiner.advance(2001, out);
    assertThat(texts).containsExactly("alone");
    assertThat(joiner.size()).isZero();
    assertThat(joiner.nextEnd()).isEqualTo(LineJoiner.NEVER);
  }

  @Test
  void whatComesTooLateStandsAlone() {
    add(1, 1000, "head");
    add(1, 2001, "\tat late");
    joiner.flush(out);

    assertThat(texts).containsExactly("head", "\tat late");
  }

  @Test
  void whatIsTooLongIsCutAndMarkedAndItsRestIsDropped() {
    add(1, 1000, "é".repeat(100));
    for (int i = 0; i < 20; i++) {
      add(1, 1000, "\t" + "é".repeat(30));
    }
    add(1, 1000, "next");
    joiner.flush(out);

    assertThat(texts).hasSize(2);
    assertThat(texts.get(0).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(250, 256);
    assertThat(texts.get(0)).endsWith("é");
    assertThat(cuts).containsExactly(true, false);
  }

  @Test
  void moreStreamsThanTheLimitEndWhatWaits() {
    for (int stream = 1; stream <= 5; stream++) {
      add(stream, 1000 + stream, "of " + stream);
    }

    assertThat(texts).containsExactly("of 1", "of 2", "of 3", "of 4");
    assertThat(joiner.size()).isEqualTo(1);
  }

  @Test
  void theGraverSeverityCountsAndTheFirstLinesTimeAndTrace() {
    byte[] trace = "abc".getBytes(StandardCharsets.UTF_8);
    joiner.add(line(1, 1000, "head").setSeverity(Severity.INFO).setTrace(trace, 0, 3), out);
    joiner.add(line(1, 1001, "\tat x").setSeverity(Severity.ERROR), out);
    List<LogLine> seen = new ArrayList<>();
    joiner.flush(
        line -> {
          seen.add(line);
          assertThat(line.severity()).isEqualTo(Severity.ERROR);
          assertThat(line.time()).isEqualTo(995);
          assertThat(line.trace()).isEqualTo("abc");
          assertThat(line.source()).isEqualTo(SHOP);
          assertThat(line.stream()).isEqualTo(1);
        });

    assertThat(seen).hasSize(1);
  }

  @Test
  void theStreamOfNumberZeroIsLikeAnyOther() {
    add(0, 1000, "head");
    joiner.flush(out);

    assertThat(texts).containsExactly("head");
  }

  @Test
  void afterARestoreItGoesOnAsIfNothingHadHappened() throws IOException {
    Random random = new Random(4711);
    String[] kinds = {"head", "\tat x", "Traceback (most recent call last):", "KeyError: x"};
    LineJoiner restored = joiner.copy();
    List<String> straight = new ArrayList<>();
    List<String> interrupted = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      LogLine line =
          line(random.nextInt(6), 1000 + i * 100L, kinds[random.nextInt(4)] + i)
              .setSeverity(Severity.ofNumber(random.nextInt(7)))
              .setFormat(TextFormat.JSON);
      if (i % 7 == 0) {
        restored = random.nextBoolean() ? reread(restored) : restored.copy();
      }
      joiner.add(line, each -> straight.add(each.toString() + each.format()));
      restored.add(line, each -> interrupted.add(each.toString() + each.format()));
    }

    assertThat(interrupted).isEqualTo(straight).hasSizeGreaterThan(100);
  }

  private static LineJoiner reread(LineJoiner joiner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    joiner.writeTo(new DataOutputStream(bytes));
    return LineJoiner.readFrom(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), SETTINGS);
  }

  @Test
  void theStateOfALaterReleaseIsRefused() {
    DataInputStream later = new DataInputStream(new ByteArrayInputStream(new byte[] {2, 0, 0}));

    assertThatThrownBy(() -> LineJoiner.readFrom(later, SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }
}
