// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergingTest {
  private final Service service = new Service();

  @Test
  void linesThatDifferInValuesOnlyAreOfOnePattern() {
    List<Long> ids = service.lines("took 17 ms at 10.0.0.1", "took 3 ms at 10.9.9.9");

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(service.events()).containsExactly("founded " + ids.get(0));
  }

  @Test
  void aFewWordsAtAPlaceAreDifferentPatternsUntilTheyAreMany() {
    List<Long> ids =
        service.lines("colour is red today", "colour is blue today", "colour is green today");
    assertThat(ids).doesNotHaveDuplicates();

    long fourth = service.line("colour is white today");

    assertThat(service.table().resolve(ids.get(2))).isEqualTo(fourth);
    assertThat(service.templates()).containsExactly("colour is <*> today");
  }

  @Test
  void theOldestPatternLivesAndTheOthersAreItsAliases() {
    List<Long> ids = service.lines("a x b", "a y b", "a z b");
    List<String> unused = service.events();

    long live = service.line("a w b");

    assertThat(live).isEqualTo(ids.get(0));
    assertThat(service.events())
        .containsExactlyInAnyOrder(
            "merged " + ids.get(1) + " into " + live, "merged " + ids.get(2) + " into " + live);
    Pattern pattern = service.table().patterns().get(0);
    assertThat(pattern.aliases()).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
    assertThat(pattern.count()).isEqualTo(4);
    assertThat(pattern.first()).isZero();
    assertThat(pattern.last()).isEqualTo(3);
    assertThat(service.table().pattern(ids.get(2))).isEqualTo(pattern);
  }

  @Test
  void wordsThatLookLikeValuesAreMergedAtTheSecond() {
    assertThat(service.lines("job clean_up ended", "job send_mail ended").get(1))
        .isEqualTo(service.table().resolve(service.line("job roll_over ended")));
    assertThat(service.templates()).containsExactly("job <*> ended");
  }

  @Test
  void statesInCapitalsStayApart() {
    assertThat(
            service.lines("now UP", "now DOWN", "now FAILED", "now LOST", "now READY", "now SLOW"))
        .doesNotHaveDuplicates();
  }

  @Test
  void theFirstWordSaysWhatALineIsAbout() {
    assertThat(
            service.lines(
                "cron started", "mail started", "print started", "web started", "db started"))
        .doesNotHaveDuplicates();
  }

  @Test
  void anObjectOfAPrepositionIsAParameterFromTheSecondOn() {
    assertThat(service.lines("session opened for alice here", "session opened for bob here"))
        .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
  }

  @Test
  void linesWithLittleInCommonAreNeverOne() {
    assertThat(service.lines("a_1 b_1", "c_1 d_1", "e_1 f_1", "g_1 h_1")).doesNotHaveDuplicates();
  }

  @Test
  void lineOfOtherPunctuationIsAnotherPattern() {
    assertThat(service.lines("disk: full", "disk full", "disk - full")).doesNotHaveDuplicates();
  }
}
