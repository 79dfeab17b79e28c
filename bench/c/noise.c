// Twin of fbm in core/sim/noise.ts, eight octaves at a gain of 0.5, for bench/planet.bench.ts: the same sums in the same order, so the same bits
// (compiled without contraction to fused multiply-adds). Reads: int32 cells, int32 repeats, double position[3n]. Prints the best time in ms and the sum.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const uint32_t PX = 73856093u, PY = 19349663u, PZ = 83492791u;
static const double gradients[64] = {
  1, 1, 0, 0, -1, 1, 0, 0, 1, -1, 0, 0, -1, -1, 0, 0, 1, 0, 1, 0, -1, 0, 1, 0, 1, 0, -1, 0, -1, 0, -1, 0,
  0, 1, 1, 0, 0, -1, 1, 0, 0, 1, -1, 0, 0, -1, -1, 0, 1, 1, 0, 0, -1, 1, 0, 0, 0, -1, 1, 0, 0, -1, -1, 0,
};

static inline double corner(uint32_t position, double x, double y, double z) {
  double t = 0.5 - x * x - y * y - z * z;
  if (t <= 0) return 0;
  uint32_t h = (position ^ (position >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  const double *g = gradients + ((h >> 26) & 0x3c);
  double t2 = t * t;
  return t2 * t2 * (g[0] * x + g[1] * y + g[2] * z);
}

static inline double simplex(uint32_t seed, double x, double y, double z) {
  double skew = (x + y + z) / 3;
  int32_t i = (int32_t)floor(x + skew), j = (int32_t)floor(y + skew), k = (int32_t)floor(z + skew);
  double unskew = ((double)i + j + k) / 6, x0 = x - i + unskew, y0 = y - j + unskew, z0 = z - k + unskew;
  int xy = x0 >= y0, yz = y0 >= z0, xz = x0 >= z0;
  int i1 = xy & xz, j1 = (1 - xy) & yz, k1 = (1 - xz) & (1 - yz), i2 = xy | xz, j2 = (1 - xy) | yz, k2 = (1 - xz) | (1 - yz);
  uint32_t hx = (uint32_t)i * PX, hy = (uint32_t)j * PY, hz = (uint32_t)k * PZ;
  return 76 * (corner(seed ^ hx ^ hy ^ hz, x0, y0, z0) +
    corner(seed ^ (hx + (PX & -(uint32_t)i1)) ^ (hy + (PY & -(uint32_t)j1)) ^ (hz + (PZ & -(uint32_t)k1)), x0 - i1 + 1.0 / 6, y0 - j1 + 1.0 / 6, z0 - k1 + 1.0 / 6) +
    corner(seed ^ (hx + (PX & -(uint32_t)i2)) ^ (hy + (PY & -(uint32_t)j2)) ^ (hz + (PZ & -(uint32_t)k2)), x0 - i2 + 1.0 / 3, y0 - j2 + 1.0 / 3, z0 - k2 + 1.0 / 3) +
    corner(seed ^ (hx + PX) ^ (hy + PY) ^ (hz + PZ), x0 - 0.5, y0 - 0.5, z0 - 0.5));
}

int main(int argc, char **argv) {
  int32_t cells, repeats;
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file || fread(&cells, 4, 1, file) != 1 || fread(&repeats, 4, 1, file) != 1) return 2;
  double *p = malloc(24 * (size_t)cells), best = 1e9, all = 0;
  if (fread(p, 24, cells, file) != (size_t)cells) return 2;
  for (int r = 0; r < repeats; r++) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    all = 0;
    for (int32_t c = 0; c < cells; c++) {
      double x = 6 * p[3 * c], y = 6 * p[3 * c + 1], z = 6 * p[3 * c + 2], sum = 0, amplitude = 1, total = 0;
      for (int octave = 0; octave < 8; octave++) {
        sum += amplitude * simplex(7 + octave, x, y, z);
        total += amplitude;
        amplitude *= 0.5;
        x = 2 * x + 17.31; y = 2 * y - 5.73; z = 2 * z + 11.59;
      }
      all += sum / total;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double ms = (to.tv_sec - from.tv_sec) * 1e3 + (to.tv_nsec - from.tv_nsec) / 1e6;
    if (ms < best) best = ms;
  }
  printf("%.4f %.17g\n", best, all);
  return 0;
}
