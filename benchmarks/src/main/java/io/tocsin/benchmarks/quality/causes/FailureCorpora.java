// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds corpora of failures by their layouts. */
public final class FailureCorpora {
  private FailureCorpora() {}

  /** Reads one corpus, or all that lie in a directory. */
  public static List<FailureCorpus> read(Path directory) {
    List<FailureCorpus> all = new ArrayList<>(one(directory));
    if (all.isEmpty()) {
      Reading.directories(directory).forEach(each -> all.addAll(one(each)));
    }
    return all;
  }

  private static List<FailureCorpus> one(Path root) {
    List<@Nullable FailureCorpus> found = new ArrayList<>();
    found.add(SockShopReader.read(root));
    found.add(SockShopReader.read(root.resolve("sock-shop-data")));
    found.add(PetShopReader.read(root));
    found.addAll(NezhaReader.read(root));
    found.add(RootCauseBenchReader.read(root));
    found.add(Files.isDirectory(root) ? PlainReader.read(root) : null);
    List<FailureCorpus> corpora = new ArrayList<>();
    for (FailureCorpus each : found) {
      if (each != null) {
        corpora.add(each);
      }
    }
    return corpora;
  }
}
