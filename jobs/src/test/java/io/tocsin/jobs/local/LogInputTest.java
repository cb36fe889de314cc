// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class LogInputTest {
  private final UpCommand.LogInput input = new UpCommand.LogInput();

  @Test
  void aTopicHasAFormatAndPerhapsAService() {
    assertThat(input.convert("tocsin.logs:fluent-bit"))
        .isEqualTo(LogInputSettings.of("tocsin.logs", LogFormat.FLUENT_BIT));
    assertThat(input.convert("nginx-access:text:nginx"))
        .isEqualTo(LogInputSettings.of("nginx-access", LogFormat.TEXT, "nginx"));
  }

  @Test
  void formatsAreListedWhereOneIsUnknown() {
    assertThatThrownBy(() -> input.convert("tocsin.logs:jsn"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'jsn' is no format; choose from text, json, fluent-bit, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tocsin.logs", ":json", ""})
  void whatNamesNoFormatOrTopicIsRefused(String text) {
    assertThatThrownBy(() -> input.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is not TOPIC:FORMAT; write one such as tocsin.logs:json");
  }
}
