// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Drain, the baseline (He et al., Drain: An Online Log Parsing Approach with Fixed Depth Tree, ICWS
 * 2017): a tree of fixed depth by the number of words and the first of them, in whose leaves a line
 * joins the most similar template. As in the authors' program, lines of fewer words than the tree
 * is deep never find the template that they founded; templates of the same text are one.
 */
final class Drain {
  private static final String HOLE = "<*>";
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final DrainSettings settings;
  private final int levels;
  private final Map<Integer, Node> byLength = new HashMap<>();
  private int groups;
  private long bytes;

  Drain(DrainSettings settings) {
    this.settings = settings;
    levels = settings.depth() - 2;
  }

  /** Lines of one template so far. */
  static final class Group {
    private final String[] words;

    private Group(String[] words) {
      this.words = words;
    }

    String template() {
      return String.join(" ", words);
    }
  }

  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
  }

  int groups() {
    return groups;
  }

  /** Memory taken by the templates, about. */
  long bytes() {
    return bytes;
  }

  Group learn(String line) {
    String text = line.strip();
    for (Pattern mask : settings.masks()) {
      text = mask.matcher(text).replaceAll(HOLE);
    }
    String[] words = BLANKS.split(text);
    Node leaf = find(words);
    Group group = leaf == null ? null : mostSimilar(leaf.groups, words);
    if (group == null) {
      return found(words);
    }
    for (int i = 0; i < words.length; i++) {
      if (!words[i].equals(group.words[i])) {
        group.words[i] = HOLE;
      }
    }
    return group;
  }

  private @Nullable Node find(String[] words) {
    Node node = byLength.get(words.length);
    for (int i = 0; node != null && i < Math.min(levels - 1, words.length); i++) {
      Node child = node.children.get(words[i]);
      node = child == null ? node.children.get(HOLE) : child;
    }
    return node;
  }

  private @Nullable Group mostSimilar(List<Group> groups, String[] words) {
    Group best = null;
    double most = -1;
    int mostHoles = -1;
    for (Group group : groups) {
      int same = 0;
      int holes = 0;
      for (int i = 0; i < words.length; i++) {
        if (group.words[i].equals(HOLE)) {
          holes++;
        } else if (group.words[i].equals(words[i])) {
          same++;
        }
      }
      double similarity = (double) same / words.length;
      if (similarity > most || (similarity == most && holes > mostHoles)) {
        best = group;
        most = similarity;
        mostHoles = holes;
      }
    }
    return most >= settings.similarity() ? best : null;
  }

  private Group found(String[] words) {
    Node node = byLength.computeIfAbsent(words.length, length -> new Node());
    int deep = Math.min(levels - 1, words.length);
    for (int i = 0; i < deep; i++) {
      node = child(node, words[i]);
    }
    Group group = new Group(words.clone());
    if (words.length >= levels) {
      node.groups.add(group);
    }
    groups++;
    bytes += 40 + 8L * words.length;
    for (String word : words) {
      bytes += 48 + word.length();
    }
    return group;
  }

  private Node child(Node node, String word) {
    Node known = node.children.get(word);
    if (known != null) {
      return known;
    }
    String key = isNumbered(word) || !hasRoom(node) ? HOLE : word;
    return node.children.computeIfAbsent(key, any -> new Node());
  }

  /** The last place is kept for the child of all words that find none. */
  private boolean hasRoom(Node node) {
    int most =
        node.children.containsKey(HOLE) ? settings.maxChildren() : settings.maxChildren() - 1;
    return node.children.size() < most;
  }

  private static boolean isNumbered(String word) {
    return word.chars().anyMatch(Character::isDigit);
  }
}
