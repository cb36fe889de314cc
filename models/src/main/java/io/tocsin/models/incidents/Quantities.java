// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.time.Duration;
import java.util.Locale;

/** Values, ratios and times as people read them. */
public final class Quantities {
  private static final String[] DECIMAL = {"", " k", " M", " G", " T", " P"};
  private static final String[] BINARY = {" B", " KiB", " MiB", " GiB", " TiB", " PiB"};

  /** More of the like is not counted. */
  static final int MOST_COUNTED = 99;

  private Quantities() {}

  /** A value with its unit: {@code 1.2 s}, {@code 8.1 %}, {@code 3.4 MiB/s}. */
  public static String value(double value, String unit) {
    if (!Double.isFinite(value)) {
      return "no value";
    }
    return switch (unit) {
      case "seconds" -> seconds(value);
      case "bytes" -> scaled(value, 1024, BINARY);
      case "bytes_per_second" -> scaled(value, 1024, BINARY) + "/s";
      case "ratio" -> digits(value * 100) + " %";
      case "per_second" -> scaled(value, 1000, DECIMAL) + (Math.abs(value) < 1000 ? " /s" : "/s");
      case "seconds_per_second" -> digits(value) + " s/s";
      case "" -> scaled(value, 1000, DECIMAL);
      default -> scaled(value, 1000, DECIMAL) + " " + unit.replace("_per_second", "/s");
    };
  }

  /** How far a value is from what was expected: {@code ×6.7}, {@code ÷3}, or the difference. */
  public static String fold(double observed, double expected, String unit) {
    if (!Double.isFinite(observed) || !Double.isFinite(expected)) {
      return "";
    }
    double fold = observed / expected;
    if (expected > 0 && fold >= 1.2 && fold < 1000) {
      return "×" + digits(fold);
    }
    if (observed > 0 && fold > 0.001 && fold <= 0.8) {
      return "÷" + digits(1 / fold);
    }
    String sign = observed < expected ? "−" : "+";
    return sign + value(Math.abs(observed - expected), unit);
  }

  /** How often the like was there before: {@code seen 3 times before}. */
  public static String recurrence(int seen) {
    if (seen == 0) {
      return "never seen before";
    }
    return seen > MOST_COUNTED
        ? "seen often before"
        : "seen " + (seen == 1 ? "once" : seen + " times") + " before";
  }

  /** A length of time in its two largest parts: {@code 3 min 20 s}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return parts(seconds / 60, " min", seconds % 60, " s");
    }
    if (seconds < 86_400) {
      return parts(seconds / 3_600, " h", seconds % 3_600 / 60, " min");
    }
    return parts(seconds / 86_400, " d", seconds % 86_400 / 3_600, " h");
  }

  private static String parts(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
  }

  private static String seconds(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= 0.9995 && size < 120)) {
      return digits(value) + " s";
    }
    if (size < 0.9995) {
      return size < 0.0009995 ? digits(value * 1e6) + " µs" : digits(value * 1e3) + " ms";
    }
    return size < 7_200 ? digits(value / 60) + " min" : digits(value / 3_600) + " h";
  }

  private static String scaled(double value, double step, String[] units) {
    int unit = 0;
    double left = value;
    while (Math.abs(left) >= step * 0.9995 && unit < units.length - 1) {
      left /= step;
      unit++;
    }
    return digits(left) + units[unit];
  }

  /** Three significant digits without trailing zeros; more before the point, if there are. */
  private static String digits(double value) {
    double size = Math.abs(value);
    int places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%." + places + "f", value);
    String trimmed = places == 0 ? text : text.replaceAll("\\.?0+$", "");
    return trimmed.equals("-0") ? "0" : trimmed;
  }
}
