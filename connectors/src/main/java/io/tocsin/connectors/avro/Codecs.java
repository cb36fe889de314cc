// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.topology.TopologyRecord;

/** The codecs of all record types. */
public final class Codecs {
  /** Findings and marks of progress. */
  public static final RecordCodec<FindingsRecord> FINDINGS = new FindingsCodec();

  public static final RecordCodec<Incident> INCIDENTS =
      new SingleObjectCodec<>("Incident", IncidentMapping::row, IncidentMapping::incident);

  public static final RecordCodec<Alert> ALERTS =
      new SingleObjectCodec<>("Alert", IncidentMapping::row, IncidentMapping::alert);

  public static final RecordCodec<Change> CHANGES =
      new SingleObjectCodec<>("Change", TelemetryMapping::row, TelemetryMapping::change);

  public static final RecordCodec<DeadLetter> DEAD_LETTERS =
      new SingleObjectCodec<>("DeadLetter", TelemetryMapping::row, TelemetryMapping::deadLetter);

  public static final RecordCodec<LogPattern> PATTERNS =
      new SingleObjectCodec<>("LogPattern", LogMapping::row, LogMapping::pattern);

  /** Calls between services, and links between objects of Kubernetes. */
  public static final RecordCodec<TopologyRecord> TOPOLOGY = new TopologyCodec();

  public static final RecordCodec<Feedback> FEEDBACK =
      new SingleObjectCodec<>("Feedback", FeedbackMapping::row, FeedbackMapping::feedback);

  private Codecs() {}
}
