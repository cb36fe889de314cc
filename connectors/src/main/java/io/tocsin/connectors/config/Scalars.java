// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import io.tocsin.models.rules.Glob;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values from single words. A refusal is an {@link IllegalArgumentException} whose message goes on
 * after the value: {@code is not a number}.
 */
final class Scalars {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?([KMGT]i?)?B?");

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(boolean.class, Scalars::truth),
          Map.entry(Boolean.class, Scalars::truth),
          Map.entry(int.class, text -> Math.toIntExact(whole(text, Integer.MAX_VALUE))),
          Map.entry(Integer.class, text -> Math.toIntExact(whole(text, Integer.MAX_VALUE))),
          Map.entry(long.class, text -> whole(text, Long.MAX_VALUE)),
          Map.entry(Long.class, text -> whole(text, Long.MAX_VALUE)),
          Map.entry(double.class, Scalars::number),
          Map.entry(Double.class, Scalars::number),
          Map.entry(Duration.class, Scalars::duration),
          Map.entry(Instant.class, Scalars::instant),
          Map.entry(URI.class, Scalars::uri),
          Map.entry(Path.class, Scalars::path),
          Map.entry(Glob.class, Scalars::glob),
          Map.entry(Secret.class, Secret::new));

  private Scalars() {}

  /** Whether values of this type are written as one word. */
  static boolean reads(Class<?> type) {
    return type.isEnum() || READERS.containsKey(type);
  }

  /** The value; a whole number under a name that ends in {@code Bytes} may have a unit of size. */
  static Object read(Class<?> type, String name, String text) {
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (name.endsWith("Bytes") && (type == long.class || type == Long.class)) {
      return size(text, Long.MAX_VALUE);
    }
    if (name.endsWith("Bytes") && (type == int.class || type == Integer.class)) {
      return Math.toIntExact(size(text, Integer.MAX_VALUE));
    }
    Function<String, Object> reader = READERS.get(type);
    if (reader == null) {
      throw new IllegalStateException("configuration cannot hold a " + type.getName());
    }
    return reader.apply(text);
  }

  private static Object constant(Class<?> type, String text) {
    List<String> words =
        Arrays.stream(type.getEnumConstants()).map(constant -> word((Enum<?>) constant)).toList();
    int index = words.indexOf(text.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (index < 0) {
      throw new IllegalArgumentException(
          "is none of " + String.join(", ", words) + Suggestion.forWord(text, words));
    }
    return type.getEnumConstants()[index];
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static long whole(String text, long greatest) {
    try {
      long value = Long.parseLong(text.replace("_", ""));
      if (Math.abs(value) <= greatest) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number", e);
    }
    throw new IllegalArgumentException("is too large; the greatest is " + greatest);
  }

  private static double number(String text) {
    boolean percent = text.endsWith("%");
    try {
      BigDecimal value = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
      double number = (percent ? value.movePointLeft(2) : value).doubleValue();
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number; write one such as 0.1 or 10%", e);
    }
    throw new IllegalArgumentException("is too large");
  }

  private static Duration duration(String text) {
    Matcher part = DURATION.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(duration(Long.parseLong(part.group(1)), part.group(2)));
      end = part.end();
    }
    if (text.isEmpty() || end != text.length()) {
      throw new IllegalArgumentException(
          "is not a duration; write numbers with ms, s, m, h or d, such as 30s or 1h30m");
    }
    return sum;
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static long size(String text, long greatest) {
    Matcher size = SIZE.matcher(text.replace("_", ""));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "is not a size; write a whole number of bytes, or one with KiB, MiB, GiB, KB, MB or GB");
    }
    String unit = size.group(2) == null ? "" : size.group(2);
    long base = unit.endsWith("i") ? 1024 : 1000;
    BigDecimal bytes = new BigDecimal(size.group(1));
    for (int power = unit.isEmpty() ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1; power > 0; power--) {
      bytes = bytes.multiply(BigDecimal.valueOf(base));
    }
    if (bytes.compareTo(BigDecimal.valueOf(greatest)) > 0) {
      throw new IllegalArgumentException("is too large; the greatest is " + greatest + " bytes");
    }
    return bytes.longValueExact();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "is not a time; write one such as 2026-11-20T08:00:00Z", e);
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
    }
  }

  private static Glob glob(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty; write * for anything");
    }
    return new Glob(text);
  }
}
