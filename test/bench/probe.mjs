// Runs in a benched page before anything of the page's own: `outreachProbe` answers when widgets can be used.
{
  const CONTROLS = 'input:not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled)'
  const widgets = () => [...document.querySelectorAll('*')].filter((one) => /^outreach-/.test(one.localName))
  /** A widget can be used once its own root shows a control, or leads on by a link where there is nothing to fill in. */
  const isUsable = (widget) => {
    const root = widget.shadowRoot
    if (!root) return widget.hasAttribute('data-plain') && widget.querySelector(CONTROLS) !== null
    return !root.querySelector('slot, .wait') && root.querySelector(`${CONTROLS}, a[href]`) !== null
  }
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(0)
      }),
    )
  const longTasks = []
  let shift = 0
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })

  const usable = new Promise((resolve) => {
    const look = () => {
      const all = document.readyState === 'loading' ? [] : widgets()
      if (all.length > 0 && all.every(isUsable)) resolve(painted())
      else requestAnimationFrame(look)
    }
    look()
  })

  window.outreachProbe = {
    /** Milliseconds from the start of the navigation to a painted page on which every widget can be used. */
    usable: () => usable,
    painted,
    longTasks: () => longTasks,
    shift: () => shift,
    /** When our own first script had arrived; tasks from then on are counted as ours. */
    arrived: () =>
      Math.min(
        ...performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.endsWith('/outreach.js'))
          .map(({ responseEnd }) => responseEnd),
      ),
    /** Puts a widget on the page, waits until it can be used, and takes it away again. */
    mountAndRemove: async (tag, provider) => {
      const widget = document.createElement(tag)
      widget.setAttribute('provider', provider)
      widget.setAttribute('api', window.outreachOrigin)
      document.body.append(widget)
      while (!isUsable(widget)) await painted()
      widget.remove()
      await painted()
    },
    /** Presses what leads on in the first widget, and measures until its next page, which has another heading, is painted. */
    nextPage: (selector) => {
      const root = widgets()[0].shadowRoot
      const heading = () => root.querySelector('h2, h3, legend')?.textContent
      const before = heading()
      const began = performance.now()
      root.querySelector(selector).click()
      return new Promise((resolve) => {
        const look = () =>
          heading() === before ? requestAnimationFrame(look) : painted().then((at) => resolve(at - began))
        look()
      })
    },
    /** The first widget's first control of a kind. */
    control: (selector) => widgets()[0]?.shadowRoot?.querySelector(selector),
    /**
     * Waits for the next input event on the widget and measures from it to the changed total:
     * `dom` until the total has changed, `painted` until the frame that shows it is done, `frames` begun in between.
     */
    nextTotal: (before) =>
      new Promise((resolve) => {
        const [widget] = widgets()
        let frames = 0
        let began = 0
        let counting = true
        const count = () => {
          frames += 1
          if (counting) requestAnimationFrame(count)
        }
        const total = () => widget.shadowRoot.querySelector('output')?.textContent ?? ''
        const observer = new MutationObserver(() => {
          if (!began || total() === before) return
          const dom = performance.now() - began
          const begun = frames
          counting = false
          observer.disconnect()
          painted().then((at) => resolve({ dom, painted: at - began, frames: begun, total: total() }))
        })
        observer.observe(widget.shadowRoot, { subtree: true, childList: true, characterData: true })
        addEventListener(
          'input',
          () => {
            began = performance.now()
            requestAnimationFrame(count)
          },
          { capture: true, once: true },
        )
      }),
    total: () => widgets()[0]?.shadowRoot?.querySelector('output')?.textContent ?? '',
  }
}
