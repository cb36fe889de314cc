// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import java.util.List;

/** Where each format has things, unless it is configured otherwise. */
final class UsualFields {
  private static final LogFields JSON =
      new LogFields(
          List.of("@timestamp", "timestamp", "time", "ts"),
          List.of("message", "msg", "log"),
          List.of("level", "severity", "log.level", "loglevel", "lvl"),
          List.of("namespace", "service.namespace", "kubernetes.namespace_name"),
          List.of("service.name", "service", "service_name", "app", "application"),
          List.of("pod", "pod_name", "kubernetes.pod_name"),
          List.of("host.name", "host", "hostname"),
          List.of("container", "container_name"),
          List.of("stream", "file"),
          List.of("trace_id", "traceId", "trace.id", "traceid"));

  private static final LogFields FLUENT_BIT =
      new LogFields(
          List.of("@timestamp", "timestamp", "time"),
          List.of("log", "message", "MESSAGE", "msg"),
          List.of("level", "severity", "PRIORITY", "log_processed.level"),
          List.of("kubernetes.namespace_name", "namespace"),
          List.of(
              "kubernetes.labels.app.kubernetes.io/name",
              "kubernetes.labels.app",
              "kubernetes.labels.k8s-app",
              "service",
              "ident",
              "SYSLOG_IDENTIFIER"),
          List.of("kubernetes.pod_name"),
          List.of("kubernetes.host", "host", "hostname", "_HOSTNAME"),
          List.of("kubernetes.container_name", "container_name"),
          List.of("stream", "file", "filename"),
          List.of("trace_id", "traceId", "log_processed.trace_id"));

  private static final LogFields VECTOR =
      new LogFields(
          List.of("timestamp", "log.timestamp"),
          List.of("message", "log.message"),
          List.of("level", "severity", "log.level", "log.severity"),
          List.of("kubernetes.pod_namespace", "log.kubernetes.pod_namespace"),
          List.of(
              "kubernetes.pod_labels.app.kubernetes.io/name",
              "kubernetes.pod_labels.app",
              "log.kubernetes.pod_labels.app.kubernetes.io/name",
              "log.kubernetes.pod_labels.app",
              "service",
              "appname",
              "log.appname"),
          List.of("kubernetes.pod_name", "log.kubernetes.pod_name"),
          List.of("kubernetes.pod_node_name", "host", "hostname", "log.host"),
          List.of("kubernetes.container_name", "container_name", "log.kubernetes.container_name"),
          List.of("stream", "file", "log.stream", "log.file"),
          List.of("trace_id", "traceId", "log.trace_id"));

  private static final LogFields ECS =
      new LogFields(
          List.of("@timestamp"),
          List.of("message", "event.original"),
          List.of("log.level", "log.syslog.severity.code", "syslog.severity"),
          List.of("kubernetes.namespace", "orchestrator.namespace", "service.environment"),
          List.of(
              "service.name",
              "kubernetes.labels.app_kubernetes_io/name",
              "kubernetes.labels.app",
              "process.name"),
          List.of("kubernetes.pod.name", "orchestrator.resource.name"),
          List.of("kubernetes.node.name", "host.name", "host.hostname"),
          List.of("container.name", "kubernetes.container.name", "container.id"),
          List.of("stream", "log.file.path"),
          List.of("trace.id"));

  private static final LogFields RSYSLOG_JSON =
      new LogFields(
          List.of("@timestamp", "timereported", "timestamp", "timegenerated"),
          List.of("message", "msg", "rawmsg"),
          List.of("severity", "syslogseverity", "syslogseverity-text", "severity-text", "level"),
          List.of("namespace"),
          List.of("programname", "app-name", "app_name", "syslogtag", "syslog-tag"),
          List.of("pod"),
          List.of("host", "hostname", "fromhost", "source"),
          List.of("procid"),
          List.of("file"),
          List.of("trace_id"));

  /** Attributes of records and resources; the message is within a body that is a map. */
  private static final LogFields OTLP =
      new LogFields(
          List.of(),
          List.of("message", "msg", "log"),
          List.of("level", "severity", "log.level"),
          List.of("k8s.namespace.name", "service.namespace"),
          List.of("service.name"),
          List.of("k8s.pod.name"),
          List.of("k8s.node.name", "host.name"),
          List.of("k8s.container.name", "container.name", "container.id"),
          List.of("log.iostream", "log.file.path", "log.file.name"),
          List.of("trace_id", "traceId"));

  /** Of a message that is itself JSON, as many services log. */
  static final LogFields EMBEDDED =
      new LogFields(
          List.of(),
          JSON.message(),
          JSON.severity(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          JSON.trace());

  private UsualFields() {}

  /** The paths of a format; none where records have no fields with names. */
  static LogFields of(LogFormat format) {
    return switch (format) {
      case JSON -> JSON;
      case FLUENT_BIT -> FLUENT_BIT;
      case VECTOR -> VECTOR;
      case ECS -> ECS;
      case RSYSLOG_JSON -> RSYSLOG_JSON;
      case OTLP_PROTO, OTLP_JSON -> OTLP;
      case TEXT, SYSLOG, SYSLOG_RFC5424 -> LogFields.NONE;
    };
  }
}
