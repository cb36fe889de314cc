// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.avro.Schema;

/**
 * Writes today's schemas, whole, and the records of {@link Samples} in hexadecimal to the folder
 * given as argument. A release runs it once; see {@code src/test/resources/released/README.md}.
 */
final class ReleaseFiles {
  private ReleaseFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Samples.Sample<?> sample : Samples.all()) {
      write(folder.resolve(sample.name() + ".avsc"), pretty(Schemas.of(sample.name())));
      write(folder.resolve(sample.name() + ".hex"), HexFormat.of().formatHex(encode(sample)));
    }
  }

  static <T> byte[] encode(Samples.Sample<T> sample) {
    return sample.codec().encode(sample.value());
  }

  private static String pretty(Schema schema) throws IOException {
    return new ObjectMapper().readTree(schema.toString()).toPrettyString();
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
  }
}
