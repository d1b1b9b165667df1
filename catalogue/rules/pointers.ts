/** The pointer to what stands under a key or an index (RFC 6901). */
export function inside(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The keys and indices that a pointer leads through. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands at a pointer; undefined where nothing does. */
export function at(document: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce<unknown>(under, document)
}

/** What stands under a key of an object or a list; undefined where nothing does. */
export function under(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

/** Whether a value is an object of JSON, which a list is not. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values of JSON say the same, whatever the order of an object's keys. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one))
    return Array.isArray(other) && one.length === other.length && one.every((entry, index) => same(entry, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
  )
}

/** Whether every list's entries are objects with ids of their own, so that they can be told apart wherever they stand. */
export function haveIds(...lists: readonly (readonly unknown[])[]): boolean {
  return haveKeys('id', ...lists)
}

/** Whether every list's entries are objects that each have another text or number under a key. */
export function haveKeys(key: string, ...lists: readonly (readonly unknown[])[]): boolean {
  return lists.every((list) => {
    const names = new Set(list.map((entry) => (Array.isArray(entry) ? undefined : under(entry, key))))
    return (
      names.size === list.length && [...names].every((name) => typeof name === 'string' || typeof name === 'number')
    )
  })
}
