import { useEffect, useState } from "preact/hooks";
import { turned } from "./projections.ts";

export type Middle = { readonly longitude: number; readonly latitude: number };
/** Radians to the east and the north. */
export type Turn = (east: number, north: number) => void;

const spinFrameMs = 50;
const spinPerFrame = 0.01;

/** Which place a view has in its middle, turned by whoever looks, or by itself. */
export function useMiddle() {
  const [middle, setMiddle] = useState<Middle>({ longitude: 0, latitude: 0.35 });
  const [isSpinning, setSpinning] = useState(false);
  const turn: Turn = (east, north) =>
    setMiddle(({ longitude, latitude }) => ({
      longitude: turned(longitude + east),
      latitude: Math.min(Math.PI / 2, Math.max(-Math.PI / 2, latitude + north)),
    }));
  useEffect(() => {
    if (!isSpinning) return undefined;
    const timer = setInterval(() => turn(-spinPerFrame, 0), spinFrameMs);
    return () => clearInterval(timer);
  }, [isSpinning]);
  return { middle, turn, isSpinning, toggleSpin: () => setSpinning(!isSpinning) };
}
