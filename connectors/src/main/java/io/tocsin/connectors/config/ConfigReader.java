// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a YAML file onto a tree of records.
 *
 * <p>A key that the file leaves out keeps the value of the given defaults; nested records are
 * merged, lists and maps replaced. Components may be {@code String}, {@code boolean}, {@code int},
 * {@code long}, {@code double} (also {@code 10%}), {@link java.time.Duration} ({@code 250ms},
 * {@code 30s}, {@code 1h30m}, {@code 7d}), enums ({@code stateful-set}, {@code STATEFUL_SET}),
 * {@link java.net.URI}, {@link Path}, {@link io.tocsin.models.rules.Glob}, {@link Secret}, records,
 * {@code List} and {@code Map<String, …>} of these. Whole numbers whose name ends in {@code Bytes}
 * may be written {@code 32MiB} or {@code 8MB}. A component marked {@link
 * org.jspecify.annotations.Nullable} may be absent, but not empty; so may a {@link Secret} not be,
 * unless its {@link Default} is. See {@link References} for what is taken from the environment and
 * from files, and {@link Default} for records in lists.
 *
 * <p>Every value must be right before any is used: all problems are reported together. That holds
 * for what the records themselves refuse, too, if their sentences name the components concerned.
 */
public final class ConfigReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 30;
  private static final int MAX_ALIASES = 50;

  private ConfigReader() {}

  /**
   * The configuration in a file.
   *
   * @throws ConfigException with every problem, when there is one
   */
  public static <T extends Record> T read(
      Class<T> type, T defaults, Path file, Map<String, String> environment)
      throws ConfigException {
    return read(type, defaults, text(file), environment);
  }

  /**
   * The configuration in a text.
   *
   * @throws ConfigException with every problem, when there is one
   */
  public static <T extends Record> T read(
      Class<T> type, T defaults, ConfigText text, Map<String, String> environment)
      throws ConfigException {
    Node root = compose(text);
    if (root == null) {
      return defaults;
    }
    Problems problems = new Problems();
    Object value = new Binder(new References(environment), problems).root(type, defaults, root);
    if (value == null || problems.count() > 0) {
      problems.all().sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new ConfigException(text.source(), problems.all());
    }
    return type.cast(value);
  }

  private static @Nullable Node compose(ConfigText text) throws ConfigException {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_BYTES);
    limits.setNestingDepthLimit(MAX_DEPTH);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    Problems problems = new Problems();
    try {
      return new Yaml(limits).compose(new StringReader(text.text()));
    } catch (MarkedYAMLException e) {
      problems.add("", e.getProblemMark(), "this is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add("", (Mark) null, "this is not YAML: " + e.getMessage());
    }
    throw new ConfigException(text.source(), problems.all());
  }

  private static ConfigText text(Path file) throws ConfigException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return new ConfigText(
            file.toString(),
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
    } catch (CharacterCodingException e) {
      throw unreadable(file, "the file is not UTF-8 text; save it as such", e);
    } catch (IOException e) {
      throw unreadable(file, "the file cannot be read; see that it exists and may be read", e);
    }
    throw unreadable(file, "the file is larger than 1 MiB", null);
  }

  private static ConfigException unreadable(Path file, String sentence, @Nullable Exception cause) {
    ConfigException exception =
        new ConfigException(file.toString(), List.of(new Problem("", 0, 0, sentence)));
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }
}
