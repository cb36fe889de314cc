// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentPagesTest {
  private static final String HOSTILE = "</code><script>alert(1)</script>\"'><img src=x onerror=a>";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(Shown.ONSET + 120_000));

  private static IncidentPages pages(Knowledge knowledge) {
    return new IncidentPages(PageSettings.DEFAULTS, knowledge, CLOCK);
  }

  private static Document get(IncidentPages pages, String path) {
    return get(pages, path, "");
  }

  private static Document get(IncidentPages pages, String path, String tag) {
    String[] parts = path.split("\\?", 2);
    return pages.answer(new PageRequest(parts[0], parts.length == 1 ? "" : parts[1], tag)).join();
  }

  @Test
  void listsOpenIncidentsBeforeThoseThatAreOver() {
    Document list = get(pages(Shown.shop()), "/incidents");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text())
        .containsSubsequence(
            "Open", "/incidents/" + Shown.ID, "payments", "93 %", "Recent", "cart: slower");
  }

  @Test
  void showsOneIncidentWithItsCauseAndWhatWasRuledOut() {
    Document page = get(pages(Shown.shop()), "/incidents/" + Shown.ID);

    assertThat(page.text())
        .containsSubsequence(
            "What is wrong",
            "7.53 /s, expected 0.023 /s (×327), never seen before",
            "data-chart=",
            "Probable cause",
            "shop / payments",
            "93 %",
            "deploy payments 2.1.0",
            "card refused",
            "Neighbourhood",
            "checkout calls payments",
            "Timeline",
            "15 s before onset",
            "Ruled out",
            "deviates less than payments");
  }

  @Test
  void saysWhatAnIncidentComesFromAndWhatPeopleSaidOfTheLike() {
    Knowledge knowledge = Shown.shop();
    String part = "00000000000000bb";
    Incident told = Shown.incident(part, Transition.UPDATED, 2, "a title in another language");
    knowledge.stories().take(Shown.judged(told, Shown.ID));
    IncidentPages pages = pages(knowledge);

    assertThat(get(pages, "/incidents/" + part).text())
        .doesNotContain("another language")
        .containsSubsequence(
            "payments: http_requests_total{code=\"500\"} is 7.53 /s, expected 0.023 /s (+2",
            "part of incident <a href=\"/incidents/" + Shown.ID + "\">",
            "Number 11 of the day, of which 10 are wanted at most.",
            "Opens at 1.5 times the boundary, since it was called noise.",
            "People called it the cause 2 times, not the cause once.",
            "Updated: deploy payments 2.1.0 by ci has become known");
    assertThat(get(pages, "/incidents/" + Shown.ID).text())
        .contains("A part of it is incident <a href=\"/incidents/" + part + "\">");
  }

  @Test
  void whatIsRuledOutIsToldInThePagesLanguage() {
    Knowledge knowledge = Shown.nothing();
    Incident incident = Shown.incident(Shown.ID, Transition.OPENED, 1);
    Cleared cleared = incident.cleared().get(0);
    knowledge
        .stories()
        .take(
            new Incident(
                incident.id(),
                incident.transition(),
                1,
                incident.time(),
                incident.onset(),
                incident.opened(),
                0,
                incident.severity(),
                incident.entity(),
                incident.title(),
                incident.symptoms(),
                incident.suspects(),
                List.of(
                    new Cleared(
                        cleared.entity(), "偏离程度小于 payments", cleared.why(), cleared.than(), 0)),
                incident.changes(),
                1,
                incident.grouping()));

    assertThat(get(pages(knowledge), "/incidents/" + Shown.ID).text())
        .contains("deviates less than payments")
        .doesNotContain("偏离");
  }

  @Test
  void whatCameFromLabelsAndLogsIsNoMarkup() {
    Knowledge knowledge = Shown.nothing();
    Incident hostile = Shown.incident(Shown.ID, Transition.OPENED, 1, HOSTILE);
    knowledge
        .stories()
        .take(
            new Incident(
                hostile.id(),
                hostile.transition(),
                1,
                hostile.time(),
                hostile.onset(),
                hostile.opened(),
                0,
                hostile.severity(),
                Shown.service(HOSTILE),
                HOSTILE,
                List.of(Shown.errors(HOSTILE, "x"), Shown.lines(HOSTILE)),
                List.of(),
                List.of(),
                List.of(Shown.change("javascript:alert(1)")),
                1,
                hostile.grouping()));
    knowledge.patterns().take(Shown.pattern(1, HOSTILE));
    IncidentPages pages = pages(knowledge);

    for (String path :
        List.of("/incidents", "/incidents/" + Shown.ID, "/patterns?q=%22%3E%3Cb%3E")) {
      assertThat(get(pages, path).text())
          .doesNotContain("<script>alert", "<img src=x", "href=\"javascript:", "\"><b>");
    }
    assertThat(get(pages, "/patterns?q=alert").text()).contains("&lt;script&gt;alert(1)");
  }

  @Test
  void nothingFromElsewhereMayRun() {
    Document page = get(pages(Shown.shop()), "/incidents");

    assertThat(page.headers().get("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.text()).doesNotContain(" style=", " onclick=", "<script>");
  }

  @Test
  void aListThatHasNotChangedIsNotSentAgain() {
    Knowledge knowledge = Shown.shop();
    IncidentPages pages = pages(knowledge);
    String tag = get(pages, "/incidents/rows").tag();

    assertThat(get(pages, "/incidents/rows", tag).status()).isEqualTo(304);
    knowledge.stories().take(Shown.incident(Shown.ID, Transition.RESOLVED, 3));
    Document after = get(pages, "/incidents/rows", tag);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.text()).contains("Nothing is wrong.");
  }

  @Test
  void findsPatternsByAllTheirWords() {
    IncidentPages pages = pages(Shown.shop());

    assertThat(get(pages, "/patterns?q=payments+BANK+4").text())
        .contains("card &lt;*&gt; refused by bank 4")
        .doesNotContain("refused by bank 2");
    assertThat(get(pages, "/patterns?q=100%").text()).contains("0 of 5 patterns");
  }

  @Test
  void linksLeadToTheDashboardAndToASilence() {
    PageSettings settings =
        new PageSettings(
            true, URI.create("https://grafana.example/"), URI.create("https://am.example"), 10, 10);
    String page =
        new IncidentPages(settings, Shown.shop(), CLOCK)
            .answer(new PageRequest("/incidents/" + Shown.ID, "", ""))
            .join()
            .text();

    assertThat(page)
        .contains(
            "https://grafana.example/d/tocsin-incident?var-incident=" + Shown.ID,
            "https://am.example/#/silences/new?filter=%7Bincident%3D%2201da53efc0baf72e%22%7D");
  }

  @Test
  void whatIsNotThereIsMissing() {
    IncidentPages pages = pages(Shown.shop());

    for (String path : List.of("/incidents/0000000000000000", "/incidents/../x", "/assets/x.js")) {
      assertThat(get(pages, path).status()).isEqualTo(404);
    }
    assertThat(get(pages, "/assets/uplot.js").text()).contains("uPlot");
  }

  @Test
  void theOldestThatIsOverIsForgottenFirst() {
    Stories stories = new Stories(2);
    stories.take(Shown.incident("000000000000000a", Transition.OPENED, 1));
    stories.take(Shown.incident("000000000000000b", Transition.RESOLVED, 1));
    stories.take(Shown.incident("000000000000000c", Transition.RESOLVED, 2));

    assertThat(stories.all())
        .extracting(story -> story.last().id())
        .containsExactly("000000000000000a", "000000000000000c");
  }

  @Test
  void aTrailOfAnyLengthStaysShort() {
    Trail trail = new Trail();
    for (int second = 0; second < 10_000; second++) {
      trail.take(Shown.value("x", second, second).finding());
    }

    assertThat(trail.points()).hasSizeBetween(100, 240);
    assertThat(trail.points().get(0).observed()).isZero();
    assertThat(trail.points().get(trail.points().size() - 1).observed()).isEqualTo(9_999);
  }
}
