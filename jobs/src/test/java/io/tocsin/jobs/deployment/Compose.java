// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The Compose file. */
public final class Compose {
  private Compose() {}

  static JsonNode file() throws IOException {
    return Checkout.yamlFile("compose.yaml");
  }

  /** A file that it mounts, as the container sees it: a dollar is written twice. */
  public static String config(String name) throws IOException {
    return file().at("/configs/" + name + "/content").asText().replace("$$", "$");
  }
}
