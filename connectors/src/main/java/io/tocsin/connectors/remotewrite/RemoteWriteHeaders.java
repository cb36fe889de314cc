// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTTP headers of remote write, and what they say about a request. */
public final class RemoteWriteHeaders {
  public static final String CONTENT_TYPE = "Content-Type";
  public static final String CONTENT_ENCODING = "Content-Encoding";
  public static final String VERSION = "X-Prometheus-Remote-Write-Version";
  public static final String SAMPLES_WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
  public static final String HISTOGRAMS_WRITTEN = "X-Prometheus-Remote-Write-Histograms-Written";
  public static final String EXEMPLARS_WRITTEN = "X-Prometheus-Remote-Write-Exemplars-Written";

  /** Names the sender to Tocsin's gateway, whose bodies stay in order. */
  public static final String SENDER = "X-Tocsin-Sender";

  /** Tells Tocsin's gateway that samples are of the past. */
  public static final String REPLAY = "X-Tocsin-Replay";

  /** Value of {@link #REPLAY}: samples to be learned from and not told of. */
  public static final String REPLAY_HISTORY = "history";

  /** The media type of both protocols. */
  public static final String MEDIA_TYPE = "application/x-protobuf";

  /** The only content coding of both protocols: snappy's block format. */
  public static final String ENCODING = "snappy";

  private static final int HIGHEST_MAJOR_VERSION = 2;

  private RemoteWriteHeaders() {}

  /**
   * What a request's headers agree on: a protocol, or the rejection that says why there is none.
   * Exactly one of the two is there.
   */
  public record Negotiation(@Nullable Protocol protocol, @Nullable Rejection rejection) {
    private static Negotiation refused(Reason reason, String detail) {
      return new Negotiation(null, new Rejection(reason, detail));
    }
  }

  /** The content type that a body of this protocol is sent with. */
  public static String contentType(Protocol protocol) {
    return protocol == Protocol.V1 ? MEDIA_TYPE : MEDIA_TYPE + ";proto=" + protocol.message();
  }

  /**
   * Reads the three headers that matter; {@code null} stands for one that is absent. The content
   * type alone names the protocol, and 1.0 when it has no {@code proto} parameter.
   */
  public static Negotiation negotiate(
      @Nullable String contentType, @Nullable String contentEncoding, @Nullable String version) {
    if (contentEncoding == null || !contentEncoding.trim().equalsIgnoreCase(ENCODING)) {
      return Negotiation.refused(
          Reason.UNSUPPORTED_ENCODING, "Content-Encoding must be snappy (the block format)");
    }
    if (version != null && majorVersion(version) > HIGHEST_MAJOR_VERSION) {
      return Negotiation.refused(
          Reason.UNSUPPORTED_VERSION, "remote write is understood up to version 2");
    }
    Protocol protocol = contentType == null ? null : protocolOf(contentType);
    if (protocol == null) {
      return Negotiation.refused(
          Reason.UNSUPPORTED_TYPE,
          "Content-Type must be application/x-protobuf, with proto=prometheus.WriteRequest,"
              + " proto=io.prometheus.write.v2.Request or without proto");
    }
    return new Negotiation(protocol, null);
  }

  private static @Nullable Protocol protocolOf(String contentType) {
    String[] parts = contentType.split(";", -1);
    if (!parts[0].trim().equalsIgnoreCase(MEDIA_TYPE)) {
      return null;
    }
    String message = Protocol.V1.message();
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.toLowerCase(Locale.ROOT).startsWith("proto=")) {
        message = unquoted(parameter.substring("proto=".length()).trim());
      }
    }
    for (Protocol protocol : Protocol.values()) {
      if (protocol.message().equals(message)) {
        return protocol;
      }
    }
    return null;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** The number before the first dot; 0 for what is no number, since the header is only a hint. */
  private static int majorVersion(String version) {
    String major = version.trim().split("\\.", 2)[0];
    return major.matches("\\d{1,6}") ? Integer.parseInt(major) : 0;
  }
}
