// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Templates made comparable by the eight rules of Khan et al., Guidelines for Assessing the
 * Accuracy of Log Message Template Identification Techniques, ICSE 2022: what people of good will
 * write differently becomes the same.
 */
final class NormalForm {
  private static final String HOLE = "<*>";
  private static final Set<String> BOOLEANS = Set.of("true", "false");
  private static final Set<String> USERS = Set.of("null", "root", "admin");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern PATH =
      Pattern.compile("(/[^\\s/]+)+/?|([a-zA-Z]:)?(\\\\[^\\s\\\\]+)+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** What parts a template where paths are looked for; elsewhere more does. */
  private static final String PATH_PARTS = " ,!;:=|\"'[](){}";

  private static final String PARTS = PATH_PARTS + ".-+@#$%&";

  private NormalForm() {}

  /** The normal form of a template. */
  static String of(String template) {
    String text = BLANKS.matcher(template.strip()).replaceAll(" ");
    text = replaced(text, PATH_PARTS, token -> PATH.matcher(token).matches());
    text = replaced(text, PARTS, NormalForm::isParameter);
    return joined(joined(text, HOLE + "." + HOLE), HOLE + HOLE);
  }

  private static boolean isParameter(String token) {
    String lower = token.toLowerCase(Locale.ROOT);
    boolean holed = token.contains(HOLE) && token.indexOf('/') < 0;
    return holed
        || BOOLEANS.contains(lower)
        || USERS.contains(lower)
        || DIGITS.matcher(token).matches();
  }

  private static String joined(String text, String parts) {
    String joined = text;
    while (joined.contains(parts)) {
      joined = joined.replace(parts, HOLE);
    }
    return joined;
  }

  private static String replaced(String text, String parting, Predicate<String> isParameter) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || parting.indexOf(text.charAt(i)) >= 0) {
        String token = text.substring(from, i);
        out.append(!token.isEmpty() && isParameter.test(token) ? HOLE : token);
        if (i < text.length()) {
          out.append(text.charAt(i));
        }
        from = i + 1;
      }
    }
    return out.toString();
  }
}
