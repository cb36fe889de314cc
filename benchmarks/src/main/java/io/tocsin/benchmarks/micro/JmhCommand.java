// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.micro;

import io.tocsin.jobs.local.LocalRunException;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tocsin bench jmh}: single parts under JMH, with the bytes that each allocates. */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "Single parts under JMH: decoder, shard split, rows of state, detectors.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class JmhCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = ".*",
      description = "A regular expression that the names match in part; all unless given.")
  private String pattern;

  @Option(
      names = "--forks",
      defaultValue = "3",
      description = "Processes in turn for each; ${DEFAULT-VALUE} unless given.")
  private int forks;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "Of a second each, after as many to warm up; ${DEFAULT-VALUE} unless given.")
  private int iterations;

  @Override
  public Integer call() throws RunnerException {
    try {
      new Runner(
              new OptionsBuilder()
                  .include(pattern)
                  .forks(forks)
                  .warmupIterations(iterations)
                  .warmupTime(TimeValue.seconds(1))
                  .measurementIterations(iterations)
                  .measurementTime(TimeValue.seconds(1))
                  .addProfiler(GCProfiler.class)
                  .shouldFailOnError(true)
                  .build())
          .run();
      return 0;
    } catch (NoBenchmarksException e) {
      throw new LocalRunException(
          "No benchmark matches " + pattern + "; leave it out to run all.", e);
    }
  }
}
