// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over one row of state. Owners of a part of the row keep the offsets of their fields as
 * constants and read and write through this; nothing is boxed or copied. One cursor is moved from
 * row to row, so it must not be kept beyond the call that it was given to.
 */
public final class Row {
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle DOUBLE = view(double[].class);
  private static final VarHandle FLOAT = view(float[].class);

  private byte[] bytes = new byte[0];
  private int at;

  /** Moves to where another cursor is. */
  public void moveTo(Row other) {
    moveTo(other.bytes, other.at);
  }

  /** Whether another cursor is at the same place. */
  @SuppressWarnings("ReferenceEquality") // it is the page that counts, not what lies on it
  public boolean isAt(Row other) {
    return bytes == other.bytes && at == other.at;
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  void moveTo(byte[] page, int offset) {
    bytes = page;
    at = offset;
  }

  public long getLong(int offset) {
    return (long) LONG.get(bytes, at + offset);
  }

  public void setLong(int offset, long value) {
    LONG.set(bytes, at + offset, value);
  }

  public int getInt(int offset) {
    return (int) INT.get(bytes, at + offset);
  }

  public void setInt(int offset, int value) {
    INT.set(bytes, at + offset, value);
  }

  public short getShort(int offset) {
    return (short) SHORT.get(bytes, at + offset);
  }

  public void setShort(int offset, short value) {
    SHORT.set(bytes, at + offset, value);
  }

  public byte getByte(int offset) {
    return bytes[at + offset];
  }

  public void setByte(int offset, byte value) {
    bytes[at + offset] = value;
  }

  public double getDouble(int offset) {
    return (double) DOUBLE.get(bytes, at + offset);
  }

  public void setDouble(int offset, double value) {
    DOUBLE.set(bytes, at + offset, value);
  }

  public float getFloat(int offset) {
    return (float) FLOAT.get(bytes, at + offset);
  }

  public void setFloat(int offset, double value) {
    FLOAT.set(bytes, at + offset, (float) value);
  }

  /** Takes over so many bytes of another row. */
  public void copyFrom(Row other, int length) {
    System.arraycopy(other.bytes, other.at, bytes, at, length);
  }
}
