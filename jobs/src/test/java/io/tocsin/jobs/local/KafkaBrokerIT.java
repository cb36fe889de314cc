// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaBrokerIT {
  private static final TopicPartition TOPIC = new TopicPartition("orders", 0);

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereAfterAKillAndARestart() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(directory)) {
      String address = broker.bootstrapServers();
      createTopic(address);
      produce(address, "before");

      broker.kill();
      broker.restart();
      produce(address, "after");

      assertThat(broker.bootstrapServers()).isEqualTo(address);
      assertThat(consume(address, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void closingLeavesNoProcessAndNoData() {
    KafkaBroker broker = KafkaBroker.start(directory);
    ProcessHandle process = ProcessHandle.of(broker.pid()).orElseThrow();

    broker.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(directory.resolve("kafka")).doesNotExist();
  }

  @Test
  void oneThatIsStillStartingCanBeClosed() throws Exception {
    CompletableFuture<KafkaBroker> starting = new CompletableFuture<>();
    CompletableFuture<ProcessHandle> closed = starting.thenApplyAsync(KafkaBrokerIT::closeSoon);

    assertThatThrownBy(
            () -> KafkaBroker.start(BrokerSettings.temporary(directory), starting::complete))
        .isInstanceOf(LocalRunException.class);

    assertThat(closed.get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    assertThat(directory.resolve("kafka")).doesNotExist();
  }

  private static ProcessHandle closeSoon(KafkaBroker broker) {
    ProcessHandle process =
        await("the broker's process")
            .ignoreExceptions()
            .until(() -> ProcessHandle.of(broker.pid()).orElseThrow(), ProcessHandle::isAlive);
    broker.close();
    return process;
  }

  @Test
  void oneThatIsClosedBeforeItStartsLeavesNothing() {
    assertThatThrownBy(
            () -> KafkaBroker.start(BrokerSettings.temporary(directory), KafkaBroker::close))
        .hasMessage("The Kafka broker was closed while it was starting.");

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void dataThatIsToBeKeptServesTheNextBroker() throws Exception {
    BrokerSettings settings =
        new BrokerSettings(directory.resolve("data"), true, directory.resolve("log"), 0);
    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      createTopic(broker.bootstrapServers());
      produce(broker.bootstrapServers(), "kept");
    }
    try (KafkaBroker broker = KafkaBroker.start(settings)) {
      assertThat(consume(broker.bootstrapServers(), 1)).containsExactly("kept");
    }
  }

  @Test
  void aBrokerWhoseParentDiesEndsAndDeletesItsData() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String pid = parent.inputReader().readLine();
    ProcessHandle broker = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

    parent.destroyForcibly();

    broker.onExit().get(20, TimeUnit.SECONDS);
    assertThat(directory.resolve("kafka")).doesNotExist();
  }

  /** Starts a broker, prints its process id and waits for its own end. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      KafkaBroker broker = KafkaBroker.start(Path.of(args[0]));
      System.out.println(broker.pid());
      Thread.currentThread().join();
    }
  }

  @Test
  void aPortInUseIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      BrokerSettings settings =
          new BrokerSettings(directory.resolve("data"), false, directory.resolve("log"), port);

      assertThatThrownBy(() -> KafkaBroker.start(settings))
          .isInstanceOf(LocalRunException.class)
          .hasMessageMatching("Port " + port + " is already in use; [^.]*\\.");
    }
  }

  @Test
  void aBrokerThatDiesTellsTheEndOfItsLog() throws Exception {
    Files.createDirectories(directory.resolve("data/log"));
    Files.writeString(directory.resolve("data/log/meta.properties"), "version=99\n");
    BrokerSettings settings =
        new BrokerSettings(directory.resolve("data"), false, directory.resolve("log"), 0);

    assertThatThrownBy(() -> KafkaBroker.start(settings))
        .isInstanceOf(LocalRunException.class)
        .hasMessageStartingWith("The Kafka broker ended while it was starting; its log is ")
        .hasMessageContaining("99");
  }

  private static void createTopic(String address) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void produce(String address, String value) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", address, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC.topic(), value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> consume(String address, int count) {
    List<String> values = new ArrayList<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", address);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(TOPIC));
      consumer.seekToBeginning(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
