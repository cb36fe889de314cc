// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowPagesTest {
  private static final int ROW_BYTES = 24;

  private final Row cursor = new Row();

  @Test
  void aFreshRowIsAllZerosEvenWhenItsNumberWasUsedBefore() {
    RowPages rows = new RowPages(ROW_BYTES);
    int row = rows.add();
    rows.read(row, cursor);
    cursor.setLong(0, -1);
    cursor.setDouble(16, Math.PI);
    rows.remove(row);

    assertThat(rows.add()).isEqualTo(row);
    rows.read(row, cursor);
    assertThat(cursor.getLong(0)).isZero();
    assertThat(cursor.getDouble(16)).isZero();
  }

  @Test
  void theLowestFreeNumberIsUsedAgainFirst() {
    RowPages rows = filled(1000);
    rows.remove(700);
    rows.remove(3);
    rows.remove(64);

    assertThat(rows.add()).isEqualTo(3);
    assertThat(rows.add()).isEqualTo(64);
    assertThat(rows.add()).isEqualTo(700);
    assertThat(rows.add()).isEqualTo(1000);
  }

  @Test
  void pagesThatAreFreeAtTheEndAreGivenUp() {
    RowPages rows = filled(100);
    long before = rows.bytes();
    for (int i = 0; i < 10_000; i++) {
      rows.add();
    }
    for (int row = 100; row < 10_100; row++) {
      rows.remove(row);
    }

    assertThat(rows.top()).isEqualTo(100);
    assertThat(rows.bytes()).isLessThanOrEqualTo(2 * before);
  }

  @Test
  void aCursorSeesEachTypeAsItWasSetAtAnyOffset() {
    RowPages rows = filled(300);
    rows.read(299, 1, cursor);
    cursor.setLong(0, Long.MIN_VALUE + 1);
    cursor.setInt(8, -7);
    cursor.setShort(12, (short) -2);
    cursor.setByte(14, (byte) -3);
    cursor.setFloat(15, 0.1);

    Row again = new Row();
    rows.read(299, again);
    assertThat(again.getLong(1)).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(again.getInt(9)).isEqualTo(-7);
    assertThat(again.getShort(13)).isEqualTo((short) -2);
    assertThat(again.getByte(15)).isEqualTo((byte) -3);
    assertThat(again.getFloat(16)).isEqualTo(0.1f);
  }

  @Test
  void rowsBehaveLikeAMapUnderRandomUseAndSurviveWritingAndReading() throws IOException {
    Random random = new Random(5);
    RowPages rows = new RowPages(ROW_BYTES);
    TreeMap<Integer, Long> expected = new TreeMap<>();
    for (int step = 0; step < 20_000; step++) {
      boolean grow = random.nextInt(100) < (step / 4000 % 2 == 0 ? 65 : 35);
      if (grow || expected.isEmpty()) {
        int row = rows.add();
        long value = random.nextLong();
        rows.read(row, cursor);
        cursor.setLong(8, value);
        assertThat(expected.put(row, value)).isNull();
      } else {
        int some = random.nextInt(rows.top());
        Integer row = expected.ceilingKey(some);
        rows.remove(row == null ? expected.firstKey() : row);
        expected.remove(row == null ? expected.firstKey() : row);
      }
      if (step % 2500 == 0) {
        rows = read(written(rows));
      }
    }
    assertThat(contents(rows)).isEqualTo(expected);
    assertThat(rows.size()).isEqualTo(expected.size());
  }

  @Test
  void whatIsDoneToACopyIsSeenInNoOtherAndTheOtherWayRound() throws IOException {
    Random random = new Random(7);
    List<RowPages> copies = new ArrayList<>(List.of(filled(700)));
    List<Map<Integer, Long>> expected = new ArrayList<>(List.of(contents(copies.get(0))));
    for (int step = 0; step < 4000; step++) {
      int one = random.nextInt(copies.size());
      RowPages rows = copies.get(one);
      if (step % 500 == 0) {
        copies.add(rows.copy());
        expected.add(new TreeMap<>(expected.get(one)));
      }
      change(rows, expected.get(one), random);
    }

    for (int i = 0; i < copies.size(); i++) {
      assertThat(contents(read(written(copies.get(i))))).isEqualTo(expected.get(i));
    }
  }

  /** Writes a row, mostly; or gives some at the end back, so that pages go, or adds some. */
  private void change(RowPages rows, Map<Integer, Long> expected, Random random) {
    int dice = random.nextInt(100);
    if (dice == 0) {
      for (int row = rows.top() - 1; row > 300 && rows.size() > 300; row--) {
        if (rows.isUsed(row)) {
          rows.remove(row);
          expected.remove(row);
        }
      }
    } else if (dice < 20) {
      expected.put(rows.add(), 0L);
    } else {
      int row = random.nextInt(rows.top());
      if (rows.isUsed(row)) {
        long value = random.nextLong();
        rows.read(row, cursor);
        cursor.setLong(8, value);
        expected.put(row, value);
      }
    }
  }

  @Test
  void aCopySharesNothing() throws IOException {
    RowPages rows = filled(600);
    rows.remove(5);
    byte[] before = written(rows);
    RowPages copy = rows.copy();
    copy.read(599, cursor);
    cursor.setLong(0, 99);
    copy.remove(10);
    copy.add();
    copy.add();
    copy.add();

    assertThat(written(rows)).isEqualTo(before);
    assertThat(rows.size()).isEqualTo(599);
    assertThat(rows.isUsed(10)).isTrue();
  }

  @Test
  void rowsTakeAnotherLengthUnderTheirNumbers() throws IOException {
    RowPages rows = filled(600);
    rows.remove(5);
    RowPages longer =
        rows.changed(ROW_BYTES + 8, 8, 8, (old, fresh) -> fresh.setLong(16, 2 * old.getLong(0)));

    assertThat(longer.size()).isEqualTo(599);
    assertThat(longer.isUsed(5)).isFalse();
    Row before = new Row();
    for (int row = 6; row < 600; row++) {
      rows.read(row, before);
      longer.read(row, cursor);
      assertThat(cursor.getLong(0)).isEqualTo(before.getLong(0));
      assertThat(cursor.getLong(24)).isEqualTo(2 * before.getLong(8));
    }
    assertThat(longer.add()).isEqualTo(5);
    assertThat(written(read(written(longer)))).isEqualTo(written(longer));
  }

  @Test
  void aLengthThatNoRowHasIsRefused() throws IOException {
    byte[] bytes = written(filled(3));
    bytes[0] = 1;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("which cannot be");
  }

  @Test
  void rowsWithoutBytesAreNumbersOnly() throws IOException {
    RowPages rows = new RowPages(0);
    rows.add();
    rows.add();
    rows.remove(0);

    assertThat(new TreeSet<>(contents(read(written(rows))).keySet())).containsExactly(1);
  }

  private static RowPages filled(int count) {
    RowPages rows = new RowPages(ROW_BYTES);
    for (int i = 0; i < count; i++) {
      rows.add();
    }
    return rows;
  }

  private Map<Integer, Long> contents(RowPages rows) {
    Map<Integer, Long> contents = new TreeMap<>();
    for (int row = 0; row < rows.top(); row++) {
      if (rows.isUsed(row)) {
        rows.read(row, cursor);
        contents.put(row, rows.bytes() == 0 ? 0 : cursor.getLong(8));
      }
    }
    return contents;
  }

  private static byte[] written(RowPages rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.writeTo(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static RowPages read(byte[] bytes) throws IOException {
    return RowPages.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
