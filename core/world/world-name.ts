import { AppError } from "../lib/errors.ts";
import { singleLine } from "../lib/text.ts";

export const worldNameLengthMax = 50;

/** The name as it is kept. Throws INVALID_INPUT. */
export function checkWorldName(raw: string): string {
  const name = singleLine(raw);
  const length = [...name].length;
  if (length < 1 || length > worldNameLengthMax)
    throw invalid(`A world's name has 1 to ${worldNameLengthMax} characters.`);
  if (!/[\p{L}\p{N}]/u.test(name)) throw invalid("A world's name has at least one letter or digit.");
  return name;
}

/** By what the names of two worlds are one. */
export function nameKeyOf(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

const invalid = (message: string): AppError =>
  new AppError("INVALID_INPUT", message, { details: [{ path: "name", message }] });
