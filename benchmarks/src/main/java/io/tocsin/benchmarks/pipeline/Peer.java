// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that receives the same remote-write bodies, and only stores them. */
enum Peer {
  VICTORIAMETRICS(
      "VictoriaMetrics",
      "victoria-metrics",
      "/health",
      "vm_rows_inserted_total{type=\"promremotewrite\"}"),
  PROMETHEUS("Prometheus", "prometheus", "/-/ready", "prometheus_tsdb_head_samples_appended_total");

  private static final String EMPTY_CONFIGURATION = "/dev/null";

  private final String title;

  /** The program's file, and the Debian package that has it. */
  private final String program;

  private final String readyPath;
  private final String counter;

  Peer(String title, String program, String readyPath, String counter) {
    this.title = title;
    this.program = program;
    this.readyPath = readyPath;
    this.counter = counter;
  }

  String title() {
    return title;
  }

  /** Its name in figures and options. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it answers 200 as soon as it takes samples. */
  String readyPath() {
    return readyPath;
  }

  /** What the lines of its own counter of the samples that it has taken begin with. */
  String counter() {
    return counter;
  }

  /** The program, if it is installed. */
  Optional<Path> executable() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What to say when it is not. */
  String missing() {
    return title
        + " is left out: "
        + program
        + " is not on the PATH (Debian: apt install "
        + program
        + ").";
  }

  /** What to run, with its data below the directory it is run in. */
  List<String> command(Path executable, int port) {
    String address = "127.0.0.1:" + port;
    return switch (this) {
      case VICTORIAMETRICS ->
          List.of(
              executable.toString(),
              "-storageDataPath=data",
              "-httpListenAddr=" + address,
              "-retentionPeriod=1");
      case PROMETHEUS ->
          List.of(
              executable.toString(),
              "--config.file=" + EMPTY_CONFIGURATION,
              "--storage.tsdb.path=data",
              "--web.listen-address=" + address,
              "--web.enable-remote-write-receiver");
    };
  }
}
