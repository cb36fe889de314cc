// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program answers that Prometheus scrapes, in Prometheus' text format. */
final class Exposition {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*?),?})? (\\S+)");

  private Exposition() {}

  /**
   * One line.
   *
   * @param labels as they are written, without the braces
   */
  record Sample(String name, String labels, double value) {}

  /** All that it answers now. */
  static List<Sample> samples(URI uri) throws IOException, InterruptedException {
    return Http.text(uri)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Exposition::sample)
        .toList();
  }

  private static Sample sample(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("no line of an exposition: " + line);
    }
    String labels = matcher.group(2) == null ? "" : matcher.group(2);
    String value = matcher.group(3).replace("Inf", "Infinity");
    return new Sample(matcher.group(1), labels, Double.parseDouble(value));
  }

  /**
   * The sum of the series whose names end so and which have these labels, such as {@code
   * fate="late"}; 0 when there is none.
   */
  static double sum(URI uri, String name, String... labels)
      throws IOException, InterruptedException {
    return samples(uri).stream()
        .filter(sample -> sample.name().endsWith(name))
        .filter(sample -> Arrays.stream(labels).allMatch(sample.labels()::contains))
        .mapToDouble(Sample::value)
        .sum();
  }
}
