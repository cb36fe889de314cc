// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real rsyslog that takes syslog by TCP and writes each line to Kafka three times: as text, after
 * RFC 5424 and as JSON.
 */
final class Rsyslog implements AutoCloseable {
  static final String TEXT = "syslog-text";
  static final String RFC5424 = "syslog-5424";
  static final String JSON = "syslog-json";

  private static final String CONFIGURATION =
      """
      global(workDirectory="%1$s")
      module(load="imtcp")
      module(load="omkafka")
      input(type="imtcp" address="127.0.0.1" port="%2$d")
      template(name="tocsin" type="list" option.jsonf="on") {
        property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
        property(outname="host" name="hostname" format="jsonf")
        property(outname="severity" name="syslogseverity" format="jsonf")
        property(outname="programname" name="programname" format="jsonf")
        property(outname="procid" name="procid" format="jsonf")
        property(outname="message" name="msg" format="jsonf")
      }
      action(type="omkafka" broker=["%3$s"] topic="syslog-text" template="RSYSLOG_ForwardFormat")
      action(type="omkafka" broker=["%3$s"] topic="syslog-5424"
             template="RSYSLOG_SyslogProtocol23Format")
      action(type="omkafka" broker=["%3$s"] topic="syslog-json" template="tocsin")
      """;

  private final int port;
  private final RealProcess process;

  Rsyslog(Path directory, String bootstrapServers) throws IOException {
    assertThat(DebianProgram.RSYSLOGD.path()).isNotEmpty();
    requireKafkaOutput();
    Path home = Files.createTempDirectory(directory, "rsyslog");
    port = RealProcess.freePort();
    Files.writeString(
        home.resolve("rsyslog.conf"), CONFIGURATION.formatted(home, port, bootstrapServers));
    process =
        RealProcess.start(
            DebianProgram.RSYSLOGD,
            List.of("-n", "-f", home + "/rsyslog.conf", "-i", home + "/rsyslogd.pid"),
            home,
            port,
            this::listens);
  }

  /** The module is in a package of its own. */
  private static void requireKafkaOutput() throws IOException {
    try (DirectoryStream<Path> modules =
        Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
      for (Path architecture : modules) {
        if (Files.exists(architecture.resolve("rsyslog/omkafka.so"))) {
          return;
        }
      }
    }
    DebianProgram.missing("rsyslog has no module omkafka", "rsyslog-kafka");
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Sends lines as a program's syslog library does. */
  void send(List<String> lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream()) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
