// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BandSettingsTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("boundary", -1.0),
        Arguments.of("boundary", Double.NaN),
        Arguments.of("boundary", 15.1),
        // Two hundredths have 1.7 digits: the boundary lies beyond them.
        Arguments.of("boundary", 1.69),
        Arguments.of("tailShare", 0.0),
        Arguments.of("tailShare", 0.5),
        Arguments.of("tailShare", Double.NaN),
        Arguments.of("tailShape", 0.0),
        Arguments.of("tailShape", Double.NaN),
        Arguments.of("tailMemory", Duration.ZERO),
        Arguments.of("habit", Duration.ZERO),
        Arguments.of("habit", Duration.ofHours(-1)),
        Arguments.of("warmUpSamples", 0),
        Arguments.of("levelSamples", 0),
        Arguments.of("drift", Duration.ZERO),
        Arguments.of("rangeMemory", Duration.ZERO),
        Arguments.of("profileAge", Duration.ofMillis(-1)),
        Arguments.of("profileSkill", 0.0),
        Arguments.of("profileSkill", Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatMakesNoSenseIsRefusedByName(String name, Object value) {
    assertThatThrownBy(() -> shippedBut(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must ");
  }

  @Test
  void theEdgesOfWhatMakesSenseAreTaken() throws Throwable {
    assertThat(shippedBut("profileAge", Duration.ZERO).profileAge()).isZero();
    assertThat(shippedBut("boundary", 15.0).boundary()).isEqualTo(15);
    assertThat(shippedBut("boundary", 1.71).boundary()).isEqualTo(1.71);
    assertThat(shippedBut("tailShare", 0.49).tailShare()).isEqualTo(0.49);
  }

  @Test
  void aPartIsLeftOutAndNothingElseChanges() throws Throwable {
    for (Part part : Part.values()) {
      BandSettings without = BandSettings.DEFAULTS.without(part);
      EnumSet<Part> others = EnumSet.complementOf(EnumSet.of(part));

      assertThat(without.uses(part)).isFalse();
      assertThat(without).isEqualTo(shippedBut("parts", others));
      assertThat(without.without(part)).isEqualTo(without);
    }
  }

  @Test
  void allPartsCanBeLeftOut() {
    BandSettings none = BandSettings.DEFAULTS;
    for (Part part : Part.values()) {
      none = none.without(part);
    }

    assertThat(none.parts()).isEmpty();
  }

  private static BandSettings shippedBut(String name, Object value) throws Throwable {
    RecordComponent[] components = BandSettings.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      boolean changed = components[i].getName().equals(name);
      values[i] = changed ? value : components[i].getAccessor().invoke(BandSettings.DEFAULTS);
    }
    Constructor<BandSettings> constructor = BandSettings.class.getDeclaredConstructor(types);
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw refused.getCause();
    }
  }
}
