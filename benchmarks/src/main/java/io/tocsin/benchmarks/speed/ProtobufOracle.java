// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.tocsin.benchmarks.wire.RemoteWrite1;
import io.tocsin.benchmarks.wire.RemoteWrite2;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What protobuf-java makes of a body, with the rules of remote write applied on top: written for
 * clarity and independently of the decoder, which must agree with it on every body.
 */
final class ProtobufOracle {
  private final RemoteWriteLimits limits;

  ProtobufOracle(RemoteWriteLimits limits) {
    this.limits = limits;
  }

  /** The content of a body, or {@code null} when it is to be rejected. */
  @Nullable Content read(byte[] body, Protocol protocol) {
    if (body.length > limits.maxDecodedBytes()) {
      return null;
    }
    try {
      if (protocol == Protocol.V1) {
        RemoteWrite1.WriteRequest request = RemoteWrite1.WriteRequest.parseFrom(body);
        must(request.equals(RemoteWrite1.WriteRequest.parseFrom(byteByByte(body))), "varint");
        return first(request);
      }
      RemoteWrite2.Request request = RemoteWrite2.Request.parseFrom(body);
      must(request.equals(RemoteWrite2.Request.parseFrom(byteByByte(body))), "varint");
      return second(request);
    } catch (IOException | Refused e) {
      return null;
    }
  }

  /**
   * The body so that protobuf-java reads varints by their bytes. Where it has the whole varint at
   * hand it does not look whether the tenth byte, if odd, says that another one follows; such
   * varints are malformed.
   */
  private static CodedInputStream byteByByte(byte[] body) {
    return CodedInputStream.newInstance(new ByteArrayInputStream(body), 8);
  }

  /** Thrown where a rule is broken; the body as a whole is rejected. */
  private static final class Refused extends RuntimeException {
    Refused(String rule) {
      super(rule, null, false, false);
    }
  }

  private static void must(boolean rule, String text) {
    if (!rule) {
      throw new Refused(text);
    }
  }

  private Content first(RemoteWrite1.WriteRequest request) {
    checkUnknown(request, Set.of(4, 5));
    must(request.getTimeseriesCount() <= limits.maxSeries(), "series");
    must(request.getMetadataCount() <= limits.maxSeries(), "metadata");
    Content content = empty();
    int exemplars = 0;
    for (RemoteWrite1.TimeSeries series : request.getTimeseriesList()) {
      int index = content.series().size();
      List<String> pairs = new ArrayList<>();
      series.getLabelsList().forEach(l -> pairs.addAll(List.of(l.getName(), l.getValue())));
      content.series().add(series(pairs, 0));
      for (RemoteWrite1.Sample s : series.getSamplesList()) {
        content.samples().add(sample(index, s.getTimestamp(), s.getValue(), 0));
      }
      for (RemoteWrite1.Histogram h : series.getHistogramsList()) {
        content.histograms().add(histogram(index, h, 0));
      }
      exemplars += series.getExemplarsCount();
    }
    for (RemoteWrite1.MetricMetadata family : request.getMetadataList()) {
      content
          .families()
          .add(new Content.Family(family.getMetricFamilyName(), kind(family.getType())));
    }
    return checked(content, exemplars);
  }

