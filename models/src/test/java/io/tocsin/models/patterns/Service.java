// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A service whose lines are mined, told as text. */
final class Service {
  private final PatternMiner miner;
  private PatternTable table = new PatternTable(7);
  private long time;

  Service() {
    this(PatternSettings.DEFAULTS);
  }

  Service(PatternSettings settings) {
    miner = new PatternMiner(settings);
  }

  long line(String text) {
    return line(text.getBytes(StandardCharsets.UTF_8));
  }

  long line(byte[] text) {
    return miner.learn(table, text, 0, text.length, time++);
  }

  /** The ids of lines as they are known now. */
  List<Long> lines(String... texts) {
    List<Long> ids = new ArrayList<>();
    for (String text : texts) {
      ids.add(line(text));
    }
    return ids.stream().map(table::resolve).toList();
  }

  PatternMiner miner() {
    return miner;
  }

  PatternTable table() {
    return table;
  }

  List<String> templates() {
    return table.patterns().stream().map(Pattern::template).toList();
  }

  /** Types and texts of the last line's parameters. */
  List<String> parametersOf(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long unused = line(bytes);
    Parameters parameters = miner.parameters();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < parameters.count(); i++) {
      int from = parameters.from(i);
      String value = new String(bytes, from, parameters.to(i) - from, StandardCharsets.UTF_8);
      told.add(parameters.type(i) + " " + value);
    }
    return told;
  }

  /** What happened since the last time. */
  List<String> events() {
    List<String> told = new ArrayList<>();
    table.drain(
        new PatternEvents() {
          @Override
          public void founded(long id, long at) {
            told.add("founded " + id);
          }

          @Override
          public void merged(long from, long into, long at) {
            told.add("merged " + from + " into " + into);
          }

          @Override
          public void evicted(long id, long at) {
            told.add("evicted " + id);
          }
        });
    return told;
  }

  byte[] state() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      table.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void restart() {
    try {
      table = PatternTable.read(new DataInputStream(new ByteArrayInputStream(state())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
