// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/**
 * What can be wrong with a record or a line. The words are metric labels: they stay as they are.
 */
public enum LogRejection {
  /** There is no text; passed over. */
  EMPTY("empty", false, "the line has no text"),
  /** Bytes that are no UTF-8; each is replaced by U+FFFD. */
  INVALID_UTF8("invalid_utf8", false, "the text is not valid UTF-8"),
  /** NUL characters; each is replaced by U+FFFD. */
  NUL("nul", false, "the text has NUL characters"),
  /** The text is longer than the limit; cut and marked. */
  TOO_LONG("too_long", false, "the line is longer than maxLineBytes"),
  /** The time cannot be read; Kafka's is used. */
  TIME("time", false, "the time cannot be read"),
  /** The time is far from Kafka's, which is used instead. */
  CLOCK("clock", false, "the time is far from when the record was written to Kafka"),
  /** A field other than the message is of a type that it cannot have; it counts as absent. */
  WRONG_TYPE("wrong_type", false, "a field has a value of the wrong type"),
  /** A syslog line without a header that can be read; all of it is the message. */
  HEADER("header", false, "the line has no syslog header"),
  /** The record ends within a JSON value. */
  TRUNCATED_JSON("truncated_json", true, "the JSON ends too early"),
  /** The record is not JSON. */
  MALFORMED_JSON("malformed_json", true, "this is not a JSON object"),
  /** No field of the record is the message. */
  NO_MESSAGE("no_message", true, "the record has none of the fields that the message may be in"),
  /** The record is not the protobuf message of the topic's format. */
  MALFORMED_PROTOBUF("malformed_protobuf", true, "this is not the topic's protobuf message");

  private final String word;
  private final boolean lost;
  private final String sentence;

  LogRejection(String word, boolean lost, String sentence) {
    this.word = word;
    this.lost = lost;
    this.sentence = sentence;
  }

  /** A stable lower-case word, for metrics and dead letters. */
  public String word() {
    return word;
  }

  /** Whether nothing can be read, so that the record is set aside. */
  public boolean isLost() {
    return lost;
  }

  /** What is wrong, for people. */
  public String sentence() {
    return sentence;
  }
}
