// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one pattern of a service, beside its form. */
final class PatternLogs {
  /** Row of a finding that there never was. */
  static final int NO_ROW = -1;

  /** Intervals of about a minute. */
  static final int RECENT = 4;

  private static final int MOST_SAMPLES = 3;
  private static final byte[] NOTHING = {};

  /** What is kept of the longest gap for each interval with lines. */
  static final double LONGEST_MEMORY = 0.999;

  private static final double USUAL_RATE = 0.02;

  final long id;

  /** The level of its first line, by which its series is named for ever. */
  final Severity level;

  long first = Long.MAX_VALUE;
  long last = Long.MIN_VALUE;
  long count;

  /** Intervals in which it came. */
  int intervals;

  /** The longest time between two intervals with lines of it, ms; fades slowly. */
  double longestGap;

  /** Lines in an interval, in the long run. */
  double usual;

  /** How rare a new pattern was when it came; {@link Novelty#NONE} for no news. */
  float digits = Novelty.NONE;

  long told = Long.MIN_VALUE;
  int noveltyRow = NO_ROW;
  int silenceRow = NO_ROW;
  int parameterRow = NO_ROW;

  /** How many lines there were when it was told last. */
  long toldCount;

  /** A line of each of the last intervals with lines, without secrets, the newest last. */
  private List<byte[]> samples = List.of();

  /** Trace id of the newest of them, UTF-8; empty if there is none. */
  private byte[] trace = NOTHING;

  /** What its series is called; not part of the state. */
  LogRates.@Nullable Name name;

  /** Its counter's labels; not part of the state. */
  @Nullable Labels counter;

  private int[] recent = new int[RECENT];
  private IntervalCounts open = new IntervalCounts();
  ParameterMemory parameters = new ParameterMemory();

  PatternLogs(long id, Severity level) {
    this.id = id;
    this.level = level;
  }

  /** Takes in one line; tells whether it is the first of its interval. */
  boolean line(long time, long end) {
    count++;
    if (time < first) {
      first = time;
    }
    if (time > last) {
      last = time;
    }
    boolean fresh = !open.has(end);
    open.add(end, 1);
    return fresh;
  }

  /** Keeps a line to be shown. */
  void show(byte[] line, byte[] withTrace) {
    List<byte[]> kept = new ArrayList<>(samples);
    kept.add(line);
    samples = List.copyOf(kept.subList(Math.max(0, kept.size() - MOST_SAMPLES), kept.size()));
    trace = withTrace;
  }

  /** Lines to show, the newest last. */
  List<String> samples() {
    return samples.stream().map(each -> new String(each, StandardCharsets.UTF_8)).toList();
  }

  /** The newest line to show, or the empty string. */
  String sample() {
    return samples.isEmpty() ? "" : samples().get(samples.size() - 1);
  }

  /** The trace id of the newest line to show, or the empty string. */
  String trace() {
    return new String(trace, StandardCharsets.UTF_8);
  }

  /** A line that is of the past: it is known, and not counted. */
  void learn(long time) {
    count++;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }

  /** Closes an interval, and tells how many lines it has. */
  int close(long end) {
    int lines = open.take(end);
    System.arraycopy(recent, 0, recent, 1, RECENT - 1);
    recent[0] = lines;
    usual += Math.max(USUAL_RATE, 1.0 / (intervals + 1)) * (lines - usual);
    if (lines > 0) {
      intervals++;
      longestGap *= LONGEST_MEMORY;
    }
    return lines;
  }

  /** Takes note of the time between two intervals with lines. */
  void gap(long millis) {
    longestGap = Math.max(longestGap, (double) millis);
  }

  /** Lines of about the last minute. */
  int recent() {
    return Arrays.stream(recent).sum();
  }

  /** Takes over what another has counted that turned out to be this one. */
  void merge(PatternLogs other) {
    first = Math.min(first, other.first);
    last = Math.max(last, other.last);
    count += other.count;
    usual += other.usual;
    intervals = Math.max(intervals, other.intervals);
    digits = other.first < first ? other.digits : digits;
    if (samples.isEmpty()) {
      samples = other.samples;
      trace = other.trace;
    }
    for (int i = 0; i < RECENT; i++) {
      recent[i] += other.recent[i];
    }
    open.addAll(other.open);
  }

  PatternLogs copy() {
    PatternLogs copy = new PatternLogs(id, level);
    copy.first = first;
    copy.last = last;
    copy.count = count;
    copy.intervals = intervals;
    copy.longestGap = longestGap;
    copy.usual = usual;
    copy.digits = digits;
    copy.name = name;
    copy.counter = counter;
    copy.told = told;
    copy.noveltyRow = noveltyRow;
    copy.silenceRow = silenceRow;
    copy.parameterRow = parameterRow;
    copy.toldCount = toldCount;
    copy.samples = samples;
    copy.trace = trace;
    copy.recent = recent.clone();
    copy.open = open.copy();
    copy.parameters = parameters.copy();
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(id);
    out.writeByte(LogSeries.number(level));
    out.writeLong(first);
    out.writeLong(last);
    out.writeLong(count);
    out.writeInt(intervals);
    out.writeDouble(longestGap);
    out.writeDouble(usual);
    out.writeFloat(digits);
    out.writeLong(told);
    out.writeLong(toldCount);
    out.writeInt(noveltyRow);
    out.writeInt(silenceRow);
    out.writeInt(parameterRow);
    out.writeByte(samples.size());
    for (byte[] each : samples) {
      write(each, out);
    }
    write(trace, out);
    for (int each : recent) {
      out.writeInt(each);
    }
    open.writeTo(out);
    parameters.writeTo(out);
  }

  static PatternLogs readFrom(DataInput in) throws IOException {
    PatternLogs pattern = new PatternLogs(in.readLong(), LogSeries.levelOf(in.readByte()));
    pattern.first = in.readLong();
    pattern.last = in.readLong();
    pattern.count = in.readLong();
    pattern.intervals = in.readInt();
    pattern.longestGap = in.readDouble();
    pattern.usual = in.readDouble();
    pattern.digits = in.readFloat();
    pattern.told = in.readLong();
    pattern.toldCount = in.readLong();
    pattern.noveltyRow = in.readInt();
    pattern.silenceRow = in.readInt();
    pattern.parameterRow = in.readInt();
    List<byte[]> samples = new ArrayList<>();
    for (int left = in.readByte(); left > 0; left--) {
      samples.add(read(in));
    }
    pattern.samples = List.copyOf(samples);
    pattern.trace = read(in);
    for (int i = 0; i < RECENT; i++) {
      pattern.recent[i] = in.readInt();
    }
    pattern.open = IntervalCounts.readFrom(in);
    pattern.parameters = ParameterMemory.readFrom(in);
    return pattern;
  }

  private static void write(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
