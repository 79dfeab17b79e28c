import * as z from "zod";
import { expect, test } from "vitest";
import { parseEnv } from "./parse.ts";
import { tracingFrom, tracingVariables } from "./tracing-variables.ts";

const read = (env: Record<string, string>) => tracingFrom(parseEnv(z.object(tracingVariables), env));

test("traces go nowhere unless a collector is named", () => {
  expect(read({})).toBeNull();
  expect(read({ OTEL_TRACES_SAMPLER_ARG: "1" })).toBeNull();
});

test("a collector, its headers and the share of traces are read by OpenTelemetry's names", () => {
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318" })).toEqual({
    endpoint: "http://localhost:4318",
    headers: {},
    share: 0.1,
  });
  expect(
    read({
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example.org/base",
      OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Basic%20YTpi, x-scope = one=two",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
      OTEL_SERVICE_NAME: "worlds-eu",
    }),
  ).toEqual({
    endpoint: "https://otlp.example.org/base",
    headers: { Authorization: "Basic YTpi", "x-scope": "one=two" },
    share: 0.25,
    serviceName: "worlds-eu",
  });
});

test.each([
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318"],
  ["OTEL_EXPORTER_OTLP_HEADERS", "nonsense"],
  ["OTEL_EXPORTER_OTLP_HEADERS", "a=%E0%A4%A"],
  ["OTEL_TRACES_SAMPLER_ARG", "2"],
  ["OTEL_TRACES_SAMPLER_ARG", "parentbased"],
])("%s=%s is refused by its name", (name, value) => {
  expect(() => read({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318", [name]: value })).toThrow(
    `${name}: must be`,
  );
});
