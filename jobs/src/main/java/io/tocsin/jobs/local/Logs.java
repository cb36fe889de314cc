// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.nio.file.Path;

/**
 * Where the local run logs. The file must be named before the first logger is asked for, since it
 * is then that the configuration is read.
 */
final class Logs {
  static final String CONFIGURATION = "log4j2.configurationFile";
  static final String RESOURCE =
      "classpath:" + Logs.class.getPackageName().replace('.', '/') + "/local-log4j2.properties";
  private static final String FILE = "tocsin.log";
  private static final String APPENDER = "tocsin.log.appender";

  private Logs() {}

  static void writeTo(Path file) {
    System.setProperty(FILE, file.toString());
    System.setProperty(APPENDER, "file");
  }
}
