// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** By which the demo of a checkout is found: a small file in the user's own directory. */
final class ControlFile {
  private final Path file;

  /**
   * What the file tells.
   *
   * @param uri where the demo listens
   * @param token what a caller must show
   * @param pid the demo's process
   */
  record Demo(URI uri, String token, long pid) {}

  private ControlFile(Path file) {
    this.file = file;
  }

  /** The file of the checkout that the launcher stands in. */
  static ControlFile ofThisCheckout() {
    Path home = Path.of(System.getProperty("user.home"), ".tocsin");
    return in(home, Path.of(System.getProperty("tocsin.home", "")).toAbsolutePath());
  }

  static ControlFile in(Path directory, Path checkout) {
    byte[] path = checkout.toString().getBytes(StandardCharsets.UTF_8);
    String name = HexFormat.of().toHexDigits(UUID.nameUUIDFromBytes(path).getMostSignificantBits());
    return new ControlFile(directory.resolve("demo-" + name));
  }

  /** The demo that runs, if one does. */
  Optional<Demo> read() {
    try {
      List<String> lines = Files.readAllLines(file);
      Demo demo = new Demo(URI.create(lines.get(0)), lines.get(1), Long.parseLong(lines.get(2)));
      return ProcessHandle.of(demo.pid()).filter(ProcessHandle::isAlive).map(alive -> demo);
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes it, for the user alone. */
  void write(Demo demo) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, demo.uri() + "\n" + demo.token() + "\n" + demo.pid() + "\n");
  }

  /** Takes it away, and its directory when nothing else is there. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
    try {
      Files.deleteIfExists(file.toAbsolutePath().getParent());
    } catch (DirectoryNotEmptyException e) {
      // Another checkout's demo is running.
    }
  }
}
