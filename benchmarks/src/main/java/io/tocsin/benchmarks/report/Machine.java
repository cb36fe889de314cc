// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a figure was measured with.
 *
 * @param commit the commit of the checkout; with {@code -changed} when something was not committed
 * @param jvm name and version of the virtual machine
 * @param flags its memory and garbage collection
 * @param cores how many processors it sees
 * @param load how many processes wanted a processor in the minute before; what is above 0 was
 *     others' work and makes figures less certain
 * @param at when
 */
public record Machine(String commit, String jvm, String flags, int cores, double load, Instant at) {

  /** This machine now, with the commit of the checkout in this directory. */
  public static Machine of(Path checkout) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    var runtime = ManagementFactory.getRuntimeMXBean();
    String flags =
        runtime.getInputArguments().stream()
            .filter(flag -> flag.startsWith("-X"))
            .collect(Collectors.joining(" "));
    return new Machine(
        commit(checkout),
        runtime.getVmName() + " " + runtime.getVmVersion(),
        flags,
        system.getAvailableProcessors(),
        Math.round(system.getSystemLoadAverage() * 10) / 10.0,
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String commit(Path checkout) {
    String commit = git(checkout, "rev-parse", "--short=12", "HEAD");
    // What benchmarks have written themselves is no change to what they measure.
    boolean changed =
        git(checkout, "status", "--porcelain", "--untracked-files=no")
            .lines()
            .anyMatch(line -> !line.contains("benchmarks/results/") && !line.endsWith(".md"));
    return commit.isEmpty() ? "unknown" : changed ? commit + "-changed" : commit;
  }

  /** What git says, or nothing when it says that something is wrong. */
  private static String git(Path checkout, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", checkout.toString());
    builder.command().addAll(List.of(arguments));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try (InputStream out = process.getInputStream()) {
        String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? said : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
