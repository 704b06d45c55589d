/** Where something was found. */
export interface Span {
  readonly start: number;
  /** The first character after it. */
  readonly end: number;
}

/**
 * Finds any of many words in a text in one pass over it, whatever they are (Aho and Corasick's automaton), so that the time it takes
 * grows with the text alone. The words are a tree in arrays: the first child of a node, its next sibling, the character that leads to it.
 */
export class Matcher {
  readonly #roots = new Map<number, number>();
  #child = new Int32Array(1024);
  #sibling = new Int32Array(1024);
  #parent = new Int32Array(1024);
  #character = new Uint16Array(1024);
  /** Length of the longest word that ends at a node; 0 where none does. */
  #ends = new Int32Array(1024);
  #size = 1;
  /** Where the search goes on when no child fits: the node of the longest end of what was read that a word begins with. */
  #fallback: Int32Array | undefined;

  /** Adds a word; what was found before stays to be found. */
  add(word: string): void {
    if (this.#fallback !== undefined) throw new Error('a matcher takes no words once it has searched');
    let node = 0;
    for (let index = 0; index < word.length; index++) {
      const character = word.charCodeAt(index);
      node = this.#next(node, character) || this.#grow(node, character);
    }
    this.#ends[node] = word.length;
  }

  /** Where words are: sorted, and those that overlap or touch as one. */
  find(text: string): Span[] {
    this.#fallback ??= this.#link();
    const fallback = this.#fallback;
    const spans: Span[] = [];
    let node = 0;
    for (let index = 0; index < text.length; index++) {
      const character = text.charCodeAt(index);
      let next = this.#next(node, character);
      while (next === 0 && node !== 0) {
        node = fallback[node] ?? 0;
        next = this.#next(node, character);
      }
      node = next;
      const length = this.#ends[node] ?? 0;
      if (length > 0) push(spans, index + 1 - length, index + 1);
    }
    return spans;
  }

  #next(node: number, character: number): number {
    if (node === 0) return this.#roots.get(character) ?? 0;
    let child = this.#child[node] ?? 0;
    while (child !== 0 && this.#character[child] !== character) child = this.#sibling[child] ?? 0;
    return child;
  }

  #grow(parent: number, character: number): number {
    if (this.#size === this.#child.length) this.#enlarge();
    const node = this.#size++;
    this.#character[node] = character;
    this.#parent[node] = parent;
    if (parent === 0) {
      this.#roots.set(character, node);
    } else {
      this.#sibling[node] = this.#child[parent] ?? 0;
      this.#child[parent] = node;
    }
    return node;
  }

  #enlarge(): void {
    const enlarged = <A extends Int32Array | Uint16Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    const length = this.#size * 2;
    this.#child = enlarged(this.#child, new Int32Array(length));
    this.#sibling = enlarged(this.#sibling, new Int32Array(length));
    this.#parent = enlarged(this.#parent, new Int32Array(length));
    this.#ends = enlarged(this.#ends, new Int32Array(length));
    this.#character = enlarged(this.#character, new Uint16Array(length));
  }

  /** Level by level, so that what a node falls back to is linked before it. */
  #link(): Int32Array {
    const fallback = new Int32Array(this.#size);
    let level = [...this.#roots.values()];
    while (level.length > 0) {
      const below: number[] = [];
      for (const node of level) {
        const parent = this.#parent[node] ?? 0;
        if (parent !== 0) {
          const character = this.#character[node] ?? 0;
          let candidate = fallback[parent] ?? 0;
          while (candidate !== 0 && this.#next(candidate, character) === 0) candidate = fallback[candidate] ?? 0;
          const target = this.#next(candidate, character);
          fallback[node] = target;
          this.#ends[node] ||= this.#ends[target] ?? 0;
        }
        for (let child = this.#child[node] ?? 0; child !== 0; child = this.#sibling[child] ?? 0) below.push(child);
      }
      level = below;
    }
    return fallback;
  }
}

/** The ends come in order; a longer word may begin before ones that were found already. */
function push(spans: Span[], start: number, end: number): void {
  let from = start;
  while (spans.length > 0) {
    const last = spans[spans.length - 1] as Span;
    if (last.end < from) break;
    from = Math.min(from, last.start);
    spans.pop();
  }
  spans.push({ start: from, end });
}
