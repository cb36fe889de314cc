// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class PageSnapshotsTest {
  private static final int ROW_BYTES = 24;

  private final Row cursor = new Row();
  private final PageSnapshots snapshots = new PageSnapshots();

  /** Each snapshot is written while its successor is used, and while the next one begins. */
  @Test
  void aSnapshotIsAsItWasWhateverItsSuccessorsDoWhileItIsWritten() throws IOException {
    Random random = new Random(11);
    Live live = new Live(filled(5000));
    for (int round = 0; round < 40; round++) {
      int depth = random.nextInt(3);
      assertThat(writtenWhileUsed(live, depth, random)).isTrue();
      assertThat(contents(live.rows)).isEqualTo(live.expected);
    }
  }

  /** Rows that are used, and what should be in them. */
  private final class Live {
    private RowPages rows;
    private final Map<Integer, Long> expected;

    private Live(RowPages rows) {
      this.rows = rows;
      expected = contents(rows);
    }

    private void change(Random random, int times) {
      for (int i = 0; i < times; i++) {
        PageSnapshotsTest.this.change(rows, expected, random);
      }
    }
  }

  /** Whether a snapshot is what it should be, and so are those that begin while it is written. */
  private boolean writtenWhileUsed(Live live, int others, Random random) throws IOException {
    RowPages snapshot = live.rows;
    Map<Integer, Long> then = new TreeMap<>(live.expected);
    int succeeded = random.nextInt(20);
    int nested = random.nextInt(20);
    snapshots.begin();
    boolean[] good = {true};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out =
        new FilterOutputStream(bytes) {
          private int page;

          @Override
          public void write(byte[] from, int at, int length) throws IOException {
            bytes.write(from, at, length);
            if (length <= Long.BYTES) {
              return;
            }
            if (page == succeeded) {
              live.rows = snapshot.successor(snapshots);
            }
            if (page >= succeeded) {
              live.change(random, random.nextInt(5));
            }
            if (page > succeeded && page == nested && others > 0) {
              good[0] &= writtenWhileUsed(live, others - 1, random);
            }
            page++;
          }
        };
    snapshot.writeAway(new DataOutputStream(out));
    if (live.rows == snapshot) {
      live.rows = snapshot.successor(snapshots);
    }
    live.change(random, 200);
    return good[0] && contents(read(bytes.toByteArray())).equals(then);
  }

  @Test
  void aSnapshotIsWrittenByAnotherThreadWhileItsSuccessorIsUsed() throws Exception {
    Random random = new Random(13);
    Live live = new Live(filled(5000));
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 300; round++) {
        RowPages snapshot = live.rows;
        Map<Integer, Long> then = new TreeMap<>(live.expected);
        snapshots.begin();
        live.rows = snapshot.successor(snapshots);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Future<?> written =
            writer.submit(
                () -> {
                  snapshot.writeAway(new DataOutputStream(bytes));
                  return null;
                });
        live.change(random, 300);
        written.get();
        assertThat(contents(read(bytes.toByteArray()))).isEqualTo(then);
        assertThat(contents(live.rows)).isEqualTo(live.expected);
      }
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void pagesThatAreWrittenGoOverAndOthersAreUsedAgain() throws IOException {
    RowPages written = filled(600);
    RowPages first = written.successor(snapshots);
    written.peek(0, 0, cursor);
    written.writeAway(new DataOutputStream(OutputStream.nullOutputStream()));
    Row same = new Row();
    first.read(0, same);
    assertThat(same.isAt(cursor)).isTrue();

    RowPages second = first.successor(snapshots);
    second.read(0, cursor);
    assertThat(same.isAt(cursor)).isFalse();
    first.writeAway(new DataOutputStream(OutputStream.nullOutputStream()));
    snapshots.begin();
    RowPages third = second.successor(snapshots);
    third.read(0, cursor);
    assertThat(same.isAt(cursor)).isTrue();
  }

  /** Writes a row, mostly; or adds one, or gives back the last. */
  private void change(RowPages rows, Map<Integer, Long> expected, Random random) {
    int row = random.nextInt(rows.top());
    if (row % 50 == 1) {
      row = rows.add();
    } else if (row % 50 == 0) {
      row = rows.top() - 1;
      rows.remove(row);
      expected.remove(row);
      return;
    }
    long value = random.nextLong();
    rows.read(row, cursor);
    cursor.setLong(8, value);
    expected.put(row, value);
  }

  private static RowPages filled(int count) {
    RowPages rows = new RowPages(ROW_BYTES);
    for (int i = 0; i < count; i++) {
      rows.add();
    }
    return rows;
  }

  private static RowPages read(byte[] bytes) throws IOException {
    return RowPages.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private Map<Integer, Long> contents(RowPages rows) {
    Map<Integer, Long> contents = new TreeMap<>();
    for (int row = 0; row < rows.top(); row++) {
      if (rows.isUsed(row)) {
        rows.read(row, cursor);
        contents.put(row, cursor.getLong(8));
      }
    }
    return contents;
  }
}
