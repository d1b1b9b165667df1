// Runs in the editor's page: notes when a key's frame is painted, what it costs the preview, and when its report is there.

const times = { painted: [], preview: [], report: [] }
globalThis.times = times
let began = 0
document.addEventListener(
  'input',
  () => {
    const at = performance.now()
    began = at
    requestAnimationFrame(() => setTimeout(() => times.painted.push(performance.now() - at)))
  },
  true,
)
document.addEventListener('outreach-preview-shown', ({ detail }) => {
  if (detail.ok) times.preview.push(detail.took)
})
const count = () => document.querySelector('.draft-side .sides')?.textContent ?? ''
let before = count()
new MutationObserver(() => {
  if (count() === before) return
  before = count()
  times.report.push(performance.now() - began)
}).observe(document.body, { subtree: true, childList: true, characterData: true })
