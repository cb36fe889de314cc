// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.telemetry.Entity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternsCommandTest {
  private static final long SEEN = 1_700_000_000_000L;

  private static LogPattern pattern(String namespace, String service, String template, long count) {
    return new LogPattern(
        "%016x".formatted(template.hashCode() & 0xFFFFL),
        new Entity("", namespace, "", service, "", ""),
        template,
        "error",
        count,
        SEEN,
        SEEN + 90_500,
        template.replace("<*>", "17") + "\n  at Cart.java:5",
        "");
  }

  private static String printed(List<LogPattern> patterns) {
    StringWriter out = new StringWriter();
    PatternsCommand.print(patterns, new PrintWriter(out, true));
    return out.toString();
  }

  @Test
  void aPatternIsShownUnderItsServiceWithItsCountItsTimesAndALine() {
    assertThat(
            printed(
                List.of(
                    pattern("shop", "cart", "order <*> is lost", 1234),
                    pattern("shop", "cart", "ready", 1),
                    pattern("", "nginx", "closed <*>", 2))))
        .contains("shop / cart\n")
        .containsOnlyOnce("shop / cart")
        .contains("\nnginx\n")
        .contains("1,234  2023-11-14T22:13:20Z to 2023-11-14T22:14:50Z  error order <*> is lost\n")
        .contains("      > order 17 is lost (+1 more)\n")
        .doesNotContain("Cart.java")
        .endsWith("3 patterns\n");
  }

  @Test
  void linesThatNameNoServiceAreShownAsThose() {
    assertThat(printed(List.of(pattern("", "", "ready", 1))))
        .startsWith("(no service)\n")
        .endsWith("\n1 pattern\n");
  }

  @Test
  void whereNothingWasSeenThatIsSaid() {
    assertThat(printed(List.of())).isEqualTo("0 patterns\n");
  }

  @Test
  void jsonHoldsAllOfEach() throws Exception {
    JsonNode all =
        new ObjectMapper()
            .readTree(PatternsCommand.json(List.of(pattern("shop", "cart", "lost <*>", 5))));
    assertThat(all).hasSize(1);
    assertThat(all.get(0).path("service").asText()).isEqualTo("cart");
    assertThat(all.get(0).path("count").asLong()).isEqualTo(5);
    assertThat(all.get(0).path("sample").asText()).contains("Cart.java");
  }
}
