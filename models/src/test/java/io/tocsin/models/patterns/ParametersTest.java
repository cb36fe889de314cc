// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          17                                    | NUMBER
          -3.5                                  | NUMBER
          1_000_000                             | NUMBER
          99%                                   | NUMBER
          10.0.0.7                              | IP
          10.0.0.7:8080                         | IP
          10.0.0.0/8                            | IP
          2001:db8::8a2e:370:7334               | IP
          5c:50:15:4c:18:13                     | IP
          0x1f                                  | HEX
          deadbeef01                            | HEX
          7d3c9a40-11aa-4bcd-9f00-0123456789ab  | UUID
          2024-05-01                            | TIMESTAMP
          2024-05-01T10:20:30.123Z              | TIMESTAMP
          10:20:30                              | TIMESTAMP
          10:20:30.123                          | TIMESTAMP
          /var/log/messages                     | PATH
          /health                               | PATH
          C:\\Windows\\System32                 | PATH
          https://shop.example/cart?id=7        | URL
          jane.doe@example.org                  | EMAIL
          250ms                                 | DURATION
          1.5s                                  | DURATION
          64KB                                  | SIZE
          1.5 GB                                | SIZE
          blk_38865049064139660                 | ID
          req-9f31x77                           | ID
          db-3.internal.example:5432            | HOST
          """)
  void aValueHasTheTypeThatItLooksLike(String value, ParameterType type) {
    assertThat(new Service().parametersOf("it was " + value)).containsExactly(type + " " + value);
  }

  @ParameterizedTest
  @CsvSource({"error", "I/O", "e.g", "and/or", "retry-after", "sshd2", "Nodes:", "a.b", "x"})
  void aWordThatNeverChangedIsNoParameter(String word) {
    assertThat(new Service().parametersOf("it was " + word)).isEmpty();
  }

  @Test
  void severalValuesInARowAreOneParameterOfAnyLength() {
    Service service = new Service();

    List<Long> ids = service.lines("deleted 1, 2, 3 of disk", "deleted 7 of disk");

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(service.parametersOf("deleted 4, 5 of disk")).containsExactly("LIST 4, 5");
    assertThat(service.templates()).containsExactly("deleted <*> of disk");
  }

  @Test
  void monthsAndDaysAreValuesOnlyBesideValues() {
    Service service = new Service();

    assertThat(service.parametersOf("closed on Mon Jul 10 10:20:30 2024 by peer"))
        .containsExactly("TIMESTAMP Mon Jul 10 10:20:30 2024");
    assertThat(service.parametersOf("the Sun is up")).isEmpty();
  }

  @Test
  void aSizeInBracketsThatRepeatsANumberIsPassedOver() {
    assertThat(new Service().lines("sent 4096 bytes (4.0 KB) to peer", "sent 12 bytes to peer"))
        .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
  }

  @Test
  void aBoundIsANumberLikeOthers() {
    assertThat(new Service().lines("took <1 sec", "took 17 sec"))
        .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
  }

  @Test
  void nothingBetweenBracketsIsAValueThatIsMissing() {
    Service service = new Service();

    List<Long> ids =
        service.lines(
            "connection from 10.0.0.1 () refused", "connection from 10.0.0.2 (10.0.0.9) refused");

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(service.lines("init() failed", "init(x) failed")).doesNotHaveDuplicates();
  }

  @Test
  void textOfAKeyInQuotationMarksIsOneValueUnlessItIsTheMessage() {
    Service service = new Service();

    List<Long> ids =
        service.lines(
            "msg=\"cart saved\" owner=\"Jane Doe\" took=3ms",
            "msg=\"cart saved\" owner=\"John B Smith\" took=9ms",
            "msg=\"cart lost\" owner=\"Jane Doe\" took=3ms");

    assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    assertThat(service.templates()).contains("msg=\"cart saved\" owner=\"<*>\" took=<*>");
  }

  @Test
  void positionsAreThoseOfWords() {
    Service service = new Service();

    List<String> unused = service.parametersOf("user 17 bought 3 books");

    assertThat(service.miner().parameters().position(0)).isEqualTo(1);
    assertThat(service.miner().parameters().position(1)).isEqualTo(3);
  }

  @Test
  void theTableOfTypesHasEveryType() {
    assertThat(WordForm.TYPES).containsExactly(ParameterType.values());
  }
}
