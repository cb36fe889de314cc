// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values by RFC 4180: fields in quotation marks may hold commas and line ends. */
public final class Csv {
  private final String text;
  private int at;
  private int line = 1;

  public Csv(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * A record and where it begins.
   *
   * @param line its first line, from 1
   * @param closed whether no quotation mark is missing
   */
  public record Row(int line, List<String> fields, boolean closed) {}

  public boolean hasNext() {
    return at < text.length();
  }

  public Row next() {
    int begin = line;
    List<String> fields = new ArrayList<>();
    boolean closed = true;
    while (true) {
      StringBuilder field = new StringBuilder();
      if (at < text.length() && text.charAt(at) == '"') {
        closed &= quoted(field);
      }
      plain(field);
      fields.add(field.toString());
      if (at >= text.length() || text.charAt(at++) != ',') {
        line++;
        return new Row(begin, fields, closed);
      }
    }
  }

  /** Up to the comma or the end of the line, which is left where it is. */
  private void plain(StringBuilder field) {
    int from = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    int to = at > from && at < text.length() && text.charAt(at - 1) == '\r' ? at - 1 : at;
    field.append(text, from, to);
  }

  private boolean quoted(StringBuilder field) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        if (at >= text.length() || text.charAt(at) != '"') {
          return true;
        }
        at++;
      }
      line += c == '\n' ? 1 : 0;
      field.append(c);
    }
    return false;
  }
}
