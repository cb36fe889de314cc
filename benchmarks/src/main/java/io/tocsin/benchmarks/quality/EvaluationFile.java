// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Flaw;
import io.tocsin.benchmarks.speed.Machine;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What figures were made of, and the file they are written into.
 *
 * @param configuration hash of the settings of what is shipped
 */
record EvaluationFile(Machine machine, String configuration, List<Corpus> corpora) {

  /** One line of where figures come from. */
  String origin() {
    return "Commit %s, configuration %s, %s, %d cores, %s"
        .formatted(machine.commit(), configuration, machine.jvm(), machine.cores(), machine.at());
  }

  /** Writes figures as JSON. */
  void write(Path file, Figures figures) {
    Map<String, Object> all = new LinkedHashMap<>();
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
    for (Corpus corpus : corpora) {
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("layout", corpus.layout().figures());
      of.put("checksum", corpus.checksum());
      of.put("subjects", corpus.subjects().size());
      of.put("samples", corpus.samples());
      of.put("missing", corpus.flaws().stream().map(Flaw::toString).toList());
      described.put(corpus.name(), of);
    }
    return described;
  }
}
