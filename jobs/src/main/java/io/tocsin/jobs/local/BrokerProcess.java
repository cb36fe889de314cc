// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;

/**
 * The main class of the broker's JVM: formats the storage if that has not been done, then becomes
 * {@code kafka.Kafka}.
 *
 * <p>The parent holds the other end of this process's standard input. When that ends, however the
 * parent died, there is nobody left to serve: data that is not to be kept is deleted and the
 * process ends.
 */
final class BrokerProcess {
  /** What {@link #main} takes beside the properties file: whether the data outlives the parent. */
  static final String KEEP = "keep";

  /** The part of the data directory that is the broker's. */
  static final String LOG = "log";

  private BrokerProcess() {}

  /** Arguments: the properties file, the data directory, and {@link #KEEP} or any other word. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[1]);
    boolean keep = args[2].equals(KEEP);
    Thread watchdog = new Thread(() -> endWithParent(data, keep), "parent-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    if (!Files.exists(data.resolve(LOG).resolve("meta.properties"))) {
      format(args[0]);
    }
    kafka.Kafka.main(new String[] {args[0]});
  }

  private static void format(String properties) {
    // Kafka's own ids never begin with a dash, which the tool would take for an option.
    String clusterId = Uuid.randomUuid().toString();
    String[] command = {"format", "-t", clusterId, "-c", properties, "--ignore-formatted"};
    if (kafka.tools.StorageTool.execute(command, System.out) != 0) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void endWithParent(Path data, boolean keep) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The same as its end.
    }
    if (!keep) {
      Directories.delete(data);
    }
    Runtime.getRuntime().halt(0);
  }
}
