import * as z from "zod";

type Schema = Readonly<Record<string, unknown>>;

const validatorsMax = 100;
const validators = new Map<string, z.ZodType>();

/** Throws for what is no JSON schema. The latest are kept: callers ask for the same few. */
function validatorOf(schema: Schema): z.ZodType {
  const key = JSON.stringify(schema);
  let validator = validators.get(key);
  if (validator === undefined) {
    validator = z.fromJSONSchema(schema);
    if (validators.size >= validatorsMax) validators.clear();
    validators.set(key, validator);
  }
  return validator;
}

export function isJsonSchema(schema: Schema): boolean {
  try {
    validatorOf(schema);
    return true;
  } catch {
    return false;
  }
}

/** null where the value satisfies the schema; else what is wrong with it, in words. */
export function faultOf(schema: Schema, value: unknown): string | null {
  const parsed = validatorOf(schema).safeParse(value);
  return parsed.success ? null : z.prettifyError(parsed.error);
}
