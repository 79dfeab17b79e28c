// The dynamics of core/sim/weather, operation for operation: the peer of bench/weather.bench.ts. Reads operators and a state, steps, times each
// step, writes the state: it must have the same bits as TypeScript's (compile with -ffp-contract=off).
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define K 4
static int N, E, V, steps;
static double dt, gravity, span, cp, p0, kappa, lv, damping, divergence_factor, back, expected;
static double *thickness, *exner_k, *above_k, *power;
static int *from_e, *to_e, *right_e, *left_e, *before_from, *before_to, *edge_cn, *cell_v3, *edge_v3, *edge_ew;
static double *weight, *gradient, *along, *divergence, *kinetic_w, *vorticity, *share_v3, *coriolis, *share_c, *ground;
static double *ps, *theta, *q, *u, *t1, *t2;
static double *old, *exner, *flow, *div_kc, *sink, *moved, *ke, *phi, *t0, *flux, *pot, *smooth, *spin, *scratch;
static int history = 2;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}
static void *take(FILE *f, size_t count, size_t size) {
  void *p = malloc(count * size + 64);
  if (p == NULL || fread(p, size, count, f) != count) exit(2);
  return p;
}
static double *room(size_t count) { return calloc(count, sizeof(double)); }

static void put_kinetic(int k) {
  const double *w = u + (size_t)k * E;
  double *out = ke + (size_t)k * N;
  for (int c = 0, n = 0; c < N; c++, n += 6) {
    double s = 0;
    for (int m = 0; m < 6; m++) {
      double x = w[edge_cn[n + m]];
      s = m == 0 ? kinetic_w[n] * x * x : s + kinetic_w[n + m] * x * x;
    }
    out[c] = s;
  }
}
static void fix_energy(void) {
  double sum = 0, mass = 0;
  for (int c = 0; c < N; c++) {
    double warm = cp * exner[c], column = ground[c];
    for (int k = 0; k < K; k++) {
      size_t x = (size_t)k * N + c;
      column += thickness[k] * (warm * exner_k[k] * theta[x] + lv * q[x] + ke[x]);
    }
    sum += share_c[c] * ps[c] * column;
  }
  double missing = expected - sum / gravity;
  for (int c = 0; c < N; c++) mass += share_c[c] * ps[c];
  double warming = (missing * gravity) / (cp * mass);
  for (int k = 0; k < K; k++)
    for (int c = 0; c < N; c++) theta[(size_t)k * N + c] += warming / (exner[c] * exner_k[k]);
}
static inline double gather(const double *f, int n) {
  return divergence[n] * f[edge_cn[n]] + divergence[n + 1] * f[edge_cn[n + 1]] + divergence[n + 2] * f[edge_cn[n + 2]] +
         divergence[n + 3] * f[edge_cn[n + 3]] + divergence[n + 4] * f[edge_cn[n + 4]] + divergence[n + 5] * f[edge_cn[n + 5]];
}
static void move_mass(void) {
  for (int k = 0; k < K; k++) {
    double *f = flow + (size_t)k * E;
    for (int e = 0; e < E; e++) f[e] = 0.5 * (ps[from_e[e]] + ps[to_e[e]]) * u[(size_t)k * E + e];
    for (int c = 0; c < N; c++) div_kc[(size_t)k * N + c] = gather(f, 6 * c);
  }
  memcpy(old, ps, sizeof(double) * N);
  for (int c = 0; c < N; c++) {
    double whole = 0, sinking = 0;
    for (int k = 0; k < K; k++) whole += div_kc[(size_t)k * N + c] * thickness[k];
    ps[c] = old[c] - dt * whole;
    for (int k = 0; k < K - 1; k++) {
      sinking -= (div_kc[(size_t)k * N + c] - whole) * thickness[k];
      sink[(size_t)k * N + c] = sinking;
    }
  }
}
static void put_carried(int k, const double *x) {
  for (int c = 0; c < N; c++) moved[(size_t)k * N + c] = x[(size_t)k * N + c] * old[c] - dt * gather(flux, 6 * c);
}
static void carry_warmth(void) {
  for (int k = 0; k < K; k++) {
    const double *x = theta + (size_t)k * N, *w = u + (size_t)k * E, *f = flow + (size_t)k * E;
    for (int e = 0; e < E; e++) {
      double a = x[from_e[e]], b = x[to_e[e]], courant = fabs(w[e]) * dt * gradient[e];
      double face = w[e] >= 0 ? a + 0.5 * (1 - courant) * (0.9 * (b - a) + 0.1 * (a - x[before_from[e]]))
                              : b + 0.5 * (1 - courant) * (0.9 * (a - b) + 0.1 * (b - x[before_to[e]]));
      flux[e] = f[e] * face;
    }
    put_carried(k, theta);
  }
  for (int c = 0; c < N; c++) {
    double above = 0;
    for (int k = 0; k < K; k++) {
      size_t x = (size_t)k * N + c;
      double below = 0;
      if (k < K - 1) {
        double lower = exner_k[k + 1] - above_k[k + 1], upper = above_k[k + 1] - exner_k[k];
        below = (sink[x] * (lower * theta[x + N] + upper * theta[x])) / (lower + upper);
      }
      moved[x] = (moved[x] - (dt * (below - above)) / thickness[k]) / ps[c];
      above = below;
    }
  }
  memcpy(theta, moved, sizeof(double) * K * N);
}
static void limit_outflow(int k) {
  for (int c = 0; c < N; c++) {
    double out = 0;
    for (int m = 6 * c; m < 6 * c + 6; m++) {
      double part = divergence[m] * flux[edge_cn[m]];
      if (part > 0) out += part;
    }
    double there = q[(size_t)k * N + c] * old[c];
    scratch[c] = dt * out > there ? there / (dt * out) : 1;
  }
  for (int e = 0; e < E; e++) flux[e] = flux[e] * scratch[flux[e] > 0 ? from_e[e] : to_e[e]];
}
static void carry_moisture(void) {
  for (int k = 0; k < K; k++) {
    const double *x = q + (size_t)k * N, *w = u + (size_t)k * E, *f = flow + (size_t)k * E;
    for (int e = 0; e < E; e++) {
      double a = x[from_e[e]], b = x[to_e[e]], courant = fabs(w[e]) * dt * gradient[e];
      double upwind = w[e] >= 0 ? a : b, ahead = w[e] >= 0 ? b - a : a - b;
      double behind = upwind - x[w[e] >= 0 ? before_from[e] : before_to[e]], product = ahead * behind;
      flux[e] = f[e] * (product > 0 ? upwind + ((1 - courant) * product) / (ahead + behind) : upwind);
    }
    put_carried(k, q);
    double least = 0;
    for (int c = 0; c < N; c++)
      if (moved[(size_t)k * N + c] < least) least = moved[(size_t)k * N + c];
    if (least < 0) {
      limit_outflow(k);
      put_carried(k, q);
    }
  }
  for (int c = 0; c < N; c++)
    for (int k = 0; k < K - 1; k++) {
      size_t x = (size_t)k * N + c;
      double s = sink[x], upper = q[x], lower = q[x + N];
      double face = 0.5 * (s > 0 ? upper : lower) + 0.25 * (upper + lower), f = dt * s * face;
      double most = moved[x] * thickness[k], least = -moved[x + N] * thickness[k + 1];
      if (f > most) f = most > 0 ? most : 0;
      if (f < least) f = least < 0 ? least : 0;
      moved[x] -= f / thickness[k];
      moved[x + N] += f / thickness[k + 1];
    }
  for (int k = 0; k < K; k++)
    for (int c = 0; c < N; c++) {
      double m = moved[(size_t)k * N + c] / ps[c];
      q[(size_t)k * N + c] = m > 0 ? m : 0;
    }
}
static void put_tendencies(void) {
  for (int k = 0; k < K; k++) {
    const double *w = u + (size_t)k * E, *f = flow + (size_t)k * E, *kin = ke + (size_t)k * N;
    for (int v = 0, x = 0; v < V; v++, x += 3) {
      double z = vorticity[x] * w[edge_v3[x]] + vorticity[x + 1] * w[edge_v3[x + 1]] + vorticity[x + 2] * w[edge_v3[x + 2]];
      double p = share_v3[x] * old[cell_v3[x]] + share_v3[x + 1] * old[cell_v3[x + 1]] + share_v3[x + 2] * old[cell_v3[x + 2]];
      spin[v] = (z + coriolis[v]) / p;
    }
    for (int e = 0; e < E; e++) pot[e] = 0.5 * (spin[right_e[e]] + spin[left_e[e]]);
    for (int e = 0, x = 0; e < E; e++, x += 10) {
      double own = pot[e], s = weight[x] * f[edge_ew[x]] * (own + pot[edge_ew[x]]);
      for (int m = 1; m < 10; m++) s += weight[x + m] * f[edge_ew[x + m]] * (own + pot[edge_ew[x + m]]);
      t0[(size_t)k * E + e] = 0.5 * s - (kin[to_e[e]] - kin[from_e[e]]) * gradient[e];
    }
  }
  for (int e = 0; e < E; e++) {
    int a = from_e[e], b = to_e[e];
    double pressure = 0.5 * (old[a] + old[b]), above = 0;
    for (int k = 0; k < K; k++) {
      size_t x = (size_t)k * E + e;
      double below = 0;
      if (k < K - 1) below = 0.25 * (sink[(size_t)k * N + a] + sink[(size_t)k * N + b]) * (u[x + E] - u[x]);
      t0[x] -= (below + above) / (pressure * thickness[k]);
      above = below;
    }
  }
}
static double exner_of(double ratio) {
  double second = (kappa * (kappa - 1)) / 2, third = (second * (kappa - 2)) / 3, fourth = (third * (kappa - 3)) / 4;
  int r = (int)(ratio * 256 + 0.5);
  if (r < 10) r = 10;
  if (r > 4096) r = 4096;
  double d = (ratio * 256 - r) / r;
  return power[r] * (1 + d * (kappa + d * (second + d * (third + d * fourth))));
}
static void put_geopotential(void) {
  for (int c = 0; c < N; c++) {
    double ex = exner_of(ps[c] / p0);
    exner[c] = ex;
    size_t x = (size_t)(K - 1) * N + c;
    double lower = theta[x] * (1 + 0.608 * q[x]), height = ground[c] + cp * lower * ex * (1 - exner_k[K - 1]);
    phi[x] = height;
    for (int k = K - 2; k >= 0; k--) {
      x -= N;
      double upper = theta[x] * (1 + 0.608 * q[x]);
      height += cp * ex * (lower * (exner_k[k + 1] - above_k[k + 1]) + upper * (above_k[k + 1] - exner_k[k]));
      phi[x] = height;
      lower = upper;
    }
  }
}
static void blow(void) {
  double b0 = history == 0 ? 1 : history == 1 ? 1.5 : 23.0 / 12, b1 = history == 0 ? 0 : history == 1 ? -0.5 : -16.0 / 12, b2 = history < 2 ? 0 : 5.0 / 12;
  for (int k = 0; k < K; k++) {
    double half = 0.5 * cp * exner_k[k];
    for (int e = 0; e < E; e++) {
      size_t a = (size_t)k * N + from_e[e], b = (size_t)k * N + to_e[e], x = (size_t)k * E + e;
      double warmth = half * (theta[a] * (1 + 0.608 * q[a]) + theta[b] * (1 + 0.608 * q[b]));
      double slope = (phi[b] - phi[a] + warmth * (exner[to_e[e]] - exner[from_e[e]])) * gradient[e];
      u[x] += dt * (b0 * t0[x] + b1 * t1[x] + b2 * t2[x] - slope);
    }
  }
  memcpy(t2, t1, sizeof(double) * K * E);
  memcpy(t1, t0, sizeof(double) * K * E);
  if (history < 2) history++;
}
static void laplacian(const double *w, double *out) {
  for (int v = 0, x = 0; v < V; v++, x += 3)
    spin[v] = vorticity[x] * w[edge_v3[x]] + vorticity[x + 1] * w[edge_v3[x + 1]] + vorticity[x + 2] * w[edge_v3[x + 2]];
  for (int c = 0; c < N; c++) scratch[c] = divergence_factor * gather(w, 6 * c);
  for (int e = 0; e < E; e++)
    out[e] = (scratch[to_e[e]] - scratch[from_e[e]]) * gradient[e] - (spin[left_e[e]] - spin[right_e[e]]) * along[e];
}
static void damp(double share) {
  double time = (damping * 3600 * span) / 475000, k4 = span * span * span * span / 576 / time, damped = 0, curled = 0;
  for (int k = 0; k < K; k++) {
    double *w = u + (size_t)k * E, strength = dt * k4 * (k == 0 ? 3 : 1);
    laplacian(w, smooth);
    laplacian(smooth, flux);
    for (int e = 0; e < E; e++) {
      damped += strength * w[e] * flux[e];
      curled -= w[e] * smooth[e];
      w[e] = w[e] - strength * flux[e] - dt * back * smooth[e];
    }
  }
  double wanted = curled > 0 ? (share * damped) / (dt * curled) : 0, relaxed = dt / 86400;
  back = back + (relaxed < 1 ? relaxed : 1) * (wanted - back);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *f = fopen(argv[1], "rb");
  if (f == NULL) return 2;
  int *h = take(f, 4, 4);
  N = h[0], E = h[1], V = h[2], steps = h[3];
  double *d = take(f, 14, 8), share = d[12];
  dt = d[0], gravity = d[1], span = d[2], cp = d[3], p0 = d[4], kappa = d[5], lv = d[6], damping = d[7], divergence_factor = d[8], back = d[9];
  expected = d[10], history = (int)d[11];
  thickness = take(f, K, 8), exner_k = take(f, K, 8), above_k = take(f, K, 8), power = take(f, 4097, 8);
  from_e = take(f, E, 4), to_e = take(f, E, 4), right_e = take(f, E, 4), left_e = take(f, E, 4), before_from = take(f, E, 4), before_to = take(f, E, 4);
  edge_cn = take(f, 6 * N, 4), cell_v3 = take(f, 3 * V, 4), edge_v3 = take(f, 3 * V, 4), edge_ew = take(f, 10 * E, 4);
  weight = take(f, 10 * E, 8), gradient = take(f, E, 8), along = take(f, E, 8), divergence = take(f, 6 * N, 8), kinetic_w = take(f, 6 * N, 8);
  vorticity = take(f, 3 * V, 8), share_v3 = take(f, 3 * V, 8), coriolis = take(f, V, 8), share_c = take(f, N, 8), ground = take(f, N, 8);
  ps = take(f, N, 8), theta = take(f, K * N, 8), q = take(f, K * N, 8), u = take(f, K * E, 8), t1 = take(f, K * E, 8), t2 = take(f, K * E, 8);
  fclose(f);
  old = room(N), exner = room(N), flow = room(K * E), div_kc = room(K * N), sink = room(K * N), moved = room(K * N), ke = room(K * N), phi = room(K * N);
  t0 = room(K * E), flux = room(E), pot = room(E), smooth = room(E), spin = room(V), scratch = room(N);
  put_geopotential();
  for (int step = 0; step < steps; step++) {
    double start = now();
    for (int k = 0; k < K; k++) put_kinetic(k);
    fix_energy();
    move_mass();
    carry_warmth();
    put_tendencies();
    carry_moisture();
    put_geopotential();
    blow();
    damp(share);
    printf("%.6f\n", now() - start);
  }
  f = fopen(argv[2], "wb");
  if (f == NULL) return 2;
  fwrite(ps, 8, N, f), fwrite(theta, 8, K * N, f), fwrite(q, 8, K * N, f), fwrite(u, 8, K * E, f);
  return fclose(f);
}
