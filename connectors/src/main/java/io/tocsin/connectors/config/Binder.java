// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import io.tocsin.connectors.config.RecordMaker.Origin;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Puts YAML nodes onto typed values. Where one cannot be put, a problem is noted and null returned.
 * The value of a record with problems serves only to find further ones.
 */
final class Binder {
  private static final String EMPTY = "is empty; give a value or remove the key";

  private final References references;
  private final Problems problems;

  /**
   * A place that a value is for.
   *
   * @param mayBeEmpty whether the empty text is a value, and not one that was forgotten
   * @param fallback the value when the file has none, or of what the file leaves out in a record
   */
  private record Place(
      String path, String name, AnnotatedType type, boolean mayBeEmpty, @Nullable Object fallback) {

    Class<?> raw() {
      return type.getType() instanceof ParameterizedType generic
          ? (Class<?>) generic.getRawType()
          : (Class<?>) type.getType();
    }

    boolean mayBeAbsent() {
      return type.isAnnotationPresent(Nullable.class);
    }

    /** The place of an element of this list or of a value of this map. */
    Place inside(String step) {
      AnnotatedType[] arguments =
          ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments();
      return new Place(path + step, name, arguments[arguments.length - 1], true, null);
    }
  }

  Binder(References references, Problems problems) {
    this.references = references;
    this.problems = problems;
  }

  /** The whole tree. */
  @Nullable Object root(Class<?> type, Object defaults, Node node) {
    return record(type, "", defaults, node);
  }

  private @Nullable Object bind(Place place, Node node) {
    Class<?> type = place.raw();
    if (isNull(node) && place.mayBeAbsent()) {
      problems.add(place.path(), node, EMPTY);
      return null;
    }
    if (type.isRecord() && !Scalars.reads(type)) {
      return record(type, place.path(), place.fallback(), node);
    }
    if (type == List.class) {
      return list(place, node);
    }
    if (type == Map.class) {
      return map(place, node);
    }
    return scalar(place, node);
  }

  private @Nullable Object record(
      Class<?> type, String path, @Nullable Object defaults, Node node) {
    Map<String, Node> entries = entries(path, node);
    if (entries == null) {
      return defaults;
    }
    RecordMaker maker = new RecordMaker(type, defaults);
    boolean known = reportUnknown(path, node, maker.names());
    for (RecordComponent component : type.getRecordComponents()) {
      Place place = place(path, component, defaults);
      Node value = entries.get(component.getName());
      int before = problems.count();
      Object bound = value == null ? missing(place, component, defaults, node) : bind(place, value);
      Origin origin = value == null ? Origin.FALLBACK : Origin.FILE;
      maker.add(bound, problems.count() == before ? origin : Origin.WRONG);
    }
    if (!known && defaults == null) {
      return null;
    }
    return maker.make(
        (keys, sentence) -> {
          Node at = entries.getOrDefault(keys.split("\\.", 2)[0], node);
          String separator = path.isEmpty() || keys.isEmpty() ? "" : ".";
          problems.add(path + separator + keys, at, sentence);
        });
  }

  private static Place place(String path, RecordComponent component, @Nullable Object defaults) {
    return new Place(
        step(path, component.getName()),
        component.getName(),
        component.getAnnotatedType(),
        mayBeEmpty(component),
        defaults == null ? null : RecordMaker.valueOf(component, defaults));
  }

  /** Secrets that are empty by mistake open doors; so do keys whose absence means something. */
  private static boolean mayBeEmpty(RecordComponent component) {
    Default written = component.getAnnotation(Default.class);
    if (written != null && written.value().isEmpty()) {
      return true;
    }
    return component.getType() != Secret.class
        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private @Nullable Object missing(
      Place place, RecordComponent component, @Nullable Object defaults, Node parent) {
    if (defaults != null || place.mayBeAbsent()) {
      return place.fallback();
    }
    Default written = component.getAnnotation(Default.class);
    if (written != null) {
      return Scalars.read(place.raw(), place.name(), written.value());
    }
    if (place.raw() == List.class) {
      return List.of();
    }
    if (place.raw() == Map.class) {
      return Map.of();
    }
    problems.add(place.path(), parent, "is missing");
    return null;
  }

  /** Returns whether all are known. */
  private boolean reportUnknown(String path, Node node, List<String> names) {
    int before = problems.count();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && !names.contains(key.getValue())) {
          String sentence = "is not known here" + Suggestion.forWord(key.getValue(), names);
          problems.add(step(path, key.getValue()), key, sentence);
        }
      }
    }
    return problems.count() == before;
  }

  private @Nullable Object list(Place place, Node node) {
    if (isNull(node)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(place.path(), node, "must be a list, but is " + kind(node));
      return null;
    }
    int before = problems.count();
    List<@Nullable Object> values = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      values.add(bind(place.inside("[" + values.size() + "]"), element));
    }
    return problems.count() > before ? null : List.copyOf(values);
  }

  private @Nullable Object map(Place place, Node node) {
    int before = problems.count();
    Map<String, Node> entries = entries(place.path(), node);
    if (entries == null) {
      return null;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    entries.forEach(
        (key, value) -> {
          String step = step(place.path(), key).substring(place.path().length());
          values.put(key, bind(place.inside(step), value));
        });
    return problems.count() > before ? null : Collections.unmodifiableMap(values);
  }

  /** The entries of a mapping, each key once; none for an empty one; null if it is no mapping. */
  private @Nullable Map<String, Node> entries(String path, Node node) {
    if (isNull(node)) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(path, node, "must be a section with keys, but is " + kind(node));
      return null;
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(path, tuple.getKeyNode(), "has a key that is no word");
      } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        problems.add(step(path, key.getValue()), key, "is given twice; keep one of them");
      }
    }
    return entries;
  }

  private @Nullable Object scalar(Place place, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(place.path(), node, "must be a single value, but is " + kind(node));
      return null;
    }
    if (isNull(node)) {
      problems.add(place.path(), node, "has no value");
      return null;
    }
    try {
      return scalar(place, scalar, references.resolve(scalar.getValue()));
    } catch (IllegalArgumentException e) {
      problems.add(place.path(), node, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Object scalar(Place place, ScalarNode node, String text) {
    if (text.isEmpty() && !place.mayBeEmpty()) {
      problems.add(place.path(), node, EMPTY);
      return null;
    }
    try {
      return Scalars.read(place.raw(), place.name(), text);
    } catch (IllegalArgumentException e) {
      // As written, not as resolved: what a reference puts in may be secret.
      problems.add(place.path(), node, "\"" + node.getValue() + "\" " + e.getMessage());
      return null;
    }
  }

  private static String step(String path, String name) {
    if (!name.matches("[\\w-]+")) {
      return path + "[\"" + name + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String kind(Node node) {
    if (node instanceof MappingNode) {
      return "a section with keys";
    }
    return node instanceof SequenceNode ? "a list" : "a single value";
  }
}
