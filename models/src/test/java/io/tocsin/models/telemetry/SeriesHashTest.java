// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesHashTest {

  /** State, shards and finding ids of all releases depend on these values. */
  @ParameterizedTest
  @CsvSource({
    "'', 91bda08e9ce444ba, 120792f8, 91bda08e9ce444ba",
    "__name__=up, bbf433f3a4463df7, 4d8a8acd, bbf433f3a4463df7",
    "__name__=http_requests_total|code=500|job=shop, 0dd87738ee22fa39, 248de6e9, 0dd87738ee22fa39",
    "__name__=x_seconds_bucket|le=0.1|path=/a-rather-long-path-of-more-than-32-bytes, 07b721dcee5cb4e3, 64adbec2, b7170d77d778b1f8",
    "__name__=ünï|ключ=значение, 5122f349e57dd1f5, 20a9b7a6, 5122f349e57dd1f5",
  })
  void theHashesOfALabelSetNeverChange(String text, String hash, String check, String group) {
    Labels labels = labels(text);

    assertThat(SeriesHash.hex(SeriesHash.of(labels))).isEqualTo(hash);
    assertThat(Integer.toHexString(SeriesHash.checkOf(labels))).isEqualTo(check);
    assertThat(SeriesHash.hex(SeriesHash.groupOf(labels))).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1c3275334df9bec3",
    "a, b704786276a93f3f",
    "seven77, 663bd067016b97aa",
    "eight888, bf9d65e244009a93",
    "band/17/up, 6ab3893b74b4b26d"
  })
  void theHashOfATextNeverChanges(String text, String hash) {
    assertThat(SeriesHash.hex(SeriesHash.ofText(text))).isEqualTo(hash);
  }

  @Test
  void theOrderOfLabelsDoesNotMatter() {
    List<byte[][]> labels = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      labels.add(new byte[][] {bytes("name" + i), bytes("value" + i * i)});
    }
    long sum = sum(labels);
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      Collections.shuffle(labels, random);
      assertThat(sum(labels)).isEqualTo(sum);
    }
  }

  @Test
  void namesAndValuesAreNotMixedUp() {
    assertThat(SeriesHash.of(Labels.of("a", "b", "b", "a")))
        .isNotEqualTo(SeriesHash.of(Labels.of("a", "a", "b", "b")));
    assertThat(SeriesHash.of(Labels.of("a", "b"))).isNotEqualTo(SeriesHash.of(Labels.of("b", "a")));
    assertThat(SeriesHash.of(Labels.of("ab", "c")))
        .isNotEqualTo(SeriesHash.of(Labels.of("a", "bc")));
    assertThat(SeriesHash.of(Labels.of("a", "b\0")))
        .isNotEqualTo(SeriesHash.of(Labels.of("a", "b")));
  }

  @Test
  void bytesOutsideOfARangeDoNotMatter() {
    Random random = new Random(2);
    for (int length = 0; length < 70; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      byte[] among = new byte[length + 32];
      random.nextBytes(among);
      System.arraycopy(text, 0, among, 13, length);
      assertThat(SeriesHash.ofValue(among, 13, length))
          .isEqualTo(SeriesHash.ofValue(text, 0, length));
    }
  }

  @Test
  void theSeriesOfOneHistogramShareTheirGroup() {
    long group = SeriesHash.groupOf(Labels.of(Labels.NAME, "x_seconds", "job", "shop"));

    for (String metric : List.of("x_seconds_sum", "x_seconds_count", "x_seconds_bucket")) {
      assertThat(SeriesHash.groupOf(Labels.of(Labels.NAME, metric, "job", "shop")))
          .isEqualTo(group);
    }
    assertThat(
            SeriesHash.groupOf(
                Labels.of(Labels.NAME, "x_seconds_bucket", "job", "shop", "le", "1")))
        .isEqualTo(group);
    assertThat(
            SeriesHash.groupOf(
                Labels.of(Labels.NAME, "x_seconds", "job", "shop", "quantile", "0.9")))
        .isEqualTo(group);
    assertThat(SeriesHash.groupOf(Labels.of(Labels.NAME, "x_seconds", "job", "other")))
        .isNotEqualTo(group);
    assertThat(SeriesHash.groupOf(Labels.of(Labels.NAME, "x_seconds_total", "job", "shop")))
        .isNotEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({
    "pod=shop-5d4f8c7b9-x2x4z, pod=shop-6b8d9c5f47-bcd2z",
    "pod=shop-0, pod=shop-1",
    "pod_name=shop-x2x4z, pod_name=shop-bcd2z",
    "exported_pod=backup-28374650-x2x4z, exported_pod=backup-28374700-bcd2z",
    "instance=10.0.0.1:80, instance=10.0.0.2:80",
    "node=node-1, node=node-2",
    "image=shop:1, image=shop:2",
    "uid=5a, uid=5b",
    "id=/kubepods/burstable/pod5a/17, id=/kubepods/besteffort/pod5b",
    "name=k8s_shop_shop-5d4f8c7b9-x2x4z_0, name=k8s_shop_shop-5d4f8c7b9-bcd2z_0",
    "name=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, name=1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  })
  void theCopiesOfAWorkloadAreSiblingsInOneGroup(String one, String other) {
    String rest = "|__name__=x_seconds_bucket|le=1|namespace=shop";
    assertThat(SeriesHash.groupOf(labels(one + rest)))
        .isEqualTo(SeriesHash.groupOf(labels(other + rest)));
    assertThat(SeriesHash.siblingsOf(labels(one + rest)))
        .isEqualTo(SeriesHash.siblingsOf(labels(other + rest)))
        .isNotEqualTo(SeriesHash.of(labels(one + rest)));
  }

  @ParameterizedTest
  @CsvSource({
    "pod=shop-5d4f8c7b9-x2x4z, pod=cart-5d4f8c7b9-x2x4z",
    "pod=shop, pod=cart",
    "namespace=shop, namespace=cart",
    "job=shop, job=cart",
    "code=200, code=500",
    "id=G1 Eden Space, id=G1 Old Gen",
    "id=/system.slice/a.service, id=/system.slice/b.service",
    "name=kubelet.service, name=sshd.service",
    "le=1, le=2",
    "__name__=y_sum, __name__=y_count",
  })
  void whatIsNoCopyIsNoSibling(String one, String other) {
    assertThat(SeriesHash.siblingsOf(labels(one + "|instance=a")))
        .isNotEqualTo(SeriesHash.siblingsOf(labels(other + "|instance=a")));
  }

  @ParameterizedTest
  @CsvSource({
    "x_bucket, x",
    "x_sum, x",
    "x_count, x",
    "x_total, x_total",
    "_bucket, _bucket",
    "_sum, _sum",
    "_count, _count",
    "sum, sum",
    "x_sum_sum, x_sum",
    "'', ''"
  })
  void theFamilyIsTheNameWithoutThePart(String metric, String family) {
    assertThat(SeriesHash.familyOf(metric)).isEqualTo(family);
  }

  @Test
  void aMillionLabelSetsHaveAMillionHashesAndAreSpreadEvenly() {
    int count = 1_000_000;
    long name = label("__name__", "http_requests_total");
    long[] hashes = new long[count];
    int[] shards = new int[128];
    long[] pods = new long[10_000];
    for (int pod = 0; pod < pods.length; pod++) {
      pods[pod] = label("instance", "10.0." + pod / 100 + "." + pod % 100 + ":9100");
    }
    long[] codes = new long[100];
    for (int code = 0; code < codes.length; code++) {
      codes[code] = label("code", "" + (400 + code));
    }
    for (int i = 0; i < count; i++) {
      hashes[i] = SeriesHash.finish(name + pods[i / 100] + codes[i % 100]);
      shards[(int) (hashes[i] >>> 57)]++;
    }
    Arrays.sort(hashes);
    for (int i = 1; i < count; i++) {
      assertThat(hashes[i] == hashes[i - 1]).isFalse();
    }
    assertThat(Arrays.stream(shards).boxed())
        .allSatisfy(size -> assertThat(size).isBetween(7300, 8325));
  }

  @Test
  void oneBitOfInputChangesHalfOfTheBitsOfTheHash() {
    Random random = new Random(4);
    long changed = 0;
    int[] byBit = new int[64];
    int trials = 0;
    for (int round = 0; round < 200; round++) {
      byte[] text = new byte[1 + random.nextInt(40)];
      random.nextBytes(text);
      long before =
          SeriesHash.finish(SeriesHash.label(1, SeriesHash.ofValue(text, 0, text.length)));
      for (int bit = 0; bit < text.length * 8; bit++) {
        text[bit / 8] ^= (byte) (1 << bit % 8);
        long after =
            SeriesHash.finish(SeriesHash.label(1, SeriesHash.ofValue(text, 0, text.length)));
        text[bit / 8] ^= (byte) (1 << bit % 8);
        changed += Long.bitCount(before ^ after);
        for (int at = 0; at < 64; at++) {
          byBit[at] += (int) ((before ^ after) >>> at & 1);
        }
        trials++;
      }
    }
    assertThat((double) changed / trials).isBetween(31.5, 32.5);
    double half = trials / 2.0;
    assertThat(Arrays.stream(byBit).boxed())
        .allSatisfy(count -> assertThat(count / half).isBetween(0.95, 1.05));
  }

  @Test
  void hashAndCheckAreIndependent() {
    int agreements = 0;
    for (int i = 0; i < 20_000; i++) {
      Labels labels = Labels.of(Labels.NAME, "x", "i", "" + i);
      int check = SeriesHash.checkOf(labels);
      long hash = SeriesHash.of(labels);
      agreements += (check & 0xFF) == (hash & 0xFF) ? 1 : 0;
      agreements += check >>> 24 == hash >>> 56 ? 1 : 0;
    }
    assertThat(agreements).isBetween(100, 220);
  }

  private static Labels labels(String text) {
    return text.isEmpty()
        ? Labels.of()
        : Labels.of(
            Arrays.stream(text.split("\\|", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> p[1])));
  }

  private static long sum(List<byte[][]> labels) {
    long sum = 0;
    for (byte[][] label : labels) {
      sum +=
          SeriesHash.label(
              SeriesHash.ofName(label[0], 0, label[0].length),
              SeriesHash.ofValue(label[1], 0, label[1].length));
    }
    return SeriesHash.finish(sum);
  }

  private static long label(String name, String value) {
    byte[] nameBytes = bytes(name);
    byte[] valueBytes = bytes(value);
    return SeriesHash.label(
        SeriesHash.ofName(nameBytes, 0, nameBytes.length),
        SeriesHash.ofValue(valueBytes, 0, valueBytes.length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
