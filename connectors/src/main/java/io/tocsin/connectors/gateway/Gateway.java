// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.chat.ChatDispatcher;
import io.tocsin.connectors.chat.ChatListener;
import io.tocsin.connectors.page.IncidentPages;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicFollower;
import io.tocsin.models.incidents.Incident;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
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
  private final Views views;
  private final ExecutorService workers;
  private final Heartbeat heartbeat;

  private Gateway(
      HttpServer server, WriteEndpoint.Parts parts, Views views, ExecutorService workers) {
    this.server = server;
    this.sink = parts.sink();
    this.views = views;
    this.workers = workers;
    heartbeat = new Heartbeat(sink, parts.metrics(), views.heartbeat());
    heartbeat.start();
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
    TopicFollower<Incident> reader =
        new TopicFollower<>(
            settings.kafka().client(),
            new TopicFollower.Source<>(Topic.INCIDENTS, Codecs.INCIDENTS),
            Topic.INCIDENTS.retention(),
            incidents);
    IncidentPages pages =
        settings.page().enabled()
            ? IncidentPages.follow(settings.page(), settings.kafka().client())
            : null;
    try {
      Gateway gateway = start(settings, sink, new Seen(pages, incidents, reader::close));
      reader.start();
      gateway.views.follow();
      LOG.info(
          "listens at {}: version={} kafka={} tls={} token={} replicationFactor={} page={} chat={}"
              + " otlp={}",
          gateway.uri(),
          GatewayMetrics.version(),
          settings.kafka().bootstrapServers(),
          settings.listen().tls() != null,
          settings.bearerToken() != null,
          settings.kafka().topics().replicationFactor(),
          settings.page().enabled(),
          settings.chat().channels().keySet(),
          settings.otlp().endpoint() != null);
      return gateway;
    } catch (GatewayException e) {
      sink.close();
      throw e;
    }
  }

  /**
   * What is known of incidents.
   *
   * @param pages what browsers get, or null for nothing
   * @param incidents those that feedback and messages may be about
   * @param alsoClosed what else is closed with the gateway
   */
  record Seen(@Nullable IncidentPages pages, IncidentIndex incidents, Runnable alsoClosed) {}

  /**
   * What people see and are told.
   *
   * @param chat where messages go
   * @param telemetry what a collector is told, or null for nothing
   */
  record Views(Seen seen, ChatDispatcher chat, Duration heartbeat, @Nullable Telemetry telemetry) {
    @Nullable IncidentPages pages() {
      return seen.pages();
    }

    IncidentIndex incidents() {
      return seen.incidents();
    }

    void follow() {
      if (telemetry != null) {
        telemetry.follow();
      }
    }

    void close() {
      chat.close();
      if (telemetry != null) {
        telemetry.close();
      }
      IncidentPages pages = seen.pages();
      if (pages != null) {
        pages.close();
      }
      seen.alsoClosed().run();
    }
  }

  /** The same without incidents. */
  static Gateway start(GatewaySettings settings, RecordSink sink) throws GatewayException {
    return start(settings, sink, new IncidentIndex(), () -> {});
  }

  /**
   * Starts one that hands its records to this sink, closes the sink with itself, and shows no page.
   *
   * @param incidents those that feedback may be about
   * @param alsoClosed what else is closed with it
   */
  static Gateway start(
      GatewaySettings settings, RecordSink sink, IncidentIndex incidents, Runnable alsoClosed)
      throws GatewayException {
    return start(settings, sink, new Seen(null, incidents, alsoClosed));
  }

  /** Starts one that hands its records to this sink, and closes the sink with itself. */
  static Gateway start(GatewaySettings settings, RecordSink sink, Seen seen)
      throws GatewayException {
    GatewayMetrics metrics = new GatewayMetrics();
    Clock clock = Clock.systemUTC();
    Telemetry telemetry =
        settings.otlp().endpoint() == null ? null : new Telemetry(settings, metrics, clock);
    ChatListener listener = metrics.chat(traced(telemetry, seen.incidents(), clock));
    ChatDispatcher chat = chat(settings, seen, metrics, listener);
    Views views = new Views(seen, chat, settings.heartbeat(), telemetry);
    int processors = Runtime.getRuntime().availableProcessors();
    // As many as can run at once: each has buffers for a whole decoded body.
    ExecutorService workers =
        Executors.newFixedThreadPool(processors, task -> new Thread(task, "gateway-worker"));
    try {
      HttpServer server = new HttpServer(settings.listen(), metrics::reloaded);
      WriteEndpoint.Parts parts = new WriteEndpoint.Parts(sink, metrics, server.threads());
      server.start(new GatewayHandler(settings, parts, workers, views));
      return new Gateway(server, parts, views, workers);
    } catch (GatewayException e) {
      workers.shutdownNow();
      views.close();
      throw e;
    }
  }

  /** Hears of first messages to channels, and has those about incidents in their traces. */
  private static BiConsumer<String, String> traced(
      @Nullable Telemetry telemetry, IncidentIndex incidents, Clock clock) {
    return (channel, key) -> {
      Incident incident = incidents.find(key);
      if (telemetry != null && incident != null) {
        telemetry.told(channel, incident, clock.millis());
      }
    };
  }

  private static ChatDispatcher chat(
      GatewaySettings settings, Seen seen, GatewayMetrics metrics, ChatListener listener) {
    ChatDispatcher chat =
        new ChatDispatcher(
            settings.chat(),
            new KnownIncidents(seen.incidents(), seen.pages()),
            listener,
            Clock.systemUTC());
    settings
        .chat()
        .channels()
        .keySet()
        .forEach(channel -> metrics.expectChannel(channel, () -> chat.waiting(channel)));
    seen.incidents().tell(chat::take);
    return chat;
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
    views.close();
    sink.close();
  }

  private static String deepest(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? String.valueOf(error.getMessage()) : deepest(cause);
  }
}
