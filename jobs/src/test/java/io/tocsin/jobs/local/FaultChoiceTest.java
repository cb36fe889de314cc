// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.jobs.shop.FaultKind;
import org.junit.jupiter.api.Test;

final class FaultChoiceTest {
  @Test
  void serviceAndKindAreReadFromOneWord() {
    assertThat(FaultChoice.of("catalog:slow-database"))
        .isEqualTo(new FaultChoice("catalog", FaultKind.SLOW_DATABASE));
    assertThatThrownBy(() -> FaultChoice.of("catalog"))
        .hasMessage("The fault catalog must be SERVICE:KIND, as in payments:bad-deploy.");
  }

  @Test
  void unknownWordsAreAnsweredWithWhatIsKnown() {
    assertThatThrownBy(() -> FaultChoice.of("card", "cpu-hog"))
        .hasMessageStartingWith("There is no service card; did you mean cart? Choose one of: ");
    assertThatThrownBy(() -> FaultChoice.of("email", "cpuhogg"))
        .hasMessage(
            "There is no kind cpuhogg; did you mean cpu-hog?"
                + " Choose one of: bad-deploy, slow-database, memory-leak, cpu-hog,"
                + " network-delay, queue-stall, log-errors.");
    assertThatThrownBy(() -> FaultChoice.of("xyzzy", "cpu-hog"))
        .hasMessageStartingWith("There is no service xyzzy. Choose one of: frontend, ");
  }

  @Test
  void whatCannotHappenIsAnsweredWithWhatCan() {
    assertThatThrownBy(() -> FaultChoice.of("email", "slow-database"))
        .hasMessage(
            "slow-database cannot happen to email;"
                + " what can: bad-deploy, memory-leak, cpu-hog, network-delay, log-errors.");
  }

  @Test
  void aSeedAlwaysChoosesTheSame() {
    for (long seed = 0; seed < 50; seed++) {
      FaultChoice choice = FaultChoice.some(seed);

      assertThat(choice).isEqualTo(FaultChoice.some(seed));
      assertThat(FaultChoice.of(choice.service(), choice.kind().word())).isEqualTo(choice);
    }
  }
}
