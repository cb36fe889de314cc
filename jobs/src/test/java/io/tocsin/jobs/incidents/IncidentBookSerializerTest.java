// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static io.tocsin.jobs.incidents.Findings.SECOND;
import static io.tocsin.jobs.incidents.Findings.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.BookPages;
import io.tocsin.models.incidents.Bookkeeping;
import io.tocsin.models.incidents.IncidentBook;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.incidents.Knowledge;
import io.tocsin.models.incidents.OpenedOfDay;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class IncidentBookSerializerTest {
  private static final Knowledge NOTHING =
      Knowledge.of(List.of(), new Topology(TopologySettings.DEFAULTS));

  private final IncidentBookSerializer serializer = new IncidentBookSerializer();

  @Test
  void aBookSurvivesTheRoundTrip() throws Exception {
    IncidentBook book = book();
    BookPages pages = book.pages();
    assertSomethingOnEveryPage(pages);
    assertThat(pages.openedOfDay().incidents()).isPositive();
    byte[] bytes = bytes(book);
    assertThat(read(bytes).pages()).isEqualTo(pages);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
  }

  /** Books of the first version must be readable for ever; the file is never changed. */
  @Test
  void aBookOfTheFirstVersionIsReadAndKeepsWhatItHolds() throws Exception {
    IncidentBook read = read(bookOfTheFirstVersion());
    assertSomethingOnEveryPage(read.pages());
    assertThat(read.pages().openedOfDay()).isEqualTo(OpenedOfDay.NONE);
    assertThat(read(bytes(read)).pages()).isEqualTo(read.pages());
  }

  @Test
  void aBookOfTheSecondVersionCountsTheIncidentsOfTheDayBesides() throws Exception {
    DataOutputSerializer second = new DataOutputSerializer(1_024);
    second.write(bookOfTheFirstVersion());
    second.writeLong(20_000);
    second.writeInt(7);
    byte[] stored = second.getCopyOfBuffer();
    stored[0] = 2;
    IncidentBook read = read(stored);
    assertSomethingOnEveryPage(read.pages());
    assertThat(read.pages().openedOfDay()).isEqualTo(new OpenedOfDay(20_000, 7));
    assertThat(read(bytes(read)).pages()).isEqualTo(read.pages());
  }

  private byte[] bookOfTheFirstVersion() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("book-v1.base64")) {
      assertThat(golden).isNotNull();
      String text = new String(golden.readAllBytes(), StandardCharsets.US_ASCII);
      return Base64.getMimeDecoder().decode(text);
    }
  }

  @Test
  void whatIsWrittenToACopyDoesNotShowInTheOriginal() throws Exception {
    IncidentBook book = book();
    BookPages before = book.pages();
    IncidentBook copy = serializer.copy(book);
    new Bookkeeping(IncidentSettings.DEFAULTS, 1)
        .advance(
            copy,
            List.of(FindingsRecord.of(Findings.symptom(2_000))),
            NOTHING,
            START + 2_000 * SECOND);
    assertThat(book.pages()).isEqualTo(before);
    assertThat(copy.pages()).isNotEqualTo(before);
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {4}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("later release");
  }

  @Test
  void aSavepointRestoresTheSerializer() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<IncidentBook> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    TypeSerializer<IncidentBook> restored = snapshot.restoreSerializer();
    assertThat(restored).isEqualTo(serializer);
    assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(snapshot))
        .matches(compatibility -> compatibility.isCompatibleAsIs());
  }

  private static void assertSomethingOnEveryPage(BookPages pages) {
    assertThat(pages.pool()).isNotEmpty();
    assertThat(pages.open()).isNotEmpty();
    assertThat(pages.resolved()).isNotEmpty();
    assertThat(pages.watched()).isNotEmpty();
    assertThat(pages.past()).isNotEmpty();
  }

  private byte[] bytes(IncidentBook book) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1_024);
    serializer.serialize(book, out);
    return out.getCopyOfBuffer();
  }

  private IncidentBook read(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    IncidentBook book = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return book;
  }

  /** A book with something on every page. */
  private static IncidentBook book() {
    Bookkeeping bookkeeping = new Bookkeeping(IncidentSettings.DEFAULTS, 900_000);
    IncidentBook book = new IncidentBook();
    advance(bookkeeping, book, 0, Findings.progress(0, Findings.service("", "cart")));
    advance(bookkeeping, book, 0, FindingsRecord.of(Findings.symptom(0)));
    advance(bookkeeping, book, 10, FindingsRecord.of(Findings.ended(Findings.symptom(0), 10)));
    advance(bookkeeping, book, 200);
    advance(
        bookkeeping,
        book,
        700,
        FindingsRecord.of(
            Findings.finding("s2", Findings.service("", "search"), Role.SYMPTOM, 700, 4)),
        FindingsRecord.of(
            Findings.finding("e2", Findings.service("", "search"), Role.EVIDENCE, 700, 1.5)));
    advance(
        bookkeeping,
        book,
        701,
        FindingsRecord.of(
            Findings.finding(
                "e3",
                new Entity("", "billing", "", "mail", "n1", "mail-1"),
                Role.EVIDENCE,
                701,
                0.7)));
    return book;
  }

  private static void advance(
      Bookkeeping bookkeeping, IncidentBook book, long second, FindingsRecord... records) {
    bookkeeping.advance(book, List.of(records), NOTHING, START + second * SECOND);
  }
}
