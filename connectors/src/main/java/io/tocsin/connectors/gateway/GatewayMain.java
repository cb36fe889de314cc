// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.otlp.OtlpSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** Runs a gateway with the configuration of a file, until it is told to stop. */
public final class GatewayMain {
  static final int CANNOT_START = 1;
  static final int WRONG_USE = 2;

  private GatewayMain() {}

  public static void main(String[] arguments) {
    int status = run(arguments, System.getenv(), System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Returns 0 once the gateway runs on its own threads, else the status to exit with. */
  static int run(String[] arguments, Map<String, String> environment, PrintStream errors) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      errors.println("usage: gateway --config FILE");
      return WRONG_USE;
    }
    GatewaySettings defaults;
    try {
      defaults = GatewaySettings.DEFAULTS.with(OtlpSettings.of(environment));
    } catch (IllegalArgumentException e) {
      errors.println(e.getMessage());
      return WRONG_USE;
    }
    try {
      GatewaySettings settings =
          ConfigReader.read(GatewaySettings.class, defaults, Path.of(arguments[1]), environment);
      Gateway gateway = Gateway.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "gateway-stop"));
      return 0;
    } catch (ConfigException e) {
      errors.println(e.getMessage());
      return WRONG_USE;
    } catch (GatewayException e) {
      errors.println(e.getMessage());
      return CANNOT_START;
    }
  }
}
