// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Evidence;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SymptomCourseTest {
  private static final Evidence SYMPTOM = Shown.errors("http_requests_total", "symptom");

  private static Trail.Point observed(long second, double value) {
    return Trail.Point.observed(Shown.ONSET + second * 1_000, value);
  }

  private static Trail.Point told(long second, double upper) {
    return new Trail.Point(Shown.ONSET + second * 1_000, 7, 1, 0, upper);
  }

  private static List<Long> seconds(List<Trail.Point> points) {
    return points.stream().map(each -> (each.time() - Shown.ONSET) / 1_000).toList();
  }

  @Test
  void ofOneFindingTheBandReachesFromTheOnsetToTheLastValue() {
    SymptomCourse course =
        SymptomCourse.of(SYMPTOM, List.of(observed(-60, 1), told(15, 2), observed(45, 8)));

    assertThat(seconds(course.before())).containsExactly(-60L, 0L);
    assertThat(seconds(course.since())).containsExactly(0L, 15L, 45L);
    assertThat(course.since()).extracting(Trail.Point::upper).containsOnly(2.0);
  }

  @Test
  void asMuchOfThePastIsShownAsThereIsToSeeSinceOrSomeMinutes() {
    List<Trail.Point> past =
        LongStream.rangeClosed(-900, 0).mapToObj(second -> observed(second, 1)).toList();

    assertThat(seconds(after(past, 60)).get(0)).isEqualTo(-300);
    assertThat(seconds(after(past, 600)).get(0)).isEqualTo(-600);
  }

  private static List<Trail.Point> after(List<Trail.Point> past, long second) {
    return SymptomCourse.of(
            SYMPTOM, Stream.concat(past.stream(), Stream.of(told(second, 2))).toList())
        .points();
  }

  @Test
  void whereNothingWasExpectedThereIsNoBand() {
    SymptomCourse course = SymptomCourse.of(SYMPTOM, List.of(observed(0, 1), observed(15, 2)));

    assertThat(course.before()).isEmpty();
    assertThat(course.since()).isEmpty();
  }

  @Test
  void aBandFarWiderThanTheValuesDoesNotFlattenThem() {
    SymptomCourse course = SymptomCourse.of(SYMPTOM, List.of(observed(0, 1), told(15, 1e9)));

    assertThat(course.values("").high()).isBetween(7.0, 20.0);
  }
}
