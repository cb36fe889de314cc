// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpora;
import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** Where corpora lie; reads them and tells what is wrong with them. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CorpusDirectory {
  /** So many flaws of a corpus are told one by one. */
  private static final int TOLD_FLAWS = 20;

  @Parameters(paramLabel = "DIR", description = "One corpus, or a directory with many.")
  private Path directory;

  /** All corpora that have any subject. */
  List<Corpus> read() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new LocalRunException(directory + " is not a directory; give one that holds corpora.");
    }
    Map<Path, Layout> found = Corpora.find(directory);
    Map<Path, String> names = Corpora.names(found);
    List<Corpus> corpora = new ArrayList<>();
    for (Map.Entry<Path, Layout> each : found.entrySet()) {
      System.err.println("Reading " + each.getKey());
      Corpus corpus =
          Corpora.read(each.getKey(), each.getValue(), names.getOrDefault(each.getKey(), ""));
      tellFlaws(corpus);
      if (!corpus.subjects().isEmpty()) {
        corpora.add(corpus);
      }
    }
    if (corpora.isEmpty()) {
      throw new LocalRunException(
          directory
              + " holds no corpus of a known layout: NAB, timestamp,value,label,"
              + " TimeStamp,Value,Label, or train and test directories of servers.");
    }
    return corpora;
  }

  private static void tellFlaws(Corpus corpus) {
    corpus.flaws().stream().limit(TOLD_FLAWS).forEach(flaw -> System.err.println("  " + flaw));
    int more = corpus.flaws().size() - TOLD_FLAWS;
    if (more > 0) {
      System.err.println("  and " + more + " more");
    }
  }
}
