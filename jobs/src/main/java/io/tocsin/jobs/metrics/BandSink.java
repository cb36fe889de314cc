// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.RemoteWriteSender;
import io.tocsin.models.telemetry.Labels;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes score and band of chosen series to a Prometheus, for its graphs. A view, not a record: it
 * never waits, holds nothing back at a checkpoint, and drops what is not taken.
 */
final class BandSink implements Sink<BandPoint> {
  private final BandOutputSettings settings;

  BandSink(BandOutputSettings settings) {
    this.settings = settings;
  }

  @Override
  public SinkWriter<BandPoint> createWriter(WriterInitContext context) {
    RemoteWriteSender sender =
        new RemoteWriteSender(
            settings.url(), settings.bearerToken().reveal(), settings.waitingSamples());
    context.metricGroup().gauge("tocsin_band_samples_dropped", sender::dropped);
    context.metricGroup().gauge("tocsin_band_samples_sent", sender::sent);
    return new Writer(sender);
  }

  private static final class Writer implements SinkWriter<BandPoint> {
    private final RemoteWriteSender sender;

    Writer(RemoteWriteSender sender) {
      this.sender = sender;
    }

    @Override
    public void write(BandPoint point, Context context) {
      offer("tocsin_anomaly_score", point, point.score());
      offer("tocsin_expected_value", point, point.expected());
      offer("tocsin_expected_lower", point, point.lower());
      offer("tocsin_expected_upper", point, point.upper());
    }

    private void offer(String name, BandPoint point, double value) {
      Map<String, String> labels = new TreeMap<>(point.labels());
      labels.put("source_metric", String.valueOf(labels.remove(Labels.NAME)));
      labels.put("detector", point.detector());
      labels.put(Labels.NAME, name);
      sender.offer(Labels.of(labels), point.time(), value);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {
      sender.close();
    }
  }
}
