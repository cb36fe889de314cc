// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingTest {
  @Test
  void groupsOfOtherNamesAreAsGood() {
    Grouping grouping = Grouping.of(List.of(7, 7, 9), List.of("a", "a", "b"));

    assertThat(grouping).isEqualTo(new Grouping(1, 1, 2, 2));
  }

  @Test
  void oneLineTooFewLosesTheWholeGroup() {
    Grouping grouping = Grouping.of(List.of(1, 1, 1, 2, 3), List.of("a", "a", "a", "a", "b"));

    assertThat(grouping.accuracy()).isCloseTo(0.2, within(1e-12));
    assertThat(grouping.f1()).isCloseTo(2.0 / 5, within(1e-12));
  }

  @Test
  void oneLineTooManyLosesTheWholeGroup() {
    Grouping grouping = Grouping.of(List.of(1, 1, 1, 2), List.of("a", "a", "b", "c"));

    assertThat(grouping.accuracy()).isCloseTo(0.25, within(1e-12));
    assertThat(grouping.f1()).isCloseTo(2.0 / 5, within(1e-12));
  }

  @Test
  void nothingIsNoAccuracy() {
    assertThat(Grouping.of(List.of(), List.of())).isEqualTo(new Grouping(0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          double  space          | double space
          is true or FALSE       | is <*> or <*>
          user root of null      | user <*> of <*>
          took 17 ms, 3 left     | took <*> ms, <*> left
          file /var/log/a gone   | file <*> gone
          blk_<*> of part-<*>x   | <*> of part-<*>
          <*>.<*>.<*> up         | <*> up
          <*><*> up              | <*> up
          I/O of a<*>/b          | I/O of a<*>/b
          nothing to do.         | nothing to do.
          """)
  void templatesAreMadeComparable(String template, String normal) {
    assertThat(NormalForm.of(template)).isEqualTo(normal);
  }

  @Test
  void aTemplateIsRightWhenAllItsLinesHaveIt() {
    List<String> truth = List.of("a <*>", "a <*>", "b <*>", "c");

    Templates templates = Templates.of(List.of("a <*>", "a <*>", "a <*>", "c"), truth);

    assertThat(templates.accuracy()).isCloseTo(0.75, within(1e-12));
    assertThat(templates.f1()).isCloseTo(2.0 / 5, within(1e-12));
  }
}
