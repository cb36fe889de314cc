// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.topology.CallEdge;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Chinese, in simplified characters. */
final class ChineseWording implements Wording {
  @Override
  public String heading(Section section) {
    return switch (section) {
      case NEWS -> "自上次消息以来的变化";
      case SYMPTOMS -> "异常现象";
      case CAUSE -> "可能的原因";
      case CHANGES -> "前后不久的变更";
      case MEMBERS -> "涉及的对象及理由";
      case CLEARED -> "已排除";
    };
  }

  @Override
  public String status(Incident incident) {
    return switch (incident.transition()) {
      case OPENED -> severity(incident.severity());
      case UPDATED -> severity(incident.severity()) + "(更新)";
      case RESOLVED -> "已恢复";
    };
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "严重";
      case WARNING -> "警告";
      case INFO -> "提示";
    };
  }

  private static String severity(String label) {
    for (Severity each : Severity.values()) {
      if (each.label().equals(label)) {
        return severity(each);
      }
    }
    return label;
  }

  @Override
  public String incident(String id) {
    return "事件 " + id;
  }

  @Override
  public String age(boolean over, Duration age, String since) {
    return (over ? "持续了 " : "已持续 ") + duration(age) + ",始于 " + since;
  }

  @Override
  public String parent(String id) {
    return "原属事件 " + id + ",后来发现是两个互不相关的问题";
  }

  @Override
  public String ofDay(Grouping grouping) {
    return grouping.overBudget()
        ? "当天第 %d 起事件,超过每天 %d 起的预算".formatted(grouping.ofDay(), grouping.dayBudget())
        : "";
  }

  @Override
  public String bar(double bar) {
    return bar > 1 ? String.format(Locale.ROOT, "曾被标记为噪声,现在超过界限 %.1f 倍才会打开", bar) : "";
  }

  @Override
  public String title(String subject, String series, String values, int others) {
    return (subject.isEmpty() ? "" : subject + ":")
        + series
        + " 为 "
        + values
        + (others == 0 ? "" : "(另有 " + others + " 个受影响)");
  }

  @Override
  public String values(String observed, String expected) {
    return observed + ",预期 " + expected;
  }

  @Override
  public String recurrence(int seen) {
    return seen == 0
        ? "以前从未出现"
        : seen > Quantities.MOST_COUNTED ? "以前经常出现" : "以前出现过 " + seen + " 次";
  }

  @Override
  public String relative(long millis) {
    Duration apart = Duration.ofMillis(Math.abs(millis));
    if (apart.toSeconds() == 0) {
      return "异常开始时";
    }
    return (millis < 0 ? "异常开始前 " : "异常开始后 ") + duration(apart);
  }

  @Override
  public String duration(Duration duration) {
    return Quantities.duration(duration)
        .replace("min", "分")
        .replace("s", "秒")
        .replace("h", "小时")
        .replace("d", "天");
  }

  @Override
  public String nothing(boolean yet) {
    return yet ? "目前没有突出的原因" : "没有突出的原因";
  }

  @Override
  public String causes(String suspects) {
    return "可能的原因:" + suspects;
  }

  @Override
  public String change(String kind, String title, String author) {
    boolean saysSo = title.toLowerCase(Locale.ROOT).startsWith(kind.toLowerCase(Locale.ROOT));
    return (saysSo ? title : kind(kind) + " " + title)
        + (author.isEmpty() ? "" : "(" + author + ")");
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "deploy" -> "发布";
      case "rollout" -> "滚动更新";
      case "flag" -> "开关";
      case "config" -> "配置";
      case "scaling" -> "扩缩容";
      case "restart" -> "重启";
      default -> kind;
    };
  }

  @Override
  public String calls(String caller, String callee) {
    return caller + " 调用 " + callee;
  }

  @Override
  public String said(Verdicts verdicts) {
    StringJoiner said = new StringJoiner(",", "曾被", "");
    if (verdicts.confirmed() > 0) {
      said.add("确认为原因 " + verdicts.confirmed() + " 次");
    }
    if (verdicts.dismissed() > 0) {
      said.add("否定 " + verdicts.dismissed() + " 次");
    }
    return said.toString();
  }

  @Override
  public String cleared(Cleared cleared) {
    String than = cleared.than().subject();
    return switch (cleared.why()) {
      case BEGAN_LATER ->
          "比 " + than + " 晚 " + duration(Duration.ofMillis(cleared.millis())) + "开始";
      case DEVIATES_LESS -> "偏离程度小于 " + than;
      case DEPENDS -> "依赖 " + than;
      case QUIET -> "此前 " + duration(Duration.ofMillis(cleared.millis())) + "及之后均无异常";
      case OTHER -> cleared.reason();
    };
  }

  @Override
  public String clearedAll(String names) {
    return "已排除:" + names;
  }

  @Override
  public String member(Member member) {
    return switch (member.reason()) {
      case ORIGIN -> "由它触发";
      case ROOT -> "自身异常,而它调用的对象都正常";
      case CALLER, CALLEE -> way(member.path());
      case STARVED -> "调用方异常,因此请求减少";
      case SHARED -> "依赖同一个异常的对象";
      case NODE -> "在同一台机器上";
      case NAMESPACE -> "在同一命名空间";
      case TIME -> "同时开始";
    };
  }

  private static String way(List<CallEdge> path) {
    StringBuilder way = new StringBuilder(path.isEmpty() ? "" : path.get(0).caller().subject());
    path.forEach(edge -> way.append(" 调用 ").append(edge.callee().subject()));
    return way.toString();
  }

  @Override
  public String news(News news) {
    String who = news.entity().subject();
    return switch (news.kind()) {
      case SEVERITY -> "严重程度升为" + severity(news.detail());
      case AFFECTED -> "现有 " + news.detail() + " 个服务或工作负载出现症状";
      case CHANGE -> "得知变更:" + news.detail();
      case SUSPECT -> "首要嫌疑变为 " + who;
      case NO_SUSPECT -> "不再有突出的原因";
      case SPLIT -> who + " 已成为单独的事件 " + news.detail();
    };
  }

  @Override
  public String everything() {
    return "全部";
  }

  @Override
  public String more(int more) {
    return "另有 " + more + " 个";
  }

  @Override
  public String comma() {
    return "、";
  }
}
