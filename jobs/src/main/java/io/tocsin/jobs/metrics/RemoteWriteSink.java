// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.RemoteWriteSender;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes samples to a Prometheus, for its graphs. A view, not a record: it never waits, holds
 * nothing back at a checkpoint, and drops what is not taken.
 */
public final class RemoteWriteSink<T> implements Sink<T> {
  /** What is older, a Prometheus with its own defaults does not take any more. */
  private static final Duration OLDEST = Duration.ofHours(1);

  private final BandOutputSettings settings;
  private final String counters;
  private final Offering<T> offering;

  /** Offers the samples that a value holds to a sender. */
  @FunctionalInterface
  public interface Offering<T> extends Serializable {
    void offer(T value, RemoteWriteSender sender);
  }

  /**
   * @param counters beginning of the names of what is counted
   */
  public RemoteWriteSink(BandOutputSettings settings, String counters, Offering<T> offering) {
    this.settings = settings;
    this.counters = counters;
    this.offering = offering;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    RemoteWriteSender sender =
        new RemoteWriteSender(
            settings.url(), settings.bearerToken().reveal(), settings.waitingSamples(), OLDEST);
    context.metricGroup().gauge(counters + "_dropped", sender::dropped);
    context.metricGroup().gauge(counters + "_sent", sender::sent);
    return new Writer<>(sender, offering);
  }

  private record Writer<T>(RemoteWriteSender sender, Offering<T> offering)
      implements SinkWriter<T> {
    @Override
    public void write(T value, Context context) {
      offering.offer(value, sender);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {
      sender.close();
    }
  }
}
