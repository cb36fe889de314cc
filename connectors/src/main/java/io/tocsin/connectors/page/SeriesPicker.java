// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.telemetry.NamingRules;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Picks the values of some series out of remote-write bodies. Counters become rates, by the
 * difference of two samples, as far as the unit says that a rate was judged; what a histogram
 * becomes is not in the bodies.
 */
final class SeriesPicker {
  private static final double MILLIS = 1e3;

  private final Map<Long, TreeMap<Long, Double>> values = new HashMap<>();
  private final Map<Long, Boolean> rates = new HashMap<>();
  private final SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody decoded = new DecodedBody();

  SeriesPicker(List<Evidence> wanted) {
    for (Evidence evidence : wanted) {
      long hash = SeriesHash.of(evidence.labels());
      values.put(hash, new TreeMap<>());
      rates.put(hash, evidence.unit().endsWith(NamingRules.PER_SECOND));
    }
  }

  /** Looks into a body; one that cannot be read has nothing. */
  void take(byte[] body, Protocol protocol) {
    if (snappy.decode(body, 0, body.length) != null
        || decoder.decode(snappy.bytes(), 0, snappy.length(), protocol, decoded) != null) {
      return;
    }
    for (int sample = 0; sample < decoded.sampleCount(); sample++) {
      TreeMap<Long, Double> series = values.get(decoded.hash(decoded.sampleSeries(sample)));
      double value = Double.longBitsToDouble(decoded.valueBits(sample));
      if (series != null && Double.isFinite(value)) {
        series.put(decoded.timestamp(sample), value);
      }
    }
  }

  /** What was picked, by the hash of its series, the oldest first. */
  Map<Long, List<Trail.Point>> picked() {
    Map<Long, List<Trail.Point>> picked = new HashMap<>();
    values.forEach(
        (hash, series) ->
            picked.put(hash, Boolean.TRUE.equals(rates.get(hash)) ? rate(series) : plain(series)));
    return picked;
  }

  private static List<Trail.Point> plain(SortedMap<Long, Double> series) {
    List<Trail.Point> points = new ArrayList<>();
    series.forEach((time, value) -> points.add(Trail.Point.observed(time, value)));
    return points;
  }

  private static List<Trail.Point> rate(SortedMap<Long, Double> series) {
    List<Trail.Point> points = new ArrayList<>();
    double before = Double.NaN;
    long since = 0;
    for (Map.Entry<Long, Double> now : series.entrySet()) {
      double more = now.getValue() - before;
      // At the first, and where a counter begins anew, there is no rate.
      if (more >= 0) {
        double seconds = (now.getKey() - since) / MILLIS;
        points.add(Trail.Point.observed(now.getKey(), more / seconds));
      }
      before = now.getValue();
      since = now.getKey();
    }
    return points;
  }
}
