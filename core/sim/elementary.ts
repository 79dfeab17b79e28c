import { assert } from "../lib/assert.ts";

// sin, cos, log, exp and atan from + − × ÷ alone, so that a world has the same bits on every engine (Math.sin differs in its last ones).
// Polynomials and reductions: fdlibm, k_sin.c, k_cos.c, e_log.c, e_exp.c and s_atan.c. Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
// Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely
// granted, provided that this notice is preserved. Error under 1 unit in the last place (about 1 for sin and cos far from 0).

/** Beyond it the two-part π/2 below loses digits. */
const angleMax = 1e5;

/** Of an angle in radians, |angle| ≤ 1e5. */
export function sin(angleRad: number): number {
  const quarter = quarterOf(angleRad);
  const rest = restOf(angleRad, quarter);
  switch (quarter & 3) {
    case 0:
      return sinNearZero(rest);
    case 1:
      return cosNearZero(rest);
    case 2:
      return -sinNearZero(rest);
    default:
      return -cosNearZero(rest);
  }
}

/** Of an angle in radians, |angle| ≤ 1e5. */
export function cos(angleRad: number): number {
  const quarter = quarterOf(angleRad);
  const rest = restOf(angleRad, quarter);
  switch (quarter & 3) {
    case 0:
      return cosNearZero(rest);
    case 1:
      return -sinNearZero(rest);
    case 2:
      return -cosNearZero(rest);
    default:
      return sinNearZero(rest);
  }
}

/** Natural logarithm of a positive, normal number. */
export function log(x: number): number {
  assert(x >= 2.2250738585072014e-308 && x < Infinity, `log(${x})`);
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  // The exponent is chosen so that the mantissa lies in √½ … √2.
  const carry = ((high & 0xfffff) + 0x95f64) & 0x100000;
  const exponent = (high >>> 20) - 1023 + (carry >>> 20);
  bits.setUint32(0, (high & 0xfffff) | (carry ^ 0x3ff00000));
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return exponent * 0.6931471803691238 - (half - (s * (half + even + odd) + exponent * 1.9082149292705877e-10) - f);
}

/** e to the x, |x| ≤ 700. */
export function exp(x: number): number {
  assert(x >= -700 && x <= 700, `exp(${x})`);
  const power = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - power * 0.6931471803691238;
  const low = power * 1.9082149292705877e-10;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  return (1 - (low - (r * c) / (2 - c) - high)) * bits.getFloat64(0);
}

/** Arc tangent, −π/2 … π/2. */
export function atan(x: number): number {
  const size = Math.abs(x);
  let angle: number;
  if (size < 0.4375) angle = atanNearZero(size);
  else if (size < 0.6875) angle = 0.4636476090008061 + atanNearZero((2 * size - 1) / (2 + size));
  else if (size < 1.1875) angle = 0.7853981633974483 + atanNearZero((size - 1) / (size + 1));
  else if (size < 2.4375) angle = 0.982793723247329 + atanNearZero((size - 1.5) / (1 + 1.5 * size));
  else angle = 1.5707963267948966 - atanNearZero(1 / size);
  return x < 0 ? -angle : angle;
}

/** The angle of the point (x, y) from the x axis, −π … π; 0 of the origin. */
export function atan2(y: number, x: number): number {
  if (x > 0) return atan(y / x);
  if (x < 0) return y < 0 ? atan(y / x) - Math.PI : atan(y / x) + Math.PI;
  if (y === 0) return 0;
  return y < 0 ? -Math.PI / 2 : Math.PI / 2;
}

const bits = new DataView(new ArrayBuffer(8));

/** 0 ≤ x < 0.4375, or what is left of a larger one. */
function atanNearZero(x: number): number {
  const z = x * x;
  const w = z * z;
  const odd =
    0.3333333333333293 +
    w *
      (0.14285714272503466 +
        w * (0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782))));
  const even =
    w *
    (-0.19999999999876483 +
      w * (-0.11111110405462356 + w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return x - x * (z * odd + even);
}

function quarterOf(angleRad: number): number {
  assert(angleRad >= -angleMax && angleRad <= angleMax, `the angle ${angleRad} is out of range`);
  return Math.floor(angleRad * 0.6366197723675814 + 0.5);
}

function restOf(angleRad: number, quarter: number): number {
  return angleRad - quarter * 1.5707963267341256 - quarter * 6.077100506506192e-11;
}

/** |x| ≤ π/4. */
function sinNearZero(x: number): number {
  const z = x * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x + z * x * (-0.16666666666666632 + z * r);
}

/** |x| ≤ π/4. */
function cosNearZero(x: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + z * r);
}
