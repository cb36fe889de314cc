// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpCommandIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void aBrokerThatDiesEndsItWithASentence() throws Exception {
    try (CommandProcess up =
        new CommandProcess(
            directory, "up", "--listen", "127.0.0.1:0", "--web-port", "0", "--metrics-port", "0")) {
      await().atMost(PATIENCE).until(() -> up.said().contains("Ctrl-C ends it."));
      up.broker().destroyForcibly();

      assertThat(up.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(up.said())
          .containsPattern(
              "\nThe Kafka broker has ended; its own log is .*kafka\\.log\\."
                  + " \\(log: .*tocsin\\.log\\)\n$");
    }
  }

  @Test
  void aPortInUseIsToldBeforeAnythingStarts() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertToldAsInUse(port, "--listen", "--listen", "127.0.0.1:" + port, "--web-port", "0");
      assertToldAsInUse(port, "--web-port", "--listen", "127.0.0.1:0", "--web-port", port);
      assertToldAsInUse(port, "--metrics-port", "--listen", "127.0.0.1:0", "--metrics-port", port);
    }
  }

  private void assertToldAsInUse(String port, String option, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("up"));
    words.addAll(List.of(options));
    if (!words.contains("--web-port")) {
      words.addAll(List.of("--web-port", "0"));
    }
    String[] arguments = words.toArray(String[]::new);
    try (CommandProcess up = new CommandProcess(directory, arguments)) {
      assertThat(up.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(up.said())
          .contains(
              "Port %s is already in use; end what listens there or choose another with %s."
                  .formatted(port, option))
          .doesNotContain("Kafka");
    }
  }
}
