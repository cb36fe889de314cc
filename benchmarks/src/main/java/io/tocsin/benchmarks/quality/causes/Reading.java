// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.models.telemetry.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the readers of failures have in common. */
final class Reading {
  private Reading() {}

  /** A service of a system of which no more is known. */
  static Entity service(String system, String name) {
    return new Entity("", system, "", name, "", "");
  }

  /** The directories in a directory, by name; none where it is none. */
  static List<Path> directories(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  static FailureCorpus corpus(
      String name,
      String layout,
      Source source,
      List<FailureCase> failures,
      List<FailureCase> normal) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("failures", (long) failures.size());
    sizes.put("normal windows", (long) normal.size());
    return new FailureCorpus(
        name,
        !layout.equals(RootCauseBenchReader.LAYOUT),
        failures,
        normal,
        new CorpusOrigin(name, layout, source.checksum(), sizes, source.flaws()));
  }
}
