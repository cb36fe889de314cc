// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that the tests run as it is, from one of Debian's packages. */
public enum DebianProgram {
  PROMETHEUS("prometheus", "prometheus"),
  PROMTOOL("promtool", "prometheus"),
  ALERTMANAGER("prometheus-alertmanager", "prometheus-alertmanager"),
  NODE_EXPORTER("prometheus-node-exporter", "prometheus-node-exporter"),
  RSYSLOGD("rsyslogd", "rsyslog"),
  KUBECTL("kubectl", "kubernetes-client");

  /** Where Debian has daemons, which is not on the PATH of everybody. */
  private static final String DAEMONS = "/usr/sbin";

  private final String file;
  private final String debianPackage;

  DebianProgram(String file, String debianPackage) {
    this.file = file;
    this.debianPackage = debianPackage;
  }

  /**
   * Where it is on the PATH. When it is missing, the test fails in CI, where all is there or else
   * nobody would notice, and is skipped on a user's machine.
   */
  public String path() {
    return found().orElseGet(this::missing);
  }

  /** Whether it is there. */
  public boolean isThere() {
    return found().isPresent();
  }

  private Optional<String> found() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of(DAEMONS))
        .map(directory -> Path.of(directory, file))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private String missing() {
    return missing(file + " is not on the PATH", debianPackage);
  }

  /** Ends a test for which something is not installed. */
  static String missing(String what, String debianPackage) {
    String message =
        "%s; install Debian's package %s to run this test".formatted(what, debianPackage);
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }
}
