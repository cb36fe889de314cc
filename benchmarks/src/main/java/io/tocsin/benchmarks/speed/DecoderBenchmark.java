// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The remote-write decoder beside protobuf-java: whether they agree on mutated bodies, and what
 * each sample costs. Ends with code 1 when they differ on any body.
 */
@Command(
    name = "decoder-benchmark",
    mixinStandardHelpOptions = true,
    description = "Compares the remote-write decoder with protobuf-java.")
public final class DecoderBenchmark implements Callable<Integer> {
  @Option(names = "--bodies", defaultValue = "1000000", description = "Mutated bodies to compare.")
  private int bodies;

  @Option(names = "--series", defaultValue = "10000", description = "Series of the timed bodies.")
  private int series;

  @Option(names = "--rounds", defaultValue = "8", description = "Rounds A B B A; 0 times nothing.")
  private int rounds;

  @Option(names = "--block", defaultValue = "300", description = "Milliseconds of CPU per block.")
  private int block;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of all bodies.")
  private long seed;

  @Option(names = "--json", description = "File to write the figures to.")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** All figures of one run. */
  record Figures(DecoderEquality.Result equality, List<PairedRun.Result> timing) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new DecoderBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Figures figures = new Figures(DecoderEquality.run(bodies, seed), timing());
    print(figures);
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), figures);
    }
    return figures.equality().different() == 0 ? 0 : 1;
  }

  private List<PairedRun.Result> timing() {
    List<PairedRun.Result> results = new ArrayList<>();
    if (rounds > 0) {
      List<Labels> scraped = RealisticBodies.series(series, seed);
      List<Labels> shuffled = RealisticBodies.shuffled(scraped, seed);
      results.add(compare(ours1("", scraped), protobuf1("", scraped)));
      results.add(compare(ours1(", shuffled", shuffled), protobuf1(", shuffled", shuffled)));
      results.add(compare(ours2(scraped), ours1("", scraped)));
      results.add(compare(ours2(scraped), protobuf2(scraped)));
    }
    return results;
  }

  private PairedRun.Result compare(PairedRun.Side a, PairedRun.Side b) {
    return new PairedRun(a, b, series).run(rounds, block * 1_000_000L);
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

  private void print(Figures figures) {
    PrintWriter out = spec.commandLine().getOut();
    DecoderEquality.Result equality = figures.equality();
    out.printf(
        "%,d mutated bodies: %,d accepted, %,d rejected, %,d different%n",
        equality.bodies(), equality.accepted(), equality.rejected(), equality.different());
    equality.examples().forEach(out::println);
    out.printf(
        "%-22s %-28s %9s %9s %8s %7s %10s %10s%n",
        "A", "B", "A ns", "B ns", "A/B", "IQR", "A bytes", "B bytes");
    for (PairedRun.Result result : figures.timing()) {
      out.printf(
          "%-22s %-28s %9.1f %9.1f %8.4f %6.1f%% %10.2f %10.2f%s%n",
          result.a(),
          result.b(),
          result.nanosA(),
          result.nanosB(),
          result.ratio(),
          100 * result.spread(),
          result.bytesA(),
          result.bytesB(),
          result.spread() > 0.2 ? "  inconclusive: run again on a quieter machine" : "");
    }
    out.println("CPU time and allocated bytes per sample; the ratio is the median of all pairs.");
    out.flush();
  }
}
