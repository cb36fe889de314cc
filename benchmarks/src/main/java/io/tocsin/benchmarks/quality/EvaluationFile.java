// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import io.tocsin.benchmarks.quality.corpora.Flaw;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What figures were made of, and the file they are written into.
 *
 * @param command what to type for the same figures
 * @param configuration hash of the settings of what is shipped
 */
record EvaluationFile(
    String command, Machine machine, String configuration, List<CorpusOrigin> corpora) {

  /** Where figures come from. */
  String origin() {
    String checksums =
        corpora.stream()
            .map(corpus -> corpus.name() + " " + corpus.checksum())
            .collect(Collectors.joining(", "));
    return "`%s` at %s, commit %s, configuration %s, %d cores, load %s, %s; corpora: %s"
        .formatted(
            command,
            machine.at(),
            machine.commit(),
            configuration,
            machine.cores(),
            machine.load(),
            machine.jvm(),
            checksums);
  }

  /** What is missing from all figures, a line for each corpus where anything is. */
  String missing() {
    return corpora.stream().map(EvaluationFile::missing).collect(Collectors.joining());
  }

  private static String missing(CorpusOrigin corpus) {
    List<String> files =
        corpus.flaws().stream().filter(Flaw::wholeFile).map(Flaw::file).distinct().toList();
    long lines = corpus.flaws().stream().filter(flaw -> !flaw.wholeFile()).count();
    return corpus.flaws().isEmpty()
        ? ""
        : "Missing from all figures of %s: %d lines; files: %s%n"
            .formatted(corpus.name(), lines, files.isEmpty() ? "none" : String.join(", ", files));
  }

  /** Writes figures as JSON. */
  void write(Path file, Figures figures) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("command", command);
    all.put("commit", machine.commit());
    all.put("configuration", configuration);
    all.put("jvm", machine.jvm());
    all.put("cores", machine.cores());
    all.put("load", machine.load());
    all.put("at", machine.at().toString());
    all.put("corpora", described());
    all.put("figures", figures.asMap());
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      String text =
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new LocalRunException("The figures cannot be written to " + file + ": " + e, e);
    }
  }

  private Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>();
    for (CorpusOrigin corpus : corpora) {
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("layout", corpus.layout());
      of.put("checksum", corpus.checksum());
      of.putAll(corpus.sizes());
      of.put("missing", corpus.flaws().stream().map(Flaw::toString).toList());
      described.put(corpus.name(), of);
    }
    return described;
  }
}
