// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import io.tocsin.benchmarks.quality.corpora.Source;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds logs below a directory by their layouts and reads them: LogHub's systems, tables of
 * sessions, and plain logs, which are what remains of the files that end in {@code .log}.
 */
public final class LogCorpusReader {
  private static final String STRUCTURED = ".log_structured.csv";
  private static final String CORRECTED = ".log_structured_corrected.csv";
  private static final List<String> LINE_FIELDS = List.of("Content", "EventId", "EventTemplate");
  private static final List<String> SESSION_FIELDS = List.of("split", "label", "events");

  private final Source source;
  private final Map<String, LogSystem> systems = new TreeMap<>();
  private final Map<String, List<Session>> sessions = new TreeMap<>();
  private final Map<String, Path> streams = new TreeMap<>();

  private LogCorpusReader(Path root) {
    source = new Source(root);
  }

  /** Reads all there is; what cannot be read is among the origin's flaws. */
  public static LogCorpus read(Path directory) throws IOException {
    LogCorpusReader reader = new LogCorpusReader(directory);
    reader.readAll(directory);
    return new LogCorpus(
        List.copyOf(reader.systems.values()), reader.sessions, reader.streams, reader.origin());
  }

  private CorpusOrigin origin() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("systems", (long) systems.size());
    sizes.put("lines", systems.values().stream().mapToLong(each -> each.lines().size()).sum());
    sizes.put("sessions", sessions.values().stream().mapToLong(List::size).sum());
    sizes.put("streams", (long) streams.size());
    return new CorpusOrigin("logs", "logs", source.checksum(), sizes, source.flaws());
  }

  private void readAll(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Set<Path> labelled = new HashSet<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(STRUCTURED)) {
        String stem = name.substring(0, name.length() - STRUCTURED.length());
        labelled.add(file.resolveSibling(stem + ".log"));
        system(file, stem);
      }
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      if (name.endsWith(".log") && !labelled.contains(file)) {
        streams.put(unused(streams.keySet(), name.substring(0, name.length() - 4)), file);
      } else if (name.endsWith(".csv") && !name.contains(".log_")) {
        session(file);
      }
    }
  }

  private static String unused(Set<String> names, String wanted) {
    String name = wanted;
    for (int i = 2; names.contains(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private void system(Path file, String stem) {
    int end = stem.lastIndexOf('_');
    String name = unused(systems.keySet(), end < 0 ? stem : stem.substring(0, end));
    List<ParsedLine> lines = lines(file);
    Path correction = file.resolveSibling(stem + CORRECTED);
    List<ParsedLine> corrected = Files.isRegularFile(correction) ? lines(correction) : List.of();
    if (!lines.isEmpty()) {
      systems.put(name, new LogSystem(name, lines, corrected));
    }
  }

  private List<ParsedLine> lines(Path file) {
    List<ParsedLine> lines = new ArrayList<>();
    for (List<String> fields : rows(file, LINE_FIELDS, true)) {
      if (!fields.get(1).isEmpty()) {
        lines.add(new ParsedLine(fields.get(0), fields.get(1), fields.get(2)));
      }
    }
    return lines;
  }

  private void session(Path file) {
    List<Session> read = new ArrayList<>();
    for (List<String> fields : rows(file, SESSION_FIELDS, false)) {
      boolean training = fields.get(0).equals("train");
      boolean anomalous = !fields.get(1).equals("0") && !fields.get(1).equalsIgnoreCase("normal");
      read.add(new Session(training, anomalous, List.of(fields.get(2).strip().split(" +"))));
    }
    if (!read.isEmpty()) {
      Path directory = file.toAbsolutePath().normalize().getParent();
      String name = directory == null ? "sessions" : String.valueOf(directory.getFileName());
      sessions.put(unused(sessions.keySet(), name), read);
    }
  }

  /** The wanted fields of all rows that have them; nothing of a file with another head. */
  private List<List<String>> rows(Path file, List<String> wanted, boolean required) {
    if (!required && !head(file).containsAll(wanted)) {
      return List.of();
    }
    Csv csv = new Csv(source.text(file));
    List<String> head = csv.hasNext() ? csv.next().fields() : List.of();
    if (!head.containsAll(wanted)) {
      source.flaw(file, 0, "has no columns " + String.join(", ", wanted));
      return List.of();
    }
    int[] columns = wanted.stream().mapToInt(head::indexOf).toArray();
    List<List<String>> rows = new ArrayList<>();
    while (csv.hasNext()) {
      Csv.Row row = csv.next();
      String flaw = flaw(row, head.size());
      if (flaw.isEmpty()) {
        rows.add(Stream.of(0, 1, 2).map(i -> row.fields().get(columns[i])).toList());
      } else {
        source.flaw(file, row.line(), flaw);
      }
    }
    return rows;
  }

  private static List<String> head(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      String first = lines.findFirst().orElse("");
      return new Csv(first).hasNext() ? new Csv(first).next().fields() : List.of();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static String flaw(Csv.Row row, int columns) {
    if (!row.closed()) {
      return "a quotation mark is never closed";
    }
    int has = row.fields().size();
    return has == columns ? "" : "has " + has + " fields where the head has " + columns;
  }
}
