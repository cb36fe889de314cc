// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.logs.LogDecoder;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.logs.LogRejection;
import io.tocsin.connectors.logs.LogSink;
import io.tocsin.jobs.local.KafkaBroker;
import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real rsyslog writes into a real Kafka, in each of the formats that it is told to. */
final class RsyslogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 3;

  /** As traditional senders write the time: without a year, and of the machine's zone. */
  private static final DateTimeFormatter TRADITIONAL =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  @TempDir Path directory;

  private record Line(long time, Severity severity, LogSource source, String text) {}

  /** Lines, and whatever else is said, which is nothing. */
  private static final class Lines implements LogSink {
    private final List<Line> lines = new ArrayList<>();
    private final List<LogRejection> wrong = new ArrayList<>();

    @Override
    public void line(LogLine line) {
      lines.add(new Line(line.time(), line.severity(), line.source(), line.text()));
    }

    @Override
    public void flawed(LogRejection reason) {
      wrong.add(reason);
    }

    @Override
    public void rejected(LogRejection reason, int from, int to) {
      wrong.add(reason);
    }
  }

  @Test
  void itsLinesAreReadInEveryFormat() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (KafkaBroker broker = KafkaBroker.start(directory)) {
      createTopics(broker.bootstrapServers());
      try (Rsyslog rsyslog = new Rsyslog(directory, broker.bootstrapServers())) {
        rsyslog.send(
            List.of(
                "<11>1 " + now + " node-1 payments 812 - - payment 4711 failed: card declined",
                "<14>1 " + now + " node-1 payments 812 - - said \"no\" to C:\\shop, naïvely",
                "<30>" + TRADITIONAL.format(now) + " node-2 cron: (root) CMD (true)"));
        LogSource payments = LogSource.of("", "payments", "", "node-1");
        LogSource cron = LogSource.of("", "cron", "", "node-2");
        long time = now.toEpochMilli();
        List<Line> sent =
            List.of(
                new Line(time, Severity.ERROR, payments, "payment 4711 failed: card declined"),
                new Line(time, Severity.INFO, payments, "said \"no\" to C:\\shop, naïvely"),
                new Line(time, Severity.INFO, cron, "(root) CMD (true)"));

        assertThat(read(broker, Rsyslog.TEXT, LogFormat.SYSLOG)).isEqualTo(sent);
        assertThat(read(broker, Rsyslog.RFC5424, LogFormat.SYSLOG_RFC5424)).isEqualTo(sent);
        assertThat(read(broker, Rsyslog.JSON, LogFormat.RSYSLOG_JSON)).isEqualTo(sent);
      }
    }
  }

  private static void createTopics(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String topic : List.of(Rsyslog.TEXT, Rsyslog.RFC5424, Rsyslog.JSON)) {
        topics.add(new NewTopic(topic, 1, (short) 1));
      }
      admin.createTopics(topics).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static List<Line> read(KafkaBroker broker, String topic, LogFormat format) {
    LogDecoder decoder = LogDecoder.of(LogInputSettings.of(topic, format));
    Lines read = new Lines();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (read.lines.size() < LINES && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          byte[] value = record.value();
          decoder.decode(value, 0, value.length, record.timestamp(), read);
        }
      }
    }
    assertThat(read.wrong).isEmpty();
    return read.lines;
  }
}
