// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** A small file of a checkout in its user's own directory, for the user alone. */
record OwnFile(Path path) {
  /** The file of this kind of the checkout that the launcher stands in. */
  static OwnFile ofThisCheckout(String kind) {
    Path home = Path.of(System.getProperty("user.home"), ".tocsin");
    return in(home, Path.of(System.getProperty("tocsin.home", "")).toAbsolutePath(), kind);
  }

  static OwnFile in(Path directory, Path checkout, String kind) {
    byte[] path = checkout.toString().getBytes(StandardCharsets.UTF_8);
    String name = HexFormat.of().toHexDigits(UUID.nameUUIDFromBytes(path).getMostSignificantBits());
    return new OwnFile(directory.resolve(kind + "-" + name));
  }

  List<String> read() throws IOException {
    return Files.readAllLines(path);
  }

  void write(String... lines) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.deleteIfExists(path);
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(path, String.join("\n", lines) + "\n");
  }

  /** Takes it away, and its directory when nothing else is there. */
  void delete() throws IOException {
    Files.deleteIfExists(path);
    try {
      Files.deleteIfExists(path.toAbsolutePath().getParent());
    } catch (DirectoryNotEmptyException e) {
      // There are other files of this user.
    }
  }
}
