import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { Json } from '../document/places.ts'
import { nameables, namedBy } from '../form/references.ts'
import { discriminatorOf, namedValuesOf, type Part, propertiesOf, variantsOf } from '../form/schema.ts'
import { startOf } from '../form/start.ts'
import { choicesOf, meaningOf, nameOf, wordsFor } from '../form/words.ts'
import { chosen, keyOf, keysIn, partOf, pointerAt, type Source, type SyntaxNode, valueAround } from './where.ts'

/** How long the text before the cursor may take to be read, in milliseconds. */
const PATIENCE = 100

/** The tree, read as far as the cursor. */
function treeOf(state: EditorState, pos: number) {
  return ensureSyntaxTree(state, pos, PATIENCE) ?? syntaxTree(state)
}

function sourceOf(state: EditorState): Source {
  return { slice: (from, to) => state.sliceDoc(from, to) }
}

/**
 * What can stand where the cursor is, by the schema: the names that an object may still have, the choices of a value, the short
 * names of offers where one is named.
 *
 * @param document the draft as it could last be read: it says what can be named
 */
export function completionsFrom(document: () => Json | undefined) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos, explicit } = context
    const source = sourceOf(state)
    const node = treeOf(state, pos).resolveInner(pos, -1)
    const isName = node.name === 'PropertyName' || (node.name === 'Object' && isAtName(state, pos))
    if (isName) {
      const object = node.name === 'Object' ? node : node.parent?.parent
      if (object?.name !== 'Object') return null
      if (node.name === 'Object' && !explicit) return null
      return { from: node.name === 'Object' ? pos : node.from, options: namesFor(object, source, node), filter: true }
    }
    const typed = node.name === 'String' ? node : undefined
    const value = typed ?? emptyValueAt(node, state, pos)
    if (!value) return null
    if (!typed && !explicit && state.sliceDoc(pos - 1, pos) !== ' ') return null
    const options = valuesFor(value, source, document())
    return options.length > 0 ? { from: typed ? typed.from : pos, ...(typed && { to: typed.to }), options } : null
  }
}

/** Whether a name comes next in an object: after its brace or a comma. */
function isAtName(state: EditorState, pos: number): boolean {
  return /[{,]\s*"?\w*$/.test(state.sliceDoc(Math.max(0, pos - 200), pos))
}

/** A property without its value yet stands for the value. */
function emptyValueAt(node: SyntaxNode, state: EditorState, pos: number): SyntaxNode | undefined {
  const property = node.name === 'Property' ? node : node.parent?.name === 'Property' ? node.parent : undefined
  return property && /:\s*$/.test(state.sliceDoc(property.from, pos)) ? property : undefined
}

function namesFor(object: SyntaxNode, source: Source, typing: SyntaxNode): Completion[] {
  const around = partOf(object, source)
  if (!around) return []
  const key = discriminatorOf(around.node)
  const part = chosen(around, object, source)
  const there = new Set(keysIn(object, source))
  if (typing.name === 'PropertyName' && typing.parent) there.delete(keyOf(typing.parent, source))
  const isEmptyProperty =
    typing.name === 'PropertyName' && typing.parent?.getChild('PropertyName') === typing.parent?.lastChild
  const isNew = typing.name === 'Object' || isEmptyProperty
  const write = (name: string, value: Json): string =>
    isNew ? `${JSON.stringify(name)}: ${JSON.stringify(value)}` : JSON.stringify(name)
  if (key !== undefined && !part)
    return [{ label: JSON.stringify(key), type: 'property', apply: write(key, ''), detail: wordsFor(around).label }]
  if (!part) return []
  const named = namedValuesOf(part)
  if (named)
    return named.names
      .filter((name) => !there.has(name))
      .map((name) => ({ label: JSON.stringify(name), type: 'property', apply: write(name, 0) }))
  return propertiesOf(part)
    .filter((property) => !there.has(property.key))
    .map(({ key: name, part: inner, required }) => {
      const words = wordsFor(inner)
      return {
        label: JSON.stringify(name),
        type: 'property',
        apply: write(name, beginningOf(inner)),
        detail: words.label,
        ...(words.help && { info: words.help }),
        boost: required ? 1 : 0,
      }
    })
}

function beginningOf(part: Part): Json {
  return part.node.type === 'integer' || part.node.type === 'number' ? 0 : startOf(part)
}

function valuesFor(node: SyntaxNode, source: Source, document: Json | undefined): Completion[] {
  const property = node.name === 'Property' ? node : node.parent?.name === 'Property' ? node.parent : undefined
  const object = property?.parent
  if (property && object) {
    const around = partOf(object, source)
    if (around && discriminatorOf(around.node) === keyOf(property, source))
      return variantsOf(around).map(({ word }) => option(word, choicesOf(around)[word]))
  }
  const part =
    node.name === 'Property' ? object && partOfProperty(object, keyOf(node, source), source) : partOf(node, source)
  if (!part) return []
  if (part.node.enum) return part.node.enum.map((word) => option(word, choicesOf(part)[word]))
  if (part.node.type === 'boolean') return ['true', 'false'].map((label) => ({ label, type: 'keyword' }))
  const named = namedBy(part)
  const pointer =
    node.name === 'Property' ? `${pointerAt(object ?? node, source)}/${keyOf(node, source)}` : pointerAt(node, source)
  return named
    ? nameables(document, named, pointer).map(({ value, name }) => ({
        label: JSON.stringify(value),
        type: 'constant',
        detail: name,
      }))
    : []
}

function partOfProperty(object: SyntaxNode, key: string, source: Source): Part | undefined {
  const around = partOf(object, source)
  const part = around && chosen(around, object, source)
  return part && propertiesOf(part).find((one) => one.key === key)?.part
}

function option(word: string, choice: Parameters<typeof nameOf>[0]): Completion {
  const info = meaningOf(choice)
  return { label: JSON.stringify(word), type: 'enum', detail: nameOf(choice, word), ...(info && { info }) }
}

/** What the form calls the place under the pointer or the cursor, and what helps to fill it in. */
export function wordsAt(
  state: EditorState,
  pos: number,
): { from: number; to: number; label: string; help: string } | undefined {
  const source = sourceOf(state)
  const node = treeOf(state, pos).resolveInner(pos, 1)
  const property =
    node.name === 'PropertyName' ? node.parent : node.parent?.name === 'Property' ? node.parent : undefined
  const name = property?.getChild('PropertyName')
  const value = property && valueAround(property)
  const part = value && partOf(value, source)
  if (!part || !name) return undefined
  const { label, help = part.node.description ?? '' } = wordsFor(part)
  return { from: name.from, to: name.to, label, help }
}
