/** Memory of the kernel. It grows and is never given back: what is needed for one sentence is used again for the next. */

let end: usize = heapStart()

function heapStart(): usize {
  return (__heap_base + 7) & ~7
}

/** Zeroed memory, at a multiple of eight. */
export function allocate(size: usize): usize {
  const at = end
  end = (at + size + 7) & ~7
  const missing = <i32>((end + 0xffff) >>> 16) - memory.size()
  // In steps, since the engine has to look at the memory anew after each.
  if (missing > 0 && memory.grow(max(missing, growth)) < 0) unreachable()
  return at
}

/** In pages of 64 KiB. */
const growth = 8

/** So many whole numbers of four bytes, all 0. */
export function numbers(count: i32): usize {
  return allocate((<usize>count) << 2)
}

export function number(at: usize, i: i32): i32 {
  return load<i32>(at + ((<usize>i) << 2))
}

export function put(at: usize, i: i32, value: i32): void {
  store<i32>(at + ((<usize>i) << 2), value)
}

/** Numbers as a pack has them, in one, two or four bytes each. */
@unmanaged
export class Ints {
  at: usize = 0
  bytes: i32 = 0

  @operator('[]')
  get(i: i32): i32 {
    if (this.bytes == 2) return load<u16>(this.at + ((<usize>i) << 1))
    if (this.bytes == 4) return load<i32>(this.at + ((<usize>i) << 2))
    return load<u8>(this.at + <usize>i)
  }
}

/** Numbers of the sentence at hand, as many as it takes. */
@unmanaged
export class Buffer {
  at: usize = 0
  length: i32 = 0
  capacity: i32 = 0

  @operator('[]')
  get(i: i32): i32 {
    return number(this.at, i)
  }

  set(i: i32, value: i32): void {
    put(this.at, i, value)
  }

  push(value: i32): void {
    if (this.length == this.capacity) this.reserve(this.length + 1)
    put(this.at, this.length, value)
    this.length++
  }

  /** Makes room for so many numbers in all; keeps what is there. */
  reserve(count: i32): void {
    if (count <= this.capacity) return
    this.capacity = max(count, max(256, this.capacity * 2))
    const next = numbers(this.capacity)
    memory.copy(next, this.at, (<usize>this.length) << 2)
    this.at = next
  }
}

export function buffer(): Buffer {
  return changetype<Buffer>(allocate(offsetof<Buffer>()))
}

const blockSize: usize = 1 << 16

/** Pieces of memory that all fall free at once. They stay where they are, so that they can point to each other. */
@unmanaged
export class Arena {
  /** The first block and the one at hand. A block begins with where the next one is and with its own size. */
  first: usize = 0
  block: usize = 0
  at: usize = 0
  end: usize = 0

  take(size: usize): usize {
    if (this.at + size > this.end) this.next(size)
    const at = this.at
    this.at += (size + 7) & ~7
    return at
  }

  free(): void {
    this.block = 0
    this.at = 0
    this.end = 0
  }

  private next(size: usize): void {
    let block = this.block ? load<usize>(this.block) : this.first
    // One that is too small is passed over, once all are free it is used again.
    while (block && load<u32>(block + 4) < <u32>size) {
      this.block = block
      block = load<usize>(block)
    }
    if (!block) {
      const room = max(blockSize, (size + 7) & ~7)
      block = allocate(room + 8)
      store<u32>(block + 4, <u32>room)
      if (this.block) store<usize>(this.block, block)
      else this.first = block
    }
    this.block = block
    this.at = block + 8
    this.end = block + 8 + load<u32>(block + 4)
  }
}

export function arena(): Arena {
  return changetype<Arena>(allocate(offsetof<Arena>()))
}
