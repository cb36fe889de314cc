// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rows;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one length, in pages, numbered from 0; a number given back is used again, the lowest
 * first, and pages that are free at the end are given up. A fresh row is all zeros.
 *
 * <p>A copy shares the pages of the original until either of them moves a cursor into one: so what
 * a copy costs is spread over the time in which rows are used, and most of it is never paid when
 * one of the two is only written away.
 */
public final class RowPages {
  /** Of a page of many small rows, as a power of two. */
  private static final int PAGE_SHIFT = 8;

  private static final int FREE_BITS = 64;
  private static final int MOST_ROW_BYTES = 1 << 16;

  private final int rowBytes;
  private final int pageShift;
  private byte[][] pages;

  /** Of each page, who else has it; null while there never was a copy. */
  private byte @Nullable [] holds;

  /** Nobody else has the page. */
  private static final byte OWN = 0;

  /** Somebody else has it, for who knows how long. */
  private static final byte SHARED = 1;

  /** Only the rows that this is the copy of have it, until they are written away. */
  private static final byte INHERITED = 2;

  /** Where pages are inherited from, when these rows are a copy that takes the original's place. */
  private Snapshots.@Nullable Handover from;

  /** Where pages are left to, when a copy has taken the place of these. */
  private volatile Snapshots.@Nullable Handover to;

  /** One bit a row: set while the row is in use. */
  private long[] used;

  private int top;
  private int inUse;
  private int searchFrom;

  /** No rows yet, of this length in bytes. */
  public RowPages(int rowBytes) {
    this(rowBytes, PAGE_SHIFT);
  }

  /**
   * No rows yet, few of which are expected.
   *
   * @param pageShift a page has two to the power of this rows
   */
  public RowPages(int rowBytes, int pageShift) {
    this(rowBytes, pageShift, new byte[0][], new long[0], 0);
  }

  private RowPages(int rowBytes, int pageShift, byte[][] pages, long[] used, int top) {
    this.rowBytes = rowBytes;
    this.pageShift = pageShift;
    this.pages = pages;
    this.used = used;
    this.top = top;
    for (long word : used) {
      inUse += Long.bitCount(word);
    }
  }

  /**
   * A copy; what is done to one of the two from now on is not seen in the other. Cursors moved
   * before must be moved again.
   */
  public RowPages copy() {
    RowPages copy = new RowPages(rowBytes, pageShift, pages.clone(), used.clone(), top);
    holds = allShared();
    copy.holds = allShared();
    return copy;
  }

  private byte[] allShared() {
    byte[] all = new byte[pages.length];
    Arrays.fill(all, SHARED);
    return all;
  }

  /**
   * A copy that takes the place of these rows, which are only written away from now on, {@link
   * #writeAway once}: pages go over to the copy as they are written, and a page that the copy needs
   * sooner is given back by whoever writes.
   */
  public RowPages successor(Snapshots snapshots) {
    RowPages copy = new RowPages(rowBytes, pageShift, pages.clone(), used.clone(), top);
    Snapshots.Handover handover = snapshots.handover(pages.length);
    byte[] left = new byte[pages.length];
    for (int page = 0; page < left.length; page++) {
      left[page] = isOwn(page) ? INHERITED : SHARED;
    }
    copy.holds = left;
    copy.from = handover;
    to = handover;
    return copy;
  }

  private boolean isOwn(int page) {
    return holds == null
        || holds[page] == OWN
        || (holds[page] == INHERITED && Objects.requireNonNull(from).isWritten(page));
  }

  /** Fills the rest of a fresh row with what the rest of an old one holds. */
  public interface Change {
    void change(Row old, Row fresh);
  }

  /**
   * Rows of another length under the same numbers.
   *
   * @param oldHead so many bytes at the beginning of each row are taken over
   * @param newHead where the rest of a fresh row begins, at or after them
   * @param change fills the rest, which is all zeros
   */
  public RowPages changed(int newRowBytes, int oldHead, int newHead, Change change) {
    byte[][] fresh = new byte[pages.length][rowsPerPage() * newRowBytes];
    RowPages changed = new RowPages(newRowBytes, pageShift, fresh, used.clone(), top);
    Row from = new Row();
    Row to = new Row();
    for (int row = 0; row < top; row++) {
      if (isUsed(row)) {
        peek(row, 0, from);
        changed.read(row, to);
        to.copyFrom(from, oldHead);
        peek(row, oldHead, from);
        changed.read(row, newHead, to);
        change.change(from, to);
      }
    }
    return changed;
  }

  /** How many rows are in use. */
  public int size() {
    return inUse;
  }

  /** All row numbers in use are below this. */
  public int top() {
    return top;
  }

  /** Bytes of memory that the rows take, in use or not. */
  public long bytes() {
    return (long) pages.length * rowsPerPage() * rowBytes;
  }

  /** Whether this row number is in use. */
  public boolean isUsed(int row) {
    return (used[row / FREE_BITS] >>> row & 1) != 0;
  }

  /** The number of a fresh row, all zeros. */
  public int add() {
    int row = inUse < top ? firstFree() : top++;
    if (row >>> pageShift >= pages.length) {
      addPage();
    }
    if (row / FREE_BITS >= used.length) {
      used = Arrays.copyOf(used, Math.max(1, used.length * 2));
    }
    int from = offset(row);
    Arrays.fill(ownPage(row >>> pageShift), from, from + rowBytes, (byte) 0);
    used[row / FREE_BITS] |= 1L << row;
    inUse++;
    return row;
  }

