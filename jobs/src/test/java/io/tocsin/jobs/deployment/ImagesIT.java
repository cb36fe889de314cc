// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.local.KafkaBroker;
import io.tocsin.jobs.realinput.Http;
import io.tocsin.jobs.realinput.RealProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the images hold, after the build: it is there, and it runs. */
final class ImagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What Flink's own image has, beside its own jars. */
  private static final Pattern OF_FLINK =
      Pattern.compile(
          ".*/(flink-(?!connector-kafka|test-utils)[^/]*|(commons-(cli|collections|compress|io|lang3|math3|text)"
              + "|kryo|reflectasm|objenesis|minlog|snakeyaml-engine|javassist|jsr305|slf4j-api"
              + "|async-profiler|log4j-(api|core|slf4j2-impl))-[\\d.][^/]*)\\.jar");

  @TempDir Path directory;

  private final List<Process> processes = new ArrayList<>();

  @Test
  void whatTheDockerfilesCopyIsThereAfterTheBuild() throws Exception {
    for (Images.Image image : Images.all()) {
      Path source = copied(image);
      assertThat(source).exists();
      if (Files.isDirectory(source)) {
        assertThat(source).isNotEmptyDirectory();
      }
    }
  }

  /**
   * The gateway beats, the metrics job says how far it is, and the incidents job then says that all
   * is watched; the logs job reads its heartbeats.
   */
  @Test
  void theGatewayAndTheJobsRunWithWhatTheirImagesHold() throws Exception {
    Queue<String> alerts = new ConcurrentLinkedQueue<>();
    HttpServer alertmanager = alertmanager(alerts);
    try (KafkaBroker broker = KafkaBroker.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      String kafka = "kafka: {bootstrapServers: '%s'}\n".formatted(broker.bootstrapServers());
      URI gateway = startGateway(kafka);
      await("topics")
          .atMost(PATIENCE)
          .until(() -> admin.listTopics().names().get().size() >= Topic.values().length);
      for (String probe : probes()) {
        await(probe).atMost(PATIENCE).until(() -> Http.answers(gateway.resolve(probe)));
      }
      startJobs(kafka, alertmanager.getAddress().getPort());
      await("the watchdog")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(processes).as(this::said).allMatch(Process::isAlive))
          .until(() -> alerts.stream().anyMatch(body -> body.contains("TocsinWatchdog")));
      await("the logs job's progress").atMost(PATIENCE).until(() -> hasRead(admin, "tocsin-logs"));
    } finally {
      for (Process process : processes) {
        process.destroyForcibly().waitFor();
      }
      alertmanager.stop(0);
    }
  }

  private URI startGateway(String kafka) throws IOException {
    int port = RealProcess.freePort();
    String listen = "listen: {port: %d}\n".formatted(port);
    processes.add(start("gateway", gateway(kafka + listen)));
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What Kubernetes asks the gateway. */
  private static Set<String> probes() throws IOException {
    JsonNode deployment =
        Checkout.yaml(Checkout.text("k8s/flink-operator/base/gateway.yaml")).stream()
            .filter(each -> each.path("kind").asText().equals("Deployment"))
            .findFirst()
            .orElseThrow();
    Set<String> probes = new TreeSet<>(deployment.findValuesAsText("path"));
    assertThat(probes).hasSize(2);
    return probes;
  }

  private void startJobs(String kafka, int alertmanager) throws IOException {
    String often = kafka + "checkpointInterval: 1s\n";
    String told = "alertmanagers: [{url: 'http://127.0.0.1:%d'}]\n".formatted(alertmanager);
    for (JobSettings job : JobSettings.values()) {
      String text = job == JobSettings.INCIDENTS ? often + told : often;
      processes.add(start(job.word(), job(job, text)));
    }
  }

  private static boolean hasRead(Admin admin, String group) throws Exception {
    return !admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().isEmpty();
  }

  @Test
  void theGatewaysImageHasTheCommandsThatNeedNoFlink() throws Exception {
    List<String> command = new ArrayList<>(entryPoint());
    command.addAll(List.of("io.tocsin.jobs.local.Tocsin", "shop", "--help"));
    assertThat(Program.run(command.toArray(String[]::new))).contains("--gateway");
  }

  private static Path copied(Images.Image image) {
    return Checkout.file(image.the("COPY").split(" ", -1)[0]);
  }

  /** What the gateway's image starts, with its libraries where the build has put them. */
  private static List<String> entryPoint() throws IOException {
    Images.Image image = Images.of("gateway");
    String inImage = image.the("COPY").split(" ", -1)[1];
    return Images.words(image.the("ENTRYPOINT")).stream()
        .map(word -> word.replace(inImage, copied(image) + "/"))
        .map(word -> word.equals("java") ? java() : word)
        .toList();
  }

  private List<String> gateway(String configuration) throws IOException {
    List<String> command = new ArrayList<>(entryPoint());
    command.addAll(Images.words(Images.of("gateway").the("CMD")));
    command.set(command.size() - 1, written("gateway", configuration));
    return command;
  }

  /** The job, as Flink's own command runs it, by a Java that has nothing but Flink. */
  private List<String> job(JobSettings job, String configuration) throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx400m", "-XX:+UseSerialGC"));
    command.addAll(Images.opens());
    command.addAll(List.of("-cp", flink(), CliFrontend.class.getName(), "run", "-t", "local"));
    command.addAll(List.of("-c", job.entry().getName(), copied(Images.of("jobs")).toString()));
    command.addAll(List.of("--config", written(job.word(), configuration)));
    return command;
  }

  private static String flink() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> OF_FLINK.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String written(String name, String configuration) throws IOException {
    return Files.writeString(directory.resolve(name + ".yaml"), configuration).toString();
  }

  private Process start(String name, List<String> command) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    Files.writeString(home.resolve("config.yaml"), "taskmanager.memory.managed.size: 16m\n");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().put("FLINK_CONF_DIR", home.toString());
    return builder.start();
  }

  /** All logs, for who looks into a failure. */
  private String said() {
    StringBuilder said = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        said.append(log.getFileName()).append(": ").append(Files.readString(log));
      }
      return said.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer alertmanager(Queue<String> alerts) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v2/alerts",
        exchange -> {
          alerts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
