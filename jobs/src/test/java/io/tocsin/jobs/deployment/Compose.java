// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Compose file. */
public final class Compose {
  /** A variable that need not be set, and what stands for it then. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  private Compose() {}

  static JsonNode file() throws IOException {
    return Checkout.yamlFile("compose.yaml");
  }

  /** The options that its Flink is started with. */
  public static Map<String, String> flinkOptions() throws IOException {
    String options = file().at("/services/jobmanager/environment/FLINK_PROPERTIES").asText();
    return VARIABLE
        .matcher(options)
        .replaceAll("$1")
        .lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(option -> option[0], option -> option[1]));
  }

  /** A file that it mounts, as the container sees it: a dollar is written twice. */
  public static String config(String name) throws IOException {
    return file().at("/configs/" + name + "/content").asText().replace("$$", "$");
  }
}
