// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports to listen at. */
final class Ports {
  private static final int HIGHEST = 65_535;
  private static final String IN_USE = "Address already in use";

  private Ports() {}

  /** Whether a text is a number from 0 to 65535. */
  static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= HIGHEST;
  }

  /**
   * Does nothing when one can listen at a port.
   *
   * @param port 0 for any, which is always free
   * @param remedy what else can be done, as in "choose another with --listen"
   * @throws LocalRunException when one cannot; its sentence names the port and the remedy
   */
  static void requireFree(String host, int port, String remedy) {
    if (port == 0) {
      return;
    }
    try {
      new ServerSocket(port, 1, InetAddress.getByName(host)).close();
    } catch (IOException e) {
      String reason = Causes.first(e);
      throw new LocalRunException(
          reason.contains(IN_USE)
              ? "Port %d is already in use; end what listens there or %s.".formatted(port, remedy)
              : "Nothing can listen at %s:%d: %s; %s.".formatted(host, port, reason, remedy),
          e);
    }
  }

  /** Reads a port. */
  static final class Converter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!isPort(text)) {
        throw new TypeConversionException(
            "'" + text + "' is not a port; write a number from 0 to " + HIGHEST);
      }
      return Integer.valueOf(text);
    }
  }
}
