// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.environment;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import java.nio.file.Path;

/** Finds and reads the configuration file that a job's arguments name. */
public final class Configurations {
  private static final int BAD_CONFIGURATION = 2;

  private Configurations() {}

  /**
   * Reads the file named by {@code --config FILE}. Prints every problem and ends the process with
   * exit code 2 when there is one, before anything has been started.
   */
  public static <T extends Record> T read(String[] args, Class<T> type, T defaults) {
    if (args.length != 2 || !args[0].equals("--config")) {
      throw end("Usage: --config FILE, with the path of a YAML file.");
    }
    try {
      return ConfigReader.read(type, defaults, Path.of(args[1]), System.getenv());
    } catch (ConfigException e) {
      throw end(String.valueOf(e.getMessage()));
    }
  }

  private static IllegalStateException end(String message) {
    System.err.println(message);
    System.exit(BAD_CONFIGURATION);
    return new IllegalStateException(message);
  }
}
