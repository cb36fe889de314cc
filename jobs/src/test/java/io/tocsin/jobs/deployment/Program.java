// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that are run to their end. */
public final class Program {
  private Program() {}

  /** What a program prints that ends well; what it complains of is shown when it does not. */
  public static String run(String... command) throws IOException, InterruptedException {
    Path complaints = Files.createTempFile("complaints", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor())
          .as("%s%n%s%n%s", String.join(" ", command), said, Files.readString(complaints))
          .isZero();
      return said;
    } finally {
      Files.delete(complaints);
    }
  }
}
