// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "up, up, true",
    "up, upx, false",
    "up|down, down, true",
    "up|down, 'up|down', false",
    "node_*, node_load1, true",
    "node_*, xnode_, false",
    "*_total, x_total, true",
    "*a*b*, xxabxx, true",
    "*a*b*, xxbaxx, false",
    "'5*|', '', true",
    "'5*|', 503, true",
    "'5*|', 403, false",
    "*, '', true",
  })
  void aTextMatchesOrNot(String glob, String text, boolean matches) {
    assertThat(new Glob(glob).matches(text)).isEqualTo(matches);
  }

  @Test
  void aGlobMatchesWhatTheSameRegularExpressionMatches() {
    Random random = new Random(11);
    for (int i = 0; i < 50_000; i++) {
      String glob = text(random, "ab*|") + "a";
      String text = text(random, "ab");
      Pattern pattern =
          Pattern.compile(
              Arrays.stream(glob.split("\\|", -1))
                  .map(alternative -> alternative.replace("*", ".*"))
                  .collect(Collectors.joining("|")));
      assertThat(new Glob(glob).matches(text))
          .as("%s against %s", glob, text)
          .isEqualTo(pattern.matcher(text).matches());
    }
  }

  @Test
  void anEmptyGlobIsRefused() {
    assertThatThrownBy(() -> new Glob("")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Random random, String letters) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
