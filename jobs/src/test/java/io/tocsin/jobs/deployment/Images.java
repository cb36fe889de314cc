// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The images, as their Dockerfiles describe them. */
final class Images {
  /** Where the jar of the jobs lies in its image. */
  static final String JOBS_JAR = "/opt/flink/usrlib/tocsin-jobs.jar";

  private static final String HOME = "k8s/flink-operator/images/";

  private Images() {}

  /**
   * An image.
   *
   * @param file its Dockerfile, from the top of the checkout
   * @param lines its instructions
   */
  record Image(String file, List<String> lines) {
    /** The rest of each instruction of a kind. */
    List<String> all(String instruction) {
      return lines.stream()
          .filter(line -> line.startsWith(instruction + " "))
          .map(line -> line.substring(instruction.length() + 1))
          .toList();
    }

    String the(String instruction) {
      List<String> all = all(instruction);
      assertThat(all).as("%s in %s", instruction, file).hasSize(1);
      return all.get(0);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Image> all() throws IOException {
    return List.of(of("jobs"), of("gateway"));
  }

  static Image of(String name) throws IOException {
    String file = HOME + name + ".Dockerfile";
    List<String> lines = new ArrayList<>();
    for (String line : Checkout.text(file).replace("\\\n", "").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(line);
      }
    }
    return new Image(file, lines);
  }

  /** The packages that the launcher opens to libraries, as options of Java. */
  static List<String> opens() throws IOException {
    String packages =
        Checkout.find("tocsin", "(?s)for package in (.*?); do").replace("\\\n", " ").strip();
    return Arrays.stream(packages.split("\\s+", -1))
        .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED")
        .toList();
  }

  /** The words of a JSON array of an instruction. */
  static List<String> words(String array) {
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(array)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
