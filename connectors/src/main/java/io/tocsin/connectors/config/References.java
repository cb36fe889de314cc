// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what a scalar refers to:
 *
 * <ul>
 *   <li><code>$&#123;env:NAME&#125;</code>: the environment variable, which must be set;
 *   <li><code>$&#123;env:NAME:-other&#125;</code>: the variable, or the other text if it is not
 *       set;
 *   <li><code>$&#123;file:/path&#125;</code>: the file's content without the line break at its end.
 * </ul>
 *
 * <p>Two dollar signs before a brace stand for one that refers to nothing. What is put in is not
 * looked at again.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
  private static final int MAX_FILE_BYTES = 1 << 20;

  private final Map<String, String> environment;

  References(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The text with everything put in.
   *
   * @throws IllegalArgumentException with a sentence, when something cannot be put in
   */
  String resolve(String text) {
    return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
  }

  private String value(MatchResult match) {
    if (match.group().equals("$${")) {
      return "${";
    }
    String reference = match.group(1);
    if (match.group().endsWith("}") && reference.startsWith("env:")) {
      return variable(reference.substring("env:".length()));
    }
    if (match.group().endsWith("}") && reference.startsWith("file:")) {
      return content(reference.substring("file:".length()));
    }
    throw new IllegalArgumentException(
        match.group()
            + " is no reference; write ${env:NAME}, ${env:NAME:-default} or ${file:/path}, or $${"
            + " for the characters themselves");
  }

  private String variable(String reference) {
    int separator = reference.indexOf(":-");
    String name = separator < 0 ? reference : reference.substring(0, separator);
    String value = environment.get(name);
    if (value != null) {
      return value;
    }
    if (separator < 0) {
      throw new IllegalArgumentException(
          "the environment variable "
              + name
              + " is not set; set it, or write ${env:"
              + name
              + ":-default}");
    }
    return reference.substring(separator + 2);
  }

  private static String content(String path) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("the file " + path + " is larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "the file " + path + " cannot be read; see that it exists and may be read", e);
    }
  }
}
