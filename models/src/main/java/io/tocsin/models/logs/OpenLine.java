// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A line that may go on with the next of its stream. */
final class OpenLine {
  private static final byte[] NOTHING = {};
  private static final int FIRST = 256;

  private final long stream;
  private byte[] text = NOTHING;
  private int length;
  private byte[] trace = NOTHING;
  private boolean cut;
  private boolean joined;
  private long time;
  private long arrival;
  private Severity severity = Severity.UNKNOWN;
  private TextFormat format = TextFormat.TEXT;
  private LogSource source = LogSource.NONE;
  private Continuation.Kind last = Continuation.Kind.NEW;

  OpenLine(long stream) {
    this.stream = stream;
  }

  OpenLine copy() {
    OpenLine copy = new OpenLine(stream);
    copy.text = Arrays.copyOf(text, length);
    copy.length = length;
    copy.trace = trace;
    copy.cut = cut;
    copy.joined = joined;
    copy.time = time;
    copy.arrival = arrival;
    copy.severity = severity;
    copy.format = format;
    copy.source = source;
    copy.last = last;
    return copy;
  }

  /** Begins anew with a line. */
  void begin(LogLine line, Continuation.Kind kind, int maxBytes) {
    length = 0;
    if (text.length > 4 * Math.max(FIRST, line.length())) {
      text = NOTHING;
    }
    cut = line.isCut();
    joined = false;
    time = line.time();
    severity = line.severity();
    format = line.format();
    source = line.source();
    last = kind;
    arrival = line.arrival();
    trace =
        line.traceTo() == line.traceFrom()
            ? NOTHING
            : Arrays.copyOfRange(line.traceBytes(), line.traceFrom(), line.traceTo());
    append(line, maxBytes);
  }

  /** Goes on with a line. */
  void goOn(LogLine line, Continuation.Kind kind, int maxBytes) {
    last = kind;
    joined = true;
    cut |= line.isCut();
    arrival = Math.max(arrival, line.arrival());
    if (severity.number() < line.severity().number()) {
      severity = line.severity();
    }
    if (length < maxBytes) {
      grow(length + 1);
      text[length++] = '\n';
    }
    append(line, maxBytes);
  }

  private void append(LogLine line, int maxBytes) {
    int room = maxBytes - length;
    int added = line.length();
    if (added > room) {
      cut = true;
      added = room;
      // Not within a character.
      while (added > 0 && (line.bytes()[line.from() + added] & 0xC0) == 0x80) {
        added--;
      }
    }
    grow(length + added);
    System.arraycopy(line.bytes(), line.from(), text, length, added);
    length += added;
  }

  private void grow(int needed) {
    if (needed > text.length) {
      text = Arrays.copyOf(text, Math.max(needed, Math.max(FIRST, 2 * text.length)));
    }
  }

  /** Moves a cursor to this line. */
  void show(LogLine line) {
    int end = length;
    while (end > 1 && text[end - 1] == '\n') {
      end--;
    }
    line.setText(text, 0, end)
        .setCut(cut)
        .setFormat(joined && format == TextFormat.LOGFMT ? TextFormat.TEXT : format)
        .setTime(time)
        .setArrival(arrival)
        .setSeverity(severity)
        .setSource(source, stream)
        .setTrace(trace, 0, trace.length);
  }

  long stream() {
    return stream;
  }

  long time() {
    return time;
  }

  /** When its last line arrived. */
  long arrival() {
    return arrival;
  }

  /** What its last line was. */
  Continuation.Kind last() {
    return last;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(stream);
    out.writeLong(time);
    out.writeLong(arrival);
    out.writeByte((cut ? 1 : 0) | (joined ? 2 : 0));
    out.writeByte(severity.number());
    out.writeByte(format.number());
    out.writeByte(last.number());
    out.writeUTF(source.namespace());
    out.writeUTF(source.service());
    out.writeUTF(source.pod());
    out.writeUTF(source.host());
    out.writeByte(trace.length);
    out.write(trace);
    out.writeInt(length);
    out.write(text, 0, length);
  }

  static OpenLine readFrom(DataInput in) throws IOException {
    OpenLine line = new OpenLine(in.readLong());
    line.time = in.readLong();
    line.arrival = in.readLong();
    int flags = in.readByte();
    line.cut = (flags & 1) != 0;
    line.joined = (flags & 2) != 0;
    line.severity = Severity.ofNumber(in.readByte());
    line.format = TextFormat.ofNumber(in.readByte());
    line.last = Continuation.Kind.ofNumber(in.readByte());
    line.source = LogSource.of(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
    line.trace = new byte[in.readUnsignedByte()];
    in.readFully(line.trace);
    line.length = in.readInt();
    line.text = new byte[line.length];
    in.readFully(line.text);
    return line;
  }
}
