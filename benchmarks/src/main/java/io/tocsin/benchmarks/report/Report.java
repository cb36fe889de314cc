// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a benchmark has to say: figures by name, and tables. Printed as text, written as JSON to
 * {@code benchmarks/results/NAME.json} and as Markdown between the marks {@code <!-- figures:NAME
 * -->} and {@code <!-- /figures -->} of a file.
 */
public final class Report {
  private final String name;
  private final String command;
  private final Machine machine;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Object> details = new LinkedHashMap<>();
  private final List<MarkdownTable> tables = new ArrayList<>();
  private String verdict = "";

  /**
   * An empty report.
   *
   * @param name of the benchmark, as in {@code ./tocsin bench NAME}
   * @param command what to type for the same figures
   */
  public Report(String name, String command, Machine machine) {
    this.name = name;
    this.command = command;
    this.machine = machine;
  }

  /** A figure, which is rounded to four digits. */
  public void figure(String key, double value) {
    figures.put(key, rounded(value));
  }

  /** What stands behind the figures. */
  public void detail(String key, Object value) {
    details.put(key, value);
  }

  public void table(List<String> head, List<List<String>> rows) {
    MarkdownTable table = new MarkdownTable(head);
    rows.forEach(table::row);
    tables.add(table);
  }

  /** What it all comes to, in one sentence. */
  public void verdict(String sentence) {
    verdict = sentence;
  }

  public String verdict() {
    return verdict;
  }

  /** Adds figures and a table of what was measured in pairs. */
  public void pairs(String nameOfA, String nameOfB, Pairs pairs) {
    List<List<String>> rows = new ArrayList<>();
    for (Pairs.Pair pair : pairs.all()) {
      rows.add(List.of(row(pair.a()), row(pair.b()), number(pair.ratio())));
    }
    rows.add(List.of(row(pairs.a()), row(pairs.b()), "**" + number(pairs.ratio()) + "**"));
    table(List.of(nameOfA + ", CPU ns/sample", nameOfB + ", CPU ns/sample", "ratio"), rows);
    detail("pairs", pairs.all());
    figure("spread", pairs.spread());
  }

  private static String row(Cost cost) {
    return number(cost.cpuNanosPerSample());
  }

  /** Writes the JSON file, and the tables into a Markdown file that has marks for them. */
  public void write(Path results, Path markdown) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("benchmark", name);
    all.put("command", command);
    all.put("commit", machine.commit());
    all.put("jvm", machine.jvm());
    all.put("flags", machine.flags());
    all.put("cores", machine.cores());
    all.put("load", machine.load());
    all.put("at", machine.at().toString());
    all.put("verdict", verdict);
    all.put("figures", figures);
    all.putAll(details);
    try {
      Files.createDirectories(results);
      String json =
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
      WholeFile.write(results.resolve(name + ".json"), json + "\n");
      MarkedText.replace(markdown, name, markdown());
    } catch (IOException e) {
      throw new UncheckedIOException("The figures cannot be written: " + e.getMessage(), e);
    }
  }

  /** All as Markdown, which is fit to be printed as well. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(verdict).append("\n\n");
    tables.forEach(text::append);
    text.append("`%s` at %s, commit %s, ".formatted(command, machine.at(), machine.commit()));
    text.append("%d cores, load %s, ".formatted(machine.cores(), machine.load()));
    text.append("%s, `%s`\n".formatted(machine.jvm(), machine.flags()));
    return text.toString();
  }

  /** A number with about three significant digits, or all digits before the point. */
  public static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 || size == 0 ? 2 : 3;
    if (size > 0 && size < 0.1) {
      decimals = 4;
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** The same for a file: with four significant digits. */
  public static double rounded(double value) {
    return Double.isFinite(value)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.4g", value))
        : value;
  }
}
