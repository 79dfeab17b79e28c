import { expect, test } from "vitest";
import { AppError, errorCodes } from "../lib/errors.ts";
import { fromRpcFailure, rpcDetailLengthMax, rpcDetailsMax, rpcFailure, toRpcFailure } from "./rpc-failure.ts";

const cross = (error: unknown) => fromRpcFailure(rpcFailure.parse(JSON.parse(JSON.stringify(toRpcFailure(error)))));

test.each(errorCodes)("%s crosses with everything but its cause", (code) => {
  const details = [{ path: "a.b", message: "x".repeat(rpcDetailLengthMax) }];
  const there = cross(new AppError(code, "Words.", { details, retryAfterS: 0.5, cause: new Error("inside") }));
  expect(there).toEqual(new AppError(code, "Words.", { details, retryAfterS: 0.5 }));
  expect(cross(new AppError(code, "Words."))).toEqual(new AppError(code, "Words."));
});

test.each([new Error("password=hunter2"), "hunter2", null, { code: "FORBIDDEN", message: "hunter2" }])(
  "what is no AppError says nothing of the inside",
  (thrown) => {
    expect(cross(thrown)).toEqual(new AppError("INTERNAL", "Something went wrong here."));
  },
);

test("of what is wrong in too many places, under too long names, only so much crosses", () => {
  const long = "x".repeat(rpcDetailLengthMax + 1);
  const details = Array.from({ length: rpcDetailsMax + 1 }, () => ({ path: long, message: long }));
  const cut = { path: long.slice(1), message: long.slice(1) };
  expect(cross(new AppError("INVALID_INPUT", "No.", { details })).details).toEqual(
    Array.from({ length: rpcDetailsMax }, () => cut),
  );
});
