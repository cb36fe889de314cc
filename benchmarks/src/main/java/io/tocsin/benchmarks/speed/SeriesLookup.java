// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.benchmarks.wire.RemoteWrite1;
import io.tocsin.benchmarks.wire.RemoteWrite2;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the number of each sample's series: what every receiver does with a body first. */
interface SeriesLookup {
  /** Reads a body and returns a sum over series numbers, timestamps and value bits. */
  long read(byte[] body);

  /** The decoder of this project, and a table from hash to number. */
  final class Ours implements SeriesLookup {
    private final Protocol protocol;
    private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    private final DecodedBody decoded = new DecodedBody();
    private final long[] hashes = new long[1 << 15];
    private final int[] numbers = new int[1 << 15];
    private int known;

    Ours(Protocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public long read(byte[] body) {
      if (decoder.decode(body, 0, body.length, protocol, decoded) != null) {
        throw new IllegalStateException("a sound body was rejected");
      }
      long sum = 0;
      for (int i = 0; i < decoded.sampleCount(); i++) {
        int number = number(decoded.hash(decoded.sampleSeries(i)));
        sum += number + decoded.timestamp(i) + decoded.valueBits(i);
      }
      return sum;
    }

    private int number(long hash) {
      int slot = (int) (hash >>> 49);
      while (hashes[slot] != hash) {
        if (hashes[slot] == 0) {
          hashes[slot] = hash;
          numbers[slot] = known++;
        } else {
          slot = slot + 1 & 0x7FFF;
        }
      }
      return numbers[slot];
    }
  }

  /** Generated classes of protobuf-java, and a map from the labels as one string. */
  final class Protobuf1 implements SeriesLookup {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final StringBuilder key = new StringBuilder();

    @Override
    public long read(byte[] body) {
      long sum = 0;
      for (RemoteWrite1.TimeSeries series : parse(body).getTimeseriesList()) {
        key.setLength(0);
        for (RemoteWrite1.Label label : series.getLabelsList()) {
          key.append(label.getName()).append('=').append(label.getValue()).append(',');
        }
        int number = numbers.computeIfAbsent(key.toString(), k -> numbers.size());
        for (RemoteWrite1.Sample sample : series.getSamplesList()) {
          sum += number + sample.getTimestamp() + Double.doubleToRawLongBits(sample.getValue());
        }
      }
      return sum;
    }

    private static RemoteWrite1.WriteRequest parse(byte[] body) {
      try {
        return RemoteWrite1.WriteRequest.parseFrom(body);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The same for remote write 2.0. */
  final class Protobuf2 implements SeriesLookup {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final StringBuilder key = new StringBuilder();

    @Override
    public long read(byte[] body) {
      long sum = 0;
      RemoteWrite2.Request request = parse(body);
      for (RemoteWrite2.TimeSeries series : request.getTimeseriesList()) {
        key.setLength(0);
        List<Integer> refs = series.getLabelsRefsList();
        for (int i = 0; i < refs.size(); i += 2) {
          key.append(request.getSymbols(refs.get(i))).append('=');
          key.append(request.getSymbols(refs.get(i + 1))).append(',');
        }
        int number = numbers.computeIfAbsent(key.toString(), k -> numbers.size());
        for (RemoteWrite2.Sample sample : series.getSamplesList()) {
          sum += number + sample.getTimestamp() + Double.doubleToRawLongBits(sample.getValue());
        }
      }
      return sum;
    }

    private static RemoteWrite2.Request parse(byte[] body) {
      try {
        return RemoteWrite2.Request.parseFrom(body);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
