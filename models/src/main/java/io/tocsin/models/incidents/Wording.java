// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.time.Duration;

/**
 * The words of a language. Names of series, services and changes are never translated, and times
 * are in UTC everywhere.
 */
interface Wording {
  /** Parts of a card. */
  enum Section {
    NEWS,
    SYMPTOMS,
    CAUSE,
    CHANGES,
    MEMBERS,
    CLEARED
  }

  /** The heading of a part. */
  String heading(Section section);

  /** The first word of a card. */
  String status(Incident incident);

  /** An incident as one refers to it. */
  String incident(String id);

  /**
   * How long it has lasted.
   *
   * @param since when it began, as it is to be shown
   */
  String age(boolean over, Duration age, String since);

  /** The incident that this one was a part of. */
  String parent(String id);

  /** How many there are that day, if that is worth a word; else empty. */
  String ofDay(Grouping grouping);

  /** That what people said has raised the bar; empty if it has not. */
  String bar(double bar);

  /**
   * What is wrong, in one line.
   *
   * @param subject where, or empty
   * @param values what {@link #values} says
   * @param others how many others have symptoms
   */
  String title(String subject, String series, String values, int others);

  /** A value beside the one that was expected. */
  String values(String observed, String expected);

  /** How often the like was there before. */
  String recurrence(int seen);

  /** A time seen from the onset, in ms; negative for before. */
  String relative(long millis);

  /** A length of time in its two largest parts. */
  String duration(Duration duration);

  /** That nothing stands out. */
  String nothing(boolean yet);

  /** The probable causes, after the words that say so. */
  String causes(String suspects);

  /** A change and who made it. */
  String change(String kind, String title, String author);

  /** Who calls whom, as a way from where it is felt to a suspect. */
  String calls(String caller, String callee);

  /** How often people have said that a suspect was the cause, or was not. */
  String said(Verdicts verdicts);

  /** Why something is ruled out. */
  String cleared(Cleared cleared);

  /** All that is ruled out, in one line. */
  String clearedAll(String names);

  /** Why somebody takes part. */
  String member(Member member);

  /** Something new. */
  String news(News news);

  /** What stands for everything. */
  String everything();

  /** What stands for more of the same. */
  String more(int more);

  /** Between two things of a list. */
  String comma();
}
