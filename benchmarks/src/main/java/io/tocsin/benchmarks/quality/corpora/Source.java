// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the files of one corpus; keeps their checksum and what is wrong with them. */
public final class Source {
  private static final int CHECKSUM_DIGITS = 12;

  private final Path root;
  private final MessageDigest digest;
  private final List<Flaw> flaws = new ArrayList<>();

  /** A corpus of which nothing was read yet. */
  public Source(Path root) {
    this.root = root;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Path root() {
    return root;
  }

  /** What could not be read so far. */
  public List<Flaw> flaws() {
    return flaws;
  }

  /** Of all that was read; to be asked once. */
  public String checksum() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, CHECKSUM_DIGITS);
  }

  /** The path within the corpus, always with slashes. */
  public String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** Notes what could not be read; line 0 is about the whole file. */
  public void flaw(Path file, int line, String reason) {
    flaws.add(new Flaw(name(file), line, reason));
  }

  /** All of a file, unpacked; empty, and noted as a flaw, when it cannot be read. */
  public String text(Path file) {
    try {
      byte[] bytes = bytes(file);
      digest.update(name(file).getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      flaw(file, 0, "cannot be read: " + e.getMessage());
      return "";
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return Files.readAllBytes(file);
    }
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
      return packed.readAllBytes();
    }
  }

  /** The lines of a file, as {@link #text}. */
  public List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  /** All tables below a directory, sorted, so that every machine reads them in the same order. */
  static List<Path> tables(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Source::isTable).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTable(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return (name.endsWith(".csv") || name.endsWith(".txt")) && Files.isRegularFile(file);
  }

  /** The fields of a line; quotation marks around a field are left out. */
  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    while (true) {
      int comma = line.indexOf(',', from);
      String field = comma < 0 ? line.substring(from) : line.substring(from, comma);
      fields.add(unquoted(field.strip()));
      if (comma < 0) {
        return fields;
      }
      from = comma + 1;
    }
  }

  private static String unquoted(String field) {
    boolean quoted = field.length() >= 2 && field.startsWith("\"") && field.endsWith("\"");
    return quoted ? field.substring(1, field.length() - 1) : field;
  }

  /** A finite number. */
  public static double number(String field) throws BadLineException {
    try {
      double number = Double.parseDouble(field);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadLineException("\"" + field + "\" is not a number", e);
    }
    throw new BadLineException("\"" + field + "\" is not a finite number");
  }
}
