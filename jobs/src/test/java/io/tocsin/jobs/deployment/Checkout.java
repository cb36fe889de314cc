// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the checkout that the tests run in. */
public final class Checkout {
  /** The top of the checkout: tests run in the directory of their module. */
  public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHARACTERS = 16 << 20;

  private Checkout() {}

  /** A file below the top. */
  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  /** A file's text. */
  public static String text(String path) throws IOException {
    return Files.readString(file(path));
  }

  /** The documents of a YAML text. */
  public static List<JsonNode> yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    Iterable<Object> all = new Yaml(new SafeConstructor(options)).loadAll(text);
    return StreamSupport.stream(all.spliterator(), false).map(Checkout::tree).toList();
  }

  private static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  /** A JSON file. */
  public static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  /** The only document of a YAML file. */
  public static JsonNode yamlFile(String path) throws IOException {
    return yaml(text(path)).get(0);
  }

  /** The files of a directory whose names end like this. */
  public static List<Path> files(String directory, String end) throws IOException {
    try (Stream<Path> files = Files.list(file(directory))) {
      return files.filter(one -> one.toString().endsWith(end)).sorted().toList();
    }
  }

  /** What stands in the first group of a pattern, the first time that it is found in a file. */
  public static String find(String path, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text(path));
    if (!matcher.find()) {
      throw new AssertionError(path + " has nothing like " + pattern);
    }
    return matcher.group(1);
  }

  /** The version that the next release has. */
  public static String release() throws IOException {
    return find("pom.xml", "<version>([0-9.]+)-SNAPSHOT</version>");
  }
}
