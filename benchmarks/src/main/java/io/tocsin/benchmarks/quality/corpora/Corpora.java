// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the corpora below a directory by their layouts, and reads them. */
public final class Corpora {
  private static final String KPI_HEAD = "timestamp,value,label";
  private static final String MICROSOFT_HEAD = "TimeStamp,Value,Label";

  private final Map<Path, Layout> found = new TreeMap<>();

  private Corpora() {}

  /** The directories of corpora at or below this one, with their layouts. */
  public static Map<Path, Layout> find(Path directory) throws IOException {
    Corpora corpora = new Corpora();
    corpora.look(directory.toAbsolutePath().normalize());
    return corpora.found;
  }

  /**
   * Reads a corpus.
   *
   * @param name first part of the names of its figures
   */
  public static Corpus read(Path root, Layout layout, String name) {
    Source source = new Source(root);
    List<Subject> subjects =
        switch (layout) {
          case NAB -> new NabReader(source).read();
          case SERVERS -> new ServersReader(source).read();
          case KPI, MICROSOFT -> readTables(source, layout);
        };
    return new Corpus(name, layout, source.checksum(), subjects, source.flaws());
  }

  /**
   * The names of corpora: the first of a layout is named by it, further ones and servers by their
   * directories.
   */
  public static Map<Path, String> names(Map<Path, Layout> found) {
    Map<Path, String> names = new TreeMap<>();
    Map<String, Integer> used = new HashMap<>();
    Set<Layout> seen = EnumSet.noneOf(Layout.class);
    found.forEach(
        (root, layout) -> {
          boolean first = seen.add(layout) && layout != Layout.SERVERS;
          String name = first ? layout.figures() : plain(String.valueOf(root.getFileName()));
          int times = used.merge(name, 1, Integer::sum);
          names.put(root, times == 1 ? name : name + "-" + times);
        });
    return names;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static List<Subject> readTables(Source source, Layout layout) {
    TableReader reader = new TableReader(source);
    List<Subject> subjects = new ArrayList<>();
    for (Path file : Source.tables(source.root())) {
      Subject subject = headOf(file) == layout ? reader.read(file, true) : null;
      if (subject != null) {
        subjects.add(subject);
      }
    }
    return subjects;
  }

  /** Notes this directory, or what lies below it; gives the layouts of the loose files there. */
  private Set<Layout> look(Path directory) throws IOException {
    Set<Layout> loose = EnumSet.noneOf(Layout.class);
    if (Files.isRegularFile(directory.resolve(NabReader.WINDOWS))
        && Files.isDirectory(directory.resolve(NabReader.DATA))) {
      found.put(directory, Layout.NAB);
      return loose;
    }
    if (isServers(directory)) {
      found.put(directory, Layout.SERVERS);
      return loose;
    }
    Map<Path, Layout> before = new TreeMap<>(found);
    boolean apart = false;
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry)) {
          loose.addAll(look(entry));
          apart |= isDescribed(entry);
        } else {
          Layout layout = headOf(entry);
          if (layout != null) {
            loose.add(layout);
          }
        }
      }
    }
    if (loose.size() == 1 && !apart) {
      // All loose files from here on are of one kind and nothing tells them apart: one corpus.
      Layout layout = loose.iterator().next();
      found.keySet().removeIf(root -> root.startsWith(directory) && found.get(root) == layout && !before.containsKey(root));
      found.put(directory, layout);
    }
    return loose;
  }

  private static boolean isServers(Path directory) {
    return Stream.of("train", "test")
        .flatMap(part -> Source.tables(directory.resolve(part)).stream().limit(1))
        .anyMatch(file -> isNumbers(firstLine(file)));
  }

  private static boolean isNumbers(String line) {
    List<String> fields = Source.fields(line);
    try {
      for (String field : fields) {
        Source.number(field);
      }
      return fields.size() > 1;
    } catch (BadLineException e) {
      return false;
    }
  }

  /** Whether a directory comes with its own terms or description, as corpora do. */
  private static boolean isDescribed(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()).toUpperCase(Locale.ROOT))
          .anyMatch(
              name ->
                  name.startsWith("LICENSE")
                      || name.startsWith("SOURCE")
                      || name.startsWith("README"));
    }
  }

  private static @Nullable Layout headOf(Path file) {
    if (!String.valueOf(file.getFileName()).endsWith(".csv")) {
      return null;
    }
    String head = firstLine(file).strip();
    if (head.equals(KPI_HEAD)) {
      return Layout.KPI;
    }
    return head.equalsIgnoreCase(MICROSOFT_HEAD) ? Layout.MICROSOFT : null;
  }

  private static String firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }
}
