// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static io.tocsin.models.incidents.Story.MINUTE;
import static io.tocsin.models.incidents.Story.START;
import static io.tocsin.models.incidents.Story.evidence;
import static io.tocsin.models.incidents.Story.service;
import static io.tocsin.models.incidents.Story.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingDraft;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentCardTest {
  @Test
  void anOpenIncidentIsACard() throws IOException {
    Incident incident = story().until(60).last();
    assertThat(
            new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH)
                .full(incident, START + 3 * MINUTE))
        .isEqualTo(golden("open.txt"));
  }

  @Test
  void anIncidentThatIsOverIsAFewLines() throws IOException {
    Incident incident = story().until(3_600).last();
    assertThat(
            new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH)
                .full(incident, START + 60 * MINUTE))
        .isEqualTo(golden("resolved.txt"));
  }

  @Test
  void withoutASuspectTheCardSaysSo() {
    Incident incident = new Story().tells(symptom("shop/checkout", 0, 1)).until(1).last();
    assertThat(new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH).full(incident, START))
        .contains("nothing stands out yet");
  }

  @Test
  void coloursAddNothingButEscapes() {
    Incident incident = story().until(60).last();
    String coloured =
        new IncidentCard(IncidentCard.Style.ANSI, Language.ENGLISH).full(incident, START);
    assertThat(coloured).contains("\u001B[1;31mCRITICAL");
    assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", ""))
        .isEqualTo(
            new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH).full(incident, START));
  }

  @Test
  void ofWhatIsWeakNobodyKnowsHowOftenItWasSeen() {
    Story story = new Story().lasts(symptom("shop/checkout", 0, 3), 300);
    story.lasts(evidence("shop/checkout", "cpu", 0, 0.8), 300);
    assertThat(
            new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH)
                .full(story.until(60).last(), START))
        .contains("3 s, expected 500 ms (×6), never seen before, at onset")
        .contains("at onset: cpu 800 ms, expected 500 ms (×1.6)\n");
  }

  @Test
  void whatLogsShowIsALineAndItsTrace() {
    LogEvidence log =
        new LogEvidence(
            "0123456789abcdef",
            "cannot reach store <*>",
            "error",
            List.of("cannot reach store 16", "cannot reach store 17\n  at Store.java:5"),
            "4bf92f3577b34da6a3ce929d0e0e4736",
            null);
    Story story = new Story().lasts(symptom("shop/checkout", 0, 3), 300);
    Finding found = evidence("shop/checkout", "log_lines", 0, 2);
    story.lasts(FindingDraft.like(found).log(log).finding(), 300);
    String card =
        new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH)
            .full(story.until(60).last(), START);
    assertThat(card)
        .contains("error log \"cannot reach store <*>\"")
        .containsPattern("> cannot reach store 17\n *trace 4bf92f3577b34da6a3ce929d0e0e4736\n")
        .doesNotContain("Store.java");
  }

  @Test
  void noLineIsWiderThanATerminal() {
    Labels labels =
        Labels.of("__name__", "a_very_long_metric_name_total", "handler", "/x".repeat(90));
    Story story = new Story();
    story.tells(relabelled(symptom("shop/checkout", 0, 3), labels, "seconds"));
    story.tells(relabelled(evidence("shop/checkout", "m", 0, 3), labels, "bytes"));
    String card =
        new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH)
            .full(story.until(1).last(), START);
    assertThat(card.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
    assertThat(card).containsPattern("at onset: a_very_long_metric_name_total.*… 3 B, expected");
  }

  @Test
  void anUpdateAndTheLabelsOfTheErrorsAreSeenInTheFirstLine() {
    Labels errors =
        Labels.of("__name__", "http_requests_total", "code", "500", "service", "checkout");
    Finding finding = relabelled(symptom("shop/checkout", 0, 1.4), errors, "per_second");
    Story story = new Story().lasts(finding, 300);
    Finding stronger = relabelled(symptom("shop/frontend", 60, 5), errors, "per_second");
    story.lasts(stronger, 300);
    assertThat(firstLine(story.until(1).last()))
        .startsWith("WARNING  checkout: http_requests_total{code=\"500\"} is ");
    assertThat(firstLine(story.until(120).last())).startsWith("CRITICAL, updated  frontend: http_");
  }

  @Test
  void aCardInChineseSaysTheSame() {
    Story story = story().calls("checkout", "payments");
    String card =
        new IncidentCard(IncidentCard.Style.PLAIN, Language.CHINESE)
            .full(story.until(60).last(), START + 3 * MINUTE);
    assertThat(card)
        .contains("严重", "可能的原因", "checkout 调用 payments", "已排除", "异常开始前 3 分 40 秒")
        .doesNotContain("Probable", "onset");
    assertThat(card.lines())
        .allSatisfy(line -> assertThat(TextLines.columns(line)).isLessThanOrEqualTo(100));
  }

  @Test
  void anExplanationIsAFewLinesInEitherLanguage() {
    Story story = story().calls("checkout", "payments");
    Incident incident = story.until(60).last();
    assertThat(new Explanation(Language.ENGLISH).of(incident))
        .contains("Probable cause: payments 99 %", "  checkout calls payments", "Ruled out: ")
        .contains("3 min 40 s before onset: deploy payments 1.42");
    assertThat(new Explanation(Language.CHINESE).of(incident))
        .contains("可能的原因:payments 99 %", "  checkout 调用 payments", "已排除:")
        .contains("异常开始前 3 分 40 秒: 发布 payments 1.42");
  }

  @Test
  void whatPeopleSaidAndHowManyThereAreIsToldInEveryTextAndLanguage() {
    Incident incident = remarkable();
    for (Language language : Language.values()) {
      String card =
          new IncidentCard(IncidentCard.Style.PLAIN, language).full(incident, START + MINUTE);
      String text = new Explanation(language).of(incident);
      assertThat(List.of(card, text))
          .allSatisfy(
              told ->
                  assertThat(told.replaceAll("\\n *", "\n"))
                      .contains(remarks(language))
                      .contains("\n" + verdicts(language) + "\n"));
      // A chat shows the first lines only.
      assertThat(text.lines().limit(6).toList()).contains(remarks(language).split("\n"));
    }
  }

  @Test
  void aTitleIsToldInTheReadersLanguage() {
    Incident incident = story().until(60).last();
    assertThat(new Explanation(Language.ENGLISH).title(incident)).isEqualTo(incident.title());
    assertThat(new Explanation(Language.CHINESE).title(incident))
        .isEqualTo("checkout:http_request_duration_seconds:p95 为 3.5 s,预期 500 ms(另有 1 个受影响)");
  }

  @Test
  void newsNamesAChangeAsEverythingElseDoes() {
    Incident incident = story().until(60).last();
    News news = new News(News.Kind.CHANGE, service("shop", "payments"), "payments 1.42");
    News louder = new News(News.Kind.SEVERITY, service("shop", "checkout"), "critical");
    assertThat(new Explanation(Language.CHINESE).news(incident.with(List.of(news, louder))))
        .containsExactly("得知变更:发布 payments 1.42(jan)", "严重程度升为严重");
    assertThat(new Explanation(Language.ENGLISH).news(incident.with(List.of(news))))
        .containsExactly("deploy payments 1.42 by jan has become known");
  }

  private static String remarks(Language language) {
    return switch (language) {
      case ENGLISH ->
          """
          was a part of incident 00000000000000ff, until they turned out to be two problems
          number 21 of the day, of which 20 are wanted at most
          opens at 1.5 times the boundary, since it was called noise""";
      case CHINESE ->
          """
          原属事件 00000000000000ff,后来发现是两个互不相关的问题
          当天第 21 起事件,超过每天 20 起的预算
          曾被标记为噪声,现在超过界限 1.5 倍才会打开""";
    };
  }

  private static String verdicts(Language language) {
    return switch (language) {
      case ENGLISH -> "people called it the cause once, not the cause 2 times";
      case CHINESE -> "曾被确认为原因 1 次,否定 2 次";
    };
  }

  /** A part of another, the first beyond the budget, called noise before, its suspect judged. */
  private static Incident remarkable() {
    Incident plain = story().until(60).last();
    Grouping grouping = plain.grouping();
    Suspect first = plain.suspects().get(0);
    return new Incident(
        plain.id(),
        plain.transition(),
        plain.revision(),
        plain.time(),
        plain.onset(),
        plain.opened(),
        plain.closed(),
        plain.severity(),
        plain.entity(),
        plain.title(),
        plain.symptoms(),
        List.of(first.weighed(first.confidence(), new Verdicts(1, 2))),
        plain.cleared(),
        plain.changes(),
        plain.findings(),
        new Grouping(
            "00000000000000ff",
            grouping.members(),
            grouping.news(),
            21,
            20,
            1.5,
            grouping.openedBy(),
            grouping.strongest(),
            grouping.affected()));
  }

  private static String firstLine(Incident incident) {
    return new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH)
        .full(incident, START)
        .lines()
        .iterator()
        .next();
  }

  private static Story story() {
    Story story = new Story();
    story.watches(-60, service("shop", "cart"), service("shop", "search"));
    story.changed(
        new Change(
            "c1",
            START - 4 * MINUTE,
            "deploy",
            service("shop", "payments"),
            "payments 1.42",
            "1.42",
            "jan",
            ""));
    Labels cpu = Labels.of("__name__", "container_cpu_usage_seconds_total", "pod", "payments-7f");
    Labels memory = Labels.of("__name__", "container_memory_working_set_bytes", "pod", "p");
    story.lasts(
        relabelled(evidence("shop/payments", "cpu", -10, 9), cpu, "seconds_per_second"), 300);
    story.lasts(relabelled(evidence("shop/payments", "memory", 0, 4), memory, "bytes"), 300);
    Labels latency =
        Labels.of(
            "__name__",
            "http_request_duration_seconds:p95",
            "namespace",
            "shop",
            "service",
            "checkout");
    Labels errors = Labels.of("__name__", "http_requests_total:errors", "service", "frontend");
    story.lasts(relabelled(symptom("shop/checkout", 0, 3.5), latency, "seconds"), 300);
    Finding other = symptom("shop/frontend", 0, 1.4);
    return story.lasts(relabelled(other, errors, "ratio"), 280);
  }

  private static Finding relabelled(Finding finding, Labels labels, String unit) {
    boolean ratio = unit.equals("ratio");
    return FindingDraft.like(finding)
        .id(finding.id() + labels.metric())
        .labels(labels)
        .unit(unit)
        .values(ratio ? 0.081 : finding.observed(), ratio ? 0.004 : 0.5)
        .seen(ratio ? 3 : 0)
        .finding();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = IncidentCardTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
