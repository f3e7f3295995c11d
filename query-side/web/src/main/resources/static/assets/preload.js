// Loads all modules of a view at once, instead of one level of imports after the other. The page lists them in a template.

/** @param {string} view */
export function preload(view) {
  const template = document.getElementById(`modules-of-${view}`);
  if (template instanceof HTMLTemplateElement) {
    document.head.append(template.content);
  }
}
