// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes remote-write bodies, one series per sample. Used again after {@link #finish}; not for
 * several threads.
 */
public final class RemoteWriteEncoder {
  private final Protocol protocol;
  private final WireWriter series = new WireWriter();
  private final WireWriter message = new WireWriter();
  private final WireWriter part = new WireWriter();
  private final WireWriter refs = new WireWriter();
  private final LabelRanges labels = new LabelRanges();

  /** Metadata: a message of its own in 1.0, part of each later series of the family in 2.0. */
  private final Map<String, MetricKind> kinds = new HashMap<>();

  private final Map<String, Integer> symbols = new LinkedHashMap<>();
  private int samples;

  public RemoteWriteEncoder(Protocol protocol) {
    this.protocol = protocol;
    symbols.put("", 0);
  }

  /** A series' labels as they are given to {@link #sample}: worked out once, used often. */
  public static byte[] encodeLabels(Labels labels) {
    WireWriter all = new WireWriter();
    WireWriter one = new WireWriter();
    for (Map.Entry<String, String> label : labels) {
      one.clear();
      one.text(1, label.getKey());
      one.text(2, label.getValue());
      all.message(1, one);
    }
    return all.toBytes();
  }

  /** Adds a sample; the value's bits are kept, so that a stale marker can be sent. */
  public void sample(byte[] encodedLabels, long timestampMillis, double value) {
    sample(encodedLabels, timestampMillis, Double.doubleToRawLongBits(value), 0);
  }

  /**
   * Adds a sample by its bits, with the time at which its counter began (0 for none; only 2.0 tells
   * it).
   */
  public void sample(byte[] encodedLabels, long timestampMillis, long valueBits, long start) {
    part.clear();
    if (valueBits != 0) {
      part.fixed64(1, valueBits);
    }
    part.number(2, timestampMillis);
    if (start != 0 && protocol == Protocol.V2) {
      part.number(3, start);
    }
    add(encodedLabels, 2);
    samples++;
  }

  /** Adds a native histogram, given as the message of the protocols. */
  public void histogram(byte[] encodedLabels, byte[] histogram) {
    part.clear();
    part.raw(histogram);
    add(encodedLabels, protocol == Protocol.V1 ? 4 : 3);
  }

  /**
   * Tells the kind of a metric family; in 2.0, for the series of that name added from now on until
   * {@link #finish}.
   */
  public void metadata(String family, MetricKind kind) {
    if (protocol == Protocol.V2) {
      kinds.put(family, kind);
      return;
    }
    part.clear();
    part.number(1, kind.number());
    part.text(2, family);
    series.message(3, part);
  }

  /** How many samples were added since the last {@link #finish}. */
  public int samples() {
    return samples;
  }

  /** How many bytes the body has so far, uncompressed and without symbols. */
  public int bytes() {
    return series.size();
  }

  /** The snappy-compressed body; the encoder is empty again. */
  public byte[] finish() {
    byte[] plain = finishPlain();
    return SnappyBlock.encode(plain, 0, plain.length);
  }

  /** The uncompressed body; the encoder is empty again. */
  public byte[] finishPlain() {
    message.clear();
    if (protocol == Protocol.V2) {
      symbols.keySet().forEach(symbol -> message.text(4, symbol));
      symbols.clear();
      symbols.put("", 0);
      kinds.clear();
    }
    message.raw(series);
    series.clear();
    samples = 0;
    return message.toBytes();
  }

  /** Adds a series of these labels with what {@code part} holds in one field. */
  private void add(byte[] encodedLabels, int field) {
    message.clear();
    if (protocol == Protocol.V1) {
      message.raw(encodedLabels);
      message.message(field, part);
      series.message(1, message);
      return;
    }
    labels.read(encodedLabels, 0, encodedLabels.length, null);
    MetricKind kind = refer(labels.labels(encodedLabels));
    message.message(1, refs);
    message.message(field, part);
    if (kind != MetricKind.UNKNOWN) {
      part.clear();
      part.number(1, kind.number());
      message.message(5, part);
    }
    series.message(5, message);
  }

  /** Writes labels as references to symbols; returns the kind of the metric, if told. */
  private MetricKind refer(Labels named) {
    refs.clear();
    for (Map.Entry<String, String> label : named) {
      refs.varint(symbol(label.getKey()));
      refs.varint(symbol(label.getValue()));
    }
    MetricKind ofFamily = kinds.get(SeriesHash.familyOf(named.metric()));
    return kinds.getOrDefault(named.metric(), ofFamily == null ? MetricKind.UNKNOWN : ofFamily);
  }

  private int symbol(String text) {
    Integer known = symbols.putIfAbsent(text, symbols.size());
    return known == null ? symbols.size() - 1 : known;
  }
}
