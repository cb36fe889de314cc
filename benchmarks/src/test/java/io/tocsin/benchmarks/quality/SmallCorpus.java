// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Corpora that are scored in a moment. */
final class SmallCorpus {
  private SmallCorpus() {}

  /** Two days of noise with a level shift of two hours, labelled. */
  static void writeKpi(Path directory) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("timestamp,value,label"));
    for (int i = 0; i < 2880; i++) {
      boolean broken = i >= 2000 && i < 2120;
      double value = 10 + random.nextDouble() + (broken ? 30 : 0);
      lines.add("%d,%s,%d".formatted(1_500_000_000L + 60L * i, value, broken ? 1 : 0));
    }
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    Files.write(corpus.resolve("a.csv"), lines);
  }

  /** A day of a server with two metrics, half of it labelled, without any anomaly. */
  static void writeServer(Path directory) throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    for (String part : List.of("train", "test")) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 720; i++) {
        lines.add(random.nextDouble() + "," + random.nextDouble());
      }
      Path folder = Files.createDirectories(directory.resolve("shop").resolve(part));
      Files.write(folder.resolve("m-1.csv"), lines);
    }
    Path labels = Files.createDirectories(directory.resolve("shop/test_label"));
    Files.writeString(labels.resolve("m-1.txt"), "0\n".repeat(720));
  }
}
