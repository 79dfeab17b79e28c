import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emfMetricNames, emfNamespace } from "#adapters/emf.ts";
import { prometheusMetrics } from "#adapters/prometheus.ts";
import { metricTable } from "#core/protocol/metrics.ts";
import { readPromql } from "#tests/support/promql.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

type Panel = {
  readonly title: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
};
const dashboards = readdirSync(join(root, "ops/grafana")).map((name) => ({
  name,
  board: JSON.parse(read(`ops/grafana/${name}`)) as {
    readonly uid: string;
    readonly title: string;
    readonly panels: readonly Panel[];
  },
}));

type Alert = Readonly<Record<"alert" | "expr" | "for" | "severity" | "summary" | "description" | "runbook", string>>;
/** Prometheus' rules as this house writes them: one scalar a line. */
const alerts = read("ops/prometheus/alerts.yaml")
  .split(/^ {6}- /mu)
  .slice(1)
  .map((text) => {
    const pairs = [...text.matchAll(/^\s*(\w+): (.+)$/gmu)].map(([, key, value]) => [
      key,
      value!.replace(/^(["'])(.*)\1$/u, "$2"),
    ]);
    return Object.fromEntries(pairs) as Alert;
  });

const own = new Map<string, Readonly<Record<string, readonly string[] | "open">>>();
for (const [name, { kind, labels }] of Object.entries(metricTable)) {
  if (kind !== "histogram") own.set(name, labels);
  else {
    own.set(`${name}_bucket`, { ...labels, le: "open" });
    own.set(`${name}_sum`, labels);
    own.set(`${name}_count`, labels);
  }
}
/** Those of Node that prom-client adds, and of Prometheus itself. */
const others = new Set(["up"]);
for (const [, name] of (await prometheusMetrics().text()).matchAll(/^# TYPE (\w+) /gmu))
  if (!Object.hasOwn(metricTable, name!)) others.add(name!);
/** What Prometheus puts on everything that it scrapes. */
const scraped = ["job", "instance"];

/** What is wrong with an expression: a metric, label or value that is not there. */
function faultsOf(expression: string): string[] {
  const { selectors, groupings } = readPromql(expression);
  const faults: string[] = [];
  const labelsThere = new Set(scraped);
  for (const { metric, matchers } of selectors) {
    const labels = own.get(metric);
    if (labels === undefined && !others.has(metric)) faults.push(`no metric ${metric}`);
    for (const label of Object.keys(labels ?? {})) labelsThere.add(label);
    for (const { label, operator, value } of matchers) {
      const values = scraped.includes(label) ? "open" : labels?.[label];
      if (values === undefined) faults.push(`${metric} has no label ${label}`);
      else if (values !== "open")
        for (const each of operator.endsWith("~") ? value.split("|") : [value])
          if (!values.includes(each)) faults.push(`${label} of ${metric} is never ${each}`);
    }
  }
  for (const label of groupings) if (!labelsThere.has(label)) faults.push(`nothing to group by ${label}`);
  return faults;
}

describe("the check itself", () => {
  test.each([
    ["no metric worlds_owned_total", "sum(worlds_owned_total)"],
    ["no metric world_turn_seconds", "world_turn_seconds > 1"],
    ["ai_waiting has no label kind", 'ai_waiting{kind="npc"}'],
    ["status of http_requests_total is never 6xx", 'rate(http_requests_total{status=~"5xx|6xx"}[5m])'],
    ["nothing to group by host", "sum by (host) (rate(ai_answers_total[5m])) / 2"],
  ])("finds %s", (fault, expression) => expect(faultsOf(expression)).toEqual([fault]));

  test.each(["sum(", "sum(ai_slots))", "ai_slots § 2", "1 + 2", "sum by ai_slots"])(
    "does not understand %s",
    (expression) => expect(() => faultsOf(expression)).toThrow(),
  );
});

describe.each(dashboards)("the dashboard $name", ({ name, board }) => {
  test("asks only for metrics, labels and values that there are", () => {
    const faults = board.panels.flatMap(({ title, targets }) =>
      targets.flatMap(({ expr }) => faultsOf(expr).map((fault) => `${title}: ${fault}`)),
    );
    expect(faults).toEqual([]);
    expect(board.panels.length).toBeGreaterThan(5);
    expect(board.uid).toBe(`tw-${name.replace(".json", "")}`);
  });

  test("names in its legends only labels that are left", () => {
    for (const { title, targets } of board.panels)
      for (const { expr, legendFormat } of targets) {
        const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/gu)].map(([, label]) => label!);
        const { groupings } = readPromql(expr);
        const isWhole = !/\b(?:sum|max|min|avg)\b/u.test(expr);
        for (const label of named) expect(isWhole ? [...scraped, label] : groupings, title).toContain(label);
      }
  });
});

test("every metric is on a dashboard", () => {
  const asked = dashboards.flatMap(({ board }) =>
    board.panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => readPromql(expr).selectors.map(({ metric }) => metric)),
    ),
  );
  const shown = new Set(asked.map((name) => name.replace(/_bucket$/u, "")));
  expect(Object.keys(metricTable).filter((name) => !shown.has(name))).toEqual([]);
});

describe("the alert", () => {
  test("rules are all read", () => {
    expect(alerts.length).toBe(read("ops/prometheus/alerts.yaml").match(/alert:/gu)?.length);
    expect(alerts.length).toBeGreaterThan(10);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  test.each(alerts)("$alert asks for what there is, and its runbook says what to do", (alert) => {
    expect(faultsOf(alert.expr)).toEqual([]);
    expect(alert.expr).toMatch(/ (?:>|<|==|>=|<=) [\d.]+$/u);
    expect(alert.for).toMatch(/^\d+[smh]$/u);
    expect(["page", "ticket"]).toContain(alert.severity);
    const [path, anchor] = alert.runbook.split("#");
    const [, section = ""] = read(path!).split(new RegExp(`^### ${alert.alert}$`, "mu"));
    expect(anchor).toBe(alert.alert.toLowerCase());
    expect(section.split(/^##/mu)[0]).toMatch(/\*\*Why:\*\* .{20,}\*\*Do:\*\* .{20,}/su);
  });

  test.each(alerts)("$alert says in its words only labels that are left", ({ alert, expr, description }) => {
    const named = [...description.matchAll(/\$labels\.(\w+)/gu)].map(([, label]) => label!);
    const { groupings } = readPromql(expr);
    const left = /\b(?:sum|max)\b/u.test(expr) ? groupings : scraped;
    for (const label of named) expect(left, alert).toContain(label);
  });
});

test("the cloud's alarms and policies ask for what workers write for CloudWatch", () => {
  const text = read("infra/metrics.ts");
  expect(text).toContain(`namespace = "${emfNamespace}"`);
  const named = [...text.matchAll(/^ {2}\| "(\w+)"/gmu)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !emfMetricNames.includes(name))).toEqual([]);
});
