// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** By which the demo of a checkout is found: a small file in the user's own directory. */
final class ControlFile {
  private final OwnFile file;

  /**
   * What the file tells.
   *
   * @param uri where the demo listens
   * @param token what a caller must show
   * @param pid the demo's process
   */
  record Demo(URI uri, String token, long pid) {}

  private ControlFile(OwnFile file) {
    this.file = file;
  }

  /** The file of the checkout that the launcher stands in. */
  static ControlFile ofThisCheckout() {
    return new ControlFile(OwnFile.ofThisCheckout("demo"));
  }

  static ControlFile in(Path directory, Path checkout) {
    return new ControlFile(OwnFile.in(directory, checkout, "demo"));
  }

  /** The demo that runs, if one does. */
  Optional<Demo> read() {
    try {
      List<String> lines = file.read();
      Demo demo = new Demo(URI.create(lines.get(0)), lines.get(1), Long.parseLong(lines.get(2)));
      return ProcessHandle.of(demo.pid()).filter(ProcessHandle::isAlive).map(alive -> demo);
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes it, for the user alone. */
  void write(Demo demo) throws IOException {
    file.write(demo.uri().toString(), demo.token(), Long.toString(demo.pid()));
  }

  /** Takes it away, and its directory when nothing else is there. */
  void delete() throws IOException {
    file.delete();
  }
}
