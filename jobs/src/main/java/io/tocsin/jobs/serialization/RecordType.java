// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.RecordCodec;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.topology.TopologyRecord;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * The types of records that travel in topics, on edges and in state, each with its codec. Only its
 * name is shipped and stored, so a name is for ever.
 *
 * @param <T> the record; immutable
 */
public final class RecordType<T> implements Serializable {
  /** Findings and marks of progress. */
  public static final RecordType<FindingsRecord> FINDINGS =
      new RecordType<>("findings", FindingsRecord.class, Codecs.FINDINGS, RecordType::findingsKey);

  public static final RecordType<Incident> INCIDENTS =
      new RecordType<>("incidents", Incident.class, Codecs.INCIDENTS, Incident::id);

  public static final RecordType<Alert> ALERTS =
      new RecordType<>("alerts", Alert.class, Codecs.ALERTS, Alert::id);

  public static final RecordType<Change> CHANGES =
      new RecordType<>("changes", Change.class, Codecs.CHANGES, Change::id);

  public static final RecordType<DeadLetter> DEAD_LETTERS =
      new RecordType<>("dead-letters", DeadLetter.class, Codecs.DEAD_LETTERS, RecordType::place);

  public static final RecordType<LogPattern> PATTERNS =
      new RecordType<>("patterns", LogPattern.class, Codecs.PATTERNS, LogPattern::key);

  public static final RecordType<TopologyRecord> TOPOLOGY =
      new RecordType<>("topology", TopologyRecord.class, Codecs.TOPOLOGY, TopologyRecord::key);

  public static final RecordType<Feedback> FEEDBACK =
      new RecordType<>("feedback", Feedback.class, Codecs.FEEDBACK, Feedback::key);

  /** What incidents are seen against; it is in no topic. */
  public static final RecordType<Circumstance> CIRCUMSTANCES =
      new RecordType<>(
          "circumstances", Circumstance.class, new CircumstanceCodec(), circumstance -> "");

  private static final String DECODED = "decoded-";

  private static final List<RecordType<?>> ALL =
      List.of(
          FINDINGS,
          INCIDENTS,
          ALERTS,
          CHANGES,
          DEAD_LETTERS,
          PATTERNS,
          TOPOLOGY,
          FEEDBACK,
          CIRCUMSTANCES);

  private final String name;
  private final transient Class<T> type;
  private final transient RecordCodec<T> codec;
  private final transient Function<T, String> key;

  private RecordType(String name, Class<T> type, RecordCodec<T> codec, Function<T, String> key) {
    this.name = name;
    this.type = type;
    this.codec = codec;
    this.key = key;
  }

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException when this release knows none
   */
  static RecordType<?> named(String name) {
    if (name.startsWith(DECODED)) {
      return named(name.substring(DECODED.length())).decoded();
    }
    return ALL.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no record type " + name + "; the state is of another release"));
  }

  /** This type as it comes out of a Kafka source: a record, or why it could not be read. */
  @SuppressWarnings("unchecked") // There is no class literal of a generic type.
  public RecordType<Decoded<T>> decoded() {
    Class<Decoded<T>> decodedType = (Class<Decoded<T>>) (Class<?>) Decoded.class;
    return new RecordType<>(DECODED + name, decodedType, new DecodedCodec<>(codec), decoded -> "");
  }

  /** Type information for streams and state. */
  public SerializerTypeInformation<T> typeInformation() {
    return new SerializerTypeInformation<>(type, new CodecSerializer<>(this));
  }

  String name() {
    return name;
  }

  Class<T> type() {
    return type;
  }

  RecordCodec<T> codec() {
    return codec;
  }

  /** The key under which Kafka keeps the record, or the empty string. */
  String key(T record) {
    return key.apply(record);
  }

  private static String findingsKey(FindingsRecord record) {
    Finding finding = record.finding();
    Progress progress = record.progress();
    return finding != null ? finding.id() : progress != null ? progress.source() : "";
  }

  private static String place(DeadLetter letter) {
    return letter.topic() + "-" + letter.partition() + "-" + letter.offset();
  }

  private Object readResolve() {
    return named(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordType<?> that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
