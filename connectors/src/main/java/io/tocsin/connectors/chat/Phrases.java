// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Language;
import io.tocsin.models.incidents.Quantities;
import io.tocsin.models.incidents.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What messages are made of, in one language. */
enum Phrases {
  EN,
  ZH;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What stands before something, and what stands where there is nothing. */
  record Names(
      String where, String cause, String noCause, String since, String lasted, String details) {}

  static Phrases of(Language language) {
    return switch (language) {
      case ENGLISH -> EN;
      case CHINESE -> ZH;
    };
  }

  Names names() {
    return switch (this) {
      case EN ->
          new Names("Where", "Probable cause", "nothing stands out", "Since", "Lasted", "Details");
      case ZH -> new Names("位置", "可能原因", "暂无明显原因", "开始于", "持续", "查看详情");
    };
  }

  String head(Notice notice) {
    return notice.over() ? in("RESOLVED", "已恢复") : severity(notice.severity());
  }

  private String severity(Severity severity) {
    return switch (severity) {
      case INFO -> in("INFO", "提示");
      case WARNING -> in("WARNING", "警告");
      case CRITICAL -> in("CRITICAL", "严重");
    };
  }

  private String in(String english, String chinese) {
    return switch (this) {
      case EN -> english;
      case ZH -> chinese;
    };
  }

  static Severity severity(String label) {
    return switch (label) {
      case "critical" -> Severity.CRITICAL;
      case "info", "none" -> Severity.INFO;
      default -> Severity.WARNING;
    };
  }

  static String time(long millis) {
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
}
