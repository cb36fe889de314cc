// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A cursor on the lines of a batch. */
public final class LineBatchReader {
  private final LogLine line = new LogLine();
  private final List<LogSource> sources = new ArrayList<>();
  private final byte[] bytes;
  private int at;

  public LineBatchReader(LineBatch batch) {
    bytes = batch.entries();
  }

  /** Moves to the next line; false when there is none. */
  public boolean next() {
    while (at < bytes.length) {
      byte entry = bytes[at++];
      switch (entry) {
        case LineBatch.SOURCE -> source();
        case LineBatch.LINE -> {
          readLine();
          return true;
        }
        default -> throw new IllegalStateException("a batch holds an entry of kind " + entry);
      }
    }
    return false;
  }

  /** The line that it stands on; it holds until the next move. */
  public LogLine line() {
    return line;
  }

  private void source() {
    int number = readInt();
    if (number != sources.size()) {
      throw new IllegalStateException("sources of a batch are not in order");
    }
    sources.add(LogSource.of(text(), text(), text(), text()));
  }

  private void readLine() {
    LogSource source = sources.get(readInt());
    line.setSource(source, readLong());
    line.setTime(readLong());
    line.setArrival(readLong());
    line.setSeverity(LineCodes.severity(bytes[at++]));
    line.setFormat(LineCodes.format(bytes[at++]));
    line.setCut(bytes[at++] != 0);
    int trace = bytes[at++] & 0xFF;
    line.setTrace(bytes, at, at + trace);
    at += trace;
    int length = readInt();
    line.setText(bytes, at, at + length);
    at += length;
  }

  private String text() {
    int length = readInt();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private int readInt() {
    int value = (int) LineBatch.INT.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  private long readLong() {
    long value = (long) LineBatch.LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }
}
