import type { Disk } from '@sekisho/bus'

/** Numbers of the files `NAME.<n>` in a folder, ascending. */
export async function numbersOf(disk: Disk, folder: string, name: string): Promise<number[]> {
  const numbers = (await disk.list(folder)).flatMap((file) => {
    const [stem, digits = '', ...more] = file.split('.')
    return stem === name && more.length === 0 && /^\d{1,15}$/.test(digits) ? [Number(digits)] : []
  })
  return numbers.sort((a, b) => a - b)
}
