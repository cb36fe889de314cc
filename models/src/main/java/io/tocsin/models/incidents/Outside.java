// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.LogEvidence;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether log lines say themselves that what failed is nothing that was deployed: a host of
 * somebody else, a name that is not resolved, a certificate that has run out.
 */
final class Outside {
  private static final Pattern SELF_EVIDENT =
      Pattern.compile(
          "certificate (has )?expired|no such host|servfail|nxdomain|enotfound"
              + "|name resolution|could not resolve host|unknownhostexception");

  /** A host where one is called: behind a scheme, a word that says so, or before a port. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:://|\\b(?:host|lookup|peer|endpoint|upstream)[= \"':]+)([a-z0-9-]+(?:\\.[a-z0-9-]+)+)"
              + "|(?<![/\\w.-])([a-z0-9-]+(?:\\.[a-z0-9-]+)+):\\d{2,5}\\b");

  /** Ends of names that only we resolve. */
  private static final Set<String> OURS =
      Set.of("svc", "local", "internal", "lan", "corp", "intranet", "consul", "localhost", "test");

  /** Ends of names of files, before the number of a line. */
  private static final Set<String> SOURCES =
      Set.of("c", "cc", "cpp", "cs", "go", "h", "java", "js", "kt", "php", "py", "rb", "rs", "ts");

  private Outside() {}

  /** Whether a pattern that came, or came more, says so. */
  static boolean speaksIn(Evidence evidence) {
    LogEvidence log = evidence.log();
    return log != null && (isOutside(log.sample()) || isOutside(log.template()));
  }

  static boolean isOutside(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    if (SELF_EVIDENT.matcher(text).find()) {
      return true;
    }
    Matcher hosts = HOST.matcher(text);
    while (hosts.find()) {
      String host = hosts.group(1) == null ? hosts.group(2) : hosts.group(1);
      String end = host.substring(host.lastIndexOf('.') + 1);
      if (end.length() >= 2
          && Character.isLetter(end.charAt(0))
          && !OURS.contains(end)
          && !SOURCES.contains(end)) {
        return true;
      }
    }
    return false;
  }
}
