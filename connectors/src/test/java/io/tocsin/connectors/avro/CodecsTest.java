// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.findings.ChangedParameter;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Member;
import io.tocsin.models.incidents.News;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.incidents.Verdicts;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.KubeObject;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
  /** The releases whose records this version must read. */
  private static final List<String> RELEASED = List.of("0.1.0");

  static List<Samples.Sample<?>> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordIsEncodedByteForByteAsInTheGoldenFile(Samples.Sample<?> sample) throws Exception {
    assertThat(HexFormat.of().formatHex(ReleaseFiles.encode(sample)))
        .isEqualTo(text("/golden/" + sample.name() + ".hex").strip());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordComesBackAsItWas(Samples.Sample<?> sample) throws Exception {
    assertThat(sample.codec().decode(ReleaseFiles.encode(sample))).isEqualTo(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void recordsOfEarlierReleasesAreRead(Samples.Sample<?> sample) throws Exception {
    for (String release : RELEASED) {
      byte[] bytes = HexFormat.of().parseHex(released(release, sample, ".hex").strip());
      assertThat(sample.codec().decode(bytes)).isEqualTo(sample.value());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void schemasCanReadWhatEarlierReleasesWrote(Samples.Sample<?> sample) throws Exception {
    for (String release : RELEASED) {
      Schema writer = new Schema.Parser().parse(released(release, sample, ".avsc"));
      var result =
          SchemaCompatibility.checkReaderWriterCompatibility(Schemas.of(sample.name()), writer);
      assertThat(result.getResult().getIncompatibilities()).isEmpty();
    }
  }

  @Test
  void enumsHaveTheSymbolsOfTheModelsAndADefault() {
    assertEnum(field("Finding", "phase"), Phase.values());
    assertEnum(field("Finding", "role"), Role.values());
    assertEnum(field("Finding", "direction"), Direction.values());
    assertEnum(field("Incident", "transition"), Incident.Transition.values());
    assertEnum(field("Incident", "severity"), Severity.values());
    assertEnum(field("Evidence", "kind"), Evidence.Kind.values());
    assertEnum(field("Cleared", "why"), Cleared.Why.values());
    assertEnum(field("Member", "reason"), Member.Reason.values());
    assertEnum(field("News", "kind"), News.Kind.values());
    assertEnum(field("Feedback", "kind"), Feedback.Kind.values());
  }

  @Test
  void whatLogsShowComesBackAsItWas() throws Exception {
    LogEvidence log =
        new LogEvidence(
            "0123456789abcdef",
            "order <*> is lost",
            "error",
            List.of("order 16 is lost", "order 17 is lost"),
            "4bf92f3577b34da6a3ce929d0e0e4736",
            new ChangedParameter(1, "17", "1 to 9"));
    Finding finding = Objects.requireNonNull(Samples.FINDING).with(log);
    FindingsRecord record = FindingsRecord.of(finding);
    assertThat(Codecs.FINDINGS.decode(Codecs.FINDINGS.encode(record))).isEqualTo(record);
    LogPattern pattern =
        new LogPattern(
            "0123456789abcdef", Samples.ENTITY, "order <*>", "error", 3, 1, 2, "order 1", "");
    assertThat(Codecs.PATTERNS.decode(Codecs.PATTERNS.encode(pattern))).isEqualTo(pattern);
  }

  @Test
  void whatAnIncidentIsMadeOfComesBackAsItWas() throws Exception {
    Incident plain = Samples.INCIDENT;
    CallEdge edge = new CallEdge(Samples.ENTITY, Entity.NONE);
    Grouping grouping =
        new Grouping(
            "0123456789abcdef",
            List.of(
                new Member(Samples.ENTITY, Member.Reason.CALLER, List.of(edge), Samples.TIME, 3)),
            List.of(new News(News.Kind.SPLIT, Samples.ENTITY, "fedcba9876543210")),
            7,
            20,
            1.5,
            "latency_seconds",
            Samples.ENTITY,
            3);
    Incident incident =
        new Incident(
            plain.id(),
            plain.transition(),
            plain.revision(),
            plain.time(),
            plain.onset(),
            plain.opened(),
            plain.closed(),
            plain.severity(),
            plain.entity(),
            plain.title(),
            plain.symptoms(),
            List.of(
                new Suspect(
                    Samples.ENTITY,
                    1,
                    0.5,
                    Samples.TIME,
                    List.of(),
                    List.of(edge),
                    new Verdicts(2, 1))),
            List.of(new Cleared(Entity.NONE, "later", Cleared.Why.BEGAN_LATER, Samples.ENTITY, 9)),
            plain.changes(),
            plain.findings(),
            grouping);
    assertThat(Codecs.INCIDENTS.decode(Codecs.INCIDENTS.encode(incident))).isEqualTo(incident);
    assertThat(grouping.overBudget()).isFalse();
  }

  @Test
  void callsOwnersAndFeedbackComeBackAsTheyWere() throws Exception {
    SeenEdge edge = new SeenEdge(new CallEdge(Samples.ENTITY, Entity.NONE), Samples.TIME);
    KubeObject pod = KubeObject.pod("eu", "shop", "cart-5d4f8c7b9-x2x4z");
    ObjectLink link = new ObjectLink(pod, "ReplicaSet", "cart-5d4f8c7b9", Samples.TIME);
    assertGolden("SeenEdge", TopologyRecord.of(edge));
    assertGolden("ObjectLink", TopologyRecord.of(link));
    Feedback feedback =
        new Feedback(
            "i", Feedback.Kind.WRONG, Samples.ENTITY, "m", Samples.TIME, "ada", "not this time");
    assertThat(Codecs.FEEDBACK.decode(Codecs.FEEDBACK.encode(feedback))).isEqualTo(feedback);
  }

  private static void assertGolden(String name, TopologyRecord record) throws Exception {
    String golden = text("/golden/" + name + ".hex").strip();
    assertThat(HexFormat.of().formatHex(Codecs.TOPOLOGY.encode(record))).isEqualTo(golden);
    assertThat(Codecs.TOPOLOGY.decode(HexFormat.of().parseHex(golden))).isEqualTo(record);
  }

  @Test
  void everySchemaAndFieldSaysWhatItIs() {
    for (String name :
        List.of(
            "Finding",
            "LogEvidence",
            "LogPattern",
            "Progress",
            "Change",
            "Incident",
            "Grouping",
            "Suspect",
            "Cleared",
            "Member",
            "News",
            "CallEdge",
            "SeenEdge",
            "ObjectLink",
            "Feedback",
            "Alert",
            "DeadLetter")) {
      assertThat(Schemas.of(name).getDoc()).as(name).isNotBlank();
      assertThat(Schemas.of(name).getFields())
          .allSatisfy(field -> assertThat(field.doc()).as(field.name()).endsWith("."));
    }
  }

  @Test
  void eachTypeHasItsOwnReason() {
    byte[] alert = Codecs.ALERTS.encode(Samples.ALERT);
    assertReason(Codecs.CHANGES, alert, UnreadableRecordException.UNKNOWN_SCHEMA);
    assertReason(Codecs.FINDINGS, alert, UnreadableRecordException.UNKNOWN_SCHEMA);
    assertReason(Codecs.ALERTS, new byte[0], UnreadableRecordException.NOT_AVRO);
    assertReason(Codecs.ALERTS, "{\"id\":1}  ".getBytes(StandardCharsets.UTF_8), "not_avro");
    assertReason(
        Codecs.ALERTS, Arrays.copyOf(alert, alert.length - 1), UnreadableRecordException.MALFORMED);
    assertReason(
        Codecs.ALERTS, Arrays.copyOf(alert, alert.length + 1), UnreadableRecordException.MALFORMED);
  }

  @Test
  void codecsServeSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long offset = i;
        running.add(threads.submit(() -> roundTrips(offset)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void roundTrips(long offset) throws UnreadableRecordException {
    for (long time = offset; time < 2_000; time += 4) {
      var mark = FindingsRecord.of(new Progress("logs", time, List.of(Samples.ENTITY)));
      assertThat(Codecs.FINDINGS.decode(Codecs.FINDINGS.encode(mark))).isEqualTo(mark);
      assertThat(Codecs.INCIDENTS.decode(Codecs.INCIDENTS.encode(Samples.INCIDENT)))
          .isEqualTo(Samples.INCIDENT);
    }
    return null;
  }

  private static void assertReason(RecordCodec<?> codec, byte[] bytes, String reason) {
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOfSatisfying(
            UnreadableRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Schema field(String type, String field) {
    return Schemas.of(type).getField(field).schema();
  }

  private static void assertEnum(Schema schema, Enum<?>[] constants) {
    assertThat(schema.getEnumSymbols())
        .containsExactlyElementsOf(Arrays.stream(constants).map(Enum::name).toList());
    assertThat(schema.getEnumDefault()).isNotNull();
  }

  private static String released(String release, Samples.Sample<?> sample, String extension)
      throws IOException {
    return text("/released/" + release + "/" + sample.name() + extension);
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = CodecsTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