  private Content second(RemoteWrite2.Request request) throws InvalidProtocolBufferException {
    checkUnknown(request, Set.of(1, 2, 3));
    must(request.getTimeseriesCount() <= limits.maxSeries(), "series");
    must(request.getSymbolsCount() <= limits.maxSymbols(), "symbols");
    boolean nothing = request.getSymbolsCount() == 0 && request.getTimeseriesCount() == 0;
    must(nothing || (request.getSymbolsCount() > 0 && request.getSymbols(0).isEmpty()), "first");
    Content content = empty();
    int exemplars = 0;
    for (RemoteWrite2.TimeSeries series : request.getTimeseriesList()) {
      int index = content.series().size();
      RemoteWrite2.Metadata metadata = series.getMetadata();
      resolve(request, List.of(metadata.getHelpRef(), metadata.getUnitRef()));
      List<String> pairs = resolve(request, series.getLabelsRefsList());
      content.series().add(series(pairs, kind(metadata.getType())));
      must(series.getSamplesCount() == 0 || series.getHistogramsCount() == 0, "mixed");
      long created = series.getCreatedTimestamp();
      for (RemoteWrite2.Sample s : series.getSamplesList()) {
        long start = s.getStartTimestamp() == 0 ? created : s.getStartTimestamp();
        content.samples().add(sample(index, s.getTimestamp(), s.getValue(), start));
      }
      for (RemoteWrite2.Histogram h : series.getHistogramsList()) {
        // The message is the same in both protocols.
        RemoteWrite1.Histogram same = RemoteWrite1.Histogram.parseFrom(h.toByteArray());
        content.histograms().add(histogram(index, same, created));
      }
      for (RemoteWrite2.Exemplar exemplar : series.getExemplarsList()) {
        resolve(request, exemplar.getLabelsRefsList());
        exemplars++;
      }
    }
    return checked(content, exemplars);
  }

  private static Content empty() {
    return new Content(
        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
  }

  private Content checked(Content content, int exemplars) {
    must(content.samples().size() <= limits.maxSamples(), "samples");
    must(content.histograms().size() <= limits.maxSamples(), "histograms");
    must(exemplars <= limits.maxSamples(), "exemplars");
    return new Content(
        content.series(), content.samples(), content.histograms(), content.families(), exemplars);
  }

  private static List<String> resolve(RemoteWrite2.Request request, List<Integer> refs) {
    must(refs.size() % 2 == 0, "odd");
    List<String> texts = new ArrayList<>();
    for (int ref : refs) {
      must(ref >= 0 && ref < request.getSymbolsCount(), "ref");
      texts.add(request.getSymbols(ref));
    }
    return texts;
  }

  private Content.Series series(List<String> pairs, int kind) {
    must(pairs.size() / 2 <= limits.maxLabels(), "labels");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      must(names.add(pairs.get(i)), "duplicate");
      must(!pairs.get(i).isEmpty() && !pairs.get(i + 1).isEmpty(), "empty");
      must(bytes(pairs.get(i)) <= limits.maxNameBytes(), "long name");
      must(bytes(pairs.get(i + 1)) <= limits.maxValueBytes(), "long value");
    }
    must(names.contains(Labels.NAME), "unnamed");
    Labels labels = Labels.of(pairs.toArray(String[]::new));
    return new Content.Series(
        labels,
        SeriesHash.of(labels),
        SeriesHash.checkOf(labels),
        SeriesHash.groupOf(labels),
        kind);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int kind(int number) {
    return MetricKind.ofNumber(number).number();
  }

  private static Content.Sample sample(int series, long timestamp, double value, long start) {
    return new Content.Sample(series, timestamp, Double.doubleToRawLongBits(value), start);
  }

  private Content.Histogram histogram(int series, RemoteWrite1.Histogram h, long created) {
    long start = h.getStartTimestamp() == 0 ? created : h.getStartTimestamp();
    Content.Buckets buckets = new HistogramOracle(h, limits.maxHistogramBuckets()).read();
    if (buckets == null) {
      throw new Refused("histogram");
    }
    return new Content.Histogram(series, h.getTimestamp(), start, buckets);
  }

  /** No known field with a foreign wire type, no group, none of the other protocol's fields. */
  private static void checkUnknown(Message message, Set<Integer> foreign) {
    for (Map.Entry<Integer, UnknownFieldSet.Field> unknown :
        message.getUnknownFields().asMap().entrySet()) {
      must(unknown.getValue().getGroupList().isEmpty(), "group");
      must(!foreign.contains(unknown.getKey()), "foreign");
      must(message.getDescriptorForType().findFieldByNumber(unknown.getKey()) == null, "wire type");
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        int count = field.getKey().isRepeated() ? message.getRepeatedFieldCount(field.getKey()) : 1;
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    field.getKey().isRepeated()
                        ? message.getRepeatedField(field.getKey(), i)
                        : field.getValue())
            .forEach(inner -> checkUnknown((Message) inner, Set.of()));
      }
    }
  }
}
