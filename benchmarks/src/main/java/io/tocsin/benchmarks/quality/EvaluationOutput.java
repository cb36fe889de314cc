// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.MarkedText;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the figures of an evaluation go. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluationOutput {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there.")
  private @Nullable Path json;

  @Option(
      names = "--write",
      description = "Write the figures into the checkout: as JSON, and as a table in its text.")
  private boolean write;

  @Option(
      names = "--checkout",
      paramLabel = "DIRECTORY",
      defaultValue = "${sys:tocsin.home:-.}",
      description = "Where the sources lie.")
  private Path checkout;

  /** What figures of these corpora are made of; to be asked before they are measured. */
  EvaluationFile file(String command, List<Corpus> corpora) {
    List<CorpusOrigin> origins = corpora.stream().map(Corpus::origin).toList();
    return file(command, new Shipped().configurationHash(), origins);
  }

  /** The same for what is configured otherwise than the detector of metrics. */
  EvaluationFile file(String command, String configuration, List<CorpusOrigin> origins) {
    return new EvaluationFile(command, Machine.of(checkout), configuration, origins);
  }

  /**
   * Writes figures where it is wanted.
   *
   * @param name of the passage in the document, and of the file among the checkout's results
   * @param document within the checkout
   * @param passage of the document; where it comes from is added
   */
  void finish(EvaluationFile file, Figures figures, String name, String document, String passage) {
    System.out.println(file.origin());
    if (json != null) {
      file.write(json, figures);
    }
    if (write) {
      Path results = checkout.resolve("benchmarks").resolve("results");
      file.write(results.resolve(name + ".json"), figures);
      Path text = checkout.resolve(document);
      try {
        MarkedText.replace(text, name, passage.strip() + "\n\n" + file.origin());
      } catch (IOException e) {
        throw new LocalRunException("The figures cannot be written to " + text + ": " + e, e);
      }
    }
  }
}
