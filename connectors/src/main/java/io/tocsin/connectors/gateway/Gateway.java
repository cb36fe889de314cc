// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes remote write, changes and feedback on incidents over HTTP and puts them into Kafka. A
 * success is answered only when Kafka has the data on all replicas in sync.
 *
 * <p>It starts without Kafka, too: it then answers 503 until Kafka can be reached and the topics
 * exist, and creates those that are missing.
 *
 * <p>The timestamp of a body's record is when the body arrived, in ms since 1970, or when its
 * samples were scraped if the sender says so with {@code X-Tocsin-Replay: true}. With {@code
 * X-Tocsin-Replay: history} the record gets the header {@link
 * io.tocsin.connectors.topics.RecordHeaders#HISTORY}.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final HttpServer server;
  private final RecordSink sink;
  private final ExecutorService workers;
  private final Heartbeat heartbeat;
  private final Runnable alsoClosed;

  private Gateway(
      HttpServer server,
      RecordSink sink,
      ExecutorService workers,
      Heartbeat heartbeat,
      Runnable alsoClosed) {
    this.server = server;
    this.sink = sink;
    this.workers = workers;
    this.heartbeat = heartbeat;
    this.alsoClosed = alsoClosed;
  }

  /**
   * Starts one.
   *
   * @throws GatewayException when it cannot listen, or settings of TLS or Kafka cannot be used
   */
  public static Gateway start(GatewaySettings settings) throws GatewayException {
    KafkaRecordSink sink;
    try {
      sink = KafkaRecordSink.connect(settings.kafka(), settings.limits());
    } catch (KafkaException e) {
      throw new GatewayException("the settings of Kafka cannot be used: " + deepest(e), e);
    }
    IncidentIndex incidents = new IncidentIndex();
    IncidentReader reader = new IncidentReader(settings.kafka(), incidents);
    try {
      Gateway gateway = start(settings, sink, incidents, reader::close);
      LOG.info(
          "listens at {}: version={} kafka={} tls={} token={} replicationFactor={}",
          gateway.uri(),
          GatewayMetrics.version(),
          settings.kafka().bootstrapServers(),
          settings.listen().tls() != null,
          settings.bearerToken() != null,
          settings.kafka().topics().replicationFactor());
      return gateway;
    } catch (GatewayException e) {
      reader.close();
      sink.close();
      throw e;
    }
  }

  /** The same without incidents. */
  static Gateway start(GatewaySettings settings, RecordSink sink) throws GatewayException {
    return start(settings, sink, new IncidentIndex(), () -> {});
  }

  /**
   * Starts one that hands its records to this sink, and closes the sink with itself.
   *
   * @param incidents those that feedback may be about
   * @param alsoClosed what else is closed with it
   */
  static Gateway start(
      GatewaySettings settings, RecordSink sink, IncidentIndex incidents, Runnable alsoClosed)
      throws GatewayException {
    HttpServer server = new HttpServer(settings.listen());
    int processors = Runtime.getRuntime().availableProcessors();
    // As many as can run at once: each has buffers for a whole decoded body.
    ExecutorService workers =
        Executors.newFixedThreadPool(processors, task -> new Thread(task, "gateway-worker"));
    GatewayMetrics metrics = new GatewayMetrics();
    WriteEndpoint.Parts parts = new WriteEndpoint.Parts(sink, metrics, server.threads());
    try {
      server.start(new GatewayHandler(settings, parts, workers, incidents));
    } catch (GatewayException e) {
      workers.shutdownNow();
      throw e;
    }
    Heartbeat heartbeat = new Heartbeat(sink, metrics, settings.heartbeat());
    heartbeat.start();
    return new Gateway(server, sink, workers, heartbeat, alsoClosed);
  }

  /** Where it listens, with the port that was chosen when the settings say 0. */
  public URI uri() {
    return server.uri();
  }

  /** Whether Kafka answers and the topics exist. */
  public boolean ready() {
    return sink.ready();
  }

  /** Lets requests in flight end, for up to ten seconds, then stops. */
  @Override
  public void close() {
    server.stop();
    workers.shutdownNow();
    heartbeat.close();
    alsoClosed.run();
    sink.close();
  }

  private static String deepest(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? String.valueOf(error.getMessage()) : deepest(cause);
  }
}
