// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class BlockTest {
  private static final int VERSION = 2;

  private static String text(DataInput in) throws IOException {
    return in.readInt() + ": " + in.readUTF();
  }

  private static void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeUTF("käse");
  }

  @Test
  void blocksAreReadOneAfterTheOther() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(8);
    Block.write(BlockTest::write, out);
    Block.write(BlockTest::write, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(Block.read(BlockTest::text, in)).isEqualTo("2: käse");
    assertThat(Block.read(BlockTest::text, in)).isEqualTo("2: käse");
    assertThat(in.available()).isZero();
  }

  @Test
  void whatAnEarlierReleaseWroteIsReadNoFartherThanItsEnd() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(8);
    write(out);
    out.writeInt(17);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(Block.read(BlockTest::text, in)).isEqualTo("2: käse");
    assertThat(in.readInt()).isEqualTo(17);
  }

  @Test
  void allComesBackHoweverLargeAndHoweverItWasWritten() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<byte[]> parts = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        byte[] part = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 60_000)];
        random.nextBytes(part);
        parts.add(part);
      }
      DataOutputSerializer out = new DataOutputSerializer(8);
      Block.write(to -> writeParts(parts, to), out);
      out.writeInt(17);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      for (byte[] part : Block.read(from -> readParts(parts, from), in)) {
        assertThat(part).isEqualTo(parts.get(0));
        parts.remove(0);
      }
      assertThat(in.readInt()).isEqualTo(17);
    }
  }

  private static void writeParts(List<byte[]> parts, DataOutput to) throws IOException {
    for (byte[] part : parts) {
      to.writeByte(part[0]);
      to.write(part, 1, part.length - 1);
    }
  }

  private static List<byte[]> readParts(List<byte[]> like, DataInput from) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    for (byte[] each : like) {
      byte[] part = new byte[each.length];
      from.readFully(part);
      parts.add(part);
    }
    return parts;
  }

  @Test
  void aBlockOfWhichSomethingIsLeftIsRefused() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(8);
    Block.write(BlockTest::write, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThatThrownBy(() -> Block.read(DataInput::readInt, in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more bytes");
  }

  @Test
  void aBlockThatIsCutOrCannotBeIsRefused() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(8);
    Block.write(BlockTest::write, out);
    byte[] bytes = out.getCopyOfBuffer();
    DataInputDeserializer cut = new DataInputDeserializer(Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> Block.read(BlockTest::text, cut)).isInstanceOf(IOException.class);
    bytes[4] = (byte) 0x80;
    assertThatThrownBy(() -> Block.read(BlockTest::text, new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("which cannot be");
  }
}
