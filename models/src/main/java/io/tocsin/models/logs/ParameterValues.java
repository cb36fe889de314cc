// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one parameter. While they are few, a further one that makes out half of an interval
 * is news: by the rule of succession it was as likely as one in all that were seen. Of numbers that
 * are many, those far outside of their range are.
 */
final class ParameterValues {
  private static final int FEW = 5;
  private static final int LEAST_SEEN = 100;

  /** So long a value is news. */
  private static final int NEWS_INTERVALS = 8;

  private static final double LEAST_PART = 0.5;
  private static final int LEAST_LINES = 2;
  private static final int MOST_CHARACTERS = 48;
  private static final double FAR_DEVIATIONS = 6;
  private static final double FAR_FACTOR = 2;

  /** Below this part of one, numbers that are alike are not told apart. */
  private static final double LEAST_SPREAD = 0.05;

  /** How often each known value was seen; empty once they are many. */
  private final Map<String, Integer> known = new LinkedHashMap<>();

  /** How often each unknown value was seen in this interval. */
  private final Map<String, Integer> fresh = new LinkedHashMap<>();

  /** For how many intervals each unknown value has been there. */
  private final Map<String, Integer> ages = new LinkedHashMap<>();

  private boolean many;
  private int seen;
  private int numbers;
  private double mean;
  private double squares;
  private double most = Double.NEGATIVE_INFINITY;
  private double least = Double.POSITIVE_INFINITY;
  private int far;
  private double farthest;

  /**
   * A value that was never there.
   *
   * @param score 1.0 is the boundary
   * @param usual what was known
   */
  record Novel(double score, String value, String usual) {}

  boolean isMany() {
    return many;
  }

  void take(String value) {
    double number = number(value);
    if (!Double.isNaN(number)) {
      takeNumber(number);
    }
    if (many) {
      seen++;
      return;
    }
    String cut = value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
    if (known.containsKey(cut)) {
      known.merge(cut, 1, Integer::sum);
      seen++;
    } else {
      fresh.merge(cut, 1, Integer::sum);
    }
  }

  private void takeNumber(double number) {
    if (isFar(number)) {
      far++;
      farthest = number;
      return;
    }
    numbers++;
    double size = Math.log1p(Math.abs(number));
    double apart = size - mean;
    mean += apart / numbers;
    squares += apart * (size - mean);
    most = Math.max(most, number);
    least = Math.min(least, number);
  }

  private boolean isFar(double number) {
    if (numbers < LEAST_SEEN || number <= FAR_FACTOR * Math.abs(most)) {
      return false;
    }
    return deviations(number) >= FAR_DEVIATIONS;
  }

  private double deviations(double number) {
    double spread = Math.max(LEAST_SPREAD, Math.sqrt(squares / numbers));
    return (Math.log1p(Math.abs(number)) - mean) / spread;
  }

  @Nullable Novel close(int lines, double boundary) {
    Novel novel = many ? farOut(lines) : unknown(lines, boundary);
    // What was far becomes part of the range with the time.
    int outside = far;
    far = 0;
    if (outside > 0) {
      double number = farthest;
      numbers++;
      most = Math.max(most, (most + number) / 2);
    }
    grow();
    return novel;
  }

  /** Unknown values become known when they have been there for a while. */
  private void grow() {
    fresh.forEach(
        (value, count) -> {
          seen += count;
          ages.putIfAbsent(value, 0);
        });
    fresh.clear();
    ages.replaceAll((value, age) -> age + 1);
    ages.entrySet()
        .removeIf(
            each -> {
              boolean old = each.getValue() >= NEWS_INTERVALS;
              if (old) {
                known.put(each.getKey(), 1);
              }
              return old;
            });
    if (known.size() + ages.size() > FEW) {
      many = true;
      known.clear();
      ages.clear();
    }
  }

  private @Nullable Novel unknown(int lines, double boundary) {
    if (seen < LEAST_SEEN || lines < LEAST_LINES) {
      return null;
    }
    for (Map.Entry<String, Integer> each : fresh.entrySet()) {
      if (each.getValue() >= LEAST_LINES && each.getValue() >= LEAST_PART * lines) {
        double digits = Math.log10(seen + 2.0) + Math.log10(each.getValue());
        return new Novel(digits / boundary, each.getKey(), String.join(", ", known.keySet()));
      }
    }
    return null;
  }

  private @Nullable Novel farOut(int lines) {
    if (far < LEAST_LINES || far < LEAST_PART * lines) {
      return null;
    }
    return new Novel(
        deviations(farthest) / FAR_DEVIATIONS,
        plain(farthest),
        plain(least) + " to " + plain(most));
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static double number(String value) {
    int length = value.length();
    if (length == 0 || length > 18) {
      return Double.NaN;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && (c != '-' || i > 0)) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  ParameterValues copy() {
    ParameterValues copy = new ParameterValues();
    copy.known.putAll(known);
    copy.fresh.putAll(fresh);
    copy.ages.putAll(ages);
    copy.many = many;
    copy.seen = seen;
    copy.numbers = numbers;
    copy.mean = mean;
    copy.squares = squares;
    copy.most = most;
    copy.least = least;
    copy.far = far;
    copy.farthest = farthest;
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    writeCounts(known, out);
    writeCounts(fresh, out);
    writeCounts(ages, out);
    out.writeBoolean(many);
    out.writeInt(seen);
    out.writeInt(numbers);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeDouble(most);
    out.writeDouble(least);
    out.writeInt(far);
    out.writeDouble(farthest);
  }

  static ParameterValues readFrom(DataInput in) throws IOException {
    ParameterValues values = new ParameterValues();
    readCounts(values.known, in);
    readCounts(values.fresh, in);
    readCounts(values.ages, in);
    values.many = in.readBoolean();
    values.seen = in.readInt();
    values.numbers = in.readInt();
    values.mean = in.readDouble();
    values.squares = in.readDouble();
    values.most = in.readDouble();
    values.least = in.readDouble();
    values.far = in.readInt();
    values.farthest = in.readDouble();
    return values;
  }

  private static void writeCounts(Map<String, Integer> counts, DataOutput out) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeInt(each.getValue());
    }
  }

  private static void readCounts(Map<String, Integer> counts, DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      counts.put(in.readUTF(), in.readInt());
    }
  }
}
