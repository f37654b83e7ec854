/** JSON knows no infinity: null stands for it. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
