// Twin of core/sim/planet/flood.ts with heap.ts, for bench/planet.bench.ts: the same steps in the same order, so the same receivers.
// Reads a file: int32 cells, int32 repeats, int32 neighbour[6n], double distance[6n], double elevation[n]. Prints the best time in ms and a checksum.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int32_t cells, repeats, *neighbour, *receiver, *order, *pit, *heap_cell, count, heap_size;
static double *distance, *elevation, *filled, *length, *heap_key;
static uint8_t *closed;

static void push(double key, int32_t cell) {
  int32_t at = heap_size++;
  while (at > 0) {
    int32_t parent = (at - 1) >> 2;
    if (key >= heap_key[parent]) break;
    heap_key[at] = heap_key[parent];
    heap_cell[at] = heap_cell[parent];
    at = parent;
  }
  heap_key[at] = key;
  heap_cell[at] = cell;
}

static int32_t pop(void) {
  int32_t top = heap_cell[0], size = --heap_size;
  if (size == 0) return top;
  double key = heap_key[size];
  int32_t cell = heap_cell[size], at = 0;
  for (;;) {
    int32_t first = 4 * at + 1;
    if (first >= size) break;
    int32_t end = first + 4 < size ? first + 4 : size, least = first;
    for (int32_t child = first + 1; child < end; child++)
      if (heap_key[child] < heap_key[least]) least = child;
    if (heap_key[least] >= key) break;
    heap_key[at] = heap_key[least];
    heap_cell[at] = heap_cell[least];
    at = least;
  }
  heap_key[at] = key;
  heap_cell[at] = cell;
  return top;
}

static void flood(void) {
  int32_t head = 0, tail = 0;
  count = 0;
  heap_size = 0;
  for (int32_t c = 0; c < cells; c++) {
    filled[c] = elevation[c];
    receiver[c] = c;
    length[c] = 0;
    closed[c] = 0;
    if (elevation[c] > 0) continue;
    closed[c] = 1;
    filled[c] = 0;
    for (int k = 6 * c; k < 6 * c + 6; k++)
      if (elevation[neighbour[k]] > 0) { push(elevation[c], c); break; }
  }
  while (head < tail || heap_size > 0) {
    int32_t c = head < tail ? pit[head++] : pop();
    if (head == tail) head = tail = 0;
    double level = filled[c];
    if (elevation[c] > 0 || receiver[c] != c) order[count++] = c;
    for (int k = 6 * c; k < 6 * c + 6; k++) {
      int32_t next = neighbour[k];
      if (closed[next]) continue;
      closed[next] = 1;
      receiver[next] = c;
      if (elevation[next] <= level) { filled[next] = level; pit[tail++] = next; }
      else { filled[next] = elevation[next]; push(elevation[next], next); }
    }
  }
  for (int32_t i = 0; i < count; i++) {
    int32_t c = order[i], way = receiver[c], to = way;
    if (way == c) continue;
    double steepest = 0, far = 0;
    for (int k = 6 * c; k < 6 * c + 6; k++) {
      if (neighbour[k] == way && far == 0) far = distance[k];
      double drop = filled[c] - filled[neighbour[k]];
      if (drop > steepest * distance[k]) { steepest = drop / distance[k]; to = neighbour[k]; far = distance[k]; }
    }
    receiver[c] = to;
    length[c] = far;
  }
}

static void *take(FILE *file, size_t size) {
  void *data = malloc(size);
  if (fread(data, 1, size, file) != size) exit(2);
  return data;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file || fread(&cells, 4, 1, file) != 1 || fread(&repeats, 4, 1, file) != 1) return 2;
  size_t n = cells;
  neighbour = take(file, 24 * n); distance = take(file, 48 * n); elevation = take(file, 8 * n);
  receiver = malloc(4 * n); order = malloc(4 * n); pit = malloc(4 * n); heap_cell = malloc(4 * n);
  filled = malloc(8 * n); length = malloc(8 * n); heap_key = malloc(8 * n); closed = malloc(n);
  double best = 1e9;
  for (int r = 0; r < repeats; r++) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    flood();
    clock_gettime(CLOCK_MONOTONIC, &to);
    double ms = (to.tv_sec - from.tv_sec) * 1e3 + (to.tv_nsec - from.tv_nsec) / 1e6;
    if (ms < best) best = ms;
  }
  uint32_t sum = 0;
  for (int32_t c = 0; c < cells; c++) sum = sum * 31 + (uint32_t)receiver[c];
  printf("%.4f %u\n", best, sum);
  return 0;
}
