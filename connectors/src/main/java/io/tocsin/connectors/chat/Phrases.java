// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Quantities;
import io.tocsin.models.incidents.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What messages are made of, in one language. */
enum Phrases {
  EN(
      new Severities("INFO", "WARNING", "CRITICAL", "RESOLVED"),
      new Names("Where", "Probable cause", "nothing stands out", "Since", "Lasted", "Details")),
  ZH(
      new Severities("提示", "警告", "严重", "已恢复"),
      new Names("位置", "可能原因", "暂无明显原因", "开始于", "持续", "查看详情"));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Severities severities;
  private final Names names;

  Phrases(Severities severities, Names names) {
    this.severities = severities;
    this.names = names;
  }

  private record Severities(String info, String warning, String critical, String resolved) {}

  /** What stands before something, and what stands where there is nothing. */
  record Names(
      String where, String cause, String noCause, String since, String lasted, String details) {}

  static Phrases of(Language language) {
    return switch (language) {
      case EN -> EN;
      case ZH -> ZH;
    };
  }

  Names names() {
    return names;
  }

  String head(Notice notice) {
    return notice.over()
        ? severities.resolved
        : switch (notice.severity()) {
          case INFO -> severities.info;
          case WARNING -> severities.warning;
          case CRITICAL -> severities.critical;
        };
  }

  Severity severity(String label) {
    return switch (label) {
      case "critical" -> Severity.CRITICAL;
      case "info", "none" -> Severity.INFO;
      default -> Severity.WARNING;
    };
  }

  String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  String duration(long millis) {
    String english = Quantities.duration(Duration.ofMillis(Math.max(0, millis)));
    return this == EN
        ? english
        : english
            .replace(" min", " 分")
            .replace(" s", " 秒")
            .replace(" h", " 小时")
            .replace(" d", " 天");
  }

  /** When something was, seen from the onset. */
  String relative(long time, long onset) {
    long apart = Math.abs(time - onset);
    boolean before = time < onset;
    if (apart < 1_000) {
      return this == EN ? "at onset" : "异常开始时";
    }
    return this == EN
        ? duration(apart) + (before ? " before onset" : " after onset")
        : "异常开始" + (before ? "前 " : "后 ") + duration(apart);
  }

  String comparison(String observed, String expected, String fold) {
    return this == EN
        ? observed + ", expected " + expected + " (" + fold + ")"
        : observed + ",预期 " + expected + "(" + fold + ")";
  }
}
