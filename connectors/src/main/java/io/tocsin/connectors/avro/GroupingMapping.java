// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Member;
import io.tocsin.models.incidents.News;

/** What incidents are made of, as rows. */
final class GroupingMapping {
  private GroupingMapping() {}

  static Row row(Grouping grouping) {
    return Row.of("Grouping")
        .put("parent", grouping.parent())
        .put("members", grouping.members(), GroupingMapping::row)
        .put("news", grouping.news(), GroupingMapping::row)
        .put("ofDay", grouping.ofDay())
        .put("dayBudget", grouping.dayBudget())
        .put("bar", grouping.bar())
        .put("openedBy", grouping.openedBy())
        .put("strongest", TelemetryMapping.row(grouping.strongest()))
        .put("affected", grouping.affected());
  }

  static Grouping grouping(Row row) {
    return new Grouping(
        row.text("parent"),
        row.rows("members", GroupingMapping::member),
        row.rows("news", GroupingMapping::news),
        row.integer("ofDay"),
        row.integer("dayBudget"),
        row.real("bar"),
        row.text("openedBy"),
        TelemetryMapping.entity(row.row("strongest")),
        row.integer("affected"));
  }

  private static Row row(Member member) {
    return Row.of("Member")
        .put("entity", TelemetryMapping.row(member.entity()))
        .put("reason", member.reason())
        .put("path", member.path(), TopologyMapping::row)
        .put("onset", member.onset())
        .put("findings", member.findings());
  }

  private static Member member(Row row) {
    return new Member(
        TelemetryMapping.entity(row.row("entity")),
        row.symbol("reason", Member.Reason.class),
        row.rows("path", TopologyMapping::edge),
        row.number("onset"),
        row.integer("findings"));
  }

  private static Row row(News news) {
    return Row.of("News")
        .put("kind", news.kind())
        .put("entity", TelemetryMapping.row(news.entity()))
        .put("detail", news.detail());
  }

  private static News news(Row row) {
    return new News(
        row.symbol("kind", News.Kind.class),
        TelemetryMapping.entity(row.row("entity")),
        row.text("detail"));
  }
}
