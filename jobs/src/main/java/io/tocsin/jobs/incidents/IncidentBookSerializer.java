// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.jobs.serialization.SimpleSerializer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.BookPages;
import io.tocsin.models.incidents.Deviation;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentBook;
import io.tocsin.models.incidents.IncidentFile;
import io.tocsin.models.incidents.OpenedOfDay;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Told;
import io.tocsin.models.telemetry.Entity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Books of incidents in state. Each begins with the version of its format; findings and incidents
 * in it are written as in their topics, so that their schemas may grow without a new version.
 */
final class IncidentBookSerializer extends SimpleSerializer<IncidentBook> {
  private static final byte VERSION = 3;

  /** It did not keep the end of the band at the worst moment of a deviation. */
  private static final byte WITHOUT_BOUND = 2;

  /** It did not count the incidents of a day either. */
  private static final byte WITHOUT_DAY = 1;

  private final CodecSerializer<FindingsRecord> findings =
      new CodecSerializer<>(RecordType.FINDINGS);
  private final CodecSerializer<Incident> incidents = new CodecSerializer<>(RecordType.INCIDENTS);

  @Override
  public void serialize(IncidentBook book, DataOutputView out) throws IOException {
    BookPages pages = book.pages();
    out.writeByte(VERSION);
    out.writeLong(pages.time());
    writeAll(pages.pool(), out);
    out.writeInt(pages.open().size());
    for (IncidentFile file : pages.open()) {
      write(file, out);
    }
    out.writeInt(pages.resolved().size());
    for (Told told : pages.resolved()) {
      incidents.serialize(told.incident(), out);
      out.writeUTF(told.openedAs().name());
    }
    writeWatched(pages.watched(), out);
    writePast(pages.past(), out);
    out.writeLong(pages.openedOfDay().day());
    out.writeInt(pages.openedOfDay().incidents());
  }

  @Override
  public IncidentBook deserialize(DataInputView in) throws IOException {
    byte version = in.readByte();
    if (version > VERSION || version < WITHOUT_DAY) {
      throw new IOException(
          "version "
              + version
              + " of stored incidents is unknown; the state is of a later"
              + " release");
    }
    long time = in.readLong();
    List<Deviation> pool = readAll(in, version);
    List<IncidentFile> open = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      open.add(readFile(in, version));
    }
    List<Told> resolved = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      resolved.add(new Told(incidents.deserialize(in), Severity.valueOf(in.readUTF())));
    }
    Map<Entity, Long> watched = readWatched(in);
    Map<String, Long> past = readPast(in);
    OpenedOfDay openedOfDay =
        version == WITHOUT_DAY ? OpenedOfDay.NONE : new OpenedOfDay(in.readLong(), in.readInt());
    return new IncidentBook(new BookPages(time, pool, open, resolved, watched, past, openedOfDay));
  }

  private void write(IncidentFile file, DataOutputView out) throws IOException {
    write(file.opener(), out);
    out.writeUTF(file.openedAs().name());
    writeAll(file.members(), out);
    incidents.serialize(file.told(), out);
    out.writeInt(file.findings());
    out.writeInt(file.toldSubjects());
    out.writeLong(file.weighed());
    out.writeBoolean(file.news());
  }

  private IncidentFile readFile(DataInputView in, byte version) throws IOException {
    return new IncidentFile(
        read(in, version),
        Severity.valueOf(in.readUTF()),
        readAll(in, version),
        incidents.deserialize(in),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readBoolean());
  }

  private void writeAll(List<Deviation> deviations, DataOutputView out) throws IOException {
    out.writeInt(deviations.size());
    for (Deviation deviation : deviations) {
      write(deviation, out);
    }
  }

  private List<Deviation> readAll(DataInputView in, byte version) throws IOException {
    List<Deviation> deviations = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      deviations.add(read(in, version));
    }
    return deviations;
  }

  private void write(Deviation deviation, DataOutputView out) throws IOException {
    findings.serialize(FindingsRecord.of(deviation.last()), out);
    out.writeDouble(deviation.worst());
    out.writeDouble(deviation.observed());
    out.writeDouble(deviation.expected());
    out.writeDouble(deviation.bound());
    out.writeLong(deviation.strongSince());
    out.writeLong(deviation.overSince());
  }

  private Deviation read(DataInputView in, byte version) throws IOException {
    Finding last = Objects.requireNonNull(findings.deserialize(in).finding());
    return new Deviation(
        last,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        version <= WITHOUT_BOUND ? Deviation.bound(last) : in.readDouble(),
        in.readLong(),
        in.readLong());
  }

  private static void writeWatched(Map<Entity, Long> watched, DataOutputView out)
      throws IOException {
    Map<Entity, Long> sorted = new TreeMap<>(Entity.ORDER);
    sorted.putAll(watched);
    out.writeInt(sorted.size());
    for (Map.Entry<Entity, Long> entry : sorted.entrySet()) {
      for (String part : entry.getKey().parts()) {
        StringValue.writeString(part, out);
      }
      out.writeLong(entry.getValue());
    }
  }

  private static Map<Entity, Long> readWatched(DataInputView in) throws IOException {
    Map<Entity, Long> watched = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Entity entity =
          new Entity(
              StringValue.readString(in),
              StringValue.readString(in),
              StringValue.readString(in),
              StringValue.readString(in),
              StringValue.readString(in),
              StringValue.readString(in));
      watched.put(entity, in.readLong());
    }
    return watched;
  }

  private static void writePast(Map<String, Long> past, DataOutputView out) throws IOException {
    out.writeInt(past.size());
    for (Map.Entry<String, Long> entry : new TreeMap<>(past).entrySet()) {
      StringValue.writeString(entry.getKey(), out);
      out.writeLong(entry.getValue());
    }
  }

  private static Map<String, Long> readPast(DataInputView in) throws IOException {
    Map<String, Long> past = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      past.put(StringValue.readString(in), in.readLong());
    }
    return past;
  }

  @Override
  public IncidentBook copy(IncidentBook book) {
    return new IncidentBook(book.pages());
  }

  @Override
  public IncidentBook createInstance() {
    return new IncidentBook();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializerSnapshot<IncidentBook> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says of this serializer: only that it wrote. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<IncidentBook> {
    public Snapshot() {
      super(IncidentBookSerializer::new);
    }
  }
}
