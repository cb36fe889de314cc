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

/** Finds the corpora below a directory by their layouts, and reads them. */
public final class Corpora {
  private static final String KPI_HEAD = "timestamp,value,label";
  private static final String MICROSOFT_HEAD = "TimeStamp,Value,Label";

  private static final List<String> DESCRIPTIONS = List.of("LICENSE", "SOURCE", "README");

  private final Path top;
  private final Map<Path, Layout> found = new TreeMap<>();

  private Corpora(Path top) {
    this.top = top;
  }

  /** The directories of corpora at or below this one, with their layouts. */
  public static Map<Path, Layout> find(Path directory) throws IOException {
    Corpora corpora = new Corpora(directory.toAbsolutePath().normalize());
    corpora.look(corpora.top);
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
      if (headOf(file).contains(layout)) {
        Subject subject = reader.read(file, true);
        if (subject != null) {
          subjects.add(subject);
        }
      } else if (isCsv(file)) {
        source.flaw(file, 0, "has another head than the corpus: " + firstLine(file));
      }
    }
    return subjects;
  }

  /** Notes this directory, or what lies below it; gives the layouts of the loose files there. */
  private Set<Layout> look(Path directory) throws IOException {
    if (Files.isRegularFile(directory.resolve(NabReader.WINDOWS))
        && Files.isDirectory(directory.resolve(NabReader.DATA))) {
      found.put(directory, Layout.NAB);
      return Set.of();
    }
    if (isServers(directory)) {
      found.put(directory, Layout.SERVERS);
      return Set.of();
    }
    Set<Layout> loose = EnumSet.noneOf(Layout.class);
    int parts = 0;
    boolean apart = false;
    for (Path entry : entries(directory)) {
      boolean below = Files.isDirectory(entry);
      Set<Layout> here = below ? look(entry) : headOf(entry);
      loose.addAll(here);
      parts += here.isEmpty() ? 0 : 1;
      apart |= below && !here.isEmpty() && isDescribed(entry);
    }
    // All loose files from here on are of one kind and nothing tells them apart: one corpus. What
    // lies in a single directory of the one that was given has its name from there.
    if (loose.size() == 1 && !apart && !(directory.equals(top) && parts == 1 && isFound(loose))) {
      found.entrySet().removeIf(each -> isLooseBelow(directory, each));
      found.put(directory, loose.iterator().next());
    }
    return loose;
  }

  private boolean isFound(Set<Layout> loose) {
    return found.values().stream().anyMatch(loose::contains);
  }

  private static boolean isLooseBelow(Path directory, Map.Entry<Path, Layout> found) {
    boolean loose = found.getValue() == Layout.KPI || found.getValue() == Layout.MICROSOFT;
    return loose && found.getKey().startsWith(directory);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
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
    return entries(directory).stream()
        .map(entry -> String.valueOf(entry.getFileName()).toUpperCase(Locale.ROOT))
        .anyMatch(name -> DESCRIPTIONS.stream().anyMatch(name::startsWith));
  }

  private static Set<Layout> headOf(Path file) {
    if (!isCsv(file)) {
      return Set.of();
    }
    String head = String.join(",", Source.fields(firstLine(file).strip()));
    if (head.equals(KPI_HEAD)) {
      return Set.of(Layout.KPI);
    }
    return head.equalsIgnoreCase(MICROSOFT_HEAD) ? Set.of(Layout.MICROSOFT) : Set.of();
  }

  private static boolean isCsv(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
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
