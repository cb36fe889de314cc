// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import java.io.Serializable;
import java.util.List;

/**
 * Where in a structured record things are: for each, the paths of fields in order of preference,
 * the first that a record has. A path has dots between its steps; a step may have dots itself, so
 * that {@code log.level} is also the field of that name, and {@code
 * kubernetes.labels.app.kubernetes.io/name} is found. An empty list leaves what the format has.
 *
 * @param time RFC 3339, or seconds, ms, µs or ns since the epoch
 * @param message the text
 * @param severity a word or a number
 * @param namespace the namespace
 * @param service the service
 * @param pod the running copy
 * @param host the machine
 * @param container the container within the pod, which keeps streams apart
 * @param stream standard output or error, or a file, which keeps streams apart
 * @param trace the trace id
 */
public record LogFields(
    List<String> time,
    List<String> message,
    List<String> severity,
    List<String> namespace,
    List<String> service,
    List<String> pod,
    List<String> host,
    List<String> container,
    List<String> stream,
    List<String> trace)
    implements Serializable {

  /** Nothing but what the format has. */
  public static final LogFields NONE =
      new LogFields(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of());

  public LogFields {
    time = checked("time", time);
    message = checked("message", message);
    severity = checked("severity", severity);
    namespace = checked("namespace", namespace);
    service = checked("service", service);
    pod = checked("pod", pod);
    host = checked("host", host);
    container = checked("container", container);
    stream = checked("stream", stream);
    trace = checked("trace", trace);
  }

  private static List<String> checked(String name, List<String> paths) {
    for (String path : paths) {
      if (path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
        throw new IllegalArgumentException(
            name + " must hold paths such as kubernetes.pod_name, not \"" + path + "\"");
      }
    }
    return List.copyOf(paths);
  }

  /** These, and another's where there are none. */
  LogFields or(LogFields other) {
    return new LogFields(
        or(time, other.time),
        or(message, other.message),
        or(severity, other.severity),
        or(namespace, other.namespace),
        or(service, other.service),
        or(pod, other.pod),
        or(host, other.host),
        or(container, other.container),
        or(stream, other.stream),
        or(trace, other.trace));
  }

  private static List<String> or(List<String> paths, List<String> others) {
    return paths.isEmpty() ? others : paths;
  }

  List<String> of(LogField field) {
    return switch (field) {
      case TIME -> time;
      case MESSAGE -> message;
      case SEVERITY -> severity;
      case NAMESPACE -> namespace;
      case SERVICE -> service;
      case POD -> pod;
      case HOST -> host;
      case CONTAINER -> container;
      case STREAM -> stream;
      case TRACE -> trace;
    };
  }
}
