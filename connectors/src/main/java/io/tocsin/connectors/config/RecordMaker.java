// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record from its components. A record refuses at the first thing that it finds wrong; to
 * find the others, what it refused is replaced by its default and the record is made again. Which
 * components a refusal is about is told by its sentence, which names them.
 */
final class RecordMaker {
  private final Class<?> type;
  private final RecordComponent[] components;
  private final @Nullable Object defaults;
  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();

  /** Where the value of a component is from. */
  enum Origin {
    FILE,
    /** From the file, and known to be wrong: there is no more to be said about it. */
    WRONG,
    FALLBACK
  }

  /** What lies in the defaults takes the place of what is wrong; without them nothing does. */
  RecordMaker(Class<?> type, @Nullable Object defaults) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.defaults = defaults;
  }

  /** The components' names, in their order. */
  List<String> names() {
    return Arrays.stream(components).map(RecordComponent::getName).toList();
  }

  /** Adds the value of the next component. */
  void add(@Nullable Object value, Origin origin) {
    values.add(value);
    origins.add(origin);
    // What is wrong in a record below has been replaced there; its other values are still good.
    if (origin == Origin.WRONG && value == null) {
      values.set(values.size() - 1, fallback(values.size() - 1));
    }
  }

  /**
   * The record, or one without what is wrong, or null where none can be made.
   *
   * @param problems gets the key of each problem, or several with dots between them, or none for
   *     the record as a whole, and its sentence
   */
  @Nullable Object make(BiConsumer<String, String> problems) {
    if (defaults == null && origins.contains(Origin.WRONG)) {
      return null;
    }
    while (true) {
      try {
        return construct(values);
      } catch (IllegalArgumentException e) {
        String sentence = String.valueOf(e.getMessage());
        List<Integer> named = named(sentence);
        List<Integer> given = named.stream().filter(i -> origins.get(i) == Origin.FILE).toList();
        if (named.stream().noneMatch(i -> origins.get(i) == Origin.WRONG)) {
          tell(sentence, given, problems);
        }
        if (defaults == null || given.isEmpty()) {
          return defaults;
        }
        given.forEach(i -> replace(i));
      }
    }
  }

  private void tell(String sentence, List<Integer> given, BiConsumer<String, String> problems) {
    List<Integer> guilty =
        named(sentence).size() == 1
            ? given
            : given.stream().filter(i -> isCalmedBy(i, sentence)).toList();
    if (guilty.size() != 1) {
      problems.accept("", sentence);
      return;
    }
    String name = components[guilty.get(0)].getName();
    String first = sentence.split(" ", 2)[0];
    boolean led = first.equals(name) || first.startsWith(name + ".");
    problems.accept(led ? first : name, led ? sentence.substring(first.length() + 1) : sentence);
  }

  /** Whether the record has no more to say so when this component has its default. */
  private boolean isCalmedBy(int index, String sentence) {
    if (defaults == null) {
      return false;
    }
    List<@Nullable Object> others = new ArrayList<>(values);
    others.set(index, fallback(index));
    try {
      construct(others);
      return true;
    } catch (IllegalArgumentException e) {
      return !sentence.equals(e.getMessage());
    }
  }

  private void replace(int index) {
    values.set(index, fallback(index));
    origins.set(index, Origin.WRONG);
  }

  private List<Integer> named(String sentence) {
    List<Integer> named = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      if (Pattern.compile("\\b" + components[i].getName() + "\\b").matcher(sentence).find()) {
        named.add(i);
      }
    }
    return named;
  }

  private @Nullable Object fallback(int index) {
    return defaults == null ? null : valueOf(components[index], defaults);
  }

  private Object construct(List<@Nullable Object> all) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(all.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("cannot make a " + type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  /** The value of a component of a record. */
  static @Nullable Object valueOf(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
