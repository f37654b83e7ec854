/** Files of a service's state folder, or outputs of any path. In the simulation they can be torn and lost as on a disk. */
export interface Disk {
  /** A file's bytes from an offset on, all of them or so many; null when there is no file. */
  read(path: string, from?: number, lengthMax?: number): Promise<Buffer | null>
  /** Puts a file in its place in one step, safe against a crash of the machine when this settles. */
  writeAtomically(path: string, chunks: Iterable<Uint8Array>): Promise<void>
  /** Adds bytes at the end of a file, which is made when there is none. A crash of the process loses none of it. */
  append(path: string, bytes: Uint8Array): Promise<void>
  /** A file, its name and what it holds, is safe against a crash of the machine, whoever wrote it. */
  sync(path: string): Promise<void>
  /** Cuts a file to a length. */
  truncate(path: string, length: number): Promise<void>
  /** Which file a path names now, and its length; null when there is none. */
  identity(path: string): Promise<FileIdentity | null>
  /** Names of the files in a folder; [] when there is none. */
  list(folder: string): Promise<string[]>
  /** Gives a file another name, whose file it replaces; safe against a crash of the machine when this settles. */
  rename(from: string, to: string): Promise<void>
  /** Safe to repeat. */
  remove(path: string): Promise<void>
}

export interface FileIdentity {
  readonly device: number
  readonly inode: number
  readonly length: number
}
