// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.topics.Topic;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./tocsin up}: everything but the shop, for a Prometheus that there is. */
@CommandLine.Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Runs Kafka, the gateway and the jobs for your own Prometheus.",
    footer = {
      "",
      "Then, in prometheus.yml:",
      "  remote_write: [{url: http://localhost:9201/api/v1/write}]"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class UpCommand implements Command {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9201",
      converter = Listen.Converter.class,
      description = "Where remote write is taken; ${DEFAULT-VALUE} unless given.")
  private Listen listen;

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      converter = Ports.Converter.class,
      description = "Port of Flink's web interface; 0 for any, ${DEFAULT-VALUE} unless given.")
  private int webPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "9249",
      converter = Ports.Converter.class,
      description =
          "Where Prometheus finds the jobs' metrics; 0 for any, ${DEFAULT-VALUE} unless given.")
  private int metricsPort;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      converter = WebAddress.class,
      description = "An Alertmanager to send alerts to; repeat it for every replica.")
  private List<URI> alertmanagers = List.of();

  @Option(
      names = "--remote-write",
      paramLabel = "URL",
      converter = WebAddress.class,
      description = "Remote-write URL of a Prometheus for scores and expected bands.")
  private @Nullable URI remoteWrite;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keeps what was learned in this directory; deleted at the end unless given.")
  private @Nullable Path data;

  @Option(
      names = "--logs",
      paramLabel = "TOPIC:FORMAT[:SERVICE]",
      converter = LogInput.class,
      description =
          "A topic with log lines, what its records are, and the service of those that name none,"
              + " such as tocsin.logs:json or nginx:text:nginx; repeat it."
              + " Formats: ${COMPLETION-CANDIDATES}.",
      completionCandidates = LogInput.Formats.class)
  private List<LogInputSettings> logs = List.of();

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      converter = Ports.Converter.class,
      description = "Where shippers on this machine reach Kafka; any free port unless given.")
  private int kafkaPort;

  /** Reads {@code topic:format} or {@code topic:format:service}. */
  static final class LogInput implements CommandLine.ITypeConverter<LogInputSettings> {
    /** The words for formats. */
    static final class Formats implements Iterable<String> {
      @Override
      public Iterator<String> iterator() {
        return Arrays.stream(LogFormat.values()).map(LogInput::word).iterator();
      }
    }

    private static String word(LogFormat format) {
      return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public LogInputSettings convert(String text) {
      String[] parts = text.split(":", 3);
      if (parts.length < 2 || parts[0].isEmpty()) {
        throw new TypeConversionException(
            "'" + text + "' is not TOPIC:FORMAT; write one such as tocsin.logs:json");
      }
      for (LogFormat format : LogFormat.values()) {
        if (word(format).equals(parts[1])) {
          return LogInputSettings.of(parts[0], format, parts.length == 3 ? parts[2] : "");
        }
      }
      throw new TypeConversionException(
          "'%s' is no format; choose from %s"
              .formatted(parts[1], String.join(", ", new Formats())));
    }
  }

  /**
   * An address to listen at.
   *
   * @param host a name or an address
   * @param port from 0 to 65535
   */
  record Listen(String host, int port) {
    /** Reads {@code host:port}. */
    static final class Converter implements CommandLine.ITypeConverter<Listen> {
      @Override
      public Listen convert(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !Ports.isPort(text.substring(colon + 1))) {
          throw new TypeConversionException(
              "'" + text + "' is not an address; write one such as 0.0.0.0:9201");
        }
        return new Listen(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      }
    }
  }

  /** Reads a URL of the web. */
  static final class WebAddress implements CommandLine.ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      if (!text.matches("https?://[^\\s/]+(/\\S*)?")) {
        throw new TypeConversionException(
            "'" + text + "' is not a URL; write one such as http://localhost:9093");
      }
      return URI.create(text);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    requireOneFormatEach();
    Session.play(
        data,
        session -> {
          session.console().say("Tocsin. Its log is " + session.directory().log());
          LocalSettings settings =
              new LocalSettings(
                  listen.host(),
                  listen.port(),
                  webPort,
                  metricsPort,
                  alertmanagers,
                  remoteWrite,
                  kafkaPort,
                  logs,
                  false,
                  KnownBefore.DEFAULTS);
          run(session.start(settings), session.resources(), session.console());
        });
    return 0;
  }

  private void requireOneFormatEach() {
    Set<String> topics = new HashSet<>();
    for (LogInputSettings input : logs) {
      if (!topics.add(input.topic())) {
        throw new LocalRunException(
            "--logs names the topic %s twice; a topic has one format.".formatted(input.topic()));
      }
    }
  }

  private void run(LocalRun run, Resources resources, Console console) throws InterruptedException {
    Cards cards = new Cards(console);
    resources.add(
        new TopicReader<>(run.bootstrapServers(), Topic.INCIDENTS, Codecs.INCIDENTS, cards::show));
    console.say(run.addresses());
    console.say(
        "Let Prometheus write to it:  remote_write: [{url: %s}]"
            .formatted(run.gateway().resolve("/api/v1/write")));
    if (!logs.isEmpty()) {
      console.say(
          "Let shippers write to Kafka:  %s  (./tocsin patterns lists what is found)"
              .formatted(
                  logs.stream().map(LogInputSettings::topic).collect(Collectors.joining(", "))));
    }
    console.say("Incidents are printed here. Ctrl-C ends it.");
    run.vitals().watch();
  }
}
