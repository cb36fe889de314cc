// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.report.Output;
import io.tocsin.jobs.local.Directories;
import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.jobs.local.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./tocsin bench pipeline}: the whole way of a sample, from Kafka to its finding. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = {
      "The metrics job as it is shipped, from a real Kafka broker to its findings, beside what only"
          + " decodes or stores the same samples.",
      "Ends with code 1 when a figure is void: samples were missing or anomalies were not found."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class PipelineBenchmark implements Callable<Integer> {
  @Option(
      names = "--series",
      defaultValue = "100000",
      description = "Series of the comparisons and of the delay; ${DEFAULT-VALUE} unless given.")
  private int series;

  @Option(
      names = "--minutes",
      defaultValue = "60",
      description =
          "For how many minutes each is scraped, every 15 s; ${DEFAULT-VALUE} unless given.")
  private int minutes;

  @Option(
      names = "--against",
      split = ",",
      defaultValue = "victoriametrics,prometheus",
      converter = PeerConverter.class,
      description = "Programs to compare with, if installed: ${DEFAULT-VALUE}.")
  private List<Peer> against;

  @Option(
      names = "--parts",
      split = ",",
      converter = PartConverter.class,
      description =
          "What to measure: p1, p2, p3, p4, growth (p5, p6, p7), p9, rescale, recovery; all unless"
              + " given.")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description = "Numbers of series for growth; ${DEFAULT-VALUE} unless given.")
  private List<Integer> sizes;

  @Option(
      names = "--many-series",
      defaultValue = "1000000",
      description = "Series for rescaling and recovery; ${DEFAULT-VALUE} unless given.")
  private int manySeries;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "How often what is compared takes turns; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Option(
      names = "--live",
      paramLabel = "SECONDS",
      defaultValue = "40",
      description = "For how long live load is kept up; ${DEFAULT-VALUE} unless given.")
  private int liveSeconds;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    PipelineSettings settings = settings();
    Path directory = Files.createTempDirectory("tocsin-bench-");
    Resources resources = new Resources(() -> output.progress("Interrupted; ending all."));
    resources.add(() -> Directories.delete(directory));
    try (resources) {
      return run(settings, directory, resources);
    }
  }

  private int run(PipelineSettings settings, Path directory, Resources resources) throws Exception {
    List<PartRun> parts = runs(settings);
    announce(parts, directory);
    PipelineOutput file = new PipelineOutput(output, command(settings));
    PipelineRun run = new PipelineRun(directory, resources, output);
    for (PartRun part : parts) {
      try {
        part.run(run);
      } catch (LocalRunException e) {
        resources.awaitEndIfEnding();
        // The others are measured all the same.
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        output.progress(message);
        run.results().flaws(part.part()).add(message);
      } catch (Exception e) {
        resources.awaitEndIfEnding();
        throw e;
      }
    }
    return file.finish(run.results(), settings);
  }

  private PipelineSettings settings() {
    List<Peer> installed = new ArrayList<>();
    if (parts.contains(Part.P2)) {
      for (Peer peer : against) {
        if (peer.executable().isPresent()) {
          installed.add(peer);
        } else {
          output.progress(peer.missing());
        }
      }
    }
    return new PipelineSettings(
        parts, series, minutes, rounds, installed, sizes, manySeries, liveSeconds);
  }

  private static List<PartRun> runs(PipelineSettings settings) {
    List<PartRun> runs = new ArrayList<>();
    if (settings.has(Part.P3)) {
      runs.add(new DecoderPart());
    }
    if (settings.has(Part.P4)) {
      runs.add(new ModelPart());
    }
    if (settings.has(Part.P1) || settings.has(Part.P2)) {
      runs.add(new IngestPart(settings));
    }
    if (settings.has(Part.P9)) {
      runs.add(new LatencyPart(settings));
    }
    if (settings.has(Part.GROWTH)) {
      runs.add(new GrowthPart(settings));
    }
    if (settings.has(Part.RESCALE)) {
      runs.add(new RescalePart(settings));
    }
    if (settings.has(Part.RECOVERY)) {
      runs.add(new RecoveryPart(settings));
    }
    return runs;
  }

  /** Says how long it will take, unless there is not enough for it. */
  private void announce(List<PartRun> runs, Path directory) throws Exception {
    Needs needs = runs.stream().map(PartRun::needs).reduce(Needs::or).orElseThrow();
    needs.require(Needs.free(directory), directory);
    double seconds = runs.stream().mapToDouble(PartRun::seconds).sum();
    output.progress(
        ("This takes about %.0f min on a quiet machine with 2 cores, %,d MB of memory and %,d MB of"
                + " disk.")
            .formatted(
                Math.max(1, Math.ceil(seconds / 60)),
                needs.memoryMegabytes(),
                needs.diskMegabytes()));
  }

  private String command(PipelineSettings settings) {
    String command =
        "./tocsin bench pipeline --series %d --minutes %d --rounds %d --live %d"
            .formatted(series, minutes, rounds, liveSeconds);
    command += " --sizes " + joined(settings.sizes()) + " --many-series " + manySeries;
    command += " --parts " + joined(EnumSet.copyOf(settings.parts()));
    return settings.peers().isEmpty()
        ? command
        : command + " --against " + joined(settings.peers());
  }

  private static String joined(Collection<?> words) {
    return words.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  /** Reads a part. */
  static final class PartConverter implements ITypeConverter<Part> {
    @Override
    public Part convert(String text) {
      return word(Part.class, text, "part");
    }
  }

  /** Reads a peer. */
  static final class PeerConverter implements ITypeConverter<Peer> {
    @Override
    public Peer convert(String text) {
      return word(Peer.class, text, "program to compare with");
    }
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text, String what) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is no %s; choose from %s".formatted(text, what, EnumSet.allOf(type)));
    }
  }
}
