// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.models.telemetry.Entity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Sock Shop of RCD (Ikram et al., NeurIPS 2022): for each fault and run a table of the
 * seconds before it, {@code normal.csv}, and one of those since, {@code anomalous.csv}, in
 * directories such as {@code carts-cpu/1}. The two were recorded at different times; the first is
 * moved to end where the second begins.
 */
final class SockShopReader {
  private static final long SECOND = 1000;
  private static final String SYSTEM = "sock-shop";
  private final Source source;

  private SockShopReader(Path root) {
    source = new Source(root);
  }

  /** Null when there is nothing of the kind. */
  static @Nullable FailureCorpus read(Path root) {
    SockShopReader reader = new SockShopReader(root);
    List<FailureCase> failures = new ArrayList<>();
    for (Path fault : Reading.directories(root)) {
      for (Path run : Reading.directories(fault)) {
        Path normal = run.resolve("normal.csv");
        Path anomalous = run.resolve("anomalous.csv");
        if (Files.isRegularFile(normal) && Files.isRegularFile(anomalous)) {
          reader.add(
              failures,
              fault,
              run,
              SampleTable.read(reader.source, normal),
              SampleTable.read(reader.source, anomalous));
        }
      }
    }
    return failures.isEmpty()
        ? null
        : Reading.corpus("rcd-sockshop", "RCD", reader.source, failures, normal(failures));
  }

  /** The second half of the time before each: no other failure was recorded in it. */
  private static List<FailureCase> normal(List<FailureCase> failures) {
    return failures.stream().map(each -> each.before((each.time() - each.from()) / 2)).toList();
  }

  private void add(
      List<FailureCase> failures, Path fault, Path run, SampleTable before, SampleTable since) {
    String label = Reading.name(fault);
    int dash = label.lastIndexOf('-');
    if (dash < 0 || before.times().length == 0 || since.times().length == 0) {
      source.flaw(run, 0, "is not service-fault with samples before and since");
      return;
    }
    long time = since.times()[0];
    long shift = time - before.times()[before.times().length - 1] - SECOND;
    List<CaseSeries> series = new ArrayList<>();
    for (int i = 0; i < since.columns().size(); i++) {
      String column = since.columns().get(i);
      int same = before.columns().indexOf(column);
      if (same >= 0) {
        Samples samples = new Samples();
        before.addTo(samples, same, shift);
        since.addTo(samples, i, 0);
        series.add(series(column, samples));
      }
    }
    String service = label.substring(0, dash);
    String kind = label.substring(dash + 1);
    FailureCase.Truth truth = new FailureCase.Truth(Set.of(service), Set.of(kind), null);
    failures.add(
        new FailureCase(
            label + "/" + Reading.name(run),
            kind,
            series,
            List.of(),
            List.of(),
            List.of(),
            null,
            before.times()[0] + shift,
            time,
            since.times()[since.times().length - 1] + SECOND,
            truth));
  }

  /** A database counts as its service, as in RCAEval. */
  private static CaseSeries series(String column, Samples samples) {
    int underscore = column.indexOf('_');
    String service = column.substring(0, underscore).replace("-db", "");
    Entity entity =
        column.substring(0, underscore).endsWith("-db")
            ? new Entity("", SYSTEM, column.substring(0, underscore), service, "", "")
            : Reading.service(SYSTEM, service);
    String metric = column.substring(underscore + 1);
    return samples.metric(entity, metric, metric.startsWith("lat"));
  }
}
