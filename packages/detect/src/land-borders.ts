export function landNeighboursOf(_country: string): readonly string[] {
  return []
}
