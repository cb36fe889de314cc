// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.telemetry.Entity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How entities and blocks of bytes lie in written state. */
final class EntityBytes {
  private EntityBytes() {}

  static void write(Entity entity, DataOutput out) throws IOException {
    for (String part :
        new String[] {
          entity.cluster(),
          entity.namespace(),
          entity.workload(),
          entity.service(),
          entity.node(),
          entity.instance()
        }) {
      writeBytes(part.getBytes(StandardCharsets.UTF_8), out);
    }
  }

  static Entity readEntity(DataInput in) throws IOException {
    return new Entity(text(in), text(in), text(in), text(in), text(in), text(in));
  }

  private static String text(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