  private void addPage() {
    int number = pages.length;
    pages = Arrays.copyOf(pages, number + 1);
    pages[number] = new byte[rowsPerPage() * rowBytes];
    if (holds != null) {
      holds = Arrays.copyOf(holds, number + 1);
      holds[number] = OWN;
    }
  }

  /** Gives a row number back. */
  public void remove(int row) {
    used[row / FREE_BITS] &= ~(1L << row);
    inUse--;
    searchFrom = Math.min(searchFrom, row / FREE_BITS);
    while (top > 0 && !isUsed(top - 1)) {
      top--;
    }
    // One page is kept in hand, so that a row that comes and goes costs no page each time.
    int kept = pagesFor(top, pageShift) + 1;
    if (kept < pages.length) {
      pages = Arrays.copyOf(pages, kept);
    }
  }

  /** Moves a cursor to a row. */
  public void read(int row, Row cursor) {
    read(row, 0, cursor);
  }

  /** Moves a cursor into a row, so that its offset 0 is the row's byte {@code from}. */
  public void read(int row, int from, Row cursor) {
    cursor.moveTo(ownPage(row >>> pageShift), offset(row) + from);
  }

  /** Moves a cursor into a row, through which nothing is written. */
  public void peek(int row, int from, Row cursor) {
    cursor.moveTo(pages[row >>> pageShift], offset(row) + from);
  }

  /** A page that nobody else has. */
  private byte[] ownPage(int number) {
    if (holds != null && holds[number] != OWN) {
      pages[number] =
          holds[number] == SHARED
              ? pages[number].clone()
              : Objects.requireNonNull(from).take(number, pages[number]);
      holds[number] = OWN;
    }
    return pages[number];
  }

  /** Writes all rows, so that {@link #readFrom} gives the same again. */
  public void writeTo(DataOutput out) throws IOException {
    write(out, false);
  }

  /**
   * Writes the same, and leaves pages to the successor, if there is one by then; these rows are not
   * used any more after that.
   */
  public void writeAway(DataOutput out) throws IOException {
    write(out, true);
  }

  private void write(DataOutput out, boolean away) throws IOException {
    out.writeInt(rowBytes);
    out.writeInt(top);
    for (int i = 0; i < (top + FREE_BITS - 1) / FREE_BITS; i++) {
      out.writeLong(used[i]);
    }
    for (int row = 0; row < top; row += rowsPerPage()) {
      int rows = Math.min(rowsPerPage(), top - row);
      int page = row >>> pageShift;
      out.write(pages[page], 0, rows * rowBytes);
      Snapshots.Handover handover = to;
      if (away && handover != null) {
        handover.written(page, pages[page]);
      }
    }
  }

  /** Length of a row in bytes. */
  public int rowBytes() {
    return rowBytes;
  }

  /**
   * Reads what {@link #writeTo} wrote: rows as long as they were.
   *
   * @throws IOException if no row can be so long
   */
  public static RowPages readFrom(DataInput in) throws IOException {
    return readRows(in, in.readInt(), PAGE_SHIFT);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param rowBytes the length of a row in this release
   * @param pageShift a page has two to the power of this rows
   * @throws IOException if the rows were written with another length
   */
  public static RowPages readFrom(DataInput in, int rowBytes, int pageShift) throws IOException {
    int written = in.readInt();
    if (written != rowBytes) {
      throw new IOException(
          "the state has rows of " + written + " bytes, this release has rows of " + rowBytes);
    }
    return readRows(in, rowBytes, pageShift);
  }

  private static RowPages readRows(DataInput in, int rowBytes, int pageShift) throws IOException {
    if (rowBytes < 0 || rowBytes > MOST_ROW_BYTES) {
      throw new IOException("the state has rows of " + rowBytes + " bytes, which cannot be");
    }
    int top = in.readInt();
    int pageCount = pagesFor(top, pageShift);
    int rowsPerPage = 1 << pageShift;
    long[] used = new long[(top + FREE_BITS - 1) / FREE_BITS];
    for (int i = 0; i < used.length; i++) {
      used[i] = in.readLong();
    }
    byte[][] pages = new byte[pageCount][rowsPerPage * rowBytes];
    for (int row = 0; row < top; row += rowsPerPage) {
      int rows = Math.min(rowsPerPage, top - row);
      in.readFully(pages[row >>> pageShift], 0, rows * rowBytes);
    }
    return new RowPages(rowBytes, pageShift, pages, used, top);
  }

  private static int pagesFor(int rows, int pageShift) {
    return (rows + (1 << pageShift) - 1) >>> pageShift;
  }

  private int rowsPerPage() {
    return 1 << pageShift;
  }

  private int firstFree() {
    int word = searchFrom;
    while (used[word] == -1L) {
      word++;
    }
    searchFrom = word;
    return word * FREE_BITS + Long.numberOfTrailingZeros(~used[word]);
  }

  private int offset(int row) {
    return (row & (rowsPerPage() - 1)) * rowBytes;
  }
}
