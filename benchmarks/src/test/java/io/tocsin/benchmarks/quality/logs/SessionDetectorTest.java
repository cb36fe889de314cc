// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDetectorTest {
  private static Session session(boolean training, boolean anomalous, String events) {
    return new Session(training, anomalous, List.of(events.split("")));
  }

  private static final List<Session> SESSIONS =
      List.of(
          session(true, false, "abc"),
          session(true, false, "ab"),
          session(true, true, "xyz"),
          session(false, false, "abc"),
          session(false, false, "ba"),
          session(false, true, "abz"),
          session(false, true, "aabc"),
          session(false, true, "aab"));

  @ParameterizedTest
  @CsvSource({
    "FLAG_ALL,   3, 0, 2",
    "NEW_EVENT,  1, 2, 0",
    "NEW_LENGTH, 1, 2, 0",
    "NEW_COUNTS, 3, 0, 0",
    "NEW_PAIR,   3, 0, 1"
  })
  void eachFlagsWhatWasNeverSeen(SessionDetector detector, int found, int missed, int wrong) {
    SessionDetector.Result result = detector.judge(SESSIONS);

    assertThat(result).isEqualTo(new SessionDetector.Result(found, missed, wrong, 2));
    assertThat(result.falsePer10k()).isEqualTo(5_000 * wrong);
  }
}
