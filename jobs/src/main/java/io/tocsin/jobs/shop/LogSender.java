// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** Takes the log lines of the shop's pods, in the order of their times. */
public interface LogSender extends AutoCloseable {
  /** Takes nothing. */
  LogSender NOBODY = (pod, json, time) -> {};

  /**
   * A line as Fluent Bit sends it.
   *
   * @param pod who wrote it
   * @param json the record
   * @param time when it is sent, event time in ms since the epoch
   */
  void send(String pod, String json, long time);

  @Override
  default void close() {}
}
