import * as z from "zod";
import type { ErrorCode } from "#core/lib/errors.ts";
import { errorBody } from "#core/protocol/error-body.ts";
import { authCookieName } from "./cookie.ts";
import { statusOf } from "./errors.ts";
import { type Operation, operations } from "./operations.ts";

/** OpenAPI 3.1, whose schemas are the JSON Schema that zod writes. */
export function openApiDocument(publicOrigin: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method = "", path = ""] = route.split(" ");
    (paths[path] ??= {})[method.toLowerCase()] = describe(method, path, operation);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Thousand Worlds", version: "0.1.0" },
    servers: [{ url: publicOrigin }],
    paths,
    components: {
      schemas: { Error: schemaOf(errorBody, "output") },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        cookie: { type: "apiKey", in: "cookie", name: authCookieName(publicOrigin) },
      },
    },
  };
}

function describe(method: string, path: string, operation: Operation): object {
  const parameters = [...pathParameters(path), ...queryParameters(operation.query)];
  return {
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.auth && { security: [{ bearer: [] }, { cookie: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.request !== undefined && {
      requestBody: { required: true, content: json(schemaOf(operation.request, "input")) },
    }),
    responses: { ...errorResponses(method, path, operation), ...answers(operation) },
  };
}

function answers(operation: Operation): object {
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => [
      status,
      status.startsWith("3")
        ? { description: answer.description }
        : { description: answer.description, content: contentOf(answer) },
    ]),
  );
}

function contentOf({ schema, orAs = [] }: Operation["answers"][number]): object {
  if (schema === undefined) return { "text/plain": { schema: { type: "string" } } };
  return {
    ...json(schemaOf(schema, "output")),
    ...Object.fromEntries(orAs.map((type) => [type, { schema: { type: "string", format: "binary" } }])),
  };
}

function errorResponses(method: string, path: string, operation: Operation): object {
  if (!path.startsWith("/api")) return {};
  const codes = new Set<ErrorCode>([
    ...(operation.errors ?? []),
    ...(operation.auth ? (["UNAUTHORIZED", "SESSION_EXPIRED"] as const) : []),
    ...(operation.auth && method !== "GET" ? (["FORBIDDEN", "RATE_LIMITED"] as const) : []),
    ...(operation.request ? (["INVALID_INPUT", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const) : []),
    ...(operation.query ? (["INVALID_INPUT"] as const) : []),
    "INTERNAL",
    "UNAVAILABLE",
  ]);
  const byStatus = Map.groupBy(codes, (code) => statusOf[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      { description: some.join(", "), content: json({ $ref: "#/components/schemas/Error" }) },
    ]),
  );
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", format: "uuid" },
  }));
}

function queryParameters(query: z.ZodObject | undefined): object[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

const json = (schema: object) => ({ "application/json": { schema } });
