// What old scripts do to a page: they add to the prototypes that everybody shares, where loops can see it.
Array.prototype.extra = function () {
  return this.length
}
Object.prototype.extend = function () {
  return this
}
String.prototype.trimAll = function () {
  return this.replaceAll(' ', '')
}
Element.prototype.hide = function () {
  this.hidden = true
}
window.$ = window.jQuery = (selector) => [...document.querySelectorAll(selector)]

// And an element that comes late, from a page builder's own script.
addEventListener('load', () => {
  const place = document.querySelector('#late')
  const late = document.createElement('outreach-package-picker')
  late.setAttribute('provider', 'stepping-stones')
  late.setAttribute('today', place.dataset.today)
  late.setAttribute('api', place.dataset.api)
  const link = document.createElement('a')
  link.href = `${place.dataset.api}/stepping-stones/packages`
  link.textContent = 'Packages and prices'
  late.append(link)
  place.append(late)
})
