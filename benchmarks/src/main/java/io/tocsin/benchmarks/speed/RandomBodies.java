// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.remotewrite.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small bodies, most of them valid, in every form that protobuf allows, and then mutated: bits
 * flipped, bytes put in, taken out, repeated or cut off. The same seed gives the same bodies.
 */
final class RandomBodies {
  private static final List<byte[]> NAMES =
      texts("__name__", "a", "le", "quantile", "job", "instance", "città", "namespace_of_it");
  private static final List<byte[]> VALUES =
      texts(
          "x",
          "0.5",
          "shop",
          "http_seconds_bucket",
          "rpc_sum",
          "_count",
          "10.0.0.1:9100",
          "Zürich 🚀");
  private static final long[] BITS = {
    0x7FF0000000000002L,
    0x7FF8000000000000L,
    0xFFF8000000000001L,
    0x7FF0000000000000L,
    0xFFF0000000000000L,
    1,
    0,
    0x8000000000000000L,
    0x3FF0000000000000L
  };

  private final SplittableRandom random;
  private final RandomWire wire;
  private List<byte[]> labels = new ArrayList<>();
  private List<byte[]> symbols = new ArrayList<>();

  RandomBodies(long seed) {
    random = new SplittableRandom(seed);
    wire = new RandomWire(random);
  }

  private static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** The next body; every other one is mutated. */
  byte[] next(Protocol protocol) {
    byte[] body = protocol == Protocol.V1 ? first() : second();
    int mutations = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      body = wire.mutated(body);
    }
    return body;
  }

  private boolean seldom() {
    return random.nextInt(40) == 0;
  }

  private byte[] first() {
    labels = new ArrayList<>();
    List<byte[]> fields = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      List<byte[]> series = new ArrayList<>();
      nextLabels();
      for (int l = 0; l < labels.size(); l += 2) {
        series.add(
            wire.message(1, List.of(wire.text(1, labels.get(l)), wire.text(2, labels.get(l + 1)))));
      }
      content(series, 2, 4, 3);
      fields.add(wire.message(1, series));
    }
    if (random.nextInt(4) == 0) {
      fields.add(
          wire.message(
              3,
              List.of(
                  wire.number(1, random.nextInt(10)),
                  wire.text(2, VALUES.get(3)),
                  wire.text(4, value()))));
    }
    return wire.joined(fields);
  }

  private byte[] second() {
    labels = new ArrayList<>();
    symbols = new ArrayList<>();
    symbols.add(seldom() ? value() : new byte[0]);
    List<byte[]> fields = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      List<byte[]> series = new ArrayList<>();
      nextLabels();
      long[] refs = labels.stream().mapToLong(this::symbol).toArray();
      series.addAll(wire.packed(1, refs));
      boolean histograms = random.nextInt(4) == 0;
      content(series, histograms ? 0 : 2, histograms ? 3 : 0, 4);
      if (random.nextBoolean()) {
        series.add(
            wire.message(
                5,
                List.of(
                    wire.number(1, random.nextInt(9)),
                    wire.number(3, random.nextInt(symbols.size())))));
      }
      if (random.nextInt(6) == 0) {
        series.add(wire.number(6, random.nextLong()));
      }
      fields.add(wire.message(5, series));
    }
    List<byte[]> all = new ArrayList<>();
    symbols.forEach(symbol -> all.add(wire.text(4, symbol)));
    // The order of symbols is their meaning, but where they stand is not.
    all.addAll(seldom() ? 0 : all.size(), fields);
    return wire.concatenated(all);
  }

  private long symbol(byte[] text) {
    if (seldom()) {
      return random.nextInt(symbols.size() + 2);
    }
    for (int i = 0; i < symbols.size(); i++) {
      if (Arrays.equals(symbols.get(i), text) && random.nextInt(10) > 0) {
        return i;
      }
    }
    symbols.add(text);
    return symbols.size() - 1L;
  }

  /** New labels, or those before with a change or two: neighbours look alike. */
  private void nextLabels() {
    if (labels.isEmpty() || random.nextInt(4) == 0) {
      List<byte[]> fresh =
          new ArrayList<>(List.of(NAMES.get(0), VALUES.get(random.nextInt(VALUES.size()))));
      for (int i = 1; i < NAMES.size(); i++) {
        if (random.nextInt(3) == 0) {
          fresh.add(NAMES.get(i));
          fresh.add(value());
        }
      }
      labels = fresh;
    }
    for (int i = random.nextInt(3); i > 0 && !labels.isEmpty(); i--) {
      labels.set(random.nextInt(labels.size() / 2) * 2 + 1, value());
    }
    if (seldom() && labels.size() >= 4) {
      labels.set(2 * random.nextInt(labels.size() / 2), NAMES.get(random.nextInt(NAMES.size())));
    }
    if (seldom()) {
      labels.set(random.nextInt(labels.size()), odd());
    }
    if (seldom()) {
      labels = new ArrayList<>(labels.subList(0, 2 * random.nextInt(labels.size() / 2 + 1)));
    }
  }

  private byte[] value() {
    return random.nextInt(8) == 0
        ? Integer.toString(random.nextInt(1000)).getBytes(StandardCharsets.US_ASCII)
        : VALUES.get(random.nextInt(VALUES.size()));
  }

  private byte[] odd() {
    byte[] text = new byte[random.nextInt(3) == 0 ? 120 + random.nextInt(20) : random.nextInt(12)];
    Arrays.fill(text, (byte) 'y');
    if (random.nextBoolean()) {
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) random.nextInt(256);
      }
    }
    return text;
  }

  private void content(List<byte[]> series, int samples, int histograms, int exemplars) {
    for (int i = samples == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      List<byte[]> sample = new ArrayList<>();
      sample.add(wire.fixed64(1, bits()));
      sample.add(wire.number(2, time()));
      if (random.nextInt(5) == 0) {
        sample.add(wire.number(3, time()));
      }
      series.add(wire.message(samples, sample));
    }
    if (histograms > 0 && random.nextInt(3) == 0) {
      series.add(wire.message(histograms, new RandomHistogram(random, wire).fields()));
    }
    if (random.nextInt(6) == 0) {
      List<byte[]> exemplar =
          new ArrayList<>(List.of(wire.fixed64(2, bits()), wire.number(3, time())));
      if (symbols.isEmpty()) {
        exemplar.add(wire.message(1, List.of(wire.text(1, value()), wire.text(2, value()))));
      } else {
        exemplar.addAll(wire.packed(1, new long[] {symbol(value()), symbol(value())}));
      }
      series.add(wire.message(exemplars, exemplar));
    }
  }

  private long bits() {
    return random.nextBoolean() ? BITS[random.nextInt(BITS.length)] : random.nextLong();
  }

  private long time() {
    return random.nextInt(4) == 0
        ? random.nextLong() >> random.nextInt(64)
        : 1_700_000_000_000L + random.nextInt(100_000);
  }
}
