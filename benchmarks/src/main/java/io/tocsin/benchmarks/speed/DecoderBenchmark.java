// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.benchmarks.report.Output;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The remote-write decoder beside protobuf-java: whether they agree on mutated bodies, and what
 * each sample costs. Ends with code 1 when they differ on any body.
 */
@Command(
    name = "decoder",
    mixinStandardHelpOptions = true,
    description = "The remote-write decoder beside protobuf-java.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DecoderBenchmark implements Callable<Integer> {
  private static final List<String> HEAD =
      List.of(
          "A", "B", "A, CPU ns/sample", "B", "A ÷ B", "spread", "A, bytes allocated/sample", "B");

  @Option(names = "--bodies", defaultValue = "1000000", description = "Mutated bodies to compare.")
  private int bodies;

  @Option(names = "--series", defaultValue = "10000", description = "Series of the timed bodies.")
  private int series;

  @Option(names = "--pairs", defaultValue = "16", description = "Measured pairs; 0 times nothing.")
  private int pairs;

  @Option(names = "--block", defaultValue = "300", description = "Milliseconds of CPU per block.")
  private int block;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of all bodies.")
  private long seed;

  @Mixin private Output output;

  private final List<List<String>> rows = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Report report = output.report("decoder", command());
    DecoderEquality.Result equality = DecoderEquality.run(bodies, seed);
    if (pairs > 0) {
      time(report);
      report.table(HEAD, rows);
    }
    report.detail("equality", equality);
    report.verdict(
        "%,d mutated bodies: %,d accepted, %,d rejected, %,d different."
            .formatted(
                equality.bodies(), equality.accepted(), equality.rejected(), equality.different()));
    equality.examples().forEach(output::progress);
    output.finish(report, "benchmarks/README.md");
    return equality.different() == 0 ? 0 : 1;
  }

  private String command() {
    return "./tocsin bench decoder --bodies %d --series %d --pairs %d --block %d --seed %d"
        .formatted(bodies, series, pairs, block, seed);
  }

  private void time(Report report) throws Exception {
    List<Labels> scraped = RealisticBodies.series(series, seed);
    List<Labels> shuffled = RealisticBodies.shuffled(scraped, seed);
    compare(report, ours1("", scraped), protobuf1("", scraped));
    compare(report, ours1(", shuffled", shuffled), protobuf1(", shuffled", shuffled));
    compare(report, ours2(scraped), ours1("", scraped));
    compare(report, ours2(scraped), protobuf2(scraped));
  }

  private void compare(Report report, PairedRun.Side a, PairedRun.Side b) throws Exception {
    String name = a.name() + " ÷ " + b.name();
    output.progress(name);
    Pairs measured = new PairedRun(a, b, series).run(pairs, block * 1_000_000L);
    report.figure(name, measured.ratio());
    report.detail(name + ", pairs", measured.all());
    rows.add(
        List.of(
            a.name(),
            b.name(),
            Report.number(measured.a().cpuNanosPerSample()),
            Report.number(measured.b().cpuNanosPerSample()),
            "%.3f".formatted(measured.ratio()),
            "%.0f %%%s"
                .formatted(
                    100 * measured.spread(), measured.inconclusive() ? ", inconclusive" : ""),
            Report.number(measured.a().allocatedBytesPerSample()),
            Report.number(measured.b().allocatedBytesPerSample())));
  }

  private PairedRun.Side ours1(String order, List<Labels> labels) {
    byte[] body = RealisticBodies.body(labels, Protocol.V1, seed);
    return new PairedRun.Side("Tocsin 1.0" + order, new SeriesLookup.Ours(Protocol.V1), body);
  }

  private PairedRun.Side ours2(List<Labels> labels) {
    byte[] body = RealisticBodies.body(labels, Protocol.V2, seed);
    return new PairedRun.Side("Tocsin 2.0", new SeriesLookup.Ours(Protocol.V2), body);
  }

  private PairedRun.Side protobuf1(String order, List<Labels> labels) {
    byte[] body = RealisticBodies.body(labels, Protocol.V1, seed);
    return new PairedRun.Side("protobuf-java 1.0" + order, new SeriesLookup.Protobuf1(), body);
  }

  private PairedRun.Side protobuf2(List<Labels> labels) {
    byte[] body = RealisticBodies.body(labels, Protocol.V2, seed);
    return new PairedRun.Side("protobuf-java 2.0", new SeriesLookup.Protobuf2(), body);
  }
}
