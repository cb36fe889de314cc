// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelBytesTest {

  @Test
  void labelsAreReadAsTheyWereWritten() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      Map<String, String> map = new TreeMap<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        map.put(text(random, 1 + random.nextInt(20)), text(random, 1 + random.nextInt(300)));
      }
      Labels labels = Labels.of(map);
      byte[] bytes = LabelBytes.write(labels);
      assertThat(LabelBytes.read(bytes, 0, bytes.length)).isEqualTo(labels);
    }
  }

  @Test
  void lengthsAtTheEdgesOfAVarintAreKept() {
    for (int length : new int[] {1, 127, 128, 129, 16_383, 16_384, 70_000}) {
      Labels labels = Labels.of(Labels.NAME, "x", "long", "v".repeat(length), "z", "after");
      byte[] bytes = LabelBytes.write(labels);
      assertThat(LabelBytes.read(bytes, 0, bytes.length)).isEqualTo(labels);
    }
  }

  @Test
  void aValueIsFoundAmongTheValuesAlone() {
    String name = "v".repeat(200);
    byte[] bytes = LabelBytes.write(Labels.of(Labels.NAME, "x", "pod", "shop-0", name, "w"));
    for (String value : new String[] {"x", "shop-0", "w"}) {
      assertThat(LabelBytes.hasValue(bytes, Set.of(LabelBytes.hashOfValue(value)))).isTrue();
    }
    for (String other : new String[] {"pod", "shop", "shop-00", name, ""}) {
      assertThat(LabelBytes.hasValue(bytes, Set.of(LabelBytes.hashOfValue(other)))).isFalse();
    }
    assertThat(LabelBytes.hasValue(bytes, Set.of())).isFalse();
  }

  @Test
  void theFormIsFixed() {
    byte[] bytes = LabelBytes.write(Labels.of("b", "ü", Labels.NAME, "up"));

    assertThat(bytes)
        .isEqualTo("\u0008__name__\u0002up\u0001b\u0002ü".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPartOfAnArrayIsReadAlone() {
    Labels labels = Labels.of(Labels.NAME, "up", "job", "node");
    byte[] inner = LabelBytes.write(labels);
    byte[] outer = new byte[inner.length + 20];
    Arrays.fill(outer, (byte) 0x7F);
    System.arraycopy(inner, 0, outer, 10, inner.length);

    assertThat(LabelBytes.read(outer, 10, inner.length)).isEqualTo(labels);
    assertThat(LabelBytes.read(outer, 10, 0)).isEqualTo(Labels.of());
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextInt(20) == 0 ? 0x1F514 : 'a' + random.nextInt(26));
    }
    return text.toString();
  }
}
