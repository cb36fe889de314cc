// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** One record of each type, every field with a value of its own. Golden files hold these. */
final class Samples {
  static final long TIME = 1_700_000_000_000L;

  static final Entity ENTITY =
      new Entity("east", "shop", "checkout", "checkout-api", "node-3", "checkout-5d4f-x2");

  static final Finding FINDING =
      new Finding(
          "00d1f0a2b3c4e5f6",
          Phase.STARTED,
          TIME,
          TIME + 400,
          TIME - 30_000,
          Labels.of("__name__", "http_requests_total", "code", "500", "path", "/pâté"),
          ENTITY,
          Role.SYMPTOM,
          "per_second",
          "level",
          Direction.DOWN,
          1.75,
          2.5,
          0.1,
          42.0,
          -0.0,
          Double.POSITIVE_INFINITY,
          15_000,
          4,
          List.of(
              new Contribution(
                  Labels.of("__name__", "process_cpu_seconds_total"), Role.EVIDENCE, -1.5, 0.625)),
          null);

  static final Progress PROGRESS =
      new Progress("metrics", TIME + 60_000, List.of(ENTITY, Entity.NONE));

  static final Change CHANGE =
      new Change(
          "deploy-77",
          TIME - 120_000,
          "deploy",
          ENTITY,
          "checkout 1.8.2",
          "1.8.2",
          "ada",
          "https://ci.example/77");

  static final Incident INCIDENT =
      new Incident(
          "a1b2c3d4e5f60718",
          Incident.Transition.UPDATED,
          3,
          TIME,
          TIME - 60_000,
          TIME - 45_000,
          0,
          Severity.CRITICAL,
          ENTITY,
          "checkout answers slowly",
          List.of(evidence(Evidence.Kind.METRIC, Direction.UP)),
          List.of(
              new Suspect(
                  ENTITY,
                  9.25,
                  0.75,
                  TIME - 61_000,
                  List.of(
                      evidence(Evidence.Kind.LOG, Direction.UP),
                      evidence(Evidence.Kind.CHANGE, Direction.DOWN)))),
          List.of(
              new Cleared(
                  Entity.NONE,
                  "no other service of the node deviates",
                  Cleared.Why.OTHER,
                  Entity.NONE,
                  0)),
          List.of(CHANGE),
          17,
          Grouping.NONE);

  static final Alert ALERT =
      new Alert(
          "0f0e0d0c0b0a0908",
          Map.of("alertname", "Incident", "severity", "critical", "service", "checkout-api"),
          Map.of("summary", "checkout answers slowly", "description", "p95 is 2.1 s"),
          TIME,
          TIME + 600_000);

  static final DeadLetter DEAD_LETTER =
      new DeadLetter(
          "tocsin.metrics",
          5,
          9_000_000_001L,
          TIME,
          "malformed",
          "the body ends in the middle of a label",
          ByteBuffer.wrap(new byte[] {0, 1, (byte) 0xff}));

  /** A codec with a record of its type; the name is that of the schema and of the golden file. */
  record Sample<T>(String name, RecordCodec<T> codec, T value) {
    @Override
    public String toString() {
      return name;
    }
  }

  private Samples() {}

  static List<Sample<?>> all() {
    return List.of(
        new Sample<>("Finding", Codecs.FINDINGS, FindingsRecord.of(FINDING)),
        new Sample<>("Progress", Codecs.FINDINGS, FindingsRecord.of(PROGRESS)),
        new Sample<>("Change", Codecs.CHANGES, CHANGE),
        new Sample<>("Incident", Codecs.INCIDENTS, INCIDENT),
        new Sample<>("Alert", Codecs.ALERTS, ALERT),
        new Sample<>("DeadLetter", Codecs.DEAD_LETTERS, DEAD_LETTER));
  }

  private static Evidence evidence(Evidence.Kind kind, Direction direction) {
    return new Evidence(
        kind,
        FINDING.id(),
        FINDING.labels(),
        "seconds",
        direction,
        TIME - 60_000,
        3.5,
        2.125,
        0.25,
        2,
        null);
  }
}
