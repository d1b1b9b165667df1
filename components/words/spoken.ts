import type { Pack } from './pack.ts'

// Words are used while a template is being built, which never waits for anything. So one variable says which language is
// being spoken: whoever is about to build says so first, and neither two widgets nor two requests can mix.
let pack: Partial<Pack> | undefined

/** From here on, until somebody else speaks, words are these; without a pack they are English. */
export function speak(next: Partial<Pack> | undefined): void {
  pack = next
}

/** A part of the English words that says everything in the language being spoken. */
export function spoken<Name extends Exclude<keyof Pack, 'language'>>(name: Name, en: Pack[Name]): Pack[Name] {
  return new Proxy(en, { get: (_, key) => (pack?.[name] ?? en)[key as keyof Pack[Name]] })
}
