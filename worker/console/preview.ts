import { framePage } from './frame-page.ts'

/**
 * The page inside the editor's preview: the widgets' own script, and ours before it, which answers them from the draft. The console
 * holds it in a sandbox, so it is of no origin, has no cookies and can ask the API for nothing.
 */
export function previewFrame(): string {
  return framePage({
    language: 'en-GB',
    style: '/console/embed-look.css',
    script: '/console/preview.js',
    main: '',
  })
}
