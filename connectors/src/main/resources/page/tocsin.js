// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const charts = new Set();

  const scaled = (value, step, units) => {
    let unit = 0;
    while (Math.abs(value) >= step && unit < units.length - 1) {
      value /= step;
      unit++;
    }
    return Number(value.toPrecision(3)) + units[unit];
  };
  const told = (value, unit) => {
    if (value === null || value === undefined) return "–";
    if (unit === "/s") return scaled(value, 1000, [" /s", " k/s", " M/s"]);
    if (unit.endsWith("/s")) return told(value, unit.slice(0, -2)) + "/s";
    switch (unit) {
      case "seconds":
        return Math.abs(value) < 1 ? Number((value * 1e3).toPrecision(3)) + " ms" : Number(value.toPrecision(3)) + " s";
      case "ratio":
        return Number((value * 100).toPrecision(3)) + " %";
      case "bytes":
        return scaled(value, 1024, [" B", " KiB", " MiB", " GiB", " TiB"]);
      default:
        return scaled(value, 1000, ["", " k", " M", " G", " T"]);
    }
  };

  const clock = (seconds) => new Date(seconds * 1e3).toISOString().slice(11, 19);

  // Draws where the deviation began.
  const onsetMark = (onset) => (plot) => {
    const x = plot.valToPos(onset, "x", true);
    const { left, top, width, height } = plot.bbox;
    if (x < left || x > left + width) return;
    plot.ctx.save();
    plot.ctx.strokeStyle = css("--onset");
    plot.ctx.lineWidth = 2 * devicePixelRatio;
    plot.ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    plot.ctx.beginPath();
    plot.ctx.moveTo(x, top);
    plot.ctx.lineTo(x, top + height);
    plot.ctx.stroke();
    plot.ctx.restore();
  };

  const draw = (element) => {
    const data = JSON.parse(element.dataset.chart);
    const small = element.closest(".small") !== null;
    const axis = { stroke: css("--faint"), grid: { stroke: css("--line"), width: 1 }, ticks: { stroke: css("--line") } };
    const value = (plot, number) => told(number, data.unit);
    const options = {
      width: Math.max(200, element.clientWidth),
      height: small ? 130 : 230,
      legend: { show: !small },
      cursor: { drag: { x: true, y: false } },
      scales: { x: { range: (plot, low, high) => [Math.min(low, data.onset) - 5, high + 5] } },
      axes: [{ ...axis, space: 80, values: (plot, ticks) => ticks.map(clock) }, { ...axis, size: 74, values: (plot, ticks) => ticks.map((tick) => told(tick, data.unit)) }],
      series: [
        { label: "UTC", value: (plot, seconds) => (seconds === null ? "–" : clock(seconds)) },
        { label: "observed", stroke: css("--observed"), width: 2, value, spanGaps: true, points: { show: data.time.length < 60, size: 5 } },
        { label: "expected", stroke: css("--expected"), width: 1, dash: [6, 4], value, spanGaps: true, points: { show: false } },
        { label: "upper", stroke: "transparent", value, spanGaps: true, points: { show: false } },
        { label: "lower", stroke: "transparent", value, spanGaps: true, points: { show: false } },
      ],
      bands: [{ series: [3, 4], fill: css("--band") }],
      hooks: { draw: [onsetMark(data.onset)] },
    };
    element.replaceChildren();
    const plot = new uPlot(options, [data.time, data.observed, data.expected, data.upper, data.lower], element);
    charts.add({ element, plot });
  };

  const drawAll = () => {
    for (const chart of charts) chart.plot.destroy();
    charts.clear();
    for (const element of document.querySelectorAll(".chart")) {
      if (element.clientWidth > 0) draw(element);
    }
  };

  // What a reader has opened, closed or is at must survive a refresh.
  const replace = (element, html) => {
    const open = new Map();
    for (const each of element.querySelectorAll("details[data-key]")) open.set(each.dataset.key, each.open);
    const focused = document.activeElement;
    const href = element.contains(focused) ? focused.getAttribute("href") : null;
    element.innerHTML = html;
    for (const each of element.querySelectorAll("details[data-key]")) {
      if (open.has(each.dataset.key)) each.open = open.get(each.dataset.key);
    }
    if (href) {
      for (const link of element.querySelectorAll("a")) {
        if (link.getAttribute("href") === href) link.focus({ preventScroll: true });
      }
    }
    drawAll();
  };

  const follow = (element) => {
    let tag = "";
    const ask = async () => {
      if (!document.hidden) {
        try {
          const answer = await fetch(element.dataset.live, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
          if (answer.status === 200) {
            const html = await answer.text();
            replace(element, html);
            tag = answer.headers.get("ETag") || "";
          }
          element.classList.toggle("stale", !answer.ok && answer.status !== 304);
        } catch (error) {
          element.classList.add("stale");
        }
      }
      setTimeout(ask, Number(element.dataset.every));
    };
    setTimeout(ask, Number(element.dataset.every));
  };

  // What a reader says of an incident; a gateway that asks for a token is given it for this tab.
  const tell = async (button) => {
    const place = button.closest("[data-feedback]");
    const status = place.querySelector("[role=status]");
    const body = { kind: button.dataset.kind };
    if (button.dataset.suspect) body.suspect = button.dataset.suspect;
    const headers = { "Content-Type": "application/json" };
    const token = sessionStorage.getItem("token");
    if (token) headers.Authorization = "Bearer " + token;
    button.disabled = true;
    try {
      const answer = await fetch(place.dataset.feedback, { method: "POST", headers, body: JSON.stringify(body) });
      if (answer.status === 401) {
        const given = prompt("The gateway asks for its token:");
        if (given) {
          sessionStorage.setItem("token", given);
          await tell(button);
          return;
        }
      }
      if (answer.ok) button.setAttribute("aria-pressed", "true");
      status.textContent = answer.ok ? "Thank you, that is noted." : "Not taken: " + (await answer.text());
    } catch (error) {
      status.textContent = "The gateway does not answer; try again.";
    } finally {
      button.disabled = false;
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-feedback] button");
    if (button) tell(button);
  });

  const themes = ["", "dark", "light"];
  const setTheme = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  const rememberTheme = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch (error) {
      // Without storage it holds until the next page.
    }
  };
  try {
    setTheme(localStorage.getItem("theme") || "");
  } catch (error) {
    setTheme("");
  }
  document.getElementById("theme").addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || "";
    const next = themes[(themes.indexOf(now) + 1) % themes.length];
    setTheme(next);
    rememberTheme(next);
    drawAll();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.querySelector && event.target.querySelector(".chart")) drawAll();
  }, true);
  document.addEventListener("keydown", (event) => {
    const search = document.getElementById("q");
    if (event.key === "/" && search && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(drawAll, 150);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  for (const element of document.querySelectorAll("[data-live]")) follow(element);
  drawAll();
})();
