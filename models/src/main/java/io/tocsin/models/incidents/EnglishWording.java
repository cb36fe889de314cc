// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.topology.CallEdge;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** English. */
final class EnglishWording implements Wording {
  @Override
  public String heading(Section section) {
    return switch (section) {
      case NEWS -> "New since the last message";
      case SYMPTOMS -> "What is wrong";
      case CAUSE -> "Probable cause";
      case CHANGES -> "Changed shortly before or after";
      case MEMBERS -> "Who takes part, and why";
      case CLEARED -> "Ruled out";
    };
  }

  @Override
  public String status(Incident incident) {
    return switch (incident.transition()) {
      case OPENED -> incident.severity().name();
      case UPDATED -> incident.severity().name() + ", updated";
      case RESOLVED -> "RESOLVED";
    };
  }

  @Override
  public String incident(String id) {
    return "incident " + id;
  }

  @Override
  public String age(boolean over, Duration age, String since) {
    return (over ? "lasted " : "for ") + duration(age) + ", since " + since;
  }

  @Override
  public String parent(String id) {
    return "was a part of incident " + id + ", until they turned out to be two problems";
  }

  @Override
  public String ofDay(Grouping grouping) {
    return grouping.overBudget()
        ? "number %d of the day, of which %d are wanted at most"
            .formatted(grouping.ofDay(), grouping.dayBudget())
        : "";
  }

  @Override
  public String bar(double bar) {
    return bar > 1
        ? String.format(
            Locale.ROOT, "opens at %.1f times the boundary, since it was called noise", bar)
        : "";
  }

  @Override
  public String title(String subject, String series, String values, int others) {
    return (subject.isEmpty() ? "" : subject + ": ")
        + series
        + " is "
        + values
        + (others == 0 ? "" : " (+" + others + " more)");
  }

  @Override
  public String values(String observed, String expected) {
    return observed + ", expected " + expected;
  }

  @Override
  public String recurrence(int seen) {
    return Quantities.recurrence(seen);
  }

  @Override
  public String relative(long millis) {
    Duration apart = Duration.ofMillis(Math.abs(millis));
    if (apart.toSeconds() == 0) {
      return "at onset";
    }
    return duration(apart) + (millis < 0 ? " before onset" : " after onset");
  }

  @Override
  public String duration(Duration duration) {
    return Quantities.duration(duration);
  }

  @Override
  public String nothing(boolean yet) {
    return yet ? "nothing stands out yet" : "nothing stands out";
  }

  @Override
  public String causes(String suspects) {
    return "Probable cause: " + suspects;
  }

  @Override
  public String change(String kind, String title, String author) {
    boolean saysSo = title.toLowerCase(Locale.ROOT).startsWith(kind.toLowerCase(Locale.ROOT));
    return (saysSo ? title : kind + " " + title) + (author.isEmpty() ? "" : " by " + author);
  }

  @Override
  public String calls(String caller, String callee) {
    return caller + " calls " + callee;
  }

  @Override
  public String said(Verdicts verdicts) {
    StringJoiner said = new StringJoiner(", ", "people called it ", "");
    if (verdicts.confirmed() > 0) {
      said.add("the cause " + times(verdicts.confirmed()));
    }
    if (verdicts.dismissed() > 0) {
      said.add("not the cause " + times(verdicts.dismissed()));
    }
    return said.toString();
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  @Override
  public String cleared(Cleared cleared) {
    String than = cleared.than().subject();
    return switch (cleared.why()) {
      case BEGAN_LATER ->
          "began " + duration(Duration.ofMillis(cleared.millis())) + " after " + than;
      case DEVIATES_LESS -> "deviates less than " + than;
      case DEPENDS -> "depends on " + than;
      case QUIET ->
          "no deviation in the "
              + duration(Duration.ofMillis(cleared.millis()))
              + " before or since";
      case OTHER -> cleared.reason();
    };
  }

  @Override
  public String clearedAll(String names) {
    return "Ruled out: " + names;
  }

  @Override
  public String member(Member member) {
    return switch (member.reason()) {
      case ORIGIN -> "opened it";
      case ROOT -> "suffers, and nobody whom it calls does";
      case CALLER, CALLEE -> way(member.path());
      case STARVED -> "has less to do, since one who calls it suffers";
      case SHARED -> "depends on the same, which deviates too";
      case NODE -> "shares a machine";
      case NAMESPACE -> "same namespace";
      case TIME -> "began at the same time";
    };
  }

  private static String way(List<CallEdge> path) {
    StringBuilder way = new StringBuilder(path.isEmpty() ? "" : path.get(0).caller().subject());
    String word = " calls ";
    for (CallEdge edge : path) {
      way.append(word).append(edge.callee().subject());
      word = ", which calls ";
    }
    return way.toString();
  }

  @Override
  public String news(News news) {
    String who = news.entity().subject();
    return switch (news.kind()) {
      case SEVERITY -> "it is " + news.detail() + " now";
      case AFFECTED -> news.detail() + " services or workloads have symptoms";
      case CHANGE -> news.detail() + " has become known";
      case SUSPECT -> who + " is the first suspect now";
      case NO_SUSPECT -> "nothing stands out any more";
      case SPLIT -> who + " has become an incident of its own, " + news.detail();
    };
  }

  @Override
  public String everything() {
    return "everything";
  }

  @Override
  public String more(int more) {
    return "and " + more + " more";
  }

  @Override
  public String comma() {
    return ", ";
  }
}
