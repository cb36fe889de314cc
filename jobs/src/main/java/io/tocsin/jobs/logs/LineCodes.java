// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;

/**
 * Numbers that stand for words in batches. Batches that are held are state: orders never change.
 */
@SuppressWarnings("EnumOrdinal") // the order of both enums is that of the format
final class LineCodes {
  private static final Severity[] SEVERITIES = Severity.values();
  private static final TextFormat[] FORMATS = TextFormat.values();

  private LineCodes() {}

  static byte of(Severity severity) {
    return (byte) severity.ordinal();
  }

  static byte of(TextFormat format) {
    return (byte) format.ordinal();
  }

  static Severity severity(byte number) {
    return SEVERITIES[number];
  }

  static TextFormat format(byte number) {
    return FORMATS[number];
  }
}
