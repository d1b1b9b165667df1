import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { answersView } from '../cases/answers.view.ts'

type Part = CaseReply['parts'][number]

/** What the school wrote, folded up in the form’s own groups; the first is open. */
export function writtenView(parts: readonly Part[]): TemplateResult {
  const groups = groupsOf(parts.filter(({ answers }) => answers.length > 0))
  if (groups.length === 0) return html`<p>Nothing of it is for your role.</p>`
  return html`<div class="written">
    ${groups.length > 1 ? html`<p class="screen"><button type="button" class="link" @click=${openAll}>Open all</button></p>` : nothing}
    ${groups.map(
      ([name, own], index) => html`<details class="more" ?open=${index === 0}>
        <summary><h3>${name}</h3></summary>
        ${answersView(own, own.length === 1 && own[0]?.name === name ? undefined : 4)}
      </details>`,
    )}
  </div>`
}

/** Parts by the group that the catalogue puts them in, in its order; one without stands by itself. */
function groupsOf(parts: readonly Part[]): [name: string, parts: Part[]][] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const name = part.group ?? part.name
    groups.set(name, [...(groups.get(name) ?? []), part])
  }
  return [...groups]
}

/** Opens every group; where all stand open, closes them. */
function openAll({ currentTarget: button }: Event): void {
  if (!(button instanceof HTMLElement)) return
  const all = [...(button.closest('.written')?.querySelectorAll('details') ?? [])]
  const open = all.some((one) => !one.open)
  for (const one of all) one.open = open
  button.textContent = open ? 'Close all' : 'Open all'
}
