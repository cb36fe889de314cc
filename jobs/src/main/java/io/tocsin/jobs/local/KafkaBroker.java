// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller in one process of its own, started from this process's class path,
 * reachable from this machine only, for the local run and the integration tests.
 *
 * <p>The process ends with this one, however this one ends. Not safe for use by several threads,
 * except {@link #close}.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final int ATTEMPTS = 3;
  private static final String PORT_IN_USE = "Address already in use";

  private final BrokerSettings settings;
  private final int port;
  private final int controllerPort;
  private volatile @Nullable Process process;
  private boolean closed;

  private KafkaBroker(BrokerSettings settings) throws IOException {
    this.settings = settings;
    port = settings.port() == 0 ? freePort() : settings.port();
    controllerPort = freePort();
  }

  /** Starts a broker whose data, in a directory {@code kafka} below this one, ends with it. */
  public static KafkaBroker start(Path directory) {
    return start(BrokerSettings.temporary(directory));
  }

  /**
   * Starts a broker and waits until it answers.
   *
   * @throws LocalRunException when it does not come up; the message says why
   */
  public static KafkaBroker start(BrokerSettings settings) {
    return start(settings, broker -> {});
  }

  /**
   * Starts a broker and waits until it answers.
   *
   * @param owner is given each broker that is tried before its process starts, so that it can be
   *     closed while it does
   * @throws LocalRunException when it does not come up or is closed meanwhile; the message says why
   */
  public static KafkaBroker start(BrokerSettings settings, Consumer<KafkaBroker> owner) {
    Ports.requireFree("127.0.0.1", settings.port(), "choose another for Kafka");
    for (int attempt = 1; ; attempt++) {
      KafkaBroker broker = null;
      try {
        broker = new KafkaBroker(settings);
        owner.accept(broker);
        broker.launch();
        broker.awaitAnswer();
        return broker;
      } catch (IOException | LocalRunException e) {
        if (broker != null) {
          broker.close();
        }
        // Another process may have taken a port between its choice and its use.
        boolean lostPort = String.valueOf(e.getMessage()).contains(PORT_IN_USE);
        if (!lostPort || attempt == ATTEMPTS) {
          throw e instanceof LocalRunException told ? told : cannotStart(settings, e);
        }
      }
    }
  }

  /** What clients connect to: {@code 127.0.0.1:PORT}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The id of the broker's process. */
  public long pid() {
    return process().pid();
  }

  /** Whether the process is alive. */
  public boolean isAlive() {
    return process().isAlive();
  }

  /** Ends the process at once, as kill -9 does, and keeps the data. */
  public void kill() {
    process().destroyForcibly();
    awaitEnd(STOP);
  }

  /**
   * Starts the broker again after {@link #kill}, with the same data and ports.
   *
   * @throws LocalRunException when it does not come up
   */
  public void restart() {
    if (process().isAlive()) {
      throw new IllegalStateException("The broker is still running.");
    }
    try {
      launch();
    } catch (IOException e) {
      throw cannotStart(settings, e);
    }
    awaitAnswer();
  }

  /** Ends the process, and deletes the data unless it is to be kept. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    if (process == null) {
      return;
    }
    if (settings.keepsData()) {
      // Not process.destroy(): that also closes the input by which the broker knows its parent.
      process().toHandle().destroy();
      if (awaitEnd(STOP)) {
        return;
      }
    }
    kill();
    if (!settings.keepsData()) {
      Directories.delete(settings.data());
    }
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Process process() {
    return Objects.requireNonNull(process, "the broker was never started");
  }

  /** Starts the process, unless the broker is closed: then nothing would end it any more. */
  private synchronized void launch() throws IOException {
    if (closed) {
      throw new LocalRunException("The Kafka broker was closed while it was starting.");
    }
    Path temporary = Files.createDirectories(settings.data().resolve("temporary"));
    Path properties = settings.data().resolve("server.properties");
    try (var out = Files.newBufferedWriter(properties)) {
      properties().store(out, null);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // The shell makes the broker deaf to Ctrl-C, which a terminal sends to it as well: when it ends
    // is for the parent to decide, in its order.
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"", java);
    builder
        .command()
        .addAll(List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    builder.command().add("-Djava.io.tmpdir=" + temporary);
    builder.command().add("-Dlog4j2.configurationFile=classpath:" + loggingConfiguration());
    builder.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
    builder.command().addAll(List.of(BrokerProcess.class.getName(), properties.toString()));
    builder.command().add(settings.data().toString());
    builder.command().add(settings.keepsData() ? BrokerProcess.KEEP : "delete");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
    process = builder.start();
  }

  private static String loggingConfiguration() {
    return KafkaBroker.class.getPackageName().replace('.', '/') + "/broker-log4j2.properties";
  }

  private Properties properties() {
    String controller = "127.0.0.1:" + controllerPort;
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@" + controller,
            "controller.listener.names", "CONTROLLER",
            "listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller,
            "log.dirs", settings.data().resolve(BrokerProcess.LOG).toString(),
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "log.cleaner.dedupe.buffer.size", "4194304"));
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "1");
    }
    // A broker that was killed is let in again when its former session has ended.
    properties.put("broker.heartbeat.interval.ms", "500");
    properties.put("broker.session.timeout.ms", "3000");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    return properties;
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!answers()) {
      if (!process().isAlive()) {
        throw new LocalRunException(BrokerLog.whyItEnded(settings.log(), bootstrapServers()));
      }
      if (System.nanoTime() > deadline) {
        throw new LocalRunException(
            "The Kafka broker did not answer within %d s; its log is %s."
                .formatted(START.toSeconds(), settings.log()));
      }
    }
  }

  /** Whether clients are served; takes a moment when they are not. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
    } catch (IOException e) {
      awaitEnd(Duration.ofMillis(50));
      return false;
    }
    Map<String, Object> client =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRunException("Starting the Kafka broker was interrupted.", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static LocalRunException cannotStart(BrokerSettings settings, Exception reason) {
    return new LocalRunException(
        "The Kafka broker cannot be started in %s: %s."
            .formatted(settings.data(), reason.getMessage()),
        reason);
  }
}
