// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.gateway.ChangeReader.Problem;
import io.tocsin.connectors.gateway.ChangeReader.Result;
import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeReaderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final ChangeReader reader = new ChangeReader(InstantSource.fixed(NOW));

  /** A body and the one problem that it has. */
  private record Wrong(String body, String path, String sentence) {
    @Override
    public String toString() {
      return body.substring(0, Math.min(60, body.length()));
    }
  }

  @Test
  void everyFieldIsTaken() {
    Result result =
        read(
            """
            {"id": "d-1", "time": "2026-03-01T13:00:00+01:00", "kind": "deploy", "cluster": "east",
             "namespace": "shop", "workload": "cart", "service": "cart-api", "node": "n1",
             "title": "cart 2.0", "version": "2.0", "author": "ada", "link": "https://ci.example/1"}
            """);
    assertThat(result.problems()).isEmpty();
    assertThat(result.changes())
        .containsExactly(
            new Change(
                "d-1",
                NOW.toEpochMilli(),
                "deploy",
                new Entity("east", "shop", "cart", "cart-api", "n1", ""),
                "cart 2.0",
                "2.0",
                "ada",
                "https://ci.example/1"));
  }

  @Test
  void whatIsNotGivenIsEmptyAndTheTimeIsNow() {
    Change change =
        read("{\"kind\": \"flag\", \"title\": \"on\", \"node\": \"n1\"}").changes().get(0);
    assertThat(change.time()).isEqualTo(NOW.toEpochMilli());
    assertThat(change.entity()).isEqualTo(new Entity("", "", "", "", "n1", ""));
    assertThat(change.id()).matches("[0-9a-f]{16}");
  }

  @Test
  void theSameChangeSentAgainHasTheSameId() {
    String body =
        "{\"time\": 1772366400000, \"kind\": \"flag\", \"title\": \"on\", \"service\": \"s\"}";
    assertThat(read(body).changes()).isEqualTo(read(body).changes());
    assertThat(read(body.replace("on", "off")).changes().get(0).id())
        .isNotEqualTo(read(body).changes().get(0).id());
  }

  @Test
  void anArrayHoldsSeveral() {
    String one = "{\"kind\": \"flag\", \"title\": \"on\", \"service\": \"s\"}";
    assertThat(read("[" + one + "," + one + "]").changes()).hasSize(2);
    assertThat(read("[]").changes()).isEmpty();
    assertThat(read("[]").problems()).isEmpty();
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    Result result =
        read(
            "[{\"kind\": \"flag\", \"title\": \"on\", \"node\": \"n\"},"
                + " {\"time\": 5, \"titel\": \"x\", \"link\": 7}]");
    assertThat(result.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "[1]", "[1].time", "[1].titel", "[1].link", "[1].kind", "[1].title");
  }

  @ParameterizedTest
  @MethodSource
  void wrongBodiesHaveAReason(Wrong wrong) {
    assertThat(read(wrong.body).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(wrong.path);
              assertThat(problem.sentence()).contains(wrong.sentence);
            });
  }

  static Stream<Wrong> wrongBodiesHaveAReason() {
    String good = "{\"kind\": \"flag\", \"title\": \"on\", \"service\": \"cart\"%s}";
    return Stream.of(
        new Wrong("", "", "is empty; send a change"),
        new Wrong(" \n", "", "is empty; send a change"),
        new Wrong("null", "", "must be an object"),
        new Wrong("deploy", "", "is not JSON: something else belongs here (line 1, column "),
        new Wrong("{\n\"kind\": ", "", "is not JSON: it ends too early (line 2, column "),
        new Wrong("{} {}", "", "goes on where its JSON is over (line 1, column "),
        new Wrong("[".repeat(5_000), "", "is nested too deeply"),
        new Wrong("[[]]", "[0]", "must be an object"),
        new Wrong(
            "{\"kind\": \"a\", \"kind\": \"b\"}", "", "the same field twice (line 1, column "),
        new Wrong("{\"kind\": \"flag\", \"node\": \"n\"}", "title", "is missing"),
        new Wrong("{\"kind\": \" \", \"title\": \"on\", \"node\": \"n\"}", "kind", "is missing"),
        new Wrong("{\"kind\": 7, \"title\": \"on\", \"node\": \"n\"}", "kind", "must be a text"),
        new Wrong(good.formatted(", \"time\": \"yesterday\""), "time", "such as"),
        new Wrong(good.formatted(", \"time\": 1772366400"), "time", "milliseconds, not seconds"),
        new Wrong(good.formatted(", \"time\": 1e99"), "time", "milliseconds"),
        new Wrong(good.formatted(", \"time\": true"), "time", "RFC 3339"),
        new Wrong(good.formatted(", \"link\": \"javascript:alert(1)\""), "link", "https://"),
        new Wrong(good.formatted(", \"author\": \"" + "a".repeat(1_001) + "\""), "author", "1000"),
        new Wrong("{\"kind\": \"flag\", \"title\": \"on\"}", "", "give at least one of cluster, "),
        new Wrong(good.formatted(", \"time\": \"2026-03-01T13:00:01Z\""), "time", "an hour ahead"),
        new Wrong(good.formatted(", \"autor\": \"ada\""), "autor", "; did you mean author?"),
        new Wrong(good.formatted(", \"who\": \"ada\""), "who", "author"),
        new Wrong("[" + "{},".repeat(1_000) + "{}]", "", "1000 at most"));
  }

  @Test
  void theReadmesChangeIsTaken() throws IOException {
    Path readme =
        Stream.of("../README.md", "README.md")
            .map(Path::of)
            .filter(Files::exists)
            .findFirst()
            .get();
    Matcher curl =
        Pattern.compile("curl (.*) -d '(.*)' http://\\S+/api/v1/changes")
            .matcher(Files.readString(readme));
    assertThat(curl.find()).isTrue();
    assertThat(curl.group(1)).isEqualTo("-H 'Content-Type: application/json'");
    Result result = read(curl.group(2));
    assertThat(result.problems()).isEmpty();
    assertThat(result.changes().get(0).entity().service()).isEqualTo("payments");
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(3);
    byte[] whole =
        "[{\"time\":\"2026-03-01T13:00:00Z\",\"kind\":\"k\",\"title\":\"\\u00e9\"}]"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 5_000; round++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      assertThat(reader.read(changed)).isNotNull();
    }
  }

  private Result read(String body) {
    return reader.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
