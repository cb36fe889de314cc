// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds in a broker's log why it ended. */
final class BrokerLog {
  private static final int LINES = 5;

  private BrokerLog() {}

  /** Why the broker ended, with the last lines of its log where they are needed to see it. */
  static String whyItEnded(Path log, String address) {
    List<String> lines = lines(log);
    String text = String.join("\n", lines);
    if (text.contains("No space left on device")) {
      return "The Kafka broker ended because the disk of %s is full; free some space."
          .formatted(log.toAbsolutePath().getParent());
    }
    if (text.contains("Address already in use")) {
      return "The Kafka broker cannot listen at %s: Address already in use.".formatted(address);
    }
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    return "The Kafka broker ended while it was starting; its log is %s and ends with:%n%s"
        .formatted(log, last.stream().map(line -> "  " + line).collect(Collectors.joining("\n")));
  }

  private static List<String> lines(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> !line.isBlank() && !line.startsWith("\tat ")).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
