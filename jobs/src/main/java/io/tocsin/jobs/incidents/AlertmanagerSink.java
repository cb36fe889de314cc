// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.alertmanager.AlertmanagerDispatcher;
import io.tocsin.models.incidents.Alert;
import java.time.Clock;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * Hands alerts to the Alertmanagers. It never waits for one and keeps nothing at a checkpoint: what
 * fires is repeated from the state of the job.
 */
final class AlertmanagerSink implements Sink<Alert> {
  private final IncidentsSettings settings;

  AlertmanagerSink(IncidentsSettings settings) {
    this.settings = settings;
  }

  @Override
  public SinkWriter<Alert> createWriter(WriterInitContext context) {
    SinkWriterMetricGroup metrics = context.metricGroup();
    DispatchCounters counters = new DispatchCounters(metrics);
    AlertmanagerDispatcher dispatcher =
        new AlertmanagerDispatcher(
            settings.alertmanagers(), settings.dispatch(), counters, Clock.systemUTC());
    for (AlertmanagerAddress each : settings.alertmanagers()) {
      counters.expect(each.url());
      metrics
          .addGroup("alertmanager", each.url().getAuthority())
          .gauge("tocsin_alerts_waiting", () -> dispatcher.waiting(each.url()));
    }
    return new Writer(settings, dispatcher, Clock.systemUTC());
  }

  /** Offers what comes, and the watchdog as long as event time goes on. */
  static final class Writer implements SinkWriter<Alert> {
    private final IncidentsSettings settings;
    private final AlertmanagerDispatcher dispatcher;
    private final Clock clock;
    private final Alert watchdog;
    private long nextWatchdog;

    Writer(IncidentsSettings settings, AlertmanagerDispatcher dispatcher, Clock clock) {
      this.settings = settings;
      this.dispatcher = dispatcher;
      this.clock = clock;
      watchdog = settings.alertMaker().watchdog(clock.millis());
    }

    @Override
    public void write(Alert alert, Context context) {
      dispatcher.offer(alert);
    }

    @Override
    public void writeWatermark(Watermark watermark) {
      if (settings.watchdog() && clock.millis() >= nextWatchdog) {
        nextWatchdog = clock.millis() + settings.resendInterval().toMillis();
        dispatcher.offer(watchdog);
      }
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {
      dispatcher.close();
    }
  }
}
