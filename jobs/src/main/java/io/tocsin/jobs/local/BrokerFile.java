// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** By which the broker of a checkout's run is found. */
record BrokerFile(OwnFile file) implements AutoCloseable {
  static BrokerFile ofThisCheckout() {
    return new BrokerFile(OwnFile.ofThisCheckout("kafka"));
  }

  /** Where the broker of the run is, if one runs. */
  Optional<String> read() {
    try {
      List<String> lines = file.read();
      return ProcessHandle.of(Long.parseLong(lines.get(1)))
          .filter(ProcessHandle::isAlive)
          .map(alive -> lines.get(0));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void write(String bootstrapServers) throws IOException {
    file.write(bootstrapServers, Long.toString(ProcessHandle.current().pid()));
  }

  @Override
  public void close() throws IOException {
    file.delete();
  }
}
