import { describe, expect, test } from "vitest";
import { metricTable } from "#core/protocol/metrics.ts";
import { prometheusMetrics } from "./prometheus.ts";

describe("the metrics of a process", () => {
  test("are told in Prometheus' text, each with its help and its kind", async () => {
    const { metrics, text } = prometheusMetrics();
    metrics.count("http_requests_total", { status: "4xx" });
    metrics.count("http_requests_total", { status: "4xx" }, 2);
    metrics.observe("world_turn_seconds", {}, 0.003);
    const lines = (await text()).split("\n");
    expect(lines).toContain('http_requests_total{status="4xx"} 3');
    expect(lines).toContain('world_turn_seconds_bucket{le="0.0025"} 0');
    expect(lines).toContain('world_turn_seconds_bucket{le="0.005"} 1');
    for (const [name, { kind, help }] of Object.entries(metricTable)) {
      expect(lines).toContain(`# TYPE ${name} ${kind}`);
      expect(lines).toContain(`# HELP ${name} ${help}`);
    }
  });

  test("are those of one process: another's start at nothing", async () => {
    prometheusMetrics().metrics.count("world_inputs_total", {}, 7);
    expect(await prometheusMetrics().text()).not.toContain("world_inputs_total 7");
  });
});
